import { Line } from './line';
import type { QueueFactory } from './request-queue';
import { isShed } from './shed';

/** First in, first out, but nothing is begun that cannot be answered in time. */
export const deadline: QueueFactory = (options) => {
  const line = new Line();

  return {
    offer(request) {
      if (isShed(options, request.priority, line.length)) return 'shed';
      line.push(request);
      return 'queued';
    },
    // #region policy
    take(nowMs, drop) {
      for (;;) {
        const request = line.takeFirst();
        if (!request) return undefined;
        if (nowMs + options.neededMs <= request.deadlineMs) return request; // (1)
        drop(request); // (2)
      }
    },
    // #endregion
    length: () => line.length,
    ageMs: (nowMs) => line.ageMs(nowMs),
    clear: () => line.clear(),
  };
};
