/**
 * Outlines of series and outcomes in the plot's own coordinates: x from 0 to `PLOT_UNITS` for the
 * time from 0 to `shownMs`, y in px. The plot is stretched in x only, so strokes must not scale.
 */
import type { Series } from '@/lib/simulation/recording-index';

/** Whole units keep the outlines short; on the widest screen one is little more than a pixel. */
export const PLOT_UNITS = 1000;

interface Frame {
  readonly shownMs: number;
  /** Up to when the series is known, simulated ms: a level holds until then; `shownMs` by default. */
  readonly endMs?: number;
  /** Value → px; outlines are rounded to whole px. */
  readonly y: (value: number) => number;
}

const unitsOf = (atMs: number, shownMs: number): number =>
  shownMs > 0 ? Math.round((atMs / shownMs) * PLOT_UNITS) : 0;

type Point = readonly [x: number, y: number];

/**
 * The text of an outline. After its first point every step is told as the distance from the one
 * before: shorter to write, and alike wherever the same form returns, which is what compresses.
 */
export function outline(parts: readonly (readonly Point[])[]): string {
  let path = '';
  let [x, y] = [0, 0];
  for (const points of parts.map(withoutMiddles)) {
    for (const [i, point] of points.entries()) {
      const [dx, dy] = [point[0] - x, point[1] - y];
      if (i === 0) path += path === '' ? `M${point[0]} ${point[1]}` : `m${dx}${joined(dy)}`;
      else if (dy === 0 && dx !== 0) path += `h${dx}`;
      else if (dx === 0 && dy !== 0) path += `v${dy}`;
      else if (dx !== 0) path += `l${dx}${joined(dy)}`;
      [x, y] = point;
    }
  }
  return path;
}

/** Without points on the way of a level or upright piece that goes on beyond them. */
function withoutMiddles(all: readonly Point[]): Point[] {
  const points = all.filter(
    (point, i) => point[0] !== all[i - 1]?.[0] || point[1] !== all[i - 1]?.[1],
  );
  return points.filter((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (before === undefined || after === undefined) return true;
    const level = before[1] === point[1] && point[1] === after[1];
    const upright = before[0] === point[0] && point[0] === after[0];
    const onwards = (point[1] - before[1]) * (after[1] - point[1]) >= 0;
    return !level && !(upright && onwards);
  });
}

/** A second number needs no blank in front of its own sign. */
const joined = (number: number): string => (number < 0 ? `${number}` : ` ${number}`);

/**
 * A line through the samples. Of the samples that share one unit of x, the first, the least, the
 * greatest and the last are kept, which draws the same pixels (M4; Jugel et al., VLDB 2014).
 */
export function linePath(series: Series, { shownMs, y }: Frame): string {
  const parts: Point[][] = [];
  let open: Point[] | undefined;
  const to = (x: number, value: number): void => {
    if (open === undefined) {
      open = [];
      parts.push(open);
    }
    open.push([x, y(value)]);
  };
  forEachColumn(
    series,
    shownMs,
    (x, { first, least, greatest, last }) => {
      to(x, first);
      if (least < Math.min(first, last)) to(x, least);
      if (greatest > Math.max(first, last)) to(x, greatest);
      if (last !== first) to(x, last);
    },
    () => {
      open = undefined;
    },
  );
  return outline(parts.map((points) => straightened(points).map(rounded)));
}

const rounded = ([x, y]: Point): Point => [x, Math.round(y)];

/** How far a point that is left out may lie above or below the line, px. */
const SLACK_PX = 0.4;

/**
 * The points between which the others lie on a straight line, to within `SLACK_PX`: a point stays as
 * long as a line from the last one kept can still pass near all that follow it (swing filter; Elmeleegy
 * et al., VLDB 2009). Distances are upright ones, which a plot keeps however it is stretched.
 */
export function straightened(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  let [least, greatest] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let before: Point | undefined;
  for (const point of points) {
    const from = kept.at(-1);
    if (from === undefined || before === undefined) {
      kept.push(point);
      before = point;
      continue;
    }
    const run = point[0] - from[0];
    const slope = run > 0 ? (point[1] - from[1]) / run : Number.NaN;
    // Upright pieces, of which a slope says nothing, are kept as they are.
    if (slope >= least && slope <= greatest && point[0] > before[0]) {
      least = Math.max(least, slope - SLACK_PX / run);
      greatest = Math.min(greatest, slope + SLACK_PX / run);
    } else {
      if (before !== from) kept.push(before);
      const start = kept.at(-1) ?? point;
      const width = point[0] - start[0];
      if (width > 0) {
        const next = (point[1] - start[1]) / width;
        [least, greatest] = [next - SLACK_PX / width, next + SLACK_PX / width];
      } else {
        kept.push(point);
        [least, greatest] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
      }
    }
    before = point;
  }
  if (before !== undefined && before !== kept.at(-1)) kept.push(before);
  return kept;
}

