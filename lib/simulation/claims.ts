/** Claims: what the prose may say only while the runs make it true. */
import { type Entry, reader, runRace, scenarioRequest } from './run';

export interface ClaimVerdict {
  readonly holds: boolean;
  /** What was found, with numbers, for the error message of the build. */
  readonly reading: string;
}

/** Standard errors by which "X beats Y" must hold (rule G5 of the guide standard). */
const STANDARD_ERRORS = 3;

/** @throws Error if the simulation has no such claim. */
export function judgeClaim(entry: Entry, claimId: string): ClaimVerdict {
  const { definition } = entry;
  const claim = Object.hasOwn(definition.claims, claimId) ? definition.claims[claimId] : undefined;
  if (!claim) {
    throw new Error(
      `Expected a claim of "${entry.id}" (${Object.keys(definition.claims).join(', ')}), got "${claimId}".`,
    );
  }
  if (claim.kind === 'holds') {
    const race = reader(runRace(entry, scenarioRequest(definition, claim.scenario)));
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
  let mean = 0;
  let squares = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const race = reader(
      runRace(
        entry,
        scenarioRequest(definition, claim.scenario, { seed, variants: [better, worse] }),
      ),
    );
    const first = race.run(better).results.find(({ id }) => id === resultId);
    const sign = first?.better === 'lower' ? -1 : 1;
    const difference = sign * (race.value(better, resultId) - race.value(worse, resultId));
    const delta = difference - mean;
    mean += delta / seed;
    squares += delta * (difference - mean);
  }
  const standardError = Math.sqrt(squares / (seeds - 1) / seeds);
  return {
    holds: seeds >= 2 && mean > 0 && mean >= STANDARD_ERRORS * standardError,
    reading:
      `${resultId}: "${better}" is better than "${worse}" by ${mean.toPrecision(4)} ` +
      `± ${standardError.toPrecision(3)} (standard error, ${seeds} seeds)`,
  };
}
