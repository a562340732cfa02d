/** The rules that paging is held to, in the tests and on request in the page. */
import type { RandomStream } from '../../../kernel/random';
import type { Check, InterventionEvent } from '../../../simulation/definition';
import { decodeCursor, encodeCursor } from './models/cursor';
import { InvalidToken, type Order, type Pager, type Row } from './models/pager';
import { type parameters, START_MS } from './parameters';
import { Table } from './table';
import {
  repeatsByInserts,
  rowsReadByCursor,
  rowsReadByOffset,
  skipsByDeletes,
  tiesBehind,
} from './theory';
import type { VariantId } from './variants';

type PagingCheck = Check<typeof parameters, VariantId, Pager>;

const STILL = { insertsPerSecond: 0, deletesPerSecond: 0, updatesPerSecond: 0 };
const ORDERS = ['newest-first', 'oldest-first'] as const;
/** Those that go on after a row and not after a number of rows. */
const CURSORS = ['keyset', 'snapshot'] as const;
const COUNTS = ['offset', 'page-number'] as const;

export const checks = {
  PG1: {
    statement:
      'A cursor by time and id skips and repeats no row that is there throughout, whatever comes in, goes, or shares a time.',
    against: 'Each row has one place in a strict order, and the pages cut that order without gaps.',
    variants: CURSORS,
    seeds: 8,
    verify: ({ run, random, equal }) => {
      const stream = random('settings');
      const rate = (): number => stream.nextInteger(51) / 10;
      const race = run({
        variants: CURSORS,
        parameters: {
          rows: 40 + stream.nextInteger(300),
          pageSize: 4 + stream.nextInteger(30),
          insertsPerSecond: rate(),
          deletesPerSecond: rate(),
          updatesPerSecond: rate(),
          latePercent: 5 * stream.nextInteger(21),
          equalPercent: 5 * stream.nextInteger(19),
          order: ORDERS[stream.nextInteger(2)] ?? 'newest-first',
        },
      });
      for (const variant of CURSORS) {
        equal(race.value(variant, 'skipped'), 0, `Rows skipped by ${variant}`);
        equal(race.value(variant, 'repeated'), 0, `Rows repeated by ${variant}`);
      }
    },
  },

  PG2: {
    statement:
      'The pages of a snapshot together are the list as it was at the first page, row for row.',
    against:
      'Definition; against a copy of the list made then, under random changes between pages.',
    variants: ['snapshot'],
    seeds: 20,
    verify: ({ model, random, equal }) => {
      const stream = random('changes');
      for (const order of ORDERS) {
        const table = randomTable(stream, order);
        const before = table.rows.map(({ id }) => id);
        let fresh = before.length;
        const got = walk(model('snapshot'), table, {
          size: 1 + stream.nextInteger(12),
          between: () => change(stream, table, () => ++fresh),
        });
        equal(got, before, `Rows, ${order}`);
        equal(table.deadCount, 0, 'Rows kept after the last page');
      }
    },
  },

  PG3: {
    statement:
      'By offset, rows that come in at the head are repeated one for one: rate times time between pages times pages turned.',
    against: 'A Poisson count; within 4 of its standard errors.',
    variants: COUNTS,
    seeds: 5,
    verify: ({ run, within, equal }) => {
      const rates = { insertsPerSecond: 1.5, deletesPerSecond: 0, thinkMs: 1500 };
      const race = run({
        variants: COUNTS,
        parameters: { ...rates, rows: 1500, pageSize: 25 },
      });
      for (const variant of COUNTS) {
        const turns = race.value(variant, 'requests') - 1;
        const { mean, standardError } = repeatsByInserts({ ...rates, turns });
        const repeated = race.value(variant, 'repeated');
        within(repeated, mean, 4 * standardError, `Rows repeated by ${variant}`);
        equal(race.value(variant, 'skipped'), 0, `Rows skipped by ${variant}`);
      }
    },
  },

  PG4: {
    statement:
      'By offset, a deletion in front of the next page skips a row: the count is that of the drift arithmetic.',
    against:
      'Sum over the pages of the deletions expected in front of them, less those skipped that are deleted later; within 4 standard errors of a Poisson count.',
    variants: COUNTS,
    seeds: 5,
    verify: ({ run, within, equal }) => {
      const settings = { rows: 1500, pageSize: 25, deletesPerSecond: 1.5, thinkMs: 1500 };
      const race = run({ variants: COUNTS, parameters: { ...settings, insertsPerSecond: 0 } });
      const { mean, standardError } = skipsByDeletes(settings);
      for (const variant of COUNTS) {
        const skipped = race.value(variant, 'skipped');
        within(skipped, mean, 4 * standardError, `Rows skipped by ${variant}`);
        equal(race.value(variant, 'repeated'), 0, `Rows repeated by ${variant}`);
      }
    },
  },

  PG5: {
    statement:
      'Each row inserted at the head costs an offset one repeat, each deleted behind it one skip, each deleted ahead nothing; none of them touches a cursor.',
    against: 'Counting: all rows after the change move by one place.',
    variants: [...COUNTS, ...CURSORS],
    seeds: 1,
    verify: ({ run, equal }) => {
      const variants = [...COUNTS, ...CURSORS] as const;
      for (const [id, drift] of [
        ['insert-at-head', { skipped: 0, repeated: 1 }],
        ['delete-behind', { skipped: 1, repeated: 0 }],
        ['delete-ahead', { skipped: 0, repeated: 0 }],
      ] as const) {
        for (const order of ORDERS) {
          const times = 3;
          const race = run({
            variants,
            parameters: { ...STILL, order, rows: 60, pageSize: 10, thinkMs: 1000 },
            interventions: Array.from({ length: times }, (_, i) => act(id, i + 1)),
          });
          for (const variant of variants) {
            const isCursor = variant === 'keyset' || variant === 'snapshot';
            for (const fault of ['skipped', 'repeated'] as const)
              equal(
                race.value(variant, fault),
                isCursor ? 0 : times * drift[fault],
                `${fault} by ${variant}, ${id}, ${order}`,
              );
          }
        }
      }
    },
  },

  PG6: {
    statement:
      'By offset, page k reads k pages of rows and one row more, so the rows a walk reads grow with the square of the list; by cursor every page reads the same.',
    against: 'Arithmetic, exactly; for page numbers, a count of all rows comes on top.',
    variants: ['offset', 'page-number', 'keyset'],
    seeds: 1,
    verify: ({ run, equal }) => {
      for (const [rows, pageSize] of [
        [1000, 20],
        [1010, 20],
        [2000, 20],
      ] as const) {
        const race = run({
          variants: ['offset', 'page-number', 'keyset'],
          parameters: { ...STILL, rows, pageSize },
        });
        const pages = Math.ceil(rows / pageSize);
        const list = { rows, pageSize };
        const what = `Rows read, ${rows} rows by ${pageSize}`;
        const byOffset = rowsReadByOffset(list);
        equal(race.value('offset', 'rowsRead'), byOffset, `${what}, offset`);
        // The total says whether there is another page; the row beyond is not read.
        equal(
          race.value('page-number', 'rowsRead'),
          byOffset - (pages - 1) + pages * rows,
          `${what}, page number`,
        );
        equal(race.value('keyset', 'rowsRead'), rowsReadByCursor(list), `${what}, cursor`);
        equal(race.value('keyset', 'pageCostMost'), pageSize + 1, `${what}, dearest by cursor`);
      }
    },
  },

  PG7: {
    statement:
      'By time alone and exclusive, each page loses the rows behind it that share the time of its last: p / (1 − p) on average.',
    against: 'The mean of a geometric variable; within 4 standard errors.',
    variants: ['before', 'keyset'],
    seeds: 5,
    verify: ({ run, within, equal }) => {
      const settings = { ...STILL, rows: 2000, pageSize: 12, thinkMs: 100 };
      for (const equalPercent of [30, 60]) {
        const race = run({
          variants: ['before', 'keyset'],
          parameters: { ...settings, equalPercent },
        });
        const turns = race.value('before', 'requests') - 1;
        const { mean, variance } = tiesBehind(equalPercent);
        within(
          race.value('before', 'skipped'),
          mean * turns,
          4 * Math.sqrt(variance * turns),
          `Rows skipped, ${equalPercent} % with the same time`,
        );
        equal(race.value('before', 'repeated'), 0, 'Rows repeated, exclusive');
        equal(race.value('keyset', 'skipped'), 0, 'Rows skipped with the id');
      }
    },
  },

  PG8: {
    statement:
      'By time alone and inclusive, each page repeats the rows of its last time: 1 / (1 − p) on average; it skips none.',
    against: 'One more than a geometric variable; within 4 standard errors.',
    variants: ['since'],
    seeds: 5,
    verify: ({ run, within, equal }) => {
      for (const equalPercent of [0, 30, 50]) {
        const race = run({
          variants: ['since'],
          parameters: { ...STILL, rows: 2000, pageSize: 40, thinkMs: 100, equalPercent },
        });
        const turns = race.value('since', 'requests') - 1;
        const { mean, variance } = tiesBehind(equalPercent);
        within(
          race.value('since', 'repeated'),
          (1 + mean) * turns,
          4 * Math.sqrt(variance * turns),
          `Rows repeated, ${equalPercent} % with the same time`,
        );
        equal(race.value('since', 'skipped'), 0, 'Rows skipped, inclusive');
      }
    },
  },

  PG9: {
    statement:
      'A list that stands still is shown whole, each row once and in order, by all but those that go on by time alone.',
    against: 'Definition; lists of all lengths around a multiple of the page, with equal times.',
    variants: [...COUNTS, ...CURSORS],
    seeds: 3,
    verify: ({ model, random, equal }) => {
      const stream = random('rows');
      for (const variant of [...COUNTS, ...CURSORS] as const)
        for (const order of ORDERS)
          for (const length of [0, 1, 4, 5, 6, 9, 10, 11, 23]) {
            const table = new Table(order);
            for (let id = 1; id <= length; id++)
              table.insert({ id, atMs: Math.floor(stream.next() * 5) });
            const all = table.rows.map(({ id }) => id);
            equal(
              walk(model(variant), table, { size: 5 }),
              all,
              `${length} rows, ${variant}, ${order}`,
            );
          }
    },
  },

  PG10: {
    statement:
      'A cursor comes back as it was given out, and anything else is refused: other orders, other versions, other fields, other texts.',
    against: 'Definition; cursors cut short, made longer, with other fields, for another order.',
    variants: CURSORS,
    seeds: 5,
    verify: ({ model, random, equal }) => {
      const stream = random('keys');
      const cursor = {
        past: { atMs: stream.nextInteger(1e9), id: stream.nextInteger(1e9) },
        order: 'newest-first' as const,
        asOf: stream.nextInteger(1e6),
      };
      const token = encodeCursor(cursor);
      equal(decodeCursor(token, 'newest-first'), cursor, 'The cursor that comes back');
      equal(/^[\w-]+$/.test(token), true, 'A cursor fits into an address as it is');
      const other = (fields: readonly unknown[]): string => btoa(JSON.stringify(fields));
      const refused = [
        '',
        'page 2',
        token.slice(0, -4),
        `${token}${'A'.repeat(400)}`,
        other([2, 'newest-first', 5, 5, null]),
        other([1, 'newest-first', -1, 5, null]),
        other([1, 'newest-first', '5', 5, null]),
        other([1, 'newest-first', 5, 0.5, null]),
        other([1, 'newest-first', 5, 5]),
        other([1, 'newest-first', 5, 5, null, 'more']),
        encodeCursor({ ...cursor, order: 'oldest-first' }),
      ];
      for (const variant of CURSORS)
        for (const text of refused)
          equal(refusal(model(variant), text), 'InvalidToken', `${variant} asked with "${text}"`);
    },
  },

  PG11: {
    statement:
      'With rows sorted by the last update, newest first, a cursor loses each that is updated before it is reached; oldest first it loses none.',
    against: 'Counting: such a row moves to the end at which new ones appear.',
    variants: CURSORS,
    seeds: 1,
    verify: ({ run, equal }) => {
      for (const order of ORDERS) {
        const times = 4;
        const race = run({
          variants: CURSORS,
          parameters: {
            ...STILL,
            order,
            sortBy: 'updated',
            rows: 60,
            pageSize: 10,
            thinkMs: 1000,
          },
          interventions: Array.from({ length: times }, (_, i) => act('update-ahead', i + 1)),
        });
        const lost = order === 'newest-first' ? times : 0;
        equal(race.value('keyset', 'skipped'), lost, `Rows skipped, ${order}`);
        equal(race.value('keyset', 'repeated'), 0, `Rows repeated, ${order}`);
        equal(race.value('snapshot', 'skipped'), 0, `Rows skipped in a snapshot, ${order}`);
      }
    },
  },

  PG12: {
    statement:
      'By time alone and inclusive, a page full of rows with the same time leads to itself, and the walk never ends.',
    against: 'Counting: the next page begins with the first row of that time.',
    variants: ['since', 'keyset'],
    seeds: 1,
    verify: ({ model, run, equal }) => {
      const table = new Table('newest-first');
      for (let id = 1; id <= 20; id++) table.insert({ id, atMs: id <= 10 ? 7 : id });
      const asked = { size: 10, token: '7' };
      const first = model('since')(table.list(), { ...asked, size: 9 });
      equal(first.next, '7', 'The token of a page with the same time');
      equal(model('since')(table.list(), asked).next, undefined, 'The token if the page is larger');
      const variants = ['since', 'keyset'] as const;
      const race = run({
        variants,
        parameters: { ...STILL, rows: 200, pageSize: 4, thinkMs: 100, equalPercent: 90 },
      });
      equal(race.value('since', 'finished'), 0, 'Walks by time that came to the end, %');
      equal(race.value('keyset', 'finished'), 100, 'Walks by time and id that came to the end, %');
    },
  },

  PG13: {
    statement:
      'A page number means other rows when the size of the page changes; an offset and a cursor mean the same.',
    against: 'Arithmetic: page 3 of 20 begins at row 41, page 3 of 10 at row 21.',
    variants: ['offset', 'page-number', 'keyset'],
    seeds: 1,
    verify: ({ run, equal }) => {
      const variants = ['offset', 'page-number', 'keyset'] as const;
      const change = (from: number, to: number) =>
        run({
          variants,
          parameters: { ...STILL, rows: 120, pageSize: from, thinkMs: 1000 },
          interventions: [{ at: START_MS + 1500, kind: 'set', parameter: 'pageSize', value: to }],
        });
      const smaller = change(20, 10);
      const larger = change(10, 20);
      for (const variant of ['offset', 'keyset'] as const)
        for (const race of [smaller, larger])
          for (const fault of ['skipped', 'repeated'])
            equal(race.value(variant, fault), 0, `${fault} by ${variant}`);
      equal(smaller.value('page-number', 'repeated'), 20, 'Repeated when pages get smaller');
      equal(larger.value('page-number', 'skipped'), 20, 'Skipped when pages get larger');
    },
  },
} satisfies Record<string, PagingCheck>;