/** Levels that hold from each sample to the next, and the last one as far as the series is known. */
export function stepPath(series: Series, frame: Frame): string {
  return outline(steps(series, frame));
}

/** Many steps lower than this, px, look like the slope that they are drawn as. */
const STEP_PX = 1.5;

function steps(series: Series, { shownMs, endMs = shownMs, y }: Frame): Point[][] {
  const parts: Point[][] = [];
  let open: Point[] | undefined;
  const to = (x: number, height: number): void => {
    if (open === undefined) {
      open = [];
      parts.push(open);
    }
    const before = open.at(-1);
    if (before !== undefined && Math.abs(height - before[1]) >= STEP_PX) open.push([x, before[1]]);
    open.push([x, height]);
  };
  const end = (x: number): void => {
    const last = open?.at(-1);
    if (last !== undefined) to(x, last[1]);
    open = undefined;
  };
  forEachColumn(
    series,
    shownMs,
    (x, { first, least, greatest, last }) => {
      to(x, y(first));
      if (least < Math.min(first, last)) to(x, y(least));
      if (greatest > Math.max(first, last)) to(x, y(greatest));
      if (last !== first) to(x, y(last));
    },
    end,
  );
  end(unitsOf(endMs, shownMs));
  return parts.map((points) => straightened(points).map(rounded));
}

/** A step outline closed down to the base line, for filling. */
export function areaPath(series: Series, frame: Frame & { readonly base: number }): string {
  const base = Math.round(frame.y(frame.base));
  return outline(
    steps(series, frame).map((points) => {
      const [first, last] = [points[0]?.[0] ?? 0, points.at(-1)?.[0] ?? 0];
      return [[first, base], ...points, [last, base]];
    }),
  );
}

interface Column {
  first: number;
  least: number;
  greatest: number;
  last: number;
}

/** Calls `draw` for each unit of x that has samples, and `lift` at one where a value is missing (NaN). */
function forEachColumn(
  { at, value }: Series,
  shownMs: number,
  draw: (x: number, column: Column) => void,
  lift: (x: number) => void,
): void {
  let x = -1;
  let column: Column | undefined;
  const flush = (): void => {
    if (column) draw(x, column);
    column = undefined;
  };
  for (let i = 0; i < at.length; i++) {
    const sample = value[i] ?? Number.NaN;
    if (!Number.isFinite(sample)) {
      flush();
      lift(unitsOf(at[i] ?? 0, shownMs));
      continue;
    }
    const here = unitsOf(at[i] ?? 0, shownMs);
    if (here !== x) flush();
    x = here;
    column ??= { first: sample, least: sample, greatest: sample, last: sample };
    column.least = Math.min(column.least, sample);
    column.greatest = Math.max(column.greatest, sample);
    column.last = sample;
  }
  flush();
}

/** Upright strokes at the given times, from one height to another, px. */
export function tickPath(
  times: Iterable<number>,
  shownMs: number,
  [top, bottom]: readonly [top: number, bottom: number],
): string {
  // Several at one place look like one.
  const places = new Set<number>();
  for (const at of times) places.add(unitsOf(at, shownMs));
  return outline(
    [...places].map((x): Point[] => [
      [x, top],
      [x, bottom],
    ]),
  );
}

/** Stretches of time into which the marks of a crowded row are counted. */
export const BINS = 200;

/** How many of the times fall into each of `BINS` equal stretches of [0, shownMs]. */
export function binned(times: Iterable<number>, shownMs: number): Uint32Array {
  const counts = new Uint32Array(BINS);
  for (const at of times) {
    const bin = shownMs > 0 ? Math.min(BINS - 1, Math.floor((at / shownMs) * BINS)) : 0;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** Counts as columns that stand on `base` (px) and are `height` px tall where there are `most`. */
export function columnsPath(
  counts: Uint32Array,
  { base, height, most }: { readonly base: number; readonly height: number; readonly most: number },
): string {
  const width = PLOT_UNITS / BINS;
  const parts: Point[][] = [];
  let open: Point[] | undefined;
  counts.forEach((count, bin) => {
    const x = bin * width;
    if (count === 0) {
      open?.push([x, base]);
      open = undefined;
      return;
    }
    // What is there at all can be seen, if only as a line.
    const top = base - Math.max(1, Math.round((height * count) / Math.max(1, most)));
    if (open === undefined) {
      open = [[x, base]];
      parts.push(open);
    }
    open.push([x, top], [x + width, top]);
  });
  open?.push([PLOT_UNITS, base]);
  return outline(parts);
}
