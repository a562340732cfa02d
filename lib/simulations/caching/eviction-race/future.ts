/**
 * For each request the number of the next one for the same key, Infinity if there is none: the future
 * that the optimal policy is told. One pass from the end.
 *
 * @param key the key of each request, a whole number below `keys`
 */
export function nextUses(key: ArrayLike<number>, keys: number): Float64Array {
  const next = new Float64Array(key.length);
  const seen = new Float64Array(keys).fill(Number.POSITIVE_INFINITY);
  for (let i = key.length - 1; i >= 0; i--) {
    const asked = key[i] ?? 0;
    next[i] = seen[asked] ?? Number.POSITIVE_INFINITY;
    seen[asked] = i;
  }
  return next;
}
