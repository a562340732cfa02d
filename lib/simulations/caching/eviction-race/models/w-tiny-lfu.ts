import { type Cache, type CacheOptions, HIT, type Key } from './cache';
import { frequencySketch } from './frequency-sketch';
import { KeyQueue } from './key-queue';

/**
 * W-TinyLFU: new keys enter a small window. What leaves it must have been asked for more often than
 * the key it would push out of the main part, by a sketch that counts all keys, kept or not.
 *
 * G. Einziger, R. Friedman and B. Manes, "TinyLFU: A Highly Efficient Cache Admission Policy", ACM
 * Transactions on Storage 13 (4), 2017. Sizes are those the Caffeine library starts with.
 */
export function wTinyLfu({ capacity }: CacheOptions): Cache {
  const windowMost = Math.max(1, Math.floor(capacity / 100));
  const mainMost = capacity - windowMost;
  const keptMost = Math.floor(0.8 * mainMost);
  const entrance = new KeyQueue();
  const probation = new KeyQueue();
  const kept = new KeyQueue();
  const sketch = frequencySketch(capacity);

  // #region admit
  /** Lets the oldest key of the window into the main part, or drops it; returns who had to go. */
  function admitFromWindow(): Key | undefined {
    const candidate = entrance.shift();
    if (!candidate) return undefined;
    if (probation.size + kept.size < mainMost) {
      probation.push(candidate.key);
      return undefined;
    }
    const victim = probation.oldest ?? kept.oldest;
    if (!victim || sketch.estimate(candidate.key) <= sketch.estimate(victim.key)) {
      return candidate.key; // (1)
    }
    probation.delete(victim.key);
    kept.delete(victim.key);
    probation.push(candidate.key);
    return victim.key;
  }
  // #endregion

  /** A second use on probation earns a place among the kept; the oldest of those makes room. */
  function promote(key: Key): void {
    probation.delete(key);
    kept.push(key);
    if (kept.size <= keptMost) return;
    const demoted = kept.shift();
    if (demoted) probation.push(demoted.key);
  }

  return {
    // #region access
    access(key) {
      sketch.add(key); // (2)
      for (const queue of [entrance, kept]) {
        const place = queue.get(key);
        if (!place) continue;
        queue.makeNewest(place);
        return HIT;
      }
      if (probation.get(key)) {
        promote(key);
        return HIT;
      }
      entrance.push(key);
      const evicted = entrance.size > windowMost ? admitFromWindow() : undefined;
      return { hit: false, evicted };
    },
    // #endregion

    remove(key) {
      entrance.delete(key);
      probation.delete(key);
      kept.delete(key);
    },

    entries: () => [
      ...entrance.entries('window'),
      ...kept.entries('protected'),
      ...probation.entries('probation'),
    ],
  };
}
