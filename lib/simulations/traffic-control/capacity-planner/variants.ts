import { byHand } from './models/by-hand';
import { erlangC } from './models/erlang-c';
import { squareRoot } from './models/square-root';
import { utilisation } from './models/utilisation';

/** The rules that race, in the order in which a figure lists them. */
export const variants = {
  'by-hand': {
    title: 'By hand',
    describe: 'As many instances as you say.',
    model: byHand,
  },
  'erlang-c': {
    title: 'Erlang C',
    describe: 'The fewest with which no more requests than agreed wait longer than the target.',
    model: erlangC,
  },
  'square-root': {
    title: 'Square-root rule',
    describe: 'The load, and a few of its square roots in reserve.',
    model: squareRoot,
  },
  utilisation: {
    title: 'Target utilisation',
    describe: 'Enough that each is busy for at most a given share of its time.',
    model: utilisation,
  },
};

export type VariantId = keyof typeof variants;

export const RULES = ['erlang-c', 'square-root', 'utilisation'] as const;
export const ALL = ['by-hand', ...RULES] as const;
