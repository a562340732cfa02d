/**
 * Spans as bars over time, drawn up to the play-head: a trace as a waterfall with its critical path,
 * or lanes with whatever takes time on them.
 *
 * A bar's name stands above it and not in it or beside it, so that both can be read at every width.
 */
import type { ReactNode } from 'react';
import { axisUnit, niceTicks, percent, textWidth, tickText } from '@/components/charts/scale';
import type { Outcome } from '@/lib/kernel/outcomes';
import { formatMoment, formatNumber, formatValue } from '@/lib/simulation/format';
import { levelAt } from '@/lib/simulation/levels';
import type { RecordingIndex, Span } from '@/lib/simulation/recording-index';
import { criticalPath, type SpanNode, tracesOf } from '@/lib/simulation/trace';
import type { TimelineView as TimelineSpec } from '@/lib/simulation/views';
import { OutcomeGlyph, outcomeClass, outcomeLabel } from './outcome-mark';
import { Part } from './part';
import { Drawing, px, Stretched, Svg, SvgText, shortened } from './text';
import type { ViewKind } from './view';
import {
  butTheMoment,
  listed,
  perRun,
  type ViewProps,
  type ViewRun,
  type ViewTable,
} from './view-props';

const ROWS_MAX = 14;
/** Width in units of the bars' own drawing. */
const UNITS = 1000;
/** Shortest bar, in units: what took no time is still seen. */
const UNITS_MIN = 2;
/** Bars this short, this near to the one before, are drawn as one with it, in units. */
const UNITS_MERGED = 3;
const NARROW_PX = 340;
const LETTER_PX = 6.2;
const AXIS_PX = 18;
/** A row of a trace: name, bar, and room below, px. */
const TRACE_ROW_PX = 27;
const NAME_PX = 11;
const BAR_TOP_PX = 15;
const BAR_PX = 8;
/** A lane: its name, then as many lines of bars as run beside each other. */
const LANE_HEAD_PX = 17;
const LANE_LINE_PX = 15;
const LANE_BAR_PX = 12;
const LANE_FOOT_PX = 6;
const LINES_MAX = 4;
/** Where the play-head stands in a window that follows it, as a share of its width. */
const PRESENT = 0.86;
const GLYPHS_MAX = 80;
const TABLE_ROWS_MAX = 40;

const rowsMaxOf = (view: TimelineSpec): number => Math.max(1, view.rowsMax ?? ROWS_MAX);
const laneName = (view: TimelineSpec, id: string): string =>
  view.lanes.find((lane) => lane.id === id)?.label ?? id;
const spanName = (span: Span): string => span.label || span.kind;
const took = (ms: number): string => formatValue(ms, 'ms');

/** What has become of a span at `t`; open ones are on their way. */
const outcomeAt = (span: Span, t: number): Outcome =>
  span.end <= t && span.outcome !== '' ? span.outcome : 'sent';
const endAt = (span: Span, t: number): number => (span.end <= t ? span.end : t);

/** By how many ms the clock is ahead that the times of a span were read from. */
function aheadOf(view: TimelineSpec, index: RecordingIndex, { lane, start }: Span): number {
  const aheadMs = view.clock === undefined ? 0 : index.stateAt(lane, view.clock, start);
  return typeof aheadMs === 'number' ? aheadMs : 0;
}

/** Kept with the recording: it does not depend on `t`, and a frame must not make it again. */
function keeper<T>(): (index: RecordingIndex, view: TimelineSpec, make: () => T) => T {
  const all = new WeakMap<RecordingIndex, Map<TimelineSpec, T>>();
  return (index, view, make) => {
    const known = all.get(index) ?? new Map<TimelineSpec, T>();
    all.set(index, known);
    const found = known.get(view) ?? make();
    known.set(view, found);
    return found;
  };
}

// Bars --------------------------------------------------------------------------------------------

/** A bar with its place across as shares of the width. */
interface Bar {
  readonly key: number;
  readonly from: number;
  readonly to: number;
  /** px. */
  readonly top: number;
  readonly height: number;
  readonly outcome: Outcome;
}

