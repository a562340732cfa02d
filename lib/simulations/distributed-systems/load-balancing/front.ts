/** A balancer with what it knows: of each instance, what it has in flight there or was told. */
import type { Balancer, Instance } from './models/balancer';
import type { Server } from './service';

type Knowledge = 'own' | 'reported' | 'reported-and-sent';

/** How long a balancer leaves an instance out (`base_ejection_time` of Envoy is 30 s). */
const EJECTED_MS = 10_000;

/** An instance as one balancer sees it. */
export class Seen implements Instance {
  /** Requests of this balancer there. */
  private own = 0;
  private reported = 0;
  /** Sent there since the last report. */
  private sentSince = 0;
  failuresInARow = 0;
  ejectedUntilMs = 0;

  constructor(
    readonly server: Server,
    readonly weight: number,
    private readonly knowledge: Knowledge,
    /** Whether the load is always known as it is, where it is reported. */
    private readonly isFresh: boolean,
  ) {}

  get id(): string {
    return this.server.id;
  }

  get inFlight(): number {
    if (this.knowledge === 'own') return this.own;
    if (this.isFresh) return this.server.load;
    return this.knowledge === 'reported' ? this.reported : this.reported + this.sentSince;
  }

  sent(): void {
    this.own++;
    this.sentSince++;
  }

  answered(): void {
    this.own--;
  }

  report(): void {
    this.reported = this.server.load;
    this.sentSince = 0;
  }
}

export class Front {
  private readonly seen = new Map<Server, Seen>();
  private members: readonly Seen[] = [];
  private instances: readonly Seen[] = [];

  constructor(
    private readonly balancer: Balancer,
    private readonly see: (server: Server) => Seen,
  ) {}

  /** These are in rotation from now on. Of those that were before, everything is still known. */
  rotate(servers: readonly Server[], nowMs: number): void {
    this.members = servers.map((server) => {
      const known = this.seen.get(server) ?? this.see(server);
      this.seen.set(server, known);
      return known;
    });
    this.choose(nowMs);
  }

  report(): void {
    for (const seen of this.members) seen.report();
  }

  /** The instance for the next request; undefined if none is in rotation. */
  pick(affinity: string | undefined): Seen | undefined {
    if (this.instances.length === 0) return undefined;
    const { id } = this.balancer.pick(this.instances, affinity);
    const seen = this.instances.find((each) => each.id === id);
    if (!seen) {
      throw new Error(
        `Expected a strategy to pick one of ${this.instances.map((each) => each.id).join(', ')}, got "${id}".`,
      );
    }
    return seen;
  }

  /** @returns whether the instance is left out from now on */
  failed(seen: Seen, { ejectAfter, nowMs }: { ejectAfter: number; nowMs: number }): boolean {
    seen.failuresInARow++;
    if (ejectAfter === 0 || seen.failuresInARow < ejectAfter) return false;
    if (seen.ejectedUntilMs > nowMs || this.instances.length === 1) return false;
    seen.ejectedUntilMs = nowMs + EJECTED_MS;
    seen.failuresInARow = 0;
    this.choose(nowMs);
    return true;
  }

  /** Lets those back in whose time is over. */
  readmit(nowMs: number): void {
    if (this.instances.length !== this.members.length) this.choose(nowMs);
  }

  private choose(nowMs: number): void {
    const fit = this.members.filter((seen) => seen.ejectedUntilMs <= nowMs);
    // Nobody left is worse than anybody: then all are asked.
    this.instances = fit.length > 0 ? fit : this.members;
  }
}
