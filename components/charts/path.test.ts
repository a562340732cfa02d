import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Series } from '@/lib/simulation/recording-index';
import {
  areaPath,
  BINS,
  binned,
  columnsPath,
  linePath,
  PLOT_UNITS,
  stepPath,
  tickPath,
} from './path';

const series = (points: readonly (readonly [at: number, value: number])[]): Series => ({
  at: Float64Array.from(points, ([at]) => at),
  value: Float64Array.from(points, ([, value]) => value),
  least: 0,
  greatest: 10,
});
const frame = { shownMs: 1000, y: (value: number) => 100 - value * 10 };

describe('outlines', () => {
  it('join samples by straight lines', () => {
    expect(
      linePath(
        series([
          [0, 0],
          [500, 5],
          [1000, 10],
        ]),
        frame,
      ),
    ).toBe('M0 100L2000 50L4000 0');
  });

  it('hold a level until the next sample, and the last one to the end', () => {
    expect(
      stepPath(
        series([
          [250, 2],
          [500, 5],
        ]),
        frame,
      ),
    ).toBe('M1000 80H2000V50H4000');
  });

  it('close an area down to the base line', () => {
    expect(areaPath(series([[500, 5]]), { ...frame, base: 0 })).toBe('M2000 100V50H4000V100z');
    expect(areaPath(series([]), { ...frame, base: 0 })).toBe('');
  });

  it('break where a value is missing', () => {
    const broken = series([
      [0, 1],
      [250, Number.NaN],
      [500, 3],
      [1000, 3],
    ]);
    expect(linePath(broken, frame)).toBe('M0 90M2000 70L4000 70');
  });

  it('keep the extremes of what falls into one place', () => {
    const crowded = series([
      [500, 5],
      [500.01, 9],
      [500.02, 1],
      [500.03, 4],
    ]);
    expect(linePath(crowded, frame)).toBe('M2000 50L2000 90L2000 10L2000 60');
  });

  it('stay short however many samples there are', () => {
    const many = series(
      Array.from({ length: 50_000 }, (_, i) => [i / 50, (i % 7) + (i % 3)] as const),
    );
    expect(linePath(many, frame).length).toBeLessThan(PLOT_UNITS * 4 * 12);
  });
});

describe('outcome strips', () => {
  it('have a stroke at each time, of as many pieces as its outcome', () => {
    expect(
      tickPath([0, 250], 1000, [
        [1, 4],
        [6, 10],
      ]),
    ).toBe('M0 1V4M0 6V10M1000 1V4M1000 6V10');
  });

  it('draw what stands at one place once', () => {
    expect(tickPath([500, 500, 500.001], 1000, [[0, 10]])).toBe('M2000 0V10');
  });

  it('count every mark when crowded', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1000, noNaN: true })), (times) => {
        const counts = binned(times, 1000);
        expect(counts).toHaveLength(BINS);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(times.length);
      }),
    );
  });

  it('show a single mark beside a thousand', () => {
    const counts = new Uint32Array(BINS);
    counts[0] = 1000;
    counts[1] = 1;
    expect(columnsPath(counts, { base: 10, height: 9, most: 1000 })).toBe(
      'M0 10v-9h20v9zM20 10v-1h20v1z',
    );
  });
});
