import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SEED_MAX } from '@/lib/simulation/link';
import { misfit, quantity } from '@/lib/simulation/parameters';
import { cellAt, RUNS_MAX, requestOf, type SweepPlan, seedsFrom, sweepRuns } from './plan';
import { isSwept } from './swept';
import { axisShare, sweepValues } from './values';

const parameter = (range: { min: number; max: number; step: number; scale?: 'linear' | 'log' }) =>
  quantity({ label: 'q', describe: 'q', unit: 'ms', default: range.min, ...range });

const plan = (width: number, height: number | null, seeds: number): SweepPlan => ({
  base: { parameters: { a: 0, b: 0, c: 7 }, seed: 5, variants: ['one'], interventions: [] },
  x: { parameter: 'a', values: Array.from({ length: width }, (_, i) => i) },
  y:
    height === null
      ? null
      : { parameter: 'b', values: Array.from({ length: height }, (_, i) => -i) },
  seeds: seedsFrom(5, seeds),
});

describe('the values of a sweep', () => {
  test('span the declared range at equal distances', () => {
    expect(sweepValues(parameter({ min: 0, max: 100, step: 1 }), 5)).toEqual([0, 25, 50, 75, 100]);
  });
  test('span it by equal factors where the parameter is declared so', () => {
    const decades = parameter({ min: 1, max: 1000, step: 1, scale: 'log' });
    expect(sweepValues(decades, 4)).toEqual([1, 10, 100, 1000]);
    expect([1, 10, 100, 1000].map((value) => axisShare(decades, value))).toEqual([
      0,
      expect.closeTo(1 / 3, 12),
      expect.closeTo(2 / 3, 12),
      1,
    ]);
  });
  test('are each value once where the grid has fewer', () => {
    expect(sweepValues(parameter({ min: 1, max: 4, step: 1 }), 25)).toEqual([1, 2, 3, 4]);
  });
  test('go through the value that somebody has chosen', () => {
    expect(sweepValues(parameter({ min: 0, max: 100, step: 1 }), 3, 7)).toEqual([0, 7, 50, 100]);
    expect(sweepValues(parameter({ min: 0, max: 100, step: 1 }), 3, 50)).toEqual([0, 50, 100]);
  });
  test('fit the parameter, rise, and reach both ends of the range', () => {
    const ranges = fc.record({
      min: fc.integer({ min: 1, max: 50 }),
      steps: fc.integer({ min: 1, max: 400 }),
      step: fc.constantFrom(0.05, 0.1, 0.5, 1, 5),
      scale: fc.constantFrom('linear' as const, 'log' as const),
      points: fc.integer({ min: 2, max: 30 }),
    });
    fc.assert(
      fc.property(ranges, ({ min, steps, step, scale, points }) => {
        const max = Number((min + steps * step).toPrecision(12));
        const swept = parameter({ min, max, step, scale });
        const values = sweepValues(swept, points);
        expect(values[0]).toBe(min);
        expect(values.at(-1)).toBe(max);
        expect(values.length).toBeLessThanOrEqual(points);
        for (const [i, value] of values.entries()) {
          expect(misfit(swept, value)).toBeNull();
          if (i > 0) expect(value).toBeGreaterThan(values[i - 1] ?? 0);
        }
      }),
    );
  });
  test('belong to ranges of numbers alone', () => {
    expect(isSwept(parameter({ min: 0, max: 1, step: 0.1 }))).toBe(true);
    expect(isSwept(parameter({ min: 1, max: 1, step: 1 }))).toBe(false);
    expect(isSwept({ kind: 'switch', label: 's', describe: 's', default: true })).toBe(false);
  });
});

describe('the runs of a sweep', () => {
  test('visit every point once with every seed, one seed after the other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.option(fc.integer({ min: 1, max: 9 })),
        fc.integer({ min: 1, max: 4 }),
        (width, height, seeds) => {
          const runs = sweepRuns(plan(width, height, seeds));
          const cells = width * (height ?? 1);
          expect(runs.map(({ seed }) => seed)).toEqual(
            seedsFrom(5, seeds).flatMap((seed) => new Array(cells).fill(seed)),
          );
          for (let s = 0; s < seeds; s++) {
            const visited = runs.slice(s * cells, (s + 1) * cells).map(({ cell }) => cell);
            expect([...visited].sort((a, b) => a - b)).toEqual([...Array(cells).keys()]);
          }
        },
      ),
    );
  });
  test('come coarse first: after the first k, no gap is more than twice as wide as another', () => {
    const order = sweepRuns(plan(17, null, 1)).map(({ cell }) => cell);
    expect(order.slice(0, 5)).toEqual([0, 16, 8, 4, 12]);
    for (let k = 2; k <= order.length; k++) {
      const seen = order.slice(0, k).sort((a, b) => a - b);
      const gaps = seen.slice(1).map((cell, i) => cell - (seen[i] ?? 0));
      expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * Math.min(...gaps));
    }
  });
  test('begin with the corners of a grid', () => {
    const corners = sweepRuns(plan(5, 3, 1)).slice(0, 4);
    expect(corners.map(({ cell }) => cell)).toEqual([0, 4, 10, 14]);
  });
  test('change the swept parameters and the seed, and nothing else', () => {
    const two = plan(3, 2, 1);
    expect(requestOf(two, { cell: cellAt(two, 2, 1), seed: 9 })).toEqual({
      ...two.base,
      seed: 9,
      parameters: { a: 2, b: -1, c: 7 },
    });
    const one = plan(3, null, 1);
    expect(requestOf(one, { cell: 1, seed: 9 }).parameters).toEqual({ a: 1, b: 0, c: 7 });
  });
  test('have different seeds that a run accepts, the first being that on screen', () => {
    expect(seedsFrom(3, 3)).toEqual([3, 4, 5]);
    expect(seedsFrom(SEED_MAX, 2)).toEqual([SEED_MAX, 0]);
  });
  test('are bounded', () => {
    expect(sweepRuns(plan(RUNS_MAX, null, 1))).toHaveLength(RUNS_MAX);
    expect(() => sweepRuns(plan(RUNS_MAX, null, 2))).toThrow(
      'at most 2000 runs, this one would make 4000. Choose fewer points or fewer seeds.',
    );
  });
});
