import type { Scenario } from '../../../simulation/definition';
import type { parameters } from './parameters';
import type { VariantId } from './variants';
import type { views } from './views';

type PoolScenario = Scenario<typeof parameters, VariantId, keyof typeof views>;

/** When the query of the report becomes slow, ms. */
export const SLOW_AT_MS = 10_000;

export const scenarios = {
  /** The failure of the incident: one route takes the connections of all. */
  'slow-query': {
    title: 'One slow query',
    question: 'How can a page that one in twenty-five asks for take down all the others?',
    story:
      'Every request needs one of twenty connections; from the tenth second on, the query of the report takes four seconds of a core instead of twenty milliseconds.',
    watch: 'Watch who holds the connections, and who waits for them.',
    parameters: { slowAtMs: SLOW_AT_MS },
    variants: ['fifo'],
    views: ['answers', 'routes', 'pool', 'states', 'events'],
    controls: ['reportPercent', 'slowMs', 'poolSize', 'statementTimeoutMs', 'timeoutMs', 'cores'],
    measures: ['answered', 'inUse', 'waitingMost', 'hold.p99', 'latency.p99'],
    seed: 1,
    stillAtMs: 30_000,
    speed: 2,
  },

  /** More than the database can do: is a larger pool the answer? */
  size: {
    title: 'A pool for eight cores',
    question: 'How many connections does a database with eight cores need?',
    story:
      'Half as much again as the database can do comes in, through a pool of a hundred connections.',
    watch: 'Watch how many queries are done as you make the pool smaller.',
    parameters: { requestsPerSecond: 600, poolSize: 100, reportPercent: 0, waitersMax: 40 },
    variants: ['bounded'],
    views: ['database', 'answers', 'pool'],
    controls: ['poolSize', 'waitersMax', 'cores', 'contentionPercent', 'requestsPerSecond'],
    measures: ['queries', 'goodput', 'wait.p99', 'hold.p50'],
    seed: 1,
    speed: 2,
  },

  /** The same shortage with and without a bound on the waiting. */
  waiting: {
    title: 'Wait, or be told no',
    question: 'Whom does it help to let everybody wait for a connection?',
    story:
      'Two services with too small a pool meet the same users; one lets twenty wait, the other all.',
    watch: 'Watch how long those who are answered have waited.',
    parameters: { requestsPerSecond: 300, poolSize: 5, reportPercent: 0 },
    variants: ['fifo', 'bounded'],
    views: ['pool', 'answers'],
    controls: ['waitersMax', 'poolSize', 'timeoutMs', 'requestsPerSecond', 'queryMs'],
    measures: ['answered', 'goodput', 'wait.p50', 'latency.p99', 'waitingMost'],
    seed: 1,
    speed: 2,
  },
} as const satisfies Record<string, PoolScenario>;
