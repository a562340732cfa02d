import { type Cache, type CacheOptions, HIT } from './cache';
import { KeyQueue } from './key-queue';

/** First in, first out: what came first goes first, however often it was used meanwhile. */
export function fifo({ capacity }: CacheOptions): Cache {
  const queue = new KeyQueue();

  return {
    // #region access
    access(key) {
      if (queue.get(key)) return HIT; // (1)
      const evicted = queue.size === capacity ? queue.shift() : undefined;
      queue.push(key);
      return { hit: false, evicted: evicted?.key };
    },
    // #endregion
    remove: (key) => void queue.delete(key),
    entries: () => queue.entries(),
  };
}
