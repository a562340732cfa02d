/** Transactions by number: who has committed, who sees what, and what nobody can see any more. */
import type { Tuple } from './page';

/** What a statement or a transaction may see. */
export interface Snapshot {
  /** Every transaction below it had ended. */
  readonly xmin: number;
  /** No transaction from here on had begun. */
  readonly xmax: number;
  /** Those between that were still running. */
  readonly running: ReadonlySet<number>;
}

export interface Transactions {
  /** The number that the next transaction gets. */
  readonly next: () => number;
  readonly begin: () => number;
  readonly commit: (xid: number) => void;
  readonly abort: (xid: number) => void;
  readonly hasAborted: (xid: number) => boolean;
  readonly isRunning: (xid: number) => boolean;
  /** What is committed at this moment, kept in sight until it is closed. */
  readonly open: () => Snapshot;
  readonly close: (snapshot: Snapshot) => void;
  /** Versions whose xmax lies below can be seen by nobody. */
  readonly horizon: () => number;
}

/** @param first number of the first transaction, from 3: those below have a meaning of their own */
export function createTransactions(first = 3): Transactions {
  let next = first;
  const running = new Set<number>();
  const aborted = new Set<number>();
  const open = new Set<Snapshot>();
  const oldestRunning = (): number => {
    let oldest = next;
    for (const xid of running) oldest = Math.min(oldest, xid);
    return oldest;
  };
  const end = (xid: number): void => {
    if (!running.delete(xid)) throw new Error(`Expected to end a running transaction, got ${xid}.`);
  };
  return {
    next: () => next,
    begin: () => {
      running.add(next);
      return next++;
    },
    commit: end,
    abort: (xid) => {
      end(xid);
      aborted.add(xid);
    },
    hasAborted: (xid) => aborted.has(xid),
    isRunning: (xid) => running.has(xid),
    open: () => {
      const snapshot = { xmin: oldestRunning(), xmax: next, running: new Set(running) };
      open.add(snapshot);
      return snapshot;
    },
    close: (snapshot) => {
      open.delete(snapshot);
    },
    // #region horizon
    horizon: () => {
      let oldest = oldestRunning();
      for (const { xmin } of open) oldest = Math.min(oldest, xmin); // (1)
      return oldest;
    },
    // #endregion
  };
}

// #region visible
/** Whether a transaction had committed when the snapshot was taken. */
function wasCommitted(xid: number, snapshot: Snapshot, transactions: Transactions): boolean {
  if (xid >= snapshot.xmax || snapshot.running.has(xid)) return false; // (2)
  return !transactions.hasAborted(xid) && !transactions.isRunning(xid);
}

export function isVisible(tuple: Tuple, snapshot: Snapshot, transactions: Transactions): boolean {
  if (!wasCommitted(tuple.xmin, snapshot, transactions)) return false;
  return tuple.xmax === 0 || !wasCommitted(tuple.xmax, snapshot, transactions); // (3)
}
// #endregion

export type Fate = 'live' | 'in-progress' | 'recently-dead' | 'dead';

// #region fate
/** What is to become of a version: `dead` is what nobody can ever see again. */
export function fateOf(tuple: Tuple, horizon: number, transactions: Transactions): Fate {
  const { xmin, xmax } = tuple;
  if (transactions.hasAborted(xmin)) return 'dead'; // (4)
  if (transactions.isRunning(xmin)) return 'in-progress';
  if (xmax === 0 || transactions.hasAborted(xmax)) return 'live';
  if (transactions.isRunning(xmax)) return 'in-progress';
  return xmax < horizon ? 'dead' : 'recently-dead'; // (5)
}
// #endregion
