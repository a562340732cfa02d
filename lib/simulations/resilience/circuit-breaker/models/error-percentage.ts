import type { BreakerOptions, CircuitBreaker } from './breaker';
import { type Judge, stateMachine } from './state-machine';
import { rollingCounts } from './time-window';

/**
 * Opens on a failure when more than a share of the calls of the last seconds failed, and lets one
 * probe decide. The rule of opossum, for calls one after the other: opossum also counts calls under
 * way and refused ones, and keeps its counts when it closes.
 */
export function errorPercentage(options: BreakerOptions): CircuitBreaker {
  return stateMachine(
    { ...options, probes: 1 },
    { closed: () => percentageWithin(options), halfOpen: oneProbe },
  );
}

// #region closed
function percentageWithin(options: BreakerOptions): Judge {
  const { minimumCalls, failureRatePercent } = options;
  const counts = rollingCounts(options);
  return {
    hear(result, nowMs) {
      const { calls, failures } = counts.add(result, nowMs);
      if (result.outcome !== 'failure') return 'well'; // (1)
      if (calls < minimumCalls) return 'undecided';
      return failures * 100 > failureRatePercent * calls ? 'sick' : 'well'; // (2)
    },
    tally: counts.at,
  };
}
// #endregion

// #region half-open
function oneProbe(): Judge {
  return {
    hear: ({ outcome }) => (outcome === 'success' ? 'well' : 'sick'), // (3)
    tally: () => ({ calls: 0, failures: 0, slow: 0 }),
  };
}
// #endregion
