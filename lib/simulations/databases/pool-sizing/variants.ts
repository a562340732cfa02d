import { bounded } from './models/bounded';
import { fifo } from './models/fifo';

export const variants = {
  fifo: {
    title: 'Everybody may wait',
    describe: 'Whoever came first gets the next connection, however many wait.',
    model: fifo,
  },
  bounded: {
    title: 'Only so many may wait',
    describe: 'The same, but whoever finds too many waiting is told no at once.',
    model: bounded,
  },
};

export type VariantId = keyof typeof variants;
