import { fifo } from './fifo';
import type { PoolFactory } from './pool';

/** First come, first served, with room for so many who wait; the rest is told at once. */
export const bounded: PoolFactory = (options) => {
  const pool = fifo(options);

  return {
    ...pool,
    // #region policy
    acquire(id) {
      const isFull = pool.inUse() >= options.size;
      if (isFull && pool.waiting() >= options.waitersMax) return 'refused'; // (1)
      return pool.acquire(id);
    },
    // #endregion
  };
};
