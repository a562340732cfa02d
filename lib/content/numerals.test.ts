import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guideText } from './fixtures/guides';
import { findNumeralInText, findNumerals } from './numerals';
import { parseGuide } from './parse';

const inText = (text: string) => findNumeralInText(text);
const inGuide = (body: string) => {
  const { tree } = parseGuide({ file: 'content/a/b.mdx', slug: 'a/b', source: guideText(body) });
  if (tree === null) throw new Error('The body of this test is not MDX.');
  return findNumerals(tree).map(({ text }) => text);
};

test.each([
  ['It refuses 15 % of them.', '15 %'],
  ['It refuses 15% of them.', '15%'],
  ['It refuses 15 per cent.', '15 per cent'],
  ['It refuses fifteen percent.', 'fifteen percent'],
  ['A wait of 200 ms.', '200 ms'],
  ['A wait of 1.5 s.', '1.5 s'],
  ['A 10-second window.', '10-second'],
  ['Within 10–20 ms.', '10–20 ms'],
  ['Within 10-20 ms.', '10-20 ms'],
  ['At 1,000 requests.', '1,000 requests'],
  ['At 12 requests/s.', '12 requests'],
  ['At 10k requests.', '10k requests'],
  ['At 12 slow requests.', '12 slow requests'],
  ['At 100 per second.', '100 per second'],
  ['At 40/s.', '40/s'],
  ['Up to 2 × the limit.', '2 ×'],
  ['Up to 2x the limit.', '2x'],
  ['3 times the limit.', '3 times'],
  ['A payload of 64 kB.', '64 kB'],
  ['A payload of 1.5 MiB.', '1.5 MiB'],
  ['It costs $5 a month.', '$5'],
  ['It takes 3 retries.', '3 retries'],
  ['A burst of 2000 requests.', '2000 requests'],
  ['A p99 of 10 s.', '10 s'],
])('a literal statistic is found: %s', (text, expected) => {
  expect(inText(text)).toBe(expected);
});

test.each([
  'In 2015 most servers had it.',
  'Since 2019 clients send it.',
  'Written in the 1990s.',
  'RFC 9110 requests are defined there.',
  'An HTTP 429 response says so.',
  'The 429 responses pile up, and the 503s too.',
  'See section 4.2 and § 4 tokens.',
  'nginx 1.27 servers do it.',
  'The p99 of an M/M/1 queue.',
  'IPv6 hosts, S3 keys, x86-64 cores.',
  'Step 2 requests a token.',
  'Twice the limit, half the wait, one request.',
  'It was published on 2026-11-21.',
  'The 5 samurai.',
  'Version 3 keys.',
])('a name with a number in it is not: %s', (text) => {
  expect(inText(text)).toBeUndefined();
});

test('findings, parameters, facts and code are exempt', () => {
  expect(
    inGuide(
      'From <Finding id="a"/> ms and `10 ms` to <Fact source="rfc">15 %</Fact> of <Param id="a" name="b"/> requests.\n\n```ts\nconst a = "10 ms";\n```',
    ),
  ).toEqual([]);
});

test('captions, headings, lists and cells are prose', () => {
  expect(inGuide('<Simulation id="a" scenario="b">\n  It takes 5 ms.\n</Simulation>')).toEqual([
    '5 ms',
  ]);
  expect(inGuide('<Simulation id="a" scenario="b">It takes 5 ms.</Simulation>')).toEqual(['5 ms']);
  expect(inGuide('## Wait 5 ms')).toEqual(['5 ms']);
  expect(inGuide('- wait 5 ms')).toEqual(['5 ms']);
  expect(inGuide('| a |\n|---|\n| 5 ms |')).toEqual(['5 ms']);
});

test('emphasis does not hide a statistic', () => {
  expect(inGuide('It takes **10** requests.')).toEqual(['10 requests']);
});

test('a statistic is reported where it is written, across lines', () => {
  const { tree } = parseGuide({
    file: 'content/a/b.mdx',
    slug: 'a/b',
    source: 'one\ntwo *three* four\nfive 15 % six',
  });
  expect(tree && findNumerals(tree)).toEqual([{ text: '15 %', line: 3, column: 6 }]);
});

test('no text makes it throw or find something that is not there', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const found = findNumeralInText(text);
      if (found !== undefined) expect(text.replace(/\s+/g, ' ')).toContain(found);
    }),
    { numRuns: 2000 },
  );
});
