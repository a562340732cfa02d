import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excerpt, highlight } from './highlight';
import { fold, termsOf, wordsOf } from './words';

const marked = (text: string, terms: string[]): string =>
  highlight(text, terms)
    .map(({ text: piece, hit }) => (hit ? `[${piece}]` : piece))
    .join('');

describe('highlighting', () => {
  test.each([
    ['A token bucket', ['token'], 'A [token] bucket'],
    ['Rate limiting', ['lim'], 'Rate [lim]iting'],
    ['Rate limiting', ['l', 'limit'], 'Rate [limit]ing'],
    ['unlimited', ['limit'], 'unlimited'],
    ['Größe und GRÖSSE', ['grosse'], '[Größe] und [GRÖSSE]'],
    ['Café, cafe\u0301s', ['cafe'], '[Café], [cafe\u0301]s'],
    ['straße', ['stras'], '[straß]e'],
    ['ﬁxed windows', ['fix'], '[ﬁx]ed windows'],
    ['', ['a'], ''],
    ['nothing asked', [], 'nothing asked'],
  ])('%s by %j', (text, terms, expected) => expect(marked(text, terms)).toBe(expected));

  test('the pieces are the text, whatever it is, and every hit folds to a term', () => {
    const text = fc.string({ unit: 'binary', maxLength: 80 });
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 4 }), (whole, asked) => {
        const terms = asked.flatMap(termsOf);
        const pieces = highlight(whole, terms);
        expect(pieces.map((piece) => piece.text).join('')).toBe(whole);
        for (const { text: piece, hit } of pieces) {
          if (hit) expect(terms.some((term) => fold(piece).startsWith(term))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('an excerpt', () => {
  const text = `${'Some words that say little. '.repeat(20)}The token bucket has a capacity. ${'More words after it. '.repeat(20)}`;

  test('is cut between words around what was asked for', () => {
    const part = excerpt(text, ['token', 'bucket'], 120);
    expect(part).toContain('The token bucket has a capacity');
    expect(part.length).toBeLessThanOrEqual(120 + 4);
    expect(part).toMatch(/^… [A-Za-z]/);
    expect(part).toMatch(/[a-z] …$/);
  });

  test('is the beginning if nothing was asked for, and the whole if it is short', () => {
    expect(excerpt(text, [], 60)).toMatch(/^Some words/);
    expect(excerpt('Short.', ['short'])).toBe('Short.');
  });

  test('of any text holds no more than was allowed and stays in the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.string(), (whole, query) => {
        const part = excerpt(whole, termsOf(query), 80);
        expect(part.length).toBeLessThanOrEqual(80 + 4);
        expect(whole).toContain(part.replace(/^… /, '').replace(/ …$/, ''));
      }),
      { numRuns: 300 },
    );
  });
});

describe('words', () => {
  test('are divided by punctuation and told with their places', () => {
    expect(wordsOf('x/time-rate: 429')).toEqual([
      { word: 'x', start: 0, end: 1 },
      { word: 'time', start: 2, end: 6 },
      { word: 'rate', start: 7, end: 11 },
      { word: '429', start: 13, end: 16 },
    ]);
  });

  test('of a question that say nothing are dropped, unless there are no others', () => {
    expect(termsOf('How do I set the rate of a limiter?')).toEqual(['set', 'rate', 'limiter']);
    expect(termsOf('how to')).toEqual(['how', 'to']);
  });
});
