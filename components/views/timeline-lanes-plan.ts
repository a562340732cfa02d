/** Where lanes and their spans stand: the same in the whole run, so that nothing moves down or up. */
import type { RecordingIndex, Span } from '@/lib/simulation/recording-index';
import type { TimelineView as TimelineSpec } from '@/lib/simulation/views';
import { oncePerRun } from './once';
import { rowsMaxOf } from './timeline-spans';

/** A lane: its name, then as many lines of bars as run beside each other. */
export const LANE_HEAD_PX = 17;
export const LANE_LINE_PX = 15;
const LANE_FOOT_PX = 6;
const LINES_MAX = 4;

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
export const planOf = oncePerRun((view: TimelineSpec, index): LanesPlan => {
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
});

/** Spans of the lanes that have begun by `t`, in order of their start. */
export function lanesSpans(view: TimelineSpec, index: RecordingIndex, t: number): readonly Span[] {
  const { lineOf } = planOf(view, index);
  const spans: Span[] = [];
  for (const row of lineOf.keys()) {
    const span = index.span(row);
    if (span.start > t) break;
    spans.push(span);
  }
  return spans;
}