/**
 * The bars of one outcome as one outline. What is too short to be told from its neighbour in the same
 * line is one box with it, so that thousands of spans stay a few letters.
 */
function outline(bars: readonly Bar[]): string {
  interface Box {
    readonly start: number;
    end: number;
    readonly top: number;
    readonly height: number;
  }
  const boxes: Box[] = [];
  const lastIn = new Map<number, Box>();
  for (const { from, to, top, height } of bars) {
    const start = Math.max(0, Math.round(from * UNITS));
    const end = Math.min(UNITS, Math.max(start + UNITS_MIN, Math.round(to * UNITS)));
    const last = lastIn.get(top);
    if (last && end - start <= UNITS_MERGED && start - last.end <= UNITS_MERGED) {
      last.end = Math.max(last.end, end);
      continue;
    }
    const box = { start, end, top, height };
    lastIn.set(top, box);
    boxes.push(box);
  }
  return boxes
    .map(
      ({ start, end, top, height }) => `M${start} ${top}h${end - start}v${height}h${start - end}z`,
    )
    .join('');
}

function Bars({
  bars,
  className,
}: {
  readonly bars: readonly Bar[];
  readonly className: string;
}): ReactNode {
  const outcomes = [...new Set(bars.map(({ outcome }) => outcome))].sort();
  return outcomes.map((outcome) => (
    <path
      key={outcome}
      className={`${className} ${outcomeClass(outcome)}`}
      d={outline(bars.filter((bar) => bar.outcome === outcome))}
    />
  ));
}

/** Marks at the ends of bars, where they are told apart. */
function Ends({ bars }: { readonly bars: readonly Bar[] }): ReactNode {
  const last = new Map<number, number>();
  const marked = bars.filter(({ to, top, outcome }) => {
    if (outcome === 'sent' || to > 1 || to * NARROW_PX - (last.get(top) ?? -20) < 10) return false;
    last.set(top, to * NARROW_PX);
    return true;
  });
  return marked
    .slice(-GLYPHS_MAX)
    .map(({ key, to, top, height, outcome }) => (
      <OutcomeGlyph key={key} outcome={outcome} x={percent(to)} y={px(top + height / 2)} />
    ));
}

// Axis --------------------------------------------------------------------------------------------

interface Axis {
  /** Start and length of what is in sight, simulated ms. */
  readonly start: number;
  readonly lengthMs: number;
  /** What its numbers count from, simulated ms. */
  readonly zero: number;
}

const shareOf = ({ start, lengthMs }: Axis, at: number): number => (at - start) / lengthMs;

function AxisLines({
  axis,
  height,
}: {
  readonly axis: Axis;
  /** Of the rows above the numbers, px. */
  readonly height: number;
}): ReactNode {
  const from = axis.start - axis.zero;
  const { divisor, unit } = axisUnit('ms', Math.max(from + axis.lengthMs, axis.lengthMs));
  const ticks = niceTicks(Math.max(0, from) / divisor, (from + axis.lengthMs) / divisor, 5);
  return ticks.map((tick, i) => {
    const x = shareOf(axis, axis.zero + tick * divisor);
    const isFirst = x < 0.03;
    const isLast = x > 0.97;
    return (
      <g key={tick}>
        <line className="v-rule" x1={percent(x)} x2={percent(x)} y2={height} />
        <SvgText
          x={percent(x)}
          y={height + 13}
          textAnchor={isFirst ? 'start' : isLast ? 'end' : 'middle'}
          tone="faint"
        >
          {i === ticks.length - 1 ? `${tickText(tick)}\u202f${unit}` : tickText(tick)}
        </SvgText>
      </g>
    );
  });
}

/** The line of the present, if it is in sight. */
function Head({
  axis,
  t,
  height,
}: {
  readonly axis: Axis;
  readonly t: number;
  readonly height: number;
}): ReactNode {
  const share = shareOf(axis, t);
  if (!(share >= 0 && share <= 1)) return null;
  const x = percent(share);
  return <line className="v-head-line" x1={x} x2={x} y2={height} />;
}

