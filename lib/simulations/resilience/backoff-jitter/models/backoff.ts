/** How long one operation waits between its attempts. */
export interface Backoff {
  /** The wait before the next attempt, ms, after this many failures in a row (1 or more). */
  readonly waitMs: (failures: number) => number;
}

export interface BackoffOptions {
  /** Twice this is the ceiling of the first wait, ms; where waits are decorrelated, three times this. */
  readonly baseMs: number;
  /** The most that any retry waits, ms. */
  readonly capMs: number;
  /** Uniform in [0, 1): chance is an argument, so that a test can hold it. */
  readonly random: () => number;
}

/** One for each operation: some kinds remember their last wait. */
export type CreateBackoff = (options: BackoffOptions) => Backoff;

// #region ceiling
/** base × 2^failures, and never more than the cap. */
export function ceilingMs(
  failures: number,
  { baseMs, capMs }: { readonly baseMs: number; readonly capMs: number },
): number {
  let ceiling = baseMs;
  for (let i = 0; i < failures && ceiling < capMs; i++) ceiling *= 2; // (1)
  return Math.min(capMs, ceiling); // (2)
}
// #endregion
