/** A binary heap: what comes first is at hand, and to add or to take costs log n comparisons. */
export interface Heap<T> {
  readonly push: (item: T) => void;
  /** Takes the first one away; undefined if there is none. */
  readonly pop: () => T | undefined;
  readonly peek: () => T | undefined;
  readonly size: () => number;
}

/** @param isBefore a strict order: two items that are not one are never each before the other */
export function heap<T>(isBefore: (a: T, b: T) => boolean): Heap<T> {
  const items: T[] = [];

  return {
    push(item) {
      let place = items.length;
      while (place > 0) {
        const parent = (place - 1) >> 1;
        const above = items[parent] as T;
        if (!isBefore(item, above)) break;
        items[place] = above;
        place = parent;
      }
      items[place] = item;
    },
    pop() {
      const first = items[0];
      const last = items.pop();
      if (last === undefined || items.length === 0) return first;
      let place = 0;
      for (;;) {
        let child = 2 * place + 1;
        if (child >= items.length) break;
        if (child + 1 < items.length && isBefore(items[child + 1] as T, items[child] as T)) child++;
        if (!isBefore(items[child] as T, last)) break;
        items[place] = items[child] as T;
        place = child;
      }
      items[place] = last;
      return first;
    },
    peek: () => items[0],
    size: () => items.length,
  };
}
