import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normal } from '../distributions';
import { createStreams } from '../random';
import { batchInterval } from './batch-interval';
import { BatchMeans } from './batch-means';
import { Mean } from './mean';

/** Feeds n observations of xₜ = mean + φ·(xₜ₋₁ − mean) + noise, started in its steady state. */
function feedAr1(
  target: { add: (value: number) => void },
  { seed, n, phi, mean }: { seed: number; n: number; phi: number; mean: number },
) {
  const stream = createStreams(seed).stream('ar1');
  let deviation = normal(stream, { mean: 0, standardDeviation: 1 / Math.sqrt(1 - phi * phi) });
  for (let i = 0; i < n; i++) {
    deviation = phi * deviation + normal(stream, { mean: 0, standardDeviation: 1 });
    target.add(mean + deviation);
  }
}

/** How many of 300 seeds have the true mean inside the interval. */
function coverage(
  make: () => { add: (value: number) => void; interval: () => [number, number] },
  phi: number,
  n = 6_000,
) {
  let covered = 0;
  for (let seed = 0; seed < 300; seed++) {
    const estimator = make();
    feedAr1(estimator, { seed, n, phi, mean: 50 });
    const [mean, halfWidth] = estimator.interval();
    covered += Number(Math.abs(mean - 50) <= halfWidth);
  }
  return covered / 300;
}

function batchMeansInterval() {
  const batches = new BatchMeans();
  return {
    add: (value: number) => batches.add(value),
    interval: (): [number, number] => [batches.mean, batches.halfWidth],
  };
}

describe('BatchMeans', () => {
  it.each([0, 0.5, 0.9])(
    'covers the mean of an AR(1) series with φ = %d in at least 90 %% of 300 seeds',
    (phi) => {
      const share = coverage(batchMeansInterval, phi);
      expect(share).toBeGreaterThanOrEqual(0.9);
      // An interval that always covered would be useless.
      expect(share).toBeLessThan(0.99);
    },
  );

  it('is needed: an interval that ignores the correlation misses the mean', () => {
    const share = coverage(() => {
      const mean = new Mean();
      return {
        add: (value) => mean.add(value),
        interval: () => [mean.mean, 1.96 * mean.standardError],
      };
    }, 0.9);
    expect(share).toBeLessThan(0.5);
  });

  it('has a half-width near the theory of the series', () => {
    // The variance of the mean of n observations is 1 / ((1 − φ)²·n) for long series.
    const halfWidths = new Mean();
    for (let seed = 0; seed < 100; seed++) {
      const batches = new BatchMeans();
      feedAr1(batches, { seed, n: 10_000, phi: 0.8, mean: 0 });
      halfWidths.add(batches.halfWidth);
    }
    const expected = 2.04 * Math.sqrt(1 / (0.04 * 10_000));
    expect(halfWidths.mean / expected).toBeGreaterThan(0.93);
    expect(halfWidths.mean / expected).toBeLessThan(1.07);
  });

  it('agrees with batches made by hand from the stored series', () => {
    const value = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 20, maxLength: 700 }), (series) => {
        const batches = new BatchMeans();
        for (const observation of series) batches.add(observation);
        const estimate = batches.estimate();
        const { batchSize } = estimate;
        // The batch size is the only power of two that leaves 20 to 39 complete batches.
        expect(Math.log2(batchSize) % 1).toBe(0);
        expect(estimate.batches).toBe(Math.floor(series.length / batchSize));
        expect(estimate.batches).toBeGreaterThanOrEqual(20);
        expect(estimate.batches).toBeLessThan(40);
        const ofBatches = Float64Array.from({ length: estimate.batches }, (_, i) => {
          const batch = series.slice(i * batchSize, (i + 1) * batchSize);
          return batch.reduce((sum, v) => sum + v, 0) / batchSize;
        });
        const { halfWidth } = batchInterval(ofBatches);
        if (Number.isNaN(halfWidth)) expect(estimate.halfWidth).toBeNaN();
        else expect(estimate.halfWidth).toBeCloseTo(halfWidth, 6);
        expect(estimate.n).toBe(series.length);
        expect(estimate.mean).toBeCloseTo(series.reduce((s, v) => s + v, 0) / series.length, 6);
      }),
      { seed: 1 },
    );
  });

  it('drops the warm-up, by number or by a reset', () => {
    const byNumber = new BatchMeans({ warmUp: 100 });
    const byReset = new BatchMeans({ warmUp: 7 });
    const steady = new BatchMeans();
    for (let i = 0; i < 100; i++) {
      byNumber.add(1e6);
      byReset.add(1e6);
    }
    byReset.reset();
    const stream = createStreams(1).stream('steady');
    for (let i = 0; i < 1_000; i++) {
      const value = stream.next();
      for (const batches of [byNumber, byReset, steady]) batches.add(value);
    }
    expect(byNumber.estimate()).toEqual(steady.estimate());
    expect(byReset.estimate()).toEqual(steady.estimate());
    expect(byNumber.count).toBe(1_000);
  });

  it('gives no interval below 20 observations', () => {
    const batches = new BatchMeans();
    expect(batches.mean).toBeNaN();
    expect(batches.halfWidth).toBeNaN();
    for (let i = 0; i < 19; i++) batches.add((i * i) % 19);
    expect(batches.mean).toBe(8);
    expect(batches.halfWidth).toBeNaN();
    expect(batches.estimate().standardError).toBeNaN();
    batches.add(9);
    expect(batches.halfWidth).toBeGreaterThan(0);
  });

  it('covers it, where it can tell, of a series that is short against its memory', () => {
    // Batches of 15 to 29 with a memory of 19 observations; a run without an interval covers nothing.
    const share = coverage(batchMeansInterval, 0.9, 600);
    expect(share).toBeGreaterThanOrEqual(0.8);
    expect(share).toBeLessThan(0.99);
  });

  it('has an interval of width 0 around a constant', () => {
    const batches = new BatchMeans();
    for (let i = 0; i < 100; i++) batches.add(4);
    expect(batches.estimate()).toMatchObject({ mean: 4, halfWidth: 0, standardError: 0 });
  });

  it('refuses what is not a number and a warm-up that is not a count', () => {
    expect(() => new BatchMeans().add(Number.NaN)).toThrow('but NaN was given');
    expect(() => new BatchMeans({ warmUp: -1 })).toThrow('but -1 was given. Call reset()');
  });
});
