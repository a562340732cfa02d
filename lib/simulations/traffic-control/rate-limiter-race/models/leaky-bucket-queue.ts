import type { Limiter, LimiterOptions } from './limiter';

/**
 * Leaky bucket as a queue: requests leave one by one at the rate of the limit; those that come sooner
 * wait for their turn, and those that would not fit into the bucket are refused.
 *
 * It admits the same requests as the token bucket, but evens out what passes. The bucket holds the
 * request whose turn it is, too: nginx counts only those behind it, so its `limit_req burst=n` is a
 * burst of n + 1 here.
 */
export function leakyBucketQueue({ limit, windowMs, burst }: LimiterOptions): Limiter {
  // Times are counted in parts of a ms, `limit` to the ms, so that a turn takes exactly `windowMs`.
  // Exact up to 2⁵³: with Unix time in ms, for limits up to 5,000.
  const capacity = burst * windowMs;
  let nextTurn = Number.NEGATIVE_INFINITY;

  // After a clock was set back, nobody waits longer than a full bucket takes.
  const turnAt = (now: number) => Math.min(Math.max(nextTurn, now), now + capacity);

  return {
    capacity: burst,

    // #region take
    take(nowMs, cost = 1) {
      const now = nowMs * limit;
      const turn = turnAt(now); // (1)
      const afterwards = turn + cost * windowMs;
      const room = now + capacity - afterwards; // (2)
      // At a rate of zero nobody's turn comes but that of the first.
      const isNever = cost > burst || (limit === 0 && turn > now);
      if (room < 0 || isNever) {
        return { allowed: false, retryAfterMs: isNever ? Infinity : -room / limit };
      }
      nextTurn = afterwards;
      return {
        allowed: true,
        waitMs: turn > now ? (turn - now) / limit : 0, // (3)
        remaining: room / windowMs,
      };
    },
    // #endregion

    remaining: (nowMs) => {
      const now = nowMs * limit;
      return (now + capacity - turnAt(now)) / windowMs;
    },
    stateSize: () => 1,
  };
}
