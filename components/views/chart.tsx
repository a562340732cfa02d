/**
 * Series and outcomes over simulated time.
 *
 * The whole run is drawn once and memoised; with `t` move only the edge between the past, drawn in
 * full, and the future, drawn faintly, the play-head and the values at it. The edge is the viewport
 * of a nested SVG, so no id is needed that could occur twice on a page. Everything is placed in
 * percent across and in px down: the same markup is right at every width.
 */
import { memo, type ReactNode } from 'react';
import {
  areaPath,
  binned,
  columnsPath,
  linePath,
  PLOT_UNITS,
  stepPath,
  tickPath,
} from '@/components/charts/path';
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
import { At, PAPER, SvgText, shortened, wrapped } from './text';
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

/** The n-th series of a plot; what counts an outcome has its colour, and its own dash like any other. */
const styleOf = ({ outcome }: SeriesMark, n: number): SeriesStyle =>
  outcome ? { ...seriesStyle(n), colour: outcomeColour(outcome) } : seriesStyle(n);

/** A value of the y axis in words: the name of a state, or a number with its unit. */
const valueInWords = ({ y: { names, unit } }: ChartSpec, value: number): string =>
  names?.[value] ?? formatValue(value, unit);

const seriesMarks = (view: ChartSpec): SeriesMark[] =>
  view.marks.filter((mark): mark is SeriesMark => mark.type !== 'outcomes');
const outcomesMarks = (view: ChartSpec): OutcomesMark[] =>
  view.marks.filter((mark): mark is OutcomesMark => mark.type === 'outcomes');

const ROW_PX = 11;
const STRIP_GAP_PX = 5;
const GROUP_TITLE_PX = 16;
/** Room above the plot for half a line and half a dot. */
const HEAD_PX = 6;
/** A line of the name of the y axis, and how many letters it takes on a phone. */
const NAME_PX = 15;
const NAME_LETTERS = 46;
const FOOT_PX = 4;
const AXIS_PX = 20;
/** Strength of what has not happened yet. */
const FUTURE = 0.3;
/** With more marks than this in a row single strokes would run together: columns show how many. */
const STROKES_MAX = 400;
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
  undone: [
    [1, 2.5],
    [5, 10],
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
  const { names } = view.y;
  if (names) return { min: 0, max: names.length - 1 };
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
  /** Name of the y axis, in lines; empty on all panels but the first. */
  readonly name: readonly string[];
  /** Top and height of the plot; height 0 if the view has outcomes alone. */
  readonly top: number;
  readonly height: number;
  /** Height of the drawing. */
  readonly total: number;
}

/** Name of the y axis with its unit; the unit alone where the title has said the rest. */
function nameOfY(view: ChartSpec, unit: string): readonly string[] {
  const said = view.y.label.toLowerCase();
  if (said === view.title.toLowerCase()) return unit === '' ? [] : [unit];
  const withUnit = unit === '' || said.includes(unit) ? view.y.label : `${view.y.label}, ${unit}`;
  return wrapped(withUnit, NAME_LETTERS);
}

function panelOf(
  view: ChartSpec,
  runs: readonly ViewRun[],
  { height, name }: { readonly height: number; readonly name: readonly string[] },
): Panel {
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
  const top = hasPlot ? y + headOf(name) : y;
  return {
    runs,
    rows,
    groups,
    name,
    top,
    height: hasPlot ? height : 0,
    total: hasPlot ? top + height + FOOT_PX : Math.max(y, ROW_PX),
  };
}

/** Height of what stands between the strips and the plot, px. */
const headOf = (name: readonly string[]): number => name.length * NAME_PX + HEAD_PX;

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

const outlines = new WeakMap<RecordingIndex, Map<string, string>>();

/** Outlines are drawn twice, for the past and for the future, and made once. */
function outlineOf(index: RecordingIndex, place: string, make: () => string): string {
  const known = outlines.get(index) ?? new Map<string, string>();
  outlines.set(index, known);
  const found = known.get(place);
  if (found !== undefined) return found;
  const outline = make();
  known.set(place, outline);
  return outline;
}

