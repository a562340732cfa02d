import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisUnit, niceStep, niceTicks, percent, placeLabels, tickText, timeTicks } from './scale';

describe('ticks', () => {
  it('stand at multiples of 1, 2 or 5 times a power of ten', () => {
    expect(niceTicks(0, 14, 4)).toEqual([0, 5, 10]);
    expect(niceTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(niceTicks(-3, 3, 3)).toEqual([-2, 0, 2]);
    expect(niceTicks(0, 120, 4)).toEqual([0, 50, 100]);
    expect(niceTicks(0, 42, 2)).toEqual([0, 20, 40]);
    expect(niceStep(0.07)).toBeCloseTo(0.1, 12);
  });

  it('lie within the range and are few, whatever the range', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.integer({ min: 2, max: 8 }),
        (from, length, count) => {
          const ticks = niceTicks(from, from + length, count);
          expect(ticks.length).toBeLessThanOrEqual(count + 1);
          const slack = length * 1e-6 + 1e-6;
          for (const tick of ticks) {
            expect(tick).toBeGreaterThanOrEqual(from - slack);
            expect(tick).toBeLessThanOrEqual(from + length + slack);
          }
        },
      ),
    );
  });

  it('of time carry the unit once, at the end', () => {
    expect(timeTicks(12_000).map((tick) => tick.text)).toEqual([
      '0',
      '2',
      '4',
      '6',
      '8',
      '10',
      '12\u202fs',
    ]);
    expect(timeTicks(800).at(-1)).toEqual({ atMs: 800, text: '800\u202fms' });
    expect(timeTicks(3_600_000).at(-1)?.text).toBe('60\u202fmin');
  });

  it('are written with thousands apart and a real minus', () => {
    expect(tickText(12_500)).toBe('12,500');
    expect(tickText(-1234.5)).toBe('−1,234.5');
  });

  it('of one axis share one unit', () => {
    expect(axisUnit('ms', 4200)).toEqual({ divisor: 1000, unit: 's' });
    expect(axisUnit('ms', 900)).toEqual({ divisor: 1, unit: 'ms' });
    expect(axisUnit('bytes', 3e6)).toEqual({ divisor: 1e6, unit: 'MB' });
    expect(axisUnit('requests', 1e9)).toEqual({ divisor: 1, unit: 'requests' });
  });
});

it('a share is written in percent without noise', () => {
  expect(percent(1 / 3)).toBe('33.33%');
  expect(percent(0.1 + 0.2)).toBe('30%');
});

describe('placed labels', () => {
  const bounds = { gap: 14, min: 0, max: 200 };

  it('stay where they are if there is room', () => {
    expect(placeLabels([50, 10, 150], bounds)).toEqual([50, 10, 150]);
  });

  it('part evenly where they collide', () => {
    expect(placeLabels([100, 100], bounds)).toEqual([93, 107]);
  });

  it('keep their order, their gap and the bounds, whatever is wanted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -50, max: 250, noNaN: true }), { minLength: 1, maxLength: 12 }),
        (wanted) => {
          const places = placeLabels(wanted, bounds);
          const order = wanted.map((_, i) => i);
          order.sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b);
          const sorted = order.map((i) => places[i] ?? Number.NaN);
          for (const [i, place] of sorted.entries()) {
            expect(place).toBeGreaterThanOrEqual(bounds.min - 1e-9);
            expect(place).toBeLessThanOrEqual(bounds.max + 1e-9);
            if (i > 0)
              expect(place - (sorted[i - 1] ?? 0)).toBeGreaterThanOrEqual(bounds.gap - 1e-9);
          }
        },
      ),
    );
  });
});
