import { Mean } from './mean';

/** The 97.5 % quantile of the standard normal distribution. */
export const Z975 = 1.959963984540054;

/** An interval from low to high. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The 97.5 % quantile of Student's t for up to nine degrees of freedom, where the series below is not
 * exact enough. The tests integrate the density to confirm them.
 */
const SMALL_T975 = [
  12.7062047362, 4.3026527297, 3.1824463053, 2.7764451052, 2.5705818356, 2.4469118511, 2.3646242516,
  2.3060041352, 2.2621571628,
] as const;

/**
 * The 97.5 % quantile of Student's t distribution: half of a 95 % confidence interval, in standard
 * errors. `df` is an integer of at least 1. From ten degrees of freedom on it is the asymptotic
 * expansion 26.7.5 of Abramowitz and Stegun, whose error stays below 10⁻⁵.
 */
export function studentT975(df: number): number {
  if (!(Number.isSafeInteger(df) && df >= 1)) {
    throw new RangeError(
      `The degrees of freedom should be an integer of at least 1, but ${df} was given. For n observations it is n − 1; round a fraction down.`,
    );
  }
  const tabled = SMALL_T975[df - 1];
  if (tabled !== undefined) return tabled;
  const z = Z975;
  const z2 = z * z;
  const g1 = (z * (z2 + 1)) / 4;
  const g2 = (z * ((5 * z2 + 16) * z2 + 3)) / 96;
  const g3 = (z * (((3 * z2 + 19) * z2 + 17) * z2 - 15)) / 384;
  const g4 = (z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945)) / 92160;
  return z + (g1 + (g2 + (g3 + g4 / df) / df) / df) / df;
}

/**
 * The 95 % interval of Wilson (J. American Statistical Association 22, 1927) for a share of
 * `successes` in `n` independent trials: unlike the textbook interval it stays inside [0, 1] and has
 * a sensible width for 0 and n successes. Both are integers, 0 ≤ successes ≤ n; n = 0 gives [0, 1].
 */
export function wilsonInterval(successes: number, n: number): Interval {
  if (
    !(
      Number.isSafeInteger(successes) &&
      Number.isSafeInteger(n) &&
      successes >= 0 &&
      successes <= n
    )
  ) {
    throw new RangeError(
      `The successes and trials of an interval should be integers with 0 ≤ successes ≤ trials, but ${successes} of ${n} were given. Pass the count of successes first.`,
    );
  }
  if (n === 0) return { low: 0, high: 1 };
  const share = successes / n;
  const z2 = Z975 * Z975;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const halfWidth = (Z975 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  // At the ends the bound is 0 or 1 exactly, which the difference of two roundings would miss.
  return {
    low: successes === 0 ? 0 : centre - halfWidth,
    high: successes === n ? 1 : centre + halfWidth,
  };
}

/** What `pairedDifference` returns. */
export interface PairedDifference {
  /** The mean of a − b, in their unit. */
  readonly mean: number;
  /** The standard error of that mean. */
  readonly standardError: number;
  /** The number of pairs. */
  readonly n: number;
}

/**
 * The mean difference a − b of paired observations and its standard error. Two variants that meet the
 * same traffic are paired by seed (or by request): what they have in common cancels, so their
 * difference is known far better than either mean. Both lists are of the same length, at least 2.
 */
export function pairedDifference(a: ArrayLike<number>, b: ArrayLike<number>): PairedDifference {
  if (a.length !== b.length || a.length < 2) {
    throw new RangeError(
      `Paired samples should have the same length of at least 2, but ${a.length} and ${b.length} were given. Run both variants with the same seeds.`,
    );
  }
  const differences = new Mean();
  for (let i = 0; i < a.length; i++) differences.add((a[i] as number) - (b[i] as number));
  return {
    mean: differences.mean,
    standardError: differences.standardError,
    n: differences.count,
  };
}
