import type { BalancerFactory } from './balancer';
import { leastConnections } from './least-connections';

/** Back to the instance that the client's cookie names; whoever has none goes where the fewest are. */
export const stickySessions: BalancerFactory = (options) => {
  const newcomers = leastConnections(options);

  return {
    // #region strategy
    pick(instances, affinity) {
      const home = affinity && instances.find(({ id }) => id === affinity);
      return home || newcomers.pick(instances); // (1)
    },
    // #endregion
  };
};
