import { heap } from './heap';
import type { Job } from './job-queue';
import type { ReadyOrder } from './lease-queue';

/** The lowest key first, and of equal ones the job that came first: ORDER BY key, id. */
export function sorted(keyOf: (job: Job) => number): ReadyOrder {
  const jobs = heap<{ readonly key: number; readonly job: Job }>(
    (a, b) => a.key < b.key || (a.key === b.key && a.job.id < b.job.id),
  );

  return {
    add: (job) => jobs.push({ key: keyOf(job), job }),
    take: () => jobs.pop()?.job,
    next: () => jobs.peek()?.job,
    size: jobs.size,
  };
}
