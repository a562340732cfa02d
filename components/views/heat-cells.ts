/** The amounts of a heat map at `t`, and the shades that they have: no markup. */
import { niceStep } from '@/components/charts/scale';
import { levelAt } from '@/lib/simulation/levels';
import type { ParameterValue } from '@/lib/simulation/parameters';
import { countBefore, countUntil, type RecordingIndex } from '@/lib/simulation/recording-index';
import type { HeatView } from '@/lib/simulation/views';

/** Shades above none: as many as can be told apart on both papers, and in grey. */
export const SHADES = 6;

export type Amount = number | undefined;

interface Moment {
  readonly index: RecordingIndex;
  readonly t: number;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** Length of a column of time, simulated ms; undefined if columns are states. */
export function stretchOf(
  { columns }: HeatView,
  parameters: Readonly<Record<string, ParameterValue>>,
): number | undefined {
  if (columns.of === 'states') return undefined;
  const everyMs = levelAt(columns.everyMs, parameters, 0) ?? 0;
  return everyMs > 0 ? everyMs : undefined;
}

/**
 * The amounts of each row from the left; undefined where nothing was recorded. Stretches of time that
 * have not begun at `t` are left out; the last of them may not be over.
 */
export function amountsOf(view: HeatView, { index, t, parameters }: Moment): Amount[][] {
  const { columns } = view;
  if (columns.of === 'states') {
    return view.rows.map(({ id }) =>
      columns.fields.map((field): Amount => {
        const value = index.stateAt(id, field.id, t);
        return typeof value === 'number' ? value : undefined;
      }),
    );
  }
  const everyMs = stretchOf(view, parameters) ?? index.shownMs;
  const count = Math.min(Math.floor(t / everyMs) + 1, stretches(index.shownMs, everyMs));
  return view.rows.map(({ id }) => {
    const { at, value } = index.series(id);
    const known = countUntil(at, t);
    return Array.from({ length: count }, (_, i): Amount => {
      // What happens at the very end belongs to the last stretch.
      const isLast = i === stretches(index.shownMs, everyMs) - 1;
      const end = isLast ? known : Math.min(known, countBefore(at, (i + 1) * everyMs));
      const within = value.subarray(countBefore(at, i * everyMs), end);
      switch (columns.take) {
        case 'sum':
          return within.reduce((sum, each) => sum + each, 0);
        case 'mean':
          return within.length === 0
            ? undefined
            : within.reduce((sum, each) => sum + each, 0) / within.length;
        case 'greatest':
          return within.length === 0 ? undefined : Math.max(...within);
        case 'last':
          return value[end - 1];
        default:
          return columns.take satisfies never;
      }
    });
  });
}

const stretches = (shownMs: number, everyMs: number): number =>
  Math.max(1, Math.ceil(shownMs / everyMs - 1e-9));

/** How far each shade goes, rising: from 1 to `SHADES` of them, the last up to all amounts. */
export type ShadeScale = readonly number[];

/** With a greatest amount of more than this many times the median, equal steps would leave most in the first. */
const EVEN_MAX = 8;

/**
 * A scale for all runs, up to what is declared or up to a round number from the greatest amount on, in
 * equal steps. Where a few amounts are far above the others, the steps grow instead (1, 2, 5, 20, 50, …),
 * so that the others can be told apart; the key names them.
 */
export function scaleOf(
  view: HeatView,
  indices: readonly RecordingIndex[],
  parameters: Readonly<Record<string, ParameterValue>>,
): ShadeScale {
  const declared =
    view.value.max === undefined ? undefined : levelAt(view.value.max, parameters, 0);
  if (declared !== undefined && declared > 0) return evenSteps(declared / SHADES, SHADES);
  const extents = indices.map((index) => extentOf(view, index, parameters));
  const greatest = Math.max(0, ...extents.map((each) => each.greatest));
  // Of several runs that which needs the smaller steps.
  const median = Math.min(...extents.map((each) => each.median));
  const least = Math.min(...extents.map((each) => each.least));
  if (greatest > EVEN_MAX * median) return growingSteps({ least, median, greatest });
  const step = niceStep(greatest / SHADES);
  return evenSteps(step, Math.min(SHADES, Math.max(1, Math.ceil(greatest / step - 1e-9))));
}

const evenSteps = (step: number, count: number): ShadeScale =>
  Array.from({ length: count }, (_, i) => Number((step * (i + 1)).toPrecision(12)));

/**
 * Steps of 1, 2, 5, 10, … from the least amount on, but from none that is far below the median; as many as
 * there are shades, spread evenly.
 */
function growingSteps({ least, median, greatest }: Extent): ShadeScale {
  const last = niceStep(greatest);
  const steps: number[] = [];
  for (
    let step = niceStep(Math.max(least, median / 4));
    step < last * (1 - 1e-9);
    step = niceStep(step * 1.01)
  )
    steps.push(step);
  steps.push(last);
  const count = Math.min(SHADES, steps.length);
  return Array.from(
    { length: count },
    (_, i) => steps[Math.round((i * (steps.length - 1)) / Math.max(1, count - 1))] ?? last,
  );
}

/** Of the amounts above none; all are infinite but `greatest`, which is 0, if there are none. */
interface Extent {
  readonly least: number;
  readonly median: number;
  readonly greatest: number;
}

/** Depends on the whole run and not on `t`: a frame must not look for it again. */
const extents = new WeakMap<RecordingIndex, WeakMap<HeatView, Extent>>();

function extentOf(
  view: HeatView,
  index: RecordingIndex,
  parameters: Readonly<Record<string, ParameterValue>>,
): Extent {
  const ofIndex = extents.get(index) ?? new WeakMap<HeatView, Extent>();
  extents.set(index, ofIndex);
  const known = ofIndex.get(view);
  if (known !== undefined) return known;
  const { columns } = view;
  const values =
    columns.of === 'states'
      ? view.rows.flatMap(({ id }) =>
          columns.fields.flatMap((field) => index.stateHistory(id, field.id).value),
        )
      : amountsOf(view, { index, t: index.shownMs, parameters }).flat();
  const amounts = values
    .filter((value): value is number => typeof value === 'number' && value > 0)
    .sort((a, b) => a - b);
  const found = {
    least: amounts[0] ?? Number.POSITIVE_INFINITY,
    median: amounts[amounts.length >> 1] ?? Number.POSITIVE_INFINITY,
    greatest: amounts.at(-1) ?? 0,
  };
  ofIndex.set(view, found);
  return found;
}

/** The shade of an amount: 0 for none, then from little to `SHADES`; undefined where there is nothing. */
export function shadeOf(amount: Amount, scale: ShadeScale): number | undefined {
  if (amount === undefined) return undefined;
  if (!(amount > 0)) return 0;
  const step = scale.findIndex((upTo) => amount <= upTo * (1 + 1e-9));
  return shadeOfStep(step < 0 ? scale.length : step + 1, scale);
}

/** The shade of the n-th step, from 1; the last has the last of the shades. */
export const shadeOfStep = (n: number, { length }: ShadeScale): number =>
  Math.round((n / length) * SHADES);

/** Neighbours of one shade, as one piece: from column `from` up to but without `to`. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly shade: number;
}

export function piecesOf(shades: readonly (number | undefined)[]): Piece[] {
  const pieces: Piece[] = [];
  for (const [i, shade] of shades.entries()) {
    const last = pieces.at(-1);
    if (shade === undefined || shade === 0) continue;
    if (last?.to === i && last.shade === shade) pieces[pieces.length - 1] = { ...last, to: i + 1 };
    else pieces.push({ from: i, to: i + 1, shade });
  }
  return pieces;
}
