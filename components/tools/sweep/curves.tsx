/**
 * The curves of a sweep with everything around the plots: a panel for each measure, the name of the
 * parameter below, and what they say in words. The plots themselves are drawn by the still or by the
 * live chart, which take the same place.
 */
import { Fragment, type ReactNode } from 'react';
import { anchorOf } from '@/components/charts/comparison-layout';
import { measureHeading, SeriesKey } from '@/components/charts/key';
import { outline, PLOT_UNITS } from '@/components/charts/path';
import { percent } from '@/components/charts/scale';
import { seriesStyle } from '@/components/charts/series-style';
import { DataTable } from '@/components/views/data-table';
import { Stretched, Svg, SvgText } from '@/components/views/text';
import { type CurvePanel, cliffOf, type SweepCurves } from '@/lib/tools/sweep/curves';
import { axisShare } from '@/lib/tools/sweep/values';
import { axisText, curvesTable, sweepWords } from '@/lib/tools/sweep/words';
import {
  CURVE_PX,
  gutterPx,
  HEAD_PX,
  heightOf,
  measureAxisOf,
  type ParameterAxis,
  PLOT_PX,
  parameterAxis,
  withinAxis,
} from './axes';

export function CurvesFrame({
  curves,
  plot,
}: {
  readonly curves: SweepCurves;
  readonly plot: (panel: CurvePanel) => ReactNode;
}): ReactNode {
  const { panels, variants } = curves;
  const words = sweepWords(curves);
  const gutter = Math.max(0, ...panels.map((panel) => gutterPx(measureAxisOf(panel))));
  return (
    <div className="v">
      <div className="v-sweep">
        {variants.length > 1 && <SeriesKey titles={variants} />}
        {panels.map((panel) => {
          const axis = measureAxisOf(panel);
          return (
            <div key={panel.id}>
              <p>{measureHeading(panel, axis.unit)}</p>
              <div className="v-row">
                <Svg width={gutter} height={CURVE_PX} aria-hidden="true">
                  {axis.ticks.map((tick) => (
                    <SvgText
                      key={tick}
                      x={gutter - 6}
                      y={heightOf(axis, tick)}
                      centred
                      textAnchor="end"
                      tone="faint"
                    >
                      {axis.textOf(tick)}
                    </SvgText>
                  ))}
                </Svg>
                <div data-chart={panel.id} className="v-slot">
                  {plot(panel)}
                </div>
              </div>
            </div>
          );
        })}
        <p className="v-sweep-axis">{parameterAxis(curves.axis).label}</p>
      </div>
      {words.length > 0 && (
        <ul className="v-sweep-words">
          {words.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function CurvesTable({ curves }: { readonly curves: SweepCurves }): ReactNode {
  return (
    <details className="fig-details" data-section="data">
      <summary>Data table</summary>
      <DataTable table={curvesTable(curves)} captioned={false} />
    </details>
  );
}

/** A plot that stands still. What it says is said beside it, in words and in a table. */
export function StillPlot({
  curves,
  panel,
}: {
  readonly curves: SweepCurves;
  readonly panel: CurvePanel;
}): ReactNode {
  const axis = measureAxisOf(panel);
  const { ticks } = parameterAxis(curves.axis);
  const x = (i: number): number =>
    Math.round(axisShare(curves.axis, curves.values[i] ?? 0) * PLOT_UNITS);
  const y = (value: number): number => Math.round(heightOf(axis, value));
  return (
    <Svg width="100%" height={CURVE_PX} aria-hidden="true">
      {axis.ticks.map((tick) => (
        <line
          key={tick}
          className={tick === 0 ? 'v-axis' : 'v-rule'}
          x2="100%"
          y1={y(tick)}
          y2={y(tick)}
        />
      ))}
      <AxisTicks ticks={ticks} />
      <Present curves={curves} />
      <Stretched units={PLOT_UNITS} height={CURVE_PX}>
        {panel.curves.map((curve, variant) => {
          const { className } = seriesStyle(variant);
          const parts = partsOf(curve);
          const band = outline(
            parts.map((part) => bandOf(part, x, (value) => y(withinAxis(axis, value)))),
          );
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is the variant
            <Fragment key={variant}>
              {band !== '' && <path className={`v-area ${className}`} d={band} />}
              <path
                className={`v-line ${className}`}
                d={outline(parts.map((part) => part.map(({ i, value }) => [x(i), y(value)])))}
              />
            </Fragment>
          );
        })}
      </Stretched>
      {panel.curves.map((curve, variant) => {
        const cliff = cliffOf(curves, curve);
        if (cliff === null) return null;
        return (
          <line
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is the variant
            key={variant}
            className={`v-cliff ${seriesStyle(variant).className}`}
            x1={percent(x(cliff.from) / PLOT_UNITS)}
            x2={percent(x(cliff.to) / PLOT_UNITS)}
            y1={cliffY(variant)}
            y2={cliffY(variant)}
          />
        );
      })}
    </Svg>
  );
}

/** Cliffs are marked along the floor of the plot, one line above the other. */
export const cliffY = (variant: number): number => HEAD_PX + PLOT_PX - 2 - 4 * variant;

export function AxisTicks({ ticks }: Pick<ParameterAxis, 'ticks'>): ReactNode {
  return ticks.map(({ share, text }) => (
    <SvgText
      key={text}
      x={percent(share)}
      y={HEAD_PX + PLOT_PX + 16}
      textAnchor={anchorOf(share)}
      tone="faint"
    >
      {text}
    </SvgText>
  ));
}

/** Where the figure stands now, or what the guide recommends. */
export function Present({ curves }: { readonly curves: SweepCurves }): ReactNode {
  const { axis, present } = curves;
  if (present === null) return null;
  const share = axisShare(axis, present);
  return (
    <>
      <line
        className="v-level"
        x1={percent(share)}
        x2={percent(share)}
        y1={HEAD_PX - 2}
        y2={HEAD_PX + PLOT_PX}
      />
      <SvgText x={percent(share)} y={HEAD_PX - 5} textAnchor={anchorOf(share)} tone="ink">
        {axisText(axis.unit, present)}
      </SvgText>
    </>
  );
}

interface Known {
  readonly i: number;
  readonly value: number;
  readonly halfWidth: number;
}

/** Stretches of a curve without a missing value between them; what is not computed yet is no gap. */
export function partsOf(curve: SweepCurves['panels'][number]['curves'][number]): Known[][] {
  const parts: Known[][] = [[]];
  for (const [i, estimate] of curve.entries()) {
    if (estimate === null) continue;
    const { value, halfWidth } = estimate;
    if (value === null) parts.push([]);
    else parts.at(-1)?.push({ i, value, halfWidth: halfWidth ?? 0 });
  }
  return parts.filter((part) => part.length > 0);
}

/** Closed, all the way along the upper ends of the intervals and back along the lower ones. */
function bandOf(
  part: readonly Known[],
  x: (i: number) => number,
  y: (value: number) => number,
): readonly (readonly [number, number])[] {
  if (part.every(({ halfWidth }) => halfWidth === 0)) return [];
  const end = (sign: 1 | -1) =>
    part.map(({ i, value, halfWidth }) => [x(i), y(value + sign * halfWidth)] as const);
  return [...end(1), ...end(-1).reverse()];
}
