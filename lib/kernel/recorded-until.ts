import type { Recording } from './recording';

/**
 * What a recording knows at a moment: its records up to and including `t`, over the same columns,
 * without a copy. Facts of those records that lie later (the end of a span, a loss) stay in them; who
 * asks what holds at `t` does not see them.
 *
 * @param t simulated ms
 */
export function recordedUntil(recording: Recording, t: number): Recording {
  const { messages, spans, states, samples, notes } = recording;
  return {
    ...recording,
    shownMs: Math.min(t, recording.shownMs),
    messages: head(messages, countUntil(messages.sentAt, messages.length, t)),
    spans: head(spans, countUntil(spans.start, spans.length, t)),
    states: head(states, countUntil(states.at, states.length, t)),
    samples: head(samples, countUntil(samples.at, samples.length, t)),
    notes: head(notes, countUntil(notes.at, notes.length, t)),
  };
}

type Column = Float64Array | Uint32Array | Int32Array;

/** The first rows of a table of columns. */
function head<T extends { readonly length: number }>(columns: T, length: number): T {
  const cut = Object.entries(columns).map(([name, column]: [string, Column | number]) => [
    name,
    typeof column === 'number' ? length : column.subarray(0, length),
  ]);
  return Object.fromEntries(cut) as T;
}

/** How many of the first `length` values of a rising column are ≤ `t`. */
function countUntil(column: Float64Array, length: number, t: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((column[middle] ?? 0) <= t) low = middle + 1;
    else high = middle;
  }
  return low;
}
