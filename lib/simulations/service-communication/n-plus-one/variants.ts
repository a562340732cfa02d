import { batched } from './models/batched';
import { direct } from './models/direct';
import { timed } from './models/timed';

export const variants = {
  direct: {
    title: 'One by one',
    describe: 'Each resolver asks the database for the row of its own object.',
    model: direct,
  },
  batched: {
    title: 'DataLoader',
    describe: 'What resolvers ask for in one tick is one query, and each key is asked for once.',
    model: batched,
  },
  timed: {
    title: 'With a window',
    describe: 'The same, but a batch is sent a while after its first key.',
    model: timed,
  },
};

export type VariantId = keyof typeof variants;
