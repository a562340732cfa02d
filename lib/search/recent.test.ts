import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addRecent, readRecent } from './recent';

test('the newest search comes first, each once, five at most', () => {
  const all = ['a', 'b', 'c', 'd', 'e', 'f', 'B'].reduce<string[]>(addRecent, []);
  expect(all).toEqual(['B', 'f', 'e', 'd', 'c']);
  expect(addRecent(['a'], '  token   bucket ')).toEqual(['token bucket', 'a']);
  expect(addRecent(['a'], '   ')).toEqual(['a']);
});

test('what was kept is read back; anything else is dropped', () => {
  expect(readRecent(JSON.stringify(['a', 'b']))).toEqual(['a', 'b']);
  expect(readRecent(JSON.stringify(['a', 1, null, '', 'x'.repeat(1000)]))).toEqual(['a']);
  expect(readRecent('{"a":1}')).toEqual([]);
  expect(readRecent('not json')).toEqual([]);
  expect(readRecent(null)).toEqual([]);
});

test('reading what was written gives it back', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 100 })), (queries) => {
      const kept = queries.reduce<string[]>(addRecent, []);
      expect(readRecent(JSON.stringify(kept))).toEqual(kept);
    }),
  );
});
