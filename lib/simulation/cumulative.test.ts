import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CdfPoints } from '../kernel/statistics';
import { lineOf, rowsOf, STEP, shareAt, thinned } from './cumulative';

/** The distribution function of observations: a point for each value that occurs. */
function empirical(observations: readonly number[]): CdfPoints {
  const sorted = [...observations].sort((a, b) => a - b);
  const value = [...new Set(sorted)];
  const p = value.map((at) => counted(sorted, at));
  return { value: Float64Array.from(value), p: Float64Array.from(p) };
}
const counted = (observations: readonly number[], at: number): number =>
  observations.filter((each) => each <= at).length / observations.length;
/** Few values and many, so that there are both: steps that can be seen, and slopes. */
const observed = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 60 }),
  fc.array(fc.constantFrom(3, 23, 24, 500), { minLength: 1, maxLength: 300 }),
  fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 200, maxLength: 500 }),
);

describe('the share at or below a value', () => {
  it('claims nothing between two values, where all observations are one or the other', () => {
    const hitsAndMisses = empirical([...Array(464).fill(3), ...Array(536).fill(23)]);
    expect([2.9, 3, 12, 22.9, 23, 99].map((at) => shareAt(hitsAndMisses, at))).toEqual([
      0, 0.464, 0.464, 0.464, 1, 1,
    ]);
  });

  it('is the counted one at every observation, and within a step of it between them', () => {
    fc.assert(
      fc.property(observed, fc.double({ min: -10, max: 1010, noNaN: true }), (values, at) => {
        const curve = empirical(values);
        for (const each of values)
          expect(shareAt(curve, each)).toBeCloseTo(counted(values, each), 9);
        expect(Math.abs(shareAt(curve, at) - counted(values, at))).toBeLessThanOrEqual(STEP);
      }),
    );
  });

  it('rises from 0 to 1', () => {
    fc.assert(
      fc.property(observed, (values) => {
        const curve = empirical(values);
        let before = 0;
        for (let at = -10; at <= 1010; at += 7) {
          expect(shareAt(curve, at)).toBeGreaterThanOrEqual(before);
          before = shareAt(curve, at);
        }
        expect(shareAt(curve, -1)).toBe(0);
        expect(shareAt(curve, 1001)).toBe(1);
      }),
    );
  });
});

describe('a curve of fewer points', () => {
  it('says the same to within the gaps allowed, and keeps every step', () => {
    fc.assert(
      fc.property(observed, (values) => {
        const whole = empirical(values);
        const few = thinned(whole, 0.02);
        expect(few.value[0]).toBe(whole.value[0]);
        expect(few.p[few.p.length - 1]).toBe(1);
        for (const at of values) {
          const wrong = Math.abs(shareAt(few, at) - counted(values, at));
          expect(wrong).toBeLessThanOrEqual(STEP);
        }
        for (let i = 1; i < few.value.length; i++) {
          const rise = (few.p[i] ?? 0) - (few.p[i - 1] ?? 0);
          // What rises by more than a gap rose so in one value: its predecessor was kept.
          if (rise > 0.02)
            expect(counted(values, (few.value[i] ?? 0) - 0.5)).toBeCloseTo(few.p[i - 1] ?? 0, 9);
        }
      }),
    );
  });

  it('is short however many values there are', () => {
    const value = Float64Array.from({ length: 50_000 }, (_, i) => i);
    const p = value.map((i) => (i + 1) / value.length);
    expect(thinned({ value, p }, 0.01).p.length).toBeLessThanOrEqual(202);
  });
});

describe('what is drawn', () => {
  it('goes level and then up where the observations step', () => {
    expect(lineOf({ value: [3, 23], p: [0.464, 1] })).toEqual([
      [3, 0],
      [3, 0.464],
      [23, 0.464],
      [23, 1],
    ]);
    const slope = { value: [1, 2, 3], p: [0.01, 0.02, 0.03] };
    expect(lineOf(slope)).toEqual([
      [1, 0],
      [1, 0.01],
      [2, 0.02],
      [3, 0.03],
    ]);
  });

  it('has in its rows every point of every curve within the range, rising, and a step twice', () => {
    fc.assert(
      fc.property(observed, observed, (a, b) => {
        const curves = [empirical(a), empirical(b)];
        const range = { from: 0, to: Math.max(...a, ...b) + 1 };
        const rows = rowsOf(curves, range);
        expect(rows[0]?.value).toBe(range.from);
        expect(rows.at(-1)).toEqual({ value: range.to, shares: [1, 1] });
        for (const [i, row] of rows.entries()) {
          const before = rows[i - 1];
          if (before) expect(row.value).toBeGreaterThanOrEqual(before.value);
          // The later of two rows at a value is what is read there.
          if (rows[i + 1]?.value !== row.value)
            expect(row.shares).toEqual(curves.map((curve) => shareAt(curve, row.value)));
          for (const [k, share] of row.shares.entries())
            expect(share).toBeGreaterThanOrEqual(before?.shares[k] ?? 0);
        }
        for (const each of [...a, ...b])
          expect(rows.some(({ value }) => value === each)).toBe(true);
      }),
    );
    expect(rowsOf([{ value: [3, 23], p: [0.464, 1] }], { from: 0, to: 23 })).toEqual([
      { value: 0, shares: [0] },
      { value: 3, shares: [0] },
      { value: 3, shares: [0.464] },
      { value: 23, shares: [0.464] },
      { value: 23, shares: [1] },
    ]);
  });
});
