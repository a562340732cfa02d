import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type TableMeasure, table } from './measures';
import { TABLE_ROWS_MAX, Tally } from './tally';

const measure: TableMeasure = table({
  label: 'By client',
  describe: 'For the test.',
  better: 'neither',
  key: 'Client',
  counts: {
    asked: { label: 'Asked', unit: 'requests' },
    refused: { label: 'Refused', unit: 'requests' },
  },
  shares: { refusedShare: { label: 'Share', part: 'refused', of: 'asked' } },
  moments: {
    first: { label: 'First', which: 'first', of: 'refused' },
    last: { label: 'Last', which: 'last', of: 'refused' },
  },
  sortedBy: 'refused',
});

test('counts, shares and moments by key, the most refused on top', () => {
  const tally = new Tally(measure);
  for (const at of [10, 20, 30]) tally.add(0, 'asked', at);
  for (const at of [15, 25, 40]) tally.add(2, 'asked', at);
  tally.add(2, 'refused', 25);
  tally.add(2, 'refused', 40);
  const result = tally.finish('clients', ['anna', 'never', 'bert']);
  expect(result.rows).toEqual(['bert', 'anna']);
  expect(result.columns.map(({ id, values }) => [id, [...values]])).toEqual([
    ['asked', [3, 3]],
    ['refused', [2, 0]],
    ['refusedShare', [200 / 3, 0]],
    ['first', [25, Number.NaN]],
    ['last', [40, Number.NaN]],
  ]);
  expect(result.total).toEqual([6, 2, 200 / 6, 25, 40]);
  expect(result.omitted).toBe(0);
});

test('nothing counted gives an empty table whose shares and moments are none', () => {
  const result = new Tally(measure).finish('clients', ['anna']);
  expect(result.rows).toEqual([]);
  expect(result.total).toEqual([0, 0, Number.NaN, Number.NaN, Number.NaN]);
});

test('a count that was not declared is an error that names those that were', () => {
  expect(() => new Tally(measure).add(0, 'lost', 1)).toThrow(/\(asked, refused\), got "lost"/);
});

test('beyond the bound, keys are left out of the rows but not of the total', () => {
  const tally = new Tally(measure);
  const keys = Array.from({ length: TABLE_ROWS_MAX + 5 }, (_, key) => `key ${key}`);
  for (const key of keys.keys()) tally.add(key, 'asked', 1);
  tally.add(TABLE_ROWS_MAX + 4, 'refused', 2);
  const result = tally.finish('clients', keys);
  expect(result.rows).toHaveLength(TABLE_ROWS_MAX);
  expect(result.rows[0]).toBe(`key ${TABLE_ROWS_MAX + 4}`);
  expect(result.omitted).toBe(5);
  expect(result.total[0]).toBe(keys.length);
});

test('any history: the rows add up to the total, and each moment lies within it', () => {
  const event = fc.record({ key: fc.nat(200), refused: fc.boolean(), gap: fc.nat(50) });
  fc.assert(
    fc.property(fc.array(event, { minLength: 1 }), (events) => {
      const tally = new Tally(measure);
      let at = 0;
      for (const { key, refused, gap } of events) {
        at += gap;
        tally.add(key, 'asked', at);
        if (refused) tally.add(key, 'refused', at);
      }
      const { columns, total, rows } = tally.finish(
        'clients',
        Array.from({ length: 201 }, (_, key) => `${key}`),
      );
      const [asked, refused, , first, last] = columns.map(({ values }) => [...values]);
      expect(asked?.reduce((a, b) => a + b, 0)).toBe(events.length);
      expect(refused?.reduce((a, b) => a + b, 0)).toBe(total[1]);
      expect(rows).toHaveLength(new Set(events.map(({ key }) => key)).size);
      for (const [row, count] of (refused ?? []).entries()) {
        if (count === 0) expect(first?.[row]).toBeNaN();
        else expect(first?.[row]).toBeLessThanOrEqual(last?.[row] ?? Number.NaN);
      }
      expect(refused).toEqual([...(refused ?? [])].sort((a, b) => b - a));
    }),
  );
});
