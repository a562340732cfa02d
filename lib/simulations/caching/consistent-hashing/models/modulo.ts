import { hash } from './hash';
import type { Placement } from './placement';

/** The rest of dividing the hash by the number of nodes, and those that follow. */
export function modulo(): Placement {
  const nodes: string[] = [];
  return {
    // #region owners
    ownersOf: (key, count) => {
      const first = hash(key) % nodes.length; // (1)
      return [...nodes.slice(first), ...nodes.slice(0, first)].slice(0, count);
    },
    // #endregion
    join: (node) => {
      nodes.push(node);
    },
    leave: (node) => {
      const place = nodes.indexOf(node);
      if (place >= 0) nodes.splice(place, 1);
    },
    positionsOf: () => [],
  };
}
