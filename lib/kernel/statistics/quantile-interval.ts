import type { BatchMeansEstimate } from './batch-means';
import { type Interval, Z975 } from './intervals';

/**
 * How many independent observations are worth as much as `n` correlated ones, read off their batch
 * means: the variance of single observations over the squared standard error that the batches show.
 * Not more than `n`; NaN where the batches give no error.
 *
 * (For means this is exact in the limit; Law, Simulation Modeling and Analysis, 5th ed., ch. 9.)
 *
 * @param variance of the single observations
 */
export function independentCount(
  { n, standardError }: BatchMeansEstimate,
  variance: number,
): number {
  return standardError === 0 ? n : Math.min(n, variance / (standardError * standardError));
}

/** Fewer observations beyond a bound cannot carry it. */
const BEYOND_MIN = 1;

/**
 * The shares of the sample between whose values the true quantile at p lies with 95 % confidence,
 * whatever the distribution: the share of the observations below the true quantile is binomial. Null
 * where a bound would lie beyond the sample, so that nothing is known on that side.
 *
 * @param p in (0, 1)
 * @param independent number of independent observations; NaN gives null
 */
export function quantileInterval(p: number, independent: number): Interval | null {
  if (!(independent > 0)) return null;
  const halfWidth = Z975 * Math.sqrt((p * (1 - p)) / independent);
  const low = p - halfWidth;
  const high = p + halfWidth;
  const beyond = BEYOND_MIN / independent;
  return low < beyond || high > 1 - beyond ? null : { low, high };
}
