/**
 * The charts of a comparison as Recharts draws them, with a tooltip at every dot and curve. Loaded
 * when a comparison comes near; each chart takes the place of its still, in the same size.
 */
import type { ReactElement, ReactNode } from 'react';
import {
  CartesianGrid,
  ErrorBar,
  Line,
  LineChart,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { SvgText } from '@/components/views/text';
import { rowsOf, shareAt } from '@/lib/simulation/cumulative';
import { formatNumber, formatValue } from '@/lib/simulation/format';
import {
  type ComparedDistribution,
  type ComparedMeasure,
  type ComparisonData,
  distributionAxis,
  distributionChart,
  measureAxis,
  type ValueAxis,
} from './comparison-data';
import {
  AXIS_PX,
  anchorOf,
  curvesHeight,
  DOT_PX,
  DOT_SHIFT_PX,
  dotsHeight,
  HEAD_PX,
  ROW_PX,
  SHARE_TICKS,
} from './comparison-layout';
import { seriesStyle } from './series-style';

/** What Recharts hands to a tick of ours. */
interface TickProps {
  readonly x?: number | string;
  readonly y?: number | string;
  readonly payload?: { readonly value?: number };
}

/** The number of a tick, hung as in the still. */
function tickOf(axis: ValueAxis) {
  return ({ x, y, payload }: TickProps): ReactElement => {
    const value = payload?.value ?? 0;
    const share = (value - axis.from) / (axis.to - axis.from);
    return (
      <SvgText x={x} y={Number(y) + 8} textAnchor={anchorOf(share)} tone="faint">
        {axis.textOf(value)}
      </SvgText>
    );
  };
}

function Bubble({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className="v-bubble">{children}</div>;
}

interface Dot {
  readonly row: number;
  readonly variant: number;
  readonly name: string;
  readonly text: string;
  readonly n: number;
  readonly value: number;
  /** Half-width, or 0 where there is none. */
  readonly error: number;
}

function Dots({
  measure,
  variants,
  width,
}: {
  readonly measure: ComparedMeasure;
  readonly variants: readonly string[];
  readonly width: number;
}): ReactNode {
  const { results } = measure;
  const axis = measureAxis(measure);
  const height = dotsHeight(results.length);
  const dots = results.flatMap(({ variant, text, n, value, halfWidth }, row): Dot[] =>
    value === null
      ? []
      : [{ row, variant, name: variants[variant] ?? '', text, n, value, error: halfWidth ?? 0 }],
  );
  // In the still a dot stands a little below the middle of its row; so it does here.
  const shift = DOT_SHIFT_PX / ROW_PX;
  return (
    <ResponsiveContainer width="100%" height={height} initialDimension={{ width, height }}>
      <ScatterChart
        margin={{ top: HEAD_PX, right: 0, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid horizontal={false} syncWithTicks stroke="var(--rule)" />
        <XAxis
          type="number"
          dataKey="value"
          domain={[axis.from, axis.to]}
          ticks={[...axis.ticks]}
          interval={0}
          height={AXIS_PX}
          tick={tickOf(axis)}
          tickLine={false}
          axisLine={false}
        />
        <YAxis
          type="number"
          dataKey="row"
          domain={[-0.5 - shift, results.length - 0.5 - shift]}
          reversed
          hide
        />
        <Tooltip
          cursor={false}
          isAnimationActive={false}
          content={({ active, payload }) => {
            const dot = payload?.[0]?.payload as Dot | undefined;
            if (!active || !dot) return null;
            return (
              <Bubble>
                <strong className="font-semibold">{dot.name}</strong>
                <br />
                {dot.text}
                <br />
                <span>{`from ${formatNumber(dot.n, 12)} observations`}</span>
              </Bubble>
            );
          }}
        />
        <Scatter
          data={dots}
          isAnimationActive={false}
          shape={({ cx, cy, payload }: { cx?: number; cy?: number; payload?: Dot }) => (
            <circle
              cx={cx}
              cy={cy}
              r={DOT_PX}
              fill={seriesStyle(payload?.variant ?? 0).colour}
              stroke="var(--paper)"
              strokeWidth={1.5}
            />
          )}
        >
          <ErrorBar
            dataKey="error"
            direction="x"
            width={0}
            stroke="var(--ink-soft)"
            strokeWidth={1.5}
            isAnimationActive={false}
          />
        </Scatter>
      </ScatterChart>
    </ResponsiveContainer>
  );
}

function Curves({
  distribution,
  variants,
  width,
}: {
  readonly distribution: ComparedDistribution;
  readonly variants: readonly string[];
  readonly width: number;
}): ReactNode {
  const axis = distributionAxis(distribution);
  return (
    <ResponsiveContainer
      width="100%"
      height={curvesHeight}
      initialDimension={{ width, height: curvesHeight }}
    >
      <LineChart
        data={rowsOf(distribution.curves, axis).map(({ value, shares }) => ({ value, ...shares }))}
        margin={{ top: HEAD_PX, right: 0, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid syncWithTicks stroke="var(--rule)" />
        <XAxis
          type="number"
          dataKey="value"
          domain={[axis.from, axis.to]}
          ticks={[...axis.ticks]}
          interval={0}
          height={AXIS_PX}
          tick={tickOf(axis)}
          tickLine={false}
          axisLine={false}
          allowDuplicatedCategory={false}
        />
        <YAxis type="number" domain={[0, 1]} ticks={[...SHARE_TICKS]} hide />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--accent)' }}
          content={({ active, payload, label }) => {
            if (!active || !payload || payload.length === 0) return null;
            return (
              <Bubble>
                {`At or below ${formatValue(Number(label), distribution.unit)}:`}
                {distribution.curves.map((curve) => (
                  <span key={curve.variant} className="block">
                    {`${variants[curve.variant]} `}
                    <strong className="font-semibold">
                      {formatValue(shareAt(curve, Number(label)) * 100, '%')}
                    </strong>
                  </span>
                ))}
              </Bubble>
            );
          }}
        />
        {distribution.curves.map(({ variant }, place) => {
          const { colour, dash } = seriesStyle(variant);
          return (
            <Line
              key={variant}
              name={variants[variant]}
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

/** A chart of the comparison in the place of its still, of which it has the size. */
export function ComparisonChart({
  data: { variants, measures, distributions },
  chart,
  width,
}: {
  readonly data: ComparisonData;
  /** The `data-chart` of its slot. */
  readonly chart: string;
  /** Of its slot at present, px. Known beforehand, so that it need not be drawn twice. */
  readonly width: number;
}): ReactNode {
  const measure = measures.find(({ id }) => id === chart);
  if (measure) return <Dots measure={measure} variants={variants} width={width} />;
  const distribution = distributions.find(({ id }) => distributionChart(id) === chart);
  if (distribution) return <Curves distribution={distribution} variants={variants} width={width} />;
  throw new Error(`Expected a chart of the comparison, got "${chart}".`);
}
