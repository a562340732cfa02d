import { expect, test } from 'vitest';
import { type CategoryRecord, type Corpus, checkCorpus, manifestOf } from './corpus';
import { FRONT_MATTER, guideText } from './fixtures/guides';
import { fixtureSimulations } from './fixtures/simulations';
import { parseTerm } from './glossary';
import { inspectGuide } from './inspect';
import { parseGuide } from './parse';
import { formatProblem } from './problem';

interface GuideSketch {
  readonly body?: string;
  /** Lines put in the place of those of the fixture with the same field, or added. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** Guides whose titles and descriptions differ by themselves. */
async function corpusOf(
  sketches: Readonly<Record<string, GuideSketch>>,
  categories: readonly string[] = ['a', 'z'],
  /** Name of a term's file → its text. */
  terms: Readonly<Record<string, string>> = {},
): Promise<Corpus> {
  const guides = await Promise.all(
    Object.entries(sketches).map(([slug, { body = 'Text.', fields = {} }]) => {
      const all = { title: `Title of ${slug}`, description: `Lesson of ${slug}.`, ...fields };
      let frontMatter = FRONT_MATTER;
      for (const [field, value] of Object.entries(all)) {
        const line = new RegExp(`^${field}:.*$`, 'm');
        frontMatter = line.test(frontMatter)
          ? frontMatter.replace(line, `${field}: ${value}`)
          : `${field}: ${value}\n${frontMatter}`;
      }
      const guide = parseGuide({
        file: `content/${slug}.mdx`,
        slug,
        source: guideText(body, frontMatter),
      });
      return inspectGuide(guide, fixtureSimulations());
    }),
  );
  return {
    guides,
    categories: categories.map(
      (slug, index): CategoryRecord => ({
        slug,
        file: `content/${slug}/category.yaml`,
        // Order against the alphabet, so that the one is not mistaken for the other.
        value: { title: `Category ${slug}`, blurb: 'Guides.', order: categories.length - index },
        placeOf: () => ({ line: 1, column: 1 }),
      }),
    ),
    terms: Object.entries(terms).map(([slug, source]) =>
      parseTerm({ file: `content/glossary/${slug}.md`, slug, source }),
    ),
    simulations: fixtureSimulations()
      .ids()
      .flatMap((id) => fixtureSimulations().find(id) ?? []),
    pages: { '/': ['guides'], '/glossary/': [], '/tags/': [] },
    hasFile: (address) => address === '/icon.svg',
  };
}

const problemsOf = async (...args: Parameters<typeof corpusOf>) =>
  checkCorpus(await corpusOf(...args)).map(formatProblem);

test('links to guides, sections, figures, pages, files and other sites resolve', async () => {
  expect(
    await problemsOf({
      'a/one': {
        body: '[b](/a/two/) [c](/a/two/#a-section) [d](/a/two) [e](/) [f](/tags/) [g](/z/) [h](/icon.svg) [i](https://example.org/x) [j](#here) [k][ref]\n\n## Here\n\n[ref]: /a/two/#race',
      },
      'a/two': {
        body: '## A section\n\n<Simulation id="counter" scenario="race">A caption.</Simulation>',
      },
    }),
  ).toEqual([]);
});

test('a dead link to a page', async () => {
  expect(await problemsOf({ 'a/one': { body: 'See [b](/a/tow/).' }, 'a/two': {} })).toEqual([
    'content/a/one.mdx:22:5 expected a link to a page of the site, got "/a/tow/". Did you mean "/a/two/"? There are /a/one/, /a/two/, /, /glossary/, /tags/, /a/, /z/, /tags/rate-limiting/.',
  ]);
});

test('a dead anchor, on this page and on another', async () => {
  expect(
    await problemsOf({
      'a/one': { body: '## Here\n\n[a](#hree) [b](/a/two/#nowhere)' },
      'a/two': { body: '## There' },
    }),
  ).toEqual([
    'content/a/one.mdx:24:1 expected an anchor of this page, got "#hree". Did you mean "here"? There are here, sources, source-rfc.',
    'content/a/one.mdx:24:12 expected an anchor of content/a/two.mdx, got "#nowhere". Use an anchor that exists: there are there, sources, source-rfc.',
  ]);
});

test('a link that depends on where it stands, and one of another kind', async () => {
  expect(await problemsOf({ 'a/one': { body: '[a](two)\n\n[b](javascript:alert(1))' } })).toEqual([
    'content/a/one.mdx:22:1 expected a link from the root of the site, got "two". Write /category/guide/ with an optional #anchor, or a full https:// address.',
    'content/a/one.mdx:24:1 expected a link that begins with https:// or http://, got "javascript:alert(1)". Write the full address, or remove the link.',
  ]);
});

test('equal titles and descriptions, whatever their capitals', async () => {
  expect(
    await problemsOf({
      'a/one': { fields: { title: 'Counting requests', description: 'The lesson.' } },
      'a/two': { fields: { title: 'counting Requests', description: 'the lesson.' } },
    }),
  ).toEqual([
    'content/a/two.mdx:2:1 expected a title that no other page has, got that of content/a/one.mdx: "counting Requests". Say what this page teaches and content/a/one.mdx does not.',
    'content/a/two.mdx:3:1 expected a description that no other page has, got that of content/a/one.mdx: "the lesson.". Say what this page teaches and content/a/one.mdx does not.',
  ]);
});

test('a title that a category has', async () => {
  const [problem] = await problemsOf({ 'a/one': { fields: { title: 'Category z' } } });
  expect(problem).toContain(
    'expected a title that no other page has, got that of content/z/category.yaml',
  );
});

test('unknown related guides and prerequisites, and a guide related to itself', async () => {
  expect(
    await problemsOf({
      'a/one': { fields: { related: '[a/tow]', prerequisites: '[a/one]' } },
      'a/two': {},
    }),
  ).toEqual([
    'content/a/one.mdx:3:11 front matter "related": expected the slug of a guide, got "a/tow". Did you mean "a/two"?',
    'content/a/one.mdx:2:17 front matter "prerequisites": expected another guide, got this one. Remove it.',
  ]);
});

test('a folder that is no category', async () => {
  expect(await problemsOf({ 'b/one': {} })).toEqual([
    'content/b/one.mdx:1:1 expected the folder "b" to be a category, got no content/b/category.yaml. Write it with title, blurb and order, or move the guide.',
  ]);
});

test('the manifest puts categories and guides in order and links neighbours across categories', async () => {
  const { categories, guides } = manifestOf(
    await corpusOf({
      'a/one': { fields: { order: '2' } },
      'a/two': { fields: { order: '1' } },
      'z/last': {},
    }),
  );
  expect(categories.map(({ slug, guides: slugs }) => [slug, slugs])).toEqual([
    ['z', ['z/last']],
    ['a', ['a/two', 'a/one']],
  ]);
  expect(Object.keys(guides)).toEqual(['z/last', 'a/two', 'a/one']);
  expect(guides['a/two']).toMatchObject({
    category: 'a',
    name: 'two',
    previous: 'z/last',
    next: 'a/one',
    readingMinutes: 1,
  });
  expect(guides['a/one']?.next).toBeNull();
});

test('related guides are related both ways, and links in prose are remembered where they lead', async () => {
  const { guides } = manifestOf(
    await corpusOf({
      'a/one': { fields: { related: '[a/two]' }, body: 'See [two](/a/two/#x) and [me](/a/one/).' },
      'a/two': {},
    }),
  );
  expect(guides['a/two']).toMatchObject({ related: ['a/one'], backlinks: ['a/one'] });
  expect(guides['a/one']).toMatchObject({ related: ['a/two'], backlinks: [] });
});

test('a category without a guide is not listed', async () => {
  expect(manifestOf(await corpusOf({ 'a/one': {} })).categories.map(({ slug }) => slug)).toEqual([
    'a',
  ]);
});

/** A term that fits its schema, with fields of its own put in. */
function term(title: string, { fields = '', text = 'What it is.' } = {}): string {
  return `---\ntitle: ${title}\n${fields}sources:\n  - title: A paper\n    by: An author\n    edition: 1978\n    url: https://example.org/paper\n---\n\n${text}\n`;
}

test('a guide belongs to a term by its title, an alias, a tag or a link, whatever the spelling', async () => {
  const { glossary } = manifestOf(
    await corpusOf(
      {
        'a/one': { fields: { title: 'Token buckets' } },
        'a/two': { fields: { aliases: '[token-bucket]' } },
        'a/three': { fields: { tags: '[token bucket]' } },
        'a/four': { body: 'A [bucket](/glossary/#token-bucket).' },
        'a/five': { body: 'Another [term](/glossary/#window).' },
      },
      ['a'],
      { 'token-bucket': term('Token bucket'), window: term('Window') },
    ),
  );
  expect(glossary.map(({ slug, guides }) => [slug, guides])).toEqual([
    // By order and title: all have the order 1.
    ['token-bucket', ['a/four', 'a/three', 'a/two', 'a/one']],
    ['window', ['a/five']],
  ]);
});

test('terms are listed by title and related both ways', async () => {
  const { glossary } = manifestOf(
    await corpusOf({ 'a/one': {} }, ['a'], {
      b: term('zeta', { fields: 'related: [a]\n' }),
      a: term('Alpha'),
    }),
  );
  expect(glossary.map(({ slug, related }) => [slug, related])).toEqual([
    ['a', ['b']],
    ['b', ['a']],
  ]);
});

test('what is wrong with a term is said where it stands', async () => {
  expect(
    await problemsOf({ 'a/one': { body: '[w](/glossary/#widow)' } }, ['a'], {
      bucket: term('Bucket', { fields: 'aliases: [Window]\nrelated: [bucket, widow]\n' }),
      window: term('Window', { text: 'See [one](/a/on/).' }),
    }),
  ).toEqual([
    'content/glossary/window.md:2:1 expected a title that no other term has, got that of content/glossary/bucket.md: "Window". Keep one of the two terms, with the other name among its aliases.',
    'content/glossary/bucket.md:4:11 term "related": expected another term, got this one. Remove it.',
    'content/glossary/bucket.md:4:19 term "related": expected the name of a term’s file, got "widow". Did you mean "window"?',
    'content/a/one.mdx:22:1 expected an anchor of the page /glossary/, got "#widow". Did you mean "window"? There are bucket, window.',
    expect.stringContaining(
      'content/glossary/window.md:10:5 expected a link to a page of the site, got "/a/on/". Did you mean "/a/one/"?',
    ),
  ]);
});

test('a tag is spelt alike everywhere and stands once in a guide', async () => {
  expect(
    await problemsOf({
      'a/one': { fields: { tags: '[API design]' } },
      'a/two': { fields: { tags: '[api design, overload, overload]' } },
    }),
  ).toEqual([
    'content/a/two.mdx:9:8 front matter "tags": expected "API design" as in content/a/one.mdx, got "api design". Write it alike in both.',
    'content/a/two.mdx:9:30 front matter "tags": expected each tag once, got "overload" twice. Remove one of them.',
  ]);
});

test('of two spellings of a tag that of most guides is right, and of as many the older', async () => {
  const odd = { tags: '[Api Design]' };
  const usual = { tags: '[API design]' };
  const older = { published: '2026-11-20' };
  expect(
    await problemsOf({
      'a/one': { fields: { ...odd, ...older } },
      'a/two': { fields: usual },
      'a/zoo': { fields: usual },
    }),
  ).toEqual([
    'content/a/one.mdx:9:8 front matter "tags": expected "API design" as in content/a/two.mdx, got "Api Design". Write it alike in both.',
  ]);
  expect(
    await problemsOf({ 'a/one': { fields: odd }, 'a/two': { fields: { ...usual, ...older } } }),
  ).toEqual([
    'content/a/one.mdx:9:8 front matter "tags": expected "API design" as in content/a/two.mdx, got "Api Design". Write it alike in both.',
  ]);
});

test('tags are listed by name, each with its guides in the handbook’s order', async () => {
  const { tags } = manifestOf(
    await corpusOf({
      'a/one': { fields: { tags: '[overload, API design]', order: '2' } },
      'a/two': { fields: { tags: '[overload]', order: '1' } },
    }),
  );
  expect(tags).toEqual([
    { slug: 'api-design', title: 'API design', guides: ['a/one'] },
    { slug: 'overload', title: 'overload', guides: ['a/two', 'a/one'] },
  ]);
});

test('a simulation is listed with the guides that use it; the template never is', async () => {
  const corpus = await corpusOf({
    'a/one': {
      body: '<Simulation id="counter" scenario="race">A caption.</Simulation> [more](/simulations/counter/#race)',
    },
    'a/two': {},
  });
  expect(manifestOf(corpus).simulations).toEqual([{ id: 'counter', guides: ['a/one'] }]);
  expect(checkCorpus(corpus)).toEqual([]);

  const template = {
    ...corpus,
    simulations: corpus.simulations.map((each) => ({ ...each, category: 'template' })),
  };
  expect(manifestOf(template).simulations).toEqual([]);
  expect(checkCorpus(template).map(formatProblem)).toEqual([
    expect.stringContaining(
      'expected a link to a page of the site, got "/simulations/counter/#race"',
    ),
  ]);
});

test('a category that would hide a page of the site', async () => {
  expect(await problemsOf({ 'tags/one': {} }, ['tags'])).toEqual([
    'content/tags/category.yaml:1:1 expected the folder of a category to have a name that no page of the site has, got "tags". Rename the folder.',
  ]);
});
