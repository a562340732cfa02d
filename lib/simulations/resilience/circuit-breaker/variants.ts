import { consecutiveFailures } from './models/consecutive-failures';
import { countWindow } from './models/count-window';
import { errorPercentage } from './models/error-percentage';
import { noBreaker } from './models/no-breaker';
import { timeWindow } from './models/time-window';

/** The breakers that race, in the order in which a figure lists them. */
export const variants = {
  'no-breaker': {
    title: 'No breaker',
    describe: 'Every call is sent.',
    model: noBreaker,
  },
  'consecutive-failures': {
    title: 'Failures in a row',
    describe: 'Opens after a number of failures without a success between them.',
    model: consecutiveFailures,
  },
  'count-window': {
    title: 'Window of calls',
    describe: 'Opens when too many of the last calls failed or were slow.',
    model: countWindow,
  },
  'time-window': {
    title: 'Window of time',
    describe: 'Opens when too many of the calls in the last seconds failed or were slow.',
    model: timeWindow,
  },
  'error-percentage': {
    title: 'Error percentage',
    describe:
      'Opens when more than a set share of the last seconds’ calls failed; one probe decides.',
    model: errorPercentage,
  },
};

export type VariantId = keyof typeof variants;

export const BREAKERS = [
  'consecutive-failures',
  'count-window',
  'time-window',
  'error-percentage',
] as const;
export const ALL = ['no-breaker', ...BREAKERS] as const;
