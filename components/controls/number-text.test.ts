import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duration, quantity, snap } from '@/lib/simulation/parameters';
import { boundsText, fieldText, fieldUnit, parseField } from './number-text';

const about = { label: 'l', describe: 'd' };
const rate = quantity({ ...about, unit: 'requests/s', min: 0, max: 5000, step: 0.5, default: 1 });
const timeout = duration({ ...about, min: 10, max: 900, step: 10, default: 100 });
const long = duration({ ...about, min: 0, max: 60_000, step: 100, default: 1000 });

describe('a number field', () => {
  it.each([
    [rate, '340', 340],
    [rate, '1,200.5', 1200.5],
    [rate, ' .5 requests/s ', 0.5],
    [rate, '−3', -3],
    [rate, '1e3', 1000],
    [timeout, '340', 340],
    [timeout, '0.2 s', 200],
    [timeout, '200ms', 200],
    [long, '1.5', 1500],
    [long, '1500 ms', 1500],
    [long, '1 min', 60_000],
    [long, '0.5 h', 1_800_000],
  ] as const)('%# reads "%s" as %d', (parameter, text, value) => {
    expect(parseField(parameter, text)).toBeCloseTo(value, 9);
  });

  it.each([
    [rate, ''],
    [rate, 'ten'],
    [rate, '3 apples'],
    [rate, '1e999'],
    [rate, '1.2.3'],
    [long, '3 d'],
    [long, 'toString'],
    [long, '3 constructor'],
  ] as const)('%# does not take "%s" for a number', (parameter, text) => {
    expect(parseField(parameter, text)).toBeNull();
  });

  it('counts long durations in seconds and short ones in ms', () => {
    expect(fieldUnit(long).text).toBe('s');
    expect(fieldUnit(timeout).text).toBe('ms');
    expect(fieldText(long, 1500)).toBe('1.5');
  });

  it('says its bounds in the unit that stands beside it', () => {
    const fromTenth = duration({ ...about, min: 100, max: 10_000, step: 100, default: 1000 });
    expect(boundsText(fromTenth)).toBe('0.1 to 10\u202fs');
    expect(boundsText(timeout)).toBe('10 to 900\u202fms');
    expect(boundsText(rate)).toBe('0 to 5,000\u00a0requests/s');
    const size = quantity({ ...about, unit: 'bytes', min: 100, max: 8000, step: 1, default: 100 });
    expect(boundsText(size)).toBe('100 to 8,000\u00a0bytes');
    const factor = quantity({ ...about, unit: '', min: 1, max: 4, step: 0.5, default: 1 });
    expect(boundsText(factor)).toBe('1 to 4');
  });

  it('reads back what it shows', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(rate, timeout, long),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (p, share) => {
          const value = snap(p, p.min + share * (p.max - p.min));
          expect(parseField(p, fieldText(p, value))).toBeCloseTo(value, 9);
        },
      ),
    );
  });
});
