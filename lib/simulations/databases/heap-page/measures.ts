import { counter, distribution, level, maximum, share } from '../../../simulation/measures';

export const measures = {
  hotShare: share({
    label: 'HOT updates',
    describe: 'Updates that needed no index entry, of all.',
    better: 'higher',
  }),
  pagesMost: maximum({
    label: 'Largest size',
    describe: 'Pages of the table when it was largest.',
    unit: 'pages',
    better: 'lower',
  }),
  pagesAtEnd: counter({
    label: 'Size at the end',
    describe: 'Pages of the table at the end of the measured time.',
    unit: 'pages',
    better: 'lower',
  }),
  deadSpace: level({
    label: 'Dead space',
    describe:
      'Bytes of versions that have been replaced or deleted, of all bytes of the table, mean over time.',
    unit: '%',
    better: 'lower',
  }),
  deadMost: maximum({
    label: 'Most old versions',
    describe:
      'Versions that had been replaced or deleted and still took room, when there were most.',
    unit: '',
    better: 'lower',
  }),
  indexEntriesMost: maximum({
    label: 'Most index entries',
    describe:
      'Entries of all indexes that have one for each version or chain, when there were most.',
    unit: '',
    better: 'lower',
  }),
  looked: distribution({
    label: 'Versions looked at',
    describe: 'Versions that an update or a read looked at to find the one that it sees.',
    unit: '',
    quantiles: [0.5, 0.99],
    better: 'lower',
  }),
  pruned: counter({
    label: 'Pruned',
    describe: 'Versions removed by whoever came by to read or update.',
    unit: '',
    better: 'neither',
  }),
  vacuums: counter({
    label: 'Vacuums',
    describe: 'Runs of VACUUM that have ended, including those of autovacuum.',
    unit: '',
    better: 'neither',
  }),
  vacuumPages: counter({
    label: 'Pages vacuumed',
    describe: 'Pages that VACUUM went through, counted again for the second pass.',
    unit: 'pages',
    better: 'lower',
  }),
  vacuumTime: distribution({
    label: 'Time per VACUUM',
    describe:
      'From the start of a VACUUM to its end: the pauses of autovacuum, since work takes no time here.',
    unit: 'ms',
    quantiles: [0.5],
    better: 'lower',
  }),
  missing: counter({
    label: 'Rows not found',
    describe:
      'Rows that a statement, or the long transaction at its end, should have seen and did not.',
    unit: '',
    better: 'lower',
  }),
};

export type HeapMeasures = typeof measures;
