import type { Limiter, LimiterOptions } from './limiter';

/**
 * Generic cell rate algorithm: one timestamp for each key, the theoretical arrival time of a request
 * that keeps exactly to the rate. Requests may come ahead of it by up to a tolerance.
 *
 * With T = window / limit and τ = (burst − 1) × T it decides like a token bucket. After ITU-T
 * Recommendation I.371 (virtual scheduling); costs above 1 count as that many requests at once.
 */
export function gcra({ limit, windowMs, burst }: LimiterOptions): Limiter {
  // #region units
  // Times are counted in parts of a ms, `limit` to the ms: T = windowMs / limit would not be whole,
  // but T × limit is. Exact up to 2⁵³: with Unix time in ms, for limits up to 5,000. // (1)
  const emissionInterval = windowMs;
  const tolerance = (burst - 1) * emissionInterval;
  let theoreticalArrival = Number.NEGATIVE_INFINITY;
  // #endregion

  // A stamp further ahead than a full burst can only come from a clock that was set back.
  const furthestAhead = tolerance + emissionInterval;
  const arrivalAt = (now: number) =>
    Math.min(Math.max(theoreticalArrival, now), now + furthestAhead);

  return {
    capacity: burst,

    // #region take
    take(nowMs, cost = 1) {
      const now = nowMs * limit;
      const last = arrivalAt(now) + (cost - 1) * emissionInterval; // (2)
      if (last > now + tolerance) {
        const retryAfterMs = (last - tolerance - now) / limit;
        return { allowed: false, retryAfterMs: cost > burst ? Infinity : retryAfterMs };
      }
      theoreticalArrival = last + emissionInterval; // (3)
      return {
        allowed: true,
        waitMs: 0,
        remaining: (now + tolerance - last) / emissionInterval,
      };
    },
    // #endregion

    remaining: (nowMs) => {
      const now = nowMs * limit;
      return (now + furthestAhead - arrivalAt(now)) / emissionInterval;
    },
    stateSize: () => 1,
  };
}
