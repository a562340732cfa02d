/**
 * Series and outcomes over simulated time.
 *
 * The whole run is drawn once and memoised; with `t` move only the edge between the past, drawn in
 * full, and the future, drawn faintly, the play-head and the values at it. The edge is the viewport
 * of a nested SVG, so no id is needed that could occur twice on a page. Everything is placed in
 * percent across and in px down: the same markup is right at every width.
 */
import { memo, type ReactNode } from 'react';
import { areaPath, linePath, PLOT_UNITS, stepPath, tickPath } from '@/components/charts/path';
import {
  axisUnit,
  niceTicks,
  percent,
  placeLabels,
  textWidth,
  tickText,
  timeTicks,
} from '@/components/charts/scale';
import { type SeriesStyle, seriesStyle } from '@/components/charts/series-style';
import type { Outcome } from '@/lib/kernel/outcomes';
import { formatMoment, formatNumber, formatValue } from '@/lib/simulation/format';
import type { ParameterValue, Schedule } from '@/lib/simulation/parameters';
import type { RecordingIndex } from '@/lib/simulation/recording-index';
import type { ChartMark, ChartView as ChartSpec } from '@/lib/simulation/views';
import { OutcomeGlyph, OutcomeMark, outcomeColour, outcomeLabel } from './outcome-mark';
import { At, PAPER, SvgText, shortened } from './text';
import {
  levelAt,
  levelSteps,
  listed,
  perRun,
  type ViewProps,
  type ViewRun,
  type ViewTable,
} from './view-props';

type SeriesMark = Extract<ChartMark, { readonly series: string }>;
type OutcomesMark = Extract<ChartMark, { readonly type: 'outcomes' }>;

const seriesMarks = (view: ChartSpec): SeriesMark[] =>
  view.marks.filter((mark): mark is SeriesMark => mark.type !== 'outcomes');
const outcomesMarks = (view: ChartSpec): OutcomesMark[] =>
  view.marks.filter((mark): mark is OutcomesMark => mark.type === 'outcomes');

const ROW_PX = 11;
const STRIP_GAP_PX = 5;
const GROUP_TITLE_PX = 16;
/** Room above the plot for half a line and half a dot, and for the name of the rules. */
const HEAD_PX = 6;
const RULES_HEAD_PX = 16;
const FOOT_PX = 4;
const AXIS_PX = 20;
/** Beyond this many rules the plot would be a hatching. */
const RULES_MAX = 240;

/** What part of a row's height is inked: rows are told apart by place and mark, these help the eye. */
const TICKS = {
  sent: [[5, 10]],
  accepted: [[1, 10]],
  queued: [[1, 6]],
  rejected: [
    [1, 4.2],
    [6.8, 10],
  ],
  failed: [[3, 10]],
  retried: [
    [1, 3],
    [4.5, 6.5],
    [8, 10],
  ],
  expired: [
    [1, 7],
    [8.5, 10],
  ],
  lost: [
    [1, 2.5],
    [8.5, 10],
  ],
} as const satisfies Record<Outcome, readonly (readonly [number, number])[]>;

function plotHeightOf(panels: number): number {
  if (panels <= 1) return 190;
  if (panels === 2) return 116;
  if (panels === 3) return 92;
  return panels <= 5 ? 68 : 54;
}

/** The range of y over all runs, so that panels can be compared. */
function rangeOf(
  view: ChartSpec,
  runs: readonly ViewRun[],
  parameters: Readonly<Record<string, ParameterValue>>,
): { readonly min: number; readonly max: number } {
  const levels = (view.thresholds ?? []).flatMap(({ at }) =>
    levelSteps(at, parameters).map((step) => step.value),
  );
  const series = seriesMarks(view).flatMap((mark) =>
    runs.map((run) => run.index.series(mark.series)),
  );
  const greatest = Math.max(0, ...levels, ...series.map((each) => each.greatest));
  const least = Math.min(view.y.min ?? 0, ...series.map((each) => each.least));
  const wanted = view.y.max === undefined ? [] : levelSteps(view.y.max, parameters);
  // A declared end of the axis never cuts off data; without one there is a little air on top.
  const max = Math.max(...wanted.map((step) => step.value), greatest * (wanted.length ? 1 : 1.06));
  return { min: least, max: max > least ? max : least + 1 };
}

