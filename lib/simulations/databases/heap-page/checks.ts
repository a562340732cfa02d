/** The rules that this simulation is held to, in the tests and on request in the page. */
import type { RandomStream } from '../../../kernel/random';
import type { Check } from '../../../simulation/definition';
import type { Heap, HeapFactory, HeapOptions } from './models/heap';
import { aligned, freeBytes, lowerOf, PAGE_BYTES, type Page, type Tid } from './models/page';
import { createTransactions, type Snapshot, type Transactions } from './models/transactions';
import type { parameters } from './parameters';
import { pictureOf } from './picture';
import { pagesNeeded } from './run';
import type { VariantId } from './variants';

type HeapCheck = Check<typeof parameters, VariantId, HeapFactory>;

const ALL: readonly VariantId[] = ['hot', 'indexed', 'packed'];
const PLAIN: HeapOptions = { rowBytes: 200, fillfactor: 100, index: 'none' };

/** A table to try things on: each call is a transaction of its own, and rows are found by their key. */
interface Table {
  readonly heap: Heap;
  readonly transactions: Transactions;
  readonly insert: (row: number) => void;
  readonly update: (row: number) => boolean;
  readonly remove: (row: number) => void;
  /** An update that is rolled back. */
  readonly abort: (row: number) => void;
  /** The version of a row that a snapshot sees; 0 if it sees none. */
  readonly versionFor: (row: number, snapshot: Snapshot) => number;
  readonly vacuum: () => void;
}

export function tableOf(model: HeapFactory, options: Partial<HeapOptions> = {}): Table {
  const transactions = createTransactions();
  const heap = model({ options: { ...PLAIN, ...options }, transactions });
  const present = (row: number): Tid => {
    const snapshot = transactions.open();
    const found = heap.lookUp(row, snapshot);
    transactions.close(snapshot);
    if (!found) throw new Error(`Expected the index to lead to row ${row}, which it does not.`);
    return found.tid;
  };
  const inTransaction = <T>(change: (xid: number) => T): T => {
    const xid = transactions.begin();
    const result = change(xid);
    transactions.commit(xid);
    return result;
  };
  return {
    heap,
    transactions,
    insert: (row) => {
      inTransaction((xid) => heap.insert(row, xid));
    },
    update: (row) => {
      const tid = present(row);
      return inTransaction((xid) => heap.update(tid, xid).isHot);
    },
    remove: (row) => {
      const tid = present(row);
      inTransaction((xid) => heap.remove(tid, xid));
    },
    abort: (row) => {
      const tid = present(row);
      const xid = transactions.begin();
      heap.update(tid, xid);
      transactions.abort(xid);
    },
    versionFor: (row, snapshot) => heap.lookUp(row, snapshot)?.tuple.version ?? 0,
    vacuum: () => {
      for (const _ of heap.vacuum());
    },
  };
}

/** What is wrong with the layout of a page; nothing if it is one that PostgreSQL could read. */
export function layoutMistakes(page: Page): string[] {
  const mistakes: string[] = [];
  const stored = page.pointers.flatMap((pointer, i) =>
    pointer.state === 'normal' ? [{ ...pointer, lp: i + 1 }] : [],
  );
  if (lowerOf(page) > page.upper) mistakes.push('line pointers run into versions');
  let end = PAGE_BYTES;
  for (const { lp, offset, tuple } of [...stored].sort((a, b) => b.offset - a.offset)) {
    if (offset % 8 !== 0) mistakes.push(`${lp} begins at ${offset}, no multiple of 8`);
    if (offset + aligned(tuple.bytes) > end) mistakes.push(`${lp} overlaps the next`);
    if (offset < page.upper) mistakes.push(`${lp} lies in the free space`);
    end = offset;
  }
  page.pointers.forEach((pointer, i) => {
    const leadsTo = pointer.state === 'redirect' && page.pointers[pointer.to - 1];
    if (leadsTo && !(leadsTo.state === 'normal' && leadsTo.tuple.isHeapOnly))
      mistakes.push(`the redirect ${i + 1} leads to no heap-only version`);
  });
  return mistakes;
}