/** The series of one run over the whole time. */
const SeriesInk = memo(function SeriesInk(props: InkProps): ReactNode {
  const { view, index, shownMs, min, max, top, height, styleFrom } = props;
  const y = (value: number): number => top + height * (1 - (value - min) / (max - min));
  const frame = { shownMs, y };
  return seriesMarks(view).map((mark, i) => {
    const series = index.series(mark.series);
    const { colour, dash } = styleOf(mark, styleFrom + i);
    const place = `${mark.type} ${mark.series} ${shownMs} ${min} ${max} ${top} ${height}`;
    const outline = outlineOf(index, place, () =>
      mark.type === 'line' ? linePath(series, frame) : stepPath(series, frame),
    );
    return (
      <g key={mark.series}>
        {mark.type === 'area' && (
          <path
            d={outlineOf(index, `${place} filled`, () =>
              areaPath(series, { ...frame, base: Math.max(0, min) }),
            )}
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

/** Times at which the messages of a row were sent. */
const timesOf = ({ index, mark, kind }: Row): Float64Array =>
  Float64Array.from(
    index.messages({ from: mark.from, to: mark.to, kind }),
    (row) => index.recording.messages.sentAt[row] ?? 0,
  );

/** One outcome of one run over the whole time: a single outline, however many there are. */
const OutcomeInk = memo(
  function OutcomeInk({
    row,
    shownMs,
    most,
  }: {
    readonly row: Row;
    readonly shownMs: number;
    /** The most in one stretch of any row, if the rows are crowded; 0 for single strokes. */
    readonly most: number;
  }): ReactNode {
    const { kind, top } = row;
    const { index, mark } = row;
    const outline = outlineOf(
      index,
      `${kind} ${mark.from} ${mark.to} ${shownMs} ${top} ${most}`,
      () => {
        const times = timesOf(row);
        if (most > 0)
          return columnsPath(binned(times, shownMs), { base: top + 10.5, height: 9.5, most });
        return tickPath(
          times,
          shownMs,
          TICKS[kind].map(([a, b]) => [top + a, top + b] as const),
        );
      },
    );
    if (most > 0) return <path d={outline} fill={outcomeColour(kind)} />;
    return (
      <path
        d={outline}
        fill="none"
        stroke={outcomeColour(kind)}
        strokeWidth={1.5}
        vectorEffect="non-scaling-stroke"
      />
    );
  },
  // Rows are made anew at each frame; what they are made of is not.
  (a, b) =>
    a.shownMs === b.shownMs &&
    a.most === b.most &&
    a.row.index === b.row.index &&
    a.row.mark === b.row.mark &&
    a.row.kind === b.row.kind &&
    a.row.top === b.row.top,
);

const densities = new WeakMap<ChartSpec, WeakMap<RecordingIndex, number>>();

/** The most marks in one stretch of a run's rows if one of them is crowded, else 0. */
function densityOf(view: ChartSpec, index: RecordingIndex, shownMs: number): number {
  const known = densities.get(view) ?? new WeakMap<RecordingIndex, number>();
  densities.set(view, known);
  const found = known.get(index);
  if (found !== undefined) return found;
  let most = 0;
  let crowded = false;
  for (const mark of outcomesMarks(view))
    for (const kind of mark.kinds) {
      const times = timesOf({ index, mark, kind, top: 0 });
      crowded ||= times.length > STROKES_MAX;
      most = Math.max(most, ...binned(times, shownMs));
    }
  const density = crowded ? most : 0;
  known.set(index, density);
  return density;
}

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
            d={tickPath(rules, shownMs, [[top, top + height]])}
            stroke="var(--rule-strong)"
            strokeWidth={1}
            strokeDasharray="1 3"
            vectorEffect="non-scaling-stroke"
          />
        </Stretched>
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
        style: styleOf(mark, r * marks.length + m),
        value: run.index.valueAt(mark.series, t),
        endsAt: series.value[series.value.length - 1] ?? 0,
      };
    }),
  );
}

/** Marks of the strips and numbers of the ticks, each given with its place: texts, so that equal ones are known to be equal. */
const LeftGutter = memo(function LeftGutter({
  marks,
  ticks,
  width,
  height,
}: {
  /** "accepted 0,rejected 11" */
  readonly marks: string;
  /** Place and text: "43.2 10;96 0" */
  readonly ticks: string;
  readonly width: number;
  readonly height: number;
}): ReactNode {
  const pairs = (text: string, between: string) =>
    text === '' ? [] : text.split(between).map((pair) => pair.split(/ (.*)/));
  return (
    <svg width={width} height={height} className="block" aria-hidden="true">
      {pairs(marks, ',').map(([kind, top]) => (
        <At key={top} x={width - 10} y={Number(top) + ROW_PX / 2}>
          <OutcomeGlyph outcome={kind as Outcome} size={7} />
        </At>
      ))}
      {pairs(ticks, ';').map(([y, text]) => (
        <SvgText key={y} x={width - 7} y={y} dy="0.35em" textAnchor="end" tone="faint">
          {text}
        </SvgText>
      ))}
    </svg>
  );
});

const LABEL_FONT_PX = 11.5;
const LETTERS_MAX = 26;

function ChartPanel({
  props,
  panel,
  range,
  ticks,
  gutterPx,
  rightPx,
  named,
  first,
  most,
}: {
  readonly props: ViewProps<ChartSpec>;
  readonly panel: Panel;
  readonly range: { readonly min: number; readonly max: number };
  readonly ticks: readonly number[];
  readonly gutterPx: number;
  readonly rightPx: number;
  /** Whether the panel carries the title of its run. */
  readonly named: boolean;
  readonly first: boolean;
  /** See `OutcomeInk`. */
  readonly most: number;
}): ReactNode {
  const { view, t, shownMs, parameters } = props;
  const { runs, rows, groups, name, top, height, total } = panel;
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
        <OutcomeInk key={row.top} row={row} shownMs={shownMs} most={most} />
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
  const values = valuesAtHead(height, labels.length) ? labels : [];
  // Above the line rather than on it.
  const valuePlaces = placeLabels(
    values.map((each) => y(each.value ?? min) - 9),
    { gap: 14, min: top + 2, max: top + height - 8 },
  );
  const flipped = now > 0.5;
  return (
    <>
      <PanelHead
        props={props}
        panel={panel}
        labels={labels}
        named={named}
        first={first}
        values={values.length > 0}
      />
      <div className="grid grid-cols-[auto_minmax(0,1fr)_auto]">
        <LeftGutter
          marks={rows.map((row) => `${row.kind} ${row.top}`).join(',')}
          ticks={
            height > 0
              ? ticks.map((tick) => `${y(tick)} ${tickName(view, tick, unit)}`).join(';')
              : ''
          }
          width={gutterPx}
          height={total}
        />
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
          {name.map((line, i) => (
            <SvgText
              key={line}
              x={2 - gutterPx}
              y={top - HEAD_PX - 3 - (name.length - 1 - i) * NAME_PX}
            >
              {line}
            </SvgText>
          ))}
          <Stretched from={now} top={0} height={total} opacity={FUTURE}>
            {ink}
          </Stretched>
          <Stretched to={now} top={0} height={total}>
            {ink}
          </Stretched>
          {height > 0 && (
            <g className="@xl:hidden">
              {thresholds.map(({ key, name, level }) => (
                <SvgText
                  key={key}
                  // On the side where the play-head and its value are not.
                  x={now > 0.7 ? '0' : '100%'}
                  y={y(level) - 4}
                  textAnchor={now > 0.7 ? 'start' : 'end'}
                  halo
                >
                  {name}
                </SvgText>
              ))}
            </g>
          )}
          {/* The play-head leaves out the line that names the axis. */}
          {[
            [0, rows.length > 0 ? top - headOf(name) : 0],
            [height > 0 ? top - HEAD_PX : total, total],
          ].map(
            ([from = 0, to = 0]) =>
              to > from && (
                <line
                  key={from}
                  x1={percent(now)}
                  x2={percent(now)}
                  y1={from}
                  y2={to}
                  stroke="var(--accent)"
                  strokeWidth={1}
                />
              ),
          )}
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
                  dx={flipped ? -6 : 6}
                  y={valuePlaces[i]}
                  dy="0.35em"
                  textAnchor={flipped ? 'end' : 'start'}
                  tone="ink"
                  fontSize={12}
                  fontWeight={600}
                  halo
                >
                  {view.y.names?.[value] ?? formatNumber(value / unit.divisor)}
                </SvgText>
              ),
          )}
        </svg>
        {rightPx > 0 && (
          <svg
            width={rightPx}
            height={total}
            className="hidden overflow-visible @xl:block"
            aria-hidden
          >
            {gutterLabels.map(({ key, name, level, series }, i) => (
              <g key={key}>
                <path
                  d={`M1 ${y(level)}L9 ${places[i] ?? 0}${series ? '' : 'H12'}`}
                  fill="none"
                  stroke={series ? series.style.colour : 'var(--ink-soft)'}
                  strokeOpacity={0.7}
                />
                {series && (
                  <line
                    x1="10"
                    x2={GUTTER_TEXT_PX - 5}
                    y1={places[i]}
                    y2={places[i]}
                    stroke={series.style.colour}
                    strokeWidth={2}
                    strokeDasharray={series.style.dash}
                  />
                )}
                <SvgText
                  x={series ? GUTTER_TEXT_PX : 15}
                  y={places[i]}
                  dy="0.35em"
                  fontSize={LABEL_FONT_PX}
                  tone={series ? 'ink' : 'soft'}
                >
                  {shortened(name, LETTERS_MAX)}
                  {series && values.length === 0 && (
                    <tspan dx="5" fontWeight={600}>
                      {series.value === undefined
                        ? '–'
                        : (view.y.names?.[series.value] ??
                          formatNumber(series.value / unit.divisor))}
                    </tspan>
                  )}
                </SvgText>
              </g>
            ))}
          </svg>
        )}
      </div>
    </>
  );
}

