/**
 * What the sessions do, statement by statement, and in which order they take turns.
 *
 * The cases G0 to G2 are those of Hermitage (Kleppmann, github.com/ept/hermitage, postgres.md), which
 * go back to Adya 1999; A5A and A5B are Berenson et al. 1995.
 */
import type { Change, Row, Statement, Where } from './models/database';

export const SESSIONS = ['A', 'B', 'C'] as const;
export type Session = (typeof SESSIONS)[number];

/** A statement as the program of a session has it: some values are what was read before. */
export type Step =
  | Exclude<Statement, { kind: 'update' }>
  | {
      readonly kind: 'update';
      readonly where: Where;
      /** `read`: to what was last read in this row, and something, worked out by the program. */
      readonly set: Change | { readonly kind: 'read'; readonly amount: number };
      /** Taken only if the last select gave at least so many rows; otherwise left out. */
      readonly ifRows?: number;
      /** Taken only if the values of the last select come to at least so much. */
      readonly ifSum?: number;
    };

export interface Script {
  readonly title: string;
  readonly table: string;
  /** Name of the column beside `id`. */
  readonly column: string;
  readonly rows: readonly Row[];
  readonly steps: Readonly<Partial<Record<Session, readonly Step[]>>>;
  /** Whose turn it is, as often as there are steps. */
  readonly order: string;
}

const begin: Step = { kind: 'begin' };
const commit: Step = { kind: 'commit' };
const rollback: Step = { kind: 'rollback' };
const all: Where = { kind: 'all' };
const ids = (...list: number[]): Where => ({ kind: 'ids', ids: list });
const equals = (value: number): Where => ({ kind: 'equals', value });
const divisible = (by: number): Where => ({ kind: 'divisible', by });
const select = (where: Where): Step => ({ kind: 'select', where, forUpdate: false });
const lock = (where: Where): Step => ({ kind: 'select', where, forUpdate: true });
const insert = (id: number, value: number): Step => ({ kind: 'insert', id, value });
const erase = (where: Where): Step => ({ kind: 'delete', where });
const set = (id: number, value: number): Step => ({
  kind: 'update',
  where: ids(id),
  set: { kind: 'to', value },
});
const add = (where: Where, amount: number): Step => ({
  kind: 'update',
  where,
  set: { kind: 'plus', amount },
});
const addToRead = (id: number, amount: number): Step => ({
  kind: 'update',
  where: ids(id),
  set: { kind: 'read', amount },
});

/** The table of all cases of Hermitage. */
const TEST = {
  table: 'test',
  column: 'value',
  rows: [
    { id: 1, value: 10 },
    { id: 2, value: 20 },
  ],
};
const ACCOUNTS = {
  table: 'accounts',
  column: 'balance',
  rows: [
    { id: 1, value: 100 },
    { id: 2, value: 100 },
  ],
};
/** 1 while a doctor is on call. */
const DOCTORS = {
  table: 'doctors',
  column: 'on_call',
  rows: [
    { id: 1, value: 1 },
    { id: 2, value: 1 },
  ],
};

const goesOffCall = (id: number): readonly Step[] => [
  begin,
  select(equals(1)),
  { kind: 'update', where: ids(id), set: { kind: 'to', value: 0 }, ifRows: 2 },
  commit,
];

const withdraws = (id: number): readonly Step[] => [
  begin,
  select(ids(1, 2)),
  { kind: 'update', where: ids(id), set: { kind: 'read', amount: -150 }, ifSum: 150 },
  commit,
];

