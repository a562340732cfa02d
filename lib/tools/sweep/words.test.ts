import { describe, expect, test } from 'vitest';
import type { SweepCurves } from './curves';
import type { Estimate } from './estimate';
import { curvesTable, curveWords, estimateText, sweepWords } from './words';

const at = (value: number, halfWidth: number | null = 1): Estimate => ({
  value,
  halfWidth,
  seeds: halfWidth === null ? 1 : 5,
  why: null,
});

const sweep = (...curves: readonly (readonly (Estimate | null)[])[]): SweepCurves => ({
  axis: { label: 'Offered rate', unit: 'requests/s', min: 10, max: 90 },
  values: [10, 20, 30, 40, 50, 60, 70, 80, 90],
  present: 50,
  variants: curves.map((_, i) => `Variant ${i + 1}`),
  seeds: 5,
  panels: [{ id: 'wait.p99', label: 'Wait, p99', unit: 'ms', better: 'lower', curves }],
});
const words = (values: readonly number[], halfWidth?: number | null): string | null => {
  const curve = values.map((value) => at(value, halfWidth));
  return curveWords(sweep(curve), { label: 'Wait, p99', unit: 'ms' }, curve);
};
/** Gaps that do not break are written as common ones, so that the expectations can be read. */
const plain = (text: string | null): string => (text ?? '').replace(/[\u202f\u00a0]/g, ' ');

describe('a curve in words', () => {
  test('tells a cliff by its factor, its place and its two ends', () => {
    expect(plain(words([80, 80, 81, 82, 84, 90, 810, 820, 830]))).toBe(
      'Wait, p99 grows 9-fold between 60 requests/s and 70 requests/s, from 90 ms to 810 ms.',
    );
  });
  test('tells a fall, and a rise from nothing, by the ends', () => {
    expect(plain(words([830, 820, 810, 90, 84, 82, 81, 80, 80]))).toBe(
      'Wait, p99 falls from 810 ms to 90 ms between 30 requests/s and 40 requests/s.',
    );
    expect(plain(words([0, 0, 0, 0, 0, 500, 500, 500, 500]))).toBe(
      'Wait, p99 rises from 0 ms to 500 ms between 50 requests/s and 60 requests/s.',
    );
  });
  test('says that there is no cliff', () => {
    expect(plain(words([100, 110, 120, 130, 140, 150, 160, 170, 180]))).toBe(
      'No cliff in wait, p99: between 100 ms (at 10 requests/s) and 180 ms (at 90 requests/s).',
    );
  });
  test('says where the ends cannot be told from chance', () => {
    expect(plain(words([100, 101, 100, 99, 100, 101, 100, 100, 100], 3))).toBe(
      'Wait, p99 lies between 99 ms and 101 ms, whose intervals overlap.',
    );
    expect(plain(words(new Array(9).fill(5), 0))).toBe('Wait, p99 is 5 ms throughout.');
  });
  test('says nothing while the intervals are not known', () => {
    expect(words([80, 80, 81, 82, 84, 90, 810, 820, 830], null)).toBeNull();
    const curve = [at(1), null, null, null, null, null, null, null, at(900)];
    expect(curveWords(sweep(curve), { label: 'Wait', unit: 'ms' }, curve)).toBeNull();
  });
});

describe('a sweep of several variants in words', () => {
  const steep = [80, 80, 81, 82, 84, 90, 810, 820, 830].map((value) => at(value));
  const level = new Array(9).fill(at(80));
  test('tells the cliffs one by one and the others in one line', () => {
    expect(sweepWords(sweep(level, steep, level, level)).map(plain)).toEqual([
      'Variant 2: Wait, p99 grows 9-fold between 60 requests/s and 70 requests/s, from 90 ms to 810 ms.',
      'No cliff in wait, p99, for Variant 1, Variant 3 and Variant 4.',
    ]);
  });
  test('does not list all of them', () => {
    expect(sweepWords(sweep(level, level))).toEqual(['No cliff in wait, p99, for any variant.']);
  });
  test('tells all that it knows of a single one', () => {
    expect(sweepWords(sweep(level)).map(plain)).toEqual(['Wait, p99 is 80 ms throughout.']);
    expect(sweepWords(sweep(new Array(9).fill(null)))).toEqual([]);
  });
});

describe('the table of a sweep', () => {
  test('has a row for each value and a column for each variant', () => {
    const ones = [at(1), ...new Array<null>(8).fill(null)];
    const table = curvesTable(sweep(ones, new Array(9).fill(at(1500, 20))));
    expect(table.columns).toEqual(['Offered rate', 'Variant 1', 'Variant 2']);
    expect(table.rows).toHaveLength(9);
    expect(table.rows[0]?.map(plain)).toEqual(['10 requests/s', '1 ms ± 1', '1.5 s ± 0.02']);
    expect(table.rows[1]?.[1]).toBe('–');
    expect(table.caption).toBe('Wait, p99 by offered rate');
  });
  test('names the measure where there is one variant', () => {
    expect(curvesTable(sweep(new Array(9).fill(at(1)))).columns[1]).toBe('Wait, p99');
  });
  test('shows a value without an interval as it is', () => {
    expect(plain(estimateText(at(41.66, null), '%'))).toBe('41.7 %');
    expect(estimateText({ value: null, halfWidth: null, seeds: 0, why: 'x' }, '%')).toBe('–');
  });
});