// Trace -------------------------------------------------------------------------------------------

interface TraceRow {
  readonly row: number;
  readonly depth: number;
  /** Row of the drawing in which the span stands that it is a part of; −1 for the root. */
  readonly parent: number;
  /** Parts of it, at any depth, that are not drawn. */
  readonly hidden: number;
}

/** Length of a span in the whole run; to the edge of the recording if it never ends. */
const wholeMs = ({ start, end }: Span, shownMs: number): number =>
  (Number.isNaN(end) ? shownMs : end) - start;

/**
 * The spans of a trace that are drawn, in the order of a waterfall: the longest, each with what it is
 * a part of. Chosen from the whole trace, so that no row comes or goes while it is drawn.
 */
function traceRows(index: RecordingIndex, root: number, rowsMax: number): readonly TraceRow[] {
  const { partsOf } = tracesOf(index);
  const lengthOf = (row: number): number => wholeMs(index.span(row), index.shownMs);
  const chosen = new Set<number>();
  const waiting = [root];
  while (chosen.size < rowsMax && waiting.length > 0) {
    let longest = 0;
    for (const [i, row] of waiting.entries())
      if (lengthOf(row) > lengthOf(waiting[longest] ?? row)) longest = i;
    const [row = root] = waiting.splice(longest, 1);
    chosen.add(row);
    waiting.push(...partsOf(row));
  }
  const sizeOf = (row: number): number => partsOf(row).reduce((sum, part) => sum + sizeOf(part), 1);
  const rows: TraceRow[] = [];
  const add = (row: number, depth: number, parent: number): void => {
    const place = rows.length;
    const hidden = partsOf(row)
      .filter((part) => !chosen.has(part))
      .reduce((sum, part) => sum + sizeOf(part), 0);
    rows.push({ row, depth, parent, hidden });
    for (const part of partsOf(row)) if (chosen.has(part)) add(part, depth + 1, place);
  };
  add(root, 0, -1);
  return rows;
}

const keepRows = keeper<Map<number, readonly TraceRow[]>>();
function rowsOf(view: TimelineSpec, index: RecordingIndex, root: number): readonly TraceRow[] {
  const known = keepRows(index, view, () => new Map());
  const found = known.get(root) ?? traceRows(index, root, rowsMaxOf(view));
  known.set(root, found);
  return found;
}

/** Rows that the largest trace of a run takes: the height stays while traces come and go. */
const keepMost = keeper<number>();
const mostRows = (view: TimelineSpec, index: RecordingIndex): number =>
  keepMost(index, view, () => {
    const { roots, partsOf } = tracesOf(index);
    const rowsMax = rowsMaxOf(view);
    const sizeOf = (row: number): number =>
      partsOf(row).reduce((sum, part) => (sum < rowsMax ? sum + sizeOf(part) : sum), 1);
    return Math.min(rowsMax, Math.max(1, ...roots.map(sizeOf)));
  });

/** A stretch of time on the clocks of those who tell of it, simulated ms. */
interface Extent {
  readonly start: number;
  readonly end: number;
}

/**
 * What the drawing of a whole trace spans: its root or, where clocks differ, from the first of its
 * spans to the last. Of the whole, so that bars do not move while it is drawn.
 */
const keepExtents = keeper<Map<number, Extent>>();
function extentOf(view: TimelineSpec, index: RecordingIndex, root: Span): Extent {
  const known = keepExtents(index, view, () => new Map());
  const found = known.get(root.row);
  if (found) return found;
  const { partsOf } = tracesOf(index);
  const told = (span: Span): Extent => {
    const start = span.start + aheadOf(view, index, span);
    const end = start + wholeMs(span, index.shownMs);
    if (view.clock === undefined) return { start, end };
    const parts = partsOf(span.row).map((row) => told(index.span(row)));
    return {
      start: Math.min(start, ...parts.map((part) => part.start)),
      end: Math.max(end, ...parts.map((part) => part.end)),
    };
  };
  const whole = told(root);
  // One that the end of the recording cuts off has the room of a usual one.
  const extent =
    root.end <= index.shownMs
      ? whole
      : { ...whole, end: Math.max(whole.end, whole.start + usualMs(view, index)) };
  known.set(root.row, extent);
  return extent;
}

