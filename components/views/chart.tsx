/**
 * Series and outcomes over simulated time.
 *
 * What depends on the run alone (places, grid, outlines, names) is made once and memoised; with `t`
 * move only the edge between the past, drawn in full, and the future, drawn faintly, the play-head
 * and the values at it. The edge is a mask, which moves without laying anything out again. Everything
 * is placed in percent across and in px down: the same markup is right at every width. Colours,
 * dashes and sizes are those of views.css.
 */
import { type CSSProperties, memo, type ReactNode, useMemo } from 'react';
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
import { forkStyle, seriesStyle } from '@/components/charts/series-style';
import type { Outcome } from '@/lib/kernel/outcomes';
import { formatMoment, formatNumber, formatValue } from '@/lib/simulation/format';
import { levelAt, levelSteps } from '@/lib/simulation/levels';
import type { ParameterValue, Schedule } from '@/lib/simulation/parameters';
import type { RecordingIndex } from '@/lib/simulation/recording-index';
import type { ChartMark, ChartView as ChartSpec } from '@/lib/simulation/views';
import { Fitted } from './fitted';
import { OutcomeGlyph, OutcomeMark, outcomeClass, outcomeLabel } from './outcome-mark';
import { Part } from './part';
import { Drawing, px, Stretched, Svg, SvgText, shortened, wrapped } from './text';
import type { ViewKind } from './view';
import {
  listed,
  perRun,
  standsWithValue,
  type ViewProps,
  type ViewRun,
  type ViewTable,
} from './view-props';

type SeriesMark = Extract<ChartMark, { readonly series: string }>;
type OutcomesMark = Extract<ChartMark, { readonly type: 'outcomes' }>;

/** A line of a plot that shows these runs: the m-th series of the r-th run. */
interface LinePlace {
  readonly runs: readonly ViewRun[];
  readonly marks: readonly SeriesMark[];
  readonly r: number;
  readonly m: number;
}

/**
 * Its classes. What counts an outcome has its colour, and its own dash like any other. Beside their
 * original forks have the colour of its series, or if there is only one a colour of their own, and
 * always the dash of a fork.
 */
function classOf({ runs, marks, r, m }: LinePlace): string {
  const outcome = marks[m]?.outcome;
  const forked = isForked(runs);
  const place = forked && marks.length > 1 ? m : r * marks.length + m;
  return [
    seriesStyle(place).className,
    ...(outcome ? [outcomeClass(outcome)] : []),
    ...(forked ? [forkStyle(runs[r]?.fork ?? null).className] : []),
  ].join(' ');
}

/** Whether these are an original and what became of it elsewhere: read best in one plot. */
const isForked = (runs: readonly ViewRun[]): boolean =>
  runs.some(({ fork }) => fork === null) && runs.some(({ fork }) => fork !== null);

/** More lines than that would be a tangle: each fork then has a plot of its own. */
const FORKED_LINES_MAX = 8;

/** A value of the y axis in words: the name of a state, or a number with its unit. */
const valueInWords = ({ y: { names, unit } }: ChartSpec, value: number): string =>
  names?.[value] ?? formatValue(value, unit);

const seriesMarks = (view: ChartSpec): SeriesMark[] =>
  view.marks.filter((mark): mark is SeriesMark => mark.type !== 'outcomes');
const outcomesMarks = (view: ChartSpec): OutcomesMark[] =>
  view.marks.filter((mark): mark is OutcomesMark => mark.type === 'outcomes');

/** Whether there is more than strips of outcomes. */
const hasPlot = (view: ChartSpec): boolean =>
  seriesMarks(view).length > 0 || (view.thresholds ?? []).length > 0;

const LABEL_FONT_PX = 11.5;
const LETTERS_MAX = 26;
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
/** With more marks than this in a row single strokes would run together: columns show how many. */
const STROKES_MAX = 400;
/** Beyond this many rules the plot would be a hatching. */
const RULES_MAX = 240;

