/**
 * Scales, ticks and label places of the charts: arithmetic without markup. Times are simulated ms;
 * lengths are px unless they are shares of the width.
 */
import { grouped } from '@/lib/kernel/grouped';
import type { Unit } from '@/lib/simulation/parameters';

/** Distance of ticks that a reader can count in: 1, 2 or 5 times a power of ten, at least `rough`. */
export function niceStep(rough: number): number {
  if (!(rough > 0) || !Number.isFinite(rough)) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const leading = rough / power;
  // The slack keeps 0.3 / 3 = 0.09999… on the step of 0.1.
  const nice = [1, 2, 5].find((step) => leading <= step * (1 + 1e-9)) ?? 10;
  return nice * power;
}

/**
 * Multiples of a nice step in [from, to], at most about `count` + 1 of them. Where all is one value, as
 * where all is zero, that alone: there is nothing to read a size from, and any other would be made up.
 */
export function niceTicks(from: number, to: number, count: number): number[] {
  if (!(to > from)) return [from];
  const rough = niceStep((to - from) / count);
  // A step that is longer than the range would leave an axis with its zero alone.
  const step = rough > to - from ? niceStep((to - from) / 2.5) : rough;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  // Multiplied and rounded, so that 3 × 0.1 is written 0.3.
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** How the numbers of an axis are written: divided, and with what unit in the axis's name. */
interface AxisUnit {
  readonly divisor: number;
  readonly unit: string;
}

/** One unit for a whole axis, fit for its greatest value: 4,200 ms is read in seconds. */
export function axisUnit(unit: Unit, greatest: number): AxisUnit {
  if (unit === 'ms') {
    if (greatest >= 180_000) return { divisor: 60_000, unit: 'min' };
    return greatest >= 2000 ? { divisor: 1000, unit: 's' } : { divisor: 1, unit: 'ms' };
  }
  if (unit === 'bytes') {
    if (greatest >= 2e9) return { divisor: 1e9, unit: 'GB' };
    if (greatest >= 2e6) return { divisor: 1e6, unit: 'MB' };
    return greatest >= 2000 ? { divisor: 1000, unit: 'kB' } : { divisor: 1, unit: 'bytes' };
  }
  return { divisor: 1, unit };
}

/** A tick's number, with the thousands apart. */
export function tickText(value: number): string {
  const [integer = '0', fraction] = Math.abs(value).toString().split('.');
  return `${value < 0 ? '−' : ''}${grouped(integer)}${fraction === undefined ? '' : `.${fraction}`}`;
}

interface TimeTick {
  readonly atMs: number;
  readonly text: string;
}

/** Ticks of the time axis from 0; the last one carries the unit. */
export function timeTicks(shownMs: number, count = 6): TimeTick[] {
  if (!(shownMs > 0)) return [{ atMs: 0, text: '0' }];
  const { divisor, unit } = axisUnit('ms', shownMs);
  const ticks = niceTicks(0, shownMs / divisor, count);
  return ticks.map((value, i) => ({
    atMs: value * divisor,
    text: i === ticks.length - 1 ? `${tickText(value)}\u202f${unit}` : tickText(value),
  }));
}

/** A length as a percentage with two decimals: a hundredth of a percent is 0.1 px on a wide screen. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}

/**
 * Places for labels that want to stand at `wanted` (px, any order) but may not be nearer to each
 * other than `gap`, nor leave [min, max]: the least squared displacement, by pooling neighbours
 * that collide (isotonic regression; Barlow et al. 1972).
 *
 * @returns the places in the order of `wanted`. Where the labels cannot fit, they keep their gap
 * and run over `max`.
 */
export function placeLabels(
  wanted: readonly number[],
  { gap, min, max }: { readonly gap: number; readonly min: number; readonly max: number },
): number[] {
  const order = wanted
    .map((_, i) => i)
    .sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b);
  // With i·gap taken off, "at least a gap apart" reads "not falling", which pooling solves exactly.
  const pools: { sum: number; size: number }[] = [];
  order.forEach((label, rank) => {
    let pool = { sum: (wanted[label] ?? 0) - rank * gap, size: 1 };
    for (;;) {
      const above = pools.at(-1);
      if (!above || above.sum / above.size <= pool.sum / pool.size) break;
      pools.pop();
      pool = { sum: above.sum + pool.sum, size: above.size + pool.size };
    }
    pools.push(pool);
  });
  const highest = max - (wanted.length - 1) * gap;
  const places = new Array<number>(wanted.length).fill(0);
  let rank = 0;
  for (const { sum, size } of pools) {
    const base = Math.max(min, Math.min(highest, sum / size));
    for (let i = 0; i < size; i++, rank++) places[order[rank] ?? 0] = base + rank * gap;
  }
  return places;
}

/** Rough width of a text in Inter at `fontPx`, px; errs on the wide side by some 5 %. */
export function textWidth(text: string, fontPx: number): number {
  const capitals = text.match(/[A-Z]/g)?.length ?? 0;
  return (text.length * 0.58 + capitals * 0.12) * fontPx;
}
