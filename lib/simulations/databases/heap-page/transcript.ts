/**
 * Scripts of statements that were run on a real PostgreSQL, with its pages after each, and the same
 * statements on our model. `npm run record-heap-page` records them again where a server is installed.
 */
import { createStreams } from '../../../kernel/random';
import type { HeapFactory, HeapOptions } from './models/heap';
import type { Tid } from './models/page';
import { createTransactions, type Snapshot } from './models/transactions';
import { pictureOf } from './picture';

/**
 * `insert`, `update`, `delete` and `abort` (an update that is rolled back) are of a row; `read` reads
 * the whole table, `open` begins a repeatable-read transaction in another session, `close` ends it;
 * `vacuum` and `full` are VACUUM and VACUUM FULL.
 */
export type Step =
  | `${'insert' | 'update' | 'delete' | 'abort'} ${number}`
  | 'read'
  | 'open'
  | 'close'
  | 'vacuum'
  | 'full';

export interface Script extends HeapOptions {
  readonly steps: readonly Step[];
}

/** What was recorded: the pages that a step has changed, as `pictureOf` writes them. */
export interface Transcript {
  /** "PostgreSQL 15.10". */
  readonly server: string;
  readonly scripts: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
}

const times = (count: number, step: (i: number) => Step | readonly Step[]): Step[] =>
  Array.from({ length: count }, (_, i) => step(i)).flat();

const inserts = (count: number): Step[] => times(count, (i) => `insert ${i + 1}`);

export const SCRIPTS: Readonly<Record<string, Script>> = {
  /** The example of README.HOT: a chain, a redirect, a chain again, and its middle pruned away. */
  'hot-chain': {
    rowBytes: 200,
    fillfactor: 100,
    index: 'none',
    steps: ['insert 1', 'update 1', 'vacuum', 'update 1', 'vacuum', 'update 1', 'update 1', 'read'],
  },
  /** A page that is full: the update goes elsewhere, and marks the page for whoever reads it next. */
  'full-page': {
    rowBytes: 1000,
    fillfactor: 100,
    index: 'none',
    steps: [
      ...inserts(7),
      'update 1',
      'read',
      'update 2',
      'update 2',
      'read',
      'update 3',
      'vacuum',
    ],
  },
  /** Room to spare: updates stay on their page, and readers make room for more. */
  'room-to-spare': {
    rowBytes: 1000,
    fillfactor: 70,
    index: 'none',
    steps: [...inserts(6), ...times(12, (i) => [`update ${1 + (i % 6)}`, 'read'])],
  },
  /** The changed column is indexed: dead line pointers stay until VACUUM. */
  'indexed-column': {
    rowBytes: 1000,
    fillfactor: 70,
    index: 'btree',
    steps: [
      ...inserts(5),
      ...times(12, (i) => [`update ${1 + (i % 2)}`, 'read']),
      'vacuum',
      ...times(4, (i) => `update ${1 + i}`),
      'vacuum',
    ],
  },
  /** A transaction that stays open: what it may see cannot be removed, by readers or by VACUUM. */
  'long-transaction': {
    rowBytes: 800,
    fillfactor: 80,
    index: 'none',
    steps: [
      ...inserts(4),
      'update 1',
      'open',
      ...times(5, () => ['update 1', 'read']),
      'vacuum',
      'close',
      'read',
      'update 1',
      'vacuum',
    ],
  },
  /** Deleted rows leave dead line pointers; empty pages at the end are given back. */
  deletes: {
    rowBytes: 1500,
    fillfactor: 100,
    index: 'none',
    steps: [
      ...inserts(12),
      ...times(9, (i) => `delete ${4 + i}`),
      'read',
      'vacuum',
      ...times(3, (i) => `insert ${20 + i}`),
    ],
  },
  /** What a rolled-back transaction wrote was never there, and goes at once. */
  aborted: {
    rowBytes: 900,
    fillfactor: 100,
    index: 'none',
    steps: [
      ...inserts(3),
      'abort 1',
      'abort 1',
      'update 1',
      'read',
      'abort 2',
      'vacuum',
      'update 2',
    ],
  },
  /** Bloat, and the table written anew. */
  full: {
    rowBytes: 1200,
    fillfactor: 90,
    index: 'btree',
    steps: [
      ...inserts(8),
      ...times(12, (i) => `update ${1 + (i % 8)}`),
      'vacuum',
      'full',
      'update 1',
    ],
  },
  ...Object.fromEntries(
    ([80, 100] as const).flatMap((fillfactor) =>
      (['none', 'btree'] as const).map((index): [string, Script] => [
        `random-${fillfactor}-${index}`,
        { rowBytes: 700, fillfactor, index, steps: randomSteps(`${fillfactor} ${index}`, 90) },
      ]),
    ),
  ),
};

