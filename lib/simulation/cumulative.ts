/**
 * Empirical distribution functions in few points, and how they are read between them. A function of
 * observations is a staircase. Where its steps are small a straight line says the same; a step that
 * can be seen must stay one, or the line claims values that nobody has observed.
 */

import type { CdfPoints } from '../kernel/statistics';

/** `p[i]` of the observations, from 0 to 1, lie at or below `value[i]`; both rise. */
export interface Cumulative {
  readonly value: ArrayLike<number>;
  readonly p: ArrayLike<number>;
}

/** A rise by more than this from one point to the next is a step of the observations, not a slope. */
export const STEP = 0.025;

/**
 * Leaves out points as long as no gap comes to be that is wider than a share of the height or of the
 * width of the curve, such as 0.01. Gaps that were there stay, and so does every step.
 */
export function thinned({ value, p }: CdfPoints, gap: number): CdfPoints {
  const last = value.length - 1;
  const widest = gap * ((value[last] ?? 0) - (value[0] ?? 0));
  let kept = 0;
  const isKept = value.map((_, i) => {
    const isNear =
      (p[i + 1] ?? 2) - (p[kept] ?? 0) <= gap && (value[i + 1] ?? 0) - (value[kept] ?? 0) <= widest;
    if (i > 0 && isNear) return 0;
    kept = i;
    return 1;
  });
  const taken = (_: number, i: number) => isKept[i] === 1;
  return { value: value.filter(taken), p: p.filter(taken) };
}

/** Number of points at or below a value. */
function pointsUpTo(value: ArrayLike<number>, at: number): number {
  let [low, high] = [0, value.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((value[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Share of the observations at or below a value: straight between points, level before a step. */
export function shareAt({ value, p }: Cumulative, at: number): number {
  const count = pointsUpTo(value, at);
  if (count === 0) return 0;
  const [left, reached] = [value[count - 1] ?? 0, p[count - 1] ?? 0];
  const [right, next] = [value[count], p[count]];
  if (right === undefined || next === undefined || next - reached > STEP) return reached;
  return reached + ((at - left) / (right - left)) * (next - reached);
}

/** What `shareAt` comes to just below a value: less than there if the curve steps at it. */
function shareBelow(curve: Cumulative, at: number): number {
  const last = pointsUpTo(curve.value, at) - 1;
  if (last < 0 || curve.value[last] !== at) return shareAt(curve, at);
  const before = last === 0 ? 0 : (curve.p[last - 1] ?? 0);
  const reached = curve.p[last] ?? 0;
  return last === 0 || reached - before > STEP ? before : reached;
}

/** A line across the chart: the same value twice where a curve steps at it. */
interface Row {
  readonly value: number;
  /** By the place of the curve. */
  readonly shares: readonly number[];
}

/** All curves at every value of the range at which one of them has a point, and at both its ends. */
export function rowsOf(
  curves: readonly Cumulative[],
  { from, to }: { readonly from: number; readonly to: number },
): Row[] {
  const values = new Set([from, to]);
  for (const { value } of curves)
    for (const each of Array.from(value)) if (each >= from && each <= to) values.add(each);
  return [...values]
    .sort((a, b) => a - b)
    .flatMap((value) => {
      const at = { value, shares: curves.map((curve) => shareAt(curve, value)) };
      if (value === from) return [at];
      const below = { value, shares: curves.map((curve) => shareBelow(curve, value)) };
      return below.shares.some((share, i) => share < (at.shares[i] ?? 0)) ? [below, at] : [at];
    });
}

/** The line of one curve, from the floor at its first value. */
export function lineOf(curve: Cumulative): (readonly [value: number, share: number])[] {
  return Array.from(curve.value).flatMap((value, i) => {
    const [below, at] = [i === 0 ? 0 : (curve.p[i - 1] ?? 0), curve.p[i] ?? 0];
    const point = [value, at] as const;
    return i === 0 || at - below > STEP ? [[value, below] as const, point] : [point];
  });
}
