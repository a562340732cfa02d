import { locking } from './models/locking';
import { noWait } from './models/no-wait';
import { optimistic } from './models/optimistic';

export const variants = {
  locking: {
    title: 'Wait for locks',
    describe: 'Two-phase locking: who wants a row that another one has waits until that one ends.',
    model: locking,
  },
  'no-wait': {
    title: 'Begin anew',
    describe: 'The same locks, but who does not get a row at once gives up and begins anew.',
    model: noWait,
  },
  optimistic: {
    title: 'Check versions',
    describe: 'Nobody waits; who finds at the end that a row has changed meanwhile begins anew.',
    model: optimistic,
  },
};

export type VariantId = keyof typeof variants;
