import type { CreateRetrier } from './retrier';

/** Tries as often as it may, whoever else does. */
export const everyLayer: CreateRetrier = ({ attemptsMax }) => ({
  begin: () => {},
  succeeded: () => {},
  failed: () => {},
  // #region should-retry
  shouldRetry: ({ attempts }) => attempts < attemptsMax, // (1)
  // #endregion
});
