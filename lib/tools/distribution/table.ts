/** The same in numbers: how many were observed, and the percentiles with their intervals. */
import { formatNumber, formatValue } from '@/lib/simulation/format';
import { type Percentile, quantileName } from '@/lib/simulation/measures';
import type { Unit } from '@/lib/simulation/parameters';
import type { Compared } from './curves';

interface PercentileTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly id: string; readonly cells: readonly PercentileCell[] }[];
}

interface PercentileCell {
  readonly text: string;
  /** The interval, or why there is no value; empty if there is nothing to add. */
  readonly remark: string;
}

export function percentileTable({ label, unit, curves }: Compared): PercentileTable {
  const ps = [
    ...new Set(curves.flatMap(({ distribution }) => distribution.percentiles.map(({ p }) => p))),
  ].sort((a, b) => a - b);
  return {
    caption: `${label}: percentiles, with 95 % confidence intervals`,
    columns: ['Run', 'n', ...ps.map(quantileName)],
    rows: curves.map(({ id, title, distribution }) => ({
      id,
      cells: [
        { text: title, remark: '' },
        { text: formatNumber(distribution.n, 12), remark: '' },
        ...ps.map((p) =>
          cellOf(
            distribution.percentiles.find((each) => each.p === p),
            unit,
          ),
        ),
      ],
    })),
  };
}

function cellOf(percentile: Percentile | undefined, unit: Unit): PercentileCell {
  if (!percentile) return { text: '–', remark: '' };
  const { value, refused, low, high } = percentile;
  if (value === null) return { text: '–', remark: refused ?? 'not known' };
  return {
    text: formatValue(value, unit),
    remark:
      low === null || high === null
        ? 'no interval'
        : `${formatValue(low, unit)} to ${formatValue(high, unit)}`,
  };
}

/** What the chart shows, in a sentence: the middle and the tail of each run. */
export function distributionInWords({ label, unit, curves }: Compared): string {
  const said = curves.map(({ title, distribution: { n, percentiles } }) => {
    const known = percentiles.filter(({ value }) => value !== null);
    const [middle, tail] = [known[0], known.at(-1)];
    const parts = [middle, tail === middle ? undefined : tail].flatMap((each) =>
      each && each.value !== null
        ? [`${quantileName(each.p)} ${formatValue(each.value, unit)}`]
        : [],
    );
    return `${title}: ${[...parts, `${formatNumber(n, 12)} observed`].join(', ')}`;
  });
  return `Distribution of “${label}”. ${said.join('; ')}.`;
}
