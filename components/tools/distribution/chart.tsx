/** Distribution functions as Recharts draws them: share of the observations at or below each value. */
import type { ReactElement, ReactNode } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { axisUnit, niceTicks, tickText } from '@/components/charts/scale';
import { forkStyle, seriesStyle } from '@/components/charts/series-style';
import { rowsOf, shareAt } from '@/lib/simulation/cumulative';
import { formatValue } from '@/lib/simulation/format';
import {
  type Compared,
  type Curve,
  logTicks,
  rangeOf,
  type Scale,
} from '@/lib/tools/distribution/curves';

const HEIGHT_PX = 260;
const SHARES = [0, 0.25, 0.5, 0.75, 0.9, 1] as const;

/** Colour by place; a fork has beside it the dash that it has in all views of its figure. */
export function curveStyle(curves: readonly Curve[], place: number) {
  const { colour, dash } = seriesStyle(place);
  const isForked = curves.some(({ fork }) => fork !== null);
  return { colour, dash: isForked ? forkStyle(curves[place]?.fork ?? null).dash : dash };
}

/** What Recharts hands to a tick of ours. */
interface TickProps {
  readonly x?: number | string;
  readonly y?: number | string;
  readonly payload?: { readonly value?: number };
}

function tick(textOf: (value: number) => string, anchor: 'middle' | 'end') {
  return ({ x, y, payload }: TickProps): ReactElement => (
    <text
      className="tool-distribution-tick"
      x={x}
      y={Number(y) + (anchor === 'middle' ? 10 : 0)}
      dy="0.32em"
      textAnchor={anchor}
    >
      {textOf(payload?.value ?? 0)}
    </text>
  );
}

export function DistributionChart({
  compared,
  scale,
}: {
  readonly compared: Compared;
  readonly scale: Scale;
}): ReactNode {
  const { unit, curves } = compared;
  const range = rangeOf(compared, scale);
  const axis = axisUnit(unit, range.to);
  const ticks =
    scale === 'log'
      ? logTicks(range.from, range.to)
      : niceTicks(range.from / axis.divisor, range.to / axis.divisor, 6).map(
          (value) => value * axis.divisor,
        );
  const lastTick = ticks.at(-1);
  const valueText = (value: number): string => {
    // Across powers of ten no one unit fits all.
    if (scale === 'log') return formatValue(value, unit);
    const text = tickText(Number((value / axis.divisor).toPrecision(6)));
    return value === lastTick && axis.unit !== '' ? `${text}\u202f${axis.unit}` : text;
  };
  const rows = rowsOf(
    curves.map(({ distribution }) => distribution),
    range,
  );
  return (
    <ResponsiveContainer width="100%" height={HEIGHT_PX}>
      <LineChart
        data={rows.map(({ value, shares }) => ({ value, ...shares }))}
        margin={{ top: 8, right: 28, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid syncWithTicks stroke="var(--rule)" />
        <XAxis
          type="number"
          dataKey="value"
          scale={scale}
          domain={[range.from, range.to]}
          allowDataOverflow
          ticks={ticks}
          interval="preserveStartEnd"
          height={26}
          tick={tick(valueText, 'middle')}
          tickLine={false}
          axisLine={false}
          allowDuplicatedCategory={false}
        />
        <YAxis
          type="number"
          domain={[0, 1]}
          ticks={[...SHARES]}
          interval={0}
          width={44}
          tick={tick((share) => formatValue(share * 100, '%'), 'end')}
          tickLine={false}
          axisLine={false}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--accent)' }}
          content={({ active, payload, label }) => {
            if (!active || !payload || payload.length === 0) return null;
            return (
              <div className="tool-distribution-bubble">
                {`At or below ${formatValue(Number(label), unit)}:`}
                {curves.map(({ id, title, distribution }) => (
                  <span key={id}>
                    {`${title} `}
                    <strong>{formatValue(shareAt(distribution, Number(label)) * 100, '%')}</strong>
                  </span>
                ))}
              </div>
            );
          }}
        />
        {curves.map(({ id, title }, place) => {
          const { colour, dash } = curveStyle(curves, place);
          return (
            <Line
              key={id}
              name={title}
              dataKey={String(place)}
              type="linear"
              stroke={colour}
              strokeWidth={1.75}
              strokeDasharray={dash}
              dot={false}
              isAnimationActive={false}
            />
          );
        })}
      </LineChart>
    </ResponsiveContainer>
  );
}
