/**
 * What the declared checks PG1 to PG13, which the contract test runs, do not say: each query against
 * a plain filter over all rows, the drift arithmetic against an independent simulation, and what a
 * reader does to a run.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Recording } from '../../../kernel/recording';
import type { AnyDefinition, InterventionEvent } from '../../../simulation/definition';
import type { ParameterValue } from '../../../simulation/parameters';
import { reader, runRace, scenarioRequest } from '../../../simulation/run';
import { before } from './models/before';
import { decodeCursor, encodeCursor } from './models/cursor';
import { keyset } from './models/keyset';
import { offset } from './models/offset';
import { pageNumber } from './models/page-number';
import { InvalidToken, type Order, type Row } from './models/pager';
import { since } from './models/since';
import { snapshot } from './models/snapshot';
import { simulation } from './simulation';
import { Table } from './table';
import { repeatsByInserts, rowsReadByCursor, rowsReadByOffset, skipsByDeletes } from './theory';

const entry = {
  id: 'page-drift',
  category: 'api-design',
  definition: simulation as unknown as AnyDefinition,
};

interface Asked {
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly interventions?: readonly InterventionEvent[];
}
const raceOf = (scenario: keyof typeof simulation.scenarios, asked: Asked = {}) =>
  reader(runRace(entry, scenarioRequest(entry.definition, scenario, asked)));

const notesOf = ({ notes, strings }: Recording): string[] =>
  [...notes.text].map((text) => strings[text] ?? '');

describe('queries', () => {
  const orders: readonly Order[] = ['newest-first', 'oldest-first'];
  const lists = fc.record({
    order: fc.constantFrom(...orders),
    times: fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 30 }),
    size: fc.integer({ min: 1, max: 7 }),
    place: fc.nat({ max: 29 }),
  });

  function tableOf(order: Order, times: readonly number[]): Table {
    const table = new Table(order);
    for (const [id, atMs] of times.entries()) table.insert({ id, atMs });
    return table;
  }

  /** The rows as `ORDER BY` has them, by sorting all of them. */
  function sorted(order: Order, times: readonly number[]): Row[] {
    const rows = times.map((atMs, id): Row => ({ id, atMs }));
    const byKey = (a: Row, b: Row): number => a.atMs - b.atMs || a.id - b.id;
    return rows.sort((a, b) => (order === 'newest-first' ? byKey(b, a) : byKey(a, b)));
  }

  test('each answers as a filter over all rows does, and offers a next page exactly if there is one', () => {
    fc.assert(
      fc.property(lists, ({ order, times, size, place }) => {
        const table = tableOf(order, times);
        const all = sorted(order, times);
        const last = all[place % Math.max(1, all.length)];
        if (!last) return;
        const isBehind = (row: Row): boolean =>
          order === 'newest-first' ? row.atMs < last.atMs : row.atMs > last.atMs;
        const past = encodeCursor({ past: last, order });
        const asOf = table.list().takeSnapshot();
        const cases = [
          { pager: offset, token: String(place), rest: all.slice(place) },
          { pager: pageNumber, token: String(place + 1), rest: all.slice(place * size) },
          { pager: before, token: String(last.atMs), rest: all.filter(isBehind) },
          {
            pager: since,
            token: String(last.atMs),
            rest: all.filter((row) => isBehind(row) || row.atMs === last.atMs),
          },
          { pager: keyset, token: past, rest: all.slice(all.indexOf(last) + 1) },
          {
            pager: snapshot,
            token: encodeCursor({ past: last, order, asOf }),
            rest: all.slice(all.indexOf(last) + 1),
          },
        ];
        for (const { pager, token, rest } of cases) {
          const page = pager(table.list(), { size, token });
          const shown = page.rows.map(({ id }) => id);
          expect(shown, pager.name).toEqual(rest.slice(0, size).map(({ id }) => id));
          expect(page.next !== undefined, pager.name).toBe(rest.length > size);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test('only what a page takes is read', () => {
    const table = tableOf(
      'newest-first',
      Array.from({ length: 100 }, (_, i) => i),
    );
    const costOf = (query: () => unknown): number => {
      const readBefore = table.rowsRead;
      query();
      return table.rowsRead - readBefore;
    };
    expect(costOf(() => offset(table.list(), { size: 10, token: '40' }))).toBe(51);
    expect(costOf(() => pageNumber(table.list(), { size: 10, token: '5' }))).toBe(150);
    const past = encodeCursor({ past: { atMs: 59, id: 59 }, order: 'newest-first' });
    expect(costOf(() => keyset(table.list(), { size: 10, token: past }))).toBe(11);
    expect(costOf(() => table.look((list) => offset(list, { size: 10 })))).toBe(0);
  });

  test('a token that is no number is the client’s mistake', () => {
    const table = tableOf('newest-first', [1, 2, 3]);
    for (const pager of [offset, pageNumber, before, since])
      for (const token of ['', '-1', '1.5', '1e3', 'NaN', ' 1', '9'.repeat(16)])
        expect(() => pager(table.list(), { size: 2, token }), `${pager.name} ${token}`).toThrow(
          InvalidToken,
        );
  });

  test('a cursor without a snapshot is none of a snapshot', () => {
    const token = encodeCursor({ past: { atMs: 2, id: 2 }, order: 'newest-first' });
    const table = tableOf('newest-first', [1, 2, 3]);
    expect(() => snapshot(table.list(), { size: 2, token })).toThrow(InvalidToken);
  });

  test('a page asked for again when its snapshot has been released is refused, and loses no rows silently', () => {
    const table = tableOf('newest-first', [1, 2, 3]);
    const first = snapshot(table.list(), { size: 2 });
    const ofAnother = snapshot(table.list(), { size: 2 });
    const last = { size: 2, token: first.next };
    expect(snapshot(table.list(), last).rows).toEqual([expect.objectContaining({ id: 0 })]);
    table.removeAt(2);
    expect(() => snapshot(table.list(), last)).toThrow(InvalidToken);
    // What another walk reads is kept, though it began with the same list.
    expect(snapshot(table.list(), { size: 2, token: ofAnother.next }).rows).toHaveLength(1);
  });

  test('no text makes a cursor of anything but whole numbers, and none throws anything else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.json()), (text) => {
        try {
          const { past } = decodeCursor(text, 'newest-first');
          expect(Number.isSafeInteger(past.atMs) && Number.isSafeInteger(past.id)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidToken);
        }
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});

describe('arithmetic', () => {
  // Mean of 20,000 walks written independently in Python, with its standard error.
  test.each([
    { rows: 200, pageSize: 20, perTurn: 0.6, skipped: 2.733, error: 0.012 },
    { rows: 400, pageSize: 25, perTurn: 2, skipped: 13.743, error: 0.024 },
    { rows: 100, pageSize: 10, perTurn: 1, skipped: 4.297, error: 0.013 },
  ])('[PG4] $perTurn deletions a page turned skip $skipped of $rows rows', (row) => {
    const { mean } = skipsByDeletes({ ...row, deletesPerSecond: row.perTurn, thinkMs: 1000 });
    expect(Math.abs(mean - row.skipped)).toBeLessThan(4 * row.error + row.perTurn / 2);
  });

  test('[PG3] a rate times a time is a number of rows', () => {
    const { mean, standardError } = repeatsByInserts({
      insertsPerSecond: 2,
      thinkMs: 500,
      turns: 25,
    });
    expect([mean, standardError]).toEqual([25, 5]);
  });

  test('[PG6] a hundred pages of fifty cost fifty times as much by offset', () => {
    const list = { rows: 5000, pageSize: 50 };
    // 50 + 100 + … + 5000, one more for each page, and none behind the last.
    expect(rowsReadByOffset(list)).toBe((50 * 100 * 101) / 2 + 100 - 1);
    expect(rowsReadByCursor(list)).toBe(5099);
  });
});

describe('the run', () => {
  const at = 5000;

  test('all variants read the same list', () => {
    const race = raceOf('race');
    const presentThroughout = race.race.runs.map(
      ({ results }) => results.find(({ id }) => id === 'skippedShare')?.n,
    );
    // Walks end one page apart at most, in which time few rows are deleted.
    expect(Math.max(...presentThroughout.map(Number))).toBeLessThan(
      Math.min(...presentThroughout.map(Number)) + 5,
    );
  });

  test('[PG5] one row inserted by hand is one row repeated', () => {
    const parameters = { insertsPerSecond: 0, deletesPerSecond: 0 };
    const act = { at, kind: 'act', id: 'insert-at-head' } as const;
    const race = raceOf('cursor', { parameters, interventions: [act] });
    expect(race.value('offset', 'repeated')).toBe(1);
    expect(race.value('keyset', 'repeated')).toBe(0);
    expect(notesOf(race.run('offset').recording)).toContain('Row #49 is inserted at the head.');
  });

  test('what is done before the first page, or after the last, is noted and changes nothing', () => {
    const early = { at: 100, kind: 'act', id: 'delete-behind' } as const;
    const late = { at: 16_400, kind: 'act', id: 'insert-at-head' } as const;
    const plain = raceOf('cursor').run('keyset');
    const touched = raceOf('cursor', { interventions: [early, late] }).run('keyset');
    expect(touched.results).toEqual(plain.results);
    expect(notesOf(touched.recording)).toEqual([
      'There is no such row now.',
      ...notesOf(plain.recording),
      'The walk is over; what happens to the list now changes nothing in it.',
    ]);
  });

  test('a last page that is due at the last moment ends the walk, once', () => {
    const run = raceOf('inserts', { parameters: { insertsPerSecond: 1.2 } }).run('offset');
    const resultOf = (id: string) => run.results.find((result) => result.id === id);
    expect(resultOf('requests')?.value).toBe(9);
    expect(resultOf('finished')).toMatchObject({ value: 100, n: 1 });
    // All rows of the beginning, each once.
    expect(resultOf('skippedShare')?.n).toBe(48);
    const ends = notesOf(run.recording).filter((text) => /last page|has not come/.test(text));
    expect(ends).toHaveLength(1);
  });

  test('the mark of the next page is where that page begins, by whatever it is counted', () => {
    const parameters = { insertsPerSecond: 0, deletesPerSecond: 0 };
    const request = { ...scenarioRequest(entry.definition, 'cursor', { parameters }) };
    const variants = ['offset', 'page-number', 'before', 'keyset', 'snapshot'];
    for (const { variant, recording } of runRace(entry, { ...request, variants }).runs) {
      const { states, strings } = recording;
      const marks = [...states.node.keys()]
        .filter((row) => strings[states.node[row] ?? 0] === 'list')
        .map((row) => strings[states.text[row] ?? 0]);
      // Slots are given in the order of the list, and eight rows are a page.
      const begins = ['row-1', 'row-9', 'row-17', 'row-25', 'row-33', 'row-41', ''];
      expect(marks, variant).toEqual(begins);
    }
  });

  test('a list that outgrows its drawing says so once, and is measured whole', () => {
    const { recording, results } = raceOf('late', { parameters: { insertsPerSecond: 5 } }).run(
      'keyset',
    );
    const full = notesOf(recording).filter((text) => text.includes('room'));
    expect(full).toEqual(['The list has become longer than the drawing has room for.']);
    expect(results.find(({ id }) => id === 'skipped')?.value).toBe(0);
  });

  test('dead rows are kept while a snapshot needs them, and only then', () => {
    const race = raceOf('race');
    expect(race.value('snapshot', 'deadKept')).toBeGreaterThan(10);
    for (const { variant } of race.race.runs)
      if (variant !== 'snapshot') expect(race.value(variant, 'deadKept'), variant).toBe(0);
  });
});
