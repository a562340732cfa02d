import { Line } from './line';
import type { QueueFactory, Waiting } from './request-queue';
import { isShed } from './shed';

/** Drops that lie fewer intervals apart than this belong to one spell of overload (RFC 8289, 5.5). */
const SPELL_INTERVALS = 16;

/**
 * Controlled delay as for packets (RFC 8289): when every wait of a whole interval has been above the
 * target, requests are dropped from the front, ever more often until one waits less.
 */
export const codel: QueueFactory = (options) => {
  const line = new Line();
  /** When the waits will have been above the target for an interval; undefined while they are not. */
  let aboveUntilMs: number | undefined;
  let dropping = false;
  let dropNextMs = 0;
  /** Drops in this spell, and how many there were when it began. */
  let count = 0;
  let countBefore = 0;

  // #region law
  const dropAfter = (ms: number): number => ms + options.intervalMs / Math.sqrt(count);
  // #endregion

  // #region front
  /** The first in line, and whether waits have been too long for long enough. */
  const front = (nowMs: number): { request: Waiting | undefined; isLate: boolean } => {
    const request = line.takeFirst();
    if (!request || nowMs - request.sinceMs < options.targetMs || line.length <= 1) {
      aboveUntilMs = undefined; // (1)
      return { request, isLate: false };
    }
    aboveUntilMs ??= nowMs + options.intervalMs;
    return { request, isLate: nowMs >= aboveUntilMs };
  };
  // #endregion

  return {
    offer(request) {
      if (isShed(options, request.priority, line.length)) return 'shed';
      line.push(request);
      return 'queued';
    },
    // #region policy
    take(nowMs, drop) {
      let { request, isLate } = front(nowMs);
      if (!isLate) dropping = false;
      while (request && dropping && nowMs >= dropNextMs) {
        drop(request);
        count++; // (2)
        ({ request, isLate } = front(nowMs));
        if (isLate) dropNextMs = dropAfter(dropNextMs);
        else dropping = false;
      }
      if (request && isLate && !dropping) {
        drop(request);
        ({ request, isLate } = front(nowMs));
        dropping = true;
        const before = count - countBefore;
        count =
          before > 1 && nowMs - dropNextMs < SPELL_INTERVALS * options.intervalMs ? before : 1; // (3)
        countBefore = count;
        dropNextMs = dropAfter(nowMs);
      }
      return request;
    },
    // #endregion
    length: () => line.length,
    ageMs: (nowMs) => line.ageMs(nowMs),
    clear() {
      aboveUntilMs = undefined; // as whenever the queue is empty
      dropping = false;
      return line.clear();
    },
  };
};
