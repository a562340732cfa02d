import type { GuardFactory } from './guard';

/** One fetch of a key at a time in each instance; who asks meanwhile waits for its answer. */
export const singleFlight: GuardFactory = () => {
  const flights = new Set<number>();

  return {
    // #region policy
    look({ key, entry, nowMs }) {
      if (entry && nowMs < entry.expiresMs) return { answer: 'cache', fetch: false };
      const isFirst = !flights.has(key);
      flights.add(key); // (1)
      return { answer: 'wait', fetch: isFirst };
    },
    ended(key) {
      flights.delete(key); // (2)
    },
    // #endregion
  };
};
