import type { BatchMeansEstimate } from './batch-means';
import { type Interval, studentT975, Z975 } from './intervals';

/**
 * How many independent observations are worth as much as `n` correlated ones, read off their batch
 * means: the variance of single observations over the squared standard error that the batches show.
 * Not more than `n`; NaN where the batches give no error, or are still correlated themselves.
 *
 * (For means this is exact in the limit; Law, Simulation Modeling and Analysis, 5th ed., ch. 9.)
 *
 * @param variance of the single observations
 */
export function independentCount(
  { n, halfWidth, batches, batchCorrelation }: BatchMeansEstimate,
  variance: number,
): number {
  if (!Number.isFinite(halfWidth) || batchCorrelation >= CORRELATION_MAX) return Number.NaN;
  const standardError = halfWidth / studentT975(batches - 1);
  return standardError === 0 ? n : Math.min(n, variance / (standardError * standardError));
}

/** Above this correlation of neighbouring batch means, chance alone no longer explains it. */
export const CORRELATION_MAX = 0.4;

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
