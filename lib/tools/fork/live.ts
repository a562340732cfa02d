/** Parameters that can change during a run, and how a reader sets them "from now on". */
import type { Description } from '@/lib/simulation/definition';
import {
  misfit,
  type Parameter,
  type ParameterValue,
  type Schedule,
  scheduledAt,
  snap,
} from '@/lib/simulation/parameters';

/** Ids of the parameters that can change during a run, in their order. */
export const liveParameters = ({ parameters }: Pick<Description, 'parameters'>): string[] =>
  Object.keys(parameters).filter((id) => parameters[id]?.live);

/**
 * What is offered for a parameter from a moment on. What would change over time by a schedule is then
 * held at one value: the schedule has had its say.
 */
export function fromNowOn(parameter: Parameter): Parameter {
  if (parameter.kind !== 'schedule') return parameter;
  const { label, describe, live, unit, min, max, step } = parameter;
  return {
    kind: 'quantity',
    label,
    describe,
    live,
    unit,
    min,
    max,
    step,
    default: scheduledAt(parameter.default, 0),
  };
}

/** The value of a parameter at a moment (simulated ms), as `fromNowOn` offers it. */
export const valueNow = (value: ParameterValue, atMs: number): ParameterValue =>
  typeof value === 'object' ? scheduledAt(value, atMs) : value;

/** A value chosen for `fromNowOn(parameter)`, as the parameter itself takes it; null if it does not. */
export function asDeclared(parameter: Parameter, chosen: ParameterValue): ParameterValue | null {
  const fitted =
    typeof chosen === 'number' && 'step' in parameter ? snap(parameter, chosen) : chosen;
  const value: ParameterValue =
    parameter.kind === 'schedule' && typeof fitted === 'number'
      ? ([{ atMs: 0, value: fitted }] satisfies Schedule)
      : fitted;
  return misfit(parameter, value) === null ? value : null;
}
