import { ageing } from './models/ageing';
import { fair } from './models/fair';
import { firstCome } from './models/first-come';
import { shortest } from './models/shortest';
import { strict } from './models/strict';

export const variants = {
  'first-come': {
    title: 'First come',
    describe: 'The first to be enqueued is first, whatever it is.',
    model: firstCome,
  },
  strict: {
    title: 'Strict priority',
    describe: 'The highest priority that is there, always.',
    model: strict,
  },
  ageing: {
    title: 'Ageing',
    describe: 'A priority is a head start: a job that has waited longer than that is first.',
    model: ageing,
  },
  fair: {
    title: 'Fair shares',
    describe: 'Each priority gets its share of the work while it has some.',
    model: fair,
  },
  shortest: {
    title: 'Shortest first',
    describe: 'The job done soonest is first, whatever its priority.',
    model: shortest,
  },
};

export type VariantId = keyof typeof variants;
