import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DistributionResult } from '@/lib/simulation/measures';
import {
  type Compared,
  comparedDistributions,
  hasLog,
  joinedPoints,
  logTicks,
  rangeOf,
  shareAt,
} from './curves';

function distributionOf(values: readonly number[], id = 'wait'): DistributionResult {
  const value = Float64Array.from(values).sort();
  return {
    id,
    label: 'Wait',
    unit: 'ms',
    n: value.length,
    value,
    p: value.map((_, i) => (i + 1) / value.length),
    percentiles: [],
  };
}
const compared = (...lists: (readonly number[])[]): Compared => ({
  label: 'Wait',
  unit: 'ms',
  curves: lists.map((values, i) => ({
    id: `${i}`,
    title: `Run ${i}`,
    fork: null,
    distribution: distributionOf(values),
  })),
});
const lists = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 60 });

describe('distributions of several runs', () => {
  it('are those of the runs that have observed the measure, in their order', () => {
    const run = (id: string, distributions: DistributionResult[]) => ({
      id,
      title: id.toUpperCase(),
      fork: null,
      distributions,
    });
    const runs = [
      run('a', [distributionOf([1, 2])]),
      run('b', []),
      run('c', [distributionOf([]), distributionOf([3], 'size')]),
      run('d', [distributionOf([4])]),
    ];
    expect(comparedDistributions(runs, 'wait')?.curves.map(({ title }) => title)).toEqual([
      'A',
      'D',
    ]);
    expect(comparedDistributions(runs, 'cost')).toBeNull();
  });
});

describe('the share at or below a value', () => {
  it('is the empirical one at every observation, rises, and ends at 1', () => {
    fc.assert(
      fc.property(lists, (values) => {
        const distribution = distributionOf(values);
        for (const at of values) {
          const counted = values.filter((value) => value <= at).length / values.length;
          expect(shareAt(distribution, at)).toBeCloseTo(counted, 9);
        }
        let before = 0;
        for (let at = -10; at <= 1010; at += 7) {
          const share = shareAt(distribution, at);
          expect(share).toBeGreaterThanOrEqual(before);
          before = share;
        }
        expect(shareAt(distribution, 1001)).toBe(1);
        expect(shareAt(distribution, -1)).toBe(0);
      }),
    );
  });
});

describe('the points of a chart', () => {
  it('hold every observation of every run within the range, rising', () => {
    fc.assert(
      fc.property(
        lists,
        lists,
        fc.constantFrom('linear' as const, 'log' as const),
        (a, b, scale) => {
          const both = compared(a, b);
          const range = rangeOf(both, scale);
          expect(range.to).toBeGreaterThan(range.from);
          if (scale === 'log' && hasLog(both)) expect(range.from).toBeGreaterThan(0);
          const points = joinedPoints(both, range);
          const values = points.map(({ value }) => value);
          expect(values).toEqual([...new Set(values)].sort((x, y) => x - y));
          expect(points[0]?.value).toBe(range.from);
          expect(points.at(-1)?.value).toBe(range.to);
          for (const value of [...a, ...b])
            if (value >= range.from) expect(values).toContain(value);
          expect(points.at(-1)?.shares).toEqual([1, 1]);
        },
      ),
    );
  });

  it('begin on a logarithmic axis at the share of what is too small for it', () => {
    const zeros = compared([0, 0, 0, 10, 100]);
    const points = joinedPoints(zeros, rangeOf(zeros, 'log'));
    expect(points[0]).toEqual({ value: 10, shares: [0.8] });
    const noise = compared([1e-12, 1e-11, 10, 100]);
    expect(rangeOf(noise, 'log')).toEqual({ from: 10, to: 100 });
    expect(hasLog(zeros)).toBe(true);
    expect(hasLog(compared([0, 0]))).toBe(false);
  });
});

describe('ticks of a logarithmic axis', () => {
  it('are powers of ten, and twos and fives where there is room', () => {
    expect(logTicks(1, 1e6)).toEqual([1, 10, 100, 1000, 1e4, 1e5, 1e6]);
    expect(logTicks(3, 240)).toEqual([10, 100]);
    expect(logTicks(3, 90)).toEqual([5, 10, 20, 50]);
    expect(logTicks(0.01, 0.1)).toEqual([0.01, 0.02, 0.05, 0.1]);
  });
});
