import { choice, count, duration, quantity } from '../../../simulation/parameters';
import { SERVICES } from './views';

/** When the outage of ten seconds begins and ends, ms. */
export const OUTAGE = { fromMs: 8000, untilMs: 18_000 } as const;

export const parameters = {
  layers: count({
    label: 'Layers that retry',
    describe: 'How many of the services try a failed call again, counted from the database up.',
    unit: '',
    min: 0,
    max: SERVICES.length,
    step: 1,
    default: SERVICES.length,
  }),
  attempts: count({
    label: 'Attempts',
    describe: 'The most times that such a service tries a call, the first included.',
    unit: 'calls',
    min: 1,
    max: 5,
    step: 1,
    default: 3,
  }),
  failPercent: quantity({
    label: 'Calls that fail',
    describe: 'Share of the calls to the database that fail while it is ill, independently.',
    unit: '%',
    min: 0,
    max: 100,
    step: 1,
    default: 100,
    live: true,
  }),
  outage: choice({
    label: 'The database fails',
    describe: 'For how long its calls fail.',
    options: {
      'ten-seconds': { label: 'For ten seconds' },
      always: { label: 'All the time' },
    },
    default: 'ten-seconds',
  }),
  budgetPercent: quantity({
    label: 'Retries paid for',
    describe:
      'Under a budget, retries that a hundred requests pay for; under a throttle, that a hundred successes pay for.',
    unit: '%',
    min: 0,
    max: 100,
    step: 1,
    default: 10,
  }),
  tokensMax: count({
    label: 'Full bucket',
    describe:
      'Retries that a budget saves up; under a throttle, twice the failures that it tolerates.',
    unit: 'tokens',
    min: 2,
    max: 50,
    step: 1,
    default: 10,
  }),
  requestsPerSecond: quantity({
    label: 'Users ask',
    describe: 'Requests per second, at an even pace.',
    unit: 'requests/s',
    min: 1,
    max: 15,
    step: 1,
    default: 10,
    live: true,
  }),
  hopMs: duration({
    label: 'Hop',
    describe: 'How long a call takes to reach its target, and its answer back.',
    min: 1,
    max: 50,
    step: 1,
    default: 20,
  }),
  waitMs: duration({
    label: 'Wait',
    describe: 'A retry waits a time drawn evenly from 0 to this.',
    min: 0,
    max: 500,
    step: 10,
    default: 40,
  }),
};
