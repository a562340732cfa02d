import type { BreakerOptions, CircuitBreaker } from './breaker';
import { type Judge, stateMachine } from './state-machine';

/**
 * Opens after a number of failures in a row, and closes after as many successes in a row as it lets
 * probes through; one failed probe opens it again. With 6, 60 s and 1 it is sony/gobreaker as it
 * comes.
 */
export function consecutiveFailures(options: BreakerOptions): CircuitBreaker {
  return stateMachine(options, {
    closed: () => failuresInARow(options.consecutiveFailures),
    halfOpen: () => successesInARow(options.probes),
  });
}

// #region closed
function failuresInARow(limit: number): Judge {
  let failures = 0;
  return {
    hear({ outcome }) {
      failures = outcome === 'failure' ? failures + 1 : 0; // (1)
      return failures >= limit ? 'sick' : 'well';
    },
    tally: () => ({ calls: failures, failures, slow: 0 }),
  };
}
// #endregion

// #region half-open
function successesInARow(enough: number): Judge {
  let successes = 0;
  return {
    hear({ outcome }) {
      if (outcome === 'failure') return 'sick'; // (2)
      successes++;
      return successes >= enough ? 'well' : 'undecided';
    },
    tally: () => ({ calls: successes, failures: 0, slow: 0 }),
  };
}
// #endregion
