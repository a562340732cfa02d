import type { JobQueueFactory } from './job-queue';
import { leaseQueue } from './lease-queue';
import { sorted } from './sorted';

/** Who was enqueued first is first, whatever it is; a retry keeps its place. */
export const firstCome: JobQueueFactory = (settings) =>
  leaseQueue(
    settings,
    // #region policy
    sorted((job) => job.enqueuedAtMs),
    // #endregion
  );
