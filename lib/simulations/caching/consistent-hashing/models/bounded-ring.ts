import type { Placement, PlacementOptions } from './placement';
import { ring } from './ring';

/**
 * A ring that passes over nodes with much more than the mean load, after V. Mirrokni, M. Thorup and
 * M. Zadimoghaddam, “Consistent Hashing with Bounded Loads”, 2018.
 */
export function boundedRing(options: PlacementOptions): Placement {
  const { loadFactor, loadOf } = options;
  const circle = ring(options);
  const nodes = new Set<string>();
  return {
    // #region owners
    ownersOf: (key, count) => {
      let load = 1; // (1)
      for (const node of nodes) load += loadOf(node);
      const most = Math.ceil((loadFactor * load) / nodes.size); // (2)
      const order = circle.ownersOf(key, nodes.size);
      const withRoom = order.filter((node) => loadOf(node) < most); // (3)
      const full = order.filter((node) => loadOf(node) >= most);
      return [...withRoom, ...full].slice(0, count);
    },
    // #endregion
    join: (node) => {
      nodes.add(node);
      circle.join(node);
    },
    leave: (node) => {
      nodes.delete(node);
      circle.leave(node);
    },
    positionsOf: circle.positionsOf,
  };
}
