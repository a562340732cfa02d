import { at, type BalancerFactory } from './balancer';

/** One after the other, beginning anywhere: balancers that start together must not walk in step. */
export const roundRobin: BalancerFactory = ({ random }) => {
  let next: number | undefined;

  return {
    // #region strategy
    pick(instances) {
      next ??= Math.floor(random() * instances.length); // (1)
      const instance = at(instances, next % instances.length); // (2)
      next = (next + 1) % instances.length;
      return instance;
    },
    // #endregion
  };
};
