/** The shape of the query: how many objects each level has, what they refer to, what they are called. */

/** Level 0 is the list. */
const NAMES = ['order', 'product', 'supplier', 'city', 'country'] as const;
const PLURALS = ['orders', 'products', 'suppliers', 'cities', 'countries'] as const;

export interface Shape {
  readonly listSize: number;
  readonly depth: number;
  readonly fanOut: number;
  readonly sameKey: number;
}

/** What the object in this place of its level refers to. */
export const keyOf = (place: number, sameKey: number): number => Math.floor(place / sameKey) + 1;

/** "product 3", "8 suppliers". */
export function nameOf(level: number, keys: readonly number[]): string {
  return keys.length === 1
    ? `${NAMES[level] ?? 'row'} ${keys[0] ?? ''}`
    : `${keys.length} ${PLURALS[level] ?? 'rows'}`;
}

/** How many loads each level below the list makes, from the first on. */
export function loadsOf({ listSize, depth, fanOut }: Omit<Shape, 'sameKey'>): readonly number[] {
  const loads: number[] = [];
  for (let level = 1, objects = listSize; level <= depth; level++, objects *= fanOut)
    loads.push(objects);
  return loads;
}
