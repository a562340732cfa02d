import type { PoolFactory } from './pool';

/** Who came first gets the next connection, however many wait: what most pools do. */
export const fifo: PoolFactory = (options) => {
  let inUse = 0;
  /** In the order in which they came. */
  const waiting = new Set<number>();

  const next = (): number | undefined => {
    const [first] = waiting;
    if (first !== undefined) waiting.delete(first);
    return first;
  };

  return {
    // #region policy
    acquire(id) {
      if (inUse < options.size) {
        inUse++;
        return 'granted';
      }
      waiting.add(id); // (1)
      return 'queued';
    },
    release() {
      const isSpare = inUse > options.size; // (2)
      const first = isSpare ? undefined : next();
      if (first === undefined) inUse--;
      return first;
    },
    giveUp(id) {
      waiting.delete(id); // (3)
    },
    // #endregion
    grown() {
      const served: number[] = [];
      while (inUse < options.size) {
        const first = next();
        if (first === undefined) break;
        inUse++;
        served.push(first);
      }
      return served;
    },
    inUse: () => inUse,
    waiting: () => waiting.size,
  };
};
