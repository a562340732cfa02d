import { at, type BalancerFactory, loadWith } from './balancer';

/** The instance with the fewest requests in flight for its weight; where several have, they take turns. */
export const leastConnections: BalancerFactory = ({ random }) => {
  let start: number | undefined;

  return {
    // #region strategy
    pick(instances) {
      start ??= Math.floor(random() * instances.length);
      let least = start % instances.length;
      for (let i = 1; i < instances.length; i++) {
        const index = (start + i) % instances.length;
        if (loadWith(at(instances, index)) < loadWith(at(instances, least))) least = index; // (1)
      }
      start = least + 1; // (2)
      return at(instances, least);
    },
    // #endregion
  };
};
