import type { Handler } from './event-queue';
import { type Process, Wait } from './process';
import type { Simulator } from './simulator';
import { WaitQueue } from './wait-queue';

interface ResourceOptions {
  /** How many claims can be held at once, an integer from 0. */
  readonly capacity: number;
  /** Appears in errors. Default: "resource". */
  readonly name?: string;
  /** The most claims that may wait, an integer from 0 or Infinity. Default: Infinity. */
  readonly queueLimit?: number;
  /** Called after each change of `busy`, `queueLength` or `capacity`: the place for statistics. */
  readonly onChange?: (resource: Resource) => void;
}

interface ClaimOptions {
  /** Smaller numbers are served first; equal ones in the order of their requests. Default: 0. */
  readonly priority?: number;
  /** Whether the claim may take the place of a held one with a greater number. Default: false. */
  readonly preempt?: boolean;
}

interface CallbackClaimOptions extends ClaimOptions {
  /**
   * Called, by an event at the same time, when the claim is taken away. Without it a claim that was
   * requested by a callback is never preempted.
   */
  readonly onPreempted?: Handler;
}

/** What becomes of the claims that are too many after the capacity has been reduced. */
type ExcessPolicy = 'finish' | 'preempt';

type ClaimState = 'new' | 'queued' | 'held' | 'released' | 'withdrawn' | 'preempted' | 'refused';

/** Thrown where a process acquires a resource whose queue is full. Check `isFull` to avoid it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly resource: Resource;

  constructor(resource: Resource) {
    super(
      `A claim on "${resource.name}" should find a free server or a place in its queue, but all ${resource.capacity} are busy and ` +
        `${resource.queueLength} claims wait, the most that may. Check isFull before acquire, or catch Refused.`,
    );
    this.resource = resource;
  }
}

/** The reason of the interrupt that a process receives when a claim of its is taken away. */
export class Preempted {
  readonly resource: Resource;
  readonly claim: Claim;
  /** Since when the claim was held, in ms: now minus this is the service already received. */
  readonly heldSinceMs: number;

  constructor(claim: Claim) {
    this.resource = claim.resource;
    this.claim = claim;
    this.heldSinceMs = claim.heldSinceMs;
  }
}

/** Who is told what becomes of a claim that a callback has made. */
interface ClaimListener {
  readonly onGranted: Handler;
  readonly onPreempted: Handler | null;
  readonly arg: number;
  /** The event that announces the grant. */
  grantEventId: number;
}

/** One request for a resource, from the queue to the release. Models get it from `acquire` or `request`. */
export class Claim extends Wait<Claim> {
  readonly resource: Resource;
  readonly priority: number;
  readonly preempts: boolean;
  state: ClaimState = 'new';
  /** Since when the claim has been held, in ms; 0 before. */
  heldSinceMs = 0;
  /** Its number in the order of the requests while it waits, and of the grants while it is held. */
  sequence = 0;
  /** Its index in the queue while it waits, and among the holders while it is held. */
  place = -1;
  private readonly listener: ClaimListener | null;

  /** Models call `resource.acquire` or `resource.request`. */
  constructor(
    resource: Resource,
    priority: number,
    preempts: boolean,
    listener: ClaimListener | null,
  ) {
    super();
    this.resource = resource;
    this.priority = priority;
    this.preempts = preempts;
    this.listener = listener;
  }

  /** Whether somebody can be told that the claim has been taken away. */
  get isPreemptible(): boolean {
    return this.listener === null || this.listener.onPreempted !== null;
  }

  /** Gives the claim back: `resource.release(claim)`. */
  release(): boolean {
    return this.resource.release(this);
  }

  /**
   * Gives the claim up in whatever state it is: leaves the queue, or releases what is held. For claims
   * that a callback has made; a process is interrupted or cancelled instead.
   */
  override withdraw(): void {
    super.withdraw();
    if (this.state === 'queued') this.resource.leaveQueue(this);
    else if (this.state === 'held') this.resource.release(this);
  }

  /** Tells that the claim has been granted after it waited. For `Resource`. */
  announceGrant(): void {
    if (this.listener === null) this.settle(this);
    else this.scheduleGrant(this.listener);
  }

