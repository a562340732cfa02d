/**
 * Sweeps of which a reader wants two things at once: one measure over two parameters (a grid), or two
 * measures over one parameter (a plane, with its Pareto front).
 */
import type { Description } from '@/lib/simulation/definition';
import { declaredResults, type Result } from '@/lib/simulation/measures';
import { type CurveAxis, curveAxis, isOutside } from './curves';
import { byCell, type Estimate, estimateOf, type SweepOutcome } from './estimate';
import { type Direction, paretoFront } from './pareto';
import { cellAt, type SweepPlan } from './plan';

type SweptResult = Pick<Result, 'id' | 'label' | 'unit' | 'better'>;

export interface SweepGrid {
  readonly result: SweptResult;
  readonly x: CurveAxis;
  readonly y: CurveAxis;
  readonly xValues: readonly number[];
  readonly yValues: readonly number[];
  /** Rows by the values of y, columns by those of x; null where nothing is computed yet. */
  readonly rows: readonly (readonly (Estimate | null)[])[];
  /** The least and the greatest value so far; null without any. */
  readonly range: { readonly least: number; readonly greatest: number } | null;
}

/** @throws Error if the plan has one parameter only, or the result does not exist */
export function sweepGrid(
  description: Description,
  plan: SweepPlan,
  outcomes: readonly SweepOutcome[],
  options: { readonly measure: string; readonly variant: string },
): SweepGrid {
  const { x, y } = plan;
  if (y === null) throw new Error('Expected a sweep over two parameters, got one over one.');
  const cells = byCell(outcomes);
  const rows = y.values.map((_, yIndex) =>
    x.values.map((__, xIndex) =>
      estimateOf(cells.get(cellAt(plan, xIndex, yIndex)) ?? [], options.variant, options.measure),
    ),
  );
  const values = rows.flat().flatMap((estimate) => estimate?.value ?? []);
  return {
    result: resultOf(description, options.measure),
    x: curveAxis(description, x.parameter, isOutside(plan)),
    y: curveAxis(description, y.parameter, isOutside(plan)),
    xValues: x.values,
    yValues: y.values,
    rows,
    range:
      values.length === 0 ? null : { least: Math.min(...values), greatest: Math.max(...values) },
  };
}

/** One setting of one variant, by what it gives in both measures. */
export interface PlanePoint {
  readonly variant: number;
  /** Of the parameter. */
  readonly value: number;
  readonly x: Estimate & { readonly value: number };
  readonly y: Estimate & { readonly value: number };
  /** Whether no other point is better in both. */
  readonly isFront: boolean;
}

export interface SweepPlane {
  readonly axis: CurveAxis;
  readonly x: SweptResult;
  readonly y: SweptResult;
  readonly variants: readonly string[];
  /** Settings that have both measures, variant by variant, by rising value of the parameter. */
  readonly points: readonly PlanePoint[];
  /** Indexes of the points of the front, best in x first; null if a measure has no better direction. */
  readonly front: readonly number[] | null;
}

/** @throws Error if a result does not exist */
export function sweepPlane(
  description: Description,
  plan: SweepPlan,
  outcomes: readonly SweepOutcome[],
  measures: { readonly x: string; readonly y: string },
): SweepPlane {
  const [x, y] = [resultOf(description, measures.x), resultOf(description, measures.y)];
  const cells = byCell(outcomes);
  const points = plan.base.variants.flatMap((id, variant) =>
    plan.x.values.flatMap((value, i) => {
      const here = cells.get(cellAt(plan, i)) ?? [];
      const [across, up] = [estimateOf(here, id, x.id), estimateOf(here, id, y.id)];
      return isKnown(across) && isKnown(up) ? [{ variant, value, x: across, y: up }] : [];
    }),
  );
  const front =
    x.better === 'neither' || y.better === 'neither'
      ? null
      : paretoFront(
          points.map((point) => ({ x: point.x.value, y: point.y.value })),
          { x: x.better satisfies Direction, y: y.better satisfies Direction },
        );
  const inFront = new Set(front);
  return {
    axis: curveAxis(description, plan.x.parameter, isOutside(plan)),
    x,
    y,
    variants: plan.base.variants.map((id) => description.variants[id]?.title ?? id),
    points: points.map((point, index) => ({ ...point, isFront: inFront.has(index) })),
    front,
  };
}

const isKnown = (estimate: Estimate | null): estimate is Estimate & { readonly value: number } =>
  estimate !== null && estimate.value !== null;

function resultOf(description: Description, measure: string): SweptResult {
  const results = declaredResults(description.measures);
  const result = results.find(({ id }) => id === measure);
  if (result) return result;
  throw new Error(
    `Expected a result of “${description.title}” (${results.map(({ id }) => id).join(', ')}), got “${measure}”.`,
  );
}
