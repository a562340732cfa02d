import { describe, expect, it } from 'vitest';
import { exponential, normal } from '../distributions';
import { createStreams } from '../random';
import { BatchMeans } from './batch-means';
import { Mean } from './mean';
import { independentCount, quantileInterval } from './quantile-interval';
import { Samples } from './samples';

/** A series with its interval for one quantile, and how many independent values it is worth. */
function observe(values: Iterable<number>, p: number) {
  const samples = new Samples();
  const batches = new BatchMeans();
  const single = new Mean();
  for (const value of values) {
    samples.add(value);
    batches.add(value);
    single.add(value);
  }
  const independent = independentCount(batches.estimate(), single.variance);
  const shares = quantileInterval(p, independent);
  return {
    independent,
    interval: shares && [samples.valueAt(shares.low), samples.valueAt(shares.high)],
  };
}

/** In how many of 300 seeds the interval is given and holds the true quantile. */
function coverage(
  series: (seed: number) => Iterable<number>,
  { p, truth }: { p: number; truth: number },
) {
  let given = 0;
  let covered = 0;
  for (let seed = 0; seed < 300; seed++) {
    const { interval } = observe(series(seed), p);
    if (!interval) continue;
    const [low = 0, high = 0] = interval;
    given++;
    covered += Number(low <= truth && truth <= high);
  }
  return { given, share: covered / given };
}

function* independentValues(seed: number): Generator<number> {
  const stream = createStreams(seed).stream('values');
  for (let i = 0; i < 4000; i++) yield exponential(stream, 10);
}

const PHI = 0.8;
/** xₜ = φ·xₜ₋₁ + noise around 50, of standard deviation 1. */
function* correlatedValues(seed: number): Generator<number> {
  const stream = createStreams(seed).stream('values');
  const noise = Math.sqrt(1 - PHI * PHI);
  let deviation = normal(stream, { mean: 0, standardDeviation: 1 });
  for (let i = 0; i < 6000; i++) {
    deviation = PHI * deviation + normal(stream, { mean: 0, standardDeviation: noise });
    yield 50 + deviation;
  }
}

describe('the interval of a quantile', () => {
  it.each([0.5, 0.9, 0.99])(
    'holds the true quantile at %d of independent values in about 95 of 100 seeds',
    (p) => {
      const { given, share } = coverage(independentValues, { p, truth: -10 * Math.log(1 - p) });
      // The batches are taken for correlated in a few seeds, by chance.
      expect(given).toBeGreaterThan(270);
      expect(share).toBeGreaterThanOrEqual(0.91);
      expect(share).toBeLessThan(0.99);
    },
  );

  it.each([
    [0.5, 50],
    [0.9, 50 + 1.2815515655],
  ])('holds it at %d of correlated values, too', (p, truth) => {
    const { given, share } = coverage(correlatedValues, { p, truth });
    expect(given).toBeGreaterThan(270);
    expect(share).toBeGreaterThanOrEqual(0.9);
  });

  it('is needed so: (1 + φ) / (1 − φ) correlated values are worth one', () => {
    let sum = 0;
    for (let seed = 0; seed < 50; seed++) sum += observe(correlatedValues(seed), 0.5).independent;
    const expected = (6000 * (1 - PHI)) / (1 + PHI);
    expect(sum / 50 / expected).toBeGreaterThan(0.8);
    expect(sum / 50 / expected).toBeLessThan(1.3);
  });

  it('is not given where nothing lies beyond a bound, nor without a count', () => {
    expect(quantileInterval(0.99, 100)).toBeNull();
    expect(quantileInterval(0.99, 10_000)).not.toBeNull();
    expect(quantileInterval(0.001, 1000)).toBeNull();
    expect(quantileInterval(0.5, Number.NaN)).toBeNull();
  });

  it('of equal values has them all', () => {
    expect(observe(new Array<number>(1000).fill(7), 0.5)).toEqual({
      independent: 1000,
      interval: [7, 7],
    });
  });
});
