/** Claims: what the prose may say only while the runs make it true. */
import { pairedDifference } from '../kernel/statistics';
import type { AnyDefinition, Race } from './definition';
import type { RaceResults } from './measures';
import {
  type Entry,
  measureRace,
  reader,
  resultIn,
  runRaceToMeasure,
  scenarioRequest,
  valueIn,
} from './run';

export interface ClaimVerdict {
  readonly holds: boolean;
  /** What was found, with numbers, for the error message of the build. */
  readonly reading: string;
}

/** Standard errors by which "X beats Y" must hold (rule G5 of the guide standard). */
const STANDARD_ERRORS = 3;

/**
 * With so many seeds, the lowest that are not its own, a scenario must show what is said of its model:
 * that must not be the luck of the one run that is shown. When this was introduced, one of the seeds up
 * to twenty contradicted 23 of 188 claims; one of the first five did so for 16 of them.
 */
const OTHER_SEEDS = 5;

/**
 * @returns whether a claim of this simulation holds, with what was found. What one claim has run, the
 * next need not run again. Throws an Error if the simulation has no such claim.
 */
export function judgeOf(entry: Entry): (claimId: string) => ClaimVerdict {
  const { definition } = entry;
  /** By scenario and seed: whole races, and what variants have measured in them or by themselves. */
  const races = new Map<string, Race>();
  const measured = new Map<string, RaceResults>();

  const raceWith = (scenario: string, seed?: number): Race => {
    const request = scenarioRequest(definition, scenario, seed === undefined ? {} : { seed });
    const key = `${scenario} ${request.seed}`;
    const known = races.get(key);
    if (known) return known;
    const race = runRaceToMeasure(entry, request);
    const results = race.runs.map(({ variant, results }) => [variant, results] as const);
    races.set(key, race);
    measured.set(key, { ...measured.get(key), ...Object.fromEntries(results) });
    return race;
  };
  const resultsOf = (scenario: string, seed: number, variants: readonly string[]): RaceResults => {
    const key = `${scenario} ${seed}`;
    const known = measured.get(key) ?? {};
    const missing = variants.filter((variant) => !(variant in known));
    if (missing.length === 0) return known;
    const request = scenarioRequest(definition, scenario, { seed, variants: missing });
    const results = { ...known, ...measureRace(entry, request) };
    measured.set(key, results);
    return results;
  };
  return (claimId) => judge(definition, claimId, { raceWith, resultsOf });
}

/** What a claim may ask for. */
interface Evidence {
  /** The race of a scenario, as it is or with another seed. */
  readonly raceWith: (scenario: string, seed?: number) => Race;
  /** What these variants measure in a scenario with this seed, at the least. */
  readonly resultsOf: (scenario: string, seed: number, variants: readonly string[]) => RaceResults;
}

function judge(
  definition: AnyDefinition,
  claimId: string,
  { raceWith, resultsOf }: Evidence,
): ClaimVerdict {
  const claim = Object.hasOwn(definition.claims, claimId) ? definition.claims[claimId] : undefined;
  if (!claim) {
    throw new Error(
      `Expected a claim of “${definition.title}” (${Object.keys(definition.claims).join(', ')}), got "${claimId}".`,
    );
  }
  if (claim.kind === 'holds') {
    const shown = raceWith(claim.scenario);
    const others = Array.from({ length: OTHER_SEEDS + 1 }, (_, i) => i + 1)
      .filter((seed) => seed !== shown.seed)
      .slice(0, OTHER_SEEDS);
    const seeds = claim.isOfThisRun ? [] : others;
    let race = shown;
    let holds = claim.holds(reader(race));
    for (const seed of seeds) {
      if (!holds) break;
      race = raceWith(claim.scenario, seed);
      holds = claim.holds(reader(race));
    }
    return { holds, reading: `with seed ${race.seed}, ${readingOf(race)}` };
  }

  const { better, worse, result: resultId, seeds } = claim;
  // Paired: both variants meet the same arrivals of each seed, so the spread that matters is that of
  // the difference, not that of either.
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const results = resultsOf(claim.scenario, seed, [better, worse]);
    const valueBy = (variant: string): number => valueIn(results[variant] ?? [], variant, resultId);
    const isLess = resultIn(results[better] ?? [], better, resultId).better === 'lower';
    const sign = isLess ? -1 : 1;
    ours.push(sign * valueBy(better));
    theirs.push(sign * valueBy(worse));
  }
  const { mean, standardError } = pairedDifference(ours, theirs);
  return {
    holds: mean > 0 && mean >= STANDARD_ERRORS * standardError,
    reading:
      `${resultId}: "${better}" is better than "${worse}" by ${mean.toPrecision(4)} ` +
      `± ${standardError.toPrecision(3)} (standard error, ${seeds} seeds)`,
  };
}

/** All that a race has measured, for the error message. */
const readingOf = ({ runs }: Race): string =>
  runs
    .map(
      ({ variant, results }) =>
        `${variant}: ${results.map(({ id, value }) => `${id} = ${value ?? 'none'}`).join(', ')}`,
    )
    .join('; ');
