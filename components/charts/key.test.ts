import { describe, expect, test } from 'vitest';
import { measureHeading } from './key';

describe('the heading over the axis of a measure', () => {
  test.each([
    ['Latency, p99', 's', 'Latency, p99, s; lower is better'],
    ['Messages', 'messages', 'Messages; lower is better'],
    ['Calls per request, mean', 'calls', 'Calls per request, mean; lower is better'],
  ])('“%s” in “%s” is “%s”', (label, unit, said) => {
    expect(measureHeading({ label, better: 'lower' }, unit)).toBe(said);
  });
});
