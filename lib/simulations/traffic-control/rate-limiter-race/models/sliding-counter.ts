import type { Limiter, LimiterOptions } from './limiter';

/** Two neighbouring windows: the one that began at `startMs`, and how many the one before admitted. */
interface Windows {
  readonly startMs: number;
  readonly previous: number;
  readonly current: number;
}

/**
 * Sliding counter: estimates the last window's requests from two counters, as if those of the
 * previous window had come evenly spread over it.
 *
 * Three numbers for each key; where the assumption is far off, up to 2 × limit − 1 in one window.
 * After J. Desgats, "How we built rate limiting capable of scaling to millions of domains",
 * Cloudflare, 2017.
 */
export function slidingCounter({ limit, windowMs }: LimiterOptions): Limiter {
  let windows: Windows = { startMs: Number.NEGATIVE_INFINITY, previous: 0, current: 0 };

  // #region windows
  function windowsAt(nowMs: number): Windows {
    const startMs = Math.floor(nowMs / windowMs) * windowMs;
    // A clock set back by less than a window stays in the window it had reached.
    if (startMs <= windows.startMs && startMs >= windows.startMs - windowMs) return windows;
    const isNext = startMs === windows.startMs + windowMs; // (1)
    return { startMs, previous: isNext ? windows.current : 0, current: 0 };
  }
  // #endregion

  // #region estimate
  // Times windowMs, so that whole numbers stay whole and no rounding decides. // (2)
  function estimateTimesWindow(nowMs: number, { startMs, previous, current }: Windows): number {
    const elapsedMs = Math.max(0, nowMs - startMs);
    return previous * (windowMs - elapsedMs) + current * windowMs;
  }
  // #endregion

  // From when in its following window on `count` weighs no more than `room`, ms.
  const fadedAfterMs = (count: number, room: number) =>
    count > room ? (windowMs * (count - room)) / count : 0;

  function allowedFromMs({ startMs, previous, current }: Windows, cost: number): number {
    const room = limit - cost;
    if (room < 0) return Infinity;
    // Either the previous window fades enough while this one lasts, or this one has to fade, too.
    return current <= room
      ? startMs + fadedAfterMs(previous, room - current)
      : startMs + windowMs + fadedAfterMs(current, room);
  }

  return {
    capacity: limit,

    // #region take
    take(nowMs, cost = 1) {
      windows = windowsAt(nowMs);
      if (estimateTimesWindow(nowMs, windows) + cost * windowMs > limit * windowMs) {
        return { allowed: false, retryAfterMs: allowedFromMs(windows, cost) - nowMs };
      }
      windows = { ...windows, current: windows.current + cost };
      const remaining = limit - estimateTimesWindow(nowMs, windows) / windowMs;
      return { allowed: true, waitMs: 0, remaining };
    },
    // #endregion

    // Below zero only after a clock was set back, when the previous window weighs more again.
    remaining: (nowMs) =>
      Math.max(0, limit - estimateTimesWindow(nowMs, windowsAt(nowMs)) / windowMs),
    stateSize: () => 3,
  };
}
