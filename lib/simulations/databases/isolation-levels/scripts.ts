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
      /** Taken only if the last select gave this row with at least this value; otherwise left out. */
      readonly ifRead?: { readonly id: number; readonly atLeast: number };
    };

export interface Script {
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
/** A transaction of these steps. */
const commits = (...steps: readonly Step[]): readonly Step[] => [begin, ...steps, commit];
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

/** Pays out to one row what another was read to hold. */
const payOut = (to: number, amount: number, from: number): Step => ({
  kind: 'update',
  where: ids(to),
  set: { kind: 'plus', amount },
  ifRead: { id: from, atLeast: amount },
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

const goesOffCall = (id: number): readonly Step[] =>
  commits(select(equals(1)), {
    kind: 'update',
    where: ids(id),
    set: { kind: 'to', value: 0 },
    ifRows: 2,
  });

const SCRIPTS = {
  deposits: {
    ...ACCOUNTS,
    steps: {
      A: commits(select(ids(1)), addToRead(1, 50)),
      B: commits(select(ids(1)), addToRead(1, 20)),
    },
    order: 'ABABABAB',
  },
  'on-call': {
    ...DOCTORS,
    steps: { A: goesOffCall(1), B: goesOffCall(2) },
    order: 'ABABABAB',
  },
  transfer: {
    ...ACCOUNTS,
    steps: {
      A: commits(select(ids(1)), select(ids(2))),
      B: commits(add(ids(1), -40), add(ids(2), 40)),
    },
    order: 'ABABBBAA',
  },
  reread: {
    ...ACCOUNTS,
    steps: {
      A: commits(select(ids(1)), select(ids(1))),
      B: commits(add(ids(1), 30)),
    },
    order: 'ABABBAA',
  },
  recount: {
    ...DOCTORS,
    steps: {
      A: commits(select(equals(1)), select(equals(1))),
      B: commits(insert(3, 1)),
    },
    order: 'ABABBAA',
  },
  unpaid: {
    ...ACCOUNTS,
    steps: {
      A: [begin, add(ids(1), 500), rollback],
      B: commits(select(ids(1)), payOut(2, 500, 1)),
    },
    order: 'ABABBAB',
  },
  queue: {
    ...ACCOUNTS,
    steps: {
      // It changes nothing: of several that wait for a changed row PostgreSQL lets any go first.
      A: commits(lock(ids(1))),
      B: commits(lock(ids(1)), addToRead(1, 20)),
      C: commits(lock(ids(1)), addToRead(1, 30)),
    },
    order: 'ABCABCABBCC',
  },
  crossing: {
    ...ACCOUNTS,
    steps: {
      A: commits(add(ids(1), -10), add(ids(2), 10)),
      B: commits(add(ids(2), -20), add(ids(1), 20)),
    },
    order: 'ABABABAB',
  },
  circle: {
    table: 'accounts',
    column: 'balance',
    rows: [
      { id: 1, value: 100 },
      { id: 2, value: 100 },
      { id: 3, value: 100 },
    ],
    steps: {
      A: commits(add(ids(1), -10), add(ids(2), 10)),
      B: commits(add(ids(2), -10), add(ids(3), 10)),
      C: commits(add(ids(3), -10), add(ids(1), 10)),
    },
    order: 'ABCABCABCABC',
  },
  'same-key': {
    ...TEST,
    steps: {
      A: commits(insert(3, 30)),
      B: commits(insert(3, 31)),
    },
    order: 'ABABAB',
  },
  removed: {
    ...TEST,
    steps: {
      A: commits(select(ids(1)), erase(ids(1))),
      B: commits(select(ids(1)), add(ids(1), 5)),
    },
    order: 'ABABABAB',
  },
  g0: {
    ...TEST,
    steps: {
      A: commits(set(1, 11), set(2, 21)),
      B: commits(set(1, 12), set(2, 22)),
    },
    order: 'ABABAABB',
  },
  g1a: {
    ...TEST,
    steps: {
      A: [begin, set(1, 101), rollback],
      B: commits(select(all), select(all)),
    },
    order: 'ABABABB',
  },
  g1b: {
    ...TEST,
    steps: {
      A: commits(set(1, 101), set(1, 11)),
      B: commits(select(all), select(all)),
    },
    order: 'ABABAABB',
  },
  g1c: {
    ...TEST,
    steps: {
      A: commits(set(1, 11), select(ids(2))),
      B: commits(set(2, 22), select(ids(1))),
    },
    order: 'ABABABAB',
  },
  otv: {
    ...TEST,
    steps: {
      A: commits(set(1, 11), set(2, 19)),
      B: commits(set(1, 12), set(2, 18)),
      C: commits(select(ids(1)), select(ids(2)), select(ids(2)), select(ids(1))),
    },
    order: 'ABCAABACBCBCCC',
  },
  'pmp-read': {
    ...TEST,
    steps: {
      A: commits(select(equals(30)), select(divisible(3))),
      B: commits(insert(3, 30)),
    },
    order: 'ABABBAA',
  },
  'pmp-write': {
    ...TEST,
    steps: {
      A: commits(add(all, 10)),
      B: commits(erase(equals(20)), select(equals(20))),
    },
    order: 'ABABABB',
  },
  p4: {
    ...TEST,
    steps: {
      A: commits(select(ids(1)), set(1, 11)),
      B: commits(select(ids(1)), set(1, 11)),
    },
    order: 'ABABABAB',
  },
  'g-single': {
    ...TEST,
    steps: {
      A: commits(select(ids(1)), select(ids(2))),
      B: commits(select(ids(1)), select(ids(2)), set(1, 12), set(2, 18)),
    },
    order: 'ABABBBBBAA',
  },
  'g-single-condition': {
    ...TEST,
    steps: {
      A: commits(select(divisible(5)), select(divisible(3))),
      B: commits({ kind: 'update', where: equals(10), set: { kind: 'to', value: 12 } }),
    },
    order: 'ABABBAA',
  },
  'g-single-write': {
    ...TEST,
    steps: {
      A: commits(select(ids(1)), erase(equals(20))),
      B: commits(select(all), set(1, 12), set(2, 18)),
    },
    order: 'ABABBBBAA',
  },
  'g2-item': {
    ...TEST,
    steps: {
      A: commits(select(ids(1, 2)), set(1, 11)),
      B: commits(select(ids(1, 2)), set(2, 21)),
    },
    order: 'ABABABAB',
  },
  g2: {
    ...TEST,
    steps: {
      A: commits(select(divisible(3)), insert(3, 30)),
      B: commits(select(divisible(3)), insert(4, 42)),
    },
    order: 'ABABABAB',
  },
  'g2-two-edges': {
    ...TEST,
    steps: {
      A: commits(select(all), set(1, 0)),
      B: commits(add(ids(2), 5)),
      C: commits(select(all)),
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
    const isForAdding = next?.kind === 'update' && next.set.kind === 'read';
    if (remedy === 'relative' && isForAdding) return undefined;
  }
  if (remedy === 'relative' && step?.kind === 'update' && step.set.kind === 'read')
    return { ...step, set: { kind: 'plus', amount: step.set.amount } };
  return step;
}
