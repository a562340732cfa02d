import { at, type BalancerFactory, type Instance } from './balancer';

/**
 * Round robin by weight, spread evenly: the smooth variant of nginx. Of every `total` picks each
 * instance gets its weight, and no instance gets its share in one burst.
 */
export const weightedRoundRobin: BalancerFactory = () => {
  /** What each instance has saved up towards its next turn. */
  const credit = new Map<string, number>();

  return {
    // #region strategy
    pick(instances) {
      let total = 0;
      let best = at(instances, 0);
      let most = Number.NEGATIVE_INFINITY;
      for (const instance of instances) {
        const saved = (credit.get(instance.id) ?? 0) + instance.weight; // (1)
        credit.set(instance.id, saved);
        total += instance.weight;
        if (saved > most) {
          most = saved;
          best = instance;
        }
      }
      credit.set(best.id, most - total); // (2)
      if (credit.size > instances.length) forget(instances); // (3)
      return best;
    },
    // #endregion
  };

  /** Who has left the rotation starts from nothing when it comes back. */
  function forget(instances: readonly Instance[]): void {
    const present = new Set(instances.map(({ id }) => id));
    for (const id of credit.keys()) if (!present.has(id)) credit.delete(id);
  }
};
