import type { CircuitBreaker } from './breaker';

/** What most clients have: every call is sent, whatever became of those before it. */
export function noBreaker(): CircuitBreaker {
  return {
    acquire: () => ({ allowed: true, permit: 0 }),
    report: () => {},
    state: () => 'closed',
    tally: () => ({ calls: 0, failures: 0, slow: 0 }),
    hold: () => {},
    reset: () => {},
  };
}
