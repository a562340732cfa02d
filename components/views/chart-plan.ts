/** What a chart shows that does not depend on the moment: its panels, their places, axes and lines, and what they are worth when. */

import { binned } from '@/components/charts/path';
import { axisUnit, niceTicks, textWidth, tickText } from '@/components/charts/scale';
import { forkStyle, seriesStyle } from '@/components/charts/series-style';
import type { Outcome } from '@/lib/kernel/outcomes';
import { formatNumber, formatValue } from '@/lib/simulation/format';
import { levelAt, levelSteps } from '@/lib/simulation/levels';
import type { ParameterValue } from '@/lib/simulation/parameters';
import type { RecordingIndex } from '@/lib/simulation/recording-index';
import type { ChartMark, ChartView as ChartSpec } from '@/lib/simulation/views';
import { outcomeClass } from './outcome-mark';
import { shortened, wrapped } from './text';
import { type ViewProps, type ViewRun, withUnit } from './view-props';

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
export function classOf({ runs, marks, r, m }: LinePlace): string {
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
export const isForked = (runs: readonly ViewRun[]): boolean =>
  runs.some(({ fork }) => fork === null) && runs.some(({ fork }) => fork !== null);

/** More lines than that would be a tangle: each fork then has a plot of its own. */
const FORKED_LINES_MAX = 8;

/** A value of the y axis in words: the name of a state, or a number with its unit. */
export const valueInWords = ({ y: { names, unit } }: ChartSpec, value: number): string =>
  names?.[value] ?? formatValue(value, unit);

export const seriesMarks = (view: ChartSpec): SeriesMark[] =>
  view.marks.filter((mark): mark is SeriesMark => mark.type !== 'outcomes');
export const outcomesMarks = (view: ChartSpec): OutcomesMark[] =>
  view.marks.filter((mark): mark is OutcomesMark => mark.type === 'outcomes');

/** Whether there is more than strips of outcomes. */
const hasPlot = (view: ChartSpec): boolean =>
  seriesMarks(view).length > 0 || (view.thresholds ?? []).length > 0;

export const LABEL_FONT_PX = 11.5;
export const LETTERS_MAX = 26;
export const ROW_PX = 11;
const STRIP_GAP_PX = 5;
const GROUP_TITLE_PX = 16;
/** Room above the plot for half a line and half a dot. */
export const HEAD_PX = 6;
/** A line of the name of the y axis, and how many letters it takes on a phone. */
export const NAME_PX = 15;
const NAME_LETTERS = 46;
const FOOT_PX = 4;
export const AXIS_PX = 20;
/** With more marks than this in a row single strokes would run together: columns show how many. */
const STROKES_MAX = 400;
/** Beyond this many rules the plot would be a hatching. */
const RULES_MAX = 240;

/** Top and bottom of a stroke in its row, px; which part of it is inked is the outcome's. */
export const STROKE = [1, ROW_PX - 1] as const;

function plotHeightOf(panels: number): number {
  if (panels <= 1) return 190;
  if (panels === 2) return 116;
  if (panels === 3) return 92;
  return panels <= 5 ? 68 : 54;
}

interface Range {
  readonly min: number;
  readonly max: number;
  /** How far values reach. Below `max` only where all is one value, which has to lie somewhere. */
  readonly reach: number;
}

/** The range of y over all runs, so that panels can be compared. */
function rangeOf(
  view: ChartSpec,
  runs: readonly ViewRun[],
  parameters: Readonly<Record<string, ParameterValue>>,
): Range {
  const levels = (view.thresholds ?? []).flatMap(({ at }) =>
    levelSteps(at, parameters).map((step) => step.value),
  );
  const series = seriesMarks(view).flatMap((mark) =>
    runs.map((run) => run.index.series(mark.series)),
  );
  const greatest = Math.max(0, ...levels, ...series.map((each) => each.greatest));
  const least = Math.min(view.y.min ?? 0, ...series.map((each) => each.least));
  const { names } = view.y;
  if (names) return { min: 0, max: names.length - 1, reach: names.length - 1 };
  const wanted = view.y.max === undefined ? [] : levelSteps(view.y.max, parameters);
  // A declared end of the axis never cuts off data; without one there is a little air on top.
  const reach = Math.max(
    least,
    ...wanted.map((step) => step.value),
    greatest * (wanted.length ? 1 : 1.06),
  );
  return { min: least, max: reach > least ? reach : least + 1, reach };
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
  const { label } = view.y;
  if (label.toLowerCase() === view.title.toLowerCase()) return unit === '' ? [] : [unit];
  return wrapped(withUnit(label, unit), NAME_LETTERS);
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
export const headOf = (name: readonly string[]): number => name.length * NAME_PX + HEAD_PX;

type PlanProps = Omit<ViewProps<ChartSpec>, 't' | 'beside' | 'live'>;

/** The y axis, what is named beside the plot, and the room that both take. */
interface Axis {
  /** Whether all runs share one panel. */
  readonly overlaid: boolean;
  /** Height of the plot of a panel, px. */
  readonly height: number;
  readonly range: Range;
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
  const nice = niceTicks(range.min / divisor, range.reach / divisor, count);
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
export function planOf(props: PlanProps, beside: readonly ChartSpec[]): Plan {
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
export const scaleOf =
  ({ min, max }: Plan['range'], { top, height }: Panel) =>
  (value: number): number =>
    Math.round(top + height * (1 - (value - min) / (max - min)));

/** What stands at a tick of the y axis. */
export const tickName = ({ y }: ChartSpec, tick: number, divisor: number): string =>
  y.names?.[tick] ?? tickText(Number((tick / divisor).toPrecision(6)));

/** What stands at a value of a line, whose unit is that of the axis. */
export const valueName = ({ view: { y }, divisor }: Plan, value: number): string =>
  y.names?.[value] ?? formatNumber(value / divisor);

/** Times at which the messages of a row were sent. */
export const timesOf = ({ index, mark, kind }: Row): Float64Array =>
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

/** A line of the plot. */
export interface Line {
  readonly key: string;
  readonly name: string;
  /** See `classOf`. */
  readonly className: string;
  readonly series: string;
  readonly index: RecordingIndex;
  /** Last value of the run, where the line ends. */
  readonly endsAt: number;
}

export function linesOf(view: ChartSpec, runs: readonly ViewRun[]): Line[] {
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

export const labelled = (lines: readonly Line[], t: number): Labelled[] =>
  lines.map((line) => ({ ...line, value: line.index.valueAt(line.series, t) }));

/** Where the text begins behind a leader and a piece of the line. */
export const GUTTER_TEXT_PX = 34;
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
export function countsOf({ view }: Plan, { runs }: Panel, t: number): string {
  const [run] = runs;
  if (!run || runs.length > 1) return '';
  return outcomesMarks(view)
    .map(({ from, to, kinds }) =>
      kinds.map((kind) => formatNumber(run.index.sentCount({ from, to, kind }, t), 6)).join('\t'),
    )
    .join('\n');
}

/** Orders of magnitude below the largest value: those with other digits, and with the next smaller unit. */
const ORDERS_BELOW = [0.999, 0.0999, 0.00999, 0.000999] as const;

/** Whether a line counts something, as far as its extremes tell: it has no decimals then. */
function isCount({ index, series }: Line): boolean {
  const { least, greatest } = index.series(series);
  return Number.isInteger(least) && Number.isInteger(greatest);
}

/**
 * The widest text of the largest values of a chart, and of those just below the next orders of
 * magnitude if there are decimals. A smaller one that is wider still reaches a little out.
 */
export function widestOf(
  view: ChartSpec,
  { min, max }: { readonly min: number; readonly max: number },
  lines: readonly Line[],
): string {
  const order = 10 ** Math.floor(Math.log10(Math.max(Math.abs(min), Math.abs(max), 1)));
  const below = lines.every(isCount) ? [] : ORDERS_BELOW.map((share) => share * order);
  const texts = view.y.names
    ? Object.values(view.y.names)
    : [min, max, ...below].map((value) => valueInWords(view, value));
  const width = (text: string): number => textWidth(text, LABEL_FONT_PX);
  return texts.reduce((a, b) => (width(b) > width(a) ? b : a), '');
}

/** Values stand at the play-head where they have room; elsewhere with the names. */
export const valuesAtHead = (height: number, lines: number): boolean => height >= 100 && lines <= 3;

export interface PanelProps {
  readonly plan: Plan;
  readonly panel: Panel;
}