/** Top and bottom of a stroke in its row, px; which part of it is inked is the outcome's. */
const STROKE = [1, ROW_PX - 1] as const;

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

/** Whether all that is drawn are small whole numbers, zeros alone among them. */
function isWhole(view: ChartSpec, runs: readonly ViewRun[]): boolean {
  const series = seriesMarks(view).flatMap((mark) =>
    runs.map((run) => run.index.series(mark.series)),
  );
  return series.every(
    ({ least, greatest, value }) => least >= 0 && greatest <= 2 && value.every(isWholeNumber),
  );
}

const isWholeNumber = (value: number): boolean => Number.isNaN(value) || Number.isInteger(value);

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
  const isPlotted = hasPlot(view);
  const top = isPlotted ? y + headOf(name) : y;
  return {
    runs,
    rows,
    groups,
    name,
    top,
    height: isPlotted ? height : 0,
    total: isPlotted ? top + height + FOOT_PX : Math.max(y, ROW_PX),
  };
}

/** Height of what stands between the strips and the plot, px. */
const headOf = (name: readonly string[]): number => name.length * NAME_PX + HEAD_PX;

type PlanProps = Omit<ViewProps<ChartSpec>, 't' | 'beside' | 'live'>;

/** The y axis, what is named beside the plot, and the room that both take. */
interface Axis {
  /** Whether all runs share one panel. */
  readonly overlaid: boolean;
  /** Height of the plot of a panel, px. */
  readonly height: number;
  readonly range: { readonly min: number; readonly max: number };
  readonly unit: string;
  /** What a value of the axis is divided by before it is written. */
  readonly divisor: number;
  readonly ticks: readonly number[];
  readonly thresholds: readonly { readonly name: string; readonly level: number }[];
  readonly leftPx: number;
  readonly rightPx: number;
}

/** All that depends on the run and not on `t`. */
interface Plan extends PlanProps, Axis {
  readonly panels: readonly Panel[];
  /** Times of the vertical rules; none if they would stand too close. */
  readonly rules: readonly number[];
  /** The most marks in one stretch of any row, if the rows are crowded; 0 for single strokes. */
  readonly most: number;
}

function axisOf({ view, runs, shownMs, parameters }: PlanProps): Axis {
  const lineCount = seriesMarks(view).length * runs.length;
  const overlaid =
    view.race === 'overlaid' ||
    runs.length === 1 ||
    (isForked(runs) && lineCount <= FORKED_LINES_MAX);
  const height = plotHeightOf(overlaid ? 1 : runs.length);
  const range = rangeOf(view, runs, parameters);
  const { unit, divisor } = axisUnit(view.y.unit, range.max);
  const count = Math.max(2, Math.round(height / 45));
  const nice = niceTicks(range.min / divisor, range.max / divisor, count);
  const ticks = view.y.names
    ? view.y.names.map((_, value) => value)
    : // There is no half of what is counted, unless a mean of it is drawn.
      (range.max >= 1 && isWhole(view, runs) ? nice.filter(Number.isInteger) : nice).map(
        (tick) => tick * divisor,
      );
  const tickWidths = hasPlot(view)
    ? ticks.map((tick) => textWidth(tickName(view, tick, divisor), 11))
    : [];
  const thresholds = (view.thresholds ?? []).flatMap(({ at, label }) => {
    const level = levelAt(at, parameters, shownMs);
    return level === undefined ? [] : [{ name: label, level }];
  });
  const lines = overlaid ? linesOf(view, runs) : [];
  const rightPx = hasPlot(view)
    ? gutterWidth(
        [
          ...thresholds.map((each) => ({ name: each.name, isLine: false })),
          ...(lines.length > 1 ? lines.map((each) => ({ name: each.name, isLine: true })) : []),
        ],
        !valuesAtHead(height, lines.length),
      )
    : 0;
  const leftPx = Math.ceil(Math.max(20, 10 + Math.max(0, ...tickWidths)));
  return { overlaid, height, range, unit, divisor, ticks, thresholds, leftPx, rightPx };
}

