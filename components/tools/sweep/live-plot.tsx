/**
 * A plot of a sweep as Recharts draws it, to be read point by point. Takes the place of `StillPlot`, in
 * the same size.
 */
import type { ReactNode } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts';
import { AXIS_PX } from '@/components/charts/comparison-layout';
import { percent } from '@/components/charts/scale';
import { seriesStyle } from '@/components/charts/series-style';
import { Svg } from '@/components/views/text';
import { type CurvePanel, cliffOf, type SweepCurves } from '@/lib/tools/sweep/curves';
import { axisShare } from '@/lib/tools/sweep/values';
import { axisText, estimateText } from '@/lib/tools/sweep/words';
import {
  CURVE_PX,
  HEAD_PX,
  heightOf,
  measureAxisOf,
  PLOT_PX,
  parameterAxis,
  withinAxis,
} from './axes';
import { AxisTicks, cliffY, Present } from './curves';
import { Reading } from './reading';

interface LivePlotProps {
  readonly curves: SweepCurves;
  readonly panel: CurvePanel;
  /** Index of the value that is read; null while nobody reads. */
  readonly at: number | null;
  readonly onAt: (at: number | null) => void;
  /** Sets the figure to a value; absent where there is no figure to set. */
  readonly onTake?: (value: number) => void;
  /** Of its place, px, where that is known beforehand: then it need not be drawn twice. */
  readonly width?: number;
}

type Row = { readonly share: number } & Readonly<Record<string, number | null | [number, number]>>;

export function LivePlot({
  curves,
  panel,
  at,
  onAt,
  onTake,
  width = -1,
}: LivePlotProps): ReactNode {
  const { axis, values, variants } = curves;
  const measure = measureAxisOf(panel);
  const shares = values.map((value) => axisShare(axis, value));
  const rows = shares.flatMap((share, i): Row[] => {
    const estimates = panel.curves.map((curve) => curve[i] ?? null);
    // What is not computed yet is no gap: the line goes on to the next point that is.
    if (estimates.every((estimate) => estimate === null)) return [];
    const row: Record<string, number | null | [number, number]> = { share };
    for (const [variant, estimate] of estimates.entries()) {
      const value = estimate?.value ?? null;
      const halfWidth = estimate?.halfWidth ?? 0;
      row[lineKey(variant)] = value;
      if (value !== null && halfWidth > 0)
        row[bandKey(variant)] = [
          withinAxis(measure, value - halfWidth),
          withinAxis(measure, value + halfWidth),
        ];
    }
    return [row as Row];
  });
  const present = curves.present === null ? -1 : values.indexOf(curves.present);
  const textOf = (i: number): string =>
    [
      axisText(axis.unit, values[i] ?? 0),
      ...panel.curves.map((curve, variant) => {
        const text = estimateText(curve[i] ?? null, panel.unit);
        return variants.length === 1 ? `${panel.label} ${text}` : `${variants[variant]} ${text}`;
      }),
    ].join('; ');
  return (
    <>
      <div aria-hidden="true">
        <ResponsiveContainer
          width="100%"
          height={CURVE_PX}
          initialDimension={{ width, height: CURVE_PX }}
        >
          <ComposedChart
            data={rows}
            margin={{ top: HEAD_PX, right: 0, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} syncWithTicks stroke="var(--rule)" />
            <XAxis
              type="number"
              dataKey="share"
              domain={[0, 1]}
              height={AXIS_PX}
              tick={false}
              tickLine={false}
              axisLine={false}
            />
            <YAxis
              type="number"
              domain={[measure.from, measure.to]}
              ticks={[...measure.ticks]}
              interval={0}
              hide
            />
            {panel.curves.map((_, variant) => (
              <Area
                key={bandKey(variant)}
                dataKey={bandKey(variant)}
                type="linear"
                stroke="none"
                fill={seriesStyle(variant).colour}
                fillOpacity={0.14}
                activeDot={false}
                isAnimationActive={false}
              />
            ))}
            {panel.curves.map((_, variant) => (
              <Line
                key={lineKey(variant)}
                dataKey={lineKey(variant)}
                type="linear"
                stroke={seriesStyle(variant).colour}
                strokeDasharray={seriesStyle(variant).dash}
                strokeWidth={1.75}
                dot={false}
                activeDot={false}
                isAnimationActive={false}
              />
            ))}
          </ComposedChart>
        </ResponsiveContainer>
        <Svg className="tool-over" width="100%" height={CURVE_PX}>
          <AxisTicks ticks={parameterAxis(axis).ticks} />
          <Present curves={curves} />
          {panel.curves.map((curve, variant) => {
            const cliff = cliffOf(curves, curve);
            return (
              cliff && (
                <line
                  key={lineKey(variant)}
                  className={`v-cliff ${seriesStyle(variant).className}`}
                  x1={percent(shares[cliff.from] ?? 0)}
                  x2={percent(shares[cliff.to] ?? 0)}
                  y1={cliffY(variant)}
                  y2={cliffY(variant)}
                />
              )
            );
          })}
          {at !== null && (
            <>
              <line
                className="v-head-line"
                x1={percent(shares[at] ?? 0)}
                x2={percent(shares[at] ?? 0)}
                y1={HEAD_PX}
                y2={HEAD_PX + PLOT_PX}
              />
              {panel.curves.map((curve, variant) => {
                const value = curve[at]?.value ?? null;
                return (
                  value !== null && (
                    <circle
                      key={lineKey(variant)}
                      className={`v-point ${seriesStyle(variant).className}`}
                      cx={percent(shares[at] ?? 0)}
                      cy={heightOf(measure, value)}
                      r={4}
                    />
                  )
                );
              })}
            </>
          )}
        </Svg>
      </div>
      <Reading
        label={axis.label}
        count={values.length}
        at={at}
        first={Math.max(0, present)}
        onAt={onAt}
        textOf={textOf}
        shareOf={(i) => shares[i] ?? 0}
        nearest={({ x, width }) => nearestTo(shares, x / width)}
        {...(onTake ? { onTake: (i: number) => onTake(values[i] ?? 0) } : {})}
      >
        {at !== null && (
          <>
            <strong>{axisText(axis.unit, values[at] ?? 0)}</strong>
            {panel.curves.map((curve, variant) => (
              <span key={lineKey(variant)} className="block">
                {variants.length > 1 && `${variants[variant]} `}
                {estimateText(curve[at] ?? null, panel.unit)}
                {remark(curve[at] ?? null, curves.seeds)}
              </span>
            ))}
            {onTake && <span className="tool-hint block">Click or Enter sets the figure</span>}
          </>
        )}
      </Reading>
    </>
  );
}

/** What there is to say of an estimate that not all seeds have given. */
function remark(estimate: CurvePanel['curves'][number][number], seeds: number): string {
  if (estimate === null) return ' (not computed yet)';
  if (estimate.value === null) return ` (${estimate.why})`;
  return estimate.seeds < seeds ? ` (${estimate.seeds} of ${seeds} seeds)` : '';
}

const lineKey = (variant: number): string => `line${variant}`;
const bandKey = (variant: number): string => `band${variant}`;

function nearestTo(shares: readonly number[], share: number): number {
  let nearest = 0;
  for (const [i, each] of shares.entries())
    if (Math.abs(each - share) < Math.abs((shares[nearest] ?? 0) - share)) nearest = i;
  return nearest;
}