interface Row {
  readonly kind: Outcome;
  readonly mark: OutcomesMark;
  readonly index: RecordingIndex;
  readonly top: number;
}

interface Panel {
  readonly runs: readonly ViewRun[];
  readonly rows: readonly Row[];
  /** Titles over the rows of each run, in a race that shares one plot. */
  readonly groups: readonly { readonly run: ViewRun; readonly top: number }[];
  /** Top and height of the plot; height 0 if the view has outcomes alone. */
  readonly top: number;
  readonly height: number;
  /** Height of the drawing. */
  readonly total: number;
}

function panelOf(view: ChartSpec, runs: readonly ViewRun[], height: number): Panel {
  const rows: Row[] = [];
  const groups: { run: ViewRun; top: number }[] = [];
  const marks = outcomesMarks(view);
  let y = 0;
  for (const run of marks.length > 0 ? runs : []) {
    if (runs.length > 1) {
      groups.push({ run, top: y });
      y += GROUP_TITLE_PX;
    }
    for (const mark of marks)
      for (const kind of mark.kinds) {
        rows.push({ kind, mark, index: run.index, top: y });
        y += ROW_PX;
      }
    y += STRIP_GAP_PX;
  }
  const hasPlot = seriesMarks(view).length > 0 || (view.thresholds ?? []).length > 0;
  const head = view.rules ? RULES_HEAD_PX : HEAD_PX;
  const top = hasPlot ? y + head : y;
  return {
    runs,
    rows,
    groups,
    top,
    height: hasPlot ? height : 0,
    total: hasPlot ? top + height + FOOT_PX : Math.max(y, ROW_PX),
  };
}

interface InkProps {
  readonly view: ChartSpec;
  readonly index: RecordingIndex;
  readonly shownMs: number;
  readonly min: number;
  readonly max: number;
  readonly top: number;
  readonly height: number;
  /** Style of the first series. */
  readonly styleFrom: number;
}

/** The series of one run over the whole time. */
const SeriesInk = memo(function SeriesInk(props: InkProps): ReactNode {
  const { view, index, shownMs, min, max, top, height, styleFrom } = props;
  const y = (value: number): number => top + height * (1 - (value - min) / (max - min));
  const frame = { shownMs, y };
  return seriesMarks(view).map((mark, i) => {
    const series = index.series(mark.series);
    const { colour, dash } = seriesStyle(styleFrom + i);
    const outline = mark.type === 'line' ? linePath(series, frame) : stepPath(series, frame);
    return (
      <g key={mark.series}>
        {mark.type === 'area' && (
          <path
            d={areaPath(series, { ...frame, base: Math.max(0, min) })}
            fill={colour}
            fillOpacity={0.14}
          />
        )}
        <path
          d={outline}
          fill="none"
          stroke={colour}
          strokeWidth={1.75}
          strokeDasharray={dash}
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
      </g>
    );
  });
});

/** One outcome of one run over the whole time: a single outline, however many there are. */
const OutcomeInk = memo(function OutcomeInk({
  index,
  from,
  to,
  kind,
  top,
  shownMs,
}: {
  readonly index: RecordingIndex;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly kind: Outcome;
  readonly top: number;
  readonly shownMs: number;
}): ReactNode {
  const times = Array.from(
    index.messages({ from, to, kind }),
    (row) => index.recording.messages.sentAt[row] ?? 0,
  );
  const stretches = TICKS[kind].map(([a, b]) => [top + a, top + b] as const);
  return (
    <path
      d={tickPath(times, shownMs, stretches)}
      fill="none"
      stroke={outcomeColour(kind)}
      strokeWidth={1.5}
      vectorEffect="non-scaling-stroke"
    />
  );
});

