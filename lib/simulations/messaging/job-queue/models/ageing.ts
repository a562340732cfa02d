import type { JobQueueFactory } from './job-queue';
import { leaseQueue } from './lease-queue';
import { sorted } from './sorted';

/** Each step of priority is a head start of some seconds; who has waited longer than that is first. */
export const ageing: JobQueueFactory = (settings) =>
  leaseQueue(
    settings,
    // #region policy
    sorted((job) => job.enqueuedAtMs + job.priority * settings.ageMs), // (1)
    // #endregion
  );
