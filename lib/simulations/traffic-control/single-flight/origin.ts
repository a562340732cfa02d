/** The origin: so many fetches at a time, a queue of limited length, first in, first out. */
import type { Simulator } from '../../../kernel/simulator';

/** A fetch at the origin. Nobody tells the origin when the service has given it up. */
interface Job {
  readonly key: number;
  /** What it takes, ms, asked when work on it begins. */
  readonly workMs: () => number;
  readonly onServed: () => void;
  /** It was killed, and nobody is answered. */
  readonly onKilled: () => void;
}

export class Origin {
  private readonly waitingJobs: Job[] = [];
  /** Work in hand with the event that ends it. */
  private readonly inHand = new Map<Job, number>();
  /** Fetches of each key that are here. */
  private readonly alike = new Map<number, number>();

  constructor(
    private readonly simulator: Simulator,
    private readonly limits: { workers: number; readonly queueLimit: number },
  ) {}

  get waiting(): number {
    return this.waitingJobs.length;
  }

  get busy(): number {
    return this.inHand.size;
  }

  get workers(): number {
    return this.limits.workers;
  }

  /** Fetches of this key that are here. */
  alikeOf(key: number): number {
    return this.alike.get(key) ?? 0;
  }

  /** The most fetches that are here of one key. */
  get alikeMost(): number {
    let most = 0;
    for (const count of this.alike.values()) if (count > most) most = count;
    return most;
  }

  /** False if there is no room for it. */
  offer(job: Job): boolean {
    if (this.busy >= this.workers && this.waiting >= this.limits.queueLimit) return false;
    this.alike.set(job.key, this.alikeOf(job.key) + 1);
    this.waitingJobs.push(job);
    this.work();
    return true;
  }

  addWorkers(count: number): void {
    this.limits.workers += count;
    this.work();
  }

  /** All that waits or is worked on is dropped; how many these were. */
  kill(): number {
    for (const end of this.inHand.values()) this.simulator.cancel(end);
    const jobs = [...this.inHand.keys(), ...this.waitingJobs.splice(0)];
    this.inHand.clear();
    this.alike.clear();
    for (const job of jobs) job.onKilled();
    return jobs.length;
  }

  private work(): void {
    while (this.busy < this.workers) {
      const job = this.waitingJobs.shift();
      if (!job) return;
      this.inHand.set(
        job,
        this.simulator.after(job.workMs(), () => {
          this.inHand.delete(job);
          this.alike.set(job.key, this.alikeOf(job.key) - 1);
          job.onServed();
          this.work();
        }),
      );
    }
  }
}