/** An intervention between two pages of a walk that turns one every second. */
const act = (id: string, turn: number): InterventionEvent => ({
  at: START_MS + turn * 1000 + 500,
  kind: 'act',
  id,
});

/** Walks to the end; the ids of the rows in the order in which they came. */
function walk(
  pager: Pager,
  table: Table,
  { size, between }: { readonly size: number; readonly between?: () => void },
): number[] {
  const got: Row[] = [];
  let token: string | undefined;
  for (let pages = 0; pages < 1000; pages++) {
    const { rows, next } = pager(table.list(), { size, token });
    got.push(...rows);
    if (next === undefined) break;
    token = next;
    between?.();
  }
  return got.map(({ id }) => id);
}

function refusal(pager: Pager, token: string): string {
  const table = new Table('newest-first');
  for (let id = 1; id <= 9; id++) table.insert({ id, atMs: id });
  try {
    pager(table.list(), { size: 4, token });
    return 'none';
  } catch (error) {
    return error instanceof InvalidToken ? error.name : String(error);
  }
}

function randomTable(stream: RandomStream, order: Order): Table {
  const table = new Table(order);
  const length = 10 + stream.nextInteger(60);
  for (let id = 1; id <= length; id++) table.insert({ id, atMs: stream.nextInteger(40) });
  return table;
}

/** A few rows come, go and move. */
function change(stream: RandomStream, table: Table, freshId: () => number): void {
  for (let i = 0; i < 6; i++) {
    const place = stream.nextInteger(table.rows.length + 1);
    const row = table.removeAt(place);
    if (row && stream.nextInteger(2) === 0)
      table.insert({ id: row.id, atMs: stream.nextInteger(50) });
    else if (stream.nextInteger(2) === 0)
      table.insert({ id: freshId(), atMs: stream.nextInteger(50) });
  }
}
