import { counter, distribution, maximum, rate, share } from '../../../simulation/measures';

export const measures = {
  answered: share({
    label: 'Answered',
    describe: 'Requests that got an answer before they were given up, of all that ended.',
    better: 'higher',
  }),
  fromCache: share({
    label: 'From the cache',
    describe: 'Requests answered with what the cache held, of all look-ups.',
    better: 'higher',
  }),
  stale: share({
    label: 'Stale answers',
    describe: 'Requests answered with an entry that had expired, of all look-ups.',
    better: 'lower',
  }),
  fetches: rate({
    label: 'Fetches',
    describe: 'Fetches that the service sent to the origin, per second.',
    unit: 'requests/s',
    better: 'lower',
  }),
  needless: share({
    label: 'Needless fetches',
    describe:
      'Fetches whose answer came too late to be stored, or when the cache had got the key meanwhile, of all that the origin answered.',
    better: 'lower',
  }),
  alikeMost: maximum({
    label: 'Most fetches of one key',
    describe: 'The most fetches of the same key that were at the origin at one moment.',
    unit: 'requests',
    better: 'lower',
  }),
  waitingMost: maximum({
    label: 'Most waiting',
    describe: 'The most fetches that waited at the origin at one moment.',
    unit: 'requests',
    better: 'lower',
  }),
  latency: distribution({
    label: 'Time to an answer',
    describe: 'From the request to its answer, of requests that got one.',
    unit: 'ms',
    quantiles: [0.5, 0.99],
    better: 'lower',
  }),
  aftermath: share({
    label: 'Answered, last twenty seconds',
    describe: 'Requests answered in time, of those that ended in the last twenty seconds.',
    better: 'higher',
  }),
  requests: counter({
    label: 'Requests',
    describe: 'Requests that users made.',
    unit: 'requests',
    better: 'neither',
  }),
  endings: counter({
    label: 'Ended',
    describe: 'Requests that were answered, given up or turned away.',
    unit: 'requests',
    better: 'neither',
  }),
};

export type StampedeMeasures = typeof measures;
