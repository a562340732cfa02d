import { type CreateBackoff, ceilingMs } from './backoff';

/** Waits twice as long each time; all that fail together come back together. */
export const exponential: CreateBackoff = (options) => ({
  waitMs: (failures) => ceilingMs(failures, options),
});
