/** Who waits in a queue at `t`, and who left it without having been served: no markup. */
import type { Outcome } from '@/lib/kernel/outcomes';
import { countUntil, type RecordingIndex } from '@/lib/simulation/recording-index';
import type { QueueView } from '@/lib/simulation/views';
import { oncePerRun } from './once';

export interface Waiting {
  /** Row of the span. */
  readonly row: number;
  readonly name: string;
  readonly since: number;
  /** Until when it may wait, simulated ms; undefined if nothing says so. */
  readonly deadline: number | undefined;
  /** Place of its class among the declared, from 0; undefined if it has none. */
  readonly classPlace: number | undefined;
  readonly isNext: boolean;
}

export interface Gone {
  readonly row: number;
  readonly name: string;
  readonly waitedMs: number;
  readonly outcome: Outcome;
  /** Why, in words; empty if nothing says so. */
  readonly reason: string;
}

interface QueueReading {
  /** In the order in which they came. */
  readonly waiting: readonly Waiting[];
  /** Number of those that left unserved until `t`. */
  readonly goneCount: number;
  /** The last of them, newest last. */
  readonly gone: readonly Gone[];
}

interface Plan {
  /** Rows of those that leave unserved at any time, by when they do. */
  readonly rows: readonly number[];
  readonly at: Float64Array;
  /** The longest wait of the whole run, or time until a deadline, simulated ms. */
  readonly longestMs: number;
}

export const planOf = oncePerRun((view: QueueView, index): Plan => {
  const unserved: { row: number; at: number }[] = [];
  let longestMs = 0;
  for (let row = 0; row < index.recording.spans.length; row++) {
    const { lane, label, start, end, outcome } = index.span(row);
    if (lane !== view.lane) continue;
    const until = Number.isNaN(end) ? index.shownMs : end;
    longestMs = Math.max(
      longestMs,
      until - start,
      (deadlineOf(view, index, label) ?? start) - start,
    );
    if (!Number.isNaN(end) && outcome !== 'accepted') unserved.push({ row, at: end });
  }
  unserved.sort((a, b) => a.at - b.at || a.row - b.row);
  return {
    rows: unserved.map(({ row }) => row),
    at: Float64Array.from(unserved, ({ at }) => at),
    longestMs,
  };
});

function deadlineOf(
  { deadline }: QueueView,
  index: RecordingIndex,
  name: string,
  t = index.shownMs,
): number | undefined {
  const at = deadline === undefined ? undefined : index.stateAt(name, deadline, t);
  return typeof at === 'number' ? at : undefined;
}

/** @param goneMax how many of those that left unserved are told one by one */
export function readQueue(
  view: QueueView,
  index: RecordingIndex,
  t: number,
  goneMax: number,
): QueueReading {
  const next = view.next && index.stateAt(view.next.node, view.next.field, t);
  const classes = Object.keys(view.class?.values ?? {});
  const waiting = index.spansWithin(t, t).flatMap((row): Waiting[] => {
    const { lane, label, start } = index.span(row);
    if (lane !== view.lane) return [];
    const place = view.class
      ? classes.indexOf(String(index.stateAt(label, view.class.field, t) ?? ''))
      : -1;
    return [
      {
        row,
        name: label,
        since: start,
        deadline: deadlineOf(view, index, label, t),
        classPlace: place < 0 ? undefined : place,
        isNext: label === next,
      },
    ];
  });
  const { rows, at } = planOf(view, index);
  const goneCount = countUntil(at, t);
  const gone = rows.slice(Math.max(0, goneCount - goneMax), goneCount).map((row): Gone => {
    const { label, start, end, outcome } = index.span(row);
    const reason = view.reason === undefined ? undefined : index.stateAt(label, view.reason, t);
    return {
      row,
      name: label,
      waitedMs: end - start,
      outcome: outcome === '' ? 'lost' : outcome,
      reason: reason === undefined ? '' : String(reason),
    };
  });
  return { waiting, goneCount, gone };
}

/** Those for whom there is a row, and how many are left out behind the `before` first of them. */
interface Fit {
  readonly shown: readonly Waiting[];
  readonly before: number;
  readonly hidden: number;
}

/** The oldest, the newest, and always who is next; what is left out stands between them. */
export function fitRows(waiting: readonly Waiting[], rows: number): Fit {
  if (waiting.length <= rows) return { shown: waiting, before: waiting.length, hidden: 0 };
  // One row says how many are left out.
  const newest = waiting.slice(waiting.length - Math.floor((rows - 1) / 3));
  const oldest = waiting.slice(0, rows - 1 - newest.length);
  const next = waiting.find(({ isNext }) => isNext);
  if (next && !oldest.includes(next) && !newest.includes(next)) oldest[oldest.length - 1] = next;
  return {
    shown: [...oldest, ...newest],
    before: oldest.length,
    hidden: waiting.length - oldest.length - newest.length,
  };
}
