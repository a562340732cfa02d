/** Exact results that the checks hold the rules to. */

/** Calls for one request: mean and variance, and the share of requests that end with an answer. */
export interface Expected {
  readonly calls: number;
  readonly variance: number;
  readonly answered: number;
}

/**
 * One layer that tries up to `attempts` times, each of which fails with probability `failShare` by
 * itself: (1 − p^a) / (1 − p) tries on average, of which p^a end without success.
 */
export function oneLayer({
  failShare,
  attempts,
}: {
  readonly failShare: number;
  readonly attempts: number;
}): Expected {
  let calls = 0;
  let squares = 0;
  /** Probability that the n-th try is made. */
  let made = 1;
  for (let n = 1; n <= attempts; n++) {
    // E[N] sums P(N ≥ n), and E[N²] sums (2n − 1) P(N ≥ n).
    calls += made;
    squares += (2 * n - 1) * made;
    made *= failShare;
  }
  return { calls, variance: squares - calls * calls, answered: 1 - made };
}

/**
 * Several such layers: what is left to fail after one is what the next one tries again. The product
 * over the layers is that of a single layer with attempts^layers attempts.
 */
export function allLayers({
  failShare,
  attempts,
  layers,
}: {
  readonly failShare: number;
  readonly attempts: number;
  readonly layers: number;
}): Expected {
  let calls = 1;
  let left = failShare;
  let attemptsInAll = 1;
  for (let layer = 0; layer < layers; layer++) {
    const each = oneLayer({ failShare: left, attempts });
    calls *= each.calls;
    left = 1 - each.answered;
    attemptsInAll *= attempts;
  }
  const { variance } = oneLayer({ failShare, attempts: attemptsInAll });
  return { calls, variance, answered: 1 - left };
}

/**
 * The most calls that reach the database if each of `layers` layers lets through a retry for every
 * 1 / ratio that it is asked, and `tokensMax` more: about (1 + ratio)^layers for each request.
 */
export function budgetBound({
  requests,
  ratio,
  tokensMax,
  layers,
}: {
  readonly requests: number;
  readonly ratio: number;
  readonly tokensMax: number;
  readonly layers: number;
}): number {
  let calls = requests;
  for (let layer = 0; layer < layers; layer++) calls += ratio * calls + tokensMax;
  return calls;
}
