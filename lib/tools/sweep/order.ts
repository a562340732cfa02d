/** What a reader asks of a sweep, and the plan that follows from it and from the figure as it stands. */
import type { Figure, FigureState } from '@/lib/figure/figure';
import { declaredResults } from '@/lib/simulation/measures';
import { sweptIds, sweptParameter } from './curves';
import { cellAt, type SweepPlan, seedsFrom } from './plan';
import { sweepValues } from './values';

/** What stands against the first measure over the first parameter. */
export type Against =
  | { readonly kind: 'nothing' }
  /** A second parameter: a grid. */
  | { readonly kind: 'parameter'; readonly id: string }
  /** A second measure: a plane with its Pareto front. */
  | { readonly kind: 'measure'; readonly id: string };

export interface Order {
  readonly parameter: string;
  readonly measure: string;
  readonly against: Against;
  /** The variant that a grid shows; curves and planes show all of the figure. */
  readonly variant: string;
  readonly detail: Detail;
  /** Runs of each point. */
  readonly seeds: number;
}

/** Points along an axis: of one parameter, and of each of two. */
export const DETAILS = {
  coarse: { one: 9, two: 5 },
  medium: { one: 17, two: 7 },
  fine: { one: 33, two: 9 },
} as const;
export type Detail = keyof typeof DETAILS;

export const SEEDS = [1, 3, 5, 10, 20] as const;

type Of = Pick<Figure, 'description' | 'spec'>;

/**
 * Parameters that can be swept, those with a control in the figure first.
 *
 * @param traffic that of the figure; null for what the simulation draws
 */
export function orderedParameters(
  { description, spec }: Of,
  traffic: FigureState['traffic'],
): readonly string[] {
  const all = sweptIds(description, traffic !== null);
  const controlled = spec.controls.filter((id) => all.includes(id));
  return [...controlled, ...all.filter((id) => !controlled.includes(id))];
}

/** Results, those that the figure shows first. */
export function orderedMeasures({ description, spec }: Of): readonly string[] {
  const all = declaredResults(description.measures).map(({ id }) => id);
  const shown = spec.measures.filter((id) => all.includes(id));
  return [...shown, ...all.filter((id) => !shown.includes(id))];
}

/** The order that a panel opens with. */
export function firstOrder(figure: Of, traffic: FigureState['traffic']): Order {
  return {
    parameter: orderedParameters(figure, traffic)[0] ?? '',
    measure: orderedMeasures(figure)[0] ?? '',
    against: { kind: 'nothing' },
    variant: figure.spec.variants[0] ?? '',
    detail: 'medium',
    seeds: 5,
  };
}

/**
 * The runs that an order asks for, around the figure as it stands.
 *
 * @throws Error if a parameter has no range
 */
export function planOf(
  { description, spec }: Of,
  { parameters, seed, traffic }: Pick<FigureState, 'parameters' | 'seed' | 'traffic'>,
  { parameter, against, variant, detail, seeds }: Order,
): SweepPlan {
  const isGrid = against.kind === 'parameter';
  const points = DETAILS[detail][isGrid ? 'two' : 'one'];
  const axisOf = (id: string) => {
    const value = parameters[id];
    return {
      parameter: id,
      values: sweepValues(
        sweptParameter(description, id, traffic !== null),
        points,
        typeof value === 'number' ? value : undefined,
      ),
    };
  };
  return {
    base: {
      parameters,
      seed,
      variants: isGrid ? [variant] : spec.variants,
      interventions: [],
      ...(traffic ? { traffic: traffic.traffic } : {}),
    },
    x: axisOf(parameter),
    y: isGrid ? axisOf(against.id) : null,
    seeds: seedsFrom(seed, seeds),
  };
}

/**
 * What has changed in the figure since a sweep was planned, apart from what it sweeps: ids, "seed" or
 * "traffic".
 */
export function changedSince(
  { base, x, y }: SweepPlan,
  { parameters, seed, traffic }: Pick<FigureState, 'parameters' | 'seed' | 'traffic'>,
): readonly string[] {
  const swept = [x.parameter, y?.parameter];
  const changed = Object.keys(parameters).filter(
    (id) => !swept.includes(id) && parameters[id] !== base.parameters[id],
  );
  return [
    ...changed,
    ...(seed === base.seed ? [] : ['seed']),
    ...(traffic?.traffic === base.traffic ? [] : ['traffic']),
  ];
}

/**
 * The order as far as it can be carried out on this traffic: what is replaced by that from outside
 * cannot be swept on it.
 */
export function orderOn(figure: Of, traffic: FigureState['traffic'], order: Order): Order {
  const all = orderedParameters(figure, traffic);
  const { against } = order;
  const parameter = all.includes(order.parameter) ? order.parameter : (all[0] ?? '');
  const isLost =
    against.kind === 'parameter' && (!all.includes(against.id) || against.id === parameter);
  return { ...order, parameter, against: isLost ? { kind: 'nothing' } : against };
}

/** Number of points of a plan. */
export const pointsOf = (plan: SweepPlan): number => cellAt(plan, 0, plan.y?.values.length ?? 1);
