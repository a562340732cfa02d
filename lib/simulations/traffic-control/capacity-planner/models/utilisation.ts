import { erlangs, type SizingRule } from './sizing';

/** The rule of thumb: so many that on average each is busy for no more than a share of its time. */
export const utilisation: SizingRule = (need) => {
  // #region rule
  return Math.ceil(erlangs(need) / (need.utilisationPercent / 100)); // (1)
  // #endregion
};
