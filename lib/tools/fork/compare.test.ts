import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Result } from '@/lib/simulation/measures';
import { comparedResult } from './compare';

const result = (value: number | null, part: Partial<Result> = {}): Result => ({
  id: 'latency.p99',
  label: 'Latency, p99',
  unit: 'ms',
  better: 'lower',
  value,
  n: 100,
  halfWidth: null,
  ...part,
});

describe('the difference of a fork to its original', () => {
  it('has its sign and its unit, and says whether it is for the better', () => {
    expect(comparedResult(result(100), result(340))).toEqual({
      value: '340\u202fms',
      difference: '+240\u202fms',
      isBetter: false,
    });
    expect(comparedResult(result(2400), result(1200))).toEqual({
      value: '1.2\u202fs',
      difference: '−1.2\u202fs',
      isBetter: true,
    });
    expect(
      comparedResult(result(5, { better: 'neither' }), result(6, { better: 'neither' })).isBetter,
    ).toBeNull();
  });

  it('of shares is in percentage points', () => {
    expect(comparedResult(result(15, { unit: '%' }), result(15.68, { unit: '%' }))).toMatchObject({
      value: '15.7\u202f%',
      difference: '+0.68\u00a0points',
    });
  });

  it('is none where the values are equal, and is said to be', () => {
    expect(comparedResult(result(7), result(7))).toMatchObject({
      difference: 'no difference',
      isBetter: null,
    });
  });

  it('is not made up where a run refuses its value', () => {
    const refused = result(null, { refused: 'p99 needs 1,000 values, there are 40' });
    expect(comparedResult(result(7), refused)).toEqual({
      value: '–',
      difference: 'p99 needs 1,000 values, there are 40',
      isBetter: null,
    });
    expect(comparedResult(refused, result(7))).toMatchObject({ difference: '', isBetter: null });
  });

  it('turns over with the two runs', () => {
    fc.assert(
      fc.property(fc.integer({ max: 1e6 }), fc.integer({ max: 1e6 }), (a, b) => {
        const there = comparedResult(result(a), result(b));
        const back = comparedResult(result(b), result(a));
        expect(back.difference.replace('−', '+')).toBe(there.difference.replace('−', '+'));
        if (a !== b) expect(back.isBetter).toBe(!there.isBetter);
      }),
    );
  });
});
