import { fixedWindow } from './models/fixed-window';
import { gcra } from './models/gcra';
import { leakyBucketMeter } from './models/leaky-bucket-meter';
import { leakyBucketQueue } from './models/leaky-bucket-queue';
import { slidingCounter } from './models/sliding-counter';
import { slidingLog } from './models/sliding-log';
import { tokenBucket } from './models/token-bucket';

/** The algorithms that race, in the order in which a figure lists them. */
export const variants = {
  'fixed-window': {
    title: 'Fixed window',
    describe: 'Counts from zero at every window boundary.',
    model: fixedWindow,
  },
  'sliding-log': {
    title: 'Sliding log',
    describe: 'Remembers every admitted request of the last window.',
    model: slidingLog,
  },
  'sliding-counter': {
    title: 'Sliding counter',
    describe: 'Estimates the last window from the counts of two fixed ones.',
    model: slidingCounter,
  },
  'token-bucket': {
    title: 'Token bucket',
    describe: 'Tokens drop in at a steady rate; a request takes one.',
    model: tokenBucket,
  },
  'leaky-bucket-meter': {
    title: 'Leaky bucket (meter)',
    describe: 'Requests fill a bucket that leaks; one that would overflow it is refused.',
    model: leakyBucketMeter,
  },
  'leaky-bucket-queue': {
    title: 'Leaky bucket (queue)',
    describe: 'Requests wait in a bucket and leave it at a steady rate.',
    model: leakyBucketQueue,
  },
  gcra: {
    title: 'GCRA',
    describe: 'Keeps one timestamp: when the next request would be on time.',
    model: gcra,
  },
};

export type VariantId = keyof typeof variants;

const WINDOWS = ['fixed-window', 'sliding-log', 'sliding-counter'] as const;
/** The four that admit at most burst + rate × time, three of them at once. */
export const BUCKETS = [
  'token-bucket',
  'leaky-bucket-meter',
  'leaky-bucket-queue',
  'gcra',
] as const;
export const ALL = [...WINDOWS, ...BUCKETS] as const;
