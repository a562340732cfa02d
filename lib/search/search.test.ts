import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodies, titles } from './fixture';
import { createSearch } from './search';

const search = createSearch(titles);
search.addBodies(bodies);

/** Address of the best hit, without the site's slashes. */
function best(query: string): string | undefined {
  return search.query(query).groups[0]?.hits[0]?.url;
}
function bestGuide(query: string): string | undefined {
  return best(query)?.split('#')[0];
}

const RATE = '/traffic-control/rate-limiting-algorithms/';
const SHED = '/traffic-control/load-shedding/';
const RETRY = '/resilience/retries-and-backoff/';
const BREAKER = '/resilience/circuit-breakers/';
const STAMPEDE = '/caching/cache-stampede/';
const EVICTION = '/caching/eviction-policies/';
const POOL = '/databases/connection-pools/';
const ISOLATION = '/databases/isolation-levels/';
const RAFT = '/consensus/raft-leader-election/';
const TAIL = '/latency/tail-latency/';
const IDEMPOTENCY = '/messaging/idempotency/';

describe('the guide that was meant comes first', () => {
  test.each([
    ['rate limiting algorithms', RATE],
    ['load shedding', SHED],
    ['circuit breakers', BREAKER],
    ['Connection Pools', POOL],
    ['isolation', ISOLATION],
    ['idempotency', IDEMPOTENCY],
  ])('for its title: %s', (query, url) => expect(best(query)).toBe(url));

  test.each([
    ['how do I choose a pool size for my database', POOL],
    ['burst token bucket', RATE],
    ['write skew snapshot', ISOLATION],
    ['retry budget', RETRY],
    ['what is the p99 of a fan-out', TAIL],
    ['hot key expires', STAMPEDE],
    ['leader split vote', RAFT],
    ['shed batch traffic before checkout', SHED],
    ['token buckets', RATE],
    ['pools of a database', POOL],
  ])('for several words: %s', (query, url) => expect(bestGuide(query)).toBe(url));

  test.each([
    ['rate lim', RATE],
    ['idemp', IDEMPOTENCY],
    ['stamp', STAMPEDE],
    ['evic', EVICTION],
    ['circ', BREAKER],
    ['le bu', RATE],
  ])('for the beginnings of words: %s', (query, url) => expect(bestGuide(query)).toBe(url));

  test.each([
    ['rate limting', RATE],
    ['algoritms', RATE],
    ['toekn bucket', RATE],
    ['leaky buckte', RATE],
    ['circiut breaker', BREAKER],
    ['backof', RETRY],
    ['jiter', RETRY],
    ['exponental backoff', RETRY],
    ['idempotancy', IDEMPOTENCY],
    ['isolaton levels', ISOLATION],
    ['serialisable', ISOLATION],
    ['percentlies', TAIL],
    ['thundring herd', RETRY],
    ['evicton', EVICTION],
    ['conection pool', POOL],
    ['stampeed', STAMPEDE],
    ['tokenbucket', RATE],
    ['loadshedding', SHED],
  ])('although it is misspelt: %s', (query, url) => expect(bestGuide(query)).toBe(url));

  test.each([
    ['throttling', RATE],
    ['429', RATE],
    ['dogpile', STAMPEDE],
    ['single flight', STAMPEDE],
    ['lru', EVICTION],
    ['mvcc', ISOLATION],
    ['pgbouncer', POOL],
    ['hedged requests', TAIL],
    ['split brain', RAFT],
    ['exactly once', IDEMPOTENCY],
  ])('by another name: %s', (query, url) => expect(bestGuide(query)).toBe(url));
});

