import { expect, test } from 'vitest';
import { formatDay } from './day';

test.each([
  ['2026-11-21', '21 November 2026'],
  ['2026-01-01', '1 January 2026'],
])('%s is %s', (day, text) => expect(formatDay(day)).toBe(text));

test('what is no day is refused', () => {
  expect(() => formatDay('21.11.2026')).toThrow('Expected a day as YYYY-MM-DD');
});
