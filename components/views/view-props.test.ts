import { describe, expect, test } from 'vitest';
import { withUnit } from './view-props';

describe('a label with its unit', () => {
  test.each([
    // The letter s of its words is not the unit of seconds, and "min" in "minimum" not that of minutes.
    ['Waiting for its first attempt', 's', 'Waiting for its first attempt, s'],
    ['Minimum', 'min', 'Minimum, min'],
    ['Requests within the last second', 'requests', 'Requests within the last second'],
    ['Retries (requests)', 'requests', 'Retries (requests)'],
    ['Answered per second', 'requests/s', 'Answered per second, requests/s'],
    ['Requests per second answered in time', 'requests/s', 'Requests per second answered in time'],
    ['Dead versions', '', 'Dead versions'],
  ])('“%s” in “%s” is “%s”', (label, unit, said) => {
    expect(withUnit(label, unit)).toBe(said);
  });
});
