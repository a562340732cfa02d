import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOG_PLACES, placeOf, shareOf, sliderRange, valueAt } from './scale';
import { speedAt, speedPlace } from './speed';

const linear = { min: 10, max: 20, step: 0.5 } as const;
const log = { min: 1, max: 10_000, step: 1, scale: 'log' } as const;

describe('a linear slider', () => {
  it('counts in the values themselves', () => {
    expect(sliderRange(linear)).toEqual({ min: 10, max: 20, step: 0.5 });
    expect(valueAt(linear, 12.26, 10)).toBe(12.5);
    expect(shareOf(linear, 15)).toBe(0.5);
  });
});

describe('a logarithmic slider', () => {
  it('gives each decade the same length', () => {
    expect(placeOf(log, 1)).toBe(0);
    expect(placeOf(log, 10)).toBe(LOG_PLACES / 4);
    expect(placeOf(log, 100)).toBe(LOG_PLACES / 2);
    expect(placeOf(log, 10_000)).toBe(LOG_PLACES);
    expect(valueAt(log, LOG_PLACES, 5)).toBe(10_000);
    expect(valueAt(log, 0, 5)).toBe(1);
  });

  it('keeps the value when the thumb does not move', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (value) => {
        expect(valueAt(log, placeOf(log, value), value)).toBe(value);
      }),
    );
  });

  it('moves by at least one step of the grid at each place, within the range', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (value) => {
        const place = placeOf(log, value);
        if (place < LOG_PLACES) expect(valueAt(log, place + 1, value)).toBeGreaterThan(value);
        if (place > 0) expect(valueAt(log, place - 1, value)).toBeLessThan(value);
      }),
    );
  });
});

describe('speeds', () => {
  it('double with every second place, up to six times', () => {
    expect(speedAt(10, 0)).toBe(10);
    expect(speedAt(10, 2)).toBeCloseTo(20);
    expect(speedAt(10, -2)).toBeCloseTo(5);
    expect(speedAt(10, 99)).toBeCloseTo(640);
  });
  it('know their place', () => {
    for (let place = -12; place <= 12; place++)
      expect(speedPlace(3, speedAt(3, place))).toBe(place);
  });
});
