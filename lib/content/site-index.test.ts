import { expect, test } from 'vitest';
import type { Guide, Manifest, Term } from './manifest';
import { siteIndex } from './site-index';

const guide = (slug: string, title: string, aliases: readonly string[] = []): Guide =>
  ({
    slug,
    title,
    aliases,
    headings: [
      { depth: 2, id: 'main', text: 'Main' },
      { depth: 3, id: 'below', text: 'Below' },
    ],
  }) as unknown as Guide;
const term = (slug: string, title: string, aliases: readonly string[] = []): Term =>
  ({ slug, title, aliases }) as unknown as Term;

const manifest = {
  categories: [{ slug: 'a', title: 'Traffic' }],
  guides: {
    'a/token': guide('a/token', 'The token bucket', ['throttling', '2PC']),
    'a/leaky': guide('a/leaky', 'Leaky buckets', ['Throttling', 'éclair']),
  },
  tags: [{ slug: 'over-load', title: 'over load', guides: [] }],
  glossary: [term('throttling', 'Throttling', ['slowing'])],
  simulations: [
    { id: 'race', guides: [] },
    { id: 'unknown', guides: [] },
  ],
} as unknown as Manifest;

const index = siteIndex(
  manifest,
  (id) => (id === 'race' ? 'Rate limiter race' : undefined),
  [{ id: 'slow-leak', title: 'Yesterday’s quiet night' }],
  [{ id: 'one-row', title: 'One row' }],
);
const entryOf = (title: string) =>
  index.flatMap(({ entries }) => entries).find((entry) => entry.title === title);

test('letters follow the alphabet, numbers first, articles aside', () => {
  const letters = index.map(({ letter }) => letter);
  expect(letters).toEqual([...letters].sort());
  expect(letters[0]).toBe('0–9');
  expect(index.find(({ letter }) => letter === 'T')?.entries.map(({ title }) => title)).toEqual([
    'Tags',
    'Throttling',
    'The token bucket',
    'Traffic',
  ]);
  expect(index.find(({ letter }) => letter === 'E')?.entries[0]?.title).toBe('éclair');
});

test('one name leads to all its places: the thing of that name first, then guides that use it', () => {
  expect(entryOf('Throttling')?.places).toEqual([
    { url: '/glossary/#throttling', label: 'Term' },
    { url: '/a/token/', label: 'The token bucket' },
    { url: '/a/leaky/', label: 'Leaky buckets' },
  ]);
  expect(entryOf('slowing')?.places).toEqual([{ url: '/glossary/#throttling', label: 'Term' }]);
});

test('a guide is listed with its main sections; simulations, incidents, tags and pages with their addresses', () => {
  expect(entryOf('The token bucket')).toEqual({
    title: 'The token bucket',
    places: [{ url: '/a/token/', label: 'Guide' }],
    sections: [{ title: 'Main', url: '/a/token/#main' }],
  });
  expect(entryOf('Rate limiter race')?.places[0]?.url).toBe('/simulations/race/');
  expect(entryOf('One row')?.places).toEqual([{ url: '/labs/one-row/', label: 'Lab' }]);
  expect(entryOf('Yesterday’s quiet night')?.places).toEqual([
    { url: '/incidents/slow-leak/', label: 'Incident' },
  ]);
  expect(entryOf('over load')?.places).toEqual([{ url: '/tags/over-load/', label: 'Tag' }]);
  expect(entryOf('Settings')?.places).toEqual([{ url: '/settings/', label: 'Page' }]);
  expect(entryOf('unknown')).toBeUndefined();
});

test('a heading that many guides have is listed below none of them', () => {
  const three = ['x/1', 'x/2', 'x/3'].map((slug) => [slug, guide(slug, `Guide ${slug}`)] as const);
  const own = { depth: 2, id: 'own', text: 'Its own' };
  const [first] = three;
  const guides = {
    ...Object.fromEntries(three),
    'x/4': { ...guide('x/4', 'Another'), headings: [...(first?.[1].headings ?? []), own] },
  };
  const found = siteIndex({ ...manifest, guides } as unknown as Manifest, () => undefined, [], []);
  const sections = found.flatMap(({ entries }) => entries.flatMap((entry) => entry.sections));
  expect(sections).toEqual([{ title: 'Its own', url: '/x/4/#own' }]);
});
