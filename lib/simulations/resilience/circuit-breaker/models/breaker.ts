/** The one interface of all circuit breakers here: what a client asks before it calls a dependency. */

/**
 * What a breaker is told once, when the client reads its configuration; whoever reads it checks the
 * ranges. Each kind of breaker uses the numbers that its rule speaks of.
 */
export interface BreakerOptions {
  /** Failures in a row that open it, a whole number from 1. */
  readonly consecutiveFailures: number;
  /** Results that a window of calls holds, a whole number from 1. */
  readonly windowCalls: number;
  /** Length of a window of time, ms, above 0. */
  readonly windowMs: number;
  /** With fewer results in its window than this, a rate says nothing; a whole number from 1. */
  readonly minimumCalls: number;
  /** Share of failures in the window that opens it, %, above 0 and up to 100. */
  readonly failureRatePercent: number;
  /** A call that takes longer than this is slow, however it ends; ms. */
  readonly slowCallMs: number;
  /** Share of slow calls in the window that opens it, %, above 0 and up to 100. */
  readonly slowRatePercent: number;
  /** How long it stays open before it lets probes through, ms, above 0: the cool-down. */
  readonly openMs: number;
  /** Calls that it lets through while half-open to learn how the dependency is, a whole number from 1. */
  readonly probes: number;
}

export type BreakerState = 'closed' | 'open' | 'half-open';

/** Given out with each call that is let through, and handed back with its result. */
export type Permit = number;

export type Admission =
  | { readonly allowed: true; readonly permit: Permit }
  | {
      readonly allowed: false;
      /** How long it stays open from now on, ms; 0 while probes are under way, Infinity if held open. */
      readonly retryAfterMs: number;
    };

export interface CallResult {
  /** `ignored` says nothing about the dependency: a caller's own mistake, a call that was cancelled. */
  readonly outcome: 'success' | 'failure' | 'ignored';
  /** From the moment the call was sent to the moment its result was known, ms. */
  readonly durationMs: number;
}

/** What a breaker bases its verdict on at present. */
export interface Tally {
  readonly calls: number;
  readonly failures: number;
  readonly slow: number;
}

/**
 * The breaker of one dependency, or of one instance of it.
 *
 * Time is an argument: any clock in ms does, from any origin. Whoever was let through must report
 * once, whatever happens, or a probe stays out for ever; a timeout around the call sees to that.
 */
export interface CircuitBreaker {
  /** Asks whether a call may be sent now. */
  readonly acquire: (nowMs: number) => Admission;
  /** Tells how a call ended that was let through. */
  readonly report: (permit: Permit, result: CallResult, nowMs: number) => void;
  readonly state: (nowMs: number) => BreakerState;
  readonly tally: (nowMs: number) => Tally;
  /** Holds it open or closed, whatever the calls say, until it is reset: a switch for operators. */
  readonly hold: (state: 'open' | 'closed') => void;
  /** Closed again, and everything forgotten. */
  readonly reset: () => void;
}

export type BreakerFactory = (options: BreakerOptions) => CircuitBreaker;
