/** Runs the checks that a simulation declares: the same in the tests and, on request, in the page. */
import { createStreams } from '../kernel/random';
import type { CheckContext } from './definition';
import type { Parameters } from './parameters';
import type { RunRequest } from './protocol';
import { type Entry, reader, runRaceToMeasure } from './run';

/** Outcome of one check over all its seeds. */
export interface CheckReport {
  readonly id: string;
  readonly statement: string;
  readonly against: string;
  readonly seeds: number;
  /** Comparisons made; a check that makes none has failed. */
  readonly comparisons: number;
  /** Null if it holds; otherwise the first failing seed and what was expected. */
  readonly failure: { readonly seed: number; readonly message: string } | null;
}

/** A comparison of a check that came out otherwise than the statement says. */
class CheckFailure extends Error {
  override readonly name = 'CheckFailure';
}

/** @throws Error if the simulation has no such check; a failing check is a report, not an error. */
export function runCheck(entry: Entry, checkId: string): CheckReport {
  const check = Object.hasOwn(entry.definition.checks, checkId)
    ? entry.definition.checks[checkId]
    : undefined;
  if (!check) {
    throw new Error(
      `Expected a check of "${entry.id}" (${Object.keys(entry.definition.checks).join(', ')}), got "${checkId}".`,
    );
  }
  const { statement, against, seeds } = check;
  let comparisons = 0;
  const report = (failure: CheckReport['failure']): CheckReport => ({
    id: checkId,
    statement,
    against,
    seeds,
    comparisons,
    failure,
  });
  for (let seed = 1; seed <= seeds; seed++) {
    const before = comparisons;
    try {
      check.verify(
        contextOf(entry, seed, () => {
          comparisons++;
        }),
      );
    } catch (error) {
      return report({ seed, message: error instanceof Error ? error.message : String(error) });
    }
    if (comparisons === before) {
      return report({
        seed,
        message:
          'Expected at least one comparison, got none: a check that compares nothing cannot fail.',
      });
    }
  }
  return report(null);
}

type Context = CheckContext<Parameters, string, unknown>;

function contextOf(entry: Entry, seed: number, compared: () => void): Context {
  const streams = createStreams(seed);
  const hold = (holds: boolean, message: () => string): void => {
    compared();
    if (!holds) throw new CheckFailure(message());
  };
  return {
    seed,
    random: (name) => streams.stream(`check/${name}`),
    model: (variant) => {
      const declared = entry.definition.variants[variant];
      if (!declared) throw new CheckFailure(`There is no variant "${variant}".`);
      return declared.model;
    },
    run: ({ parameters = {}, variants, interventions = [] }) =>
      reader(
        runRaceToMeasure(entry, {
          parameters: parameters as RunRequest['parameters'],
          seed,
          variants,
          interventions,
        }),
      ),
    equal: (actual, expected, what) =>
      hold(
        same(actual, expected),
        () => `${what}: expected ${print(expected)}, got ${print(actual)}.`,
      ),
    atMost: (actual, bound, what) =>
      hold(actual <= bound, () => `${what}: expected at most ${bound}, got ${actual}.`),
    atLeast: (actual, bound, what) =>
      hold(actual >= bound, () => `${what}: expected at least ${bound}, got ${actual}.`),
    within: (actual, expected, tolerance, what) =>
      hold(
        Math.abs(actual - expected) <= tolerance && Number.isFinite(tolerance),
        () => `${what}: expected ${expected} ± ${tolerance}, got ${actual}.`,
      ),
  };
}

/** Structural equality of plain values, with −0 and 0 alike and NaN equal to itself. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return Number.isNaN(a) && Number.isNaN(b);
  const [one, other] = [contentOf(a), contentOf(b)];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    one.size === other.size &&
    [...one].every(([key, value]) => other.has(key) && same(value, other.get(key)))
  );
}

/** @throws CheckFailure if what it holds is not in its properties, as that of a Map */
function contentOf(value: object): ReadonlyMap<string | number, unknown> {
  // By index, so that a hole in an array counts as a place.
  if (Array.isArray(value)) return new Map(value.entries());
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag !== 'Object' && !ArrayBuffer.isView(value))
    throw new CheckFailure(`Expected plain values to compare, got a ${tag}. Compare its entries.`);
  return new Map(Object.entries(value));
}

function print(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`;
  // What JSON would leave out or call null goes by its name.
  const named = (part: unknown): unknown =>
    part === undefined || (typeof part === 'number' && !Number.isFinite(part))
      ? String(part)
      : part;
  return typeof value === 'object'
    ? JSON.stringify(value, (_, part) => named(part))
    : String(value);
}
