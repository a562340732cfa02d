import { expect, test } from 'vitest';
import { type PageTexts, type PageTitles, SEARCH_FORMAT } from '@/lib/search/documents';
import { measureSearch, searchOverBudget } from './search-budget';

/** Text that hardly compresses: a fixed sequence of hexadecimal digits. */
function noise(length: number): string {
  let state = 1;
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text += state.toString(16);
  }
  return text.slice(0, length);
}

const guide = (u: string, t: string): PageTitles => ({ k: 'guide', u, t });
const sizeOf = (pages: readonly PageTitles[], texts: Readonly<Record<string, PageTexts[]>> = {}) =>
  measureSearch(
    { format: SEARCH_FORMAT, synonyms: [], texts: Object.keys(texts), pages },
    (url) => texts[url] ?? [],
  );

test('only guides are counted, with their titles and their texts', () => {
  const size = sizeOf([guide('/a/', 'One'), { k: 'term', u: '/glossary/#x', t: noise(5000) }], {
    '/a.json': [{ u: '/a/', d: 'Short.' }],
    '/site.json': [{ u: '/glossary/#x', d: noise(9000) }],
  });
  expect(size.guides).toBe(1);
  expect(size.titles).toBeLessThan(100);
  expect(size.texts).toBeLessThan(100);
  expect(searchOverBudget(size)).toEqual([]);
});

test('a guide over either budget is told with both numbers', () => {
  const titles = sizeOf([guide('/a/', noise(2000))]);
  expect(searchOverBudget(titles)).toEqual([
    expect.stringMatching(
      /^search titles: expected at most 400 bytes \(brotli\) for 1 guides, got \d{4}\./,
    ),
  ]);
  const texts = sizeOf([guide('/a/', 'One')], { '/a.json': [{ u: '/a/', x: [noise(9000)] }] });
  expect(searchOverBudget(texts)).toEqual([
    expect.stringMatching(
      /^search: expected at most 3200 bytes \(brotli\) for 1 guides, got \d{4}\./,
    ),
  ]);
});
