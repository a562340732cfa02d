import type { GuardFactory } from './guard';

/**
 * One fetch of a key at a time in the whole fleet: the right to fetch is a lease in the cache itself
 * (R. Nishtala et al., "Scaling Memcache at Facebook", NSDI 2013). It ends by itself, so that an
 * instance that dies with it holds nobody up for ever.
 */
export const lease: GuardFactory = (options) => ({
  // #region policy
  look({ key, entry, nowMs }) {
    if (entry && nowMs < entry.expiresMs) return { answer: 'cache', fetch: false };
    const untilMs = nowMs + options.leaseMs; // (1)
    return { answer: 'wait', fetch: options.leases.take(key, nowMs, untilMs) };
  },
  ended(key) {
    options.leases.release(key);
  },
  // #endregion
});
