import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Mean } from './mean';

const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });

function meanOf(values: readonly number[]): Mean {
  const mean = new Mean();
  for (const v of values) mean.add(v);
  return mean;
}

/** Mean and variance in two passes over the stored values. */
function byHand(values: readonly number[]) {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const squares = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) };
}

function expectClose(actual: number, expected: number, scale: number) {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-10 * (scale + Math.abs(expected)));
}

describe('Mean', () => {
  it('agrees with two passes over the values', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 200 }), (values) => {
        const mean = meanOf(values);
        const expected = byHand(values);
        const spread = mean.max - mean.min;
        expect(mean.count).toBe(values.length);
        expectClose(mean.mean, expected.mean, spread);
        expectClose(mean.variance, expected.variance, spread ** 2);
        expectClose(mean.standardDeviation, Math.sqrt(expected.variance), spread);
        expectClose(mean.standardError, Math.sqrt(expected.variance / values.length), spread);
        expect(mean.min).toBe(Math.min(...values));
        expect(mean.max).toBe(Math.max(...values));
      }),
      { seed: 1 },
    );
  });

  it('does not cancel when the spread is small beside the mean', () => {
    // The textbook formula, mean of squares minus square of mean, would give 0 or less here.
    const mean = meanOf([1e9 + 1, 1e9 + 2, 1e9 + 3]);
    expect(mean.mean).toBe(1e9 + 2);
    expect(mean.variance).toBe(1);
  });

  it('merged is the mean of the union', () => {
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 60 }),
        fc.array(value, { maxLength: 60 }),
        (a, b) => {
          fc.pre(a.length + b.length >= 2);
          const merged = meanOf(a);
          merged.merge(meanOf(b));
          const together = meanOf([...a, ...b]);
          const spread = together.max - together.min;
          expect(merged.count).toBe(together.count);
          expectClose(merged.mean, together.mean, spread);
          expectClose(merged.variance, together.variance, spread ** 2);
          expect(merged.min).toBe(together.min);
          expect(merged.max).toBe(together.max);
        },
      ),
      { seed: 1 },
    );
  });

  it('answers NaN where there is nothing to say', () => {
    const mean = new Mean();
    expect(mean.mean).toBeNaN();
    expect(mean.variance).toBeNaN();
    mean.add(3);
    expect(mean.mean).toBe(3);
    expect(mean.variance).toBeNaN();
    expect(mean.standardError).toBeNaN();
  });

  it('forgets the warm-up', () => {
    const mean = meanOf([100, 200, 300]);
    mean.reset();
    expect(mean.count).toBe(0);
    mean.add(1);
    mean.add(3);
    expect([mean.mean, mean.variance, mean.min, mean.max]).toEqual([2, 2, 1, 3]);
  });

  it.each([Number.NaN, Infinity, -Infinity])('refuses %d', (bad) => {
    expect(() => new Mean().add(bad)).toThrow(`should be a finite number, but ${bad} was given`);
  });
});
