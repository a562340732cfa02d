import { type Cache, type CacheOptions, type Entry, HIT, type Key } from './cache';

interface Slot {
  readonly key: Key;
  used: boolean;
}

/**
 * CLOCK, or second chance: slots in a circle, a bit each that a use sets. The hand clears bits until
 * it finds one that is clear, and puts the new key there.
 *
 * F. J. Corbató, "A Paging Experiment with the Multics System", MIT Project MAC, 1968.
 */
export function clock({ capacity }: CacheOptions): Cache {
  const slots = new Array<Slot | undefined>(capacity).fill(undefined);
  const slotOf = new Map<Key, number>();
  const free = Array.from({ length: capacity }, (_, i) => capacity - 1 - i);
  let hand = 0;

  // #region hand
  /** The slot of the next key to go; the hand then stands behind it. */
  function victim(): number {
    for (;;) {
      const index = hand;
      hand = (hand + 1) % capacity;
      const slot = slots[index];
      if (slot && !slot.used) return index;
      if (slot) slot.used = false; // (1)
    }
  }
  // #endregion

  return {
    access(key) {
      const slot = slots[slotOf.get(key) ?? -1];
      if (slot) {
        slot.used = true;
        return HIT;
      }
      const index = free.pop() ?? victim();
      const evicted = slots[index]?.key;
      if (evicted !== undefined) slotOf.delete(evicted);
      slots[index] = { key, used: false };
      slotOf.set(key, index);
      return { hit: false, evicted };
    },

    remove(key) {
      const index = slotOf.get(key);
      if (index === undefined) return;
      slotOf.delete(key);
      slots[index] = undefined;
      free.push(index);
    },

    entries: () =>
      slots.flatMap((slot, index): Entry[] =>
        slot ? [{ key: slot.key, uses: slot.used ? 1 : 0, hand: index === hand }] : [],
      ),
  };
}
