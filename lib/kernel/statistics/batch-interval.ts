import { studentT975 } from './intervals';

/** What `batchInterval` returns, in the unit of the means; both NaN where the batches cannot tell. */
export interface BatchInterval {
  /** Half of the 95 % confidence interval of the mean of all batches. */
  readonly halfWidth: number;
  /** Of that mean. */
  readonly standardError: number;
}

/** Batches that are worth fewer than so many independent ones give no interval. */
const INDEPENDENT_MIN = 4;

/** Relative error that sums of a million terms may have picked up. */
export const ROUNDING = 1e-10;

export const NO_INTERVAL: BatchInterval = { halfWidth: Number.NaN, standardError: Number.NaN };

/**
 * The 95 % confidence interval of a mean from the means of consecutive batches of equal length.
 *
 * Batches that are short against the memory of the process, as they are in a busy queue, lean the same
 * way as their neighbours, and an interval that takes them for independent is too narrow. Refusing all
 * that show it would leave just the runs in which chance hides it. So the correlation of neighbours is
 * estimated, without the bias that it has in few batches ((1 + 4ρ) / n: Kendall,
 * Biometrika 41, 1954), and the batches are taken for a first-order autoregressive series, as in Skart
 * (Tafazzoli and Wilson, IIE Transactions 43, 2011): its mean varies (1 + ρ) / (1 − ρ) times as much,
 * and its batches are worth as many times fewer independent ones, whose number is the degrees of
 * freedom of Student's t, and one more.
 *
 * Where fewer than four are left, the run is far too short, or shows one event such as an outage, of
 * which time tells nothing but its course: there is no interval then.
 *
 * How often it holds the truth is tested with M/M/1 queues (lib/simulation/collect.test.ts).
 *
 * @param means at least four
 */
export function batchInterval(means: Float64Array): BatchInterval {
  const count = means.length;
  let sum = 0;
  for (const mean of means) sum += mean;
  const centre = sum / count;
  let squares = 0;
  let products = 0;
  let previous = 0;
  for (const mean of means) {
    const deviation = mean - centre;
    squares += deviation * deviation;
    products += deviation * previous;
    previous = deviation;
  }
  // Batches that differ by the rounding of their sums are equal, and leave nothing to be in doubt about.
  if (Math.sqrt(squares / count) <= ROUNDING * Math.abs(centre))
    return { halfWidth: 0, standardError: 0 };
  const observed = products / squares;
  const unbiased = observed + (1 + 4 * observed) / count;
  // Neighbours that lean against each other would make it narrower; few batches cannot tell.
  const correlation = Math.max(0, unbiased);
  // The correction may come to more than 1.
  if (correlation >= 1) return NO_INTERVAL;
  const inflation = (1 + correlation) / (1 - correlation);
  const independent = Math.floor(count / inflation);
  if (independent < INDEPENDENT_MIN) return NO_INTERVAL;
  const standardError = Math.sqrt((inflation * squares) / (count - 1) / count);
  return { halfWidth: studentT975(independent - 1) * standardError, standardError };
}