/** Median length of the traces that end within the recording, simulated ms; 1 if there is none. */
const keepUsual = keeper<number>();
function usualMs(view: TimelineSpec, index: RecordingIndex): number {
  return keepUsual(index, view, () => {
    const lengths = Float64Array.from(tracesOf(index).roots, (row) => {
      const { start, end } = index.span(row);
      return end - start;
    })
      .filter((length) => length > 0)
      .sort();
    return lengths[lengths.length >> 1] ?? 1;
  });
}

/** The trace in question at `t`. */
interface TraceReading {
  readonly root: Span;
  readonly extent: Extent;
  readonly tree: SpanNode;
  readonly isEnded: boolean;
  /** Spans begun so far, in the order of a waterfall, each with its depth. */
  readonly spans: readonly ToldSpan[];
  /** Time that each span is on the critical path so far, by row, simulated ms. */
  readonly criticalMs: ReadonlyMap<number, number>;
  readonly path: ReturnType<typeof criticalPath>;
}

interface ToldSpan {
  readonly span: Span;
  readonly depth: number;
  /** When it began by the clock of its lane, simulated ms. */
  readonly start: number;
  /** Whether it seems to begin before the span that it is a part of: clocks differ. */
  readonly isTooEarly: boolean;
}

function readTrace(view: TimelineSpec, index: RecordingIndex, t: number): TraceReading | undefined {
  const traces = tracesOf(index);
  const row = traces.rootAt(view.trace ?? 'present', t);
  if (row === undefined) return undefined;
  const root = index.span(row);
  const tree = traces.treeAt(row, t, (part) => aheadOf(view, index, index.span(part)));
  const path = criticalPath(tree);
  const criticalMs = new Map<number, number>();
  for (const { row: on, from, to } of path)
    criticalMs.set(on, (criticalMs.get(on) ?? 0) + to - from);
  const spans: ToldSpan[] = [];
  const add = (node: SpanNode, depth: number, from: number): void => {
    const { start } = node;
    spans.push({ span: index.span(node.row), depth, start, isTooEarly: start < from });
    for (const child of node.children) add(child, depth + 1, start);
  };
  add(tree, 0, tree.start);
  const extent = extentOf(view, index, root);
  return { root, extent, tree, isEnded: root.end <= t, spans, criticalMs, path };
}

interface TraceProps {
  readonly props: ViewProps<TimelineSpec>;
  readonly run: ViewRun;
  readonly reading: TraceReading | undefined;
  /** Rows that the drawing has room for. */
  readonly rows: number;
  readonly lengthMs: number;
}

