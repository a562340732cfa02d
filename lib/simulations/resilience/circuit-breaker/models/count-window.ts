import type { BreakerOptions, CallResult, CircuitBreaker, Tally } from './breaker';
import { type Judge, stateMachine, type Verdict } from './state-machine';

/**
 * Opens when too many of the last calls failed or were slow, and lets a number of probes decide in
 * the same way. The rule of Resilience4j with a window of calls.
 */
export function countWindow(options: BreakerOptions): CircuitBreaker {
  return stateMachine(options, {
    closed: () => ratesOfLast(options.windowCalls, options),
    halfOpen: () => ratesOfLast(options.probes, options),
  });
}

// #region window
/** Judges by the last `size` results. */
export function ratesOfLast(size: number, options: BreakerOptions): Judge {
  const minimumCalls = Math.min(options.minimumCalls, size); // (1)
  const ring: { readonly failed: boolean; readonly slow: boolean }[] = [];
  let next = 0;
  let failures = 0;
  let slow = 0;
  return {
    hear(result) {
      const oldest = ring[next]; // (2)
      if (oldest?.failed) failures--;
      if (oldest?.slow) slow--;
      const newest = {
        failed: result.outcome === 'failure',
        slow: isSlow(result, options),
      };
      if (newest.failed) failures++;
      if (newest.slow) slow++;
      ring[next] = newest;
      next = (next + 1) % size;
      return verdictOf({ calls: ring.length, failures, slow }, { ...options, minimumCalls });
    },
    tally: () => ({ calls: ring.length, failures, slow }),
  };
}
// #endregion

export function isSlow({ durationMs }: CallResult, { slowCallMs }: BreakerOptions): boolean {
  return durationMs > slowCallMs;
}

// #region verdict
/** At or above either threshold is sick; multiplied out, so that nothing is rounded. */
export function verdictOf(
  { calls, failures, slow }: Tally,
  { minimumCalls, failureRatePercent, slowRatePercent }: BreakerOptions,
): Verdict {
  if (calls < minimumCalls) return 'undecided'; // (3)
  const isSick =
    failures * 100 >= failureRatePercent * calls || slow * 100 >= slowRatePercent * calls;
  return isSick ? 'sick' : 'well';
}
// #endregion
