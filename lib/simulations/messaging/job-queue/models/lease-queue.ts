import { heap } from './heap';
import type { Job, JobQueue, Lapse, Lease, QueueSettings } from './job-queue';

/** In which order jobs that are ready are claimed: all that schedulers differ in. */
export interface ReadyOrder {
  readonly add: (job: Job) => void;
  readonly take: () => Job | undefined;
  readonly next: () => Job | undefined;
  readonly size: () => number;
}

/** What a job is held for: a worker that may be gone, or a pause before its next attempt. */
interface Held {
  readonly job: Job;
  readonly attempt: number;
  readonly isLeased: boolean;
  untilMs: number;
}

/** Jobs with leases, retries and dead letters: each is done by somebody, or is a dead letter. */
export function leaseQueue(settings: QueueSettings, order: ReadyOrder): JobQueue {
  const { room, leaseMs, attemptsMax, backoffMs, backoffCapMs, uniform } = settings;
  /** Job → how often it has been claimed; gone once it is done or dead. */
  const attempts = new Map<number, number>();
  /** Job → what it is held for. Those that are ready are not in it. */
  const held = new Map<number, Held>();
  /** By when they are due. Some are out of date: their job is held for something else by now. */
  const timers = heap<{ readonly atMs: number; readonly of: Held }>(
    (a, b) => a.atMs < b.atMs || (a.atMs === b.atMs && a.of.job.id < b.of.job.id),
  );

  const hold = (of: Held): void => {
    held.set(of.job.id, of);
    timers.push({ atMs: of.untilMs, of });
  };

  // #region lease
  /** What is held under this lease, unless it has run out. */
  const heldBy = ({ job, attempt }: Lease): Held | undefined => {
    const found = held.get(job.id);
    return found?.isLeased && found.attempt === attempt ? found : undefined; // (1)
  };

  const claim = (nowMs: number): Lease | undefined => {
    const job = order.take();
    if (!job) return undefined;
    const attempt = (attempts.get(job.id) ?? 0) + 1; // (2)
    attempts.set(job.id, attempt);
    hold({ job, attempt, isLeased: true, untilMs: nowMs + leaseMs });
    return { job, attempt };
  };

  const extend = (lease: Lease, nowMs: number): boolean => {
    const found = heldBy(lease);
    if (found) found.untilMs = nowMs + leaseMs; // (3)
    return found !== undefined;
  };

  const complete = (lease: Lease): boolean => {
    const isOurs = heldBy(lease) !== undefined;
    if (isOurs) forget(lease.job);
    return isOurs;
  };
  // #endregion

  // #region retry
  const fail = (lease: Lease, nowMs: number): 'retried' | 'dead' | 'lost' => {
    if (!heldBy(lease)) return 'lost';
    const { job, attempt } = lease;
    if (attempt >= attemptsMax) {
      forget(job);
      return 'dead';
    }
    const longestMs = Math.min(backoffCapMs, backoffMs * doubled(attempt - 1)); // (1)
    const pauseMs = uniform(job, attempt) * longestMs; // (2)
    hold({ job, attempt, isLeased: false, untilMs: nowMs + pauseMs });
    return 'retried';
  };

  const lapse = ({ job, attempt, isLeased }: Held): Lapse => {
    held.delete(job.id);
    if (isLeased && attempt >= attemptsMax) {
      forget(job);
      return { job, what: 'dead' }; // (3)
    }
    order.add(job);
    return { job, what: isLeased ? 'expired' : 'retried' };
  };
  // #endregion

  const forget = ({ id }: Job): void => {
    held.delete(id);
    attempts.delete(id);
  };

  /** When the next timer is due; puts right those that are out of date on the way. */
  const dueAtMs = (): number | undefined => {
    for (;;) {
      const timer = timers.peek();
      if (!timer) return undefined;
      const { atMs, of } = timer;
      const isCurrent = held.get(of.job.id) === of;
      if (isCurrent && of.untilMs === atMs) return atMs;
      timers.pop();
      if (isCurrent) timers.push({ atMs: of.untilMs, of });
    }
  };

  return {
    enqueue(job) {
      const hasRoom = order.size() < room;
      if (hasRoom) order.add(job);
      return hasRoom;
    },
    claim,
    extend,
    complete,
    fail,
    advance(nowMs) {
      const lapses: Lapse[] = [];
      for (;;) {
        const atMs = dueAtMs();
        const timer = atMs !== undefined && atMs <= nowMs ? timers.pop() : undefined;
        if (!timer) return lapses;
        lapses.push(lapse(timer.of));
      }
    },
    dueAtMs,
    next: order.next,
    ready: order.size,
  };
}

/** 2 to the power of `times`, and no more than that of 30, where a pause of 1 ms is twelve days. */
function doubled(times: number): number {
  return 1 << Math.min(times, 30);
}
