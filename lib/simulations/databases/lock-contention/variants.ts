import { locking } from './models/locking';
import { noWait } from './models/no-wait';
import { optimistic } from './models/optimistic';

export const variants = {
  locking: {
    title: 'Wait for locks',
    describe:
      'Two-phase locking: a transaction that wants a row another one has waits until that one ends.',
    model: locking,
  },
  'no-wait': {
    title: 'Start over',
    describe: 'The same locks, but one that does not get a row at once gives up and starts over.',
    model: noWait,
  },
  optimistic: {
    title: 'Check versions',
    describe: 'Nobody waits; one that finds at the end that a row has changed starts over.',
    model: optimistic,
  },
};

export type VariantId = keyof typeof variants;
