import { choice, count, duration, quantity } from '../../../simulation/parameters';

/** Simulated time that a figure shows and measures, ms. */
export const SHOWN_MS = 60_000;
/** What is left out of the measures at the start, while the cache fills, ms. */
export const WARM_UP_MS = 10_000;
/** Simulated time of a close-up, which shows every request, ms. */
export const CLOSE_UP_MS = 30_000;

function capacity({ max }: { readonly max: number }) {
  return count({
    label: 'Cache size',
    describe: 'The most keys that the cache keeps.',
    unit: 'keys',
    min: 1,
    max,
    step: 1,
    default: 100,
    scale: 'log',
  });
}

/** Traces of real systems ask for more keys than a figure does. */
export const outsideRanges = { capacity: capacity({ max: 200_000 }) };

/** What the reader may change, and what a figure lists as held fixed. */
export const parameters = {
  capacity: capacity({ max: 1000 }),
  pattern: choice({
    label: 'Order of requests',
    describe: 'In which order keys are asked for.',
    options: {
      popularity: {
        label: 'By popularity',
        describe: 'At random times, each key in proportion to its popularity.',
      },
      loop: { label: 'In a loop', describe: 'One key after the other, again and again.' },
      belady: {
        label: 'Belady’s string',
        describe: 'Twelve requests: 1 2 3 4 1 2 5 1 2 3 4 5.',
      },
    },
    default: 'popularity',
  }),
  keys: count({
    label: 'Keys',
    describe:
      'How many keys there are to ask for, besides those of scans and those asked for once.',
    unit: 'keys',
    min: 10,
    max: 5000,
    step: 10,
    default: 1000,
    scale: 'log',
  }),
  skew: quantity({
    label: 'Skew',
    describe:
      'Exponent of Zipf’s law: the key of rank r is asked for in proportion to 1 / r to this power; 0 makes all keys equal.',
    unit: '',
    min: 0,
    max: 1.5,
    step: 0.05,
    default: 0.9,
  }),
  requestsPerSecond: quantity({
    label: 'Requests',
    describe: 'Requests from users per second, on average.',
    unit: 'requests/s',
    min: 1,
    max: 400,
    step: 1,
    default: 200,
  }),
  oncePercent: quantity({
    label: 'Asked for once',
    describe: 'Share of requests for a key that nobody asked for before or asks for again.',
    unit: '%',
    min: 0,
    max: 90,
    step: 5,
    default: 0,
    live: true,
  }),
  scanEveryMs: duration({
    label: 'A scan every',
    describe: 'How often a job reads a whole table through the cache; 0 for never.',
    min: 0,
    zero: 'never',
    max: SHOWN_MS,
    step: 5000,
    default: 0,
  }),
  scanRows: count({
    label: 'Rows per scan',
    describe: 'How many keys a scan reads one after the other; users never ask for them.',
    unit: 'keys',
    min: 50,
    max: 3000,
    step: 50,
    default: 1000,
  }),
  shiftEveryMs: duration({
    label: 'Popularity changes every',
    describe: 'How often the ranks of all keys are drawn anew; 0 for never.',
    min: 0,
    zero: 'never',
    max: SHOWN_MS,
    step: 5000,
    default: 0,
  }),
  ttlMs: duration({
    label: 'Time to live',
    describe: 'How long a value may be served after it was fetched; 0 for ever.',
    min: 0,
    zero: 'for ever',
    max: SHOWN_MS,
    step: 500,
    default: 0,
    live: true,
  }),
  writePercent: quantity({
    label: 'Writes',
    describe: 'Share of requests that change the value of their key in the database.',
    unit: '%',
    min: 0,
    max: 50,
    step: 1,
    default: 0,
  }),
  onWrite: choice({
    label: 'A write',
    describe: 'What a write does to the cache.',
    options: {
      nothing: { label: 'Leaves the cache alone', describe: 'Only the time to live ends a value.' },
      delete: { label: 'Deletes the key', describe: 'The next read fetches the new value.' },
      update: {
        label: 'Updates the cache',
        describe:
          'Write-through: the new value goes into the cache as well, as a read would put it there.',
      },
    },
    default: 'delete',
    live: true,
  }),
  lookupMs: duration({
    label: 'Look into the cache',
    describe: 'Time to ask the cache, whether the key is there or not.',
    min: 0,
    max: 20,
    step: 0.1,
    default: 1,
  }),
  databaseMs: duration({
    label: 'Ask the database',
    describe: 'Time to fetch a value from the database after a miss.',
    min: 1,
    max: 200,
    step: 1,
    default: 20,
  }),
};