/** @param beside the charts of the figure: a moment stands in one line through all of them */
function planOf(props: PlanProps, beside: readonly ChartSpec[]): Plan {
  const { view, runs, shownMs, parameters } = props;
  const axis = axisOf(props);
  const { overlaid, height } = axis;
  const axes = [axis, ...beside.map((other) => axisOf({ ...props, view: other }))];
  const name = nameOfY(view, axis.unit);
  const panels = overlaid
    ? [panelOf(view, runs, { height, name })]
    : runs.map((run, i) => panelOf(view, [run], { height, name: i === 0 ? name : [] }));
  return {
    ...props,
    ...axis,
    panels,
    rules: hasPlot(view) ? ruleTimes(view, parameters, shownMs) : [],
    leftPx: Math.max(...axes.map(({ leftPx }) => leftPx)),
    rightPx: Math.max(...axes.map(({ rightPx }) => rightPx)),
    most: densityOf(panels, shownMs),
  };
}

/** Value → whole px from the top of a panel, so that lines and levels of one value meet. */
const scaleOf =
  ({ min, max }: Plan['range'], { top, height }: Panel) =>
  (value: number): number =>
    Math.round(top + height * (1 - (value - min) / (max - min)));

/** What stands at a tick of the y axis. */
const tickName = ({ y }: ChartSpec, tick: number, divisor: number): string =>
  y.names?.[tick] ?? tickText(Number((tick / divisor).toPrecision(6)));

/** What stands at a value of a line, whose unit is that of the axis. */
const valueName = ({ view: { y }, divisor }: Plan, value: number): string =>
  y.names?.[value] ?? formatNumber(value / divisor);

/** Times at which the messages of a row were sent. */
const timesOf = ({ index, mark, kind }: Row): Float64Array =>
  Float64Array.from(
    index.messages({ from: mark.from, to: mark.to, kind }),
    (row) => index.recording.messages.sentAt[row] ?? 0,
  );

/** The most marks in one stretch of a row if a row is crowded, else 0. */
function densityOf(panels: readonly Panel[], shownMs: number): number {
  let most = 0;
  let crowded = false;
  for (const row of panels.flatMap((panel) => panel.rows)) {
    const times = timesOf(row);
    crowded ||= times.length > STROKES_MAX;
    most = Math.max(most, ...binned(times, shownMs));
  }
  return crowded ? most : 0;
}

function ruleTimes(
  view: ChartSpec,
  parameters: Readonly<Record<string, ParameterValue>>,
  shownMs: number,
): number[] {
  const everyMs = view.rules && levelAt(view.rules.everyMs, parameters, 0);
  if (!everyMs || !(everyMs > 0) || shownMs / everyMs > RULES_MAX) return [];
  return Array.from({ length: Math.ceil(shownMs / everyMs) - 1 }, (_, i) => (i + 1) * everyMs);
}

interface PanelProps {
  readonly plan: Plan;
  readonly panel: Panel;
}

