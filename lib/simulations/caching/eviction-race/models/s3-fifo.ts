import { type Cache, type CacheOptions, HIT, type Key } from './cache';
import { KeyQueue } from './key-queue';

/**
 * S3-FIFO: a small queue on probation, a main queue for what was used there, and a ghost queue that
 * remembers the keys, without values, that left the small one unused.
 *
 * J. Yang et al., "FIFO queues are all you need for cache eviction", SOSP 2023, algorithm 1.
 */
export function s3Fifo({ capacity }: CacheOptions): Cache {
  const smallMost = Math.max(1, Math.floor(capacity / 10)); // (1)
  const mainMost = capacity - smallMost;
  const ghostMost = Math.floor((9 * capacity) / 10);
  const small = new KeyQueue();
  const main = new KeyQueue();
  const ghost = new KeyQueue();

  // #region evict
  function evict(): Key | undefined {
    while (small.size + main.size > 0) {
      const evicted = main.size > mainMost || small.size === 0 ? evictFromMain() : evictFromSmall();
      if (evicted !== undefined) return evicted;
    }
    return undefined;
  }

  /** Passes on what was used more than once, and takes out the first that was not. */
  function evictFromSmall(): Key | undefined {
    for (let place = small.shift(); place; place = small.shift()) {
      if (place.uses < 2) {
        haunt(place.key); // (2)
        return place.key;
      }
      main.push(place.key);
    }
    return undefined;
  }

  /** Another round for what was used, one for each use; takes out the first that was not. */
  function evictFromMain(): Key | undefined {
    for (let place = main.shift(); place; place = main.shift()) {
      if (place.uses === 0) return place.key;
      main.push(place.key, place.uses - 1);
    }
    return undefined;
  }

  function haunt(key: Key): void {
    if (ghostMost === 0) return;
    if (ghost.size === ghostMost) ghost.shift();
    ghost.push(key);
  }
  // #endregion

  return {
    // #region access
    access(key) {
      const place = small.get(key) ?? main.get(key);
      if (place) {
        place.uses = Math.min(place.uses + 1, 3); // (3)
        return HIT;
      }
      const wasHere = ghost.delete(key);
      const evicted = small.size + main.size === capacity ? evict() : undefined;
      if (wasHere)
        main.push(key); // (4)
      else small.push(key);
      return { hit: false, evicted };
    },
    // #endregion

    remove(key) {
      small.delete(key);
      main.delete(key);
    },

    entries: () => [...small.entries('small'), ...main.entries('main')],
  };
}
