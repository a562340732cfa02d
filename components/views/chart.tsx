/**
 * Series and outcomes over simulated time.
 *
 * What depends on the run alone (places, grid, outlines, names) is made once and memoised; with `t`
 * move only the edge between the past, drawn in full, and the future, drawn faintly, the play-head
 * and the values at it. The edge is a mask, which moves without laying anything out again. Everything
 * is placed in percent across and in px down: the same markup is right at every width.
 */
import { memo, type ReactNode, useMemo } from 'react';
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
import { At, Drawing, PAPER, SvgText, shortened, wrapped } from './text';
import type { ViewKind } from './view';
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

/** All that depends on the run and not on `t`. */
interface Plan {
  readonly view: ChartSpec;
  readonly runs: readonly ViewRun[];
  readonly shownMs: number;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** Whether all runs share one panel. */
  readonly overlaid: boolean;
  readonly panels: readonly Panel[];
  readonly range: { readonly min: number; readonly max: number };
  /** What a value of the axis is divided by before it is written. */
  readonly divisor: number;
  readonly ticks: readonly number[];
  readonly thresholds: readonly { readonly name: string; readonly level: number }[];
  /** Times of the vertical rules; none if they would stand too close. */
  readonly rules: readonly number[];
  readonly gutterPx: number;
  readonly rightPx: number;
  /** The most marks in one stretch of any row, if the rows are crowded; 0 for single strokes. */
  readonly most: number;
}

function planOf({ view, runs, shownMs, parameters }: Omit<ViewProps<ChartSpec>, 't'>): Plan {
  const overlaid = view.race === 'overlaid' || runs.length === 1;
  const height = plotHeightOf(overlaid ? 1 : runs.length);
  const range = rangeOf(view, runs, parameters);
  const { unit, divisor } = axisUnit(view.y.unit, range.max);
  const name = nameOfY(view, unit);
  const panels = overlaid
    ? [panelOf(view, runs, { height, name })]
    : runs.map((run, i) => panelOf(view, [run], { height, name: i === 0 ? name : [] }));
  const ticks = view.y.names
    ? view.y.names.map((_, value) => value)
    : niceTicks(range.min / divisor, range.max / divisor, Math.max(2, Math.round(height / 45))).map(
        (tick) => tick * divisor,
      );
  const hasPlot = (panels[0]?.height ?? 0) > 0;
  const tickWidths = hasPlot
    ? ticks.map((tick) => textWidth(tickName(view, tick, divisor), 11))
    : [];
  const thresholds = (view.thresholds ?? []).flatMap(({ at, label }) => {
    const level = levelAt(at, parameters, shownMs);
    return level === undefined ? [] : [{ name: label, level }];
  });
  const lines = overlaid ? linesOf(view, runs) : [];
  const rightPx = hasPlot
    ? gutterWidth(
        [
          ...thresholds.map((each) => ({ name: each.name, isLine: false })),
          ...(lines.length > 1 ? lines.map((each) => ({ name: each.name, isLine: true })) : []),
        ],
        !valuesAtHead(height, lines.length),
      )
    : 0;
  return {
    view,
    runs,
    shownMs,
    parameters,
    overlaid,
    panels,
    range,
    divisor,
    ticks,
    thresholds,
    rules: hasPlot ? ruleTimes(view, parameters, shownMs) : [],
    gutterPx: Math.ceil(Math.max(20, 10 + Math.max(0, ...tickWidths))),
    rightPx,
    most: densityOf(panels, shownMs),
  };
}

/** Value → px from the top of a panel. */
const scaleOf =
  ({ min, max }: Plan['range'], { top, height }: Panel) =>
  (value: number): number =>
    top + height * (1 - (value - min) / (max - min));

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

interface Part {
  readonly plan: Plan;
  readonly panel: Panel;
}