/** Series and outcomes over the whole time: an outline each, however many there are. */
const Ink = memo(function Ink({ plan, panel }: PanelProps): ReactNode {
  const { view, shownMs, range, most } = plan;
  const { rows, runs, height } = panel;
  const { min, max } = range;
  // Not rounded here: which points lie on a line is decided before.
  const y = (value: number): number => panel.top + height * (1 - (value - min) / (max - min));
  const marks = seriesMarks(view);
  const forked = isForked(runs);
  return (
    <>
      {rows.map((row) => {
        const times = timesOf(row);
        if (times.length === 0) return null;
        const columns = { base: row.top + ROW_PX - 1, height: ROW_PX - 2, most };
        return (
          <path
            key={row.top}
            className={`${most > 0 ? 'v-solid' : 'v-stroke'} ${outcomeClass(row.kind)}`}
            d={
              most > 0
                ? columnsPath(binned(times, shownMs), columns)
                : tickPath(times, shownMs, [row.top + STROKE[0], row.top + STROKE[1]])
            }
          />
        );
      })}
      {(height > 0 ? runs : []).map((run, r) =>
        marks.map((mark, m) => {
          const series = run.index.series(mark.series);
          const frame = { shownMs, endMs: Math.min(shownMs, run.index.shownMs), y };
          return (
            <g key={`${run.id} ${mark.series}`} className={classOf({ runs, marks, r, m })}>
              {mark.type === 'area' && !(forked && run.fork !== null) && (
                <path
                  className="v-area"
                  d={areaPath(series, { ...frame, base: Math.max(0, range.min) })}
                />
              )}
              <path
                className="v-line"
                d={mark.type === 'line' ? linePath(series, frame) : stepPath(series, frame)}
              />
            </g>
          );
        }),
      )}
    </>
  );
});

/** Grid, rules and thresholds, and the lines below the rows. */
const Ground = memo(function Ground({ plan, panel }: PanelProps): ReactNode {
  const { view, parameters, shownMs, range, ticks, rules } = plan;
  const { rows, top, height, total } = panel;
  const y = scaleOf(range, panel);
  const across = (levels: readonly number[]): string =>
    levels.map((level) => `M0 ${level}h${PLOT_UNITS}`).join('');
  const base = Math.max(0, range.min);
  const grid = height > 0 ? ticks : [];
  const levels = [
    ...rows.map((row) => row.top + ROW_PX),
    ...grid.filter((tick) => tick !== base).map(y),
  ];
  return (
    <Stretched units={PLOT_UNITS} height={total}>
      {levels.length > 0 && <path className="v-rule" d={across(levels)} />}
      {grid.includes(base) && <path className="v-axis" d={across([y(base)])} />}
      {rules.length > 0 && (
        <path className="v-axis v-dots" d={tickPath(rules, shownMs, [top, top + height])} />
      )}
      {(height > 0 ? (view.thresholds ?? []) : []).map(({ at, label }) => (
        <path
          key={label}
          className="v-level"
          d={stepPath(seriesOfSteps(levelSteps(at, parameters)), { shownMs, y })}
        />
      ))}
    </Stretched>
  );
});

const seriesOfSteps = (steps: Schedule) => ({
  at: Float64Array.from(steps, (step) => step.atMs),
  value: Float64Array.from(steps, (step) => step.value),
  least: 0,
  greatest: 0,
});

/** A short piece of the series' own line. */
function Swatch({ className }: { readonly className: string }): ReactNode {
  return (
    <Svg width="18" height="8">
      <path className={`v-line ${className}`} d="M0 4h18" />
    </Svg>
  );
}

/** A line of the plot. */
interface Line {
  readonly key: string;
  readonly name: string;
  /** See `classOf`. */
  readonly className: string;
  readonly series: string;
  readonly index: RecordingIndex;
  /** Last value of the run, where the line ends. */
  readonly endsAt: number;
}

function linesOf(view: ChartSpec, runs: readonly ViewRun[]): Line[] {
  const marks = seriesMarks(view);
  return runs.flatMap((run, r) =>
    marks.map((mark, m) => ({
      key: `${run.id} ${mark.series}`,
      name:
        runs.length === 1
          ? mark.label
          : marks.length === 1
            ? run.title
            : `${run.title}, ${mark.label}`,
      className: classOf({ runs, marks, r, m }),
      series: mark.series,
      index: run.index,
      endsAt: run.index.series(mark.series).value.at(-1) ?? 0,
    })),
  );
}

/** A line with its value at `t`. */
interface Labelled extends Line {
  readonly value: number | undefined;
}

const labelled = (lines: readonly Line[], t: number): Labelled[] =>
  lines.map((line) => ({ ...line, value: line.index.valueAt(line.series, t) }));

