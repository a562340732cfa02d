import { expect, test } from 'vitest';
import { typographic } from './typography';

test.each([
  ["Let's Encrypt", 'Let’s Encrypt'],
  ['INCR, "Pattern - rate limiter"', 'INCR, “Pattern - rate limiter”'],
  ["the clients' limits", 'the clients’ limits'],
  ['"It is \'late\'," he said', '“It is ‘late’,” he said'],
  ['3 -- 4 ... and `this`', '3 -- 4 ... and `this`'],
])('%s becomes %s', (written, set) => {
  expect(typographic(written)).toBe(set);
});
