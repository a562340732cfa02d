/** For what tasks and predictions ask of a race. */
import type { AnyDefinition, Judgement, RaceReader } from './definition';
import { formatLabelled } from './format';
import { defaultsOf, type ParameterValue } from './parameters';
import { RefusedError } from './run';

const isSame = (a: ParameterValue, b: ParameterValue): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/**
 * Whether and how far a race reaches the goal of a task. What has no control in its scenario is held as
 * well: a link can change it.
 */
export function judgeTask(
  { parameters, scenarios, variants }: AnyDefinition,
  { held = [], scenario, judge }: AnyDefinition['tasks'][string],
  race: RaceReader,
): Judgement {
  const values = defaultsOf(parameters, scenarios[scenario]?.parameters);
  const free = (scenarios[scenario]?.controls ?? []).filter((id) => !held.includes(id));
  const changed = Object.entries(parameters).flatMap(([id, parameter]) => {
    const value = values[id] ?? parameter.default;
    return free.includes(id) || isSame(race.parameter(id), value)
      ? []
      : [formatLabelled(parameter, value)];
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

/** The option that a race makes true; undefined where the answer reads a value that the run refuses. */
export function answerOf(
  { answer }: AnyDefinition['predictions'][string],
  race: RaceReader,
): string | undefined {
  try {
    return answer(race);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return undefined;
  }
}
