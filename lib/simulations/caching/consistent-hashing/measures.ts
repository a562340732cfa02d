import { level, maximum, rate, share, table } from '../../../simulation/measures';

export const measures = {
  moved: share({
    label: 'Moved',
    describe:
      'Keys whose first choice is another cache after a change, of all keys at all changes.',
    better: 'lower',
  }),
  needless: share({
    label: 'Moved needlessly',
    describe:
      'Keys that moved between two caches that neither joined nor left, of all keys at all changes.',
    better: 'lower',
  }),
  hitShare: share({
    label: 'Hits',
    describe: 'Requests that a cache answered, shared or near, of all requests.',
    better: 'higher',
  }),
  nearShare: share({
    label: 'Near hits',
    describe: 'Requests that a service answered from its own memory, of all requests.',
    better: 'neither',
  }),
  failed: share({
    label: 'Failed',
    describe: 'Requests that no cache had and the database refused, of all requests.',
    better: 'lower',
  }),
  databasePerSecond: rate({
    label: 'Database',
    describe: 'Reads that the database is asked for per second, including those it refuses.',
    unit: 'requests/s',
    better: 'lower',
  }),
  databasePeak: maximum({
    label: 'Database, worst second',
    describe: 'The most reads that the database is asked for within a second.',
    unit: 'requests',
    better: 'lower',
  }),
  cachePeak: maximum({
    label: 'Busiest cache',
    describe: 'The most requests that one cache is asked within a second.',
    unit: 'requests',
    better: 'lower',
  }),
  imbalance: level({
    label: 'Busiest against mean',
    describe:
      'Requests to the busiest cache within a second, against the mean of the caches; mean over time.',
    unit: '×',
    better: 'lower',
  }),
  spread: level({
    label: 'Spread of the keys',
    describe:
      'Standard deviation of the numbers of keys on the caches, as a share of their mean; mean over time.',
    unit: '%',
    better: 'lower',
  }),
  most: level({
    label: 'The fullest cache',
    describe: 'Keys of the cache that has the most, against the mean of all; mean over time.',
    unit: '×',
    better: 'lower',
  }),
  byKey: table({
    label: 'By key',
    describe: 'How often each key was asked for, and how often the database had to be asked.',
    key: 'Key',
    counts: {
      requests: { label: 'Requests', unit: 'requests' },
      reads: { label: 'Reads of the database', unit: 'requests' },
    },
    shares: { missShare: { label: 'Of its requests', part: 'reads', of: 'requests' } },
    moments: {},
    sortedBy: 'requests',
    better: 'neither',
  }),
};
