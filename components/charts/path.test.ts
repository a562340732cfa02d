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

/** The points of an outline of h, v and l, in order. */
function pointsOf(path: string): [x: number, y: number][] {
  let [x, y] = [0, 0];
  return [...path.matchAll(/([Mmhvl])(-?[\d.]+)(?:[ ]?(-?[\d.]+))?/g)].map(([, step, a, b]) => {
    if (step === 'M') [x, y] = [0, 0];
    if (step === 'v') y += Number(a);
    else [x, y] = [x + Number(a), y + Number(b ?? 0)];
    return [x, y];
  });
}

/** Height of an outline that runs to the right, at a place between its points. */
function heightAt(points: readonly (readonly [number, number])[], x: number): number {
  const after = points.find((point) => point[0] >= x) ?? points.at(-1) ?? [0, 0];
  const before = points.findLast((point) => point[0] <= x) ?? after;
  if (before[0] === after[0]) return after[1];
  return before[1] + ((x - before[0]) / (after[0] - before[0])) * (after[1] - before[1]);
}

describe('outlines', () => {
  it('join samples by straight lines, and leave out those on the way', () => {
    const points = [
      [0, 0],
      [250, 2.5],
      [500, 5],
      [1000, 1],
    ] as const;
    expect(linePath(series(points), frame)).toBe('M0 100l500-50l500 40');
  });

  it('pass every sample within a pixel', () => {
    const walk = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2 });
    fc.assert(
      fc.property(walk, (steps) => {
        let value = 5;
        const samples = steps.map((step, i) => {
          value = Math.min(10, Math.max(0, value + step));
          return [(i * 1000) / steps.length, value] as const;
        });
        const drawn = pointsOf(linePath(series(samples), frame));
        for (const [at, sample] of samples) {
          const x = Math.round((at / 1000) * PLOT_UNITS);
          expect(Math.abs(heightAt(drawn, x) - frame.y(sample))).toBeLessThanOrEqual(1);
        }
      }),
    );
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
    ).toBe('M250 80h250v-30h500');
  });

  it('end where what is known ends', () => {
    const known = { ...frame, endMs: 750 };
    expect(stepPath(series([[500, 5]]), known)).toBe('M500 50h250');
    expect(areaPath(series([[500, 5]]), { ...known, base: 0 })).toBe('M500 100v-50h250v50');
  });

  it('close an area down to the base line', () => {
    expect(areaPath(series([[500, 5]]), { ...frame, base: 0 })).toBe('M500 100v-50h500v50');
    expect(areaPath(series([]), { ...frame, base: 0 })).toBe('');
  });

  it('break where a value is missing', () => {
    const broken = series([
      [0, 1],
      [250, Number.NaN],
      [500, 3],
      [1000, 3],
    ]);
    expect(linePath(broken, frame)).toBe('M0 90m500-20h500');
    expect(stepPath(broken, frame)).toBe('M0 90h250m250-20h500');
  });

  it('keep the extremes of what falls into one place', () => {
    const crowded = series([
      [500, 5],
      [500.01, 9],
      [500.02, 1],
      [500.03, 4],
    ]);
    expect(linePath(crowded, frame)).toBe('M500 50v40v-80v50');
  });

  it('draw many low steps as the slope that they are', () => {
    const low = series(Array.from({ length: 101 }, (_, i) => [i * 10, i / 10] as const));
    expect(stepPath(low, frame)).toBe('M0 100l1000-100');
  });

  it('stay short however many samples there are', () => {
    const many = series(
      Array.from({ length: 50_000 }, (_, i) => [i / 50, (i % 7) + (i % 3)] as const),
    );
    expect(linePath(many, frame).length).toBeLessThan(PLOT_UNITS * 4 * 6);
  });
});

describe('outcome strips', () => {
  it('have a stroke at each time', () => {
    expect(tickPath([0, 250], 1000, [1, 10])).toBe('M0 1v9m250-9v9');
  });

  it('draw what stands at one place once', () => {
    expect(tickPath([500, 500, 500.001], 1000, [0, 10])).toBe('M500 0v10');
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
    expect(columnsPath(counts, { base: 10, height: 9, most: 1000 })).toBe('M0 10v-9h5v8h5v1');
  });
});
