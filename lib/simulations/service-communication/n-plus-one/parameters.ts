import { count, duration, quantity } from '../../../simulation/parameters';

/** At more requests than this nobody can follow single ones: what is shown are levels over time. */
export const FOLLOWED_PER_SECOND = 10;
/** Simulated time that is measured, and that is shown of requests one by one and of many, ms. */
export const MEASURED_MS = 10_000;
export const SHOWN_FEW_MS = 2000;
export const SHOWN_MANY_MS = MEASURED_MS;

/** More keys than the deepest query here can ask for at once. */
const BATCH_UNBOUNDED = 3000;

export const parameters = {
  requestsPerSecond: quantity({
    label: 'Requests',
    describe: 'How many requests with this query arrive on average, at random moments.',
    unit: 'requests/s',
    min: 1,
    max: 100,
    step: 1,
    default: 5,
  }),
  listSize: count({
    label: 'Orders in the list',
    describe: 'How many objects the list at the top of the query has: the N of N+1.',
    unit: 'orders',
    min: 1,
    max: 100,
    step: 1,
    default: 20,
    live: true,
  }),
  depth: count({
    label: 'Levels below the list',
    describe:
      'How deep the query goes: products of an order, their suppliers, their cities, their countries.',
    unit: '',
    min: 1,
    max: 4,
    step: 1,
    default: 1,
    live: true,
  }),
  fanOut: count({
    label: 'Objects below each',
    describe: 'How many objects of the next level each object leads to.',
    unit: '',
    min: 1,
    max: 3,
    step: 1,
    default: 1,
    live: true,
  }),
  sameKey: count({
    label: 'Objects that share a row',
    describe: 'How many objects of a level refer to the same row: orders of one product.',
    unit: '',
    min: 1,
    max: 20,
    step: 1,
    default: 1,
    live: true,
  }),
  latencyMs: duration({
    label: 'Database latency',
    describe: 'How long a query takes from its connection to the answer, whatever it asks for.',
    min: 1,
    max: 50,
    step: 1,
    default: 5,
    live: true,
  }),
  rowMs: duration({
    label: 'Time per row',
    describe: 'How much longer a query takes for each row that it returns.',
    min: 0,
    max: 1,
    step: 0.01,
    default: 0.02,
  }),
  poolSize: count({
    label: 'Pool size',
    describe: 'How many queries can be under way at once; all others wait for a connection.',
    unit: 'connections',
    min: 1,
    max: 50,
    step: 1,
    default: 4,
    live: true,
  }),
  awaitMs: duration({
    label: 'Await before the load',
    describe:
      'A resolver first waits for something else, such as a permission, for up to this long, evenly spread.',
    min: 0,
    max: 50,
    step: 1,
    default: 0,
    live: true,
  }),
  windowMs: duration({
    label: 'Window',
    describe: 'How long after its first key a batch is sent, where it does not go by ticks.',
    min: 0,
    max: 50,
    step: 1,
    default: 2,
    live: true,
  }),
  batchMax: count({
    label: 'Keys per query',
    describe: `How many keys one query may have at most; at ${BATCH_UNBOUNDED} there is no bound.`,
    unit: 'keys',
    min: 1,
    max: BATCH_UNBOUNDED,
    step: 1,
    default: BATCH_UNBOUNDED,
    scale: 'log',
    live: true,
  }),
  deadlineMs: duration({
    label: 'In time is within',
    describe: 'A request that is not answered after this counts as late; its work goes on.',
    min: 50,
    max: 2000,
    step: 50,
    default: 500,
  }),
};