export const SCRIPTS = {
  deposits: {
    title: 'Two deposits into one account',
    ...ACCOUNTS,
    steps: {
      A: [begin, select(ids(1)), addToRead(1, 50), commit],
      B: [begin, select(ids(1)), addToRead(1, 20), commit],
    },
    order: 'ABABABAB',
  },
  'on-call': {
    title: 'Two doctors, one must stay',
    ...DOCTORS,
    steps: { A: goesOffCall(1), B: goesOffCall(2) },
    order: 'ABABABAB',
  },
  withdrawals: {
    title: 'Two withdrawals that the sum must cover (A5B)',
    ...ACCOUNTS,
    steps: { A: withdraws(1), B: withdraws(2) },
    order: 'ABABABAB',
  },
  transfer: {
    title: 'A report beside a transfer (A5A)',
    ...ACCOUNTS,
    steps: {
      A: [begin, select(ids(1)), select(ids(2)), commit],
      B: [begin, add(ids(1), -40), add(ids(2), 40), commit],
    },
    order: 'ABABBBAA',
  },
  reread: {
    title: 'The same row twice (P2)',
    ...ACCOUNTS,
    steps: {
      A: [begin, select(ids(1)), select(ids(1)), commit],
      B: [begin, add(ids(1), 30), commit],
    },
    order: 'ABABBAA',
  },
  recount: {
    title: 'The same condition twice (P3)',
    ...DOCTORS,
    steps: {
      A: [begin, select(equals(1)), select(equals(1)), commit],
      B: [begin, insert(3, 1), commit],
    },
    order: 'ABABBAA',
  },
  unpaid: {
    title: 'Money that never was (P1)',
    ...ACCOUNTS,
    steps: {
      A: [begin, add(ids(1), 500), rollback],
      B: [begin, select(ids(1)), addToRead(2, 500), commit],
    },
    order: 'ABABBAB',
  },
  queue: {
    title: 'Three sessions lock one row',
    ...ACCOUNTS,
    steps: {
      A: [begin, lock(ids(1)), addToRead(1, 10), commit],
      B: [begin, lock(ids(1)), addToRead(1, 20), commit],
      C: [begin, lock(ids(1)), addToRead(1, 30), commit],
    },
    order: 'ABCABCAABBCC',
  },
  crossing: {
    title: 'Two transfers the opposite way',
    ...ACCOUNTS,
    steps: {
      A: [begin, add(ids(1), -10), add(ids(2), 10), commit],
      B: [begin, add(ids(2), -20), add(ids(1), 20), commit],
    },
    order: 'ABABABAB',
  },
  circle: {
    title: 'Three transfers in a circle',
    table: 'accounts',
    column: 'balance',
    rows: [
      { id: 1, value: 100 },
      { id: 2, value: 100 },
      { id: 3, value: 100 },
    ],
    steps: {
      A: [begin, add(ids(1), -10), add(ids(2), 10), commit],
      B: [begin, add(ids(2), -10), add(ids(3), 10), commit],
      C: [begin, add(ids(3), -10), add(ids(1), 10), commit],
    },
    order: 'ABCABCABCABC',
  },
  'same-key': {
    title: 'Two rows under one key',
    ...TEST,
    steps: {
      A: [begin, insert(3, 30), commit],
      B: [begin, insert(3, 31), commit],
    },
    order: 'ABABAB',
  },
  removed: {
    title: 'A row removed before it is changed',
    ...TEST,
    steps: {
      A: [begin, select(ids(1)), erase(ids(1)), commit],
      B: [begin, select(ids(1)), add(ids(1), 5), commit],
    },
    order: 'ABABABAB',
  },
  g0: {
    title: 'G0: write cycle',
    ...TEST,
    steps: {
      A: [begin, set(1, 11), set(2, 21), commit],
      B: [begin, set(1, 12), set(2, 22), commit],
    },
    order: 'ABABAABB',
  },
  g1a: {
    title: 'G1a: aborted read',
    ...TEST,
    steps: {
      A: [begin, set(1, 101), rollback],
      B: [begin, select(all), select(all), commit],
    },
    order: 'ABABABB',
  },
  g1b: {
    title: 'G1b: intermediate read',
    ...TEST,
    steps: {
      A: [begin, set(1, 101), set(1, 11), commit],
      B: [begin, select(all), select(all), commit],
    },
    order: 'ABABAABB',
  },
  g1c: {
    title: 'G1c: circular information flow',
    ...TEST,
    steps: {
      A: [begin, set(1, 11), select(ids(2)), commit],
      B: [begin, set(2, 22), select(ids(1)), commit],
    },
    order: 'ABABABAB',
  },
  otv: {
    title: 'OTV: observed transaction vanishes',
    ...TEST,
    steps: {
      A: [begin, set(1, 11), set(2, 19), commit],
      B: [begin, set(1, 12), set(2, 18), commit],
      C: [begin, select(ids(1)), select(ids(2)), select(ids(2)), select(ids(1)), commit],
    },
    order: 'ABCAABACBCBCCC',
  },
  'pmp-read': {
    title: 'PMP: many preceders, by reads',
    ...TEST,
    steps: {
      A: [begin, select(equals(30)), select(divisible(3)), commit],
      B: [begin, insert(3, 30), commit],
    },
    order: 'ABABBAA',
  },
  'pmp-write': {
    title: 'PMP: many preceders, by writes',
    ...TEST,
    steps: {
      A: [begin, add(all, 10), commit],
      B: [begin, erase(equals(20)), select(equals(20)), commit],
    },
    order: 'ABABABB',
  },
  p4: {
    title: 'P4: lost update',
    ...TEST,
    steps: {
      A: [begin, select(ids(1)), set(1, 11), commit],
      B: [begin, select(ids(1)), set(1, 11), commit],
    },
    order: 'ABABABAB',
  },
  'g-single': {
    title: 'G-single: read skew',
    ...TEST,
    steps: {
      A: [begin, select(ids(1)), select(ids(2)), commit],
      B: [begin, select(ids(1)), select(ids(2)), set(1, 12), set(2, 18), commit],
    },
    order: 'ABABBBBBAA',
  },
  'g-single-condition': {
    title: 'G-single: by conditions',
    ...TEST,
    steps: {
      A: [begin, select(divisible(5)), select(divisible(3)), commit],
      B: [begin, { kind: 'update', where: equals(10), set: { kind: 'to', value: 12 } }, commit],
    },
    order: 'ABABBAA',
  },
  'g-single-write': {
    title: 'G-single: by a write',
    ...TEST,
    steps: {
      A: [begin, select(ids(1)), erase(equals(20)), commit],
      B: [begin, select(all), set(1, 12), set(2, 18), commit],
    },
    order: 'ABABBBBAA',
  },
  'g2-item': {
    title: 'G2-item: write skew',
    ...TEST,
    steps: {
      A: [begin, select(ids(1, 2)), set(1, 11), commit],
      B: [begin, select(ids(1, 2)), set(2, 21), commit],
    },
    order: 'ABABABAB',
  },
  g2: {
    title: 'G2: write skew by a condition',
    ...TEST,
    steps: {
      A: [begin, select(divisible(3)), insert(3, 30), commit],
      B: [begin, select(divisible(3)), insert(4, 42), commit],
    },
    order: 'ABABABAB',
  },
  'g2-two-edges': {
    title: 'G2: a reader makes it wrong (Fekete)',
    ...TEST,
    steps: {
      A: [begin, select(all), set(1, 0), commit],
      B: [begin, add(ids(2), 5), commit],
      C: [begin, select(all), commit],
    },
    order: 'AABBBCCCAA',
  },
} as const satisfies Record<string, Script>;