/** Marks of the strips and numbers of the ticks, to the left of the plot. */
const LeftGutter = memo(function LeftGutter({ plan, panel }: PanelProps): ReactNode {
  const { view, ticks, divisor, range } = plan;
  const y = scaleOf(range, panel);
  return (
    <>
      {panel.rows.map(({ kind, top }) => (
        <OutcomeGlyph key={top} outcome={kind} x="-10" y={top + ROW_PX / 2} />
      ))}
      {panel.height > 0 && (
        <g className="v-ticks">
          {ticks.map((tick) => (
            <SvgText key={tick} x="-7" y={y(tick)} centred>
              {tickName(view, tick, divisor)}
            </SvgText>
          ))}
        </g>
      )}
    </>
  );
});

/** Titles of the runs that share the strips, and the name of the y axis. */
const Names = memo(function Names({ plan: { leftPx }, panel }: PanelProps): ReactNode {
  const { groups, name, top } = panel;
  return (
    <>
      {groups.map(({ run, top: groupTop }) => (
        <SvgText key={run.id} y={groupTop + 12} fontSize={LABEL_FONT_PX}>
          {run.title}
        </SvgText>
      ))}
      {name.map((line, i) => (
        <SvgText key={line} x={2 - leftPx} y={top - HEAD_PX - 3 - (name.length - 1 - i) * NAME_PX}>
          {line}
        </SvgText>
      ))}
    </>
  );
});

/** Names of the thresholds where there is no gutter for them: on the side where the play-head is not. */
const ThresholdNames = memo(function ThresholdNames({
  plan: { thresholds, range },
  panel,
  onLeft,
}: PanelProps & { readonly onLeft: boolean }): ReactNode {
  const y = scaleOf(range, panel);
  if (panel.height === 0 || thresholds.length === 0) return null;
  // Above its line, and below one that is as high as the plot: there stands the name of the axis.
  const baseline = (level: number): number =>
    y(level) - LABEL_FONT_PX < panel.top ? y(level) + LABEL_FONT_PX : y(level) - 4;
  return (
    <g className="v-narrow-only">
      {thresholds.map(({ name, level }) => (
        <SvgText
          key={name}
          x={onLeft ? undefined : '100%'}
          y={baseline(level)}
          textAnchor={onLeft ? 'start' : 'end'}
          halo
        >
          {name}
        </SvgText>
      ))}
    </g>
  );
});

/** Names of thresholds and lines at the right, each led to where it belongs. */
const RightGutter = memo(function RightGutter({
  plan: { thresholds, range },
  panel,
  lines,
  values,
}: PanelProps & {
  readonly lines: readonly Line[];
  /** What the lines are worth, line by line; empty if that stands elsewhere. */
  readonly values: string;
}): ReactNode {
  const y = scaleOf(range, panel);
  const texts = values.split('\n');
  const labels = [
    ...thresholds.map(({ name, level }) => ({
      key: name,
      name,
      level,
      className: undefined,
      text: '',
    })),
    ...lines.map(({ key, name, endsAt, className }, i) => ({
      key,
      name,
      level: endsAt,
      className,
      text: texts[i] ?? '',
    })),
  ];
  if (labels.length === 0) return null;
  const places = placeLabels(
    labels.map(({ level }) => y(level)),
    {
      gap: 14,
      min: Math.min(panel.top, panel.total - 14 * labels.length),
      max: panel.total - 6,
    },
  );
  return (
    <Svg className="v-wide-only" x="100%">
      {labels.map(({ key, name, level, className, text }, i) => {
        const place = px(places[i] ?? 0);
        return (
          // Told from its own place, labels are alike.
          <Svg key={key} y={place} className={className}>
            <path
              className="v-leader"
              d={`M1 ${px(y(level) - place)}L9 0${className ? '' : 'h3'}`}
            />
            {className && <path className="v-line" d={`M10 0h${GUTTER_TEXT_PX - 15}`} />}
            <SvgText
              x={className ? GUTTER_TEXT_PX : 15}
              y={0}
              centred
              fontSize={LABEL_FONT_PX}
              tone={className ? 'ink' : 'soft'}
            >
              {shortened(name, LETTERS_MAX)}
              {text !== '' && (
                <tspan dx="5" className="v-bold">
                  {text}
                </tspan>
              )}
            </SvgText>
          </Svg>
        );
      })}
    </Svg>
  );
});

