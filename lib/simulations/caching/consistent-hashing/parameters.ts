import { choice, count, duration, quantity } from '../../../simulation/parameters';

/** Simulated time that a figure shows and measures, ms. */
export const SHOWN_MS = 20_000;
/** When something happens that a scenario has in store, simulated ms. */
export const HAPPENS_MS = 5000;
/** As many caches as have a colour of their own. */
export const NODES_MAX = 8;

/** What the reader may change, and what a figure lists as held fixed. */
export const parameters = {
  nodes: count({
    label: 'Caches at the start',
    describe: 'How many caches share the keys before the first change.',
    unit: 'servers',
    min: 2,
    max: NODES_MAX - 1,
    step: 1,
    default: 4,
  }),
  positions: count({
    label: 'Positions per cache',
    describe: 'On a ring, the virtual nodes of each cache; other schemes have none.',
    unit: '',
    min: 1,
    max: 200,
    step: 1,
    default: 50,
    scale: 'log',
  }),
  loadFactor: quantity({
    label: 'Bound on the load',
    describe:
      'How many times the mean load a cache may have before the next on the ring is asked; for a bounded ring only.',
    unit: '×',
    min: 1.05,
    max: 3,
    step: 0.05,
    default: 1.25,
  }),
  copies: count({
    label: 'Copies per key',
    describe:
      'How many caches keep each key; a request asks one of them at random, and the others if that one does not answer or does not have it.',
    unit: '',
    min: 1,
    max: 3,
    step: 1,
    default: 1,
    live: true,
  }),
  capacity: count({
    label: 'Room in a cache',
    describe:
      'The most keys that a cache keeps; what has gone longest without being asked for goes first.',
    unit: 'keys',
    min: 25,
    max: 1000,
    step: 25,
    default: 500,
  }),
  nearMs: duration({
    label: 'Near cache',
    describe: 'How long a service keeps answers in its own memory; 0 for not at all.',
    min: 0,
    zero: 'none',
    max: 2000,
    step: 50,
    default: 0,
    live: true,
  }),
  services: count({
    label: 'Services',
    describe: 'How many instances of the service ask, each with a near cache of its own.',
    unit: 'instances',
    min: 1,
    max: 50,
    step: 1,
    default: 10,
  }),
  keys: count({
    label: 'Keys',
    describe: 'How many keys the caches share.',
    unit: 'keys',
    min: 50,
    max: 1000,
    step: 50,
    default: 1000,
  }),
  skew: quantity({
    label: 'Skew',
    describe:
      'How uneven popularity is: the key of rank r is asked for in proportion to 1 / r to this power.',
    unit: '',
    min: 0,
    max: 1.5,
    step: 0.1,
    default: 0.8,
  }),
  requestsPerSecond: quantity({
    label: 'Requests',
    describe: 'Requests from users per second on average, at random times.',
    unit: 'requests/s',
    min: 50,
    max: 1000,
    step: 50,
    default: 400,
  }),
  happens: choice({
    label: 'What happens',
    describe: 'What happens after five seconds.',
    options: {
      nothing: { label: 'Nothing' },
      join: { label: 'A cache joins', describe: 'One more cache, empty.' },
      leave: { label: 'A cache is lost', describe: 'The second one, for good.' },
      changes: {
        label: 'Three changes',
        describe:
          'One joins; five seconds later the second one is lost; another five later it is back, empty.',
      },
      hot: { label: 'A key turns hot', describe: 'The one that was asked for least.' },
    },
    default: 'changes',
  }),
  hotPercent: quantity({
    label: 'Requests for the hot key',
    describe: 'Share of requests that ask for the hot key once there is one.',
    unit: '%',
    min: 0,
    max: 80,
    step: 5,
    default: 40,
    live: true,
  }),
  noticeMs: duration({
    label: 'Time to notice',
    describe:
      'How long a lost cache is still asked before it is taken out; whoever asks it in vain turns to the database.',
    min: 0,
    max: 10_000,
    step: 250,
    default: 1000,
  }),
  databasePerSecond: quantity({
    label: 'Database',
    describe:
      'Reads that the database answers per second, up to a quarter of them at once; it refuses the others.',
    unit: 'requests/s',
    min: 20,
    max: 1000,
    step: 10,
    default: 80,
  }),
  cachePerSecond: quantity({
    label: 'Cache speed',
    describe:
      'Requests that one cache answers per second, up to a quarter of them at once; whoever gets no answer turns to the database.',
    unit: 'requests/s',
    min: 50,
    max: 2000,
    step: 50,
    default: 1000,
  }),
};
