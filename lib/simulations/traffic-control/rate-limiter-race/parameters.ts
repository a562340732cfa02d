import { choice, count, duration, quantity } from '../../../simulation/parameters';

/** What the reader may change, and what a figure lists as held fixed. */
export const parameters = {
  limit: count({
    label: 'Limit',
    describe: 'Requests allowed per window; together with the window, the rate of the buckets.',
    unit: 'requests',
    min: 1,
    max: 40,
    step: 1,
    default: 10,
  }),
  windowMs: duration({
    label: 'Window',
    describe: 'Length of the window that the limit applies to.',
    min: 500,
    max: 4000,
    step: 100,
    default: 1000,
  }),
  burst: count({
    label: 'Burst',
    describe: 'The most requests that the buckets and GCRA admit at one moment; windows ignore it.',
    unit: 'requests',
    min: 1,
    max: 40,
    step: 1,
    default: 5,
  }),
  pattern: choice({
    label: 'Arrivals',
    describe: 'How the requests of the client are spread over time.',
    options: {
      steady: { label: 'Steady', describe: 'Evenly spaced, at the offered rate.' },
      poisson: {
        label: 'Random',
        describe: 'A Poisson process: many independent users, at the offered rate on average.',
      },
      'on-off': {
        label: 'On and off',
        describe: 'Evenly spaced at the offered rate while on, nothing while off.',
      },
      boundary: {
        label: 'Boundary attack',
        describe: 'A volley right before and one right after every second window boundary.',
      },
    },
    default: 'poisson',
    live: true,
  }),
  offeredPerSecond: quantity({
    label: 'Offered rate',
    describe: 'Requests that the client sends per second; while on, if it goes on and off.',
    unit: 'requests/s',
    min: 1,
    max: 60,
    step: 1,
    default: 15,
    live: true,
  }),
  volley: count({
    label: 'Volley',
    describe:
      'Requests that an attack sends on each side of the boundary, and that the button sends at once.',
    unit: 'requests',
    min: 1,
    max: 40,
    step: 1,
    default: 10,
    live: true,
  }),
  beforeMs: duration({
    label: 'Spread before the boundary',
    describe: 'Over what time the first volley of an attack is spread; it ends at the boundary.',
    min: 0,
    max: 1000,
    step: 50,
    default: 400,
    live: true,
  }),
  afterMs: duration({
    label: 'Spread after the boundary',
    describe: 'Over what time the second volley of an attack is spread, from the boundary on.',
    min: 0,
    max: 4000,
    step: 50,
    default: 400,
    live: true,
  }),
  onMs: duration({
    label: 'On for',
    describe: 'How long the client sends before it falls silent.',
    min: 100,
    max: 5000,
    step: 100,
    default: 1000,
    live: true,
  }),
  offMs: duration({
    label: 'Off for',
    describe: 'How long the client is silent before it sends again.',
    min: 100,
    max: 5000,
    step: 100,
    default: 2000,
    live: true,
  }),
  quietPerSecond: quantity({
    label: 'Second client',
    describe:
      'Requests per second, at random times, from a second, well-behaved client; 0 for none.',
    unit: 'requests/s',
    min: 0,
    max: 20,
    step: 1,
    default: 0,
    live: true,
  }),
  keying: choice({
    label: 'Limiter per',
    describe: 'Whether all clients draw on one limiter, or each has its own with the full limit.',
    options: {
      shared: { label: 'Everybody' },
      'per-client': { label: 'Client' },
    },
    default: 'shared',
  }),
  clock: choice({
    label: 'Clock',
    describe:
      'At what times requests reach the limiter, and so with what numbers it has to calculate.',
    options: {
      'whole-ms': {
        label: 'Whole ms',
        describe: 'At whole milliseconds, as a service that reads Date.now() sees them.',
      },
      fractional: {
        label: 'Fractions of a ms',
        describe: 'At any time, as one reading performance.now() sees them.',
      },
    },
    default: 'whole-ms',
  }),
  latencyMs: duration({
    label: 'Network latency',
    describe: 'Time that a message takes between client, limiter and service.',
    min: 0,
    max: 400,
    step: 50,
    default: 200,
  }),
};

/** Limits as they are set in services: by the second up to by the day. */
export const outsideRanges = {
  limit: { ...parameters.limit, max: 100_000, scale: 'log' },
  windowMs: { ...parameters.windowMs, max: 86_400_000, scale: 'log' },
  burst: { ...parameters.burst, max: 100_000, scale: 'log' },
} as const;
