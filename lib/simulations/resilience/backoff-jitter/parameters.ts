import { count, duration } from '../../../simulation/parameters';

const CLIENTS_MAX = 100;

/** Base, cap and hops are those of the published model (see checks.ts). */
export const parameters = {
  clients: count({
    label: 'Clients',
    describe: 'How many clients each want to write the same row once.',
    unit: 'clients',
    min: 1,
    max: CLIENTS_MAX,
    step: 1,
    default: 20,
  }),
  spreadMs: duration({
    label: 'Start within',
    describe: 'The clients start at times drawn evenly from this span; 0 means all at once.',
    min: 0,
    zero: 'all at once',
    max: 5000,
    step: 50,
    default: 0,
  }),
  baseMs: duration({
    label: 'Base',
    describe:
      'Twice this is the ceiling of the first wait (decorrelated: three times this), and doubles with each failure.',
    min: 1,
    max: 500,
    step: 1,
    default: 5,
  }),
  capMs: duration({
    label: 'Cap',
    describe: 'The most that a retry waits.',
    min: 10,
    max: 10_000,
    step: 10,
    default: 2000,
  }),
  hopMs: duration({
    label: 'Hop',
    describe: 'How long a message takes one way, on average.',
    min: 1,
    max: 50,
    step: 1,
    default: 10,
    live: true,
  }),
  hopSpreadMs: duration({
    label: 'Spread of a hop',
    describe: 'Standard deviation of that time; with 0 the network adds no chance of its own.',
    min: 0,
    max: 10,
    step: 0.5,
    default: 2,
  }),
  rows: count({
    label: 'Rows',
    describe:
      'How many rows this happens on, each with clients of its own; the figure shows the first, the measures cover all.',
    unit: '',
    min: 1,
    max: 100,
    step: 1,
    default: 10,
  }),
};
