/** The instances behind the queue: workers that serve one request each, at a pace that may change. */
import type { Simulator } from '../../../kernel/simulator';

/** A request at a worker. Nobody tells the worker when its client has given up. */
export interface Job {
  /** What it takes to serve while nothing is slow, ms. */
  readonly workMs: number;
  readonly onServed: () => void;
  /** Its instance is gone, and the work with it. */
  readonly onLost: () => void;
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

type Instance = Set<Service>;

/** Gives each job to the instance with the most free workers. */
export class Pool {
  private readonly instances: Instance[] = [];
  private slowness = 1;
  private busyNow = 0;
  /** Busy workers times ms since the last look, and until when it is counted. */
  private busyMs = 0;
  private workerMs = 0;
  private countedMs = 0;

  constructor(
    private readonly simulator: Simulator,
    /** Workers of each instance, a whole number from 1. */
    private readonly workers: number,
  ) {}

  /** Instances that take jobs. */
  get ready(): number {
    return this.instances.length;
  }

  /** Workers that serve a job. */
  get busy(): number {
    return this.busyNow;
  }

  /** Share of the workers that are busy, 0 to 1; 0 where there is none. */
  get utilisation(): number {
    return this.ready === 0 ? 0 : this.busy / (this.ready * this.workers);
  }

  hasRoom(): boolean {
    return this.busyNow < this.instances.length * this.workers;
  }

  /** Begins a job; there must be room. */
  start(job: Job): void {
    this.count();
    let freest = this.instances[0];
    for (const instance of this.instances)
      if (freest && instance.size < freest.size) freest = instance;
    if (!freest || freest.size >= this.workers) {
      throw new Error('Expected a free worker, got none. Ask hasRoom() before start().');
    }
    const service: Service = { job, leftMs: job.workMs, sinceMs: this.simulator.now, end: 0 };
    service.end = this.endOf(service, freest);
    freest.add(service);
    this.busyNow++;
  }

  /** From now on work takes this many times as long as usual, from 1. */
  slowBy(factor: number): void {
    const { now } = this.simulator;
    const before = this.slowness;
    this.slowness = factor;
    for (const instance of this.instances) {
      for (const service of instance) {
        // What is left of the work in hand is done at the new pace: no fault outlives itself here.
        service.leftMs = Math.max(0, service.leftMs - (now - service.sinceMs) / before);
        service.sinceMs = now;
        this.simulator.cancel(service.end);
        service.end = this.endOf(service, instance);
      }
    }
  }

  /** One more instance takes jobs. */
  add(): void {
    this.count();
    this.instances.push(new Set());
  }

  /** The last instance is gone, with what it was serving. */
  remove(): void {
    this.count();
    const services = this.instances.pop() ?? new Set();
    this.busyNow -= services.size;
    for (const { job, end } of services) {
      this.simulator.cancel(end);
      job.onLost();
    }
  }

  /** Mean utilisation since the last call, 0 to 1. */
  meanUtilisation(): number {
    this.count();
    const mean = this.workerMs === 0 ? 0 : this.busyMs / this.workerMs;
    this.busyMs = 0;
    this.workerMs = 0;
    return mean;
  }

  /** Adds up to now, before the number of busy workers changes. */
  private count(): void {
    const { now } = this.simulator;
    this.busyMs += this.busy * (now - this.countedMs);
    this.workerMs += this.ready * this.workers * (now - this.countedMs);
    this.countedMs = now;
  }

  private endOf(service: Service, instance: Instance): number {
    return this.simulator.after(service.leftMs * this.slowness, () => {
      this.count();
      instance.delete(service);
      this.busyNow--;
      service.job.onServed();
    });
  }
}
