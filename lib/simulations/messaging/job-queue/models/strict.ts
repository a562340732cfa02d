import type { JobQueueFactory } from './job-queue';
import { leaseQueue } from './lease-queue';
import { sorted } from './sorted';

/** The highest priority that is there; whoever is below waits until nobody is above. */
export const strict: JobQueueFactory = (settings) =>
  leaseQueue(
    settings,
    // #region policy
    sorted((job) => job.priority),
    // #endregion
  );