function Trace({
  props: { view, t },
  run: { index },
  reading,
  rows,
  lengthMs,
}: TraceProps): ReactNode {
  const height = rows * TRACE_ROW_PX;
  const drawn = reading ? rowsOf(view, index, reading.root.row) : [];
  const start = reading?.extent.start ?? 0;
  const axis: Axis = { start, lengthMs, zero: reading?.tree.start ?? 0 };
  const places = new Map(drawn.map(({ row }, place) => [row, place]));
  const begun = drawn
    .map((each, place) => {
      const span = index.span(each.row);
      return { ...each, place, span, aheadMs: aheadOf(view, index, span) };
    })
    .filter(({ span }) => span.start <= t);
  const bars = begun.map(
    ({ span, aheadMs, place }): Bar => ({
      key: span.row,
      from: shareOf(axis, span.start + aheadMs),
      to: shareOf(axis, endAt(span, t) + aheadMs),
      top: place * TRACE_ROW_PX + BAR_TOP_PX,
      height: BAR_PX,
      outcome: outcomeAt(span, t),
    }),
  );
  const outcomes = new Map(bars.map(({ key, outcome }) => [key, outcome]));
  const critical = (reading?.path ?? []).flatMap(({ row, from, to }, i): Bar[] => {
    const place = places.get(row);
    if (place === undefined) return [];
    return [
      {
        key: i,
        from: shareOf(axis, from),
        to: shareOf(axis, to),
        top: place * TRACE_ROW_PX + BAR_TOP_PX,
        height: BAR_PX,
        outcome: outcomes.get(row) ?? 'sent',
      },
    ];
  });
  // From the span that it is a part of, down to where it begins.
  const calls = begun
    .filter(({ parent }) => parent >= 0)
    .map(({ span, aheadMs, place, parent }) => {
      const x = Math.round(shareOf(axis, span.start + aheadMs) * UNITS);
      const top = parent * TRACE_ROW_PX + BAR_TOP_PX + BAR_PX;
      return `M${x} ${top}V${place * TRACE_ROW_PX + BAR_TOP_PX}`;
    })
    .join('');
  return (
    <Drawing height={height + AXIS_PX}>
      <Svg>
        {reading && <AxisLines axis={axis} height={height} />}
        <Stretched units={UNITS} height={height}>
          {calls !== '' && <path className="v-timeline-call" d={calls} />}
          <Bars bars={bars} className="v-timeline-bar" />
          <Bars bars={critical} className="v-timeline-critical" />
        </Stretched>
        <Ends bars={bars} />
        {begun.map(({ span, aheadMs, place, hidden }) => (
          <BarName
            key={span.row}
            y={place * TRACE_ROW_PX + NAME_PX}
            from={shareOf(axis, span.start + aheadMs)}
            to={Math.min(1, shareOf(axis, span.start + aheadMs + wholeMs(span, index.shownMs)))}
            name={`${laneName(view, span.lane)} · ${spanName(span)}`}
            detail={`${took(endAt(span, t) - span.start)}${hidden > 0 ? ` · +${hidden}` : ''}`}
          />
        ))}
        <Head axis={axis} t={t} height={height} />
      </Svg>
    </Drawing>
  );
}

/** Letters that a length of time takes at most, with what else is told of a span. */
const DETAIL_LETTERS = 12;

/** A name above its bar: from where it begins, or up to where it ends if only there is room. */
function BarName({
  y,
  from,
  to,
  name,
  detail,
}: {
  readonly y: number;
  /** Shares of the width. */
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly detail: string;
}): ReactNode {
  const wanted = ((name.length + DETAIL_LETTERS) * LETTER_PX) / NARROW_PX;
  const isFromStart = 1 - from >= Math.min(to, wanted);
  const room = Math.max(isFromStart ? 1 - from : to, 0.3);
  const letters = Math.max(6, Math.floor((room * NARROW_PX) / LETTER_PX) - detail.length - 2);
  const text = (shown: string): ReactNode => (
    <SvgText
      x={percent(isFromStart ? from : to)}
      y={y}
      textAnchor={isFromStart ? 'start' : 'end'}
      tone="ink"
      halo
    >
      {shown}
      <tspan className="v-faint">{`\u2002${detail}`}</tspan>
    </SvgText>
  );
  if (name.length <= letters) return text(name);
  return (
    <>
      <g className="v-roomy-only">{text(shortened(name, letters * 2))}</g>
      <g className="v-tight-only">{text(shortened(name, letters))}</g>
    </>
  );
}

// Lanes -------------------------------------------------------------------------------------------

interface LanePlan {
  readonly id: string;
  readonly label: string;
  /** px. */
  readonly top: number;
  readonly lines: number;
}

interface LanesPlan {
  readonly lanes: readonly LanePlan[];
  /** Lanes beyond those drawn. */
  readonly hidden: number;
  /** px, without the axis. */
  readonly height: number;
  /** Line of each span in its lane, by row; spans that are not drawn have none. */
  readonly lineOf: ReadonlyMap<number, number>;
}

/**
 * Spans that run beside each other in a lane stand in lines below each other: each in the first line
 * that is free when it begins.
 */