describe('an answer', () => {
  test('leads to the section whose heading was asked for', () => {
    const [group] = search.query('token bucket separates').groups;
    expect(group?.title).toBe('Rate limiting algorithms');
    expect(group?.hits[0]?.url).toBe(`${RATE}#a-token-bucket-separates-rate-from-burst`);
    expect(group?.hits[0]?.title.filter(({ hit }) => hit).map(({ text }) => text)).toEqual([
      'token',
      'bucket',
      'separates',
    ]);
  });

  test('shows the part of the text where the words stand', () => {
    const [hit] = search.query('doctors').groups[0]?.hits ?? [];
    expect(hit?.url).toBe(ISOLATION);
    expect(hit?.text.find((piece) => piece.hit)?.text).toBe('doctors');
  });

  test('for the title of a guide does not repeat it for each of its sections', () => {
    const [group] = search.query('circuit breakers').groups;
    expect(group?.hits[0]?.url).toBe(BREAKER);
    expect(group?.hits.map(({ url }) => url).sort()).toEqual([
      BREAKER,
      `${BREAKER}#half-open-lets-one-request-through`,
      `${BREAKER}#timeouts-come-first`,
    ]);
    const [rate] = search.query('rate limiting algorithms').groups;
    for (const { title, text } of rate?.hits ?? []) {
      expect([...title, ...text].some(({ hit }) => hit)).toBe(true);
    }
  });

  test('by another name shows that name', () => {
    const [hit] = search.query('dogpile').groups[0]?.hits ?? [];
    expect(hit?.text.map(({ text }) => text).join('')).toBe(
      'dogpile · When a hot key expires, every request recomputes it at the same moment.',
    );
    expect(hit?.text[0]).toEqual({ text: 'dogpile', hit: true });
  });

  test('says what a misspelt word was taken for, and marks that', () => {
    const { repairs, groups } = search.query('conection pool');
    expect(repairs).toEqual([{ asked: 'conection', meant: 'connection' }]);
    expect(groups[0]?.hits[0]?.title[0]).toEqual({ text: 'Connection', hit: true });
  });

  test('repairs nothing that begins a word', () => {
    expect(search.query('rate lim').repairs).toEqual([]);
  });

  test('names each page in one group only and counts what it shows', () => {
    const { groups, count } = search.query('request');
    const urls = groups.flatMap(({ hits }) => hits.map(({ url }) => url));
    expect(new Set(urls).size).toBe(urls.length);
    expect(count).toBe(urls.length);
    expect(new Set(groups.map(({ title }) => title)).size).toBe(groups.length);
  });

  test('suggests words of the site when nothing is found', () => {
    const { count, suggestions } = search.query('zzjitterq');
    expect(count).toBe(0);
    expect(suggestions).toEqual(['jitter']);
    expect(search.query('xyzzyplugh').groups).toEqual([]);
  });

  test('is empty for an empty query', () => {
    expect(search.query('')).toEqual({ groups: [], count: 0, repairs: [], suggestions: [] });
    expect(search.query(' ,. ').count).toBe(0);
  });

  test('needs no bodies for a title, and finds text once they are there', () => {
    const young = createSearch(titles);
    expect(young.query('tail latency').groups[0]?.hits[0]?.url).toBe(TAIL);
    expect(young.query('coordinated omission').count).toBe(0);
    young.addBodies(bodies);
    expect(young.query('coordinated omission').groups[0]?.hits[0]?.url).toBe(TAIL);
  });
});

test('any query is answered, and its pieces put together are the text of a page', () => {
  const known = new Map(titles.map(({ u, t }) => [u, t]));
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc
          .array(fc.constantFrom(...titles.flatMap(({ t }) => t.split(' '))), { maxLength: 5 })
          .map((words) => words.join(' ')),
      ),
      (query) => {
        for (const { hits } of search.query(query).groups) {
          for (const { url, title } of hits) {
            expect(title.map(({ text }) => text).join('')).toBe(known.get(url));
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('documents of any text are indexed and asked for', () => {
  const text = fc.string({ unit: 'binary', maxLength: 40 });
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { maxLength: 5 }), text, (pages, query) => {
      const own = createSearch(
        pages.map(([t, d], n) => ({ u: `/${n}/`, t, g: t, k: 'guide', a: [d], d })),
      );
      own.addBodies(pages.map(([, x], n) => ({ u: `/${n}/`, x })));
      expect(own.query(query).count).toBeLessThanOrEqual(pages.length);
    }),
    { numRuns: 200 },
  );
});
