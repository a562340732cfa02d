import { count, duration, quantity } from '../../../simulation/parameters';

/** Simulated time that a figure shows and measures, ms. */
export const SHOWN_MS = 60_000;

/** What the reader may change, and what a figure lists as held fixed. */
export const parameters = {
  requestsPerSecond: quantity({
    label: 'Requests',
    describe: 'Requests per second on average; each needs one connection for one query.',
    unit: 'requests/s',
    min: 10,
    max: 600,
    step: 10,
    default: 150,
    live: true,
  }),
  poolSize: count({
    label: 'Pool size',
    describe: 'Connections to the database that may be in use at once, of all instances together.',
    unit: 'connections',
    min: 1,
    max: 200,
    step: 1,
    default: 20,
    live: true,
  }),
  waitersMax: count({
    label: 'May wait',
    describe: 'Requests that may wait for a connection where the pool bounds them.',
    unit: 'requests',
    min: 0,
    max: 400,
    step: 5,
    default: 20,
  }),
  timeoutMs: duration({
    label: 'Timeout',
    describe:
      'How long a request may take in all; one that still waits for a connection then gives up.',
    min: 100,
    max: 10_000,
    step: 100,
    default: 1000,
    live: true,
  }),
  queryMs: duration({
    label: 'Query',
    describe: 'How long a core works on one query on average, exponentially distributed.',
    min: 5,
    max: 200,
    step: 5,
    default: 20,
  }),
  cores: count({
    label: 'Cores',
    describe: 'Cores of the database; all queries in progress share them evenly.',
    unit: 'cores',
    min: 1,
    max: 32,
    step: 1,
    default: 8,
  }),
  contentionPercent: quantity({
    label: 'Contention',
    describe:
      'How much longer everything takes for each query in progress beyond the cores: locks, caches, switching.',
    unit: '%',
    min: 0,
    max: 10,
    step: 0.5,
    default: 2,
  }),
  reportPercent: quantity({
    label: 'Reports',
    describe: 'Share of the requests that ask for the report, whose query may become slow.',
    unit: '%',
    min: 0,
    max: 50,
    step: 1,
    default: 4,
  }),
  slowAtMs: duration({
    label: 'Slow from',
    describe:
      'When the query of the report becomes slow (an index is gone, a plan has changed); 0 is never.',
    min: 0,
    zero: 'never',
    max: SHOWN_MS,
    step: 1000,
    default: 0,
  }),
  slowMs: duration({
    label: 'Slow query',
    describe: 'How long a core works on the query of the report once it is slow, on average.',
    min: 100,
    max: 20_000,
    step: 100,
    default: 4000,
  }),
  statementTimeoutMs: duration({
    label: 'Statement timeout',
    describe: 'After how long the database ends a query that begins from now on; 0 is never.',
    min: 0,
    zero: 'never',
    max: 10_000,
    step: 100,
    default: 0,
    live: true,
  }),
};
