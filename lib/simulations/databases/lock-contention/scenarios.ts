import type { Scenario } from '../../../simulation/definition';
import { CLIENTS_MAX, type parameters } from './parameters';
import type { VariantId } from './variants';
import type { views } from './views';

type ContentionScenario = Scenario<typeof parameters, VariantId, keyof typeof views>;

export const scenarios = {
  /** The first half of what Agrawal, Carey and Livny found: cores are few. */
  'few-cores': {
    title: 'Eight cores',
    question: 'Is it better to wait for a row, or to work on and see at the end?',
    story: 'Forty-eight clients share eight cores, and one access in ten goes to ten hot rows.',
    watch: 'Watch how many transactions commit, and how many start over.',
    variants: ['locking', 'no-wait', 'optimistic'],
    views: ['throughput', 'fates', 'blocked'],
    controls: ['clients', 'cores', 'hotPercent', 'writePercent', 'statements', 'backoffMs'],
    measures: ['commits', 'wasted', 'blocked', 'wait.p50', 'latency.p50'],
    seed: 1,
    speed: 2,
  },

  /** The other half: work in vain costs nothing. */
  'a-core-for-all': {
    title: 'A core for everybody',
    question: 'What changes if nobody ever waits for a core?',
    story:
      'Twice as many clients want rows twice as hot, on a machine with as many cores as anybody could use.',
    watch: 'Watch which line is on top now, and what the others wait for.',
    parameters: { cores: CLIENTS_MAX, clients: 96, hotPercent: 20 },
    variants: ['locking', 'no-wait', 'optimistic'],
    views: ['throughput', 'fates', 'blocked'],
    controls: ['clients', 'cores', 'hotPercent', 'writePercent', 'statements', 'backoffMs'],
    measures: ['commits', 'wasted', 'blocked', 'wait.p50', 'latency.p50'],
    seed: 1,
    speed: 2,
  },

  /** A counter that all write: what counts is how long it is held. */
  'one-counter': {
    title: 'One counter',
    question: 'Does it matter when a transaction takes the row that they all want?',
    story: 'Nearly every transaction writes one row, the same for all, on its way to others.',
    watch: 'Watch the lanes: who waits, and for which row.',
    parameters: {
      clients: 16,
      cores: 16,
      hotRows: 1,
      hotPercent: 30,
      writePercent: 100,
      rows: 10_000,
      order: 'by-number',
    },
    variants: ['locking', 'optimistic'],
    views: ['clients', 'throughput', 'states', 'events'],
    controls: ['order', 'statements', 'clients', 'roundTripMs', 'hotPercent'],
    measures: ['commits', 'blocked', 'wasted', 'wait.p50', 'latency.p50'],
    seed: 1,
    speed: 0.5,
  },

  /** Cycles of waiting, and what an order does to them. */
  deadlocks: {
    title: 'Deadlocks',
    question: 'Where do deadlocks come from, and can they be avoided?',
    story: 'Twenty-four clients write eight rows each out of twenty hot ones and some others.',
    watch: 'Watch the deadlocks when you have every transaction take its rows by number.',
    parameters: { clients: 24, cores: 24, hotRows: 20, hotPercent: 40, writePercent: 100 },
    variants: ['locking'],
    views: ['clients', 'fates', 'blocked', 'events'],
    controls: ['order', 'clients', 'statements', 'hotRows', 'hotPercent', 'backoffMs'],
    measures: ['deadlocks', 'commits', 'wasted', 'blocked', 'latency.p50'],
    seed: 1,
    speed: 0.5,
  },

  /** Transactions that are open while somebody thinks. */
  'long-transactions': {
    title: 'Open while the client is busy',
    question: 'What does a pause between two statements cost the others?',
    story: 'Clients take fifty milliseconds between statements, with the transaction open.',
    watch: 'Watch the cores: they have little to do, and the transactions wait for each other.',
    parameters: { roundTripMs: 50, hotPercent: 20, clients: 64 },
    variants: ['locking', 'optimistic'],
    views: ['throughput', 'blocked', 'states'],
    controls: ['roundTripMs', 'clients', 'statements', 'hotPercent', 'cores'],
    measures: ['commits', 'busy', 'blocked', 'wasted', 'latency.p50'],
    seed: 1,
    speed: 2,
  },
} as const satisfies Record<string, ContentionScenario>;
