import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DistributionResult } from '@/lib/simulation/measures';
import { type Compared, comparedDistributions, hasLog, logTicks, rangeOf } from './curves';

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

describe('the range of a chart', () => {
  it('holds every observation, and on a logarithmic axis all that counts', () => {
    fc.assert(
      fc.property(lists, lists, (a, b) => {
        const both = compared(a, b);
        expect(rangeOf(both, 'linear').from).toBe(0);
        expect(rangeOf(both, 'linear').to).toBeGreaterThanOrEqual(Math.max(...a, ...b));
        const { from, to } = rangeOf(both, 'log');
        expect(to).toBeGreaterThan(from);
        if (!hasLog(both)) return;
        expect(from).toBeGreaterThan(0);
        for (const value of [...a, ...b].filter((each) => each > 0))
          expect(value).toBeGreaterThanOrEqual(from);
      }),
    );
  });

  it('begins on a logarithmic axis above what is too small for it', () => {
    expect(rangeOf(compared([0, 0, 0, 10, 100]), 'log')).toEqual({ from: 10, to: 100 });
    expect(rangeOf(compared([1e-12, 1e-11, 10, 100]), 'log')).toEqual({ from: 10, to: 100 });
    expect(hasLog(compared([0, 0, 0, 10]))).toBe(true);
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
