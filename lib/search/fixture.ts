/** A small handbook to test the search on: what a reader finds must not depend on one real guide. */
import type { BodyDocument, TitleDocument } from './documents';

interface FixtureGuide {
  readonly u: string;
  readonly t: string;
  readonly d: string;
  readonly a?: readonly string[];
  readonly x: string;
  readonly sections: Readonly<Record<string, string>>;
}

const GUIDES: readonly FixtureGuide[] = [
  {
    u: '/traffic-control/rate-limiting-algorithms/',
    t: 'Rate limiting algorithms',
    d: 'A limit of ten a second admits twenty within one second if its windows are fixed.',
    a: ['throttling', 'API quota', 'HTTP 429'],
    x: 'A partner sends a nightly batch and the database falls over although the limiter was on.',
    sections: {
      'Fixed windows let through twice the limit':
        'The counter is reset at the boundary of each window, so a burst on both sides of it passes.',
      'A token bucket separates rate from burst':
        'Tokens drip into the bucket at the rate; its capacity is the burst that a client may send at once.',
      'Leaky bucket as a meter and as a queue':
        'The meter polices, the queue shapes: requests leave at an even pace and wait before that.',
      'GCRA keeps one timestamp':
        'The generic cell rate algorithm stores the theoretical arrival time and compares it with the clock.',
    },
  },
  {
    u: '/traffic-control/load-shedding/',
    t: 'Load shedding',
    d: 'An overloaded server that answers everyone answers nobody in time.',
    a: ['overload protection', 'brownout', 'goodput'],
    x: 'Shed early and cheaply: a rejected request must cost a fraction of an accepted one.',
    sections: {
      'Goodput collapses past the knee':
        'Clients have given up before the answer comes, so the work is wasted.',
      'Priorities decide who is shed': 'Drop batch traffic first and checkout last.',
    },
  },
  {
    u: '/resilience/retries-and-backoff/',
    t: 'Retries and backoff',
    d: 'A retry helps the one and harms the many unless its total is bounded.',
    a: ['exponential backoff', 'jitter', 'retry storm', 'thundering herd'],
    x: 'Three layers that each try three times send twenty-seven requests for one.',
    sections: {
      'Jitter spreads the herd':
        'Without randomness all clients come back in the same millisecond.',
      'A retry budget bounds the total':
        'Allow retries as a share of first attempts, kept in a token bucket.',
    },
  },
  {
    u: '/resilience/circuit-breakers/',
    t: 'Circuit breakers',
    d: 'A breaker stops asking a dependency that does not answer, and asks again with care.',
    a: ['half-open', 'bulkhead'],
    x: 'Closed, open and half-open are three states, each with fields of its own.',
    sections: {
      'Half-open lets one request through': 'A probe decides whether the circuit closes.',
      'Timeouts come first': 'A breaker without a timeout never sees a failure.',
    },
  },
  {
    u: '/caching/cache-stampede/',
    t: 'Cache stampede',
    d: 'When a hot key expires, every request recomputes it at the same moment.',
    a: ['dogpile', 'thundering herd', 'single flight'],
    x: 'One lock, one early recomputation, or one stale answer prevents it.',
    sections: {
      'Single flight: one recomputes, the others wait': 'Callers share the promise of the first.',
      'Probabilistic early expiration':
        'Each reader draws whether to refresh before the time to live has passed.',
    },
  },
  {
    u: '/caching/eviction-policies/',
    t: 'Eviction policies',
    d: 'A scan flushes an LRU cache; a policy that counts keeps what is asked for.',
    a: ['LRU', 'LFU', 'TinyLFU', 'ARC'],
    x: 'The hit ratio depends on the workload more than on the policy.',
    sections: { 'Recency and frequency': 'A sketch counts accesses in a few bits for each key.' },
  },
  {
    u: '/databases/connection-pools/',
    t: 'Connection pools',
    d: 'A bigger pool makes a saturated database slower.',
    a: ['pgbouncer', 'pool size'],
    x: "Little's law gives the number of connections in use from rate and latency.",
    sections: {
      'Queueing moves from the database to the pool':
        'Waiting in the pool is cheaper than waiting on a lock.',
    },
  },
  {
    u: '/databases/isolation-levels/',
    t: 'Isolation levels',
    d: 'Snapshot isolation permits write skew, and few applications notice.',
    a: ['MVCC', 'serializable', 'read committed', 'phantom read'],
    x: 'Two doctors go off call in two transactions that never saw each other.',
    sections: { 'Write skew': 'Both read the same rows, each writes another one.' },
  },
  {
    u: '/consensus/raft-leader-election/',
    t: 'Raft leader election',
    d: 'Randomised timeouts make a split vote unlikely, never impossible.',
    a: ['consensus', 'quorum', 'split brain'],
    x: 'A candidate needs votes of a majority of servers in its term.',
    sections: { 'Terms are a logical clock': 'A server that sees a higher term steps down.' },
  },
  {
    u: '/latency/tail-latency/',
    t: 'Tail latency',
    d: 'A page that waits for a hundred servers is as slow as the slowest.',
    a: ['p99', 'percentiles', 'hedged requests', 'fan-out'],
    x: 'Coordinated omission hides the worst from the one who measures.',
    sections: {
      'Hedged requests':
        'Send a second request after the ninety-fifth percentile and take the first answer.',
    },
  },
  {
    u: '/messaging/idempotency/',
    t: 'Idempotency keys',
    d: 'Exactly once delivery does not exist; exactly once effect does.',
    a: ['deduplication', 'at least once'],
    x: 'The key and the effect are stored in one transaction.',
    sections: { Outbox: 'The message is written with the row and sent afterwards.' },
  },
];

export const titles: readonly TitleDocument[] = GUIDES.flatMap((guide): TitleDocument[] => [
  { u: guide.u, t: guide.t, g: guide.t, k: 'guide', a: guide.a ?? [], d: guide.d },
  ...Object.keys(guide.sections).map(
    (title): TitleDocument => ({
      u: sectionUrl(guide, title),
      t: title,
      g: guide.t,
      k: 'section',
      a: [],
      d: '',
    }),
  ),
]);

export const bodies: readonly BodyDocument[] = GUIDES.flatMap((guide): BodyDocument[] => [
  { u: guide.u, x: guide.x },
  ...Object.entries(guide.sections).map(([title, x]) => ({ u: sectionUrl(guide, title), x })),
]);

function sectionUrl(guide: FixtureGuide, title: string): string {
  return `${guide.u}#${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
}
