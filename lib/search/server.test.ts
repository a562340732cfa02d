import { expect, test } from 'vitest';
import { SEARCH_FORMAT, type TitlesFile } from './documents';
import type { FromSearchWorker } from './protocol';
import { createSearchServer } from './server';

const TITLES: TitlesFile = {
  format: SEARCH_FORMAT,
  synonyms: [],
  texts: ['/search/texts/a.json', '/search/texts/b.json'],
  pages: [
    { k: 'guide', u: '/a/one/', t: 'Token buckets' },
    { k: 'guide', u: '/b/two/', t: 'Leaky buckets' },
  ],
};
const TEXTS = {
  '/base/search/texts/a.json': [{ u: '/a/one/', x: ['A burst of tokens.'] }],
  '/base/search/texts/b.json': [{ u: '/b/two/', x: ['A burst overflows.'] }],
};

/** A worker whose files arrive when the test lets them. */
function setUp(titles: unknown = TITLES) {
  const asked: string[] = [];
  const posted: FromSearchWorker[] = [];
  const arrivals = new Map<string, (outcome: 'ok' | 'lost') => void>();
  const files: Record<string, unknown> = { '/base/search/titles.json': titles, ...TEXTS };
  const receive = createSearchServer({
    read: (url) => {
      asked.push(url);
      return new Promise((resolve, reject) =>
        arrivals.set(url, (outcome) =>
          outcome === 'ok' ? resolve(files[url]) : reject(new Error('no answer')),
        ),
      );
    },
    post: (message) => posted.push(message),
    breathe: () => Promise.resolve(),
    now: () => 0,
  });
  const arrive = async (name: string, outcome: 'ok' | 'lost' = 'ok'): Promise<void> => {
    arrivals.get(`/base/search/${name}`)?.(outcome);
    // What hangs on the file's arrival is done in the microtasks before the next task.
    await new Promise((resolve) => setImmediate(resolve));
  };
  receive({
    kind: 'open',
    titlesUrl: '/base/search/titles.json',
    basePath: '/base',
    commands: [{ k: 'command', u: 'command:dark', t: 'Dark theme' }],
  });
  const urls = (message: FromSearchWorker | undefined): string[] =>
    message?.kind === 'answer'
      ? message.answer.groups.flatMap(({ hits }) => hits.map(({ url }) => url))
      : [];
  return { receive, arrive, asked, posted, urls };
}

test('titles are read at once, texts only with the first question', async () => {
  const { receive, arrive, asked } = setUp();
  await arrive('titles.json');
  expect(asked).toEqual(['/base/search/titles.json']);
  receive({ kind: 'query', id: 1, query: 'token' });
  expect(asked.slice(1)).toEqual(Object.keys(TEXTS));
});

test('a question that came before the titles is answered when they are there', async () => {
  const { receive, arrive, posted, urls } = setUp();
  receive({ kind: 'query', id: 1, query: 'buckets' });
  expect(posted).toEqual([]);
  await arrive('titles.json');
  expect(posted).toHaveLength(1);
  expect(urls(posted[0])).toEqual(['/a/one/', '/b/two/']);
  expect(posted[0]).toMatchObject({ id: 1, query: 'buckets', progress: { isComplete: false } });
});

test('each file of texts answers the last question again, and one message tells of each', async () => {
  const { receive, arrive, posted, urls } = setUp();
  await arrive('titles.json');
  receive({ kind: 'query', id: 1, query: 'burst' });
  await arrive('texts/b.json');
  await arrive('texts/a.json');
  expect(posted.map(urls)).toEqual([[], ['/b/two/'], ['/a/one/', '/b/two/']]);
  expect(posted.at(-1)).toMatchObject({ progress: { isComplete: true, missing: 0 } });
  receive({ kind: 'query', id: 2, query: 'burst' });
  expect(posted).toHaveLength(4);
});

test('a text that changes nothing is no news', async () => {
  const { receive, arrive, posted } = setUp();
  await arrive('titles.json');
  receive({ kind: 'query', id: 1, query: 'dark' });
  await arrive('texts/a.json');
  expect(posted).toHaveLength(1);
});

test('commands of the page are found among the titles', async () => {
  const { receive, arrive, posted, urls } = setUp();
  await arrive('titles.json');
  receive({ kind: 'query', id: 1, query: 'dark' });
  expect(urls(posted[0])).toEqual(['command:dark']);
});

test('a file of texts that is gone is counted, and titles are found all the same', async () => {
  const { receive, arrive, posted, urls } = setUp();
  await arrive('titles.json');
  receive({ kind: 'query', id: 1, query: 'buckets' });
  await arrive('texts/a.json', 'lost');
  await arrive('texts/b.json');
  expect(urls(posted.at(-1))).toEqual(['/a/one/', '/b/two/']);
  expect(posted.at(-1)).toMatchObject({ progress: { isComplete: true, missing: 1 } });
});

test('titles that are gone, or of another deploy, are a failure that says what to do', async () => {
  const lost = setUp();
  await lost.arrive('titles.json', 'lost');
  expect(lost.posted).toEqual([
    {
      kind: 'failed',
      message: 'Expected the index of the search, got no answer.',
    },
  ]);
  const other = setUp({ ...TITLES, format: 99 });
  await other.arrive('titles.json');
  expect(other.posted).toEqual([
    {
      kind: 'failed',
      message: `Expected a search index of format ${SEARCH_FORMAT}, got 99. The site has changed since this page was opened: reload it.`,
    },
  ]);
});
