import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponential, lognormalSampler } from '../distributions';
import { createStreams } from '../random';
import { LogHistogram } from './log-histogram';
import { ExactQuantiles } from './quantiles';

function fill(values: readonly number[], histogram = new LogHistogram()): LogHistogram {
  for (const value of values) histogram.add(value);
  return histogram;
}

function exactOf(values: readonly number[]): ExactQuantiles {
  const exact = new ExactQuantiles();
  for (const value of values) exact.add(value);
  return exact;
}

/** The documented bound, with room for the rounding of the logarithm. */
function expectWithin(histogram: LogHistogram, exact: ExactQuantiles, p: number) {
  const truth = exact.quantile(p);
  const bound = histogram.relativeError * truth * (1 + 1e-9) + histogram.smallest;
  const error = Math.abs(histogram.quantile(p) - truth);
  if (error > bound) expect.fail(`quantile ${p} is ${error} from ${truth}, more than ${bound}`);
}

// Values over the whole range of magnitudes, with zeros, ties and tiny values.
const value = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 50 }),
  fc.double({ min: 0, max: 1e-6, noNaN: true }),
  fc.double({ min: 0, max: 1e6, noNaN: true }),
  fc.double({ min: 0, max: Number.MAX_VALUE / 1e6, noNaN: true }),
);

