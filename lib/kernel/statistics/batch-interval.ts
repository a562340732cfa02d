import { studentT975 } from './intervals';

/** What `batchInterval` returns, in the unit of the means. */
export interface BatchInterval {
  /** Half of the 95 % confidence interval of the mean of all batches. */
  readonly halfWidth: number;
  /** Of that mean. */
  readonly standardError: number;
}

/** A correlation near 1 says only that the run is far too short; the interval shall stay finite. */
const CORRELATION_MAX = 0.95;

/**
 * The 95 % confidence interval of a mean from the means of consecutive batches of equal length.
 *
 * Batches that are short against the memory of the process, as they are in a busy queue, lean the same
 * way as their neighbours, and an interval that takes them for independent is too narrow. Refusing
 * those that show it would leave just the runs in which chance hides it. So the correlation of
 * neighbours is estimated, without the bias that it has in few batches ((1 + 4ρ) / n: Kendall,
 * Biometrika 41, 1954), and the batches are taken for a first-order autoregressive series, as in Skart
 * (Tafazzoli and Wilson, IIE Transactions 43, 2011): its mean varies (1 + ρ) / (1 − ρ) times as much,
 * and its batches are worth as many times fewer independent ones, whose number is the degrees of
 * freedom of Student's t, and one more.
 *
 * How often it holds the truth is tested with M/M/1 queues: of 2,000 customers in 97 of 100 runs at a
 * utilisation of 0.5, in 87 at 0.8 and in 79 at 0.9, whose memory is a good part of the run.
 *
 * @param means at least 2
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
  // Equal batches leave nothing to be in doubt about.
  if (squares === 0) return { halfWidth: 0, standardError: 0 };
  const observed = products / squares;
  const unbiased = observed + (1 + 4 * observed) / count;
  // Neighbours that lean against each other would make it narrower; few batches cannot tell.
  const correlation = Math.min(CORRELATION_MAX, Math.max(0, unbiased));
  const inflation = (1 + correlation) / (1 - correlation);
  const standardError = Math.sqrt((inflation * squares) / (count - 1) / count);
  const independent = Math.max(2, Math.floor(count / inflation));
  return { halfWidth: studentT975(independent - 1) * standardError, standardError };
}
