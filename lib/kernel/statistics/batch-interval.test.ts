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

  it('of a level that only climbs is many times wider, and finite', () => {
    const means = Float64Array.from({ length: 20 }, (_, i) => i);
    const plain = new Mean();
    for (const mean of means) plain.add(mean);
    const { halfWidth } = batchInterval(means);
    expect(halfWidth).toBeGreaterThan(10 * studentT975(19) * plain.standardError);
    expect(halfWidth).toBeLessThan(Infinity);
  });

  it('scales with its unit, and does not move with the mean', () => {
    const value = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 20, maxLength: 39 }), (list) => {
        const means = Float64Array.from(list);
        const { halfWidth } = batchInterval(means);
        const scaled = batchInterval(means.map((mean) => 8 * mean)).halfWidth;
        expect(scaled).toBeCloseTo(8 * halfWidth, 6);
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
      ratio.add(batchInterval(means).standardError / Math.sqrt(1 / 12 / 20));
    }
    expect(ratio.mean).toBeGreaterThan(1);
    expect(ratio.mean).toBeLessThan(1.25);
  });
});
