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

/** Equal steps from 0: the first shade is for amounts up to `step`, the last for those up to all of them. */
export interface ShadeScale {
  readonly step: number;
  /** From 1 to `SHADES`. */
  readonly steps: number;
}

/** A scale for all runs, up to what is declared or up to a round number from the greatest amount on. */
export function scaleOf(
  view: HeatView,
  indices: readonly RecordingIndex[],
  parameters: Readonly<Record<string, ParameterValue>>,
): ShadeScale {
  const declared =
    view.value.max === undefined ? undefined : levelAt(view.value.max, parameters, 0);
  if (declared !== undefined && declared > 0) return { step: declared / SHADES, steps: SHADES };
  const greatest = Math.max(0, ...indices.map((index) => greatestOf(view, index, parameters)));
  const step = niceStep(greatest / SHADES);
  return { step, steps: Math.min(SHADES, Math.max(1, Math.ceil(greatest / step - 1e-9))) };
}

/** Depends on the whole run and not on `t`: a frame must not look for it again. */
const greatest = new WeakMap<RecordingIndex, WeakMap<HeatView, number>>();

function greatestOf(
  view: HeatView,
  index: RecordingIndex,
  parameters: Readonly<Record<string, ParameterValue>>,
): number {
  const ofIndex = greatest.get(index) ?? new WeakMap<HeatView, number>();
  greatest.set(index, ofIndex);
  const known = ofIndex.get(view);
  if (known !== undefined) return known;
  const { columns } = view;
  const values =
    columns.of === 'states'
      ? view.rows.flatMap(({ id }) =>
          columns.fields.flatMap((field) => index.stateHistory(id, field.id).value),
        )
      : amountsOf(view, { index, t: index.shownMs, parameters }).flat();
  const found = values.reduce<number>(
    (most, value) => (typeof value === 'number' && value > most ? value : most),
    0,
  );
  ofIndex.set(view, found);
  return found;
}

/** The shade of an amount: 0 for none, then from little to `SHADES`; undefined where there is nothing. */
export function shadeOf(amount: Amount, scale: ShadeScale): number | undefined {
  if (amount === undefined) return undefined;
  return amount > 0 ? shadeOfStep(Math.ceil(amount / scale.step - 1e-9), scale) : 0;
}

/** The shade of the n-th step, from 1; the last has the last of the shades. */
export const shadeOfStep = (n: number, { steps }: ShadeScale): number =>
  Math.round((Math.min(steps, Math.max(1, n)) / steps) * SHADES);

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
