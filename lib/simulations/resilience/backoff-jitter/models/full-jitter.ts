import { type CreateBackoff, ceilingMs } from './backoff';

/** Anything from nothing to the ceiling. */
export const fullJitter: CreateBackoff = (options) => ({
  // #region wait
  waitMs: (failures) => options.random() * ceilingMs(failures, options), // (1)
  // #endregion
});
