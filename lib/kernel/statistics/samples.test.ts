import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponential } from '../distributions';
import { createStreams } from '../random';
import { LogHistogram } from './log-histogram';
import { ExactQuantiles } from './quantiles';
import { Samples, samplesNeeded } from './samples';

function fill(samples: Samples, values: readonly number[]): Samples {
  for (const value of values) samples.add(value);
  return samples;
}

function drawn(n: number, seed = 1): number[] {
  const stream = createStreams(seed).stream('service');
  return Array.from({ length: n }, () => exponential(stream, 10));
}

describe('samplesNeeded', () => {
  it.each([
    [0, 1],
    [0.01, 1_000],
    [0.05, 100],
    [0.06, 1],
    [0.5, 1],
    [0.9, 1],
    [0.94, 1],
    [0.95, 100],
    [0.975, 100],
    [0.98, 100],
    [0.99, 1_000],
    [0.995, 2_000],
    [0.999, 10_000],
    [0.9999, 100_000],
    [1, 1],
  ])('for p = %d is %i', (p, needed) => {
    expect(samplesNeeded(p)).toBe(needed);
  });
});

describe('[G6] Samples', () => {
  it.each([
    [0.95, 'p95 needs at least 100 observations; n = 99.', 100],
    [0.99, 'p99 needs at least 1,000 observations; n = 999.', 1_000],
    [0.999, 'p99.9 needs at least 10,000 observations; n = 9,999.', 10_000],
  ])('refuses the quantile %d under its number of observations', (p, reason, needed) => {
    const samples = fill(new Samples(), drawn(needed - 1));
    expect(samples.quantile(p)).toEqual({
      known: false,
      reason,
      n: needed - 1,
      needed,
    });
    samples.add(1);
    expect(samples.quantile(p)).toMatchObject({ known: true, n: needed });
  });

  it('refuses even the median of nothing', () => {
    expect(new Samples().quantile(0.5)).toEqual({
      known: false,
      reason: 'p50 needs at least 1 observation; n = 0.',
      n: 0,
      needed: 1,
    });
  });

  it('is exact up to its bound, and says so', () => {
    const values = drawn(2_000);
    const samples = fill(new Samples({ exactMax: 2_000 }), values);
    const exact = new ExactQuantiles();
    for (const value of values) exact.add(value);
    for (const p of [0, 0.5, 0.95, 0.99, 1]) {
      expect(samples.quantile(p)).toEqual({
        known: true,
        value: exact.quantile(p),
        n: 2_000,
        relativeError: 0,
      });
    }
  });

  it('is a histogram of known error beyond its bound', () => {
    const values = drawn(2_001);
    const samples = fill(new Samples({ exactMax: 2_000, relativeError: 0.02 }), values);
    const histogram = new LogHistogram({ relativeError: 0.02 });
    for (const value of values) histogram.add(value);
    expect(samples.quantile(0.99)).toEqual({
      known: true,
      value: histogram.quantile(0.99),
      n: 2_001,
      relativeError: 0.02,
    });
    expect(samples.cdf()).toEqual(histogram.cdf());
  });

  it('merged is the union, exact while that fits', () => {
    const size = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(size, size, (a, b) => {
        const first = drawn(a, 1);
        const second = drawn(b, 2);
        const merged = fill(new Samples({ exactMax: 30 }), first);
        merged.merge(fill(new Samples({ exactMax: 30 }), second));
        const together = fill(new Samples({ exactMax: 30 }), [...first, ...second]);
        expect(merged.count).toBe(a + b);
        for (const p of [0.1, 0.5, 0.9]) {
          expect(merged.quantile(p)).toEqual(together.quantile(p));
        }
      }),
      { seed: 1 },
    );
  });

  it('knows count, mean, smallest and largest observation, and forgets the warm-up', () => {
    const samples = fill(new Samples({ exactMax: 2 }), [3, 1, 8]);
    expect([samples.count, samples.mean, samples.min, samples.max]).toEqual([3, 4, 1, 8]);
    samples.reset();
    expect(samples.count).toBe(0);
    samples.add(6);
    expect(samples.quantile(0.5)).toEqual({ known: true, value: 6, n: 1, relativeError: 0 });
  });

  it('refuses a negative duration before the bound as well as after it', () => {
    const samples = new Samples({ exactMax: 1 });
    expect(() => samples.add(-1)).toThrow('at least 0, but -1 was given');
    fill(samples, [1, 2]);
    expect(() => samples.add(-1)).toThrow('at least 0, but -1 was given');
    expect(samples.count).toBe(2);
    expect(() => samples.quantile(50)).toThrow('from 0 to 1, but 50 was given');
    expect(() => new Samples({ exactMax: 0 })).toThrow('an integer of at least 1, but 0 was given');
  });
});
