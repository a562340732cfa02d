import type { JobQueueFactory } from './job-queue';
import { leaseQueue } from './lease-queue';
import { sorted } from './sorted';

/** Who is done soonest is first; who has much to do waits until nobody has less. */
export const shortest: JobQueueFactory = (settings) =>
  leaseQueue(
    settings,
    // #region policy
    sorted((job) => job.estimateMs),
    // #endregion
  );
