/**
 * The simulations as content sees them: what there is to name, and what their runs say. The build
 * implements it over bundles and a cache on disk (`disk-simulations.ts`); tests over a definition.
 */

import type { ClaimVerdict } from '../simulation/claims';
import type { CheckDescriptions, Description, Race } from '../simulation/definition';
import type { Incident } from '../simulation/incident';
import type { RaceResults } from '../simulation/measures';
import type { RunRequest } from '../simulation/protocol';
import type { SweepCurves } from '../tools/sweep/curves';
import type { ReadySweep } from '../tools/sweep/ready';

/** One simulation, as far as it is known without running it. */
export interface SimulationRecord {
  readonly id: string;
  readonly category: string;
  /**
   * Address of the script that runs it, from the root of the site: "/sim/<id>.<hash>.js". Those of its
   * other files follow from it (lib/simulation-files.ts).
   */
  readonly bundle: string;
  /** Hash of everything that runs: same hash, same runs. */
  readonly hash: string;
  readonly description: Description;
  readonly checks: CheckDescriptions;
  readonly claims: Readonly<Record<string, { readonly statement: string }>>;
  readonly incidents: Readonly<Record<string, Incident>>;
  /** Variant → path of its model's source from the root of the repository. */
  readonly models: Readonly<Record<string, string>>;
}

export interface Simulations {
  readonly ids: () => readonly string[];
  readonly find: (id: string) => SimulationRecord | undefined;
  readonly results: (record: SimulationRecord, request: RunRequest) => Promise<RaceResults>;
  readonly race: (record: SimulationRecord, request: RunRequest) => Promise<Race>;
  readonly sweep: (record: SimulationRecord, sweep: ReadySweep) => Promise<SweepCurves>;
  readonly judgeClaim: (record: SimulationRecord, claim: string) => Promise<ClaimVerdict>;
  /** Text of a file of the repository, for the sources of models; undefined if there is none. */
  readonly readSource: (path: string) => string | undefined;
}

/** The request that a scenario stands for, from its description alone: no engine is loaded for it. */
export function requestOf(
  description: Description,
  scenarioId: string,
  overrides: Partial<RunRequest> = {},
): RunRequest {
  const scenario = description.scenarios[scenarioId];
  if (scenario === undefined) {
    throw new Error(
      `Expected a scenario of "${description.id}" (${Object.keys(description.scenarios).join(', ')}), got "${scenarioId}".`,
    );
  }
  return {
    seed: overrides.seed ?? scenario.seed,
    variants: overrides.variants ?? scenario.variants,
    interventions: overrides.interventions ?? [],
    parameters: { ...scenario.parameters, ...overrides.parameters },
  };
}
