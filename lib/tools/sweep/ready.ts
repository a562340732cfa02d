/**
 * Ready-made sweeps: what a guide shows of a value that it recommends. Computed when the site is built,
 * for the still, and once more in the reader's browser, by the same plan.
 */
import type { Description } from '@/lib/simulation/definition';
import type { RaceResults } from '@/lib/simulation/measures';
import type { ParameterValue } from '@/lib/simulation/parameters';
import type { RunRequest } from '@/lib/simulation/protocol';
import { type SweepCurves, sweepCurves, sweptParameter } from './curves';
import type { SweepOutcome } from './estimate';
import { requestOf, type SweepPlan, seedsFrom, sweepRuns } from './plan';
import { sweepValues } from './values';

/** All of it; a page is told only what differs from `readyDefaults`. */
export interface ReadySweep {
  readonly scenario: string;
  readonly parameter: string;
  /** Ids of results, a panel each. */
  readonly measures: readonly string[];
  readonly variants: readonly string[];
  /** Parameters other than those of the scenario. */
  readonly set: Readonly<Record<string, ParameterValue>>;
  /** The value that is marked: the recommended one. */
  readonly value: number;
  readonly points: number;
  readonly seeds: number;
}

/** What a guide may leave unsaid. */
export type ReadyChoices = Pick<ReadySweep, 'scenario' | 'parameter'> & Partial<ReadySweep>;

/**
 * The choices with everything that they leave to the scenario.
 *
 * @throws Error if the scenario or the parameter does not exist, or has no range
 */
export function completeReady(description: Description, choices: ReadyChoices): ReadySweep {
  const scenario = description.scenarios[choices.scenario];
  if (!scenario) {
    throw new Error(
      `Expected a scenario of “${description.title}” (${Object.keys(description.scenarios).join(', ')}), got “${choices.scenario}”.`,
    );
  }
  const { default: usual } = sweptParameter(description, choices.parameter);
  const value = scenario.parameters[choices.parameter];
  return {
    measures: scenario.measures,
    variants: scenario.variants,
    set: {},
    value: typeof value === 'number' ? value : usual,
    points: 9,
    seeds: 5,
    ...choices,
  };
}

/** The choices that say something which the scenario does not. */
export function shortReady(description: Description, ready: ReadySweep): ReadyChoices {
  const { scenario, parameter } = ready;
  const whole: ReadySweep = completeReady(description, { scenario, parameter });
  const differing = (Object.keys(whole) as (keyof ReadySweep)[]).filter(
    (key) => JSON.stringify(ready[key]) !== JSON.stringify(whole[key]),
  );
  return { scenario, parameter, ...Object.fromEntries(differing.map((key) => [key, ready[key]])) };
}

export function readyPlan(description: Description, ready: ReadySweep): SweepPlan {
  const { scenario, parameter, variants, set, value, points, seeds } = ready;
  const { parameters, seed } = description.scenarios[scenario] ?? { parameters: {}, seed: 1 };
  return {
    base: { parameters: { ...parameters, ...set }, seed, variants, interventions: [] },
    x: { parameter, values: sweepValues(sweptParameter(description, parameter), points, value) },
    y: null,
    seeds: seedsFrom(seed, seeds),
  };
}

export function readyCurves(
  description: Description,
  ready: ReadySweep,
  outcomes: readonly SweepOutcome[],
): SweepCurves {
  const { measures, value } = ready;
  return sweepCurves(description, readyPlan(description, ready), outcomes, {
    measures,
    present: value,
  });
}

/** All runs at once, one after the other. What a run throws is thrown. */
export function measureReady(
  description: Description,
  ready: ReadySweep,
  measure: (request: RunRequest) => RaceResults,
): SweepCurves {
  const plan = readyPlan(description, ready);
  const outcomes = sweepRuns(plan).map((run) => ({
    ...run,
    results: measure(requestOf(plan, run)),
  }));
  return readyCurves(description, ready, outcomes);
}