function ChartPanel({ plan, panel, t }: PanelProps & { readonly t: number }): ReactNode {
  const { view, shownMs, overlaid, range, rightPx } = plan;
  const { runs, rows, name, top, height, total } = panel;
  const y = scaleOf(range, panel);
  // Rounded, so that what stands there does not depend on the last digits of a time.
  const now = Math.round(Math.min(1, Math.max(0, shownMs > 0 ? t / shownMs : 0)) * 1e5) / 1e5;
  const lines = useMemo(() => linesOf(view, runs), [view, runs]);
  const mostCounts = useMemo(() => countsOf(plan, panel, shownMs), [plan, panel, shownMs]);
  const widest = useMemo(() => widestOf(view, range), [view, range]);
  const labels = labelled(lines, t);
  const several = labels.length > 1;
  // Values stand at the play-head where they have room; elsewhere with the names.
  const atHead = valuesAtHead(height, labels.length);
  const values = atHead ? labels : [];
  // Above the line rather than on it.
  const valuePlaces = placeLabels(
    values.map((each) => y(each.value ?? range.min) - 9),
    { gap: 14, min: top + 2, max: top + height - 8 },
  );
  // As texts, so that equal ones are known to be equal and what shows them is not made again.
  const texts = (say: (value: number) => string): string =>
    labels.map(({ value }) => (value === undefined ? '–' : say(value))).join('\n');
  const flipped = now > 0.5;
  return (
    <div className="v-panel">
      <PanelHead
        plan={plan}
        panel={panel}
        lines={lines}
        counts={countsOf(plan, panel, t)}
        values={atHead ? '' : texts((value) => valueInWords(view, value))}
        mostCounts={mostCounts}
        widest={widest}
      />
      <Drawing height={total}>
        <Svg>
          <LeftGutter plan={plan} panel={panel} />
          <Names plan={plan} panel={panel} />
          <Ground plan={plan} panel={panel} />
          {rightPx > 0 && (
            <RightGutter
              plan={plan}
              panel={panel}
              lines={several && overlaid ? lines : NO_LINES}
              values={
                several && overlaid && !atHead ? texts((value) => valueName(plan, value)) : ''
              }
            />
          )}
        </Svg>
        <Stretched units={PLOT_UNITS} height={total} pastShare={now}>
          <Ink plan={plan} panel={panel} />
        </Stretched>
        <Svg>
          <ThresholdNames plan={plan} panel={panel} onLeft={now > 0.7} />
          {/* The play-head leaves out the line that names the axis. */}
          {[
            [0, rows.length > 0 ? top - headOf(name) : 0],
            [height > 0 ? top - HEAD_PX : total, total],
          ].map(
            ([from = 0, to = 0]) =>
              to > from && (
                <line
                  key={from}
                  className="v-head-line"
                  x1={percent(now)}
                  x2={percent(now)}
                  y1={from}
                  y2={to}
                />
              ),
          )}
          {height > 0 &&
            labels.map(
              ({ key, value, className }) =>
                value !== undefined && (
                  <circle
                    key={key}
                    className={`v-point ${className}`}
                    cx={percent(now)}
                    cy={y(value)}
                    r={3.5}
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
                  y={valuePlaces[i] ?? 0}
                  centred
                  textAnchor={flipped ? 'end' : 'start'}
                  tone="ink"
                  fontSize={12}
                  fontWeight={600}
                  halo
                >
                  {valueName(plan, value)}
                </SvgText>
              ),
          )}
        </Svg>
      </Drawing>
    </div>
  );
}

