import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bernoulli, normal } from '../distributions';
import { createStreams } from '../random';
import { pairedDifference, studentT975, wilsonInterval } from './intervals';
import { Mean } from './mean';

/** P(T ≤ t) − ½ for Student's t, by Simpson's rule over its density, up to the constant factor. */
function unscaledArea(df: number, t: number): number {
  const density = (x: number) => (1 + (x * x) / df) ** (-(df + 1) / 2);
  const steps = 20_000;
  const width = t / steps;
  let sum = density(0) + density(t);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * density(i * width);
  return (sum * width) / 3;
}

/** The integral of that density from 0 to ∞: √(π·df)/2 · Γ(df/2) / Γ((df+1)/2), by recurrence. */
function wholeArea(df: number): number {
  let area = df % 2 === 1 ? Math.PI / 2 : 1;
  for (let d = df % 2 === 1 ? 1 : 2; d < df; d += 2) area *= d / (d + 1);
  // `area` is ∫ cosᵈ⁻¹ over a quarter turn, from the substitution x = √df·tan φ.
  return area * Math.sqrt(df);
}

describe('studentT975', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 19, 20, 25, 30, 39, 60, 120, 1_000])(
    'leaves 2.5 %% above it with %i degrees of freedom',
    (df) => {
      const share = 0.5 + unscaledArea(df, studentT975(df)) / wholeArea(df) / 2;
      expect(Math.abs(share - 0.975)).toBeLessThan(df < 10 ? 1e-9 : 5e-7);
    },
  );

  it('falls towards the normal quantile', () => {
    for (let df = 1; df < 200; df++) expect(studentT975(df + 1)).toBeLessThan(studentT975(df));
    expect(studentT975(1e9)).toBeCloseTo(1.959963984540054, 8);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses %d degrees of freedom', (df) => {
    expect(() => studentT975(df)).toThrow(`an integer of at least 1, but ${df} was given`);
  });
});

describe('wilsonInterval', () => {
  it('is the set of shares that a test at 5 % would not reject', () => {
    const z = 1.959963984540054;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.nat({ max: 5_000 }), (n, k) => {
        fc.pre(k > 0 && k < n);
        const { low, high } = wilsonInterval(k, n);
        // At both ends the observed share is exactly z standard errors (of that end) away.
        for (const end of [low, high]) {
          const score = Math.abs(k / n - end) / Math.sqrt((end * (1 - end)) / n);
          expect(score).toBeCloseTo(z, 6);
        }
        expect(low).toBeLessThan(k / n);
        expect(high).toBeGreaterThan(k / n);
      }),
      { seed: 1 },
    );
  });

  it('stays inside [0, 1] and is not empty without or with only successes', () => {
    for (const n of [1, 3, 50, 1e6]) {
      const none = wilsonInterval(0, n);
      expect(none.low).toBe(0);
      expect(none.high).toBeGreaterThan(0);
      const all = wilsonInterval(n, n);
      expect(all.high).toBe(1);
      expect(all.low).toBeCloseTo(1 - none.high, 12);
    }
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });

  it.each([0.02, 0.3, 0.9])('covers a true share of %d about 95 times in 100', (share) => {
    const stream = createStreams(1).stream(`wilson ${share}`);
    const repetitions = 2_000;
    let covered = 0;
    for (let i = 0; i < repetitions; i++) {
      let successes = 0;
      for (let j = 0; j < 120; j++) successes += Number(bernoulli(stream, share));
      const { low, high } = wilsonInterval(successes, 120);
      covered += Number(low <= share && share <= high);
    }
    expect(covered / repetitions).toBeGreaterThan(0.92);
    expect(covered / repetitions).toBeLessThan(0.98);
  });

  it.each([
    [-1, 5],
    [6, 5],
    [1.5, 5],
    [1, Number.NaN],
  ])('refuses %d successes of %d', (successes, n) => {
    expect(() => wilsonInterval(successes, n)).toThrow(`but ${successes} of ${n} were given`);
  });
});

describe('paired differences', () => {
  it('are the mean and standard error of the differences', () => {
    const { mean, standardError, n } = pairedDifference([5, 9, 7], [1, 2, 6]);
    expect([mean, n]).toEqual([4, 3]);
    // The differences 4, 7, 1 have the variance 9.
    expect(standardError).toBeCloseTo(Math.sqrt(9 / 3), 12);
  });

  it('cancel what the pairs have in common', () => {
    const stream = createStreams(1).stream('pairs');
    const common = Array.from({ length: 400 }, () =>
      normal(stream, { mean: 100, standardDeviation: 30 }),
    );
    const own = () => normal(stream, { mean: 0, standardDeviation: 1 });
    const a = common.map((traffic) => traffic + own());
    const b = common.map((traffic) => traffic + 2 + own());
    const unpaired = new Mean();
    for (const value of a) unpaired.add(value);
    const { mean, standardError } = pairedDifference(b, a);
    expect(standardError).toBeLessThan(unpaired.standardError / 10);
    // The standard error of the difference is √(2 / 400) in theory.
    expect(standardError).toBeCloseTo(Math.sqrt(2 / 400), 1);
    expect(Math.abs(mean - 2)).toBeLessThan(4.5 * standardError);
  });

  it('take samples of the same length, at least two', () => {
    expect(() => pairedDifference([1, 2], [1])).toThrow('but 2 and 1 were given');
    expect(() => pairedDifference([1], [1])).toThrow('at least 2');
  });
});
