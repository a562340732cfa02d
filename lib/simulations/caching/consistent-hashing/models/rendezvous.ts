import { hash } from './hash';
import type { Placement } from './placement';

/** The nodes whose hashes together with the key are the greatest. */
export function rendezvous(): Placement {
  const nodes = new Set<string>();
  return {
    // #region owners
    ownersOf: (key, count) =>
      [...nodes]
        .map((node) => ({ node, weight: hash(`${node}/${key}`) })) // (1)
        .sort((a, b) => b.weight - a.weight || (a.node < b.node ? -1 : 1))
        .slice(0, count) // (2)
        .map(({ node }) => node),
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
