import type { GuardFactory } from './guard';

/**
 * Fetches before the entry expires, with a chance that grows towards its end, so that somebody alone
 * goes first: XFetch (A. Vattani, F. Chierichetti, K. Lowenstein, "Optimal Probabilistic Cache
 * Stampede Prevention", PVLDB 8(8), 2015).
 */
export const earlyExpiry: GuardFactory = (options) => ({
  // #region policy
  look({ entry, nowMs, draw }) {
    if (!entry) return { answer: 'wait', fetch: true };
    const aheadMs = -entry.fetchMs * options.beta * options.log(draw); // (1)
    return nowMs + aheadMs < entry.expiresMs
      ? { answer: 'cache', fetch: false }
      : { answer: 'wait', fetch: true };
  },
  // #endregion
  ended: () => undefined,
});
