/**
 * Outlines of series and outcomes in the plot's own coordinates: x from 0 to `PLOT_UNITS` for the
 * time from 0 to `shownMs`, y in px. The plot is stretched in x only, so strokes must not scale.
 */
import type { Series } from '@/lib/simulation/recording-index';

/** Whole units keep the outlines short, and are finer than a pixel on any screen. */
export const PLOT_UNITS = 4000;

interface Frame {
  readonly shownMs: number;
  /** Value → px. */
  readonly y: (value: number) => number;
}

const tenth = (px: number): number => Math.round(px * 10) / 10;
const unitsOf = (atMs: number, shownMs: number): number =>
  shownMs > 0 ? Math.round((atMs / shownMs) * PLOT_UNITS) : 0;

/**
 * A line through the samples. Of the samples that share one unit of x, the first, the least, the
 * greatest and the last are kept, which draws the same pixels (M4; Jugel et al., VLDB 2014).
 */
export function linePath(series: Series, { shownMs, y }: Frame): string {
  let path = '';
  let penDown = false;
  const to = (x: number, value: number): void => {
    path += `${penDown ? 'L' : 'M'}${x} ${tenth(y(value))}`;
    penDown = true;
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
      penDown = false;
    },
  );
  return path;
}

/** Levels that hold from each sample to the next, and the last one to the end. */
export function stepPath(series: Series, { shownMs, y }: Frame): string {
  let path = '';
  let penDown = false;
  let height = Number.NaN;
  const vertical = (value: number): void => {
    const px = tenth(y(value));
    if (px === height) return;
    path += `V${px}`;
    height = px;
  };
  forEachColumn(
    series,
    shownMs,
    (x, { first, least, greatest, last }) => {
      if (penDown) {
        path += `H${x}`;
        vertical(first);
      } else {
        height = tenth(y(first));
        path += `M${x} ${height}`;
        penDown = true;
      }
      if (least < Math.min(first, last)) vertical(least);
      if (greatest > Math.max(first, last)) vertical(greatest);
      vertical(last);
    },
    () => {
      penDown = false;
    },
  );
  return penDown ? `${path}H${PLOT_UNITS}` : path;
}

/** A step outline closed down to the base line, for filling. */
export function areaPath(series: Series, frame: Frame & { readonly base: number }): string {
  const outline = stepPath(series, frame);
  if (outline === '') return '';
  const base = tenth(frame.y(frame.base));
  return outline
    .split('M')
    .filter((part) => part !== '')
    .map((part) => {
      const x = part.slice(0, part.indexOf(' '));
      return `M${x} ${base}V${part.slice(part.indexOf(' ') + 1)}V${base}z`;
    })
    .join('');
}

interface Column {
  first: number;
  least: number;
  greatest: number;
  last: number;
}

/** Calls `draw` for each unit of x that has samples, and `lift` where a value is missing (NaN). */
function forEachColumn(
  { at, value }: Series,
  shownMs: number,
  draw: (x: number, column: Column) => void,
  lift: () => void,
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
      lift();
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

/** Upright strokes at the given times, each made of the stretches [from, to] in px. */
export function tickPath(
  times: Iterable<number>,
  shownMs: number,
  stretches: readonly (readonly [from: number, to: number])[],
): string {
  let path = '';
  let drawn = -1;
  for (const at of times) {
    const x = unitsOf(at, shownMs);
    // Several at one place look like one.
    if (x === drawn) continue;
    drawn = x;
    for (const [from, to] of stretches) path += `M${x} ${from}V${to}`;
  }
  return path;
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
  let path = '';
  counts.forEach((count, bin) => {
    if (count === 0) return;
    // What is there at all can be seen, if only as a line.
    const tall = Math.max(1, tenth((height * count) / Math.max(1, most)));
    const x = (bin * PLOT_UNITS) / BINS;
    path += `M${x} ${base}v${-tall}h${PLOT_UNITS / BINS}v${tall}z`;
  });
  return path;
}
