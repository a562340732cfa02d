/**
 * A sweep over one parameter as curves: for each measure and variant an estimate at each value. Plain
 * data, from which the chart, its still, its table and its words are made.
 */
import type { Description } from '@/lib/simulation/definition';
import { unitOf } from '@/lib/simulation/format';
import { declaredResults, type Result } from '@/lib/simulation/measures';
import { parametersFor, type Unit } from '@/lib/simulation/parameters';
import { type Cliff, findCliff } from './cliff';
import { byCell, type Estimate, estimateOf, type SweepOutcome } from './estimate';
import { cellAt, type SweepPlan } from './plan';
import { isSwept, type SweptParameter } from './swept';
import { axisShare } from './values';

/** The parameter that is varied, as an axis. */
export interface CurveAxis extends Pick<SweptParameter, 'label' | 'min' | 'max' | 'scale'> {
  readonly unit: Unit;
  /** Whether the parameter counts something. */
  readonly isWhole?: boolean;
}

/** One variant's estimates, in the order of the values; null where none is computed yet. */
export type Curve = readonly (Estimate | null)[];

export interface CurvePanel extends Pick<Result, 'id' | 'label' | 'unit' | 'better'> {
  /** In the order of the variants. */
  readonly curves: readonly Curve[];
}

export interface SweepCurves {
  readonly axis: CurveAxis;
  /** Rising. */
  readonly values: readonly number[];
  /** The value that the figure has, or that the guide recommends; null if there is none to mark. */
  readonly present: number | null;
  /** Titles of the variants. */
  readonly variants: readonly string[];
  /** With how many seeds each point is to be run. */
  readonly seeds: number;
  readonly panels: readonly CurvePanel[];
}

/**
 * @param measures ids of results, a panel each
 * @throws Error if the parameter has no range, naming those that have
 */
export function sweepCurves(
  description: Description,
  plan: SweepPlan,
  outcomes: readonly SweepOutcome[],
  { measures, present }: { readonly measures: readonly string[]; readonly present: number | null },
): SweepCurves {
  const cells = byCell(outcomes);
  const results = declaredResults(description.measures);
  return {
    axis: curveAxis(description, plan.x.parameter, isOutside(plan)),
    values: plan.x.values,
    present,
    variants: plan.base.variants.map((id) => description.variants[id]?.title ?? id),
    seeds: plan.seeds.length,
    panels: measures.flatMap((measure): CurvePanel[] => {
      const result = results.find(({ id }) => id === measure);
      if (!result) return [];
      const { id, label, unit, better } = result;
      const curves = plan.base.variants.map((variant) =>
        plan.x.values.map((_, i) => estimateOf(cells.get(cellAt(plan, i)) ?? [], variant, id)),
      );
      return [{ id, label, unit, better, curves }];
    }),
  };
}

/** Whether the runs of a plan are on traffic from outside. */
export const isOutside = ({ base }: SweepPlan): boolean => base.traffic !== undefined;

/**
 * A parameter with the range that it has on generated traffic, or on traffic from outside.
 *
 * @throws Error if it cannot be swept there, naming those that can
 */
export function sweptParameter(
  description: Description,
  id: string,
  onOutside = false,
): SweptParameter {
  const ids = sweptIds(description, onOutside);
  const parameter = ids.includes(id) ? parametersFor(description, onOutside)[id] : undefined;
  if (parameter && isSwept(parameter)) return parameter;
  throw new Error(`Expected a parameter with a range of numbers (${ids.join(', ')}), got "${id}".`);
}

/** Parameters that can be swept: on traffic from outside not those that shape what it replaces. */
export function sweptIds(description: Description, onOutside = false): readonly string[] {
  const replaced = onOutside ? (description.traffic?.replaces ?? []) : [];
  return Object.entries(parametersFor(description, onOutside)).flatMap(([id, parameter]) =>
    isSwept(parameter) && !replaced.includes(id) ? [id] : [],
  );
}

export function curveAxis(description: Description, id: string, onOutside = false): CurveAxis {
  const parameter = sweptParameter(description, id, onOutside);
  const { label, min, max, scale } = parameter;
  return {
    label,
    unit: unitOf(parameter),
    min,
    max,
    isWhole: parameter.kind === 'count',
    ...(scale ? { scale } : {}),
  };
}

export function cliffOf({ axis, values }: SweepCurves, curve: Curve): Cliff | null {
  return findCliff(
    values.map((value, i) => ({
      share: axisShare(axis, value),
      value: curve[i]?.value ?? null,
      halfWidth: curve[i]?.halfWidth ?? null,
    })),
  );
}
