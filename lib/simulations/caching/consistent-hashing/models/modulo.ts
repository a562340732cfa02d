import { hash } from './hash';
import type { Placement } from './placement';

/** The rest of dividing the hash by the number of nodes. */
export function modulo(): Placement {
  const nodes: string[] = [];
  return {
    // #region owner
    ownerOf: (key) => nodes[hash(key) % nodes.length], // (1)
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
