import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStreams } from '../random';
import { batchInterval } from './batch-interval';
import { studentT975 } from './intervals';
import { Mean } from './mean';

describe('the interval of batches', () => {
  it('is that of Student where neighbours lean against each other', () => {
    const means = Float64Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 1 : 3));
    const plain = new Mean();
    for (const mean of means) plain.add(mean);
    const { halfWidth, standardError } = batchInterval(means);
    expect(standardError).toBeCloseTo(plain.standardError, 12);
    expect(halfWidth).toBeCloseTo(studentT975(19) * plain.standardError, 12);
  });

  it('is wider where neighbours lean the same way', () => {
    const means = Float64Array.from({ length: 20 }, (_, i) => Math.floor(i / 2) % 2);
    const plain = new Mean();
    for (const mean of means) plain.add(mean);
    // The correlation is ½ at every odd place and −½ at every even one: about none, and its bias.
    expect(batchInterval(means).halfWidth).toBeGreaterThan(studentT975(19) * plain.standardError);
  });

  it('is none of a level that only climbs, or that one event has moved', () => {
    const climb = Float64Array.from({ length: 20 }, (_, i) => i);
    const outage = Float64Array.from({ length: 20 }, (_, i) => (i > 4 && i < 12 ? 0 : 100));
    for (const means of [climb, outage])
      expect(batchInterval(means)).toEqual({ halfWidth: Number.NaN, standardError: Number.NaN });
  });

  it('scales with its unit, and does not move with the mean', () => {
    const value = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 20, maxLength: 39 }), (list) => {
        const means = Float64Array.from(list);
        const { halfWidth } = batchInterval(means);
        const scaled = batchInterval(means.map((mean) => 8 * mean)).halfWidth;
        if (Number.isNaN(halfWidth)) expect(scaled).toBeNaN();
        else expect(scaled).toBeCloseTo(8 * halfWidth, 6);
      }),
      { seed: 1 },
    );
  });

  it('finds the correlation of few batches without their bias', () => {
    // Of independent batches the standard error must not be too small on average, nor much too large.
    const ratio = new Mean();
    for (let seed = 0; seed < 400; seed++) {
      const stream = createStreams(seed).stream('batches');
      const means = Float64Array.from({ length: 20 }, () => stream.next());
      const { standardError } = batchInterval(means);
      if (!Number.isNaN(standardError)) ratio.add(standardError / Math.sqrt(1 / 12 / 20));
    }
    expect(ratio.count).toBeGreaterThan(390);
    expect(ratio.mean).toBeGreaterThan(1);
    expect(ratio.mean).toBeLessThan(1.25);
  });
});