/** Any statements on a few rows, with snapshots opened and closed on the way. */
function disturb(
  table: Table,
  random: RandomStream,
  steps: number,
  after: (seen: ReadonlyMap<Snapshot, ReadonlyMap<number, number>>) => void,
): void {
  const rows = 20;
  const present = new Map<number, number>();
  const seen = new Map<Snapshot, ReadonlyMap<number, number>>();
  for (let row = 1; row <= rows; row++) {
    table.insert(row);
    present.set(row, 1);
  }
  for (let step = 0; step < steps; step++) {
    const row = 1 + random.nextInteger(rows);
    const draw = random.next();
    const version = present.get(row);
    if (version !== undefined && draw < 0.75) {
      table.update(row);
      present.set(row, version + 1);
    } else if (version !== undefined && draw < 0.8) table.abort(row);
    else if (version !== undefined && draw < 0.82 && present.size > rows / 2) {
      table.remove(row);
      present.delete(row);
    } else if (draw < 0.88) seen.set(table.transactions.open(), new Map(present));
    else if (draw < 0.94) {
      const [oldest] = seen.keys();
      if (oldest) {
        seen.delete(oldest);
        table.transactions.close(oldest);
      }
    } else table.vacuum();
    after(seen);
  }
  const now = table.transactions.open();
  seen.set(now, new Map(present));
  after(seen);
}

/** What a snapshot sees of each row that it should see. */
const versionsFor = (table: Table, snapshot: Snapshot, rows: Iterable<number>): string =>
  [...rows].map((row) => `${row}:${table.versionFor(row, snapshot)}`).join(' ');

