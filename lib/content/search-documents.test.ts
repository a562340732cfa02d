import { expect, test } from 'vitest';
import { fixtureSimulations } from './fixtures/simulations';
import { type Site, searchDocuments } from './search-documents';

interface Sketch {
  readonly slug: string;
  readonly title: string;
  readonly aliases?: readonly string[];
  /** Depth, heading, text. */
  readonly sections?: readonly (readonly [
    depth: number,
    title: string,
    text: string,
    id?: string,
  ])[];
}

const slugOf = (title: string): string => title.toLowerCase().replaceAll(' ', '-');

function siteOf(sketches: readonly Sketch[], manifest: Partial<Site['manifest']> = {}): Site {
  return {
    manifest: {
      categories: [],
      guides: Object.fromEntries(
        sketches.map(({ slug, title, aliases = [], sections = [] }) => [
          slug,
          {
            slug,
            title,
            aliases,
            tags: ['overload'],
            description: `Lesson of ${slug}.`,
            summary: ['Say what it counts.'],
            headings: sections.map(([depth, text, , id = slugOf(text)]) => ({ depth, id, text })),
          },
        ]),
      ),
      tags: [],
      glossary: [],
      simulations: [],
      ...manifest,
    },
    sections: new Map(
      sketches.map(({ slug, sections = [] }) => [
        slug,
        [
          { id: '', title: '', text: 'It opens.' },
          ...sections.map(([, title, text, id = slugOf(title)]) => ({ id, title, text })),
        ],
      ]),
    ),
    simulation: (id) => fixtureSimulations().find(id)?.description,
    incidents: [
      { id: 'slow-leak', title: 'A quiet night', describe: 'Nothing moves.', guides: ['a/one'] },
    ],
    labs: [
      {
        id: 'one-row',
        title: 'One row',
        question: 'What is in it?',
        version: 'PostgreSQL 18',
        guides: ['a/one'],
      },
    ],
  };
}

const documentsOf = (...args: Parameters<typeof siteOf>) => searchDocuments(siteOf(...args), []);

test('a guide is found by its title, names, tags and headings, then by its words', () => {
  const { titles, texts } = documentsOf([
    {
      slug: 'a/one',
      title: 'One',
      aliases: ['Throttling', 'overload'],
      sections: [
        [2, 'How it counts', 'It counts.'],
        [2, 'Twice', 'Once more.', 'twice-1'],
        [2, 'Only a figure', ''],
      ],
    },
  ]);
  expect(titles.pages[0]).toEqual({
    k: 'guide',
    u: '/a/one/',
    t: 'One',
    a: ['Throttling', 'overload'],
    s: ['How it counts', ['Twice', 'twice-1']],
  });
  expect(texts.find(({ name }) => name === 'a')?.pages).toEqual([
    {
      u: '/a/one/',
      d: 'Lesson of a/one.',
      x: ['Say what it counts. It opens.', 'It counts.', 'Once more.'],
    },
  ]);
});

test('what does not fit among the titles comes with the texts, and texts keep their sections', () => {
  const words = (n: number, word: string): string => `${`${word} `.repeat(n).trim()}`;
  const long = `A former title that is ${words(90, 'long')}`;
  const { titles, texts } = documentsOf([
    {
      slug: 'a/one',
      title: 'One',
      aliases: [long, 'short'],
      sections: [
        [2, `Main ${words(30, 'main')}`, 'First text.'],
        [3, `Below ${words(50, 'below')}`, 'Second text.'],
        [2, `Last ${words(70, 'last')}`, 'Third text.'],
        [2, 'End', 'Fourth text.'],
      ],
    },
  ]);
  const [page] = titles.pages;
  const [text] = texts.find(({ name }) => name === 'a')?.pages ?? [];
  expect(page?.a).toEqual(['short', 'overload']);
  expect(page?.s?.map((heading) => String(heading).slice(0, 4))).toEqual(['Main', 'Last', 'End']);
  expect(text?.a).toEqual([long]);
  expect(text?.s?.map((heading) => String(heading).slice(0, 5))).toEqual(['Below']);
  expect(text?.x?.slice(1)).toEqual(['First text.', 'Third text.', 'Fourth text.', 'Second text.']);
});

test('terms, tags, simulations, categories and pages of the site are found, each with its address', () => {
  const { titles, texts } = documentsOf([{ slug: 'a/one', title: 'One' }], {
    categories: [{ slug: 'a', title: 'Category a', blurb: 'Guides.' }],
    tags: [{ slug: 'over-load', title: 'over load', guides: ['a/one'] }],
    simulations: [{ id: 'counter', guides: ['a/one'] }],
    glossary: [
      {
        slug: 'dead-letter-queue',
        title: 'Dead letter queue',
        aliases: ['DLQ'],
        text: 'Where letters go.',
      },
    ],
  });
  expect(titles.pages.slice(1)).toEqual(
    expect.arrayContaining([
      {
        k: 'incident',
        u: '/incidents/slow-leak/',
        t: 'A quiet night',
        a: ['slow leak'],
        g: '/a/one/',
      },
      { k: 'lab', u: '/labs/one-row/', t: 'One row', g: '/a/one/' },
      { k: 'category', u: '/a/', t: 'Category a' },
      { k: 'tag', u: '/tags/over-load/', t: 'over load' },
      { k: 'term', u: '/glossary/#dead-letter-queue', t: 'Dead letter queue', a: ['DLQ'] },
      {
        k: 'simulation',
        u: '/simulations/counter/',
        t: 'Two counters',
        g: '/a/one/',
        a: ['Fixed window', 'Sliding log', 'Idle'],
      },
      expect.objectContaining({ k: 'page', u: '/glossary/', t: 'Glossary' }),
    ]),
  );
  // A page that nobody searches for.
  expect(titles.pages.map(({ u }) => u)).not.toContain('/gallery/');
  const site = texts.find(({ name }) => name === 'site')?.pages ?? [];
  expect(site.map(({ u }) => u)).toEqual(titles.pages.slice(1).map(({ u }) => u));
  expect(site).toContainEqual({ u: '/glossary/#dead-letter-queue', d: 'Where letters go.' });
  expect(site).toContainEqual({ u: '/tags/over-load/', d: '1 guide' });
});

test('texts are in files by category, and a large category has several', () => {
  const many = Array.from({ length: 60 }, (_, n) => ({
    slug: `a/guide-${n}`,
    title: `Guide ${n}`,
  }));
  const { texts } = documentsOf([...many, { slug: 'b/other', title: 'Other' }]);
  expect(texts.map(({ name, pages }) => [name, pages.length]).slice(1)).toEqual([
    ['a', 24],
    ['a-2', 24],
    ['a-3', 12],
    ['b', 1],
  ]);
});
