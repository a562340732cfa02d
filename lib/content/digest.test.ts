import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTelling, wordsOf } from '../search/words';
import { digest } from './digest';

const shownOf = (part: string): string => part.split('\n')[0] ?? '';
const wordsIn = (text: string): string[] =>
  wordsOf(text)
    .map(({ word }) => word)
    .filter((word) => isTelling(word) && !/^\d{1,2}$/.test(word));

test('a short guide is sent whole', () => {
  expect(digest(['One sentence. Another one.', '', 'A third.'], [])).toEqual([
    'One sentence. Another one.',
    '',
    'A third.',
  ]);
});

test('of a long one, the sentences that say most that is new, in their order', () => {
  const dull = 'It is what it is, and it was what it was.';
  const [part = ''] = digest(
    [`Tokens drip into the bucket. ${dull} GCRA keeps one timestamp.`],
    [],
    60,
  );
  expect(part).toBe('Tokens drip into the bucket. … GCRA keeps one timestamp.');
});

test('the words of sentences left out are found all the same, if nothing else has them', () => {
  const [first = '', second = ''] = digest(
    [
      'The limiter refuses. Its clients retry with jitter and 12 or 429 times.',
      'A client waits for jitter.',
    ],
    ['clients'],
    46,
  );
  expect(first).toBe('The limiter refuses. …\n429 retry times');
  expect(second).toBe('A client waits for jitter.');
});

test('whatever the guide, every word of it is in what is sent, and no more sentences than fit', () => {
  const sentence = fc
    .array(
      fc.constantFrom('token', 'bucket', 'queue', 'the', 'of', 'burst', 'drain', '429', 'Größe'),
      {
        minLength: 1,
        maxLength: 12,
      },
    )
    .map((words) => `${words.join(' ')}.`);
  fc.assert(
    fc.property(
      fc.array(fc.array(sentence, { maxLength: 6 }), { maxLength: 5 }),
      fc.integer({ min: 0, max: 200 }),
      (sections, lengthMax) => {
        const texts = sections.map((sentences) => sentences.join(' '));
        const parts = digest(texts, [], lengthMax);
        expect(parts).toHaveLength(texts.length);
        expect(new Set(wordsIn(parts.join(' ')))).toEqual(new Set(wordsIn(texts.join(' '))));
        const sentences = parts.flatMap((part) =>
          shownOf(part)
            .split('…')
            .map((each) => each.trim()),
        );
        for (const [index, part] of parts.entries()) {
          for (const each of shownOf(part).split('…')) expect(texts[index]).toContain(each.trim());
        }
        expect(sentences.join('').replaceAll('. ', '.').length).toBeLessThanOrEqual(lengthMax);
      },
    ),
    { numRuns: 300 },
  );
});
