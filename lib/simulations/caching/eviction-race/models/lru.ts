import { type Cache, type CacheOptions, HIT } from './cache';
import { KeyQueue } from './key-queue';

/** Least recently used: what has not been asked for the longest goes first. */
export function lru({ capacity }: CacheOptions): Cache {
  const queue = new KeyQueue();

  return {
    // #region access
    access(key) {
      const place = queue.get(key);
      if (place) {
        queue.makeNewest(place); // (1)
        return HIT;
      }
      const evicted = queue.size === capacity ? queue.shift() : undefined;
      queue.push(key); // (2)
      return { hit: false, evicted: evicted?.key };
    },
    // #endregion
    remove: (key) => void queue.delete(key),
    entries: () => queue.entries(),
  };
}