  /** The same where the claim is granted when it is made: a process sees that by itself. */
  announceGrantAtOnce(): void {
    if (this.listener !== null) this.scheduleGrant(this.listener);
  }

  /** A claim that is no longer held must not be announced any more. For `Resource`. */
  dropAnnouncement(): void {
    if (this.listener !== null) this.resource.simulator.cancel(this.listener.grantEventId);
  }

  /** Tells that the claim has been taken away. For `Resource`. */
  announcePreemption(): void {
    const { listener } = this;
    if (listener === null) this.waiter?.process.interrupt(new Preempted(this));
    else if (listener.onPreempted !== null) {
      this.resource.simulator.after(0, listener.onPreempted, listener.arg);
    }
  }

  protected start(): boolean {
    this.setResult(this);
    this.resource.enter(this);
    if (this.state === 'refused') throw new Refused(this.resource);
    return this.state === 'held';
  }

  protected stop(): void {
    this.resource.leaveQueue(this);
  }

  protected override giveBack(): void {
    if (this.state === 'held') this.resource.release(this);
  }

  protected override runningProcess(): Process<unknown> | null {
    return this.resource.simulator.processes.current;
  }

  private scheduleGrant(listener: ClaimListener): void {
    listener.grantEventId = this.resource.simulator.after(0, listener.onGranted, listener.arg);
  }
}

/**
 * Servers, connections, locks: `capacity` claims can be held at once, the others wait in a queue by
 * priority, first-in first-out among equals.
 *
 * From a process: `const claim = yield* resource.acquire(); try { yield serviceMs } finally
 * { resource.release(claim) }`. From callbacks: `const claim = resource.request(onGranted, customer)`.
 */
export class Resource {
  readonly simulator: Simulator;
  readonly name: string;
  private readonly queueLimit: number;
  private readonly onChange: ((resource: Resource) => void) | null;
  private readonly queue = new WaitQueue<Claim>();
  private readonly holders: Claim[] = [];
  private grants = 0;
  private capacityNow: number;

  constructor(simulator: Simulator, options: ResourceOptions) {
    const { capacity, name = 'resource', queueLimit = Infinity, onChange } = options;
    this.simulator = simulator;
    this.name = name;
    this.capacityNow = checkedCapacity(name, capacity);
    if (!(queueLimit >= 0 && (Number.isInteger(queueLimit) || queueLimit === Infinity))) {
      throw new RangeError(
        `The queueLimit of "${name}" should be an integer from 0, or Infinity, but ${queueLimit} was given.`,
      );
    }
    this.queueLimit = queueLimit;
    this.onChange = onChange ?? null;
  }

  get capacity(): number {
    return this.capacityNow;
  }

  /** How many claims are held. Above the capacity only after it was reduced with 'finish'. */
  get busy(): number {
    return this.holders.length;
  }

  /** How many claims wait. */
  get queueLength(): number {
    return this.queue.length;
  }

  /** Whether a claim without preemption would be refused now. */
  get isFull(): boolean {
    return this.holders.length >= this.capacityNow && this.queue.length >= this.queueLimit;
  }

  /**
   * A claim for a process: `yield* resource.acquire()` goes on when it is granted, at once if there is
   * a free server. Throws `Refused` in the process when the queue is full.
   */
  acquire(options?: ClaimOptions): Claim {
    return this.makeClaim(options, null);
  }

  /**
   * Makes a claim from a callback. When it is granted, `onGranted(arg)` is called by an event at that
   * time, even if it is granted at once. If the queue is full, the claim that is returned has the state
   * 'refused' and nothing is called. Give it back with `release`.
   */
  request(onGranted: Handler, arg = 0, options?: CallbackClaimOptions): Claim {
    const onPreempted = options?.onPreempted ?? null;
    const listener = { onGranted, onPreempted, arg, grantEventId: -1 };
    const claim = this.makeClaim(options, listener);
    this.enter(claim);
    return claim;
  }

  /**
   * Gives a held claim back and grants the next one. Returns false when it had been preempted, so that
   * `finally` blocks need not ask; an Error for any other claim that is not held.
   */
  release(claim: Claim): boolean {
    if (claim.resource !== this) {
      throw new Error(
        `"${this.name}" should release its own claims, but was given one of "${claim.resource.name}". Use claim.release().`,
      );
    }
    if (claim.state === 'preempted') return false;
    if (claim.state !== 'held') {
      throw new Error(
        `A claim should be held when it is released, but this one on "${this.name}" is ${claim.state}. Release each claim once, after it was granted.`,
      );
    }
    claim.state = 'released';
    this.removeHolder(claim);
    this.grantNext();
    this.onChange?.(this);
    return true;
  }

