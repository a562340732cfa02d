import type { Limiter, LimiterOptions } from './limiter';

/**
 * Token bucket: tokens drop in at a steady rate, at most `burst` of them; a request takes one.
 *
 * In every interval of length t it admits at most burst + rate × t. There is no timer: what has
 * dropped in since the last request is worked out when the next one comes.
 */
export function tokenBucket({ limit, windowMs, burst }: LimiterOptions): Limiter {
  // #region units
  // Counted in parts of a token, `windowMs` to the token, of which each ms brings `limit`. With a
  // clock of whole ms all of this is whole, and no rounding decides. // (1)
  const capacity = burst * windowMs;
  let credit = capacity; // (2)
  let creditedAtMs = 0;
  // #endregion

  // #region refill
  function creditAt(nowMs: number): number {
    const elapsedMs = Math.max(0, nowMs - creditedAtMs); // (3)
    return Math.min(capacity, credit + elapsedMs * limit); // (4)
  }
  // #endregion

  return {
    capacity: burst,

    // #region take
    take(nowMs, cost = 1) {
      credit = creditAt(nowMs);
      creditedAtMs = nowMs;
      const price = cost * windowMs;
      if (price > credit) {
        const retryAfterMs = (price - credit) / limit;
        return { allowed: false, retryAfterMs: cost > burst ? Infinity : retryAfterMs };
      }
      credit -= price;
      return { allowed: true, waitMs: 0, remaining: credit / windowMs };
    },
    // #endregion

    remaining: (nowMs) => creditAt(nowMs) / windowMs,
    stateSize: () => 2,
  };
}
