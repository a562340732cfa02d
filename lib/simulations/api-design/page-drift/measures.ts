import { counter, distribution, maximum, share } from '../../../simulation/measures';

/** What one walk through the list comes to. */
export const measures = {
  skipped: counter({
    label: 'Skipped',
    describe:
      'Rows that were in the list from the first page to the last and stand before the end of the walk, yet were never shown.',
    unit: 'rows',
    better: 'lower',
  }),
  repeated: counter({
    label: 'Repeated',
    describe: 'Rows shown that the walk had shown before, counted each time they came again.',
    unit: 'rows',
    better: 'lower',
  }),
  skippedShare: share({
    label: 'Share skipped',
    describe: 'Rows skipped, of all that were in the list from the first page to the last.',
    better: 'lower',
  }),
  repeatedShare: share({
    label: 'Share repeated',
    describe: 'Rows shown that the walk had shown before, of all rows shown.',
    better: 'lower',
  }),
  newMissed: counter({
    label: 'New and not shown',
    describe:
      'Rows that came in during the walk, were not shown, and are in the list when it ends; of a walk that is not over, those before the place it has reached.',
    unit: 'rows',
    better: 'neither',
  }),
  outdated: counter({
    label: 'Deleted, yet shown',
    describe: 'Rows shown that were no longer in the list.',
    unit: 'rows',
    better: 'lower',
  }),
  requests: counter({
    label: 'Requests',
    describe: 'Pages asked for.',
    unit: 'requests',
    better: 'lower',
  }),
  rowsRead: counter({
    label: 'Rows read',
    describe:
      'Rows that the database read for all pages of the walk, including those it threw away.',
    unit: 'rows',
    better: 'lower',
  }),
  pageCost: distribution({
    label: 'Rows read per page',
    describe: 'Rows that the database read to answer one request.',
    unit: 'rows',
    quantiles: [],
    better: 'lower',
  }),
  pageCostMost: maximum({
    label: 'Most for a page',
    describe: 'Rows that the database read for the costliest page.',
    unit: 'rows',
    better: 'lower',
  }),
  deadKept: maximum({
    label: 'Dead rows kept',
    describe: 'The most rows that were kept for a snapshot though deleted or moved.',
    unit: 'rows',
    better: 'lower',
  }),
  finished: share({
    label: 'Reached the end',
    describe: 'Whether the walk reached the last page within the time of the run.',
    better: 'higher',
  }),
};
