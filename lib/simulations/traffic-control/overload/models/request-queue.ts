/** The one interface of all queue policies here: what stands between arrival and a free worker. */

/** How much a request matters to those who sent it: what is shed first, and what last. */
export type Priority = 'high' | 'low';

/** A request that waits. */
export interface Waiting {
  readonly id: number;
  readonly priority: Priority;
  /** When it came to the queue, ms. */
  readonly sinceMs: number;
  /** When whoever sent it stops waiting for the answer, ms. */
  readonly deadlineMs: number;
}

/**
 * What a queue is told; each kind uses the numbers that its rule speaks of. An operator may change
 * them while the queue is in use, so they are read each time.
 */
export interface QueueOptions {
  /** The most requests that may wait, a whole number from 0. */
  readonly queueLimit: number;
  /** Time that the work and the way back need once a request is begun, ms, from 0. */
  readonly neededMs: number;
  /** A wait that is acceptable for long, ms, above 0. */
  readonly targetMs: number;
  /** For how long waits may lie above the target before it counts, ms, above the target. */
  readonly intervalMs: number;
  /** Whether requests of low priority are shed first. */
  readonly shedding: boolean;
  /** With so many requests waiting, low priority is no longer let in; a whole number from 0. */
  readonly lowRoom: number;
}

/** Where a new request went: into the queue, or back at once, and why. */
export type Admission = 'queued' | 'full' | 'shed';

export interface RequestQueue {
  readonly offer: (request: Waiting, nowMs: number) => Admission;
  /**
   * Takes out the request that is worked on next; undefined if none is left. Requests that the
   * queue gives up on are handed to `drop` instead.
   */
  readonly take: (nowMs: number, drop: (request: Waiting) => void) => Waiting | undefined;
  readonly length: () => number;
  /** How long the one that has waited longest has waited, ms; 0 if none waits. */
  readonly ageMs: (nowMs: number) => number;
  /** Forgets all that wait; gives them back, first come first. */
  readonly clear: (nowMs: number) => readonly Waiting[];
}

export type QueueFactory = (options: QueueOptions) => RequestQueue;
