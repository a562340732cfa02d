/** For what tasks ask of a race. */
import type { AnyDefinition, Judgement, RaceReader } from './definition';
import { formatParameter } from './format';
import { defaultsOf, type ParameterValue } from './parameters';
import { RefusedError } from './run';

const isSame = (a: ParameterValue | undefined, b: ParameterValue): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** Whether and how far a race reaches the goal of a task. */
export function judgeTask(
  { parameters, scenarios, variants }: AnyDefinition,
  { held = [], scenario, judge }: AnyDefinition['tasks'][string],
  race: RaceReader,
): Judgement {
  const values = defaultsOf(parameters, scenarios[scenario]?.parameters);
  const changed = held.flatMap((id) => {
    const [parameter, value] = [parameters[id], values[id]];
    return parameter === undefined || value === undefined || isSame(value, race.parameter(id))
      ? []
      : [`${parameter.label} (${formatParameter(parameter, value)})`];
  });
  if (changed.length > 0)
    return { reached: false, reading: `To be set back for this goal: ${changed.join(', ')}.` };
  try {
    return judge(race);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const { variant, reason } = error;
    return { reached: false, reading: `${variants[variant]?.title ?? variant}: ${reason}.` };
  }
}

/** Whether parameters still have the values that a goal is about. */
export const areStill = (
  race: RaceReader,
  values: Readonly<Record<string, ParameterValue>>,
): boolean => Object.entries(values).every(([id, value]) => isSame(race.parameter(id), value));
