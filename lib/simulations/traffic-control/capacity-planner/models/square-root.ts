import { erlangs, type SizingRule } from './sizing';

/**
 * The square-root rule: the load itself and so many of its square roots in reserve (S. Halfin and
 * W. Whitt, "Heavy-Traffic Limits for Queues with Many Exponential Servers", Operations Research
 * 29(3), 1981).
 */
export const squareRoot: SizingRule = (need) => {
  // #region rule
  const offered = erlangs(need);
  return Math.ceil(offered + need.safety * Math.sqrt(offered)); // (1)
  // #endregion
};
