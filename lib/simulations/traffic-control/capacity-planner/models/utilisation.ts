import type { SizingRule } from './sizing';

/** The rule of thumb: so many that on average each is busy for no more than a share of its time. */
export const utilisation: SizingRule = ({ demandPerSecond, serviceMs, utilisationPercent }) => {
  // #region rule
  // Divided once, at the end: 1.05 / 0.35 is a little more than 3, and would be rounded up to 4.
  return Math.ceil((demandPerSecond * serviceMs * 100) / (1000 * utilisationPercent)); // (1)
  // #endregion
};
