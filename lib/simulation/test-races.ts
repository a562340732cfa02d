/** For the tests of a simulation: its races, by scenario. */
import type { AnyDefinition, RaceReader } from './definition';
import type { RunRequest } from './protocol';
import { type Entry, reader, runRace, scenarioRequest } from './run';

interface Tested<ScenarioId extends string> {
  readonly entry: Entry;
  /** The race of a scenario, as a task or a check reads it. */
  readonly raceOf: (scenario: ScenarioId, overrides?: Partial<RunRequest>) => RaceReader;
}

/** @param simulation as its folder exports it, with its own types */
export function tested<S extends Readonly<Record<string, unknown>>>(
  category: string,
  id: string,
  simulation: { readonly scenarios: S },
): Tested<keyof S & string> {
  const entry = { id, category, definition: simulation as unknown as AnyDefinition };
  return {
    entry,
    raceOf: (scenario, overrides = {}) =>
      reader(runRace(entry, scenarioRequest(entry.definition, scenario, overrides))),
  };
}
