/**
 * Spans as trees: which tree is in question at a moment, how it stands then, and its critical path.
 * Times are simulated ms.
 */
import type { RecordingIndex } from './recording-index';

/** A span as far as it is known at some moment, with its parts. */
export interface SpanNode {
  /** Row of the recording, or any other name of its own. */
  readonly row: number;
  readonly start: number;
  /** End, or the moment itself while it is open. */
  readonly end: number;
  /** In order of their start. */
  readonly children: readonly SpanNode[];
}

/** A stretch of a critical path: from `from` to `to` it was this span that the whole waited for. */
export interface CriticalSegment {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

/**
 * What the end of the whole waited for: stretches of spans that follow each other without a gap from
 * the start of the root to its end.
 *
 * Backwards from the end, the part that ended last is on the path, with its own path inside; then the
 * one that ended last before that one began. In between it is the span itself. Parts that outlive
 * what they are a part of are cut off at its end. (Z. Zhang et al.: CRISP: Critical Path Analysis of
 * Large-Scale Microservice Architectures, USENIX ATC 2022.)
 *
 * @returns the stretches in order of time, none of no length
 */
export function criticalPath(root: SpanNode): readonly CriticalSegment[] {
  const backwards: CriticalSegment[] = [];
  const follow = (span: SpanNode, from: number, until: number): void => {
    let cursor = until;
    const parts = span.children
      .map((part) => ({
        part,
        start: Math.max(part.start, from),
        end: Math.min(part.end, until),
      }))
      .filter(({ start, end }) => end > start)
      // Of those that ended together, the one that took longest.
      .sort((a, b) => b.end - a.end || a.start - b.start);
    for (const { part, start, end } of parts) {
      // It was still running when the next one on the path began: nothing waited for it.
      if (end > cursor) continue;
      if (end < cursor) backwards.push({ row: span.row, from: end, to: cursor });
      follow(part, start, end);
      cursor = start;
    }
    if (cursor > from) backwards.push({ row: span.row, from, to: cursor });
  };
  follow(root, root.start, root.end);
  return backwards.reverse();
}

/** Which root is in question: the one under way (or the last one), or the slowest that has ended. */
type TraceChoice = 'present' | 'slowest';

interface Traces {
  /** Rows of all spans that are no part of another, in order of their start. */
  readonly roots: readonly number[];
  /** Rows of the parts of a span, in order of their start. */
  readonly partsOf: (row: number) => readonly number[];
  /**
   * The root in question at `t`; undefined before the first. Of roots that overlap, the one that is
   * under way stays until it has ended, and the next to begin follows. Where none has ended yet, the
   * slowest is the one under way.
   */
  readonly rootAt: (choice: TraceChoice, t: number) => number | undefined;
  /**
   * A span with all its parts as they stand at `t`; what begins later is left out. Where clocks
   * differ, `aheadOf` says by how many ms the clock is ahead by which a span was written down: its
   * times are then those of that clock.
   */
  readonly treeAt: (row: number, t: number, aheadOf?: (row: number) => number) => SpanNode;
}

const known = new WeakMap<RecordingIndex, Traces>();

/** The trees of a recording; made once. */
export function tracesOf(index: RecordingIndex): Traces {
  const found = known.get(index);
  if (found) return found;
  const { spans } = index.recording;
  const roots: number[] = [];
  const parts = new Map<number, number[]>();
  for (let row = 0; row < spans.length; row++) {
    const parent = spans.parent[row] ?? -1;
    if (parent < 0) {
      roots.push(row);
      continue;
    }
    const siblings = parts.get(parent);
    if (siblings) siblings.push(row);
    else parts.set(parent, [row]);
  }
  const startOf = (row: number): number => spans.start[row] ?? 0;
  /** NaN while it is open. */
  const endOf = (row: number): number => spans.end[row] ?? Number.NaN;
  const partsOf = (row: number): readonly number[] => parts.get(row) ?? [];

  const inTurn: number[] = [];
  for (const root of roots) {
    const last = inTurn.at(-1);
    if (last === undefined || startOf(root) >= endOf(last)) inTurn.push(root);
  }
  const presentAt = (t: number): number | undefined =>
    inTurn.findLast((root) => startOf(root) <= t);

  const treeAt: Traces['treeAt'] = (row, t, aheadOf) => {
    const end = endOf(row);
    const aheadMs = aheadOf?.(row) ?? 0;
    return {
      row,
      start: startOf(row) + aheadMs,
      end: (end <= t ? end : t) + aheadMs,
      children: partsOf(row)
        .filter((part) => startOf(part) <= t)
        .map((part) => treeAt(part, t, aheadOf)),
    };
  };

  const traces: Traces = {
    roots,
    partsOf,
    rootAt: (choice, t) => {
      if (choice === 'present') return presentAt(t);
      let slowest: number | undefined;
      let longestMs = -1;
      for (const root of roots) {
        const tookMs = endOf(root) <= t ? endOf(root) - startOf(root) : -1;
        if (tookMs > longestMs) [slowest, longestMs] = [root, tookMs];
      }
      return slowest ?? presentAt(t);
    },
    treeAt,
  };
  known.set(index, traces);
  return traces;
}
