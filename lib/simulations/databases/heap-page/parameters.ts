import {
  choice,
  count,
  duration,
  quantity,
  toggle,
  type Values,
} from '../../../simulation/parameters';

/** Up to so many rows fit on a page or two, which is then shown up close, for a shorter time. */
const CLOSE_UP_ROWS = 12;
const CLOSE_UP_MS = 30_000;
const TABLE_MS = 300_000;

export const isCloseUp = ({ rows }: Pick<Values<typeof parameters>, 'rows'>): boolean =>
  rows <= CLOSE_UP_ROWS;

/** Simulated time that a figure shows and measures, ms. */
export const shownMs = (values: Pick<Values<typeof parameters>, 'rows'>): number =>
  isCloseUp(values) ? CLOSE_UP_MS : TABLE_MS;

export const parameters = {
  rows: count({
    label: 'Rows',
    describe: 'Rows of the table; updates replace them, and their number stays the same.',
    unit: '',
    min: 1,
    max: 2000,
    step: 1,
    default: 500,
  }),
  rowBytes: quantity({
    label: 'Row',
    describe: 'Data of a row; the header of each version comes on top.',
    unit: 'bytes',
    min: 40,
    max: 1200,
    step: 20,
    default: 200,
  }),
  updatesPerSecond: quantity({
    label: 'Updates',
    describe: 'Updates per second, each of one row in its own transaction, evenly spaced.',
    unit: 'requests/s',
    min: 0.5,
    max: 50,
    step: 0.5,
    default: 20,
  }),
  readsPerSecond: quantity({
    label: 'Reads',
    describe: 'Reads per second, each of one row by its key.',
    unit: 'requests/s',
    min: 0,
    max: 50,
    step: 0.5,
    default: 10,
  }),
  focusPercent: quantity({
    label: 'Updates of row 1',
    describe: 'Share of the updates that go to the first row; the others go to any row.',
    unit: '%',
    min: 0,
    max: 100,
    step: 5,
    default: 0,
  }),
  index: choice({
    label: 'Index on the changed column',
    describe: 'What index holds the column that updates change; the key always has a B-tree.',
    options: {
      none: { label: 'none' },
      btree: { label: 'B-tree', describe: 'It needs an entry for every version.' },
      brin: {
        label: 'BRIN',
        describe:
          'It summarizes ranges of pages, and does not stand in the way from PostgreSQL 16 on.',
      },
    },
    default: 'none',
  }),
  fillfactor: quantity({
    label: 'Fillfactor',
    describe: 'How full inserts make a page; what they leave is there for updates.',
    unit: '%',
    min: 30,
    max: 100,
    step: 5,
    default: 90,
    live: true,
  }),
  reportMs: duration({
    label: 'Reports',
    describe:
      'How long ordinary reports keep their snapshot; there are always two of them, one halfway through.',
    min: 0,
    max: 30_000,
    step: 500,
    default: 5000,
  }),
  longFromMs: duration({
    label: 'Long transaction from',
    describe: 'When somebody begins a transaction whose snapshot stays open.',
    min: 0,
    max: TABLE_MS,
    step: 1000,
    default: 60_000,
  }),
  longForMs: duration({
    label: 'Long transaction',
    describe: 'How long that transaction stays open; 0 is for none.',
    min: 0,
    zero: 'none',
    max: TABLE_MS,
    step: 1000,
    default: 0,
  }),
  autovacuum: toggle({
    label: 'Autovacuum',
    describe: 'Whether the server looks by itself for tables that need VACUUM.',
    default: true,
    live: true,
  }),
  naptimeMs: duration({
    label: 'Naptime',
    describe: 'How often autovacuum looks at the tables of a database.',
    min: 5000,
    max: 300_000,
    step: 5000,
    default: 60_000,
  }),
  threshold: count({
    label: 'Threshold',
    describe: 'Dead versions that a table may have anyway before autovacuum takes it up.',
    unit: '',
    min: 0,
    max: 1000,
    step: 10,
    default: 50,
    live: true,
  }),
  scalePercent: quantity({
    label: 'Scale factor',
    describe: 'Dead versions, as a share of the rows, that it may have on top of that.',
    unit: '%',
    min: 0,
    max: 200,
    step: 1,
    default: 20,
    live: true,
  }),
  costLimit: count({
    label: 'Cost limit',
    describe:
      'How much autovacuum does before it pauses: a page in memory costs 1, one that it writes 20 more.',
    unit: '',
    min: 20,
    max: 2000,
    step: 20,
    default: 200,
    live: true,
  }),
  costDelayMs: duration({
    label: 'Cost delay',
    describe: 'How long each of its pauses lasts; VACUUM by hand makes none.',
    min: 0,
    max: 100,
    step: 1,
    default: 2,
    live: true,
  }),
};
