/** What follows from the parameters by arithmetic alone. */

/**
 * Refreshes of one client in a time, in expectation, and their variance. A refresh comes with the
 * first action after the access token has expired: actions at random moments make that wait
 * exponential, so refreshes are a renewal process, whose first comes after a part of a lifetime. By
 * the renewal theorem with a delay, E N(T) = (T − E D)/μ + E C²/(2μ²) + o(1), and Var N(T) = Tσ²/μ³ +
 * O(1) (Cox, Renewal Theory, 1962, chapter 4).
 *
 * @param lifetimeMs of an access token
 * @param actsEveryMs mean time between two actions
 * @param networkMs one way
 */
export function refreshesExpected({
  lifetimeMs,
  actsEveryMs,
  networkMs,
  timeMs,
}: {
  readonly lifetimeMs: number;
  readonly actsEveryMs: number;
  readonly networkMs: number;
  readonly timeMs: number;
}): { readonly mean: number; readonly variance: number } {
  const cycle = lifetimeMs + actsEveryMs + networkMs;
  const variance = actsEveryMs * actsEveryMs;
  const delay = lifetimeMs / 2 + actsEveryMs + networkMs;
  return {
    mean: (timeMs - delay) / cycle + (cycle * cycle + variance) / (2 * cycle * cycle),
    variance: (timeMs * variance) / (cycle * cycle * cycle),
  };
}
