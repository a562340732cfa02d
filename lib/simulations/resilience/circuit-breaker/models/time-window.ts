import type { BreakerOptions, CallResult, CircuitBreaker, Tally } from './breaker';
import { isSlow, ratesOfLast, verdictOf } from './count-window';
import { type Judge, stateMachine } from './state-machine';

/**
 * Opens when too many of the calls of the last seconds failed or were slow, and lets a number of
 * probes decide by their rates. The rule of Resilience4j with a window of time.
 */
export function timeWindow(options: BreakerOptions): CircuitBreaker {
  return stateMachine(options, {
    closed: () => ratesWithin(options),
    halfOpen: () => ratesOfLast(options.probes, options),
  });
}

// #region rates
function ratesWithin(options: BreakerOptions): Judge {
  const counts = rollingCounts(options);
  return {
    hear: (result, nowMs) => verdictOf(counts.add(result, nowMs), options),
    tally: counts.at,
  };
}
// #endregion

/** The window moves on in tenths of its length. */
const BUCKETS = 10;

export interface RollingCounts {
  /** Counts a result; what the window holds with it. */
  readonly add: (result: CallResult, nowMs: number) => Tally;
  readonly at: (nowMs: number) => Tally;
}

// #region buckets
/** Counts of the last `windowMs`, in tenths of it, the oldest of which falls out as a whole. */
export function rollingCounts(options: BreakerOptions): RollingCounts {
  const bucketMs = options.windowMs / BUCKETS;
  let buckets: { readonly number: number; calls: number; failures: number; slow: number }[] = [];

  function bucketsAt(present: number): typeof buckets {
    // What lies in the future was counted before the clock was set back. // (1)
    buckets = buckets.filter(({ number }) => number > present - BUCKETS && number <= present);
    return buckets;
  }

  function at(nowMs: number): Tally {
    const total = { calls: 0, failures: 0, slow: 0 };
    for (const { calls, failures, slow } of bucketsAt(Math.floor(nowMs / bucketMs))) {
      total.calls += calls;
      total.failures += failures;
      total.slow += slow;
    }
    return total;
  }

  function add(result: CallResult, nowMs: number): Tally {
    const present = Math.floor(nowMs / bucketMs);
    let newest = bucketsAt(present).at(-1);
    if (newest?.number !== present) {
      newest = { number: present, calls: 0, failures: 0, slow: 0 };
      buckets.push(newest);
    }
    newest.calls++;
    if (result.outcome === 'failure') newest.failures++;
    if (isSlow(result, options)) newest.slow++;
    return at(nowMs); // (2)
  }

  return { add, at };
}
// #endregion
