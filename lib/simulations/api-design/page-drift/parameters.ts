import { choice, count, duration, quantity, type Values } from '../../../simulation/parameters';

/** When the client asks for its first page, simulated ms. */
export const START_MS = 500;
/** The oldest row is this old and no two rows of the beginning are closer, but for equal times, ms. */
export const ROW_EVERY_MS = 1000;
/** A walk that is not over by then is left as it is, simulated ms. */
const WALK_MAX_MS = 1_200_000;

export const parameters = {
  rows: count({
    label: 'Rows at the start',
    describe: 'How many rows the list has when the client begins.',
    unit: 'rows',
    min: 12,
    max: 5000,
    step: 1,
    default: 200,
    scale: 'log',
  }),
  pageSize: count({
    label: 'Page size',
    describe: 'The most rows on a page.',
    unit: 'rows',
    min: 4,
    max: 500,
    step: 1,
    default: 20,
    scale: 'log',
    live: true,
  }),
  thinkMs: duration({
    label: 'Between two pages',
    describe: 'Time from a page to the request for the next: a person reading, or a job.',
    min: 100,
    max: 10_000,
    step: 100,
    default: 2000,
    live: true,
  }),
  insertsPerSecond: quantity({
    label: 'Inserted',
    describe: 'Rows that come in per second, at random times.',
    unit: 'rows/s',
    min: 0,
    max: 5,
    step: 0.1,
    default: 0.5,
    live: true,
  }),
  deletesPerSecond: quantity({
    label: 'Deleted',
    describe: 'Rows deleted per second, at random times; all are equally likely.',
    unit: 'rows/s',
    min: 0,
    max: 5,
    step: 0.1,
    default: 0.3,
    live: true,
  }),
  updatesPerSecond: quantity({
    label: 'Updated',
    describe: 'Rows updated per second, at random times; all are equally likely.',
    unit: 'rows/s',
    min: 0,
    max: 5,
    step: 0.1,
    default: 0,
    live: true,
  }),
  order: choice({
    label: 'Order',
    describe: 'At which end of the list new rows appear.',
    options: {
      'newest-first': { label: 'Newest first', describe: 'New rows come in at the head.' },
      'oldest-first': { label: 'Oldest first', describe: 'New rows come in at the end.' },
    },
    default: 'newest-first',
  }),
  sortBy: choice({
    label: 'Sorted by',
    describe: 'Which time of a row the list is sorted by.',
    options: {
      created: { label: 'Created', describe: 'A row never changes its place.' },
      updated: { label: 'Updated last', describe: 'A row that is updated moves.' },
    },
    default: 'created',
  }),
  latePercent: quantity({
    label: 'With an old date',
    describe:
      'Share of inserted rows whose time lies somewhere between the oldest and the newest: backfills, imports, sorting by anything but time.',
    unit: '%',
    min: 0,
    max: 100,
    step: 5,
    default: 0,
    live: true,
  }),
  equalPercent: quantity({
    label: 'Equal times',
    describe: 'Share of rows that have the time of the row before them.',
    unit: '%',
    min: 0,
    max: 90,
    step: 5,
    default: 0,
  }),
};

/** Long enough for a list that grows while it is read, simulated ms. */
export function walkMs({ rows, pageSize, thinkMs }: Values<typeof parameters>): number {
  const pages = Math.ceil(rows / pageSize);
  return Math.min(WALK_MAX_MS, START_MS + Math.ceil(1.25 * pages) * thinkMs);
}