function lanesPlan(view: TimelineSpec, index: RecordingIndex): LanesPlan {
  const shown = view.lanes.slice(0, rowsMaxOf(view));
  const free = new Map<string, number[]>(shown.map(({ id }) => [id, []]));
  const lineOf = new Map<number, number>();
  for (let row = 0; row < index.recording.spans.length; row++) {
    const { lane, kind, start, end } = index.span(row);
    const lines = free.get(lane);
    if (!lines || (view.kinds && !view.kinds.includes(kind))) continue;
    const found = lines.findIndex((until) => until <= start);
    const line = found >= 0 ? found : Math.min(lines.length, LINES_MAX - 1);
    lines[line] = Math.max(lines[line] ?? 0, Number.isNaN(end) ? Number.POSITIVE_INFINITY : end);
    lineOf.set(row, line);
  }
  let top = 0;
  const lanes = shown.map(({ id, label }): LanePlan => {
    const lines = Math.max(1, free.get(id)?.length ?? 0);
    const lane = { id, label, top, lines };
    top += LANE_HEAD_PX + lines * LANE_LINE_PX + LANE_FOOT_PX;
    return lane;
  });
  return { lanes, hidden: view.lanes.length - shown.length, height: top, lineOf };
}
const keepPlan = keeper<LanesPlan>();
const planOf = (view: TimelineSpec, index: RecordingIndex): LanesPlan =>
  keepPlan(index, view, () => lanesPlan(view, index));

function lanesAxis({ view, t, shownMs, parameters }: ViewProps<TimelineSpec>): Axis {
  const windowMs = view.windowMs === undefined ? undefined : levelAt(view.windowMs, parameters, t);
  if (windowMs === undefined || !(windowMs > 0) || windowMs >= shownMs)
    return { start: 0, lengthMs: Math.max(shownMs, 1), zero: 0 };
  return { start: Math.max(0, t - PRESENT * windowMs), lengthMs: windowMs, zero: 0 };
}

function Lanes({
  props,
  run: { index },
}: {
  readonly props: ViewProps<TimelineSpec>;
  readonly run: ViewRun;
}): ReactNode {
  const { view, t } = props;
  const { lanes, hidden, height, lineOf } = planOf(view, index);
  const axis = lanesAxis(props);
  const tops = new Map(lanes.map(({ id, top }) => [id, top]));
  const spans = index.spansWithin(axis.start, t).flatMap((row) => {
    const line = lineOf.get(row);
    return line === undefined ? [] : [{ span: index.span(row), line }];
  });
  const bars = spans.map(
    ({ span, line }): Bar => ({
      key: span.row,
      from: shareOf(axis, span.start),
      to: shareOf(axis, endAt(span, t)),
      top: (tops.get(span.lane) ?? 0) + LANE_HEAD_PX + line * LANE_LINE_PX,
      height: LANE_BAR_PX,
      outcome: outcomeAt(span, t),
    }),
  );
  const foot = hidden > 0 ? 16 : 0;
  return (
    <Drawing height={height + foot + AXIS_PX}>
      <Svg>
        <AxisLines axis={axis} height={height + foot} />
        {lanes.map(({ id, label, top }) => (
          <g key={id}>
            {top > 0 && <line className="v-rule" x2="100%" y1={top} y2={top} />}
            <SvgText y={top + 12} tone="ink" halo>
              {shortened(label, 40)}
            </SvgText>
          </g>
        ))}
        <Stretched units={UNITS} height={height}>
          <Bars bars={bars} className="v-timeline-bar v-timeline-edged" />
        </Stretched>
        <BarTexts bars={bars} nameOf={(row) => spanName(index.span(row))} />
        <Ends bars={bars} />
        {hidden > 0 && (
          <SvgText y={height + 12} tone="faint">
            {`and ${hidden} more ${hidden === 1 ? 'lane' : 'lanes'}`}
          </SvgText>
        )}
        <Head axis={axis} t={t} height={height + foot} />
      </Svg>
    </Drawing>
  );
}

