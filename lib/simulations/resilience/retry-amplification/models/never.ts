import type { CreateRetrier } from './retrier';

/** Tries once. */
export const never: CreateRetrier = () => ({
  begin: () => {},
  succeeded: () => {},
  failed: () => {},
  shouldRetry: () => false,
});
