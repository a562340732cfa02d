/** The one interface of all pools here: who gets a connection, who waits, who is told no. */

/** What a pool is told; both may change while it is in use, so they are read each time. */
export interface PoolOptions {
  /** Connections at most, a whole number from 1. */
  readonly size: number;
  /** Those that may wait at most, a whole number from 0. */
  readonly waitersMax: number;
}

export interface Pool {
  /** Asks for a connection for the request of this id. */
  readonly acquire: (id: number) => 'granted' | 'queued' | 'refused';
  /** Gives a connection back; the id of who has it now, undefined if nobody waits for it. */
  readonly release: () => number | undefined;
  /** A request waits no longer. */
  readonly giveUp: (id: number) => void;
  /**
   * After the size has grown, and before anybody else asks: the ids of those who have a connection now.
   */
  readonly grown: () => readonly number[];
  readonly inUse: () => number;
  readonly waiting: () => number;
}

export type PoolFactory = (options: PoolOptions) => Pool;
