import { Line } from './line';
import type { QueueFactory } from './request-queue';
import { isShed } from './shed';

/** First in, first out, with room for so many and no more; the rest is told at once. */
export const bounded: QueueFactory = (options) => {
  const line = new Line();

  return {
    // #region policy
    offer(request) {
      if (isShed(options, request.priority, line.length)) return 'shed';
      if (line.length >= options.queueLimit) return 'full'; // (1)
      line.push(request);
      return 'queued';
    },
    take: () => line.takeFirst(),
    // #endregion
    length: () => line.length,
    ageMs: (nowMs) => line.ageMs(nowMs),
    clear: () => line.clear(),
  };
};