/** Times of the vertical rules; none if they would stand too close. */
function ruleTimes(
  view: ChartSpec,
  parameters: Readonly<Record<string, ParameterValue>>,
  shownMs: number,
): number[] {
  const everyMs = view.rules && levelAt(view.rules.everyMs, parameters, 0);
  if (!everyMs || !(everyMs > 0) || shownMs / everyMs > RULES_MAX) return [];
  return Array.from({ length: Math.ceil(shownMs / everyMs) - 1 }, (_, i) => (i + 1) * everyMs);
}

/** Grid, rules and thresholds. */
const Ground = memo(function Ground({
  view,
  parameters,
  shownMs,
  min,
  max,
  top,
  height,
  ticks,
}: {
  readonly view: ChartSpec;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly shownMs: number;
  readonly min: number;
  readonly max: number;
  readonly top: number;
  readonly height: number;
  readonly ticks: string;
}): ReactNode {
  const y = (value: number): number => top + height * (1 - (value - min) / (max - min));
  const rules = ruleTimes(view, parameters, shownMs);
  return (
    <>
      {ticks.split(' ').map((tick) => (
        <line
          key={tick}
          x1="0"
          x2="100%"
          y1={y(Number(tick))}
          y2={y(Number(tick))}
          stroke={Number(tick) === Math.max(0, min) ? 'var(--rule-strong)' : 'var(--rule)'}
        />
      ))}
      {rules.length > 0 && (
        <Stretched top={0} height={top + height}>
          <path
            d={tickPath(rules, shownMs, [[top - 4, top + height]])}
            stroke="var(--rule-strong)"
            strokeWidth={1}
            strokeDasharray="1 3"
            vectorEffect="non-scaling-stroke"
          />
        </Stretched>
      )}
      {view.rules && rules.length > 0 && (
        <SvgText x={percent((rules[0] ?? 0) / shownMs)} dx={-2} y={top - 7} tone="faint">
          {view.rules.label}
        </SvgText>
      )}
      {(view.thresholds ?? []).map(({ at, label }) => (
        <Stretched key={label} top={0} height={top + height}>
          <path
            d={stepPath(seriesOfSteps(levelSteps(at, parameters)), { shownMs, y })}
            fill="none"
            stroke="var(--ink-soft)"
            strokeWidth={1.25}
            strokeDasharray="5 3"
            vectorEffect="non-scaling-stroke"
          />
        </Stretched>
      ))}
    </>
  );
});

const seriesOfSteps = (steps: Schedule) => ({
  at: Float64Array.from(steps, (step) => step.atMs),
  value: Float64Array.from(steps, (step) => step.value),
  least: 0,
  greatest: 0,
});

/** A drawing in units of time across and px down, stretched over [from, to] of the width. */
function Stretched({
  from = 0,
  to = 1,
  top,
  height,
  opacity,
  children,
}: {
  readonly from?: number;
  readonly to?: number;
  readonly top: number;
  readonly height: number;
  readonly opacity?: number;
  readonly children: ReactNode;
}): ReactNode {
  if (!(to > from)) return null;
  return (
    <svg
      x={percent(from)}
      y={top}
      width={percent(to - from)}
      height={height}
      viewBox={`${from * PLOT_UNITS} ${top} ${(to - from) * PLOT_UNITS} ${height}`}
      preserveAspectRatio="none"
      overflow="hidden"
      opacity={opacity}
      aria-hidden
    >
      {children}
    </svg>
  );
}

/** A short piece of the series' own line. */
function Swatch({ style }: { readonly style: SeriesStyle }): ReactNode {
  return (
    <svg width="18" height="8" className="inline-block shrink-0 align-[0.05em]" aria-hidden>
      <line
        x1="0"
        x2="18"
        y1="4"
        y2="4"
        stroke={style.colour}
        strokeWidth={2}
        strokeDasharray={style.dash}
      />
    </svg>
  );
}

interface Labelled {
  readonly key: string;
  readonly name: string;
  readonly style: SeriesStyle;
  readonly value: number | undefined;
  /** Last value of the run, where the line ends. */
  readonly endsAt: number;
}

