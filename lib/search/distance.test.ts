import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance } from './distance';

test.each([
  ['', '', 0],
  ['bucket', 'bucket', 0],
  ['bucket', 'buckets', 1],
  ['token', 'toekn', 1],
  ['limiting', 'limting', 1],
  ['algorithm', 'algoritm', 1],
  ['kitten', 'sitting', 3],
  // Restricted: a swapped pair is not edited again; the unrestricted distance is 2.
  ['ca', 'abc', 3],
])('%j is %j in %i edits', (a, b, edits) => expect(editDistance(a, b, 9)).toBe(edits));

test('beyond the bound it says so, and no more', () => {
  expect(editDistance('kitten', 'sitting', 2)).toBe(3);
  expect(editDistance('a', 'abcdefgh', 2)).toBe(3);
});

test('it is symmetric, zero only for equal words, and the bound changes nothing below it', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
  fc.assert(
    fc.property(word, word, fc.nat(4), (a, b, max) => {
      const full = editDistance(a, b, 20);
      expect(editDistance(b, a, 20)).toBe(full);
      expect(full === 0).toBe(a === b);
      expect(full).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      expect(full).toBeLessThanOrEqual(Math.max(a.length, b.length));
      expect(editDistance(a, b, max)).toBe(Math.min(full, max + 1));
    }),
    { numRuns: 2000 },
  );
});
