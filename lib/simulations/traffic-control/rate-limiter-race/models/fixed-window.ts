import type { Limiter, LimiterOptions } from './limiter';

/**
 * Fixed window: a counter that starts from zero at every multiple of the window's length.
 *
 * Inside each of its own windows it never exceeds the limit; a window that straddles a boundary may
 * hold twice as many.
 */
export function fixedWindow({ limit, windowMs }: LimiterOptions): Limiter {
  let startMs = Number.NEGATIVE_INFINITY;
  let count = 0;

  const startOf = (nowMs: number) => Math.floor(nowMs / windowMs) * windowMs;

  // A clock set back by less than a window must not open a window that was already used up; set back
  // further, waiting for it to catch up would refuse everybody for as long.
  const isCurrent = (windowStartMs: number) =>
    windowStartMs <= startMs && windowStartMs >= startMs - windowMs;

  return {
    capacity: limit,

    // #region take
    take(nowMs, cost = 1) {
      const windowStartMs = startOf(nowMs); // (1)
      if (!isCurrent(windowStartMs)) {
        startMs = windowStartMs;
        count = 0; // (2)
      }
      if (count + cost > limit) {
        const retryAfterMs = startMs + windowMs - nowMs;
        return { allowed: false, retryAfterMs: cost > limit ? Infinity : retryAfterMs };
      }
      count += cost;
      return { allowed: true, waitMs: 0, remaining: limit - count };
    },
    // #endregion

    remaining: (nowMs) => (isCurrent(startOf(nowMs)) ? limit - count : limit),
    stateSize: () => 2,
  };
}
