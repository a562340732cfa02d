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
    title: 'Begin anew',
    describe: 'The same locks, but one that does not get a row at once gives up and begins anew.',
    model: noWait,
  },
  optimistic: {
    title: 'Check versions',
    describe: 'Nobody waits; one that finds at the end that a row has changed begins anew.',
    model: optimistic,
  },
};

export type VariantId = keyof typeof variants;