describe('LogHistogram', () => {
  it('keeps every quantile within its relative error', () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(0.001, 0.01, 0.05, 0.1),
        (values, p, relativeError) => {
          const histogram = fill(values, new LogHistogram({ relativeError }));
          const exact = exactOf(values);
          for (const q of [0, 0.5, 0.95, 1, p]) expectWithin(histogram, exact, q);
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });

  it('keeps every quantile within 1 % for 100,000 service times', () => {
    const stream = createStreams(1).stream('service');
    const draw = lognormalSampler({ mean: 20, cv: 3 });
    const values = Array.from({ length: 100_000 }, () => draw(stream));
    const histogram = fill(values);
    const exact = exactOf(values);
    for (let p = 0; p <= 1; p += 0.001) expectWithin(histogram, exact, p);
    for (const p of [0.999, 0.9999, 0.99999, 1]) expectWithin(histogram, exact, p);
    expect(histogram.mean).toBeCloseTo(values.reduce((sum, v) => sum + v, 0) / values.length, 8);
  });

  it('knows count, mean, smallest and largest observation exactly', () => {
    const histogram = fill([3, 0, 12.5, 7]);
    expect([histogram.count, histogram.mean, histogram.min, histogram.max]).toEqual([
      4, 5.625, 0, 12.5,
    ]);
    expect(histogram.quantile(0)).toBe(0);
    expect(histogram.quantile(1)).toBe(12.5);
  });

  it('merged is the histogram of the union, bucket for bucket', () => {
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 80 }),
        fc.array(value, { maxLength: 80 }),
        (a, b) => {
          const merged = fill(a);
          merged.merge(fill(b));
          const together = fill([...a, ...b]);
          expect(merged.count).toBe(together.count);
          expect(merged.min).toBe(together.min);
          expect(merged.max).toBe(together.max);
          expect(merged.cdf()).toEqual(together.cdf());
          for (const p of [0, 0.3, 0.5, 0.99, 1]) {
            expect(merged.quantile(p)).toBe(together.quantile(p));
          }
        },
      ),
      { seed: 1 },
    );
  });

  it('merged with itself doubles every count', () => {
    const histogram = fill([0, 1, 10, 100]);
    histogram.merge(histogram);
    expect(histogram.count).toBe(8);
    expect(histogram.cdf().p).toEqual(Float64Array.of(0.25, 0.5, 0.75, 1));
  });

  it('adds a value many times at once', () => {
    const once = new LogHistogram();
    once.add(5, 3);
    once.add(0, 2);
    expect(once.cdf()).toEqual(fill([5, 5, 5, 0, 0]).cdf());
    expect(once.mean).toBe(3);
    expect(once.count).toBe(5);
  });

  it('counts zeros and values below the smallest one, and orders them first', () => {
    const histogram = fill([0, 0, 1e-12, 4]);
    expect(histogram.quantile(0.3)).toBe(0);
    expect(histogram.shareAtMost(0)).toBe(0.75);
    expect(histogram.shareAtMost(-1)).toBe(0);
    expect(histogram.shareAtMost(4)).toBe(1);
    const { value, p } = histogram.cdf();
    expect([...value]).toEqual([1e-9, 4]);
    expect([...p]).toEqual([0.75, 1]);
  });

  it('has a distribution function that rises to 1 and is within a bucket of the exact one', () => {
    const stream = createStreams(2).stream('service');
    const values = Array.from({ length: 20_000 }, () => exponential(stream, 10));
    const histogram = fill(values);
    const exact = exactOf(values);
    const points = histogram.cdf();
    expect(points.p.at(-1)).toBe(1);
    expect(points.value.at(-1)).toBe(histogram.max);
    let last = 0;
    for (let i = 0; i < points.value.length; i++) {
      const edge = points.value[i] as number;
      const share = points.p[i] as number;
      expect(share).toBeGreaterThan(last);
      // Rounding may put a value that lies on the edge on its other side.
      expect(share).toBeGreaterThanOrEqual(exact.shareAtMost(edge * (1 - 1e-9)));
      expect(share).toBeLessThanOrEqual(exact.shareAtMost(edge * (1 + 1e-9)));
      last = share;
    }
    for (const at of [0.5, 5, 10, 30]) {
      const share = histogram.shareAtMost(at);
      expect(share).toBeGreaterThanOrEqual(exact.shareAtMost(at));
      expect(share).toBeLessThanOrEqual(exact.shareAtMost(at * 1.0203));
    }
  });

  it('needs memory for the range of the values, not for their number', () => {
    const size = (histogram: LogHistogram) => histogram.cdf().value.length;
    const stream = createStreams(3).stream('service');
    const narrow = new LogHistogram();
    for (let i = 0; i < 200_000; i++) narrow.add(1 + 9 * stream.next());
    expect(size(narrow)).toBeLessThanOrEqual(117);
  });

  it('takes the smallest and the largest doubles in either order', () => {
    for (const values of [
      [Number.MIN_VALUE, Number.MAX_VALUE, 1],
      [Number.MAX_VALUE, 1, Number.MIN_VALUE],
    ]) {
      const histogram = fill(values, new LogHistogram({ smallest: Number.MIN_VALUE }));
      expect(histogram.quantile(0.5)).toBeGreaterThan(0.99);
      expect(histogram.quantile(0.5)).toBeLessThan(1.01);
      expect(histogram.quantile(1)).toBe(Number.MAX_VALUE);
      expect(histogram.quantile(0)).toBe(Number.MIN_VALUE);
    }
  });

  it('forgets the warm-up', () => {
    const histogram = fill([1e6, 1e7]);
    histogram.reset();
    expect([histogram.count, histogram.min, histogram.max]).toEqual([0, Infinity, -Infinity]);
    expect(histogram.quantile(0.5)).toBeNaN();
    expect(histogram.mean).toBeNaN();
    expect(histogram.shareAtMost(1)).toBeNaN();
    expect(histogram.cdf().value).toHaveLength(0);
    histogram.add(2);
    expect(histogram.quantile(0.5)).toBe(2);
    expect(histogram.cdf()).toEqual(fill([2]).cdf());
  });

  it('says what it cannot hold', () => {
    const histogram = new LogHistogram();
    expect(() => histogram.add(-1)).toThrow('at least 0, but -1 was given');
    expect(() => histogram.add(Number.NaN)).toThrow('but NaN was given');
    expect(() => histogram.add(Infinity)).toThrow('but Infinity was given');
    expect(() => histogram.add(1, 0)).toThrow('an integer of at least 1, but 0 was given');
    expect(() => histogram.quantile(95)).toThrow('from 0 to 1, but 95 was given');
    expect(() => new LogHistogram({ relativeError: 1 })).toThrow('Use 0.01 for 1 %');
    expect(() => new LogHistogram({ smallest: 0 })).toThrow('finite and above 0, but 0 was given');
    expect(() => histogram.merge(new LogHistogram({ relativeError: 0.02 }))).toThrow(
      'Create both with the same options',
    );
    expect(histogram.count).toBe(0);
  });
});
