import { Line } from './line';
import type { QueueFactory } from './request-queue';
import { isShed } from './shed';

/** Last in, first out: who came last is served first, and the unlucky wait for ever. */
export const lifo: QueueFactory = (options) => {
  const line = new Line();

  return {
    // #region policy
    offer(request) {
      if (isShed(options, request.priority, line.length)) return 'shed';
      line.push(request);
      return 'queued';
    },
    take: () => line.takeLast(),
    // #endregion
    length: () => line.length,
    ageMs: (nowMs) => line.ageMs(nowMs),
    clear: () => line.clear(),
  };
};
