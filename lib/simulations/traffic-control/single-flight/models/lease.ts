import type { GuardFactory } from './guard';

/**
 * One fetch of a key at a time in the whole fleet: the right to fetch is a lease in the cache itself
 * (R. Nishtala et al., "Scaling Memcache at Facebook", NSDI 2013). It ends by itself, so that an
 * instance that dies with it holds nobody up for ever; and whose lease has ended must not give back that
 * of the next, so each is taken in the name of a token.
 */
export const lease: GuardFactory = (options) => ({
  // #region policy
  look({ key, entry, nowMs, draw: token }) {
    if (entry && nowMs < entry.expiresMs) return { answer: 'cache', fetch: false };
    const untilMs = nowMs + options.leaseMs; // (1)
    const fetch = options.leases.take(key, nowMs, untilMs, token);
    return { answer: 'wait', fetch, lease: fetch ? token : undefined };
  },
  ended(key, _nowMs, token) {
    if (token !== undefined) options.leases.release(key, token); // (2)
  },
  // #endregion
});
