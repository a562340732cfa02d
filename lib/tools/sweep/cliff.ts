/**
 * Finds the cliff of a curve: the short stretch of its range in which most of the change lies. A
 * curve without one changes about evenly, or not beyond chance.
 */

export interface CurvePoint {
  /** Place on the axis, from 0 to 1, rising. */
  readonly share: number;
  /** Null where there is no value. */
  readonly value: number | null;
  /** Half of the 95 % interval; null where it is not known yet. */
  readonly halfWidth: number | null;
}

/** The stretch, as indexes into the points of the curve. */
export interface Cliff {
  readonly from: number;
  readonly to: number;
}

/** A stretch may take this share of the axis, or the distance of two neighbouring points. */
const WIDTH_MAX = 0.16;
/** Of the whole range of values, this share must lie in the stretch… */
const SHARE_MIN = 0.4;
/** … and be this many times as steep as if the range were spread evenly over the axis. */
const STEEPNESS_MIN = 3;
/** Ends of the stretch in which hardly anything happens are left off. */
const CORE = 0.9;

interface Known {
  readonly index: number;
  readonly share: number;
  readonly value: number;
  readonly halfWidth: number;
}

/** Null if there is no cliff, or the intervals that would show it are not known yet. */
export function findCliff(points: readonly CurvePoint[]): Cliff | null {
  const known = points.flatMap(({ share, value, halfWidth }, index): Known[] =>
    value === null || halfWidth === null ? [] : [{ index, share, value, halfWidth }],
  );
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || known.length < 3) return null;
  const values = known.map(({ value }) => value);
  const range = Math.max(...values) - Math.min(...values);
  const axis = last.share - first.share;

  let best: { readonly from: number; readonly to: number; readonly change: number } | null = null;
  for (const [from, start] of known.entries()) {
    for (let to = from + 1; to < known.length; to++) {
      const end = known[to];
      if (end === undefined || (to > from + 1 && end.share - start.share > WIDTH_MAX)) break;
      const change = Math.abs(end.value - start.value);
      if (best === null || change > best.change) best = { from, to, change };
    }
  }
  if (best === null || range === 0) return null;
  const [start, end] = narrowed(known, best);
  if (start === undefined || end === undefined) return null;
  const change = Math.abs(end.value - start.value);
  const isBeyondChance = change > start.halfWidth + end.halfWidth;
  const steepness = change / range / ((end.share - start.share) / axis);
  return isBeyondChance && change >= SHARE_MIN * range && steepness >= STEEPNESS_MIN
    ? { from: start.index, to: end.index }
    : null;
}

/** The stretch without ends that add little to its change. */
function narrowed(
  known: readonly Known[],
  { from, to, change }: { readonly from: number; readonly to: number; readonly change: number },
): readonly [Known | undefined, Known | undefined] {
  let [a, b] = [from, to];
  const changeOf = (start: number, end: number): number =>
    Math.abs((known[end]?.value ?? 0) - (known[start]?.value ?? 0));
  while (b - a > 1) {
    const [left, right] = [changeOf(a + 1, b), changeOf(a, b - 1)];
    if (Math.max(left, right) < CORE * change) break;
    if (left >= right) a++;
    else b--;
  }
  return [known[a], known[b]];
}
