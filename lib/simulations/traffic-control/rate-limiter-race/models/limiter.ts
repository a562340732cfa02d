/** The one interface of all rate limiters here: what a service asks before it does the work. */

/**
 * What a limiter is told once, when the service reads its configuration; whoever reads it checks the
 * ranges. The window limiters (fixed window, sliding log, sliding counter) have no use for `burst`;
 * to the others, limit and window together are one number, the rate.
 */
export interface LimiterOptions {
  /** Requests allowed per window, a whole number from 0. */
  readonly limit: number;
  /** Length of the window, ms, above 0. Whole, if decisions are to be exact. */
  readonly windowMs: number;
  /** The most requests that may pass at one moment after idle time, a whole number from 1. */
  readonly burst: number;
}

export type Decision =
  | {
      readonly allowed: true;
      /** How long the caller must hold the request before it passes it on, ms; 0 but for a queue. */
      readonly waitMs: number;
      /** Requests that would still be allowed at this moment; fractions are requests in the making. */
      readonly remaining: number;
    }
  | {
      readonly allowed: false;
      /** From when on it would be allowed if no other came first, ms from now; Infinity for never. */
      readonly retryAfterMs: number;
    };

/**
 * A limiter of one key (one client, one tenant, one address).
 *
 * Time is an argument: any clock in ms does, from any origin. A clock that is set back refuses
 * nobody for longer than two windows (three, if the window before counts in part), or than a whole
 * burst takes.
 */
export interface Limiter {
  /** Asks for one request of this cost (default 1, a whole number) and takes it if it is allowed. */
  readonly take: (nowMs: number, cost?: number) => Decision;
  /** What `remaining` would be after a request of cost 0; changes nothing. */
  readonly remaining: (nowMs: number) => number;
  /** What `remaining` is when nothing has come for long. */
  readonly capacity: number;
  /** How many numbers are kept for this key at present. */
  readonly stateSize: () => number;
}

export type LimiterFactory = (options: LimiterOptions) => Limiter;
