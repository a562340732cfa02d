import type { Access, SchedulerFactory } from './scheduler';

interface Lock {
  /** Transaction → whether it writes. */
  readonly holders: Map<number, boolean>;
  /** Who came first is first. */
  queue: { readonly transaction: number; readonly isWrite: boolean }[];
}

/** Strict two-phase locking: wait for the row, hold it to the end, and break cycles of waiting. */
export const locking: SchedulerFactory = () => {
  const locks = new Map<number, Lock>();
  /** Transaction → rows that it holds or waits for. */
  const rowsOf = new Map<number, number[]>();
  /** Transaction → the row that it waits for. */
  const waitsFor = new Map<number, number>();

  const agrees = ({ holders }: Lock, isWrite: boolean): boolean =>
    isWrite ? holders.size === 0 : ![...holders.values()].includes(true);

  /** Whom a transaction waits for: holders that do not agree with it, and those ahead of it. */
  const blockersOf = (transaction: number): number[] => {
    const lock = locks.get(waitsFor.get(transaction) ?? -1);
    if (!lock) return [];
    const place = lock.queue.findIndex((request) => request.transaction === transaction);
    const isWrite = lock.queue[place]?.isWrite ?? false;
    const holders = [...lock.holders].filter(([, writes]) => writes || isWrite);
    const ahead = lock.queue.slice(0, place).filter((other) => other.isWrite || isWrite);
    return [...holders.map(([holder]) => holder), ...ahead.map((other) => other.transaction)];
  };

  /** Those on a way from the transaction back to itself; undefined if there is none. */
  const cycleOf = (transaction: number): number[] | undefined => {
    const visited = new Set<number>();
    const search = (at: number, path: readonly number[]): number[] | undefined => {
      for (const next of blockersOf(at)) {
        if (next === transaction) return [...path, at];
        if (visited.has(next)) continue;
        visited.add(next);
        const found = search(next, [...path, at]);
        if (found) return found;
      }
      return undefined;
    };
    return search(transaction, []);
  };

  return {
    // #region policy
    access(transaction, { row, isWrite }: Access) {
      const lock: Lock = locks.get(row) ?? { holders: new Map(), queue: [] };
      locks.set(row, lock);
      rowsOf.set(transaction, [...(rowsOf.get(transaction) ?? []), row]);
      const isFree = lock.queue.length === 0 && agrees(lock, isWrite); // (1)
      if (isFree) {
        lock.holders.set(transaction, isWrite);
        return 'granted';
      }
      lock.queue.push({ transaction, isWrite });
      waitsFor.set(transaction, row);
      return 'waits';
    },
    victim(transaction) {
      const cycle = cycleOf(transaction);
      return cycle && Math.max(...cycle); // (2)
    },
    commit: () => true, // (3)
    // #endregion
    end(transaction) {
      const rows = rowsOf.get(transaction) ?? [];
      rowsOf.delete(transaction);
      waitsFor.delete(transaction);
      const resumed: number[] = [];
      for (const row of rows) {
        const lock = locks.get(row);
        if (!lock) continue;
        lock.holders.delete(transaction);
        lock.queue = lock.queue.filter((request) => request.transaction !== transaction);
        for (;;) {
          const [next] = lock.queue;
          if (!next || !agrees(lock, next.isWrite)) break;
          lock.queue.shift();
          lock.holders.set(next.transaction, next.isWrite);
          waitsFor.delete(next.transaction);
          resumed.push(next.transaction);
        }
        if (lock.holders.size === 0) locks.delete(row);
      }
      return resumed;
    },
  };
};
