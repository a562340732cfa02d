/**
 * A comparison as it stands in the page before, and without, the live chart: dots with their error
 * bars, distributions, and all of it as a table.
 */
import type { ReactNode } from 'react';
import { DataTable } from '@/components/views/data-table';
import { px, Stretched, Svg, SvgText, shortened } from '@/components/views/text';
import type { ViewTable } from '@/components/views/view-props';
import { lineOf } from '@/lib/simulation/cumulative';
import { formatNumber } from '@/lib/simulation/format';
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
  anchorOf,
  CURVES_PX,
  curvesHeight,
  DOT_PX,
  dotsHeight,
  dotY,
  HEAD_PX,
  NAME_FONT_PX,
  namesWidth,
  ROW_PX,
  SHARE_TICKS,
  SHARES_PX,
  VALUE_LETTERS,
  valuesWidth,
} from './comparison-layout';
import { measureHeading, SeriesKey } from './key';
import { outline, PLOT_UNITS, straightened } from './path';
import { percent } from './scale';
import { seriesStyle } from './series-style';

function Ticks({
  axis,
  height,
}: {
  readonly axis: ValueAxis;
  /** Of the plot, px. */
  readonly height: number;
}): ReactNode {
  return axis.ticks.map((tick) => {
    const share = (tick - axis.from) / (axis.to - axis.from);
    return (
      <g key={tick}>
        <line
          className={tick === 0 ? 'v-axis' : 'v-rule'}
          x1={percent(share)}
          x2={percent(share)}
          y1={HEAD_PX}
          y2={HEAD_PX + height}
        />
        <SvgText
          x={percent(share)}
          y={HEAD_PX + height + 16}
          textAnchor={anchorOf(share)}
          tone="faint"
        >
          {axis.textOf(tick)}
        </SvgText>
      </g>
    );
  });
}

function Dots({
  measure,
  variants,
}: {
  readonly measure: ComparedMeasure;
  readonly variants: readonly string[];
}): ReactNode {
  const { results } = measure;
  const axis = measureAxis(measure);
  const share = (value: number): number => (value - axis.from) / (axis.to - axis.from);
  const height = dotsHeight(results.length);
  const names = results.map(({ variant }) => variants[variant] ?? '');
  return (
    <div className="v-row">
      <Svg className="v-names" width={namesWidth(names)} height={height}>
        {results.map(({ variant }, row) => (
          <SvgText key={variant} y={dotY(row)} centred tone="ink" fontSize={NAME_FONT_PX}>
            {names[row]}
          </SvgText>
        ))}
      </Svg>
      <div data-chart={measure.id} className="v-slot">
        <Svg width="100%" height={height}>
          <Ticks axis={axis} height={results.length * ROW_PX} />
          {results.map(({ variant, value, halfWidth }, row) => {
            if (value === null) return null;
            const y = dotY(row);
            return (
              <g key={variant}>
                {halfWidth !== null && (
                  <line
                    className="v-error"
                    x1={percent(share(value - halfWidth))}
                    x2={percent(share(value + halfWidth))}
                    y1={y}
                    y2={y}
                  />
                )}
                <circle
                  className={`v-point ${seriesStyle(variant).className}`}
                  cx={percent(share(value))}
                  cy={y}
                  r={DOT_PX}
                />
              </g>
            );
          })}
        </Svg>
      </div>
      <Svg
        className="v-results"
        width={valuesWidth(results.map(({ text }) => text))}
        height={height}
      >
        {results.map(({ variant, value, text }, row) => (
          <SvgText
            key={variant}
            x="100%"
            y={dotY(row)}
            centred
            textAnchor="end"
            tone={value === null ? 'faint' : 'ink'}
            fontSize={NAME_FONT_PX}
          >
            {shortened(text, VALUE_LETTERS)}
          </SvgText>
        ))}
      </Svg>
      {/* Where there is no room beside the dots, the names stand above them. */}
      <Svg className="v-names-above" width="100%" height={height}>
        {results.map(({ variant }, row) => (
          <SvgText key={variant} x="4" y={dotY(row) - 11} tone="ink" fontSize={NAME_FONT_PX} halo>
            {names[row]}
          </SvgText>
        ))}
      </Svg>
    </div>
  );
}

