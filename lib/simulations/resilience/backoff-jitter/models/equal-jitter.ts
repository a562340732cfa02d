import { type CreateBackoff, ceilingMs } from './backoff';

/** Half of the ceiling for certain, and up to as much again by chance. */
export const equalJitter: CreateBackoff = (options) => ({
  // #region wait
  waitMs: (failures) => {
    const half = ceilingMs(failures, options) / 2; // (1)
    return half + options.random() * half; // (2)
  },
  // #endregion
});
