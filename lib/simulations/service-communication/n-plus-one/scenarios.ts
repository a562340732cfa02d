import type { Scenario } from '../../../simulation/definition';
import type { parameters } from './parameters';
import type { VariantId } from './variants';
import type { views } from './views';

type NPlusOneScenario = Scenario<typeof parameters, VariantId, keyof typeof views>;

const FIRST = {
  seed: 231,
  seedReason: 'The first request comes at once, and the next leaves it time.',
};

export const scenarios = {
  /** The failure, request by request. */
  'one-by-one': {
    title: 'One query, and one for each object',
    question: 'Why does a list of eight orders take nine queries?',
    story:
      'A query asks for eight orders and the product of each; four connections lead to the database.',
    watch: 'One row is the list; every row below it is a query for a single object.',
    parameters: { listSize: 8 },
    variants: ['direct'],
    views: ['waterfall'],
    controls: ['listSize', 'poolSize', 'latencyMs'],
    measures: ['queries.mean', 'latency.mean', 'wait.mean'],
    ...FIRST,
    stillAtMs: 40,
    speed: 0.04,
  },

  /** The remedy on the same requests. */
  race: {
    title: 'The same request, batched',
    question: 'What is left of nine queries?',
    story: 'Two servers answer the same requests from identical databases.',
    watch: 'The products of all orders come with one query.',
    parameters: { listSize: 8 },
    variants: ['direct', 'batched'],
    views: ['waterfall'],
    controls: ['listSize', 'depth', 'sameKey', 'poolSize', 'latencyMs', 'rowMs'],
    measures: ['queries.mean', 'rows.mean', 'latency.mean'],
    ...FIRST,
    stillAtMs: 40,
    speed: 0.04,
  },

  /** Levels below the list. */
  nested: {
    title: 'Three levels deep',
    question: 'What does each level of a query cost?',
    story: 'Four orders lead to products, suppliers and cities, two at a time.',
    watch:
      'Each level has twice as many objects as the one above it, and one query if it is batched.',
    parameters: { listSize: 4, depth: 3, fanOut: 2 },
    variants: ['direct', 'batched'],
    views: ['connections', 'queries'],
    // No pool size: connections beyond those of the view would not be seen.
    controls: ['listSize', 'depth', 'fanOut', 'sameKey', 'batchMax'],
    measures: ['queries.mean', 'rows.mean', 'keys.mean', 'latency.mean'],
    ...FIRST,
    stillAtMs: 45,
    speed: 0.06,
  },

  /** Loads that come at moments of their own. */
  ticks: {
    title: 'An await before the load',
    question: 'DataLoader is in use: where do the queries come from?',
    story:
      'Every resolver first checks a permission, which takes up to six milliseconds, and then loads.',
    watch: 'A batch holds what comes in one tick; these loads come in ticks of their own.',
    parameters: { listSize: 8, awaitMs: 6 },
    variants: ['batched', 'timed'],
    views: ['waterfall'],
    controls: ['awaitMs', 'windowMs', 'listSize', 'latencyMs', 'poolSize'],
    measures: ['queries.mean', 'keys.mean', 'latency.mean'],
    ...FIRST,
    stillAtMs: 60,
    speed: 0.04,
  },

  /** Many requests, one pool. */
  load: {
    title: 'A busy afternoon',
    question: 'How long may the list be before the database falls behind?',
    story: 'Forty requests a second ask for sixty orders each, through ten connections.',
    watch: 'Nothing is slow by itself; there are simply too many queries.',
    parameters: { requestsPerSecond: 40, listSize: 60, poolSize: 10 },
    variants: ['direct', 'batched'],
    views: ['waiting', 'answers', 'events'],
    controls: ['listSize', 'poolSize', 'latencyMs', 'requestsPerSecond', 'sameKey', 'rowMs'],
    measures: ['inTime', 'queries.mean', 'done', 'busy', 'latency.p95', 'wait.p95'],
    seed: 1,
    speed: 1,
  },
} as const satisfies Readonly<Record<string, NPlusOneScenario>>;
