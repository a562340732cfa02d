import { expect, test } from 'vitest';
import { settledFrom } from './settled';

test.each([
  ['nothing', [], 0],
  ['all alike', [[1], [1], [1]], 0],
  ['alike from a place on', [[1], [2], [3], [3], [3]], 2],
  ['a rise up to the end', [[1], [2], [3]], 2],
  ['the last value once before', [[3], [1], [3], [3]], 2],
  [
    'one variant that goes on',
    [
      [1, 5],
      [1, 6],
      [1, 7],
      [1, 7],
    ],
    2,
  ],
  ['a value that there is only at the end', [[null], [null], [4]], 2],
] as const)('of %s', (_, rows, from) => {
  expect(settledFrom(rows)).toBe(from);
});