function labelled(view: ChartSpec, runs: readonly ViewRun[], t: number): Labelled[] {
  const marks = seriesMarks(view);
  return runs.flatMap((run, r) =>
    marks.map((mark, m) => {
      const series = run.index.series(mark.series);
      const name =
        runs.length === 1
          ? mark.label
          : marks.length === 1
            ? run.title
            : `${run.title}, ${mark.label}`;
      return {
        key: `${run.variant} ${mark.series}`,
        name,
        style: seriesStyle(r * marks.length + m),
        value: run.index.valueAt(mark.series, t),
        endsAt: series.value[series.value.length - 1] ?? 0,
      };
    }),
  );
}

const LABEL_FONT_PX = 11.5;
const LETTERS_MAX = 26;

function ChartPanel({
  props,
  panel,
  range,
  ticks,
  gutterPx,
  named,
}: {
  readonly props: ViewProps<ChartSpec>;
  readonly panel: Panel;
  readonly range: { readonly min: number; readonly max: number };
  readonly ticks: readonly number[];
  readonly gutterPx: number;
  /** Whether the panel carries the title of its run. */
  readonly named: boolean;
}): ReactNode {
  const { view, t, shownMs, parameters } = props;
  const { runs, rows, groups, top, height, total } = panel;
  const { min, max } = range;
  const marks = seriesMarks(view);
  const y = (value: number): number => top + height * (1 - (value - min) / (max - min));
  // Rounded once, so that the clip and its view box agree to the last digit.
  const now = Math.round(Math.min(1, Math.max(0, shownMs > 0 ? t / shownMs : 0)) * 1e5) / 1e5;
  const unit = axisUnit(view.y.unit, max);
  const labels = labelled(view, runs, t);
  const several = labels.length > 1;
  const ink = (
    <>
      {rows.map((row) => (
        <OutcomeInk
          key={`${row.top}`}
          index={row.index}
          from={row.mark.from}
          to={row.mark.to}
          kind={row.kind}
          top={row.top}
          shownMs={shownMs}
        />
      ))}
      {height > 0 &&
        runs.map((run, r) => (
          <SeriesInk
            key={run.variant}
            view={view}
            index={run.index}
            shownMs={shownMs}
            min={min}
            max={max}
            top={top}
            height={height}
            styleFrom={r * marks.length}
          />
        ))}
    </>
  );
  const thresholds = (view.thresholds ?? []).flatMap(({ at, label }) => {
    const level = levelAt(at, parameters, shownMs);
    return level === undefined ? [] : [{ key: label, name: label, level }];
  });
  const gutterLabels = [
    ...thresholds.map((each) => ({ ...each, series: undefined })),
    ...(several && !named
      ? labels.map((each) => ({ key: each.key, name: each.name, level: each.endsAt, series: each }))
      : []),
  ];
  const places = placeLabels(
    gutterLabels.map((each) => y(each.level)),
    { gap: 14, min: Math.min(top, total - 14 * gutterLabels.length), max: total - 6 },
  );
  // Values stand at the play-head where they have room; elsewhere in the line above the panel.
  const values = height >= 100 && labels.length <= 3 ? labels : [];
  const valuePlaces = placeLabels(
    values.map((each) => y(each.value ?? min)),
    { gap: 13, min: top + 2, max: top + height - 4 },
  );
  const flipped = now > 0.5;
  return (
    <>
      <PanelHead
        view={view}
        panel={panel}
        labels={labels}
        t={t}
        named={named}
        values={values.length > 0}
      />
      <div className="grid grid-cols-[auto_minmax(0,1fr)_auto]">
        <svg width={gutterPx} height={total} className="block" aria-hidden>
          {rows.map((row) => (
            <At key={row.top} x={gutterPx - 10} y={row.top + ROW_PX / 2}>
              <OutcomeGlyph outcome={row.kind} size={7} />
            </At>
          ))}
          {height > 0 &&
            ticks.map((tick) => (
              <SvgText
                key={tick}
                x={gutterPx - 7}
                y={y(tick)}
                dy="0.35em"
                textAnchor="end"
                tone="faint"
              >
                {tickText(Number((tick / unit.divisor).toPrecision(6)))}
              </SvgText>
            ))}
        </svg>
        <svg width="100%" height={total} className="block overflow-visible" aria-hidden>
          {height > 0 && (
            <Ground
              view={view}
              parameters={parameters}
              shownMs={shownMs}
              min={min}
              max={max}
              top={top}
              height={height}
              ticks={ticks.join(' ')}
            />
          )}
          {rows.map((row) => (
            <line
              key={row.top}
              x1="0"
              x2="100%"
              y1={row.top + ROW_PX}
              y2={row.top + ROW_PX}
              stroke="var(--rule)"
            />
          ))}
          {groups.map(({ run, top: groupTop }) => (
            <SvgText key={run.variant} x="0" y={groupTop + 12} fontSize={11.5}>
              {run.title}
            </SvgText>
          ))}
          <Stretched from={now} top={0} height={total} opacity={0.25}>
            {ink}
          </Stretched>
          <Stretched to={now} top={0} height={total}>
            {ink}
          </Stretched>
          {height > 0 && (
            <g className="@lg:hidden">
              {thresholds.map(({ key, name, level }) => (
                <SvgText key={key} x="100%" y={y(level) - 4} textAnchor="end" halo>
                  {name}
                </SvgText>
              ))}
            </g>
          )}
          <line
            x1={percent(now)}
            x2={percent(now)}
            y1="0"
            y2={total}
            stroke="var(--accent)"
            strokeWidth={1}
          />
          {height > 0 &&
            labels.map(
              ({ key, value, style }) =>
                value !== undefined && (
                  <circle
                    key={key}
                    cx={percent(now)}
                    cy={y(value)}
                    r={3.5}
                    fill={style.colour}
                    stroke={PAPER}
                    strokeWidth={1.5}
                  />
                ),
            )}
          {values.map(
            ({ key, value }, i) =>
              value !== undefined && (
                <SvgText
                  key={key}
                  x={percent(now)}
                  dx={flipped ? -8 : 8}
                  y={valuePlaces[i]}
                  dy="0.35em"
                  textAnchor={flipped ? 'end' : 'start'}
                  tone="ink"
                  fontSize={12}
                  fontWeight={600}
                  halo
                >
                  {formatValue(value, view.y.unit)}
                </SvgText>
              ),
          )}
        </svg>
        {gutterLabels.length > 0 && (
          <svg
            width={gutterWidth(gutterLabels)}
            height={total}
            className="hidden overflow-visible @lg:block"
            aria-hidden
          >
            {gutterLabels.map(({ key, name, level, series }, i) => (
              <g key={key}>
                <line
                  x1="2"
                  x2="10"
                  y1={y(level)}
                  y2={places[i] ?? 0}
                  stroke={series ? series.style.colour : 'var(--ink-soft)'}
                  strokeWidth={series ? 1.75 : 1}
                />
                <SvgText
                  x="14"
                  y={places[i]}
                  dy="0.35em"
                  fontSize={LABEL_FONT_PX}
                  tone={series ? 'ink' : 'soft'}
                >
                  {shortened(name, LETTERS_MAX)}
                </SvgText>
              </g>
            ))}
          </svg>
        )}
      </div>
    </>
  );
}

