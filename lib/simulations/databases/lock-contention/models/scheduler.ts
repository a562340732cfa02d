/** The one interface of all ways to keep transactions apart: may this one have this row, may it commit. */

export interface Access {
  /** Number of the row. A transaction asks for each row once. */
  readonly row: number;
  /** Whether it writes the row; it then reads it too. */
  readonly isWrite: boolean;
}

/** A transaction is known by a number: whole, larger for those that have begun later, kept by retries. */
export interface Scheduler {
  /** `waits`: it goes on when `end` of another one names it. `refused`: it has to start over. */
  readonly access: (transaction: number, access: Access) => 'granted' | 'waits' | 'refused';
  /** Whom to abort, since the transaction waits for itself; undefined if it does not. */
  readonly victim: (transaction: number) => number | undefined;
  /** Whether what it did may stay; from then on others find it. False: it has to start over. */
  readonly commit: (transaction: number) => boolean;
  /** It is over, after a commit or without: nothing is held for it. Those that go on now. */
  readonly end: (transaction: number) => readonly number[];
}

export type SchedulerFactory = () => Scheduler;
