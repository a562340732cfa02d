/** The instances behind the balancers: a queue and one request at a time in each. */
import type { Simulator } from '../../../kernel/simulator';
import { type Holder, Lock } from './lock';

/** A request at an instance. */
export interface Job {
  /** What it takes on an instance that is well and new, ms. */
  readonly workMs: number;
  /** For how long it holds the lock, ms; asked when it gets it. 0 is no lock. */
  readonly lockMs: () => number;
  readonly onServed: () => void;
  readonly onFailed: () => void;
}

type Phase = 'starting' | 'up' | 'draining' | 'gone';

export class Server {
  readonly id: string;
  phase: Phase = 'starting';
  isFailing = false;
  /** How many times as long work takes here because of trouble, from 1. */
  trouble = 1;
  /** What it remembers: another one after each restart. */
  memory: object = {};
  private readonly waiting: Job[] = [];
  private active: Job | undefined;
  /** Ends what the active job is doing. */
  private event = 0;
  private holder: Holder | undefined;

  constructor(
    /** From 0, in the order in which they were ordered. */
    readonly place: number,
    /** How many times as long work takes on this hardware, from 1. */
    readonly slowness: number,
    private readonly simulator: Simulator,
    private readonly lock: Lock,
    private readonly onChange: (server: Server) => void,
  ) {
    this.id = `instance-${place + 1}`;
  }

  get name(): string {
    return `Instance ${this.place + 1}`;
  }

  /** Requests that wait or are worked on. */
  get load(): number {
    return this.waiting.length + (this.active ? 1 : 0);
  }

  get isBusy(): boolean {
    return this.active !== undefined;
  }

  take(job: Job): void {
    if (this.active) {
      this.waiting.push(job);
      this.onChange(this);
    } else this.begin(job);
  }

  /** A new process: all that was here is lost, with what it remembered and what ailed it. */
  renew(): void {
    const jobs = this.active ? [this.active, ...this.waiting] : [...this.waiting];
    this.simulator.cancel(this.event);
    if (this.holder) this.lock.leave(this.holder);
    this.holder = undefined;
    this.active = undefined;
    this.waiting.length = 0;
    this.memory = {};
    this.isFailing = false;
    this.trouble = 1;
    for (const job of jobs) job.onFailed();
    this.onChange(this);
  }

  private begin(job: Job): void {
    this.active = job;
    this.onChange(this);
    this.event = this.simulator.after(job.workMs * this.slowness * this.trouble, () =>
      this.workDone(job),
    );
  }

  private workDone(job: Job): void {
    const holder = (): void => {
      const holdMs = job.lockMs();
      if (holdMs === 0) this.finish(job);
      else this.event = this.simulator.after(holdMs, () => this.finish(job));
    };
    this.holder = holder;
    this.lock.ask(holder);
  }

  private finish(job: Job): void {
    const { holder } = this;
    this.holder = undefined;
    this.active = undefined;
    const next = this.waiting.shift();
    if (next) this.begin(next);
    else this.onChange(this);
    job.onServed();
    if (holder) this.lock.leave(holder);
  }
}

interface ServiceOptions {
  readonly simulator: Simulator;
  readonly startMs: () => number;
  /** How slow the hardware of an instance is, by its place. */
  readonly slownessAt: (place: number) => number;
  /** Called when instances came into rotation or left it. */
  readonly onRotation: () => void;
  /** Called when the load of an instance has changed. */
  readonly onLoad: (server: Server) => void;
}

export class Service {
  readonly servers: Server[] = [];
  private readonly lock = new Lock();
  private busy = 0;
  /** Busy instances, and all in rotation, times ms since the last look, and until when counted. */
  private busyMs = 0;
  private upMs = 0;
  private countedMs = 0;
  private readonly wasBusy = new Set<Server>();

  constructor(private readonly options: ServiceOptions) {}

  /** Instances in rotation, in the order in which they were ordered. */
  rotation: readonly Server[] = [];

  get starting(): number {
    return this.servers.filter(({ phase }) => phase === 'starting').length;
  }

  /** Share of the instances in rotation that are busy, 0 to 1; 0 where there is none. */
  get utilisation(): number {
    return this.rotation.length === 0 ? 0 : this.busy / this.rotation.length;
  }

  /** Orders instances, or takes the newest away once they have done what they have. */
  scaleTo(count: number): void {
    const kept = this.servers.filter(({ phase }) => phase === 'up' || phase === 'starting');
    for (let i = kept.length; i < count; i++) this.start(this.fresh(), this.options.startMs());
    for (const server of kept.slice(count)) {
      this.move(server, server.isBusy ? 'draining' : 'gone');
    }
  }

  /** Instances with which a run begins. */
  open(count: number): void {
    for (let i = 0; i < count; i++) this.start(this.fresh(), 0);
  }

  /** The instance loses all that it has and is back when it has started. */
  restart(server: Server): void {
    this.move(server, 'gone');
    server.renew();
    this.start(server, this.options.startMs());
  }

  /** Mean utilisation since the last call, 0 to 1. */
  meanUtilisation(): number {
    this.count();
    const mean = this.upMs === 0 ? 0 : this.busyMs / this.upMs;
    this.busyMs = 0;
    this.upMs = 0;
    return mean;
  }

  /** An instance to start: the place of one that is gone, or a new one. */
  private fresh(): Server {
    const gone = this.servers.find(({ phase }) => phase === 'gone');
    gone?.renew();
    return gone ?? this.create();
  }

  private create(): Server {
    const place = this.servers.length;
    const { simulator, slownessAt } = this.options;
    const server = new Server(place, slownessAt(place), simulator, this.lock, (changed) => {
      this.track(changed);
      if (changed.phase === 'draining' && !changed.isBusy) this.move(changed, 'gone');
      this.options.onLoad(changed);
    });
    this.servers.push(server);
    return server;
  }

  private start(server: Server, startMs: number): void {
    this.move(server, 'starting');
    // One that was taken away meanwhile and ordered again starts anew: it has another memory.
    const { memory } = server;
    const up = (): void => {
      if (server.phase === 'starting' && server.memory === memory) this.move(server, 'up');
    };
    if (startMs === 0) up();
    else this.options.simulator.after(startMs, up);
  }

  private move(server: Server, phase: Phase): void {
    server.phase = phase;
    const { length } = this.rotation;
    const rotation = this.servers.filter((each) => each.phase === 'up');
    this.track(server);
    this.count();
    this.rotation = rotation;
    if (rotation.length !== length) this.options.onRotation();
  }

  /** Keeps the number of busy instances in rotation. */
  private track(server: Server): void {
    const isBusy = server.isBusy && server.phase === 'up';
    if (isBusy === this.wasBusy.has(server)) return;
    this.count();
    if (isBusy) this.wasBusy.add(server);
    else this.wasBusy.delete(server);
    this.busy = this.wasBusy.size;
  }

  /** Adds up to now, before anything changes. */
  private count(): void {
    const { now } = this.options.simulator;
    this.busyMs += this.busy * (now - this.countedMs);
    this.upMs += this.rotation.length * (now - this.countedMs);
    this.countedMs = now;
  }
}
