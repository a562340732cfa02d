import { adaptive } from './models/adaptive';
import { head } from './models/head';
import { tail } from './models/tail';

export const variants = {
  head: {
    title: 'Head',
    describe: 'Decides by chance where the trace begins, before anything is known about it.',
    model: head,
  },
  tail: {
    title: 'Tail',
    describe:
      'Waits for the trace, keeps the failed and the slow, and some of the others by chance.',
    model: tail,
  },
  adaptive: {
    title: 'Adaptive',
    describe: 'Decides where the trace begins, at a rate that gives each operation its quota.',
    model: adaptive,
  },
};
export type Policy = keyof typeof variants;
