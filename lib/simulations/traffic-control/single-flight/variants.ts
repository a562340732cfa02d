import { earlyExpiry } from './models/early-expiry';
import { everyMiss } from './models/every-miss';
import { lease } from './models/lease';
import { singleFlight } from './models/single-flight';
import { staleWhileRevalidate } from './models/stale-while-revalidate';

/** The guards that race, in the order in which a figure lists them. */
export const variants = {
  'every-miss': {
    title: 'Every miss fetches',
    describe: 'A request that misses the cache asks the origin.',
    model: everyMiss,
  },
  'single-flight': {
    title: 'Single flight',
    describe: 'One fetch of a key at a time in each instance; the others wait for its answer.',
    model: singleFlight,
  },
  lease: {
    title: 'Lease',
    describe: 'One fetch of a key at a time in the whole fleet, with a lock in the cache.',
    model: lease,
  },
  'early-expiry': {
    title: 'Early expiry',
    describe: 'Requests fetch at random shortly before an entry expires (XFetch).',
    model: earlyExpiry,
  },
  'stale-while-revalidate': {
    title: 'Stale while revalidate',
    describe:
      'An expired entry is served a while longer, while one request fetches in the background.',
    model: staleWhileRevalidate,
  },
};

export type VariantId = keyof typeof variants;

export const ALL = [
  'every-miss',
  'single-flight',
  'lease',
  'early-expiry',
  'stale-while-revalidate',
] as const;