export type ScriptId = keyof typeof SCRIPTS;
export const SCRIPT_IDS = Object.keys(SCRIPTS) as readonly ScriptId[];

/** A script by its id, as any other. */
export const scriptOf = (id: ScriptId): Script => SCRIPTS[id];

/** The sessions that have something to do. */
export const sessionsOf = ({ steps }: Script): readonly Session[] =>
  SESSIONS.filter((session) => (steps[session]?.length ?? 0) > 0);

/** How a program may guard what it has read until it writes. */
export type Remedy = 'none' | 'for-update' | 'compare' | 'relative';

/**
 * The step at this place with the remedy in it; undefined if there is none, or if the remedy makes it
 * needless. Steps that the remedy has nothing to do with stay as they are.
 */
export function stepAt(steps: readonly Step[], place: number, remedy: Remedy): Step | undefined {
  const step = steps[place];
  if (step?.kind === 'select') {
    if (remedy === 'for-update') return { ...step, forUpdate: true };
    // What is only read to be added to, the database reads by itself.
    const next = steps[place + 1];
    const isForAdding =
      next?.kind === 'update' && next.set.kind === 'read' && next.ifSum === undefined;
    if (remedy === 'relative' && isForAdding) return undefined;
  }
  if (remedy === 'relative' && step?.kind === 'update' && step.set.kind === 'read')
    return { ...step, set: { kind: 'plus', amount: step.set.amount } };
  return step;
}