const NO_LINES: readonly Line[] = [];

/** Where the text begins behind a leader and a piece of the line. */
const GUTTER_TEXT_PX = 34;
/** Room for a number behind the name. */
const GUTTER_VALUE_PX = 40;

function gutterWidth(
  labels: readonly { readonly name: string; readonly isLine: boolean }[],
  valued: boolean,
): number {
  const widths = labels.map(({ name, isLine }) => {
    const text = textWidth(shortened(name, LETTERS_MAX), LABEL_FONT_PX);
    return isLine ? GUTTER_TEXT_PX + text + (valued ? GUTTER_VALUE_PX : 0) : 16 + text;
  });
  return Math.ceil(Math.max(0, ...widths));
}

/** What has been sent until `t`, by strip and outcome, for a panel that has one run; see `PanelHead`. */
function countsOf({ view }: Plan, { runs }: Panel, t: number): string {
  const [run] = runs;
  if (!run || runs.length > 1) return '';
  return outcomesMarks(view)
    .map(({ from, to, kinds }) =>
      kinds.map((kind) => formatNumber(run.index.sentCount({ from, to, kind }, t), 6)).join('\t'),
    )
    .join('\n');
}

/**
 * The longest text of the largest values of a chart, and of those just below one and two orders of
 * magnitude, which have other digits and units. A smaller one that is longer still reaches a little out.
 */
function widestOf(
  view: ChartSpec,
  { min, max }: { readonly min: number; readonly max: number },
): string {
  const order = 10 ** Math.floor(Math.log10(Math.max(Math.abs(min), Math.abs(max), 1)));
  const texts =
    view.y.names ??
    [min, max, 0.999 * order, 0.0999 * order].map((value) => valueInWords(view, value));
  return Object.values(texts).reduce((a, b) => (b.length > a.length ? b : a), '');
}

/** Above a panel: whose it is, what is counted in its strips, and what the lines are worth at `t`. */
const PanelHead = memo(function PanelHead({
  plan,
  panel,
  lines,
  counts,
  values,
  mostCounts,
  widest,
}: PanelProps & {
  readonly lines: readonly Line[];
  /** What the strips have counted: a line for each, its outcomes with tabs between. */
  readonly counts: string;
  /** What the lines are worth, line by line; empty if that stands at the play-head. */
  readonly values: string;
  /** What the strips have counted at the end. */
  readonly mostCounts: string;
  /** Takes as much room as nearly any value. */
  readonly widest: string;
}): ReactNode {
  const { view, rules, overlaid } = plan;
  const named = !overlaid;
  const [run] = panel.runs;
  const outcomes = panel.runs.length === 1 ? outcomesMarks(view) : [];
  const [countsOfMarks, mostOfMarks] = [counts, mostCounts].map((all) =>
    all.split('\n').map((each) => each.split('\t')),
  );
  const valued = values.split('\n');
  const several = lines.length > 1;
  const series = several || (named && values !== '') ? lines : [];
  const ruled = rules.length > 0 && panel === plan.panels[0];
  if (!named && outcomes.length === 0 && series.length === 0 && !ruled) return null;
  return (
    <p className={named ? 'v-of-run' : undefined}>
      {named && <b>{run?.title}</b>}
      {outcomes.map((mark, m) => (
        <span key={mark.label} className="v-counts">
          {(!named || outcomes.length > 1) && mark.label}
          {mark.kinds.map((kind, k) => (
            <span key={kind}>
              <OutcomeMark outcome={kind} />
              {outcomeLabel(kind)}
              <Fitted
                as="b"
                text={countsOfMarks?.[m]?.[k] ?? ''}
                widest={mostOfMarks?.[m]?.[k] ?? ''}
              />
            </span>
          ))}
        </span>
      ))}
      {ruled && (
        <span>
          <Svg width="3" height="11">
            <path className="v-axis v-dots" d="M1.5 0v11" />
          </Svg>
          {view.rules?.label}
        </span>
      )}
      {series.length > 0 && (
        <span className={named ? 'v-values' : 'v-values v-narrow-only'}>
          {series.map(({ key, name, className }, i) => (
            <span key={key}>
              {several && <Swatch className={className} />}
              {several && name}
              {values !== '' && <Fitted as="b" text={valued[i] ?? ''} widest={widest} />}
            </span>
          ))}
        </span>
      )}
    </p>
  );
});

