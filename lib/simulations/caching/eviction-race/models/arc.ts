import { type Cache, type CacheOptions, HIT, type Key } from './cache';
import { KeyQueue } from './key-queue';

/**
 * ARC, the adaptive replacement cache: one queue for keys used once of late, one for keys used more
 * often, and for each a ghost queue of keys just gone. A request for a ghost says which of the two
 * should have been longer.
 *
 * N. Megiddo and D. S. Modha, "ARC: A Self-Tuning, Low Overhead Replacement Cache", FAST 2003,
 * figure 4; once and often are T1 and T2 there, their ghosts B1 and B2, the target p.
 */
export function arc({ capacity }: CacheOptions): Cache {
  const once = new KeyQueue();
  const often = new KeyQueue();
  const onceGhost = new KeyQueue();
  const oftenGhost = new KeyQueue();
  /** How long the queue of keys used once should be; learnt from the ghosts. */
  let target = 0;

  // #region replace
  /** Makes room by turning the oldest key of one of the queues into a ghost. */
  function replace(forOftenGhost: boolean): Key | undefined {
    const fromOnce =
      once.size > 0 && (once.size > target || (forOftenGhost && once.size === target));
    const queue = fromOnce || often.size === 0 ? once : often;
    const evicted = queue.shift();
    if (evicted) (queue === once ? onceGhost : oftenGhost).push(evicted.key);
    return evicted?.key;
  }

  function isFull(): boolean {
    return once.size + often.size >= capacity;
  }
  // #endregion

  // #region access
  /** A key gone too early from the first queue lengthens it, one from the second shortens it. */
  function learn(key: Key): 'once' | 'often' | undefined {
    if (onceGhost.get(key)) {
      target = Math.min(capacity, target + Math.max(1, oftenGhost.size / onceGhost.size)); // (1)
      onceGhost.delete(key);
      return 'once';
    }
    if (oftenGhost.get(key)) {
      target = Math.max(0, target - Math.max(1, onceGhost.size / oftenGhost.size));
      oftenGhost.delete(key);
      return 'often';
    }
    return undefined;
  }

  function access(key: Key) {
    if (once.delete(key)) {
      often.push(key); // (2)
      return HIT;
    }
    const place = often.get(key);
    if (place) {
      often.makeNewest(place);
      return HIT;
    }
    const ghost = learn(key);
    if (ghost) {
      const evicted = isFull() ? replace(ghost === 'often') : undefined;
      often.push(key);
      return { hit: false, evicted };
    }
    const evicted = admit();
    once.push(key);
    return { hit: false, evicted };
  }

  /** Room for a key that nobody remembers; with its ghosts, the first list has room for as many as fit. */
  function admit(): Key | undefined {
    if (once.size + onceGhost.size === capacity) {
      if (once.size === capacity) return once.shift()?.key; // (3)
      onceGhost.shift();
    } else if (once.size + often.size + onceGhost.size + oftenGhost.size === 2 * capacity) {
      oftenGhost.shift();
    }
    return isFull() ? replace(false) : undefined;
  }
  // #endregion

  return {
    access,
    remove(key) {
      once.delete(key);
      often.delete(key);
    },
    entries: () => [...once.entries('once'), ...often.entries('often')],
  };
}
