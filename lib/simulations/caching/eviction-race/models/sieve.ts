import { type Cache, type CacheOptions, HIT } from './cache';
import { KeyQueue, type Place } from './key-queue';

/**
 * SIEVE: a queue in which a use sets a bit and moves nothing. A hand goes from the oldest to the
 * newest, clears bits, and takes out the first key whose bit is clear; what it passed stays in place.
 *
 * Y. Zhang et al., "SIEVE is Simpler than LRU", NSDI 2024, algorithm 1.
 */
export function sieve({ capacity }: CacheOptions): Cache {
  const queue = new KeyQueue();
  let hand: Place | undefined;

  // #region evict
  function evict(): Place | undefined {
    let place = hand ?? queue.oldest;
    while (place && place.uses > 0) {
      place.uses = 0;
      place = place.newer ?? queue.oldest; // (1)
    }
    if (place) take(place);
    return place;
  }

  function take(place: Place): void {
    hand = place.newer; // (2)
    queue.remove(place);
  }
  // #endregion

  return {
    // #region access
    access(key) {
      const place = queue.get(key);
      if (place) {
        place.uses = 1; // (3)
        return HIT;
      }
      const evicted = queue.size === capacity ? evict() : undefined;
      queue.push(key); // (4)
      return { hit: false, evicted: evicted?.key };
    },
    // #endregion

    remove(key) {
      const place = queue.get(key);
      if (!place) return;
      if (place === hand) take(place);
      else queue.remove(place);
    },

    entries: () => {
      const pointedAt = (hand ?? queue.oldest)?.key;
      return queue.entries().map((entry) => ({ ...entry, hand: entry.key === pointedAt }));
    },
  };
}
