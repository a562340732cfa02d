import { counter, distribution, maximum, rate, share, table } from '../../../simulation/measures';

/** What is measured; jobs are left out where it says users. */
export const measures = {
  hitShare: share({
    label: 'Hits',
    describe: 'Reads by users that the cache answered, of all reads by users.',
    better: 'higher',
  }),
  missShare: share({
    label: 'Misses of reads',
    describe: 'Reads by users that went to the database, of all reads by users.',
    better: 'lower',
  }),
  misses: counter({
    label: 'Misses',
    describe: 'Reads by users that went to the database, counted.',
    unit: 'requests',
    better: 'lower',
  }),
  latency: distribution({
    label: 'Latency',
    describe:
      'Time that a user’s read takes: the look into the cache, and the database after a miss.',
    unit: 'ms',
    quantiles: [0.5, 0.99],
    better: 'lower',
  }),
  databasePerSecond: rate({
    label: 'Database',
    describe: 'Reads that go to the database per second, including those of jobs.',
    unit: 'requests/s',
    better: 'lower',
  }),
  databasePeak: maximum({
    label: 'Worst second',
    describe: 'The most reads that users send to the database within one second of the clock.',
    unit: 'requests',
    better: 'lower',
  }),
  staleShare: share({
    label: 'Stale reads',
    describe:
      'Reads by users answered with a value that the database no longer has, of all reads by users.',
    better: 'lower',
  }),
  byKey: table({
    label: 'By key',
    describe: 'How often each key was asked for by users, and how often the cache had it.',
    key: 'Key',
    counts: {
      reads: { label: 'Reads', unit: 'requests' },
      hits: { label: 'Hits', unit: 'requests' },
    },
    shares: { hitShare: { label: 'Hits of reads', part: 'hits', of: 'reads' } },
    moments: {},
    sortedBy: 'reads',
    better: 'neither',
  }),
};