function gutterWidth(labels: readonly { readonly name: string }[]): number {
  const letters = labels.map(({ name }) => shortened(name, LETTERS_MAX));
  return Math.ceil(16 + Math.max(0, ...letters.map((text) => textWidth(text, LABEL_FONT_PX))));
}

/** Above a panel: whose it is, what is counted in its strips, and what the lines are worth at `t`. */
function PanelHead({
  view,
  panel,
  labels,
  t,
  named,
  values,
}: {
  readonly view: ChartSpec;
  readonly panel: Panel;
  readonly labels: readonly Labelled[];
  readonly t: number;
  readonly named: boolean;
  /** Whether the values stand at the play-head already. */
  readonly values: boolean;
}): ReactNode {
  const [run] = panel.runs;
  const alone = panel.runs.length === 1;
  const outcomes = alone ? outcomesMarks(view) : [];
  const key = labels.length > 1;
  const series = key || (named && !values) ? labels : [];
  if (!named && outcomes.length === 0 && series.length === 0) return null;
  // At wide sizes the labels at the ends of the lines name them, and the values stand at the play-head.
  const onlyNarrow = key && !named && values;
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 pb-1 font-ui text-xs leading-5 text-ink-soft tabular-nums">
      {named && <span className="font-semibold text-ink">{run?.title}</span>}
      {outcomes.map((mark) => (
        <span key={mark.label} className="inline-flex flex-wrap items-baseline gap-x-3">
          <span>{mark.label}</span>
          {mark.kinds.map((kind) => (
            <span key={kind} className="inline-flex items-baseline gap-1.5">
              <OutcomeMark outcome={kind} />
              <span>
                {outcomeLabel(kind)}{' '}
                <span className="inline-block min-w-[2.2em] font-semibold text-ink">
                  {run?.index.sentCount({ from: mark.from, to: mark.to, kind }, t)}
                </span>
              </span>
            </span>
          ))}
        </span>
      ))}
      {series.length > 0 && (
        <span
          className={`inline-flex flex-wrap items-baseline gap-x-4 ${onlyNarrow ? '@lg:hidden' : ''} ${named ? 'ml-auto' : ''}`}
        >
          {series.map(({ key: id, name, style, value }) => (
            <span key={id} className="inline-flex items-baseline gap-1.5">
              {key && <Swatch style={style} />}
              {key && <span>{name}</span>}
              {!values && (
                <span className="inline-block min-w-[3em] text-right font-semibold text-ink">
                  {value === undefined ? '–' : formatValue(value, view.y.unit)}
                </span>
              )}
            </span>
          ))}
        </span>
      )}
    </div>
  );
}

