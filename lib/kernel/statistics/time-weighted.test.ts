import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeWeighted } from './time-weighted';

describe('TimeWeighted', () => {
  it('counts each value for as long as it held', () => {
    const queue = new TimeWeighted();
    queue.set(2, 10);
    queue.set(5, 20);
    queue.set(0, 30);
    // 10 ms of 0, 10 ms of 2, 10 ms of 5, 20 ms of 0.
    expect(queue.mean(50)).toBe(70 / 50);
    expect(queue.integral(50)).toBe(70);
    expect(queue.max).toBe(5);
    expect(queue.current).toBe(0);
  });

  it('agrees with a sum over the intervals', () => {
    const step = fc.tuple(
      fc.double({ min: 0, max: 100, noNaN: true }),
      fc.integer({ min: -9, max: 9 }),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 100 }), (steps) => {
        const measured = new TimeWeighted(3, 5);
        let now = 5;
        let value = 3;
        let area = 0;
        let max = 3;
        for (const [lengthMs, delta] of steps) {
          area += value * lengthMs;
          now += lengthMs;
          value += delta;
          max = Math.max(max, value);
          measured.add(delta, now);
        }
        area += value * 7;
        now += 7;
        expect(measured.mean(now)).toBeCloseTo(area / (now - 5), 8);
        expect(measured.max).toBe(max);
        expect(measured.current).toBe(value);
      }),
      { seed: 1 },
    );
  });

  it('forgets the warm-up but keeps the value that holds', () => {
    const busy = new TimeWeighted();
    busy.set(100, 1);
    busy.set(4, 2);
    busy.reset(10);
    expect(busy.max).toBe(4);
    busy.set(2, 15);
    expect(busy.mean(20)).toBe(3);
  });

  it('over an interval of no length is the current value', () => {
    const busy = new TimeWeighted(7, 3);
    expect(busy.mean(3)).toBe(7);
    busy.set(9, 3);
    expect(busy.mean(3)).toBe(9);
  });

  it('may be asked for the mean more than once without changing it', () => {
    const busy = new TimeWeighted(1);
    expect(busy.mean(10)).toBe(1);
    busy.set(3, 5);
    expect(busy.mean(10)).toBe(2);
    expect(busy.mean(10)).toBe(2);
  });

  it('refuses a time before the last change and values that are not numbers', () => {
    const busy = new TimeWeighted();
    busy.set(1, 10);
    expect(() => busy.set(2, 9)).toThrow('not before its last change at 10 ms, but 9 was given');
    expect(() => busy.mean(9)).toThrow('not before its last change at 10 ms');
    expect(() => busy.set(1, Number.NaN)).toThrow('but NaN was given');
    expect(() => busy.set(Infinity, 11)).toThrow('A value of a time-weighted mean');
    expect(() => new TimeWeighted(Number.NaN)).toThrow('The initial value');
    expect(() => new TimeWeighted(0, Infinity)).toThrow('The start of a time-weighted mean (ms)');
    expect(busy.mean(20)).toBe(0.5);
  });
});
