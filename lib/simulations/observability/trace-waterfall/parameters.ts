import { choice, count, duration, quantity } from '../../../simulation/parameters';

/** Simulated time that a figure shows, and that it measures, ms. */
export const SHOWN_MS = 10_000;
export const MEASURED_MS = 20_000;

/** The services in the order of a request's way, by the names of their lanes. */
const SERVICES = {
  gateway: 'Gateway',
  auth: 'Auth',
  orders: 'Orders',
  stock: 'Stock',
  prices: 'Prices',
  payments: 'Payments',
  bank: 'Bank',
  archive: 'Archive',
} as const;

export type Service = keyof typeof SERVICES;

export const SERVICE_LIST = Object.entries(SERVICES).map(([id, label]) => ({ id, label }));

const NONE = { label: 'None' };

export const parameters = {
  requestsPerSecond: quantity({
    label: 'Requests',
    describe: 'How many requests arrive at the gateway on average, at random moments.',
    unit: 'requests/s',
    min: 1,
    max: 100,
    step: 1,
    default: 40,
  }),
  exportPercent: quantity({
    label: 'Exports',
    describe: 'Share of the requests that export a report; all others check out.',
    unit: '%',
    min: 0,
    max: 20,
    step: 1,
    default: 2,
  }),
  calls: choice({
    label: 'Calls by Orders',
    describe: 'How Orders calls Stock, Prices and Payments.',
    options: {
      sequential: { label: 'One after another' },
      parallel: { label: 'All at once' },
    },
    default: 'sequential',
    live: true,
  }),
  spreadPercent: quantity({
    label: 'Spread of the work',
    describe: 'By how much a piece of work takes more or less than usual, evenly either way.',
    unit: '%',
    min: 0,
    max: 90,
    step: 10,
    default: 50,
  }),
  networkMs: duration({
    label: 'Network',
    describe: 'How long a call or an answer is under way between two services.',
    min: 0,
    max: 20,
    step: 1,
    default: 2,
  }),
  slowService: choice({
    label: 'Slow service',
    describe: 'Which service now and then takes longer.',
    options: {
      none: NONE,
      stock: { label: SERVICES.stock },
      prices: { label: SERVICES.prices },
      payments: { label: SERVICES.payments },
      bank: { label: SERVICES.bank },
    },
    default: 'none',
    live: true,
  }),
  slowMs: duration({
    label: 'Slower by',
    describe: 'How much longer a slow piece of work takes.',
    min: 50,
    max: 2000,
    step: 50,
    default: 400,
  }),
  slowPercent: quantity({
    label: 'Slow share',
    describe: 'Share of the calls to the slow service that are slow.',
    unit: '%',
    min: 1,
    max: 100,
    step: 1,
    default: 2,
  }),
  lossyService: choice({
    label: 'Loses the context',
    describe: 'Which service does not pass the header on with the calls it makes.',
    options: {
      none: NONE,
      orders: { label: SERVICES.orders },
      payments: { label: SERVICES.payments },
    },
    default: 'none',
    live: true,
  }),
  errorPercent: quantity({
    label: 'Bank errors',
    describe: 'Share of the payments that end in an error at the bank.',
    unit: '%',
    min: 0,
    max: 20,
    step: 0.5,
    default: 2,
    live: true,
  }),
  ratePercent: quantity({
    label: 'Sampling rate',
    describe:
      'Share of all traces that head sampling keeps, and of the ordinary ones that tail sampling keeps.',
    unit: '%',
    min: 0,
    max: 100,
    step: 1,
    default: 5,
    live: true,
  }),
  slowerThanMs: duration({
    label: 'Slow is longer than',
    describe: 'Tail sampling keeps every trace that took longer than this.',
    min: 50,
    max: 2000,
    step: 50,
    default: 400,
  }),
  targetPerSecond: quantity({
    label: 'Quota per operation',
    describe: 'How many traces of each operation adaptive sampling aims to keep.',
    unit: 'traces/s',
    min: 0.5,
    max: 20,
    step: 0.5,
    default: 1,
  }),
  clockService: choice({
    label: 'Clock ahead',
    describe: 'Which service has a clock that is ahead of all the others.',
    options: {
      none: NONE,
      gateway: { label: SERVICES.gateway },
      orders: { label: SERVICES.orders },
      payments: { label: SERVICES.payments },
      bank: { label: SERVICES.bank },
    },
    default: 'none',
  }),
  clockMs: duration({
    label: 'Ahead by',
    describe: 'How far that clock is ahead.',
    min: 0,
    max: 500,
    step: 1,
    default: 60,
  }),
  decisionWaitMs: duration({
    label: 'Collector wait',
    describe: 'How long after the first span of a trace tail sampling decides about it.',
    min: 100,
    max: 10_000,
    step: 100,
    default: 2000,
  }),
  tracesMax: count({
    label: 'Collector memory',
    describe: 'How many undecided traces the collector holds; one more pushes out the oldest.',
    unit: 'traces',
    min: 20,
    max: 400,
    step: 10,
    default: 200,
  }),
};
