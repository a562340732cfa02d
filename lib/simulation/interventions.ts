/** What can be done to a run, held to its declaration: by runs, links and the fork tool alike. */
import type { Description, InterventionEvent } from './definition';
import { misfit } from './parameters';

/** What the judgement needs of a simulation. */
export type Intervenable = Pick<Description, 'title' | 'parameters' | 'interventions'>;

/** An intervention as it comes out of a link: its value may be anything. */
export type UnjudgedEvent =
  | InterventionEvent
  | {
      readonly at: number;
      readonly kind: 'set';
      readonly parameter: string;
      readonly value: unknown;
    };

/** Why a value is none for a parameter, as a sentence; null if it is one. */
export function parameterMisfit(
  { title, parameters }: Pick<Intervenable, 'title' | 'parameters'>,
  id: string,
  value: unknown,
): string | null {
  const parameter = Object.hasOwn(parameters, id) ? parameters[id] : undefined;
  if (!parameter)
    return `Expected a parameter of “${title}” (${Object.keys(parameters).join(', ')}), got “${id}”.`;
  const why = misfit(parameter, value);
  return why === null ? null : `Parameter “${id}” (${parameter.label}): ${why}.`;
}

/** Why an intervention cannot be made, as a sentence; null if it can. */
export function interventionMisfit(simulation: Intervenable, event: UnjudgedEvent): string | null {
  if (!(Number.isFinite(event.at) && event.at >= 0))
    return `Expected an intervention at a time ≥ 0 ms, got ${event.at}.`;
  if (event.kind === 'set') {
    const why = parameterMisfit(simulation, event.parameter, event.value);
    if (why !== null || simulation.parameters[event.parameter]?.live) return why;
    return `Parameter “${event.parameter}” cannot change during a run: only parameters declared live can.`;
  }
  const { title, interventions } = simulation;
  const intervention = Object.hasOwn(interventions, event.id) ? interventions[event.id] : undefined;
  if (!intervention)
    return `Expected an intervention of “${title}” (${Object.keys(interventions).join(', ') || 'it has none'}), got “${event.id}”.`;
  const { targets } = intervention;
  const fits = targets
    ? event.target !== undefined && Object.hasOwn(targets, event.target)
    : event.target === undefined;
  if (fits) return null;
  return `Expected ${targets ? `a target of “${event.id}” (${Object.keys(targets).join(', ')})` : `no target for “${event.id}”`}, got “${event.target}”.`;
}
