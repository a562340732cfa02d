import type { Job, JobQueueFactory } from './job-queue';
import { leaseQueue, type ReadyOrder } from './lease-queue';
import { sorted } from './sorted';

interface Lane {
  readonly jobs: ReadyOrder;
  readonly weight: number;
  /** Work that it has been given, divided by its weight. */
  passMs: number;
}

/** Each priority gets its share of the work, as long as it has some; the others divide what is left. */
export const fair: JobQueueFactory = (settings) => leaseQueue(settings, byShare(settings.weights));

/** Start-time fair queueing: the lane that has had least for its weight is next. */
function byShare(weights: readonly number[]): ReadyOrder {
  const lanes = weights.map(
    (weight): Lane => ({ jobs: sorted((job) => job.enqueuedAtMs), weight, passMs: 0 }),
  );
  /** The pass of the lane that was served last. */
  let virtualMs = 0;
  let size = 0;

  const laneOf = ({ priority }: Job): Lane => {
    const lane = lanes[priority];
    if (!lane)
      throw new RangeError(
        `Expected a priority from 0 to ${lanes.length - 1}, got ${priority}. Give it a weight.`,
      );
    return lane;
  };

  const nextLane = (): Lane | undefined => {
    let next: Lane | undefined;
    for (const lane of lanes)
      if (lane.jobs.size() > 0 && (!next || lane.passMs < next.passMs)) next = lane;
    return next;
  };

  return {
    // #region policy
    add(job) {
      const lane = laneOf(job);
      if (lane.jobs.size() === 0) lane.passMs = Math.max(lane.passMs, virtualMs); // (1)
      lane.jobs.add(job);
      size++;
    },
    take() {
      const lane = nextLane(); // (2)
      const job = lane?.jobs.take();
      if (!lane || !job) return undefined;
      virtualMs = lane.passMs;
      lane.passMs += job.estimateMs / lane.weight; // (3)
      size--;
      return job;
    },
    // #endregion
    next: () => nextLane()?.jobs.next(),
    size: () => size,
  };
}
