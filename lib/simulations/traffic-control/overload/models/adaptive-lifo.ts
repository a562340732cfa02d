import { Line } from './line';
import type { QueueFactory } from './request-queue';
import { isShed } from './shed';

/**
 * Adaptive LIFO with controlled delay, as Facebook put it into its servers (B. Maurer, "Fail at
 * Scale", ACM Queue 13(8), 2015). While the queue empties now and then it is first in, first out. Once
 * it has not been empty for an interval the newest goes first, and whoever has waited longer than the
 * target is dropped.
 */
export const adaptiveLifo: QueueFactory = (options) => {
  const line = new Line();
  /** When the queue was last seen empty. */
  let emptyMs = 0;

  // #region standing
  /** Whether a queue has stood for a whole interval. */
  const isStanding = (nowMs: number): boolean => nowMs - emptyMs > options.intervalMs;
  // #endregion

  return {
    offer(request, nowMs) {
      if (isShed(options, request.priority, line.length)) return 'shed';
      if (line.length === 0) emptyMs = nowMs;
      line.push(request);
      return 'queued';
    },
    // #region policy
    take(nowMs, drop) {
      const standing = isStanding(nowMs);
      const limitMs = standing ? options.targetMs : options.intervalMs; // (1)
      while (line.ageMs(nowMs) > limitMs) {
        const stale = line.takeFirst();
        if (stale) drop(stale);
      }
      const request = standing ? line.takeLast() : line.takeFirst(); // (2)
      if (line.length === 0) emptyMs = nowMs;
      return request;
    },
    // #endregion
    length: () => line.length,
    ageMs: (nowMs) => line.ageMs(nowMs),
    clear(nowMs) {
      emptyMs = nowMs;
      return line.clear();
    },
  };
};
