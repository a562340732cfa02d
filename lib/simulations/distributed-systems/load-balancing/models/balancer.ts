/** The one interface of all strategies here: which instance gets the next request. */

/** An instance as one balancer sees it. */
export interface Instance {
  readonly id: string;
  /** Share of the work that it is given, in proportion to the others', above 0. */
  readonly weight: number;
  /**
   * Requests there and not yet answered, from 0, as far as this balancer knows: those of other
   * balancers may be missing, and reports may be old. It may change between two picks.
   */
  readonly inFlight: number;
}

export interface BalancerOptions {
  /** A uniform draw from [0, 1). */
  readonly random: () => number;
  /** How many instances are compared by a strategy that does not look at all of them, from 1. */
  readonly choices: number;
}

export interface Balancer {
  /**
   * The instance for the next request.
   *
   * @param instances those in rotation, at least one; they may come and go between two picks
   * @param affinity the id of the instance that answered this client last, if its cookie names one
   */
  readonly pick: (instances: readonly Instance[], affinity?: string) => Instance;
}

export type BalancerFactory = (options: BalancerOptions) => Balancer;

/** The instance at a place of the list. @throws RangeError if there is none, as in an empty list */
export function at(instances: readonly Instance[], index: number): Instance {
  const instance = instances[index];
  if (!instance) {
    throw new RangeError(
      `Expected one of ${instances.length} instances, got the place ${index}. A balancer needs at least one instance in rotation.`,
    );
  }
  return instance;
}

/** How long a queue the next request would stand in there, for what the instance can take. */
export const loadWith = ({ inFlight, weight }: Instance): number => (inFlight + 1) / weight;