export const checks = {
  HP1: {
    statement:
      'A page holds as many rows as its header, line pointers and alignment leave room for.',
    against:
      'PostgreSQL documentation, “Database Page Layout”: 24 bytes of page header, 4 for each line pointer, 23 of tuple header, aligned to 8; so 226 rows of 4 bytes, as a real table has.',
    variants: ALL,
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const variant of ALL)
        for (const [rowBytes, rows] of [
          [4, 226],
          [8, 226],
          [92, 65],
          [100, 61],
          [1000, 7],
        ] as const) {
          const table = tableOf(model(variant), { rowBytes });
          for (let row = 1; row <= rows + 1; row++) table.insert(row);
          equal(
            table.heap.pages.map(({ pointers }) => pointers.length),
            [rows, 1],
            `${variant}: rows of ${rowBytes} bytes on each page`,
          );
          equal(pagesNeeded(rows + 1, rowBytes), 2, `pages for ${rows + 1} rows`);
        }
    },
  },

  HP2: {
    statement:
      'A HOT chain gets a redirect when its first version goes, and loses its middle when that goes.',
    against:
      'The example of README.HOT in PostgreSQL’s source; the pages are those of a real PostgreSQL 15, byte for byte.',
    variants: ['hot'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const table = tableOf(model('hot'));
      const page = (): string => table.heap.pages.map(pictureOf).join(' / ');
      table.insert(1);
      table.update(1);
      equal(page(), '32 7744 | 7968+224 3-4>0,2h | 7744+224 4-0>0,2o', 'two versions');
      table.vacuum();
      equal(page(), '32 7968 | >2 | 7968+224 4-0>0,2o', 'after VACUUM');
      table.update(1);
      table.vacuum();
      equal(page(), '36 7968 | >3 | - | 7968+224 5-0>0,3o', 'updated again, and VACUUM');
    },
  },

  HP3: {
    statement:
      'An update is HOT if no index but a summarizing one holds what it changes and the page has room; otherwise it is not.',
    against:
      'PostgreSQL documentation, “Heap-Only Tuples”, and 1,000 updates in one transaction on PostgreSQL 15: 0 of 1,000 HOT in full pages (16 pages become 31), 1,000 in half-full ones (32 stay 32), 0 with the column indexed.',
    variants: ['hot'],
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const [index, fillfactor, hotUpdates, before, after] of [
        ['none', 100, 0, 16, 31],
        ['none', 50, 1000, 32, 32],
        ['btree', 50, 0, 32, 32],
        ['brin', 50, 1000, 32, 32],
      ] as const) {
        const { heap, transactions } = tableOf(model('hot'), { rowBytes: 92, fillfactor, index });
        const loading = transactions.begin();
        const tids = Array.from({ length: 1000 }, (_, row) => heap.insert(row, loading));
        transactions.commit(loading);
        const what = `index ${index}, fillfactor ${fillfactor}`;
        equal(heap.pages.length, before, `${what}: pages before`);
        const xid = transactions.begin();
        const isHot = tids.map((tid) => heap.update(tid, xid).isHot);
        transactions.commit(xid);
        equal(isHot.filter(Boolean).length, hotUpdates, `${what}: HOT updates`);
        equal(heap.pages.length, after, `${what}: pages after`);
      }
    },
  },

  HP4: {
    statement:
      'A snapshot sees of each row what was committed when it was taken, for as long as it is open.',
    against:
      'The definition of a snapshot (Berenson et al. 1995), against a plain copy of all rows made at that moment, over 150 statements with pruning and VACUUM between them.',
    variants: ALL,
    seeds: 2,
    verify: ({ model, random, equal }) => {
      for (const variant of ALL)
        for (const rowBytes of [200, 700]) {
          const table = tableOf(model(variant), {
            rowBytes,
            index: variant === 'indexed' ? 'btree' : 'none',
          });
          disturb(table, random(`${variant} ${rowBytes}`), 150, (seen) => {
            for (const [snapshot, versions] of seen)
              equal(
                versionsFor(table, snapshot, versions.keys()),
                [...versions].map(([row, version]) => `${row}:${version}`).join(' '),
                `${variant}: what a snapshot sees`,
              );
          });
        }
    },
  },

  HP5: {
    statement: 'What an open snapshot may see is not removed, however full the page is.',
    against:
      'PostgreSQL documentation, “Routine Vacuuming”: a version must not be deleted while it is still potentially visible.',
    variants: ['hot'],
    seeds: 1,
    verify: ({ model, equal, atLeast }) => {
      const table = tableOf(model('hot'), { rowBytes: 1000 });
      for (let row = 1; row <= 7; row++) table.insert(row);
      const snapshot = table.transactions.open();
      for (let i = 0; i < 30; i++) table.update(1 + (i % 7));
      table.vacuum();
      equal(
        versionsFor(table, snapshot, [1, 2, 3, 4, 5, 6, 7]),
        '1:1 2:1 3:1 4:1 5:1 6:1 7:1',
        'what it sees',
      );
      atLeast(table.heap.pages.length, 5, 'pages, since nothing could be removed');
      table.transactions.close(snapshot);
      table.vacuum();
      equal(table.heap.versions(), 7, 'versions after it has ended');
    },
  },

  HP6: {
    statement: 'The index leads to the present version of every row, whatever has been pruned.',
    against:
      'README.HOT: line pointer 1 becomes a redirect, since the index still links to it. Held over 200 statements.',
    variants: ALL,
    seeds: 2,
    verify: ({ model, random, equal }) => {
      for (const variant of ALL) {
        const table = tableOf(model(variant), { rowBytes: 600, fillfactor: 80 });
        const draws = random(variant);
        const versions = Array.from({ length: 12 }, () => 1);
        for (let row = 0; row < 12; row++) table.insert(row);
        for (let step = 0; step < 200; step++) {
          const row = draws.nextInteger(12);
          table.update(row);
          versions[row] = (versions[row] ?? 0) + 1;
        }
        const now = table.transactions.open();
        equal(
          versions.map((_, row) => table.versionFor(row, now)),
          versions,
          `${variant}: the versions found`,
        );
      }
    },
  },

  HP7: {
    statement:
      'On every page versions lie aligned, apart from each other and from the line pointers.',
    against: 'PostgreSQL documentation, “Database Page Layout”, after each of 150 statements.',
    variants: ALL,
    seeds: 2,
    verify: ({ model, random, equal }) => {
      for (const variant of ALL) {
        const table = tableOf(model(variant), { rowBytes: 300, fillfactor: 90 });
        disturb(table, random(variant), 150, () =>
          equal(table.heap.pages.flatMap(layoutMistakes), [], `${variant}: mistakes in the layout`),
        );
      }
    },
  },

  HP8: {
    statement:
      'After a VACUUM that nobody holds back, no old version is left, and the indexes have one entry for each chain.',
    against: 'PostgreSQL documentation, “Recovering Disk Space”.',
    variants: ALL,
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const variant of ALL) {
        const index = variant === 'indexed' ? 'btree' : 'none';
        const table = tableOf(model(variant), { rowBytes: 300, index });
        for (let row = 1; row <= 20; row++) table.insert(row);
        for (let step = 0; step < 100; step++) table.update(1 + (step % 20));
        table.vacuum();
        equal(table.heap.versions(), 20, `${variant}: versions`);
        equal(table.heap.indexEntries(), 20 * (index === 'btree' ? 2 : 1), `${variant}: entries`);
        equal(table.heap.deadVersions(), 0, `${variant}: dead versions by the statistics`);
      }
    },
  },

  HP9: {
    statement:
      'VACUUM gives pages back only from the end of a table; VACUUM FULL leaves as few pages as the rows need.',
    against: 'PostgreSQL documentation, “Recovering Disk Space”.',
    variants: ['hot'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const filledTable = (): Table => {
        const table = tableOf(model('hot'), { rowBytes: 1000 });
        for (let row = 1; row <= 70; row++) table.insert(row);
        return table;
      };
      const front = filledTable();
      for (let row = 1; row <= 63; row++) front.remove(row);
      front.vacuum();
      equal(front.heap.pages.length, 10, 'pages after the first nine were emptied');
      equal(
        front.heap.pages.slice(0, 9).map(freeBytes),
        Array(9).fill(8160),
        'free bytes of these',
      );
      front.heap.rewrite();
      equal(front.heap.pages.length, 1, 'pages after VACUUM FULL');
      const end = filledTable();
      for (let row = 8; row <= 70; row++) end.remove(row);
      end.vacuum();
      equal(end.heap.pages.length, 1, 'pages after the last nine were emptied');
    },
  },

  HP10: {
    statement:
      'Autovacuum takes a table up at the first look at which its dead versions exceed threshold + scale factor × rows.',
    against:
      'PostgreSQL documentation, “The Autovacuum Daemon”: vacuum threshold = base threshold + scale factor × number of tuples.',
    variants: ['indexed'],
    seeds: 1,
    verify: ({ run, equal }) => {
      const [updatesPerSecond, naptimeMs, rows] = [20, 10_000, 1000];
      for (const [threshold, scalePercent] of [
        [50, 20],
        [0, 100],
        [500, 20],
        [200, 0],
      ] as const) {
        const race = run({
          parameters: {
            updatesPerSecond,
            naptimeMs,
            rows,
            threshold,
            scalePercent,
            costDelayMs: 0,
            reportMs: 0,
            readsPerSecond: 0,
          },
          variants: ['indexed'],
        });
        // Every update leaves one dead version; a look is every ten seconds, in 300.
        let [dead, vacuums] = [0, 0];
        for (let atMs = naptimeMs; atMs <= 300_000; atMs += naptimeMs) {
          dead += (updatesPerSecond * naptimeMs) / 1000;
          if (dead <= threshold + (scalePercent / 100) * rows) continue;
          vacuums++;
          dead = 0;
        }
        equal(
          race.value('indexed', 'vacuums'),
          vacuums,
          `vacuums with ${threshold} + ${scalePercent} %`,
        );
      }
    },
  },

  HP11: {
    statement:
      'No statement of a run misses a row, and the long transaction finds all of them at its end.',
    against: 'Conservation: rows are updated and none is deleted.',
    variants: ALL,
    seeds: 2,
    verify: ({ run, equal }) => {
      for (const variant of ALL) {
        const race = run({
          parameters: { rows: 200, longFromMs: 20_000, longForMs: 100_000 },
          variants: [variant],
        });
        equal(race.value(variant, 'missing'), 0, `${variant}: rows not found`);
      }
    },
  },
} as const satisfies Readonly<Record<string, HeapCheck>>;