function Curves({ distribution }: { readonly distribution: ComparedDistribution }): ReactNode {
  const axis = distributionAxis(distribution);
  const x = (value: number): number => Math.round((value / axis.to) * PLOT_UNITS);
  const y = (share: number): number => px(HEAD_PX + CURVES_PX * (1 - share));
  return (
    <div className="v-row">
      <Svg width={SHARES_PX} height={curvesHeight}>
        {SHARE_TICKS.map((tick) => (
          <SvgText key={tick} x={SHARES_PX - 8} y={y(tick)} centred textAnchor="end" tone="faint">
            {`${tick * 100}\u202f%`}
          </SvgText>
        ))}
      </Svg>
      <div data-chart={distributionChart(distribution.id)} className="v-slot">
        <Svg width="100%" height={curvesHeight}>
          {SHARE_TICKS.map((tick) => (
            <line key={tick} className="v-rule" x2="100%" y1={y(tick)} y2={y(tick)} />
          ))}
          <Ticks axis={axis} height={CURVES_PX} />
          <Stretched units={PLOT_UNITS} height={curvesHeight}>
            {distribution.curves.map((curve) => (
              <path
                key={curve.variant}
                className={`v-line ${seriesStyle(curve.variant).className}`}
                d={curvePath(
                  lineOf(curve).map(
                    ([value, share]) => [x(value), HEAD_PX + CURVES_PX * (1 - share)] as const,
                  ),
                )}
              />
            ))}
          </Stretched>
        </Svg>
      </div>
    </div>
  );
}

/** Near all points, and on to the end of the axis. */
function curvePath(points: readonly (readonly [x: number, y: number])[]): string {
  const last = points.at(-1);
  if (last === undefined) return '';
  const whole = [...points, [PLOT_UNITS, last[1]] as const];
  return outline([straightened(whole).map(([x, y]) => [x, Math.round(y)] as const)]);
}

/** The measure in words: what the drawing says to those who do not see it. */
function describeMeasure(measure: ComparedMeasure, variants: readonly string[]): string {
  const each = measure.results.map(({ variant, text }) => `${variants[variant]} ${text}`);
  return `${measure.label}: ${each.join('; ')}.`;
}

export function comparisonTable({ title, variants, measures }: ComparisonData): ViewTable {
  const [only] = measures.length === 1 ? measures : [];
  const resultOf = (measure: ComparedMeasure, variant: number) =>
    measure.results.find((result) => result.variant === variant);
  return {
    caption: title,
    columns: [
      'Variant',
      ...measures.map((measure) => measure.label),
      ...(only ? ['Observations'] : []),
    ],
    rows: variants.map((name, variant) => [
      name,
      ...measures.map((measure) => resultOf(measure, variant)?.text ?? '–'),
      ...(only ? [formatNumber(resultOf(only, variant)?.n ?? 0, 12)] : []),
    ]),
  };
}

/** What stands above the caption. The slots marked `data-chart` are the live chart's. */
export function ComparisonStill({
  data,
  figure,
}: {
  readonly data: ComparisonData;
  /** Name of the figure on its page. */
  readonly figure: string;
}): ReactNode {
  const { title, made, variants, measures, distributions } = data;
  return (
    <div className="v">
      <div className="fig-head">
        <p className="fig-title" id={`${figure}-title`}>
          {title}
        </p>
        <p className="fig-story">{made}</p>
      </div>
      <div className="v-compared">
        {measures.map((measure) => (
          <div key={measure.id} className="v">
            <p>{measureHeading(measure, measureAxis(measure).unit)}</p>
            <div role="img" aria-label={describeMeasure(measure, variants)}>
              <Dots measure={measure} variants={variants} />
            </div>
          </div>
        ))}
        {distributions.map((distribution) => (
          <div key={distribution.id} className="v-curves">
            <p>
              {`${distribution.label}: share at or below a value`}
              {distribution.unit === '' ? '' : ` in ${distributionAxis(distribution).unit}`}
            </p>
            <SeriesKey
              titles={variants}
              series={distribution.curves.map(({ variant }) => variant)}
            />
            <div
              role="img"
              aria-label={`${distribution.label}: a rising curve for each variant. The measures above sum them up.`}
            >
              <Curves distribution={distribution} />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}

/** What stands below it. */
export function ComparisonTable({ data }: { readonly data: ComparisonData }): ReactNode {
  return (
    <div className="fig-foot">
      <details className="fig-details" data-section="data">
        <summary>Data table</summary>
        <DataTable table={comparisonTable(data)} captioned={false} />
      </details>
    </div>
  );
}