/** Names inside those bars that are long enough for them on a phone, clear of the mark at their end. */
function BarTexts({
  bars,
  nameOf,
}: {
  readonly bars: readonly Bar[];
  readonly nameOf: (row: number) => string;
}): ReactNode {
  return bars.map(({ key, from, to, top, height }) => {
    const start = Math.max(0, from);
    const name = nameOf(key);
    if ((to - start) * NARROW_PX < textWidth(name, 10) + 12) return null;
    return (
      <SvgText
        key={key}
        x={percent(start)}
        dx={4}
        y={top + height / 2}
        centred
        fontSize={10}
        tone="ink"
      >
        {name}
      </SvgText>
    );
  });
}

// The view ----------------------------------------------------------------------------------------

function TimelineView(props: ViewProps<TimelineSpec>): ReactNode {
  const { view, runs, t } = props;
  const isRace = runs.length > 1;
  if (view.rows === 'lanes')
    return (
      <div className="v" role="img" aria-label={describeTimeline(props)}>
        {runs.map((run) => (
          <div key={run.id} className="v-panel">
            {isRace && (
              <p>
                <b>{run.title}</b>
              </p>
            )}
            <Part draw={() => <Lanes props={props} run={run} />} of={butTheMoment(props)} t={t} />
          </div>
        ))}
      </div>
    );
  const readings = runs.map(({ index }) => readTrace(view, index, t));
  const rows = Math.max(...runs.map(({ index }) => mostRows(view, index)));
  // One scale for all runs: the bars of rivals can be compared.
  const lengthMs = Math.max(
    1e-3,
    ...readings.map((reading) => (reading ? reading.extent.end - reading.extent.start : 0)),
  );
  return (
    <div className="v" role="img" aria-label={describeTimeline(props)}>
      {runs.map((run, i) => (
        <Part
          key={run.id}
          draw={() => (
            <TracePanel
              props={props}
              run={run}
              reading={readings[i]}
              rows={rows}
              lengthMs={lengthMs}
            />
          )}
          of={butTheMoment(props)}
          t={t}
        />
      ))}
    </div>
  );
}

function TracePanel({ props, run, reading, rows, lengthMs }: TraceProps): ReactNode {
  return (
    <div className="v-panel">
      <p>
        {props.runs.length > 1 && <b>{run.title}</b>}
        <span>
          {reading
            ? `${spanName(reading.root)}, ${took(endAt(reading.root, props.t) - reading.root.start)}${reading.isEnded ? '' : ' so far'}`
            : 'No trace so far'}
        </span>
        <span>
          <svg className="v-plain" width="20" height="8" aria-hidden="true">
            <rect className="v-timeline-bar" width="20" height="8" />
            <rect className="v-timeline-critical" width="10" height="8" />
          </svg>
          full colour: on the critical path
        </span>
      </p>
      <Trace props={props} run={run} reading={reading} rows={rows} lengthMs={lengthMs} />
    </div>
  );
}

// Words -------------------------------------------------------------------------------------------

function sayTrace({ view, t, shownMs }: ViewProps<TimelineSpec>, { index }: ViewRun): string {
  const reading = readTrace(view, index, t);
  if (!reading) return 'no trace so far';
  const { root, isEnded, spans, criticalMs } = reading;
  const lanes = new Map<string, number>();
  for (const { span } of spans) {
    const ms = criticalMs.get(span.row) ?? 0;
    if (ms > 0) lanes.set(span.lane, (lanes.get(span.lane) ?? 0) + ms);
  }
  const longest = [...lanes].sort((a, b) => b[1] - a[1]).slice(0, 3);
  const tookMs = took(endAt(root, t) - root.start);
  const count = `${spans.length} ${spans.length === 1 ? 'span' : 'spans'}`;
  const first = isEnded
    ? `${spanName(root)}, begun at ${formatMoment(root.start, shownMs)}, took ${tookMs} in ${count} and is ${outcomeLabel(outcomeAt(root, t))}`
    : `${spanName(root)}, begun at ${formatMoment(root.start, shownMs)}, has taken ${tookMs} in ${count} so far`;
  const early = spans.filter(({ isTooEarly }) => isTooEarly).map(({ span }) => spanName(span));
  return [
    first,
    ...(longest.length > 0
      ? [
          `on the critical path ${listed(longest.map(([lane, ms]) => `${laneName(view, lane)} ${took(ms)}`))}`,
        ]
      : []),
    ...(early.length > 0 ? [`before what called it seems to begin ${listed(early)}`] : []),
  ].join('; ');
}

