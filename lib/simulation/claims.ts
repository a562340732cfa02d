/** Claims: what the prose may say only while the runs make it true. */
import { pairedDifference } from '../kernel/statistics';
import type { Race } from './definition';
import { type Entry, reader, runRace, scenarioRequest } from './run';

export interface ClaimVerdict {
  readonly holds: boolean;
  /** What was found, with numbers, for the error message of the build. */
  readonly reading: string;
}

/** Standard errors by which "X beats Y" must hold (rule G5 of the guide standard). */
const STANDARD_ERRORS = 3;

/**
 * Whether a claim holds, with what was found.
 *
 * @param raceOf the race of a scenario as it is; a caller that has run it already need not run it again
 * @throws Error if the simulation has no such claim.
 */
export function judgeClaim(
  entry: Entry,
  claimId: string,
  raceOf = (scenarioId: string): Race =>
    runRace(entry, scenarioRequest(entry.definition, scenarioId)),
): ClaimVerdict {
  const { definition } = entry;
  const claim = Object.hasOwn(definition.claims, claimId) ? definition.claims[claimId] : undefined;
  if (!claim) {
    throw new Error(
      `Expected a claim of "${entry.id}" (${Object.keys(definition.claims).join(', ')}), got "${claimId}".`,
    );
  }
  if (claim.kind === 'holds') {
    const race = reader(raceOf(claim.scenario));
    const holds = claim.holds(race);
    const readings = race.race.runs.map(
      ({ variant, results }) =>
        `${variant}: ${results.map(({ id, value }) => `${id} = ${value ?? 'none'}`).join(', ')}`,
    );
    return { holds, reading: readings.join('; ') };
  }

  const { better, worse, result: resultId, seeds } = claim;
  // Paired: both variants meet the same arrivals of each seed, so the spread that matters is that of
  // the difference, not that of either.
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const race = reader(
      runRace(
        entry,
        scenarioRequest(definition, claim.scenario, { seed, variants: [better, worse] }),
      ),
    );
    const lowerIsBetter =
      race.run(better).results.find(({ id }) => id === resultId)?.better === 'lower';
    const sign = lowerIsBetter ? -1 : 1;
    ours.push(sign * race.value(better, resultId));
    theirs.push(sign * race.value(worse, resultId));
  }
  const { mean, standardError } = pairedDifference(ours, theirs);
  return {
    holds: mean > 0 && mean >= STANDARD_ERRORS * standardError,
    reading:
      `${resultId}: "${better}" is better than "${worse}" by ${mean.toPrecision(4)} ` +
      `± ${standardError.toPrecision(3)} (standard error, ${seeds} seeds)`,
  };
}
