/** An incident with a seed: the inputs of the run that goes wrong. */
import { keyedUniform } from '@/lib/kernel/random';
import type { Description } from '@/lib/simulation/definition';
import type { Incident, IncidentAction } from '@/lib/simulation/incident';
import { misfit, type ParameterValue } from '@/lib/simulation/parameters';
import type { RunRequest } from '@/lib/simulation/protocol';

/** The seed of the instance that a page opens with. */
export const FIRST_SEED = 1;

/**
 * The run in which nobody does anything.
 *
 * @throws Error if the incident names what the simulation does not have
 */
export function instanceOf(
  { scenarios, parameters: declared, title }: Description,
  { scenario, variant, parameters, trigger }: Incident,
  seed: number,
): RunRequest {
  const base = { ...scenarios[scenario]?.parameters, ...parameters };
  const parameter = declared[trigger.parameter];
  const before = base[trigger.parameter];
  if (!parameter || before === undefined) {
    throw new Error(
      `Expected the trigger of an incident to be a parameter of “${title}” (${Object.keys(declared).join(', ')}), got “${trigger.parameter}”.`,
    );
  }
  const later = laterBy(before, laterMs(trigger.laterMs, seed));
  const why = misfit(parameter, later);
  if (why !== null) {
    throw new Error(
      `Expected the trigger of an incident to fit “${parameter.label}” of “${title}” however late it is: ${why}. Lower laterMs.`,
    );
  }
  return {
    seed,
    variants: [variant],
    interventions: [],
    parameters: { ...base, [trigger.parameter]: later },
  };
}

/** In whole seconds, each as likely as any other. */
const laterMs = (mostMs: number, seed: number): number =>
  1000 * Math.floor(keyedUniform(seed, 'incident', 0) * (mostMs / 1000 + 1));

function laterBy(value: ParameterValue, ms: number): ParameterValue {
  if (typeof value === 'number') return value + ms;
  if (typeof value !== 'object') return value;
  return value.map((step, i) => (i === 0 ? step : { ...step, atMs: step.atMs + ms }));
}

/** What an action is called and what it does, in words. */
export function actionInWords(
  { interventions, parameters }: Description,
  { deed, label, describe }: IncidentAction,
): { readonly label: string; readonly describe: string } {
  const declared = deed.kind === 'act' ? interventions[deed.id] : parameters[deed.parameter];
  return {
    label: label ?? declared?.label ?? '',
    describe: describe ?? declared?.describe ?? '',
  };
}