const TimeAxis = memo(function TimeAxis({ shownMs }: { readonly shownMs: number }): ReactNode {
  const ticks = timeTicks(shownMs);
  const share = (atMs: number): number => (shownMs > 0 ? atMs / shownMs : 0);
  return (
    <div className="v-panel v-time">
      <Drawing height={AXIS_PX}>
        <Svg>
          <Stretched units={PLOT_UNITS} height={AXIS_PX}>
            <path
              className="v-axis"
              d={ticks.map(({ atMs }) => `M${Math.round(share(atMs) * PLOT_UNITS)} 0v4`).join('')}
            />
          </Stretched>
          <g className="v-times">
            {ticks.map(({ atMs, text }) => (
              <SvgText
                key={atMs}
                x={percent(share(atMs))}
                y={16}
                textAnchor={share(atMs) > 0.97 ? 'end' : 'start'}
              >
                {text}
              </SvgText>
            ))}
          </g>
        </Svg>
      </Drawing>
    </div>
  );
});

/** Values stand at the play-head where they have room; elsewhere with the names. */
const valuesAtHead = (height: number, lines: number): boolean => height >= 100 && lines <= 3;

function ChartView(props: ViewProps<ChartSpec>): ReactNode {
  const { view, runs, t, shownMs, parameters, beside } = props;
  const plan = useMemo(
    () =>
      planOf(
        { view, runs, shownMs, parameters },
        (beside ?? []).filter(
          (other): other is ChartSpec => other.kind === 'chart' && other !== view,
        ),
      ),
    [view, runs, shownMs, parameters, beside],
  );
  const { panels, leftPx, rightPx } = plan;
  return (
    <div
      className="v"
      role="img"
      aria-label={describeChart(props)}
      style={{ '--left': `${leftPx}px`, '--right': `${rightPx}px` } as CSSProperties}
    >
      {panels.map((panel) => (
        <Part
          key={panel.runs[0]?.id}
          draw={() => <ChartPanel plan={plan} panel={panel} t={t} />}
          of={[plan, panel]}
          t={t}
        />
      ))}
      <TimeAxis shownMs={shownMs} />
    </div>
  );
}

/** What the chart shows at `t`, in one or two sentences. */
function describeChart({ view, runs, t, shownMs }: ViewProps<ChartSpec>): string {
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
function tableChart({ view, runs, shownMs }: ViewProps<ChartSpec>): ViewTable {
  const marks = seriesMarks(view);
  const strips = outcomesMarks(view);
  const of = (run: ViewRun, what: string): string =>
    runs.length === 1 ? what : `${run.title}: ${what}`;
  const { label, unit } = view.y;
  // A unit that says little beside each number is said once.
  const isSaid = unit !== '' && !standsWithValue(unit);
  const quantity = isSaid && !label.toLowerCase().includes(unit) ? `${label}, ${unit}` : label;
  const times = niceTicks(0, shownMs, 5);
  if (times.at(-1) !== shownMs) times.push(shownMs);
  return {
    caption: `${view.title}: ${quantity}, over time`,
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
          if (value === undefined) return '–';
          return isSaid
            ? (view.y.names?.[value] ?? formatNumber(value))
            : valueInWords(view, value);
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

export const chart: ViewKind<ChartSpec> = {
  Drawing: ChartView,
  describe: describeChart,
  table: tableChart,
};
