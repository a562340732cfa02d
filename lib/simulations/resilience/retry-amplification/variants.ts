import { everyLayer } from './models/every-layer';
import { never } from './models/never';
import { retryBudget } from './models/retry-budget';
import { retryThrottle } from './models/retry-throttle';
import { stopSignal } from './models/stop-signal';

/** The rules that race, in the order in which a figure lists them. */
export const variants = {
  never: { title: 'No retries', describe: 'Every service tries once.', model: never },
  'every-layer': {
    title: 'Every layer retries',
    describe: 'Every service tries as often as it may.',
    model: everyLayer,
  },
  'stop-signal': {
    title: 'Only the lowest retries',
    describe: 'A service that gives up says so, and those above do not try again.',
    model: stopSignal,
  },
  'retry-budget': {
    title: 'A budget of retries',
    describe: 'Every service may retry a part of what it is asked.',
    model: retryBudget,
  },
  'retry-throttle': {
    title: 'Throttled as in gRPC',
    describe: 'Every service stops retrying while too much fails.',
    model: retryThrottle,
  },
} as const;

export type Rule = keyof typeof variants;
export const RULES = Object.keys(variants) as readonly Rule[];
