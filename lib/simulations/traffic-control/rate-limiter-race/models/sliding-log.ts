import type { Limiter, LimiterOptions } from './limiter';

/**
 * Sliding log: remembers when each admitted request came, and counts those of the last window.
 *
 * It is exact, in every half-open window (t − windowMs, t], and pays for it with a number for each
 * request that is still in the window.
 */
export function slidingLog({ limit, windowMs }: LimiterOptions): Limiter {
  const admittedAtMs: number[] = [];

  // #region forget
  function forget(nowMs: number): void {
    let expired = 0;
    while ((admittedAtMs[expired] ?? Infinity) <= nowMs - windowMs) expired++; // (1)
    admittedAtMs.splice(0, expired);
    // After a clock was set back, entries lie in the future. They count as of now, or they would
    // stay until the clock had caught up. // (2)
    for (let i = admittedAtMs.length - 1; (admittedAtMs[i] ?? nowMs) > nowMs; i--) {
      admittedAtMs[i] = nowMs;
    }
  }
  // #endregion

  return {
    capacity: limit,

    // #region take
    take(nowMs, cost = 1) {
      forget(nowMs);
      const excess = admittedAtMs.length + cost - limit;
      if (excess > 0) {
        const lastToLeaveMs = admittedAtMs[excess - 1] ?? Infinity; // (3)
        return { allowed: false, retryAfterMs: lastToLeaveMs + windowMs - nowMs };
      }
      for (let i = 0; i < cost; i++) admittedAtMs.push(nowMs); // (4)
      return { allowed: true, waitMs: 0, remaining: limit - admittedAtMs.length };
    },
    // #endregion

    remaining: (nowMs) => limit - admittedAtMs.filter((atMs) => atMs > nowMs - windowMs).length,
    stateSize: () => admittedAtMs.length,
  };
}
