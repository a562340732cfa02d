/** The dependency as it is behind its network: instances with workers and a queue each. */
import type { Simulator } from '../../../kernel/simulator';

/** A call at an instance. Nobody tells the instance when its caller has given up. */
interface Job {
  /** What the call takes to serve while the dependency is well, ms. */
  readonly workMs: number;
  readonly onServed: () => void;
}

/** A job in service. */
interface Service {
  readonly job: Job;
  /** Work that was left at `sinceMs`. */
  leftMs: number;
  sinceMs: number;
  /** The event that ends the service. */
  end: number;
}

interface InstanceOptions {
  /** How many jobs are served at a time, a whole number from 1. */
  readonly workers: number;
  /** How many jobs may wait, a whole number from 0. */
  readonly queueLimit: number;
}

/**
 * Serves in the order of arrival, as fast as its present slowness lets it. When the slowness
 * changes, what is left of the work in hand is done at the new pace, so that nothing of a fault
 * outlives it here.
 */
export class Instance {
  private readonly queue: Job[] = [];
  private readonly inService = new Set<Service>();
  private slowness = 1;

  constructor(
    private readonly simulator: Simulator,
    private readonly options: InstanceOptions,
  ) {}

  get waiting(): number {
    return this.queue.length;
  }

  get busy(): number {
    return this.inService.size;
  }

  /** Takes a job; false if there is neither a free worker nor room to wait. */
  offer(job: Job): boolean {
    if (this.busy < this.options.workers) this.serve(job);
    else if (this.waiting < this.options.queueLimit) this.queue.push(job);
    else return false;
    return true;
  }

  /** From now on work takes this many times as long as usual, from 1. */
  slowBy(factor: number): void {
    const { now } = this.simulator;
    for (const service of this.inService) {
      service.leftMs -= (now - service.sinceMs) / this.slowness;
      service.sinceMs = now;
      this.simulator.cancel(service.end);
      service.end = this.endOf(service, factor);
    }
    this.slowness = factor;
  }

  /** Forgets all work; those who wait for it are not told. */
  restart(): void {
    for (const { end } of this.inService) this.simulator.cancel(end);
    this.inService.clear();
    this.queue.length = 0;
  }

  private serve(job: Job): void {
    const service: Service = { job, leftMs: job.workMs, sinceMs: this.simulator.now, end: 0 };
    service.end = this.endOf(service, this.slowness);
    this.inService.add(service);
  }

  private endOf(service: Service, factor: number): number {
    // Subtractions may leave a little less than nothing.
    return this.simulator.after(Math.max(0, service.leftMs) * factor, () => {
      this.inService.delete(service);
      const next = this.queue.shift();
      if (next) this.serve(next);
      service.job.onServed();
    });
  }
}
