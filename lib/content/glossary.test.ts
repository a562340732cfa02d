import { expect, test } from 'vitest';
import { foldName, parseTerm } from './glossary';
import { formatProblem } from './problem';

const HEAD = `---
title: Dead letter queue
aliases: [DLQ]
sources:
  - title: A manual
    by: A maker
    edition: 2026
    url: https://example.org/manual
---
`;

const parse = (source: string) =>
  parseTerm({ file: 'content/glossary/dlq.md', slug: 'dlq', source });

test('a term is its front matter and one paragraph of text, emphasis, code and links', () => {
  const { frontMatter, definition, text, links, problems } = parse(
    `${HEAD}\nTakes what *nobody* could\nhandle after \`n\` [retries](/glossary/#retry).\n`,
  );
  expect(problems).toEqual([]);
  expect(frontMatter).toMatchObject({ title: 'Dead letter queue', aliases: ['DLQ'], related: [] });
  expect(definition).toEqual([
    { kind: 'text', text: 'Takes what ' },
    { kind: 'emphasis', children: [{ kind: 'text', text: 'nobody' }] },
    { kind: 'text', text: ' could handle after ' },
    { kind: 'code', text: 'n' },
    { kind: 'text', text: ' ' },
    {
      kind: 'link',
      url: '/glossary/#retry',
      children: [{ kind: 'text', text: 'retries' }],
    },
    { kind: 'text', text: '.' },
  ]);
  expect(text).toBe('Takes what nobody could handle after n retries.');
  expect(links).toEqual([{ url: '/glossary/#retry', line: 12, column: 18 }]);
});

test.each([
  [
    'no front matter',
    'Text.\n',
    'content/glossary/dlq.md:1:1 expected front matter between two lines of "---" at the top of the file. Write title and sources there; lib/content/glossary.ts documents every field.',
  ],
  [
    'an unknown field',
    HEAD.replace('aliases', 'alias').concat('\nText.\n'),
    'content/glossary/dlq.md:3:1 term "alias": expected one of the fields title, aliases, related, sources, got "alias". Did you mean "aliases"?',
  ],
  [
    'no source',
    '---\ntitle: T\nsources: []\n---\n\nText.\n',
    'content/glossary/dlq.md:3:1 term "sources": expected at least one source, got a list of 0. Correct the value.',
  ],
  [
    'no definition',
    HEAD,
    'content/glossary/dlq.md:1:1 expected one paragraph below the front matter, got nothing. Define the term in one paragraph; what needs more is a guide.',
  ],
  [
    'a second paragraph',
    `${HEAD}\nText.\n\nMore.\n`,
    'content/glossary/dlq.md:13:1 expected one paragraph below the front matter, got a paragraph. Define the term in one paragraph; what needs more is a guide.',
  ],
  [
    'an image',
    `${HEAD}\nA ![picture](/x.png).\n`,
    'content/glossary/dlq.md:11:3 expected text, emphasis, code and links in a definition, got image. Say it in words: a figure or a list belongs into a guide.',
  ],
])('%s', (_what, source, message) => {
  expect(parse(source).problems.map(formatProblem)).toEqual([message]);
});

test('names are compared without capitals, hyphens and plain plurals', () => {
  expect(foldName('Dead-letter  queues')).toBe(foldName('dead letter queue'));
  expect(foldName('Backpressure')).not.toBe(foldName('Pressure'));
  expect(foldName('Access')).toBe('access');
});
