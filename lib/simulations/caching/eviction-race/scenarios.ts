/** The prepared situations, in the order in which the guide comes to them. */
import type { Scenario } from '../../../simulation/definition';
import type { parameters } from './parameters';
import type { VariantId } from './variants';
import type { views } from './views';

type CacheScenario = Scenario<typeof parameters, VariantId, keyof typeof views>;

export const scenarios = {
  /** The failure that opens the guide. */
  scan: {
    title: 'A report that empties the cache',
    question: 'What does a report do to a cache that is of no use to it?',
    story:
      'Every twenty seconds a job reads a thousand rows through the cache, none of which a user asks for.',
    watch: 'Watch what the database gets from users while the job runs, and after it.',
    parameters: { capacity: 500, keys: 2000, scanEveryMs: 20_000 },
    variants: ['lru', 's3-fifo', 'opt'],
    views: ['database', 'hits', 'events'],
    controls: ['capacity', 'scanRows', 'scanEveryMs', 'skew'],
    measures: ['hitShare', 'databasePeak', 'latency.mean'],
    seed: 1,
    speed: 6,
  },

  /** Why a small cache answers much: popularity, and how the size pays. */
  popularity: {
    title: 'A tenth of the keys, half of the reads',
    question: 'How much of the traffic does a cache that holds a tenth of the keys catch?',
    story: 'A thousand keys are asked for by Zipf’s law, and a hundred of them fit.',
    watch: 'Watch the lines as you turn the skew down to 0, where all keys are equal.',
    variants: ['fifo', 'clock', 'lru', 'lfu', 'opt'],
    views: ['hits', 'database'],
    controls: ['skew', 'capacity', 'keys'],
    measures: ['hitShare', 'missShare', 'latency.mean', 'databasePerSecond'],
    seed: 1,
    speed: 6,
  },

  /** Every request by itself. */
  slots: {
    title: 'Eight places, and who has to go',
    question: 'Which key goes when a new one comes?',
    story: 'Two reads per second ask for twenty keys, of which eight fit.',
    watch: 'Watch which slot is looked at next, and what a hit changes.',
    parameters: { capacity: 8, keys: 20, skew: 0.9, requestsPerSecond: 2 },
    variants: ['fifo', 'clock', 'lru', 'sieve'],
    views: ['slots', 'misses', 'scene', 'table'],
    controls: ['capacity', 'skew'],
    measures: ['hitShare', 'missShare'],
    seed: 1,
    stillAtMs: 20_000,
    speed: 1,
  },

  /** The same close-up for a policy of two queues. */
  'two-queues': {
    title: 'Probation before a place',
    question: 'What does a newcomer have to do to stay?',
    story:
      'Of four reads per second, three in ten ask for a key that never comes back; the rest ask for forty keys, of which twelve fit.',
    watch: 'Watch which keys are promoted from the small queue, and which leave it unused.',
    parameters: { capacity: 12, keys: 40, skew: 1.1, oncePercent: 30, requestsPerSecond: 4 },
    variants: ['lru', 's3-fifo'],
    views: ['slots', 'misses', 'table'],
    controls: ['capacity', 'oncePercent'],
    measures: ['hitShare', 'missShare'],
    seed: 1,
    stillAtMs: 20_000,
    speed: 1,
  },

  /** L. A. Belady, R. A. Nelson and G. S. Shedler, CACM 12 (6), 1969. */
  'three-places': {
    title: 'Belady’s string with three places',
    question: 'Does a larger cache always miss less?',
    story: 'Twelve reads ask for five keys: 1 2 3 4 1 2 5 1 2 3 4 5.',
    watch: 'Count the misses of FIFO, then give it a fourth place.',
    parameters: { pattern: 'belady', capacity: 3, requestsPerSecond: 1 },
    variants: ['fifo', 'lru', 'opt'],
    views: ['slots', 'misses', 'table'],
    controls: ['capacity'],
    measures: ['misses', 'hitShare'],
    seed: 1,
    speed: 1,
  },
  'four-places': {
    title: 'Belady’s string with four places',
    question: 'What does a fourth place save FIFO?',
    story: 'The same twelve reads meet caches with one place more.',
    watch: 'Count the misses of FIFO against those with three places.',
    parameters: { pattern: 'belady', capacity: 4, requestsPerSecond: 1 },
    variants: ['fifo', 'lru', 'opt'],
    views: ['slots', 'misses', 'table'],
    controls: ['capacity'],
    measures: ['misses', 'hitShare'],
    seed: 1,
    speed: 1,
  },

  /** What LRU drops is what comes next. */
  loop: {
    title: 'A loop a little longer than the cache',
    question: 'What does LRU keep of a loop that does not fit?',
    story: 'A job asks for 120 keys in turn, again and again, through a cache of 100.',
    watch: 'Watch LRU, then make the cache as large as the loop.',
    parameters: { pattern: 'loop', keys: 120 },
    variants: ['lru', 'lfu', 'arc', 's3-fifo', 'opt'],
    views: ['hits', 'database'],
    controls: ['capacity', 'keys'],
    measures: ['hitShare', 'databasePerSecond'],
    seed: 1,
    speed: 6,
  },

  /** Most keys of real traces are asked for once within a short stretch. */
  once: {
    title: 'Keys that nobody asks for again',
    question: 'What do keys that are asked for once cost?',
    story: 'Four reads in ten ask for a key that never comes back; the rest follow Zipf’s law.',
    watch: 'Watch the distance between LRU and those that make newcomers wait.',
    parameters: { oncePercent: 40 },
    variants: ['fifo', 'lru', 's3-fifo', 'sieve', 'w-tiny-lfu', 'opt'],
    views: ['hits', 'database'],
    controls: ['oncePercent', 'capacity', 'skew'],
    measures: ['hitShare', 'databasePerSecond'],
    seed: 1,
    speed: 6,
  },

  /** What is counted for ever is wrong for long. */
  shift: {
    title: 'What was popular yesterday',
    question: 'How long does a cache hold on to what was popular once?',
    story: 'Halfway through, all keys change their ranks.',
    watch: 'Watch how soon each line is back.',
    parameters: { shiftEveryMs: 30_000, skew: 1.1 },
    variants: ['lru', 'lfu', 'w-tiny-lfu', 's3-fifo', 'sieve'],
    views: ['hits', 'database', 'events'],
    controls: ['shiftEveryMs', 'skew', 'capacity'],
    measures: ['hitShare', 'databasePeak'],
    seed: 1,
    speed: 6,
  },

  /** A time to live is the bound of a lie. */
  stale: {
    title: 'Values that are no longer true',
    question: 'What does a time to live cost, and what does it promise?',
    story: 'One request in a hundred changes a value in the database, and the cache is not told.',
    watch: 'Watch stale reads and hits together as you change the time to live.',
    parameters: { writePercent: 1, onWrite: 'nothing', ttlMs: 10_000 },
    variants: ['lru'],
    views: ['stale', 'database'],
    controls: ['ttlMs', 'onWrite', 'writePercent'],
    measures: ['staleShare', 'hitShare', 'latency.mean', 'databasePerSecond'],
    seed: 1,
    speed: 6,
  },

  /** The look into the cache is paid by every read. */
  hurts: {
    title: 'What a cache is worth',
    question: 'When is a service faster without its cache?',
    story: 'The same reads go through a cache in another process, and straight to the database.',
    watch: 'Watch the mean and the slowest hundredth, which a cache changes differently.',
    parameters: { lookupMs: 3 },
    variants: ['lru', 'no-cache'],
    views: ['hits', 'database'],
    controls: ['lookupMs', 'databaseMs', 'capacity', 'skew'],
    measures: ['latency.mean', 'latency.p50', 'latency.p99', 'hitShare', 'databasePerSecond'],
    seed: 1,
    speed: 6,
  },

  /** The whole field on a mix of all of it. */
  race: {
    title: 'Eight policies on the same requests',
    question: 'Which keeps the right keys when everything happens at once?',
    story:
      'A fifth of the reads are for keys asked for once, a job scans every twenty seconds, and popularity changes after thirty.',
    watch: 'Watch the order of the lines, and their distance from OPT.',
    parameters: { oncePercent: 20, scanEveryMs: 20_000, shiftEveryMs: 30_000 },
    // All but CLOCK, which stays close to LRU: more than eight lines cannot be told apart.
    variants: ['fifo', 'lru', 'lfu', 'arc', 'w-tiny-lfu', 's3-fifo', 'sieve', 'opt'],
    views: ['hits', 'database', 'events'],
    controls: [
      'capacity',
      'pattern',
      'keys',
      'skew',
      'oncePercent',
      'scanEveryMs',
      'scanRows',
      'shiftEveryMs',
    ],
    measures: ['hitShare', 'databasePerSecond', 'databasePeak', 'latency.mean'],
    seed: 1,
    speed: 6,
  },
} as const satisfies Record<string, CacheScenario>;