const TimeAxis = memo(function TimeAxis({ shownMs }: { readonly shownMs: number }): ReactNode {
  const ticks = timeTicks(shownMs);
  return (
    <svg width="100%" height={AXIS_PX} className="block overflow-visible" aria-hidden>
      {ticks.map(({ atMs, text }, i) => {
        const share = shownMs > 0 ? atMs / shownMs : 0;
        return (
          <g key={atMs}>
            <line
              x1={percent(share)}
              x2={percent(share)}
              y1="0"
              y2="4"
              stroke="var(--rule-strong)"
            />
            <SvgText
              x={percent(share)}
              y="16"
              textAnchor={i === 0 ? 'start' : share > 0.97 ? 'end' : 'middle'}
              tone="faint"
            >
              {text}
            </SvgText>
          </g>
        );
      })}
    </svg>
  );
});

export function ChartView(props: ViewProps<ChartSpec>): ReactNode {
  const { view, runs, shownMs, parameters } = props;
  const overlaid = view.race === 'overlaid' || runs.length === 1;
  const height = plotHeightOf(overlaid ? 1 : runs.length);
  const panels = overlaid
    ? [panelOf(view, runs, height)]
    : runs.map((run) => panelOf(view, [run], height));
  const range = rangeOf(view, runs, parameters);
  const unit = axisUnit(view.y.unit, range.max);
  const ticks = niceTicks(
    range.min / unit.divisor,
    range.max / unit.divisor,
    Math.max(2, Math.round(height / 45)),
  ).map((tick) => tick * unit.divisor);
  const hasPlot = (panels[0]?.height ?? 0) > 0;
  const tickWidths = hasPlot
    ? ticks.map((tick) => textWidth(tickText(Number((tick / unit.divisor).toPrecision(6))), 11))
    : [];
  const gutterPx = Math.ceil(Math.max(20, 10 + Math.max(0, ...tickWidths)));
  const rightPx = gutterWidthOf(view, props, overlaid);
  return (
    <div className="@container font-ui" role="img" aria-label={describeChart(props)}>
      {hasPlot && (
        <p className="pb-1 text-xs leading-5 text-ink-soft">
          {view.y.label}
          {unit.unit !== '' && <span className="text-ink-faint">, {unit.unit}</span>}
        </p>
      )}
      <div className="space-y-2">
        {panels.map((panel) => (
          <div key={panel.runs[0]?.variant}>
            <ChartPanel
              props={props}
              panel={panel}
              range={range}
              ticks={ticks}
              gutterPx={gutterPx}
              named={!overlaid}
            />
          </div>
        ))}
      </div>
      <div className="grid grid-cols-[auto_minmax(0,1fr)_auto]">
        <svg width={gutterPx} height={AXIS_PX} className="block" aria-hidden />
        <TimeAxis shownMs={shownMs} />
        {rightPx > 0 && (
          <svg width={rightPx} height={AXIS_PX} className="hidden @lg:block" aria-hidden />
        )}
      </div>
    </div>
  );
}

