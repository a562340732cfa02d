/** Closed forms that the checks hold breakers and runs to. */

/**
 * Mean number of calls up to and with the first run of `length` failures, when each call fails by
 * itself with probability `p` in (0, 1): (1 − pᵏ) / ((1 − p) pᵏ). W. Feller, "An Introduction to
 * Probability Theory and Its Applications", volume 1, XIII.7.
 */
export function meanCallsToRun(p: number, length: number): number {
  let power = 1;
  for (let i = 0; i < length; i++) power *= p;
  return (1 - power) / ((1 - p) * power);
}

/** Probability that at least `atLeast` of `n` calls fail, each by itself with probability `p` in (0, 1). */
export function binomialTail({
  n,
  atLeast,
  p,
}: {
  readonly n: number;
  readonly atLeast: number;
  readonly p: number;
}): number {
  let term = 1;
  for (let i = 0; i < n; i++) term *= 1 - p;
  let below = 0;
  for (let k = 0; k < atLeast; k++) {
    below += term;
    term *= ((n - k) / (k + 1)) * (p / (1 - p));
  }
  return 1 - below;
}

/**
 * Mean and variance of the number of calls for one request, when each fails by itself with
 * probability `p` in [0, 1] and the first success ends the request.
 */
export function callsPerRequest(
  p: number,
  attempts: number,
): { readonly mean: number; readonly variance: number } {
  let mean = 0;
  let square = 0;
  // P(N ≥ k) = pᵏ⁻¹, so that E N = Σ P(N ≥ k) and E N² = Σ (2k − 1) P(N ≥ k).
  let reached = 1;
  for (let k = 1; k <= attempts; k++) {
    mean += reached;
    square += (2 * k - 1) * reached;
    reached *= p;
  }
  return { mean, variance: square - mean * mean };
}

/**
 * M/M/c with room for a limited queue: the share of arrivals that find it full, and the mean number
 * that wait. `offered` is the arrival rate times the mean service time, in erlangs.
 */
export function limitedQueue({
  workers,
  queueLimit,
  offered,
}: {
  readonly workers: number;
  readonly queueLimit: number;
  readonly offered: number;
}): { readonly loss: number; readonly meanWaiting: number } {
  let weight = 1;
  let sum = 1;
  let waiting = 0;
  for (let n = 1; n <= workers + queueLimit; n++) {
    weight *= offered / Math.min(n, workers);
    sum += weight;
    waiting += Math.max(0, n - workers) * weight;
  }
  return { loss: weight / sum, meanWaiting: waiting / sum };
}
