import { Line } from './line';
import type { QueueFactory } from './request-queue';
import { isShed } from './shed';

/** First in, first out, without a bound: what you have if you have chosen nothing. */
export const fifo: QueueFactory = (options) => {
  const line = new Line();

  return {
    // #region policy
    offer(request) {
      if (isShed(options, request.priority, line.length)) return 'shed';
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
