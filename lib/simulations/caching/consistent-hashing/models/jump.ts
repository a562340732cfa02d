import { hash } from './hash';
import type { Placement } from './placement';

// #region jump
/**
 * The bucket of a key, from 0 to buckets − 1, after J. Lamping and E. Veach, “A Fast, Minimal Memory,
 * Consistent Hash Algorithm”, 2014.
 *
 * @param key 64 bits
 */
export function jumpHash(key: bigint, buckets: number): number {
  let state = key;
  let bucket = -1;
  let next = 0;
  while (next < buckets) {
    bucket = next;
    state = BigInt.asUintN(64, state * 2862933555777941757n + 1n); // (1)
    next = Math.floor((bucket + 1) * (2_147_483_648 / (Number(state >> 33n) + 1))); // (2)
  }
  return bucket;
}
// #endregion

/** Numbered buckets, of which only the last can be taken away without moving others. */
export function jump(): Placement {
  const nodes: string[] = [];
  return {
    // #region owners
    ownersOf: (key, count) => {
      const first = Math.max(0, jumpHash(BigInt(hash(key)), nodes.length));
      return [...nodes.slice(first), ...nodes.slice(0, first)].slice(0, count);
    },
    // #endregion
    join: (node) => {
      nodes.push(node);
    },
    // #region leave
    leave: (node) => {
      const place = nodes.indexOf(node);
      const last = nodes.at(-1);
      if (place < 0 || last === undefined) return;
      nodes[place] = last; // (3)
      nodes.pop();
    },
    // #endregion
    positionsOf: () => [],
  };
}