/** Width of the labels on the right, which the time axis leaves free as the panels do. */
function gutterWidthOf(
  view: ChartSpec,
  { runs, t, parameters }: ViewProps<ChartSpec>,
  overlaid: boolean,
): number {
  const thresholds = (view.thresholds ?? [])
    .filter(({ at }) => levelAt(at, parameters, 0) !== undefined)
    .map(({ label }) => ({ name: label }));
  const series = overlaid ? labelled(view, runs, t) : [];
  const labels = [...thresholds, ...(series.length > 1 ? series : [])];
  return labels.length === 0 ? 0 : gutterWidth(labels);
}

/** What the chart shows at `t`, in one or two sentences. */
export function describeChart({ view, runs, t, shownMs }: ViewProps<ChartSpec>): string {
  const marks = seriesMarks(view);
  const said = perRun(runs, (run) => {
    const values = marks.map((mark) => {
      const value = run.index.valueAt(mark.series, t);
      const text = value === undefined ? 'not known yet' : formatValue(value, view.y.unit);
      return `${marks.length === 1 ? view.y.label : mark.label} ${text}`;
    });
    const counts = outcomesMarks(view).flatMap((mark) =>
      mark.kinds.map(
        (kind) =>
          `${formatNumber(run.index.sentCount({ from: mark.from, to: mark.to, kind }, t))} ${outcomeLabel(kind)}`,
      ),
    );
    return listed([...values, ...counts]);
  });
  return `${view.title}, at ${formatMoment(t, shownMs)}. ${said}.`;
}

/** The whole run at the ticks of the time axis and at its end. */
export function tableChart({ view, runs, shownMs }: ViewProps<ChartSpec>): ViewTable {
  const marks = seriesMarks(view);
  const strips = outcomesMarks(view);
  const of = (run: ViewRun, what: string): string =>
    runs.length === 1 ? what : `${run.title}: ${what}`;
  const times = niceTicks(0, shownMs, 10);
  if (times.at(-1) !== shownMs) times.push(shownMs);
  return {
    caption: `${view.title}: ${view.y.label}, over time`,
    columns: [
      'Time',
      ...runs.flatMap((run) => [
        ...marks.map((mark) => of(run, mark.label)),
        ...strips.flatMap((strip) =>
          strip.kinds.map((kind) => of(run, `${strip.label} ${outcomeLabel(kind)} so far`)),
        ),
      ]),
    ],
    rows: times.map((at) => [
      formatMoment(at, shownMs),
      ...runs.flatMap((run) => [
        ...marks.map((mark) => {
          const value = run.index.valueAt(mark.series, at);
          return value === undefined ? '–' : formatValue(value, view.y.unit);
        }),
        ...strips.flatMap((strip) =>
          strip.kinds.map((kind) =>
            formatNumber(run.index.sentCount({ from: strip.from, to: strip.to, kind }, at), 6),
          ),
        ),
      ]),
    ]),
  };
}
