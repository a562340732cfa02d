import { decorrelatedJitter } from './models/decorrelated-jitter';
import { equalJitter } from './models/equal-jitter';
import { exponential } from './models/exponential';
import { fullJitter } from './models/full-jitter';
import { noBackoff } from './models/no-backoff';

/** The rules that race, in the order in which a figure lists them. */
export const variants = {
  'no-backoff': {
    title: 'No backoff',
    describe: 'Tries again at once.',
    model: noBackoff,
  },
  exponential: {
    title: 'Exponential, no jitter',
    describe: 'Waits twice as long after each failure.',
    model: exponential,
  },
  'equal-jitter': {
    title: 'Equal jitter',
    describe: 'Waits half of the exponential ceiling, and up to as much again by chance.',
    model: equalJitter,
  },
  'full-jitter': {
    title: 'Full jitter',
    describe: 'Waits anything from nothing to the exponential ceiling.',
    model: fullJitter,
  },
  'decorrelated-jitter': {
    title: 'Decorrelated jitter',
    describe: 'Waits anything from the base to three times the last wait.',
    model: decorrelatedJitter,
  },
} as const;

export type Rule = keyof typeof variants;
export const RULES = Object.keys(variants) as readonly Rule[];
