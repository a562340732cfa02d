/** The figures that content asks for: what each shows, and the key under which its still is kept. */
import { createHash } from 'node:crypto';
import { FIRST_SEED, instanceOf } from '../incident/instance';
import type { RunRequest } from '../simulation/protocol';
import type { ReadySweep } from '../tools/sweep/ready';
import { requestOf, type SimulationRecord } from './simulations';

/** What the elements of a guide turn into. Lists are complete: nothing is left to the scenario. */
export type FigureSpec =
  | {
      readonly kind: 'simulation';
      readonly figure: string;
      readonly scenario: string;
      readonly controls: readonly string[];
      readonly views: readonly string[];
      readonly variants: readonly string[];
      readonly measures: readonly string[];
    }
  | {
      readonly kind: 'comparison';
      readonly figure: string;
      readonly scenario: string;
      readonly variants: readonly string[];
      readonly measures: readonly string[];
    }
  | ({ readonly kind: 'sweep'; readonly figure: string } & ReadySweep)
  | { readonly kind: 'explorer'; readonly figure: string; readonly scenario: string }
  | { readonly kind: 'tasks'; readonly figure: string; readonly tasks: readonly string[] }
  | { readonly kind: 'prediction'; readonly figure: string; readonly prediction: string }
  | { readonly kind: 'incident'; readonly figure: string; readonly incident: string }
  | { readonly kind: 'checks'; readonly figure: string }
  | { readonly kind: 'omissions'; readonly figure: string };

export type FigureKind = FigureSpec['kind'];

/** The spec of a scenario just as it is declared, as the gallery and the home page show it. */
export function scenarioFigure(
  record: SimulationRecord,
  scenarioId: string,
  overrides: Partial<Omit<Extract<FigureSpec, { kind: 'simulation' }>, 'kind' | 'scenario'>> = {},
): Extract<FigureSpec, { kind: 'simulation' }> {
  const scenario = record.description.scenarios[scenarioId];
  if (scenario === undefined) {
    throw new Error(
      `Expected a scenario of "${record.id}" (${Object.keys(record.description.scenarios).join(', ')}), got "${scenarioId}".`,
    );
  }
  return {
    kind: 'simulation',
    figure: overrides.figure ?? scenarioId,
    scenario: scenarioId,
    controls: overrides.controls ?? scenario.controls,
    views: overrides.views ?? scenario.views,
    variants: overrides.variants ?? scenario.variants,
    measures: overrides.measures ?? scenario.measures,
  };
}

/** The figures of a simulation's own page: all its scenarios in one place, and what belongs to it. */
export function pageFigures(record: SimulationRecord): FigureSpec[] {
  const { id, description } = record;
  const [scenario] = Object.keys(description.scenarios);
  const tasks = Object.keys(description.tasks);
  return [
    ...(scenario === undefined
      ? []
      : [{ kind: 'explorer', figure: `${id}-explorer`, scenario } as const]),
    ...(tasks.length === 0 ? [] : [{ kind: 'tasks', figure: `${id}-tasks`, tasks } as const]),
    { kind: 'checks', figure: `${id}-checks` },
    { kind: 'omissions', figure: `${id}-omissions` },
  ];
}

/**
 * The run that a figure's still is drawn from; null for those that draw none, or many. A
 * prediction opens with the scenario that its entry names, an incident with nobody doing anything.
 */
export function figureRequest(record: SimulationRecord, spec: FigureSpec): RunRequest | null {
  const { description } = record;
  switch (spec.kind) {
    case 'explorer':
      return requestOf(description, spec.scenario);
    case 'simulation':
    case 'comparison':
      return requestOf(description, spec.scenario, { variants: spec.variants });
    case 'prediction': {
      const prediction = description.predictions[spec.prediction];
      return prediction === undefined ? null : requestOf(description, prediction.scenario);
    }
    case 'incident': {
      const incident = record.incidents[spec.incident];
      return incident === undefined ? null : instanceOf(description, incident, FIRST_SEED);
    }
    case 'sweep':
    case 'tasks':
    case 'checks':
    case 'omissions':
      return null;
    default:
      return spec satisfies never;
  }
}

/**
 * Name of the still's file: the same for the same figure of the same simulation, anywhere. The script
 * counts, since the still says where it lies, and it can change without the engine that runs here.
 */
export function figureKey({ id, hash, bundle }: SimulationRecord, spec: FigureSpec): string {
  return createHash('sha256')
    .update(JSON.stringify([id, hash, bundle, spec]))
    .digest('hex')
    .slice(0, 16);
}
