import { expect, test } from 'vitest';
import { FRONT_MATTER } from './fixtures/guides';
import { readCategoryFile, readFrontMatter } from './front-matter';
import { formatProblem } from './problem';

const read = (text: string) =>
  readFrontMatter(text, { file: 'content/a/b.mdx', firstLine: 2 }).problems.map(formatProblem);

test('front matter that fits is read with its defaults', () => {
  const { value, problems } = readFrontMatter(FRONT_MATTER, {
    file: 'content/a/b.mdx',
    firstLine: 2,
  });
  expect(problems).toEqual([]);
  expect(value).toMatchObject({
    title: 'Counting requests',
    aliases: [],
    prerequisites: [],
    related: [],
    published: '2026-11-21',
  });
  expect(value?.sources[0]?.edition).toBe('2012');
});

test('a missing field is named, at the top of the front matter', () => {
  expect(read(FRONT_MATTER.replace(/^level:.*\n/m, ''))).toEqual([
    'content/a/b.mdx:2:1 front matter "level": expected foundation, practitioner or advanced, got nothing. Add "level".',
  ]);
});

test('a value outside its list is reported where it stands', () => {
  expect(read(FRONT_MATTER.replace('practitioner', 'expert'))).toEqual([
    'content/a/b.mdx:8:1 front matter "level": expected foundation, practitioner or advanced, got "expert". Correct the value.',
  ]);
});

test('an unknown field is reported with the field that was meant', () => {
  const problems = read(FRONT_MATTER.replace('published:', 'publishd:'));
  expect(problems[0]).toBe(
    'content/a/b.mdx:2:1 front matter "published": expected a day as YYYY-MM-DD, got nothing. Add "published".',
  );
  expect(problems[1]).toMatch(
    /^content\/a\/b\.mdx:11:1 front matter "publishd": expected one of the fields title, .*, got "publishd"\. Did you mean "published"\?$/,
  );
  expect(problems).toHaveLength(2);
});

test('an unknown field of a source is reported with its place and its fields', () => {
  expect(read(`${FRONT_MATTER}\n    isbn: 1`)).toEqual([
    'content/a/b.mdx:20:5 front matter "sources.0.isbn": expected one of the fields key, title, by, edition, url, supports, got "isbn". Remove the field.',
  ]);
});

test('a description over 160 characters is refused with its length', () => {
  const long = 'x'.repeat(161);
  const [problem, ...others] = read(
    FRONT_MATTER.replace(/^description:.*$/m, `description: ${long}`),
  );
  expect(others).toEqual([]);
  expect(problem).toContain(
    'content/a/b.mdx:3:1 front matter "description": expected at most 160 characters, got 161 characters:',
  );
});

test('a summary has three to five points', () => {
  expect(read(FRONT_MATTER.replace('  - See it fail\n', ''))).toEqual([
    'content/a/b.mdx:4:1 front matter "summary": expected 3 to 5 points, got a list of 2. Correct the value.',
  ]);
});

test('days are written one way, exist in the calendar and are in order', () => {
  expect(read(FRONT_MATTER.replace('published: 2026-11-21', 'published: 21.11.2026'))).toEqual([
    'content/a/b.mdx:11:1 front matter "published": expected a day as YYYY-MM-DD, got "21.11.2026". Correct the value.',
  ]);
  expect(read(FRONT_MATTER.replace('published: 2026-11-21', 'published: 2026-02-30'))[0]).toContain(
    'expected a day that exists in the calendar, got "2026-02-30"',
  );
  expect(read(FRONT_MATTER.replace('updated: 2026-11-21', 'updated: 2026-11-01'))).toEqual([
    'content/a/b.mdx:12:1 front matter "updated": expected a day from 2026-11-21 (published) on, got 2026-11-01. Set it to the day of the last change of substance.',
  ]);
});

test('keys of sources are unique', () => {
  const twice = `${FRONT_MATTER}\n${FRONT_MATTER.split('sources:\n')[1]}`;
  expect(read(twice)).toEqual([
    'content/a/b.mdx:20:5 front matter "sources": expected each key once, got "rfc" twice. Give the second source a key of its own.',
  ]);
});

test('a list of sources has at least one', () => {
  const none = FRONT_MATTER.replace(/^sources:[\s\S]*/m, 'sources: []\n');
  expect(read(none)).toEqual([
    'content/a/b.mdx:13:1 front matter "sources": expected at least one source, or no such field where nothing is cited, got a list of 0. Correct the value.',
  ]);
});

test('broken YAML is reported in the line where it breaks', () => {
  const [problem] = read(FRONT_MATTER.replace('title: Counting', 'title: Counting: a'));
  expect(problem).toContain('content/a/b.mdx:2:');
  expect(problem).toContain('front matter: expected valid YAML, got:');
  expect(problem).toContain('Quote a value that holds a colon');
});

test('a value in italics is an alias of nothing to YAML, and reported as such', () => {
  expect(
    read(
      FRONT_MATTER.replace(/^description: .*$/m, 'description: *Never*').replace(
        'title: ',
        'title: &a ',
      ),
    ),
  ).toEqual([
    'content/a/b.mdx:3:14 front matter: expected valid YAML, got: the alias "*Never*" of nothing. Quote a value that holds a colon, a hash or a quotation mark, or begins with a sign such as * or &.',
  ]);
});

test('what stands in the place of fields or of a list is told what should', () => {
  const fields =
    'title, description, summary, level, tags, aliases, prerequisites, related, order, published, updated, sources';
  expect(read('hello')).toEqual([
    `content/a/b.mdx:2:1 front matter: expected the fields ${fields}, got "hello". Write each on a line of its own, as "name: value".`,
  ]);
  expect(read(FRONT_MATTER.replace(/^sources:[\s\S]*/m, 'sources: [RFC 6585]'))).toEqual([
    'content/a/b.mdx:13:11 front matter "sources.0": expected the fields key, title, by, edition, url, supports, got "RFC 6585". Write each on a line of its own, as "name: value".',
  ]);
  expect(read(`aliases: one\n${FRONT_MATTER}`)).toEqual([
    'content/a/b.mdx:2:1 front matter "aliases": expected a list, got "one". Correct the value.',
  ]);
});

test('an edition that is missing or no text is asked for in words', () => {
  expect(read(FRONT_MATTER.replace(/^ *edition: .*\n/m, ''))).toEqual([
    'content/a/b.mdx:14:5 front matter "sources.0.edition": expected a year, a day or a version, got nothing. Add "edition".',
  ]);
  expect(read(FRONT_MATTER.replace('edition: 2012', 'edition:'))).toEqual([
    'content/a/b.mdx:17:5 front matter "sources.0.edition": expected a year, a day or a version, got nothing. Correct the value.',
  ]);
});

test('empty front matter is a list of missing fields, not a crash', () => {
  expect(read('')[0]).toContain(
    'front matter "title": expected a title, got nothing. Add "title".',
  );
});

test('a category file is held to its schema', () => {
  expect(
    readCategoryFile('title: A\nblurb: B.\norder: 1\n', 'content/a/category.yaml').value,
  ).toEqual({
    title: 'A',
    blurb: 'B.',
    order: 1,
  });
  expect(
    readCategoryFile('title: A\nblurb: B.\norder: first\n', 'content/a/category.yaml').problems.map(
      formatProblem,
    ),
  ).toEqual([
    'content/a/category.yaml:3:1 category file "order": expected a whole number from 1, got "first". Correct the value.',
  ]);
});
