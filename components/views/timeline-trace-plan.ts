/**
 * What is drawn of a trace: the rows and the stretch of time that it takes in the whole run, so that
 * nothing moves while it is drawn, and how far it has come at `t`.
 */
import type { RecordingIndex, Span } from '@/lib/simulation/recording-index';
import { criticalPath, type SpanNode, tracesOf } from '@/lib/simulation/trace';
import type { TimelineView as TimelineSpec } from '@/lib/simulation/views';
import { oncePerRun } from './once';
import { rowsMaxOf } from './timeline-spans';

/** By how many ms the clock is ahead that the times of a span were read from. */
export function aheadOf(view: TimelineSpec, index: RecordingIndex, { lane, start }: Span): number {
  const aheadMs = view.clock === undefined ? 0 : index.stateAt(lane, view.clock, start);
  return typeof aheadMs === 'number' ? aheadMs : 0;
}

interface TraceRow {
  readonly row: number;
  readonly depth: number;
  /** Row of the drawing in which the span stands that it is a part of; −1 for the root. */
  readonly parent: number;
  /** Parts of it, at any depth, that are not drawn. */
  readonly hidden: number;
}

/** Length of a span in the whole run; to the edge of the recording if it never ends. */
export const wholeMs = ({ start, end }: Span, shownMs: number): number =>
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

const rowsByRoot = oncePerRun<TimelineSpec, Map<number, readonly TraceRow[]>>(() => new Map());

/** The rows of one trace, the same at every moment. */
export function rowsOf(
  view: TimelineSpec,
  index: RecordingIndex,
  root: number,
): readonly TraceRow[] {
  const known = rowsByRoot(view, index);
  const found = known.get(root) ?? traceRows(index, root, rowsMaxOf(view));
  known.set(root, found);
  return found;
}

/** Rows that the largest trace of a run takes: the height stays while traces come and go. */
export const mostRows = oncePerRun((view: TimelineSpec, index): number => {
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

const extentsByRoot = oncePerRun<TimelineSpec, Map<number, Extent>>(() => new Map());

/**
 * What the drawing of a whole trace spans: its root or, where clocks differ, from the first of its
 * spans to the last. Of the whole, so that bars do not move while it is drawn.
 */
function extentOf(view: TimelineSpec, index: RecordingIndex, root: Span): Extent {
  const known = extentsByRoot(view, index);
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
const usualMs = oncePerRun((_view: TimelineSpec, index): number => {
  const lengths = Float64Array.from(tracesOf(index).roots, (row) => {
    const { start, end } = index.span(row);
    return end - start;
  })
    .filter((length) => length > 0)
    .sort();
  return lengths[lengths.length >> 1] ?? 1;
});

/** The trace in question at `t`. */
export interface TraceReading {
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

/** Undefined while there is no trace. */
export function readTrace(
  view: TimelineSpec,
  index: RecordingIndex,
  t: number,
): TraceReading | undefined {
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
