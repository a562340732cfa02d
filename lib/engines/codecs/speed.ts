/** How long operations take on this machine, with how much that varies. */
import type { Spread } from './types';

const ROUNDS = 15;
/** A round is long against the resolution of the clock, which browsers make coarse on purpose. */
const ROUND_MS = 10;
/** Compilers take about so long to notice what runs often. */
const WARM_UP_MS = 60;

/** What the operations return is kept here, so that no compiler finds them useless. */
const sink: { kept?: unknown } = {};

/**
 * Runs the operations by turns, round by round, so that what slows the machine for a while slows all.
 *
 * @param operations at least one, each without effects.
 * @param now the clock, ms.
 */
export function measure(operations: readonly (() => unknown)[], now: () => number): Spread[] {
  const counts = operations.map((operation) => calibrate(operation, now));
  const times = operations.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, operation] of operations.entries()) {
      const count = counts[i] ?? 1;
      times[i]?.push((timeOf(operation, count, now) * 1_000) / count);
    }
  return times.map((of, i) => {
    const sorted = of.toSorted((a, b) => a - b);
    return {
      lowerQuartileUs: quantile(sorted, 0.25),
      medianUs: quantile(sorted, 0.5),
      upperQuartileUs: quantile(sorted, 0.75),
      rounds: ROUNDS,
      operationsPerRound: counts[i] ?? 1,
    };
  });
}

/** How many operations fill a round, found after the operation has run for a while. */
function calibrate(operation: () => unknown, now: () => number): number {
  const untilMs = now() + WARM_UP_MS;
  let count = 1;
  let elapsedMs = timeOf(operation, count, now);
  while (elapsedMs < ROUND_MS || now() < untilMs) {
    if (elapsedMs < ROUND_MS) count *= 2;
    elapsedMs = timeOf(operation, count, now);
  }
  return count;
}

function timeOf(operation: () => unknown, count: number, now: () => number): number {
  const startMs = now();
  for (let i = 0; i < count; i++) sink.kept = operation();
  return now() - startMs;
}

/** The sorted value at the share of the way from the first to the last, between two if need be. */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? 0;
  return below + (above - below) * (place - Math.floor(place));
}
