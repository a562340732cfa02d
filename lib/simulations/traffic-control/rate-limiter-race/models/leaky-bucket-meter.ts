import type { Limiter, LimiterOptions } from './limiter';

/**
 * Leaky bucket as a meter: each request pours one unit in, the bucket leaks at the rate of the limit,
 * and a request that would make it overflow is refused.
 *
 * The token bucket seen from the other side: level = burst − tokens. The one who pours in never
 * waits. After J. Turner, "New directions in communications (or which way to the information age?)",
 * IEEE Communications Magazine 24 (10), 1986.
 */
export function leakyBucketMeter({ limit, windowMs, burst }: LimiterOptions): Limiter {
  // Counted in parts of a request, `windowMs` to the request; each ms leaks `limit` of them.
  const capacity = burst * windowMs;
  let level = 0;
  let measuredAtMs = 0;

  // #region leak
  function levelAt(nowMs: number): number {
    const elapsedMs = Math.max(0, nowMs - measuredAtMs);
    return Math.max(0, level - elapsedMs * limit);
  }
  // #endregion

  return {
    capacity: burst,

    // #region take
    take(nowMs, cost = 1) {
      level = levelAt(nowMs);
      measuredAtMs = nowMs;
      const overflow = level + cost * windowMs - capacity;
      if (overflow > 0) {
        return { allowed: false, retryAfterMs: cost > burst ? Infinity : overflow / limit };
      }
      level += cost * windowMs;
      return { allowed: true, waitMs: 0, remaining: (capacity - level) / windowMs };
    },
    // #endregion

    remaining: (nowMs) => (capacity - levelAt(nowMs)) / windowMs,
    stateSize: () => 2,
  };
}
