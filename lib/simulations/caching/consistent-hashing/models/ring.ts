import { hash } from './hash';
import type { Placement, PlacementOptions } from './placement';

interface Point {
  readonly at: number;
  readonly node: string;
}

/** The first position at or after the hash of the key, round a circle. */
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

    // #region owner
    ownerOf: (key) => {
      const at = hash(key);
      let low = 0;
      let high = points.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((points[middle]?.at ?? 0) < at) low = middle + 1;
        else high = middle;
      }
      return (points[low] ?? points[0])?.node; // (3)
    },
    // #endregion
    positionsOf,
  };
}
