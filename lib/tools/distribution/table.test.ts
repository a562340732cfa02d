import { describe, expect, it } from 'vitest';
import type { Percentile } from '@/lib/simulation/measures';
import type { Compared } from './curves';
import { distributionInWords, percentileTable } from './table';

const percentile = (
  p: number,
  value: number | null,
  part: Partial<Percentile> = {},
): Percentile => ({
  p,
  value,
  low: null,
  high: null,
  ...part,
});
const compared: Compared = {
  label: 'Latency',
  unit: 'ms',
  curves: [
    {
      id: 'a',
      title: 'Original',
      fork: null,
      distribution: {
        id: 'latency',
        label: 'Latency',
        unit: 'ms',
        n: 12_345,
        p: new Float64Array(0),
        value: new Float64Array(0),
        percentiles: [
          percentile(0.5, 12, { low: 11, high: 13 }),
          percentile(0.99, 1200),
          percentile(0.999, null, { refused: 'p99.9 needs at least 10,000 observations; n = 12.' }),
        ],
      },
    },
  ],
};

describe('the table of percentiles', () => {
  it('says n, each percentile with its interval, and why one is refused', () => {
    const { columns, rows } = percentileTable(compared);
    expect(columns).toEqual(['Run', 'n', 'p50', 'p99', 'p99.9']);
    expect(rows[0]?.cells).toEqual([
      { text: 'Original', remark: '' },
      { text: '12,345', remark: '' },
      { text: '12\u202fms', remark: '11\u202fms to 13\u202fms' },
      { text: '1.2\u202fs', remark: 'no interval' },
      { text: '–', remark: 'p99.9 needs at least 10,000 observations; n = 12.' },
    ]);
  });

  it('is said in a sentence: the middle, and the farthest percentile that is known', () => {
    expect(distributionInWords(compared)).toBe(
      'Distribution of “Latency”. Original: p50 12\u202fms, p99 1.2\u202fs, 12,345 observed.',
    );
  });
});
