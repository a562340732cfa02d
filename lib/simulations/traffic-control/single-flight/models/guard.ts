/** The one interface of all guards here: what stands between a look-up in a cache and the origin. */

/** What the cache holds of a key. */
export interface Entry {
  /** From here on it counts as expired, ms. */
  readonly expiresMs: number;
  /** How long it took to fetch, ms. */
  readonly fetchMs: number;
}

export interface Lookup {
  readonly key: number;
  readonly nowMs: number;
  /** Undefined if the cache holds nothing of the key; it may have expired. */
  readonly entry: Entry | undefined;
  /** A uniform draw in (0, 1], another one each time. */
  readonly draw: number;
}

export interface Decision {
  /** Whether the request is answered with what the cache holds, or waits for a fetch. */
  readonly answer: 'cache' | 'wait';
  /** Whether a fetch is begun. Who waits and begins none waits for the one that is under way. */
  readonly fetch: boolean;
  /** The token of the lease under which it is fetched, if there is one; `ended` is told it. */
  readonly lease?: number | undefined;
}

export interface Guard {
  readonly look: (lookup: Lookup) => Decision;
  /** A fetch that was begun here has ended, with a value or without. */
  readonly ended: (key: number, nowMs: number, lease: number | undefined) => void;
}

/** Locks that all instances share, such as `SET key token NX PX` of Redis. */
export interface Leases {
  /** Takes the lease until `untilMs`, in the name of a token of one's own; false if somebody holds it. */
  readonly take: (key: number, nowMs: number, untilMs: number, token: number) => boolean;
  /** Gives the lease back; nothing happens if it has run out and somebody else holds it. */
  readonly release: (key: number, token: number) => void;
}

/** What a guard is told; each kind uses what its rule speaks of. */
export interface GuardOptions {
  /** How eagerly entries are fetched before they expire, from 0; 1 is the default of the paper. */
  readonly beta: number;
  /** For how long an expired entry may still be served, ms, from 0. */
  readonly staleMs: number;
  /** After which time a lease ends by itself, ms, above 0. */
  readonly leaseMs: number;
  readonly leases: Leases;
  /** The natural logarithm. */
  readonly log: (x: number) => number;
}

/** One guard for each instance of the service. */
export type GuardFactory = (options: GuardOptions) => Guard;
