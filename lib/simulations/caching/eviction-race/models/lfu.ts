import { type Cache, type CacheOptions, HIT, type Key } from './cache';
import { KeyQueue } from './key-queue';

/**
 * Least frequently used: what was asked for the fewest times since it came in goes first, and among
 * equals what has waited longest. Counts leave with their keys.
 *
 * In constant time by a queue for each number of uses: K. Shah, A. Mitra and D. Matani, "An O(1)
 * algorithm for implementing the LFU cache eviction scheme", 2010.
 */
export function lfu({ capacity }: CacheOptions): Cache {
  const usesOf = new Map<Key, number>();
  const queues = new Map<number, KeyQueue>();
  let fewest = 1;

  function put(key: Key, uses: number): void {
    usesOf.set(key, uses);
    const queue = queues.get(uses) ?? new KeyQueue();
    queues.set(uses, queue);
    queue.push(key, uses);
  }

  function take(key: Key, uses: number): void {
    const queue = queues.get(uses);
    queue?.delete(key);
    if (queue?.size === 0) queues.delete(uses);
    usesOf.delete(key);
  }

  // #region victim
  function victim(): Key | undefined {
    // A use may have emptied the lowest queue, and so may a removal.
    while (!queues.has(fewest)) fewest++;
    return queues.get(fewest)?.oldest?.key;
  }
  // #endregion

  return {
    // #region access
    access(key) {
      const uses = usesOf.get(key);
      if (uses !== undefined) {
        take(key, uses);
        put(key, uses + 1); // (1)
        return HIT;
      }
      const evicted = usesOf.size === capacity ? victim() : undefined;
      if (evicted !== undefined) take(evicted, fewest);
      put(key, 1); // (2)
      fewest = 1;
      return { hit: false, evicted };
    },
    // #endregion

    remove(key) {
      const uses = usesOf.get(key);
      if (uses !== undefined) take(key, uses);
    },

    entries: () => [...queues].sort(([a], [b]) => b - a).flatMap(([, queue]) => queue.entries()),
  };
}
