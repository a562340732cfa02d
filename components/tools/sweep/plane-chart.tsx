/**
 * Two measures of the same runs against each other: each point is a value of the parameter, and the
 * front are those that no other betters in both.
 */
import { type ReactNode, useState } from 'react';
import { CartesianGrid, ResponsiveContainer, Scatter, ScatterChart, XAxis, YAxis } from 'recharts';
import type { ValueAxis } from '@/components/charts/comparison-data';
import { AXIS_PX, anchorOf } from '@/components/charts/comparison-layout';
import { measureHeading, SeriesKey } from '@/components/charts/key';
import { percent } from '@/components/charts/scale';
import { seriesStyle } from '@/components/charts/series-style';
import { DataTable } from '@/components/views/data-table';
import { Svg, SvgText } from '@/components/views/text';
import type { PlanePoint, SweepPlane } from '@/lib/tools/sweep/plane';
import { axisText, estimateText, frontWords, planeTable } from '@/lib/tools/sweep/words';
import { axisOfEnds, gutterPx, HEAD_PX, heightOf } from './axes';
import { Reading } from './reading';

/** Height of the plot, without its axis; more than that of a curve, since both directions count. */
const PLANE_PX = 240;
const HEIGHT_PX = HEAD_PX + PLANE_PX + AXIS_PX;
/** Labels of the front beyond which they would lie on each other. */
const LABELS_MAX = 8;

interface PlaneChartProps {
  readonly plane: SweepPlane;
  /** Value of the parameter that the figure has now. */
  readonly present: number | null;
  readonly onTake: (value: number) => void;
}

interface Dot {
  readonly x: number;
  readonly y: number;
  readonly point: PlanePoint;
}

