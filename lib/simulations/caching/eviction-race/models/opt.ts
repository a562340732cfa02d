import { type Cache, type CacheOptions, HIT, type Key } from './cache';

interface Plan {
  readonly key: Key;
  /** The number of the request that asks for it next. */
  readonly use: number;
}

/**
 * OPT, also MIN: what will be asked for again the latest goes first. No policy that fetches a key
 * when it is asked for misses less; it takes a trace to the end to run it.
 *
 * L. A. Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems
 * Journal 5 (2), 1966.
 */
export function opt({ capacity, nextUse }: CacheOptions): Cache {
  const useOf = new Map<Key, number>();
  /** A heap, the latest use on top; a plan that was overtaken stays in it until it comes up. */
  const plans: Plan[] = [];

  // #region access
  function access(key: Key) {
    const hit = useOf.has(key);
    const evicted = !hit && useOf.size === capacity ? evict() : undefined;
    const use = nextUse(key); // (1)
    useOf.set(key, use);
    push(plans, { key, use });
    return hit ? HIT : { hit, evicted };
  }

  function evict(): Key | undefined {
    for (let plan = pop(plans); plan; plan = pop(plans)) {
      if (useOf.get(plan.key) !== plan.use) continue; // (2)
      useOf.delete(plan.key);
      return plan.key;
    }
    return undefined;
  }
  // #endregion

  return {
    access,
    remove: (key) => void useOf.delete(key),
    entries: () =>
      [...useOf]
        .sort(([, a], [, b]) => (a === b ? 0 : a < b ? -1 : 1))
        .map(([key]) => ({ key, uses: 0 })),
  };
}

function push(heap: Plan[], plan: Plan): void {
  let index = heap.length;
  while (index > 0) {
    const above = (index - 1) >> 1;
    const parent = heap[above];
    if (!parent || parent.use >= plan.use) break;
    heap[index] = parent;
    index = above;
  }
  heap[index] = plan;
}

function pop(heap: Plan[]): Plan | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (!last || heap.length === 0) return top;
  let index = 0;
  for (;;) {
    let below = 2 * index + 1;
    if ((heap[below + 1]?.use ?? -1) > (heap[below]?.use ?? -1)) below++;
    const child = heap[below];
    if (!child || child.use <= last.use) break;
    heap[index] = child;
    index = below;
  }
  heap[index] = last;
  return top;
}
