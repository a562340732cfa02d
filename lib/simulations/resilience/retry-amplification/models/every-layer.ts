import type { CreateRetrier } from './retrier';

/** Tries as often as it may, whoever else does. */
export const everyLayer: CreateRetrier = ({ attemptsMax }) => ({
  begin: () => {},
  succeeded: () => {},
  // #region failed
  failed: ({ attempts }) => attempts < attemptsMax, // (1)
  // #endregion
});