/** A drawing of a panel in units of time across and px down. */
function Stretched({
  height,
  pastShare,
  children,
}: {
  readonly height: number;
  /** Share of the width that is past, if what is beyond it is drawn faintly. */
  readonly pastShare?: number;
  readonly children: ReactNode;
}): ReactNode {
  const edge = pastShare === undefined ? undefined : percent(pastShare);
  return (
    <svg
      width="100%"
      height={height}
      viewBox={`0 0 ${PLOT_UNITS} ${height}`}
      preserveAspectRatio="none"
      style={
        edge === undefined
          ? undefined
          : { maskImage: `linear-gradient(90deg,#000 ${edge},rgb(0 0 0/${FUTURE}) ${edge})` }
      }
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

/** Series and outcomes over the whole time: an outline each, however many there are. */
const Ink = memo(function Ink({ plan, panel }: Part): ReactNode {
  const { view, shownMs, range, most } = plan;
  const { rows, runs, height } = panel;
  const y = scaleOf(range, panel);
  const frame = { shownMs, y };
  const marks = seriesMarks(view);
  return (
    <>
      {rows.map((row) => {
        const times = timesOf(row);
        const colour = outcomeColour(row.kind);
        return most > 0 ? (
          <path
            key={row.top}
            d={columnsPath(binned(times, shownMs), { base: row.top + 10.5, height: 9.5, most })}
            fill={colour}
          />
        ) : (
          <path
            key={row.top}
            d={tickPath(
              times,
              shownMs,
              TICKS[row.kind].map(([a, b]) => [row.top + a, row.top + b] as const),
            )}
            stroke={colour}
            strokeWidth={1.5}
            vectorEffect="non-scaling-stroke"
          />
        );
      })}
      {(height > 0 ? runs : []).map((run, r) =>
        marks.map((mark, m) => {
          const series = run.index.series(mark.series);
          const { colour, dash } = styleOf(mark, r * marks.length + m);
          return (
            <g key={`${run.variant} ${mark.series}`}>
              {mark.type === 'area' && (
                <path
                  d={areaPath(series, { ...frame, base: Math.max(0, range.min) })}
                  fill={colour}
                  fillOpacity={0.14}
                />
              )}
              <path
                d={mark.type === 'line' ? linePath(series, frame) : stepPath(series, frame)}
                fill="none"
                stroke={colour}
                strokeWidth={1.75}
                strokeDasharray={dash}
                strokeLinejoin="round"
                vectorEffect="non-scaling-stroke"
              />
            </g>
          );
        }),
      )}
    </>
  );
});

/** Grid, rules and thresholds, and the lines below the rows. */
const Ground = memo(function Ground({ plan, panel }: Part): ReactNode {
  const { view, parameters, shownMs, range, ticks, rules } = plan;
  const { rows, top, height, total } = panel;
  const y = scaleOf(range, panel);
  const across = (levels: readonly number[]): string =>
    levels.map((level) => `M0 ${Math.round(level * 10) / 10}H${PLOT_UNITS}`).join('');
  const base = Math.max(0, range.min);
  const grid = height > 0 ? ticks : [];
  const line = { fill: 'none', vectorEffect: 'non-scaling-stroke' } as const;
  return (
    <Stretched height={total}>
      <path
        d={across([
          ...rows.map((row) => row.top + ROW_PX),
          ...grid.filter((tick) => tick !== base).map(y),
        ])}
        stroke="var(--rule)"
        {...line}
      />
      {grid.includes(base) && <path d={across([y(base)])} stroke="var(--rule-strong)" {...line} />}
      {rules.length > 0 && (
        <path
          d={tickPath(rules, shownMs, [[top, top + height]])}
          stroke="var(--rule-strong)"
          strokeDasharray="1 3"
          {...line}
        />
      )}
      {(height > 0 ? (view.thresholds ?? []) : []).map(({ at, label }) => (
        <path
          key={label}
          d={stepPath(seriesOfSteps(levelSteps(at, parameters)), { shownMs, y })}
          stroke="var(--ink-soft)"
          strokeWidth={1.25}
          strokeDasharray="5 3"
          {...line}
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

/** A line of the plot. */
interface Line {
  readonly key: string;
  readonly name: string;
  readonly style: SeriesStyle;
  readonly series: string;
  readonly index: RecordingIndex;
  /** Last value of the run, where the line ends. */
  readonly endsAt: number;
}

function linesOf(view: ChartSpec, runs: readonly ViewRun[]): Line[] {
  const marks = seriesMarks(view);
  return runs.flatMap((run, r) =>
    marks.map((mark, m) => ({
      key: `${run.variant} ${mark.series}`,
      name:
        runs.length === 1
          ? mark.label
          : marks.length === 1
            ? run.title
            : `${run.title}, ${mark.label}`,
      style: styleOf(mark, r * marks.length + m),
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

/** Marks of the strips and numbers of the ticks. */
const LeftGutter = memo(function LeftGutter({ plan, panel }: Part): ReactNode {
  const { view, gutterPx, ticks, divisor, range } = plan;
  const y = scaleOf(range, panel);
  return (
    <svg width={gutterPx} height={panel.total} className="block" aria-hidden="true">
      {panel.rows.map(({ kind, top }) => (
        <At key={top} x={gutterPx - 10} y={top + ROW_PX / 2}>
          <OutcomeGlyph outcome={kind} size={7} />
        </At>
      ))}
      {(panel.height > 0 ? ticks : []).map((tick) => (
        <SvgText key={tick} x={gutterPx - 7} y={y(tick)} dy="0.35em" textAnchor="end" tone="faint">
          {tickName(view, tick, divisor)}
        </SvgText>
      ))}
    </svg>
  );
});

/** Titles of the runs that share the strips, and the name of the y axis. */
const Names = memo(function Names({ plan: { gutterPx }, panel }: Part): ReactNode {
  const { groups, name, top } = panel;
  return (
    <>
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
    </>
  );
});

/** Names of the thresholds where there is no gutter for them: on the side where the play-head is not. */
const ThresholdNames = memo(function ThresholdNames({
  plan: { thresholds, range },
  panel,
  onLeft,
}: Part & { readonly onLeft: boolean }): ReactNode {
  const y = scaleOf(range, panel);
  if (panel.height === 0 || thresholds.length === 0) return null;
  return (
    <g className="@xl:hidden">
      {thresholds.map(({ name, level }) => (
        <SvgText
          key={name}
          x={onLeft ? '0' : '100%'}
          y={y(level) - 4}
          textAnchor={onLeft ? 'start' : 'end'}
          halo
        >
          {name}
        </SvgText>
      ))}
    </g>
  );
});

const LABEL_FONT_PX = 11.5;
const LETTERS_MAX = 26;

/** Names of thresholds and lines at the right, each led to where it belongs. */
const RightGutter = memo(function RightGutter({
  plan: { thresholds, range, rightPx },
  panel,
  lines,
  values,
}: Part & {
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
      style: undefined,
      text: '',
    })),
    ...lines.map(({ key, name, endsAt, style }, i) => ({
      key,
      name,
      level: endsAt,
      style,
      text: texts[i] ?? '',
    })),
  ];
  const places = placeLabels(
    labels.map(({ level }) => y(level)),
    {
      gap: 14,
      min: Math.min(panel.top, panel.total - 14 * labels.length),
      max: panel.total - 6,
    },
  );
  return (
    <svg
      width={rightPx}
      height={panel.total}
      className="hidden overflow-visible @xl:block"
      aria-hidden="true"
    >
      {labels.map(({ key, name, level, style, text }, i) => (
        <g key={key}>
          <path
            d={`M1 ${y(level)}L9 ${places[i] ?? 0}${style ? '' : 'H12'}`}
            fill="none"
            stroke={style ? style.colour : 'var(--ink-soft)'}
            strokeOpacity={0.7}
          />
          {style && (
            <line
              x1="10"
              x2={GUTTER_TEXT_PX - 5}
              y1={places[i]}
              y2={places[i]}
              stroke={style.colour}
              strokeWidth={2}
              strokeDasharray={style.dash}
            />
          )}
          <SvgText
            x={style ? GUTTER_TEXT_PX : 15}
            y={places[i]}
            dy="0.35em"
            fontSize={LABEL_FONT_PX}
            tone={style ? 'ink' : 'soft'}
          >
            {shortened(name, LETTERS_MAX)}
            {text !== '' && (
              <tspan dx="5" fontWeight={600}>
                {text}
              </tspan>
            )}
          </SvgText>
        </g>
      ))}
    </svg>
  );
});

function ChartPanel({ plan, panel, t }: Part & { readonly t: number }): ReactNode {
  const { view, shownMs, overlaid, range, rightPx } = plan;
  const { runs, rows, name, top, height, total } = panel;
  const y = scaleOf(range, panel);
  // Rounded, so that what stands there does not depend on the last digits of a time.
  const now = Math.round(Math.min(1, Math.max(0, shownMs > 0 ? t / shownMs : 0)) * 1e5) / 1e5;
  const lines = useMemo(() => linesOf(view, runs), [view, runs]);
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
    <>
      <PanelHead
        plan={plan}
        panel={panel}
        lines={lines}
        counts={countsOf(plan, panel, t)}
        values={atHead ? '' : texts((value) => valueInWords(view, value))}
      />
      <div className="grid grid-cols-[auto_minmax(0,1fr)_auto]">
        <LeftGutter plan={plan} panel={panel} />
        <Drawing height={total}>
          <Ground plan={plan} panel={panel} />
          <Stretched height={total} pastShare={now}>
            <Ink plan={plan} panel={panel} />
          </Stretched>
          <svg width="100%" height={total} overflow="visible" aria-hidden="true">
            <Names plan={plan} panel={panel} />
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
                    {valueName(plan, value)}
                  </SvgText>
                ),
            )}
          </svg>
        </Drawing>
        {rightPx > 0 && (
          <RightGutter
            plan={plan}
            panel={panel}
            lines={several && overlaid ? lines : NO_LINES}
            values={several && overlaid && !atHead ? texts((value) => valueName(plan, value)) : ''}
          />
        )}
      </div>
    </>
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

/** Above a panel: whose it is, what is counted in its strips, and what the lines are worth at `t`. */
const PanelHead = memo(function PanelHead({
  plan,
  panel,
  lines,
  counts,
  values,
}: Part & {
  readonly lines: readonly Line[];
  /** What the strips have counted: a line for each, its outcomes with tabs between. */
  readonly counts: string;
  /** What the lines are worth, line by line; empty if that stands at the play-head. */
  readonly values: string;
}): ReactNode {
  const { view, rules, overlaid } = plan;
  const named = !overlaid;
  const [run] = panel.runs;
  const outcomes = panel.runs.length === 1 ? outcomesMarks(view) : [];
  const countsOfMarks = counts.split('\n').map((each) => each.split('\t'));
  const valued = values.split('\n');
  const several = lines.length > 1;
  const series = several || (named && values !== '') ? lines : [];
  const ruled = rules.length > 0 && panel === plan.panels[0];
  if (!named && outcomes.length === 0 && series.length === 0 && !ruled) return null;
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 pb-1 text-xs leading-5 text-ink-soft tabular-nums">
      {named && <span className="font-semibold text-ink">{run?.title}</span>}
      {outcomes.map((mark, m) => (
        <span
          key={mark.label}
          className={`inline-flex flex-wrap items-baseline gap-x-3 ${named ? 'order-last w-full @xl:order-none @xl:w-auto' : ''}`}
        >
          {(!named || outcomes.length > 1) && <span>{mark.label}</span>}
          {mark.kinds.map((kind, k) => (
            <span key={kind} className="inline-flex items-baseline gap-1.5">
              <OutcomeMark outcome={kind} />
              <span>
                {outcomeLabel(kind)}{' '}
                <span className="inline-block min-w-[2.2em] font-semibold text-ink">
                  {countsOfMarks[m]?.[k]}
                </span>
              </span>
            </span>
          ))}
        </span>
      ))}
      {ruled && (
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
          {series.map(({ key, name, style }, i) => (
            <span key={key} className="inline-flex items-baseline gap-1.5">
              {several && <Swatch style={style} />}
              {several && <span>{name}</span>}
              {values !== '' && (
                <span className="inline-block min-w-[3em] text-right font-semibold text-ink">
                  {valued[i]}
                </span>
              )}
            </span>
          ))}
        </span>
      )}
    </div>
  );
});

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

/** Values stand at the play-head where they have room; elsewhere with the names. */
const valuesAtHead = (height: number, lines: number): boolean => height >= 100 && lines <= 3;

function ChartView(props: ViewProps<ChartSpec>): ReactNode {
  const { view, runs, t, shownMs, parameters } = props;
  const plan = useMemo(
    () => planOf({ view, runs, shownMs, parameters }),
    [view, runs, shownMs, parameters],
  );
  const { panels, gutterPx, rightPx } = plan;
  return (
    <div className="@container font-ui" role="img" aria-label={describeChart(props)}>
      <div className="space-y-3">
        {panels.map((panel) => (
          <div key={panel.runs[0]?.variant}>
            <ChartPanel plan={plan} panel={panel} t={t} />
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

export const chart: ViewKind<ChartSpec> = {
  Drawing: ChartView,
  describe: describeChart,
  table: tableChart,
};
