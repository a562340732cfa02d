/** The one interface of all failure detectors here: what a member of a cluster says, hears and holds. */

/** In this order of severity. */
export type Status = 'alive' | 'suspect' | 'dead';

/** A statement about a member, passed on by whoever hears it first. */
export interface Update {
  readonly about: number;
  readonly status: Status;
  /** Counts the times that the member has spoken for itself; nobody else ever raises it. */
  readonly incarnation: number;
  /** Who found it out: suspicions of several members count for more than one repeated. */
  readonly by: number;
}

export type Message = {
  readonly from: number;
  readonly to: number;
  readonly updates: readonly Update[];
} & (
  | { readonly kind: 'heartbeat' }
  /** "Are you there?", on behalf of the member whose probe it is. */
  | { readonly kind: 'ping'; readonly prober: number; readonly probe: number }
  /** "I am": goes to whoever pinged, who passes it on to the prober. */
  | { readonly kind: 'ack'; readonly prober: number; readonly probe: number }
  /** "Ask that one for me, it does not answer." */
  | { readonly kind: 'ping-req'; readonly target: number; readonly probe: number }
);

/** How targets are chosen: each time by chance, or each once before any comes again. */
export type ProbeOrder = 'random' | 'in-turn';

export interface MemberOptions {
  /** Number of this member, from 0. */
  readonly self: number;
  /** How many members there are, itself included, from 2; all know of all. */
  readonly members: number;
  /** Length of a protocol period, ms. */
  readonly periodMs: number;
  /** After this time without an answer others are asked to try, ms; what is left of the period is theirs. */
  readonly timeoutMs: number;
  /** How many others are asked, from 0. */
  readonly helpers: number;
  /** A suspect has this many periods, times log₁₀ of the members, to speak up. */
  readonly suspicionMult: number;
  /** An update is sent this many times, times log₁₀ of the members. */
  readonly retransmitMult: number;
  readonly order: ProbeOrder;
  /** How often a member that is believed dead is asked whether it is back, ms; 0 is never. */
  readonly reconnectMs: number;
  /** Draws from [0, 1), evenly. */
  readonly uniform: () => number;
  readonly log10: (x: number) => number;
}

/** Time is an argument: ms since the start of the cluster. What is returned is to be sent. */
export interface Member {
  /** When `tick` has to be called next, ms. */
  readonly dueMs: () => number;
  readonly tick: (nowMs: number) => readonly Message[];
  readonly receive: (message: Message, nowMs: number) => readonly Message[];
  /** What it holds of a member at present. */
  readonly holds: (member: number) => Status;
}

export type MemberFactory = (options: MemberOptions) => Member;
