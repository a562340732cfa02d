import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeOf } from './documents';
import { sectionUrl, texts, titles } from './fixture';
import { RELEVANCE } from './relevance';
import { createSearch } from './search';

const search = createSearch(titles);
search.addTexts(texts);

/** Address of the best hit, without the site's slashes. */
function best(query: string): string | undefined {
  return search.query(query).groups[0]?.hits[0]?.url;
}

const RATE = '/traffic-control/rate-limiting-algorithms/';
const BREAKER = '/resilience/circuit-breakers/';
const ISOLATION = '/databases/isolation-levels/';
const TAIL = '/latency/tail-latency/';

describe('the page that was meant comes first', () => {
  for (const [how, rows] of Object.entries(RELEVANCE)) {
    test.each(rows.map(({ query, first }) => [query, first] as const))(
      `${how}: %s`,
      (query, first) => {
        expect(best(query)).toSatisfy((url = '') => url === first || url.startsWith(`${first}#`));
      },
    );
  }
});

describe('an answer', () => {
  test('leads to the section whose heading was asked for', () => {
    const [group] = search.query('token bucket separates').groups;
    expect(group?.title).toBe('Rate limiting algorithms');
    expect(group?.hits[0]?.url).toBe(sectionUrl(RATE, 'A token bucket separates rate from burst'));
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
      '/simulations/breaker-and-storm/',
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

  test('finds nothing for letters that hardly make a sound', () => {
    for (const query of ['qqq', 'zzzz', 'zzzzqqq']) expect(search.query(query).count).toBe(0);
    expect(search.query('kaching').count).toBe(search.query('caching').count);
  });

  test('takes "go to" for an order and not for words to look for', () => {
    expect(search.query('Go to isolation levels')).toEqual(search.query('isolation levels'));
    expect(search.query('go to ').count).toBe(search.query('go').count);
  });

  test('is empty for an empty query', () => {
    expect(search.query('')).toEqual({ groups: [], count: 0, repairs: [], suggestions: [] });
    expect(search.query(' ,. ').count).toBe(0);
  });

  test('needs no bodies for a title, and finds text once they are there', () => {
    const young = createSearch(titles);
    expect(young.query('tail latency').groups[0]?.hits[0]?.url).toBe(TAIL);
    expect(young.query('doctors').count).toBe(0);
    young.addTexts(texts);
    expect(young.query('doctors').groups[0]?.hits[0]?.url).toBe(ISOLATION);
  });
});

test('any query is answered, and its pieces put together are the text of a page', () => {
  const known = new Map(
    titles.pages.flatMap((page) => [
      [page.u, page.t] as const,
      ...(page.s ?? []).map((section) => {
        const { title, url } = placeOf(page, section);
        return [url, title] as const;
      }),
    ]),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc
          .array(fc.constantFrom(...titles.pages.flatMap(({ t }) => t.split(' '))), {
            maxLength: 5,
          })
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
      const own = createSearch({
        synonyms: pages.map(([t, d]) => [t, d]),
        pages: pages.map(([t, d], n) => ({ u: `/${n}/`, t, k: 'guide', a: [d], s: [d] })),
      });
      own.addTexts(pages.map(([t, x], n) => ({ u: `/${n}/`, d: t, x: [x, t] })));
      expect(own.query(query).count).toBeLessThanOrEqual(2 * pages.length);
    }),
    { numRuns: 200 },
  );
});

test('a page of that name comes before one to which synonyms lend it', () => {
  const own = createSearch({
    synonyms: [['MVCC', 'optimistic locking']],
    pages: [
      { u: '/internals/', t: 'Internals: MVCC', k: 'guide', a: ['dead versions'] },
      { u: '/control/', t: 'Concurrency control', k: 'guide', a: ['optimistic locking'] },
    ],
  });
  for (const query of [
    'optimistic',
    'optimistic lock',
    'optimistic locking',
    'optimstic locking',
  ]) {
    expect(
      own.query(query).groups.map(({ title }) => title),
      query,
    ).toEqual(['Concurrency control', 'Internals: MVCC']);
  }
  expect(own.query('mvcc').groups[0]?.title).toBe('Internals: MVCC');
});