export function PlaneChart({ plane, present, onTake }: PlaneChartProps): ReactNode {
  const { x, y, axis, variants, points, front } = plane;
  const [at, setAt] = useState<number | null>(null);
  const across = axisOfEnds(
    points.map((point) => point.x),
    x.unit,
  );
  const up = axisOfEnds(
    points.map((point) => point.y),
    y.unit,
  );
  const shareOf = (point: PlanePoint): number =>
    (point.x.value - across.from) / (across.to - across.from);
  const topOf = (point: PlanePoint): number => heightOf(up, point.y.value, PLANE_PX);
  const dot = (point: PlanePoint): Dot => ({ x: point.x.value, y: point.y.value, point });
  const inFront = (front ?? []).flatMap((index) => points[index] ?? []);
  const every = Math.ceil(inFront.length / LABELS_MAX);
  const gutter = gutterPx(up);
  const reached = at === null ? undefined : points[at];
  const textOf = (index: number): string => {
    const point = points[index];
    if (point === undefined) return '';
    return [
      axisText(axis.unit, point.value),
      ...(variants.length > 1 ? [variants[point.variant]] : []),
      `${x.label} ${estimateText(point.x, x.unit)}`,
      `${y.label} ${estimateText(point.y, y.unit)}`,
      ...(point.isFront ? ['on the front'] : []),
    ].join('; ');
  };

  return (
    <>
      <div className="v">
        <div className="v-sweep">
          {variants.length > 1 && <SeriesKey titles={variants} />}
          <div>
            <p>{`Up: ${measureHeading(y, up.unit)}`}</p>
            <div className="v-row">
              <Svg width={gutter} height={HEIGHT_PX} aria-hidden="true">
                {up.ticks.map((tick) => (
                  <SvgText
                    key={tick}
                    x={gutter - 6}
                    y={heightOf(up, tick, PLANE_PX)}
                    centred
                    textAnchor="end"
                    tone="faint"
                  >
                    {up.textOf(tick)}
                  </SvgText>
                ))}
              </Svg>
              <div className="v-slot">
                <div aria-hidden="true">
                  <ResponsiveContainer width="100%" height={HEIGHT_PX}>
                    <ScatterChart
                      margin={{ top: HEAD_PX, right: 0, bottom: 0, left: 0 }}
                      accessibilityLayer={false}
                    >
                      <CartesianGrid syncWithTicks stroke="var(--rule)" />
                      <XAxis
                        type="number"
                        dataKey="x"
                        domain={[across.from, across.to]}
                        ticks={[...across.ticks]}
                        interval={0}
                        height={AXIS_PX}
                        tick={false}
                        tickLine={false}
                        axisLine={false}
                      />
                      <YAxis
                        type="number"
                        dataKey="y"
                        domain={[up.from, up.to]}
                        ticks={[...up.ticks]}
                        interval={0}
                        hide
                      />
                      <Scatter
                        data={inFront.map(dot)}
                        line={{ stroke: 'var(--ink-faint)', strokeWidth: 1 }}
                        shape={() => <g />}
                        isAnimationActive={false}
                      />
                      <Scatter
                        data={points.map(dot)}
                        isAnimationActive={false}
                        shape={({
                          cx,
                          cy,
                          payload,
                        }: {
                          cx?: number;
                          cy?: number;
                          payload?: Dot;
                        }) => {
                          if (!payload) return <g />;
                          const { isFront, variant } = payload.point;
                          const { colour } = seriesStyle(variant);
                          return (
                            <circle
                              cx={cx}
                              cy={cy}
                              r={isFront ? 4.5 : 3.5}
                              fill={isFront ? colour : 'var(--paper)'}
                              stroke={isFront ? 'var(--paper)' : colour}
                              strokeWidth={1.5}
                            />
                          );
                        }}
                      />
                    </ScatterChart>
                  </ResponsiveContainer>
                  <Svg className="tool-over" width="100%" height={HEIGHT_PX}>
                    <AcrossTicks axis={across} />
                    {points.map(
                      (point) =>
                        point.value === present && (
                          <circle
                            key={keyOf(point)}
                            className="tool-now"
                            cx={percent(shareOf(point))}
                            cy={topOf(point)}
                            r={8}
                          />
                        ),
                    )}
                    {inFront
                      .filter((_, i) => i % every === 0)
                      .map((point) => (
                        <SvgText
                          key={keyOf(point)}
                          x={percent(shareOf(point))}
                          y={topOf(point) - 9}
                          textAnchor={anchorOf(shareOf(point))}
                          tone="ink"
                          halo
                        >
                          {axisText(axis.unit, point.value)}
                        </SvgText>
                      ))}
                    {reached && (
                      <circle
                        className="tool-reached"
                        cx={percent(shareOf(reached))}
                        cy={topOf(reached)}
                        r={6}
                      />
                    )}
                  </Svg>
                </div>
                <Reading
                  label={`${x.label} and ${y.label}`}
                  count={points.length}
                  at={at}
                  first={Math.max(
                    0,
                    points.findIndex(({ value }) => value === present),
                  )}
                  onAt={setAt}
                  textOf={textOf}
                  shareOf={(index) => {
                    const point = points[index];
                    return point === undefined ? 0 : shareOf(point);
                  }}
                  nearest={(place) => {
                    const distance = (point: PlanePoint): number =>
                      Math.hypot(shareOf(point) * place.width - place.x, topOf(point) - place.y);
                    let nearest = 0;
                    for (const [index, point] of points.entries())
                      if (distance(point) < distance(points[nearest] ?? point)) nearest = index;
                    return nearest;
                  }}
                  onTake={(index) => {
                    const point = points[index];
                    if (point) onTake(point.value);
                  }}
                >
                  {reached && (
                    <>
                      <strong>{axisText(axis.unit, reached.value)}</strong>
                      {variants.length > 1 && (
                        <span className="block">{variants[reached.variant]}</span>
                      )}
                      <span className="block">{`${x.label} ${estimateText(reached.x, x.unit)}`}</span>
                      <span className="block">{`${y.label} ${estimateText(reached.y, y.unit)}`}</span>
                      {reached.isFront && <span className="block">On the front</span>}
                      <span className="tool-hint block">Click or Enter sets the figure</span>
                    </>
                  )}
                </Reading>
              </div>
            </div>
          </div>
          <p className="v-sweep-axis">{`Across: ${measureHeading(x, across.unit)}`}</p>
        </div>
      </div>
      <p className="tool-note">{frontWords(plane)}</p>
      <details className="fig-details">
        <summary>Data table</summary>
        <DataTable table={planeTable(plane)} captioned={false} />
      </details>
    </>
  );
}

const keyOf = ({ variant, value }: PlanePoint): string => `${variant}/${value}`;

function AcrossTicks({ axis }: { readonly axis: ValueAxis }): ReactNode {
  return axis.ticks.map((tick) => {
    const share = (tick - axis.from) / (axis.to - axis.from);
    return (
      <SvgText
        key={tick}
        x={percent(share)}
        y={HEAD_PX + PLANE_PX + 16}
        textAnchor={anchorOf(share)}
        tone="faint"
      >
        {axis.textOf(tick)}
      </SvgText>
    );
  });
}