/** Statements in any order on a table of a few pages. */
function randomSteps(name: string, count: number): Step[] {
  const random = createStreams(1).stream(name);
  const rows = Array.from({ length: 24 }, (_, i) => i + 1);
  const steps: Step[] = inserts(rows.length);
  let isOpen = false;
  while (steps.length < count) {
    const draw = random.next();
    const at = random.nextInteger(rows.length);
    const row = rows[at] ?? 1;
    if (draw < 0.66) steps.push(`update ${row}`);
    else if (draw < 0.7) steps.push(`abort ${row}`);
    else if (draw < 0.73) {
      steps.push(`delete ${row}`);
      rows.splice(at, 1);
    } else if (draw < 0.76) {
      rows.push(steps.length + 100);
      steps.push(`insert ${steps.length + 100}`);
    } else if (draw < 0.9) steps.push('read');
    else if (draw < 0.96) {
      steps.push(isOpen ? 'close' : 'open');
      isOpen = !isOpen;
    } else steps.push('vacuum');
  }
  return steps;
}

/** The pages that each step changes in the model, in the form of a transcript. */
export function replay(model: HeapFactory, script: Script): Record<string, string>[] {
  const transactions = createTransactions();
  const heap = model({ options: script, transactions });
  const tids = new Map<number, Tid>();
  const opened: Snapshot[] = [];
  let before: string[] = [];

  const inTransaction = (change: (xid: number) => void, isAborted = false): void => {
    const xid = transactions.begin();
    change(xid);
    if (isAborted) transactions.abort(xid);
    else transactions.commit(xid);
  };
  const run = (step: Step): void => {
    const [command, argument = ''] = step.split(' ');
    const row = Number(argument);
    const tid = tids.get(row) ?? { page: -1, lp: -1 };
    switch (command) {
      case 'insert':
        inTransaction((xid) => tids.set(row, heap.insert(row, xid)));
        return;
      case 'update':
        inTransaction((xid) => tids.set(row, heap.update(tid, xid).to));
        return;
      case 'abort':
        inTransaction((xid) => heap.update(tid, xid), true);
        return;
      case 'delete':
        inTransaction((xid) => heap.remove(tid, xid));
        return;
      case 'read':
        for (const number of heap.pages.keys()) heap.access(number);
        return;
      case 'open':
        opened.push(transactions.open());
        return;
      case 'close':
        for (const snapshot of opened.splice(0)) transactions.close(snapshot);
        return;
      case 'vacuum':
        for (const _ of heap.vacuum());
        return;
      case 'full':
        heap.rewrite();
        heap.pages.forEach((page, number) => {
          page.pointers.forEach((pointer, i) => {
            if (pointer.state === 'normal' && pointer.tuple.xmax === 0)
              tids.set(pointer.tuple.row, { page: number, lp: i + 1 });
          });
        });
        return;
      default:
        throw new Error(`Expected a step that there is, got "${step}".`);
    }
  };

  return script.steps.map((step) => {
    run(step);
    const after = heap.pages.map(pictureOf);
    const changed = changesOf(before, after);
    before = after;
    return changed;
  });
}

/** Pages that are not as they were, by number; one that is no longer there is the empty text. */
export function changesOf(
  before: readonly string[],
  after: readonly string[],
): Record<string, string> {
  const changed: Record<string, string> = {};
  for (let number = 0; number < Math.max(before.length, after.length); number++)
    if (before[number] !== after[number]) changed[number] = after[number] ?? '';
  return changed;
}
