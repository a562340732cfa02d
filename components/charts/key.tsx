/** What the lines of a chart stand for, and which way a reader wants them to go. */
import type { ReactNode } from 'react';
import { Svg } from '@/components/views/text';
import { withUnit } from '@/components/views/view-props';
import type { Result } from '@/lib/simulation/measures';
import { seriesStyle } from './series-style';

export function SeriesKey({
  titles,
  series = titles.map((_, n) => n),
}: {
  readonly titles: readonly string[];
  /** Indexes into the titles of those that are drawn; all by default. */
  readonly series?: readonly number[];
}): ReactNode {
  return (
    <p className="v-key">
      {series.map((n) => (
        <span key={n}>
          <Svg width="20" height="8">
            <path className={`v-line ${seriesStyle(n).className}`} d="M0 4h20" />
          </Svg>
          {titles[n]}
        </span>
      ))}
    </p>
  );
}

const BETTER = { higher: 'higher is better', lower: 'lower is better', neither: '' } as const;

/** @param unit in which the axis is written */
export function measureHeading(
  { label, better }: Pick<Result, 'label' | 'better'>,
  unit: string,
): string {
  return [withUnit(label, unit), BETTER[better]].filter((part) => part !== '').join('; ');
}
