import type { GuardFactory } from './guard';

/** Whoever misses fetches: what you have if you have chosen nothing. */
export const everyMiss: GuardFactory = () => ({
  // #region policy
  look: ({ entry, nowMs }) =>
    entry && nowMs < entry.expiresMs
      ? { answer: 'cache', fetch: false }
      : { answer: 'wait', fetch: true }, // (1)
  // #endregion
  ended: () => undefined,
});
