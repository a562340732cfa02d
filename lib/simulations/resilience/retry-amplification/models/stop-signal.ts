import type { CreateRetrier } from './retrier';

/** Does not try again what somebody below has already tried again. */
export const stopSignal: CreateRetrier = ({ attemptsMax }) => ({
  begin: () => {},
  succeeded: () => {},
  // #region failed
  failed: ({ attempts, gaveUp }) => !gaveUp && attempts < attemptsMax, // (2)
  // #endregion
});