/** Where the text begins behind a leader and a piece of the line. */
const GUTTER_TEXT_PX = 34;
/** Room for a number behind the name. */
const GUTTER_VALUE_PX = 40;

function gutterWidth(
  labels: readonly { readonly name: string; readonly series: unknown }[],
  valued: boolean,
): number {
  const widths = labels.map(({ name, series }) => {
    const text = textWidth(shortened(name, LETTERS_MAX), LABEL_FONT_PX);
    return series ? GUTTER_TEXT_PX + text + (valued ? GUTTER_VALUE_PX : 0) : 16 + text;
  });
  return Math.ceil(Math.max(0, ...widths));
}

/** Above a panel: whose it is, what is counted in its strips, and what the lines are worth at `t`. */
function PanelHead({
  props,
  panel,
  labels,
  named,
  first,
  values,
}: {
  readonly props: ViewProps<ChartSpec>;
  readonly panel: Panel;
  readonly labels: readonly Labelled[];
  readonly named: boolean;
  readonly first: boolean;
  /** Whether the values stand at the play-head already. */
  readonly values: boolean;
}): ReactNode {
  const { view, t, shownMs, parameters } = props;
  const [run] = panel.runs;
  const outcomes = panel.runs.length === 1 ? outcomesMarks(view) : [];
  const key = labels.length > 1;
  const series = key || (named && !values) ? labels : [];
  const rules = first && panel.height > 0 && ruleTimes(view, parameters, shownMs).length > 0;
  if (!named && outcomes.length === 0 && series.length === 0 && !rules) return null;
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 pb-1 text-xs leading-5 text-ink-soft tabular-nums">
      {named && <span className="font-semibold text-ink">{run?.title}</span>}
      {outcomes.map((mark) => (
        <span
          key={mark.label}
          className={`inline-flex flex-wrap items-baseline gap-x-3 ${named ? 'order-last w-full @xl:order-none @xl:w-auto' : ''}`}
        >
          {(!named || outcomes.length > 1) && <span>{mark.label}</span>}
          {mark.kinds.map((kind) => (
            <span key={kind} className="inline-flex items-baseline gap-1.5">
              <OutcomeMark outcome={kind} />
              <span>
                {outcomeLabel(kind)}{' '}
                <span className="inline-block min-w-[2.2em] font-semibold text-ink">
                  {formatNumber(
                    run?.index.sentCount({ from: mark.from, to: mark.to, kind }, t) ?? 0,
                    6,
                  )}
                </span>
              </span>
            </span>
          ))}
        </span>
      ))}
      {rules && (
        <span className="inline-flex items-baseline gap-1.5">
          <svg width="3" height="11" className="inline-block self-center" aria-hidden="true">
            <path d="M1.5 0V11" stroke="var(--rule-strong)" strokeDasharray="1 2" />
          </svg>
          {view.rules?.label}
        </span>
      )}
      {series.length > 0 && (
        <span
          className={`inline-flex flex-wrap items-baseline gap-x-4 ${named ? 'ml-auto' : '@xl:hidden'}`}
        >
          {series.map(({ key: id, name, style, value }) => (
            <span key={id} className="inline-flex items-baseline gap-1.5">
              {key && <Swatch style={style} />}
              {key && <span>{name}</span>}
              {!values && (
                <span className="inline-block min-w-[3em] text-right font-semibold text-ink">
                  {value === undefined ? '–' : valueInWords(view, value)}
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

/** What stands at a tick of the y axis. */
const tickName = (
  { y }: ChartSpec,
  tick: number,
  { divisor }: { readonly divisor: number },
): string => y.names?.[tick] ?? tickText(Number((tick / divisor).toPrecision(6)));

/** Values stand at the play-head where they have room; elsewhere with the names. */
const valuesAtHead = (height: number, lines: number): boolean => height >= 100 && lines <= 3;

export function ChartView(props: ViewProps<ChartSpec>): ReactNode {
  const { view, runs, t, shownMs, parameters } = props;
  const overlaid = view.race === 'overlaid' || runs.length === 1;
  const height = plotHeightOf(overlaid ? 1 : runs.length);
  const range = rangeOf(view, runs, parameters);
  const unit = axisUnit(view.y.unit, range.max);
  const name = nameOfY(view, unit.unit);
  const panels = overlaid
    ? [panelOf(view, runs, { height, name })]
    : runs.map((run, i) => panelOf(view, [run], { height, name: i === 0 ? name : [] }));
  const ticks = view.y.names
    ? view.y.names.map((_, value) => value)
    : niceTicks(
        range.min / unit.divisor,
        range.max / unit.divisor,
        Math.max(2, Math.round(height / 45)),
      ).map((tick) => tick * unit.divisor);
  const hasPlot = (panels[0]?.height ?? 0) > 0;
  const tickWidths = hasPlot ? ticks.map((tick) => textWidth(tickName(view, tick, unit), 11)) : [];
  const gutterPx = Math.ceil(Math.max(20, 10 + Math.max(0, ...tickWidths)));
  const named = overlaid ? labelled(view, runs, t) : [];
  const rightPx = hasPlot
    ? gutterWidth(
        [
          ...(view.thresholds ?? []).map(({ label }) => ({ name: label, series: undefined })),
          ...(named.length > 1 ? named.map((each) => ({ name: each.name, series: each })) : []),
        ],
        !valuesAtHead(height, named.length),
      )
    : 0;
  const most = Math.max(0, ...runs.map((run) => densityOf(view, run.index, shownMs)));
  return (
    <div className="@container font-ui" role="img" aria-label={describeChart(props)}>
      <div className="space-y-3">
        {panels.map((panel, i) => (
          <div key={panel.runs[0]?.variant}>
            <ChartPanel
              props={props}
              panel={panel}
              range={range}
              ticks={ticks}
              gutterPx={gutterPx}
              rightPx={rightPx}
              named={!overlaid}
              first={i === 0}
              most={most}
            />
          </div>
        ))}
      </div>
      <div className="grid grid-cols-[auto_minmax(0,1fr)_auto]">
        <svg width={gutterPx} height={AXIS_PX} className="block" aria-hidden="true" />
        <TimeAxis shownMs={shownMs} />
        {rightPx > 0 && (
          <svg width={rightPx} height={AXIS_PX} className="hidden @xl:block" aria-hidden="true" />
        )}
      </div>
    </div>
  );
}

/** What the chart shows at `t`, in one or two sentences. */
export function describeChart({ view, runs, t, shownMs }: ViewProps<ChartSpec>): string {
  const marks = seriesMarks(view);
  const said = perRun(runs, (run) => {
    const values = marks.map((mark) => {
      const value = run.index.valueAt(mark.series, t);
      const text = value === undefined ? 'not known yet' : valueInWords(view, value);
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
          return value === undefined ? '–' : valueInWords(view, value);
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
