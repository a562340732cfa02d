import { at, type BalancerFactory } from './balancer';

/** Any instance, each as likely as the next. */
export const random: BalancerFactory = (options) => ({
  pick: (instances) => at(instances, Math.floor(options.random() * instances.length)),
});
