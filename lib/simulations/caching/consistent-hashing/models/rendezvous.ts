import { hash } from './hash';
import type { Placement } from './placement';

/** The node whose hash together with the key is the greatest. */
export function rendezvous(): Placement {
  const nodes = new Set<string>();
  return {
    // #region owner
    ownerOf: (key) => {
      let owner: string | undefined;
      let greatest = -1;
      for (const node of nodes) {
        const weight = hash(`${node}/${key}`); // (1)
        if (weight > greatest || (weight === greatest && node < (owner ?? node))) {
          owner = node;
          greatest = weight;
        }
      }
      return owner;
    },
    // #endregion
    join: (node) => {
      nodes.add(node);
    },
    leave: (node) => {
      nodes.delete(node);
    },
    positionsOf: () => [],
  };
}
