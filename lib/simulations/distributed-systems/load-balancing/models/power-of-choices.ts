import { at, type BalancerFactory, loadWith } from './balancer';

/** A few different instances drawn at random, and of those the one with the fewest in flight. */
export const powerOfChoices: BalancerFactory = ({ random, choices }) => ({
  // #region strategy
  pick(instances) {
    const count = instances.length;
    const first = Math.floor(random() * count);
    let best = at(instances, first);
    /** How far behind the first the others stand; each distance is taken once. */
    const taken = new Set<number>();
    for (let last = Math.max(0, count - choices); last < count - 1; last++) {
      const drawn = Math.floor(random() * (last + 1));
      const distance = taken.has(drawn) ? last : drawn; // (1)
      taken.add(distance);
      const other = at(instances, (first + 1 + distance) % count);
      if (loadWith(other) < loadWith(best)) best = other; // (2)
    }
    return best;
  },
  // #endregion
});
