import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Result } from '@/lib/simulation/measures';
import { type CurvePoint, findCliff } from './cliff';
import { byCell, estimateOf, type SweepOutcome } from './estimate';
import { type Direction, paretoFront } from './pareto';

const result = (value: number | null, refused?: string): Result => ({
  id: 'wait.p99',
  label: 'Wait, p99',
  unit: 'ms',
  better: 'lower',
  value,
  ...(refused ? { refused } : {}),
  n: 1,
  halfWidth: null,
});
const outcomes = (values: readonly (number | null | string)[]): SweepOutcome[] =>
  values.map((value, seed) =>
    typeof value === 'string'
      ? { cell: 0, seed, error: value }
      : { cell: 0, seed, results: { one: [result(value, 'p99 needs more')] } },
  );
const estimate = (...values: readonly (number | null | string)[]) =>
  estimateOf(outcomes(values), 'one', 'wait.p99');

describe('an estimate', () => {
  test('is the mean with its 95 % interval by the tabled quantiles of Student’s t', () => {
    // Two values: half of their distance times t(1) = 12.706; five: s/√5 times t(4) = 2.776.
    expect(estimate(2, 4)).toMatchObject({
      value: 3,
      halfWidth: expect.closeTo(12.706, 3),
      seeds: 2,
    });
    expect(estimate(1, 2, 3, 4, 5)).toMatchObject({
      value: 3,
      halfWidth: expect.closeTo(2.7764 * Math.sqrt(2.5 / 5), 4),
      seeds: 5,
    });
  });
  test('has no interval from one seed, and none of width where all agree', () => {
    expect(estimate(7)).toMatchObject({ value: 7, halfWidth: null, seeds: 1 });
    expect(estimate(7, 7, 7)).toMatchObject({ value: 7, halfWidth: 0, seeds: 3 });
  });
  test('is of the seeds that gave a value, and says why others gave none', () => {
    expect(estimate(1, null, 3)).toMatchObject({ value: 2, seeds: 2, why: 'p99 needs more' });
    expect(estimate('Too many events.', 3)).toMatchObject({ value: 3, why: 'Too many events.' });
    expect(estimate(null)).toEqual({
      value: null,
      halfWidth: null,
      seeds: 0,
      why: 'p99 needs more',
    });
    expect(estimate(1, 3)?.why).toBeNull();
  });
  test('does not exist before there is a run', () => {
    expect(estimate()).toBeNull();
  });
  test('of a result that does not exist says so', () => {
    expect(estimateOf(outcomes([1]), 'other', 'wait.p99')?.why).toMatch(/no such result/);
  });
  test('belongs to its point', () => {
    const cells = byCell([
      { cell: 3, seed: 1, error: 'a' },
      { cell: 0, seed: 1, error: 'b' },
      { cell: 3, seed: 2, error: 'c' },
    ]);
    expect(cells.get(3)?.map(({ seed }) => seed)).toEqual([1, 2]);
    expect(cells.get(1)).toBeUndefined();
  });
});

const curve = (values: readonly (number | null)[], halfWidth: number | null = 1): CurvePoint[] =>
  values.map((value, i) => ({ share: i / (values.length - 1), value, halfWidth }));

describe('a cliff', () => {
  test('lies where the steep part begins and ends', () => {
    expect(findCliff(curve([10, 10, 11, 11, 90, 92, 93, 94, 95]))).toEqual({ from: 3, to: 4 });
    expect(findCliff(curve([95, 94, 93, 92, 91, 90, 20, 19, 18]))).toEqual({ from: 5, to: 6 });
  });
  test('may take two steps of a fine sweep', () => {
    const fine = [...new Array(10).fill(5), 50, ...new Array(10).fill(95)];
    expect(findCliff(curve(fine))).toEqual({ from: 9, to: 11 });
  });
  test('is not on a straight line, a gentle bend or a level', () => {
    expect(findCliff(curve([0, 10, 20, 30, 40, 50, 60, 70, 80]))).toBeNull();
    expect(findCliff(curve([0, 1, 4, 9, 16, 25, 36, 49, 64].map((y) => 10 * y)))).toBeNull();
    expect(findCliff(curve([5, 5, 5, 5, 5]))).toBeNull();
  });
  test('is beyond chance', () => {
    const step = [10, 10, 10, 10, 14, 14, 14, 14];
    expect(findCliff(curve(step, 1))).toEqual({ from: 3, to: 4 });
    expect(findCliff(curve(step, 3))).toBeNull();
  });
  test('is not named before the intervals are known', () => {
    expect(findCliff(curve([10, 10, 10, 90, 90, 90, 90], null))).toBeNull();
    expect(findCliff(curve([]))).toBeNull();
    expect(findCliff(curve([null, null, null]))).toBeNull();
  });
  test('is found over a point without a value', () => {
    expect(findCliff(curve([10, 10, 10, 10, null, 90, 90, 90, 90, 90]))).toEqual({
      from: 3,
      to: 5,
    });
  });
  test('does not depend on the unit, nor on the direction of the axis', () => {
    const values = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 3, maxLength: 25 });
    fc.assert(
      fc.property(values, fc.constantFrom(2, 1024, -1, -4), (ys, factor) => {
        const found = findCliff(curve(ys, 2));
        expect(
          findCliff(
            curve(
              ys.map((y) => y * factor),
              2 * Math.abs(factor),
            ),
          ),
        ).toEqual(found);
        if (found) {
          expect(found.to).toBeGreaterThan(found.from);
          expect(Math.abs((ys[found.to] ?? 0) - (ys[found.from] ?? 0))).toBeGreaterThan(4);
        }
      }),
    );
  });
});

describe('a Pareto front', () => {
  test('holds what nothing else betters in both measures, best in x first', () => {
    const points = [
      { x: 1, y: 9 },
      { x: 2, y: 5 },
      { x: 3, y: 6 },
      { x: 5, y: 1 },
      { x: 6, y: 1 },
    ];
    expect(paretoFront(points, { x: 'lower', y: 'lower' })).toEqual([0, 1, 3]);
    expect(paretoFront(points, { x: 'higher', y: 'lower' })).toEqual([4]);
    expect(paretoFront(points, { x: 'higher', y: 'higher' })).toEqual([4, 2, 0]);
    expect(paretoFront([], { x: 'lower', y: 'lower' })).toEqual([]);
  });
  test('is by definition all that is not dominated', () => {
    const coordinate = fc.integer({ min: 0, max: 12 });
    const direction = fc.constantFrom<Direction>('higher', 'lower');
    fc.assert(
      fc.property(
        fc.array(fc.record({ x: coordinate, y: coordinate }), { maxLength: 40 }),
        fc.record({ x: direction, y: direction }),
        (points, better) => {
          const cost = (value: number, direction: Direction) =>
            direction === 'lower' ? value : -value;
          const dominates = (a: { x: number; y: number }, b: { x: number; y: number }) => {
            const dx = cost(a.x, better.x) - cost(b.x, better.x);
            const dy = cost(a.y, better.y) - cost(b.y, better.y);
            return dx <= 0 && dy <= 0 && (dx < 0 || dy < 0);
          };
          const expected = points.flatMap((point, i) =>
            points.some((other) => dominates(other, point)) ? [] : [i],
          );
          expect([...paretoFront(points, better)].sort((a, b) => a - b)).toEqual(expected);
        },
      ),
    );
  });
});
