import { hash } from './hash';
import type { Placement, PlacementOptions } from './placement';

interface Point {
  readonly at: number;
  readonly node: string;
}

/** The first positions at or after the hash of the key, round a circle. */
export function ring({ positions }: PlacementOptions): Placement {
  let points: Point[] = [];

  const positionsOf = (node: string): number[] =>
    Array.from({ length: positions }, (_, i) => hash(`${node}#${i}`)); // (1)

  return {
    // #region change
    join: (node) => {
      points = [...points, ...positionsOf(node).map((at) => ({ at, node }))];
      points.sort((a, b) => a.at - b.at || (a.node < b.node ? -1 : 1)); // (2)
    },
    leave: (node) => {
      points = points.filter((point) => point.node !== node);
    },
    // #endregion

    // #region owners
    ownersOf: (key, count) => {
      const owners: string[] = [];
      const first = firstAtOrAfter(points, hash(key));
      for (let i = 0; i < points.length && owners.length < count; i++) {
        const point = points[(first + i) % points.length]; // (3)
        if (point && !owners.includes(point.node)) owners.push(point.node); // (4)
      }
      return owners;
    },
    // #endregion
    positionsOf,
  };
}

/** Index of the first point at or after a place; the number of points if there is none. */
function firstAtOrAfter(points: readonly Point[], at: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((points[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
