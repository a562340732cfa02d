import type { CreateRetrier } from './retrier';

/** Does not try again what somebody below has already tried again. */
export const stopSignal: CreateRetrier = ({ attemptsMax }) => ({
  begin: () => {},
  succeeded: () => {},
  failed: () => {},
  // #region should-retry
  shouldRetry: ({ attempts, gaveUp }) => !gaveUp && attempts < attemptsMax, // (2)
  // #endregion
});
