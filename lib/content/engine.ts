/** What the build asks of a simulation; bundled with it into one module. */

import { type ClaimVerdict, judgeOf } from '../simulation/claims';
import type { CheckDescriptions, Description, PlantedBug, Race } from '../simulation/definition';
import { describe, describeChecks } from '../simulation/describe';
import type { Incident } from '../simulation/incident';
import type { RunRequest } from '../simulation/protocol';
import { type Entry, measureRace, runRace } from '../simulation/run';
import type { SweepCurves } from '../tools/sweep/curves';
import { measureReady, type ReadySweep } from '../tools/sweep/ready';

export interface Engine {
  readonly description: Description;
  readonly checks: CheckDescriptions;
  /** Check → the variants that it says something about. */
  readonly checkedVariants: Readonly<Record<string, readonly string[]>>;
  readonly plantedBugs: Readonly<Record<string, PlantedBug<string>>>;
  readonly claims: Readonly<Record<string, { readonly statement: string }>>;
  readonly incidents: Readonly<Record<string, Incident>>;
  readonly run: (request: RunRequest) => Race;
  readonly sweep: (sweep: ReadySweep) => SweepCurves;
  readonly judgeClaim: (claim: string) => ClaimVerdict;
}

export function engineOf(entry: Entry): Engine {
  const description = describe(entry);
  return {
    description,
    checks: describeChecks(entry.definition),
    checkedVariants: Object.fromEntries(
      Object.entries(entry.definition.checks).map(([id, { variants }]) => [id, variants]),
    ),
    plantedBugs: entry.definition.plantedBugs,
    claims: Object.fromEntries(
      Object.entries(entry.definition.claims).map(([id, { statement }]) => [id, { statement }]),
    ),
    incidents: entry.definition.incidents ?? {},
    run: (request) => runRace(entry, request),
    sweep: (sweep) => measureReady(description, sweep, (request) => measureRace(entry, request)),
    judgeClaim: judgeOf(entry),
  };
}
