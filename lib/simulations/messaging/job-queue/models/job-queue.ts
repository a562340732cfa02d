/** The one interface of all schedulers: what a producer and a worker may ask of a queue of jobs. */

export interface Job {
  /** Whole, and larger for a job that was enqueued later. */
  readonly id: number;
  /** 0 is the most urgent. */
  readonly priority: number;
  readonly enqueuedAtMs: number;
  /** How long a worker is expected to take. */
  readonly estimateMs: number;
}

/** The right to work on a job for a while. Job and attempt together are its fencing token. */
export interface Lease {
  readonly job: Job;
  /** 1 for the first. */
  readonly attempt: number;
}

/** What became of a job by time alone: its pause is over, or its lease has run out. */
export interface Lapse {
  readonly job: Job;
  readonly what: 'retried' | 'expired' | 'dead';
}

export interface JobQueue {
  /** False: there is no room, and the producer has to keep it. */
  readonly enqueue: (job: Job, nowMs: number) => boolean;
  /** The next job, for `leaseMs` from now; undefined if none is ready. */
  readonly claim: (nowMs: number) => Lease | undefined;
  /** Heartbeat: for `leaseMs` from now. False: the lease is lost, so stop. */
  readonly extend: (lease: Lease, nowMs: number) => boolean;
  /** The job is done. False: the lease is lost, and somebody else is to do it. */
  readonly complete: (lease: Lease) => boolean;
  /** The attempt has failed: it will be retried, is a dead letter, or was no longer this worker’s. */
  readonly fail: (lease: Lease, nowMs: number) => 'retried' | 'dead' | 'lost';
  /** Lets leases run out and pauses end that are due. */
  readonly advance: (nowMs: number) => readonly Lapse[];
  /** When `advance` has something to do next; undefined while it has nothing. */
  readonly dueAtMs: () => number | undefined;
  /** Whom `claim` would take; undefined if none is ready. */
  readonly next: () => Job | undefined;
  /** Jobs ready to be claimed. */
  readonly ready: () => number;
}

export interface QueueSettings {
  /** Jobs that may be ready; retries always find room. */
  readonly room: number;
  readonly leaseMs: number;
  /** Attempts until a job is a dead letter, from 1. */
  readonly attemptsMax: number;
  /** The longest pause before the second attempt; doubles up to `backoffCapMs`. */
  readonly backoffMs: number;
  readonly backoffCapMs: number;
  /** Chance, uniform in [0, 1). */
  readonly uniform: (job: Job, attempt: number) => number;
  /** How much longer a job may wait than one of the next higher priority; for ageing. */
  readonly ageMs: number;
  /** Share of the work for each priority, most urgent first; for fair queues. */
  readonly weights: readonly number[];
}

export type JobQueueFactory = (settings: QueueSettings) => JobQueue;
