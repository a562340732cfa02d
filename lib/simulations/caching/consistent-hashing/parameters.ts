import { count } from '../../../simulation/parameters';

/** Simulated time that a figure shows and measures, ms. */
export const SHOWN_MS = 20_000;
/** As many caches as have a colour of their own. */
export const NODES_MAX = 8;

export const parameters = {
  nodes: count({
    label: 'Caches at first',
    describe: 'How many caches share the keys before the first change.',
    unit: 'servers',
    min: 2,
    max: NODES_MAX - 1,
    step: 1,
    default: 4,
  }),
  positions: count({
    label: 'Positions of a cache',
    describe: 'On a ring, the virtual nodes of each cache; other schemes have none.',
    unit: '',
    min: 1,
    max: 200,
    step: 1,
    default: 4,
    scale: 'log',
  }),
  keys: count({
    label: 'Keys',
    describe: 'How many keys the caches share.',
    unit: 'keys',
    min: 50,
    max: 1000,
    step: 50,
    default: 200,
  }),
};