  /**
   * Changes the number of servers: an integer from 0. More servers take up waiting claims at once. If
   * there are fewer than the claims held, 'finish' (the default) lets those run to their release, and
   * 'preempt' takes away as many as are too many, the least urgent and latest granted first.
   */
  setCapacity(capacity: number, excess: ExcessPolicy = 'finish'): void {
    this.capacityNow = checkedCapacity(this.name, capacity);
    if (excess === 'preempt') {
      while (this.holders.length > capacity) {
        const victim = this.leastUrgentHolder();
        if (victim === null) break;
        this.preempt(victim);
        victim.announcePreemption();
      }
    }
    this.grantNext();
    this.onChange?.(this);
  }

  /** Grants, queues or refuses a new claim. For `Claim`. */
  enter(claim: Claim): void {
    if (this.holders.length < this.capacityNow) {
      this.grant(claim);
      claim.announceGrantAtOnce();
    } else if (!(claim.preempts && this.enterByPreemption(claim))) {
      if (this.queue.length >= this.queueLimit) {
        claim.state = 'refused';
        return;
      }
      claim.state = 'queued';
      this.queue.add(claim);
    }
    this.onChange?.(this);
  }

  /** For `Claim`. */
  leaveQueue(claim: Claim): void {
    claim.state = 'withdrawn';
    this.queue.remove(claim);
    this.onChange?.(this);
  }

  private makeClaim(options: ClaimOptions | undefined, listener: ClaimListener | null): Claim {
    if (options === undefined) return new Claim(this, 0, false, listener);
    const { priority = 0, preempt = false } = options;
    if (Number.isNaN(priority)) {
      throw new RangeError(
        `The priority of a claim on "${this.name}" should be a number, but NaN was given. Smaller numbers are served first.`,
      );
    }
    return new Claim(this, priority, preempt, listener);
  }

  private enterByPreemption(claim: Claim): boolean {
    const victim = this.leastUrgentHolder();
    if (victim === null || victim.priority <= claim.priority) return false;
    // With 'finish', more may be held than there are servers: then one fewer is still enough.
    if (this.holders.length > this.capacityNow) return false;
    this.preempt(victim);
    this.grant(claim);
    claim.announceGrantAtOnce();
    victim.announcePreemption();
    return true;
  }

  private leastUrgentHolder(): Claim | null {
    let least: Claim | null = null;
    for (const claim of this.holders) {
      if (claim.isPreemptible && (least === null || isLessUrgent(claim, least))) least = claim;
    }
    return least;
  }

  private preempt(victim: Claim): void {
    victim.state = 'preempted';
    this.removeHolder(victim);
  }

  private removeHolder(claim: Claim): void {
    const last = this.holders.pop();
    if (last !== undefined && last !== claim) {
      this.holders[claim.place] = last;
      last.place = claim.place;
    }
    claim.place = -1;
    claim.dropAnnouncement();
  }

  private grantNext(): void {
    while (this.holders.length < this.capacityNow) {
      const next = this.queue.removeFirst();
      if (next === undefined) return;
      this.grant(next);
      next.announceGrant();
    }
  }

  private grant(claim: Claim): void {
    claim.state = 'held';
    claim.heldSinceMs = this.simulator.now;
    claim.sequence = this.grants++;
    claim.place = this.holders.length;
    this.holders.push(claim);
  }
}

/** Which of two held claims is taken away first: the less urgent, and of equals the one granted later. */
function isLessUrgent(claim: Claim, other: Claim): boolean {
  return (
    claim.priority > other.priority ||
    (claim.priority === other.priority && claim.sequence > other.sequence)
  );
}

function checkedCapacity(name: string, capacity: number): number {
  if (!(Number.isInteger(capacity) && capacity >= 0)) {
    throw new RangeError(
      `The capacity of "${name}" should be an integer from 0, but ${capacity} was given. Each claim takes one unit of it.`,
    );
  }
  return capacity;
}
