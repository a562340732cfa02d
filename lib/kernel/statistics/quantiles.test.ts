import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStreams } from '../random';
import { ExactQuantiles } from './quantiles';

function quantilesOf(values: readonly number[]): ExactQuantiles {
  const quantiles = new ExactQuantiles();
  for (const value of values) quantiles.add(value);
  return quantiles;
}

const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });

describe('ExactQuantiles', () => {
  it('interpolates as type 7 does: the example of R and NumPy', () => {
    // quantile(c(1, 2, 3, 4, 10), c(0, .1, .25, .5, .9, 1)) in R.
    const quantiles = quantilesOf([10, 3, 1, 4, 2]);
    const answers = [0, 0.1, 0.25, 0.5, 0.9, 1].map((p) => quantiles.quantile(p));
    [1, 1.4, 2, 3, 7.6, 10].forEach((expected, i) => {
      expect(answers[i]).toBeCloseTo(expected, 12);
    });
  });

  it('is an order statistic where p falls on one, and rises with p', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 200 }), (values) => {
        const quantiles = quantilesOf(values);
        const sorted = [...values].sort((a, b) => a - b);
        expect([...quantiles.sorted()]).toEqual([...Float64Array.from(sorted)]);
        expect(quantiles.quantile(0)).toBe(sorted[0]);
        expect(quantiles.quantile(1)).toBe(sorted.at(-1));
        if (values.length % 2 === 1) {
          expect(quantiles.quantile(0.5)).toBe(sorted[(values.length - 1) / 2]);
        }
        let last = -Infinity;
        for (let p = 0; p <= 1; p += 0.05) {
          expect(quantiles.quantile(p)).toBeGreaterThanOrEqual(last);
          last = quantiles.quantile(p);
        }
      }),
      { seed: 1 },
    );
  });

  it('takes further observations after an answer', () => {
    const quantiles = quantilesOf([3, 1]);
    expect(quantiles.quantile(0.5)).toBe(2);
    quantiles.add(100);
    expect(quantiles.quantile(0.5)).toBe(3);
    expect(quantiles.count).toBe(3);
  });

  it('merged is the union', () => {
    fc.assert(
      fc.property(fc.array(value), fc.array(value), (a, b) => {
        const merged = quantilesOf(a);
        merged.merge(quantilesOf(b));
        expect(merged.sorted()).toEqual(quantilesOf([...a, ...b]).sorted());
      }),
      { seed: 1 },
    );
  });

  it('merged with itself doubles its observations', () => {
    const quantiles = quantilesOf(Array.from({ length: 64 }, (_, i) => i));
    quantiles.merge(quantiles);
    expect(quantiles.count).toBe(128);
    expect(quantiles.quantile(0.5)).toBe(31.5);
  });

  it('gives the share of observations up to a value', () => {
    const quantiles = quantilesOf([1, 2, 2, 4]);
    expect([0, 1, 2, 3, 4, 5].map((v) => quantiles.shareAtMost(v))).toEqual([
      0, 0.25, 0.75, 0.75, 1, 1,
    ]);
  });

  it('grows past its first capacity and forgets the warm-up', () => {
    const stream = createStreams(1).stream('values');
    const values = Array.from({ length: 1_000 }, () => stream.next());
    const quantiles = quantilesOf(values);
    expect(quantiles.quantile(1)).toBe(Math.max(...values));
    quantiles.reset();
    expect(quantiles.count).toBe(0);
    expect(quantiles.quantile(0.5)).toBeNaN();
    expect(quantiles.shareAtMost(1)).toBeNaN();
    quantiles.add(5);
    expect(quantiles.quantile(0.99)).toBe(5);
  });

  it('refuses what is not a number or not a share', () => {
    const quantiles = quantilesOf([1]);
    expect(() => quantiles.add(Number.NaN)).toThrow('should be a finite number, but NaN was given');
    expect(() => quantiles.quantile(99)).toThrow('The 99th percentile is 0.99');
    expect(() => quantiles.quantile(Number.NaN)).toThrow('from 0 to 1, but NaN was given');
  });
});
