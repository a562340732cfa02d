/** For what tasks ask of a race. */
import type { RaceReader } from './definition';
import type { ParameterValue } from './parameters';

/** Whether parameters still have the values that a goal is about. */
export const areStill = (
  race: RaceReader,
  values: Readonly<Record<string, ParameterValue>>,
): boolean =>
  Object.entries(values).every(
    ([id, value]) => JSON.stringify(race.parameter(id)) === JSON.stringify(value),
  );
