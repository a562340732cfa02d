import type { Handler } from './event-queue';
import { type Process, Wait, type Waiter } from './process';
import type { Simulator } from './simulator';
import { WaitQueue } from './wait-queue';

export interface ResourceOptions {
  /** How many claims can be held at once, an integer from 0. */
  readonly capacity: number;
  /** Appears in errors. Default: "resource". */
  readonly name?: string;
  /** The most claims that may wait, an integer from 0 or Infinity. Default: Infinity. */
  readonly queueLimit?: number;
  /** Called after each change of `busy`, `queueLength` or `capacity`: the place for statistics. */
  readonly onChange?: (resource: Resource) => void;
}

export interface ClaimOptions {
  /** Smaller numbers are served first; equal ones in the order of their requests. Default: 0. */
  readonly priority?: number;
  /** Whether the claim may take the place of a held one with a greater number. Default: false. */
  readonly preempt?: boolean;
}

export interface CallbackClaimOptions extends ClaimOptions {
  /**
   * Called, by an event at the same time, when the claim is taken away. Without it a claim that was
   * requested by a callback is never preempted.
   */
  readonly onPreempted?: Handler;
}

/** What becomes of the claims that are too many after the capacity has been reduced. */
export type ExcessPolicy = 'finish' | 'preempt';

export type ClaimState =
  | 'new'
  | 'queued'
  | 'held'
  | 'released'
  | 'withdrawn'
  | 'preempted'
  | 'refused';

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

/** One request for a resource, from the queue to the release. Models get it from `acquire` or `request`. */
export class Claim extends Wait<Claim> {
  readonly resource: Resource;
  readonly priority: number;
  readonly preempts: boolean;
  state: ClaimState = 'new';
  /** Since when the claim has been held, in ms; NaN before. */
  heldSinceMs = Number.NaN;

  // For the queue that holds it:
  sequence = 0;
  place = -1;
  // For the resource:
  holderIndex = -1;
  grantNumber = -1;
  private owner: Process<unknown> | null = null;
  private readonly onGranted: Handler | null;
  private readonly onPreempted: Handler | null;
  private readonly arg: number;
  private grantEventId = -1;

  constructor(
    resource: Resource,
    priority: number,
    preempts: boolean,
    onGranted: Handler | null,
    onPreempted: Handler | null,
    arg: number,
  ) {
    super();
    this.resource = resource;
    this.priority = priority;
    this.preempts = preempts;
    this.onGranted = onGranted;
    this.onPreempted = onPreempted;
    this.arg = arg;
  }

  /** Whether somebody can be told that the claim has been taken away. */
  get isPreemptible(): boolean {
    return this.owner !== null || this.onPreempted !== null;
  }

  /** Gives the claim back: `resource.release(claim)`. */
  release(): boolean {
    return this.resource.release(this);
  }

  /**
   * Gives the claim up in whatever state it is: leaves the queue, or releases what is held. For claims
   * that a callback has requested; a process is interrupted or cancelled instead.
   */
  override withdraw(): void {
    super.withdraw();
    if (this.state === 'queued') this.resource.leaveQueue(this);
    else if (this.state === 'held') this.resource.release(this);
  }

  /** The resource has granted the claim after it waited. */
  granted(): void {
    if (this.onGranted !== null) this.grantedAtOnce();
    else this.settle(this);
  }

  /** The resource has granted the claim when it was made. */
  grantedAtOnce(): void {
    if (this.onGranted !== null) {
      this.grantEventId = this.resource.simulator.after(0, this.onGranted, this.arg);
    }
  }

  /** The claim is no longer held, so a grant that has not been announced must not be. */
  dropAnnouncement(): void {
    if (this.onGranted !== null) this.resource.simulator.cancel(this.grantEventId);
  }

  announcePreemption(): void {
    if (this.owner !== null) this.owner.interrupt(new Preempted(this));
    else if (this.onPreempted !== null) {
      this.resource.simulator.after(0, this.onPreempted, this.arg);
    }
  }

  protected start(waiter: Waiter): boolean {
    this.owner = waiter.process;
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
    return this.makeClaim(options, null, null, 0);
  }

  /**
   * Makes a claim from a callback. When it is granted, `onGranted(arg)` is called by an event at that
   * time, even if it is granted at once. If the queue is full, the claim that is returned has the state
   * 'refused' and nothing is called. Give it back with `release`.
   */
  request(onGranted: Handler, arg = 0, options?: CallbackClaimOptions): Claim {
    const claim = this.makeClaim(options, onGranted, options?.onPreempted ?? null, arg);
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
      claim.grantedAtOnce();
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

  private makeClaim(
    options: ClaimOptions | undefined,
    onGranted: Handler | null,
    onPreempted: Handler | null,
    arg: number,
  ): Claim {
    if (options === undefined) return new Claim(this, 0, false, onGranted, onPreempted, arg);
    const { priority = 0, preempt = false } = options;
    if (Number.isNaN(priority)) {
      throw new RangeError(
        `The priority of a claim on "${this.name}" should be a number, but NaN was given. Smaller numbers are served first.`,
      );
    }
    return new Claim(this, priority, preempt, onGranted, onPreempted, arg);
  }

  private enterByPreemption(claim: Claim): boolean {
    const victim = this.leastUrgentHolder();
    if (victim === null || victim.priority <= claim.priority) return false;
    // With 'finish', more may be held than there are servers: then one fewer is still enough.
    if (this.holders.length > this.capacityNow) return false;
    this.preempt(victim);
    this.grant(claim);
    claim.grantedAtOnce();
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
      this.holders[claim.holderIndex] = last;
      last.holderIndex = claim.holderIndex;
    }
    claim.holderIndex = -1;
    claim.dropAnnouncement();
  }

  private grantNext(): void {
    while (this.holders.length < this.capacityNow) {
      const next = this.queue.removeFirst();
      if (next === undefined) return;
      this.grant(next);
      next.granted();
    }
  }

  private grant(claim: Claim): void {
    claim.state = 'held';
    claim.heldSinceMs = this.simulator.now;
    claim.grantNumber = this.grants++;
    claim.holderIndex = this.holders.length;
    this.holders.push(claim);
  }
}

/** Which of two held claims is taken away first: the less urgent, and of equals the one granted later. */
function isLessUrgent(claim: Claim, other: Claim): boolean {
  return (
    claim.priority > other.priority ||
    (claim.priority === other.priority && claim.grantNumber > other.grantNumber)
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