/** Spans of the lanes that have begun by `t`, in order of their start. */
function lanesSpans(view: TimelineSpec, index: RecordingIndex, t: number): readonly Span[] {
  const { lineOf } = planOf(view, index);
  const spans: Span[] = [];
  for (const row of lineOf.keys()) {
    const span = index.span(row);
    if (span.start > t) break;
    spans.push(span);
  }
  return spans;
}

function sayLanes({ view, t }: ViewProps<TimelineSpec>, { index }: ViewRun): string {
  const spans = lanesSpans(view, index, t);
  if (spans.length === 0) return 'nothing has begun so far';
  const open = spans.filter((span) => !(span.end <= t));
  const now = open
    .slice(-4)
    .map((span) => `${laneName(view, span.lane)}: ${spanName(span)}, for ${took(t - span.start)}`);
  const more = open.length - now.length;
  const said = more > 0 ? [...now, `${more} more`] : now;
  return `${formatNumber(spans.length, 6)} begun so far, ${open.length === 0 ? 'none under way' : `under way ${said.join('; ')}`}`;
}

function describeTimeline(props: ViewProps<TimelineSpec>): string {
  const { view, runs, t, shownMs } = props;
  const say = view.rows === 'trace' ? sayTrace : sayLanes;
  return `${view.title}, at ${formatMoment(t, shownMs)}. ${perRun(runs, (run) => say(props, run))}.`;
}

/** A span may begin before the root by a clock that is behind the root's. */
const sinceRoot = (ms: number): string => `${ms < 0 ? '' : '+'}${took(ms)}`;

/** The spans begun by `t`: of a trace in the order of the waterfall, of lanes the last ones. */
function tableTimeline({ view, runs, t, shownMs }: ViewProps<TimelineSpec>): ViewTable {
  const isRace = runs.length > 1;
  const isTrace = view.rows === 'trace';
  return {
    caption: `${view.title}, at ${formatMoment(t, shownMs)}`,
    columns: [
      'Span',
      ...(isRace ? ['Run'] : []),
      'Lane',
      'Began',
      'Took',
      ...(isTrace ? ['On the critical path'] : []),
      'Outcome',
    ],
    rows: runs.flatMap((run) => {
      const reading = isTrace ? readTrace(view, run.index, t) : undefined;
      const spans = isTrace
        ? (reading?.spans ?? []).slice(0, TABLE_ROWS_MAX)
        : lanesSpans(view, run.index, t)
            .slice(-TABLE_ROWS_MAX)
            .map((span) => ({ span, depth: 0, start: span.start }));
      return spans.map(({ span, depth, start }) => {
        const ms = reading?.criticalMs.get(span.row) ?? 0;
        const isOpen = !(span.end <= t);
        return [
          `${'\u2003'.repeat(depth)}${spanName(span)}`,
          ...(isRace ? [run.title] : []),
          laneName(view, span.lane),
          isTrace ? sinceRoot(start - (reading?.tree.start ?? 0)) : formatMoment(start, shownMs),
          `${took(endAt(span, t) - span.start)}${isOpen ? ' so far' : ''}`,
          ...(isTrace ? [ms > 0 ? took(ms) : '–'] : []),
          isOpen ? 'under way' : outcomeLabel(outcomeAt(span, t)),
        ];
      });
    }),
  };
}

export const timeline: ViewKind<TimelineSpec> = {
  Drawing: TimelineView,
  describe: describeTimeline,
  table: tableTimeline,
};
