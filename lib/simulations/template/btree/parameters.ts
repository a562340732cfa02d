import { choice, count, quantity } from '../../../simulation/parameters';

/** Simulated time that a figure shows, ms. */
export const SHOWN_MS = 30_000;

/** Keys are whole numbers from 1 to this, so that they can be read in the pages. */
export const KEYS_MAX = 9999;

export const parameters = {
  keys: choice({
    label: 'Keys',
    describe: 'The order in which keys come.',
    options: {
      ascending: { label: 'ascending', describe: 'Each is greater than all before: a sequence.' },
      random: { label: 'random', describe: 'Anywhere among those before: a random identifier.' },
    },
    default: 'random',
  }),
  insertsPerSecond: quantity({
    label: 'Inserts',
    describe: 'Keys put into the index per second, evenly spaced.',
    unit: 'keys/s',
    min: 1,
    max: 10,
    step: 1,
    default: 2,
  }),
  keysPerPage: count({
    label: 'Room in a page',
    describe: 'The most keys that a page holds.',
    unit: 'keys',
    min: 3,
    max: 12,
    step: 1,
    default: 5,
  }),
  frames: count({
    label: 'Pages in memory',
    describe: 'Frames of the buffer pool; a page is read into one before it is used.',
    unit: 'pages',
    min: 5,
    max: 64,
    step: 1,
    default: 10,
  }),
};
