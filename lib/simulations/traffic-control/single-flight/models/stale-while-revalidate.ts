import type { GuardFactory } from './guard';

/**
 * An expired entry is still served for a while, and one request fetches behind its back
 * (stale-while-revalidate of RFC 5861); beyond that, one fetch of a key at a time.
 */
export const staleWhileRevalidate: GuardFactory = (options) => {
  const flights = new Set<number>();

  return {
    // #region policy
    look({ key, entry, nowMs }) {
      if (entry && nowMs < entry.expiresMs) return { answer: 'cache', fetch: false };
      const isFirst = !flights.has(key);
      flights.add(key);
      const isUsable = entry !== undefined && nowMs < entry.expiresMs + options.staleMs; // (1)
      return { answer: isUsable ? 'cache' : 'wait', fetch: isFirst };
    },
    ended(key) {
      flights.delete(key);
    },
    // #endregion
  };
};
