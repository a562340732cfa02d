/**
 * A recording made searchable: what holds, travels or has happened at a moment `t`.
 *
 * Built once per recording; every table is made on its first use and then searched by bisection, so
 * that a view may ask at each frame. All times are simulated ms. A fact counts from its own moment
 * on: at `t` one sees what happened up to and including `t`, and nothing that happens later.
 */
import type { Outcome } from '../kernel/outcomes';
import { NO_TEXT, NOT_RECORDED, type Recording, type Tone } from '../kernel/recording';

export interface Series {
  /** Times of the samples, rising; ties allowed. */
  readonly at: Float64Array;
  readonly value: Float64Array;
  /** Extremes of the finite values; both 0 if there are none. */
  readonly least: number;
  readonly greatest: number;
}

export interface StateHistory {
  readonly at: Float64Array;
  readonly value: readonly (number | string)[];
}

export interface Message {
  readonly row: number;
  readonly from: string;
  readonly to: string;
  readonly kind: Outcome;
  readonly label: string;
  readonly sentAt: number;
  readonly arrivesAt: number;
  /** NaN if it was not lost. */
  readonly lostAt: number;
}

export interface Span {
  readonly row: number;
  readonly lane: string;
  readonly kind: string;
  readonly label: string;
  /** Row of the span that it is a part of; −1 if it is a whole. */
  readonly parent: number;
  readonly start: number;
  /** NaN while it is open. */
  readonly end: number;
  /** Empty while it is open. */
  readonly outcome: Outcome | '';
}

interface Note {
  readonly row: number;
  readonly text: string;
  readonly tone: Tone;
  readonly at: number;
}

/** Which messages are meant; what is left out is not asked. */
interface MessageFilter {
  readonly from?: string;
  readonly to?: string;
  readonly kind?: Outcome;
}

export interface RecordingIndex {
  readonly recording: Recording;
  readonly shownMs: number;
  /** The samples of a series; empty columns for a name that was never sampled. */
  readonly series: (name: string) => Series;
  /** The last sample at or before `t`; undefined before the first. */
  readonly valueAt: (series: string, t: number) => number | undefined;
  /** The value that a field of a node holds at `t`; undefined before it is first set. */
  readonly stateAt: (node: string, field: string, t: number) => number | string | undefined;
  readonly stateHistory: (node: string, field: string) => StateHistory;
  /** Nodes of which a field is ever known, in order of the first record. */
  readonly nodesWith: (field: string) => readonly string[];
  readonly message: (row: number) => Message;
  /** Rows of the messages sent at or before `t` that have neither arrived nor been lost, in order of sending. */
  readonly inFlight: (t: number) => number[];
  /** Rows of the messages that were under way at any moment from `from` to `to`, in order of sending. */
  readonly underWay: (from: number, to: number) => number[];
  /** Rows of the messages lost at most `share` of their flight time before `t`, in order of loss. */
  readonly justLost: (t: number, share: number) => number[];
  /** Rows of all messages that were lost, in order of loss, up to `t`. */
  readonly lostUntil: (t: number) => Uint32Array;
  /** Rows of the messages that fit, in order of sending. */
  readonly messages: (filter: MessageFilter) => Uint32Array;
  /** How many of them were sent at or before `t`. */
  readonly sentCount: (filter: MessageFilter, t: number) => number;
  /** How many messages of a kind have arrived at a node at or before `t`. */
  readonly arrivedCount: (node: string, kind: Outcome, t: number) => number;
  /** Kinds of message that arrive at a node at any time of the recording, in order of first sending. */
  readonly kindsAt: (node: string) => readonly Outcome[];
  /** What is at a node at `t` if everything that leaves it is sent from it: arrivals less departures, at least 0. */
  readonly presentAt: (node: string, t: number) => number;
  readonly span: (row: number) => Span;
  /** Rows of the spans open at any moment from `from` to `to`, in order of their start. */
  readonly spansWithin: (from: number, to: number) => number[];
  readonly note: (row: number) => Note;
  /** Number of notes at or before `t`; they are the rows 0 … n − 1. */
  readonly noteCount: (t: number) => number;
  /** The next moment at which something happens; the end of the recording if there is none. */
  readonly momentAfter: (t: number) => number;
  /** The last moment before `t` at which something happened; 0 if there is none. */
  readonly momentBefore: (t: number) => number;
}

/** Number of values ≤ `t` in a rising column. */
export function countUntil(column: Float64Array, t: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((column[middle] ?? 0) <= t) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Number of values < `t` in a rising column. */
export function countBefore(column: Float64Array, t: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((column[middle] ?? 0) < t) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function memoised<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = make(key);
    known.set(key, value);
    return value;
  };
}

/** Rows of the columns gathered by a number, each group in the order of the rows. */
function grouped(length: number, keyOf: (row: number) => number): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (let row = 0; row < length; row++) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** Rows to a block: the last end in each block lets a search step over what is long over. */
const BLOCK = 64;

/** Finds the intervals that touch a stretch of time; starts must rise, ends need not. */
function intervals(starts: Float64Array, ends: Float64Array) {
  const lastEnds = new Float64Array(Math.ceil(starts.length / BLOCK)).fill(
    Number.NEGATIVE_INFINITY,
  );
  for (let row = 0; row < ends.length; row++) {
    const block = Math.floor(row / BLOCK);
    lastEnds[block] = Math.max(lastEnds[block] ?? 0, ends[row] ?? 0);
  }
  /** Rows with start ≤ `to` and end > `from`. */
  return (from: number, to: number): number[] => {
    const limit = countUntil(starts, to);
    const rows: number[] = [];
    for (let block = 0; block * BLOCK < limit; block++) {
      if (!((lastEnds[block] ?? 0) > from)) continue;
      const end = Math.min(limit, (block + 1) * BLOCK);
      for (let row = block * BLOCK; row < end; row++) if ((ends[row] ?? 0) > from) rows.push(row);
    }
    return rows;
  };
}

const NO_SERIES: Series = {
  at: new Float64Array(0),
  value: new Float64Array(0),
  least: 0,
  greatest: 0,
};
const NO_HISTORY: StateHistory = { at: new Float64Array(0), value: [] };
const NO_ROWS = new Uint32Array(0);

export function indexRecording(recording: Recording): RecordingIndex {
  const { strings, messages, spans, states, samples, notes, shownMs } = recording;
  const text = (id: number | undefined): string => strings[id ?? 0] ?? '';
  const ids = lazy(() => new Map(strings.map((string, id) => [string, id])));

  /** When a message leaves the way: it arrives, or it was lost before that. */
  const flightEnds = lazy(() =>
    Float64Array.from({ length: messages.length }, (_, row) => {
      const arrivesAt = messages.arrivesAt[row] ?? 0;
      const lostAt = messages.lostAt[row] ?? Number.NaN;
      return lostAt < arrivesAt ? lostAt : arrivesAt;
    }),
  );
  const isLost = (row: number): boolean =>
    (messages.lostAt[row] ?? Number.NaN) < (messages.arrivesAt[row] ?? 0);
  const flights = lazy(() => intervals(messages.sentAt, flightEnds()));

  const losses = lazy(() => {
    const lostAt = (row: number): number => messages.lostAt[row] ?? 0;
    const rows = Array.from({ length: messages.length }, (_, row) => row).filter(isLost);
    rows.sort((a, b) => lostAt(a) - lostAt(b) || a - b);
    let longestMs = 0;
    for (const row of rows)
      longestMs = Math.max(longestMs, (messages.arrivesAt[row] ?? 0) - (messages.sentAt[row] ?? 0));
    return { rows: Uint32Array.from(rows), at: Float64Array.from(rows, lostAt), longestMs };
  });

  const seriesById = lazy(() => {
    const all = new Map<number, Series>();
    for (const [id, rows] of grouped(samples.length, (row) => samples.series[row] ?? 0)) {
      let least = Number.POSITIVE_INFINITY;
      let greatest = Number.NEGATIVE_INFINITY;
      for (const row of rows) {
        const value = samples.value[row] ?? 0;
        if (!Number.isFinite(value)) continue;
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
      all.set(id, {
        at: Float64Array.from(rows, (row) => samples.at[row] ?? 0),
        value: Float64Array.from(rows, (row) => samples.value[row] ?? 0),
        least: least <= greatest ? least : 0,
        greatest: least <= greatest ? greatest : 0,
      });
    }
    return all;
  });
  const series = (name: string): Series => seriesById().get(ids().get(name) ?? -1) ?? NO_SERIES;

  const pairKey = (first: number, second: number): number => first * strings.length + second;
  const historyByPair = lazy(() => {
    const all = new Map<number, StateHistory>();
    const pairs = grouped(states.length, (row) =>
      pairKey(states.node[row] ?? 0, states.field[row] ?? 0),
    );
    for (const [key, rows] of pairs) {
      all.set(key, {
        at: Float64Array.from(rows, (row) => states.at[row] ?? 0),
        value: rows.map((row) => {
          const textId = states.text[row];
          return textId === NO_TEXT ? (states.number[row] ?? Number.NaN) : text(textId);
        }),
      });
    }
    return all;
  });
  const stateHistory = (node: string, field: string): StateHistory => {
    const nodeId = ids().get(node);
    const fieldId = ids().get(field);
    if (nodeId === undefined || fieldId === undefined) return NO_HISTORY;
    return historyByPair().get(pairKey(nodeId, fieldId)) ?? NO_HISTORY;
  };

  const nodesWith = memoised((field): readonly string[] => {
    const fieldId = ids().get(field);
    const nodes = new Set<number>();
    if (fieldId !== undefined)
      for (let row = 0; row < states.length; row++)
        if (states.field[row] === fieldId) nodes.add(states.node[row] ?? 0);
    return [...nodes].map(text);
  });

  /** Arrival times by node and kind, each rising. */
  const arrivals = lazy(() => {
    const all = new Map<number, Float64Array>();
    const pairs = grouped(messages.length, (row) =>
      isLost(row) ? -1 : pairKey(messages.to[row] ?? 0, messages.kind[row] ?? 0),
    );
    for (const [key, rows] of pairs) {
      if (key >= 0)
        all.set(key, Float64Array.from(rows, (row) => messages.arrivesAt[row] ?? 0).sort());
    }
    return all;
  });
  const arrivedCount = (node: string, kind: string, t: number): number => {
    const nodeId = ids().get(node);
    const kindId = ids().get(kind);
    if (nodeId === undefined || kindId === undefined) return 0;
    const at = arrivals().get(pairKey(nodeId, kindId));
    return at ? countUntil(at, t) : 0;
  };
  const kindsAt = memoised((node): readonly Outcome[] => {
    const nodeId = ids().get(node);
    const kinds = new Set<number>();
    if (nodeId !== undefined)
      for (let row = 0; row < messages.length; row++)
        if (messages.to[row] === nodeId && !isLost(row)) kinds.add(messages.kind[row] ?? 0);
    return [...kinds].map((id) => text(id) as Outcome);
  });

  const matching = memoised((key): { rows: Uint32Array; at: Float64Array } => {
    const [from, to, kind] = key.split('\n').map((name) => (name ? ids().get(name) : -1));
    // A name that never occurs in the recording fits no message.
    if (from === undefined || to === undefined || kind === undefined)
      return { rows: NO_ROWS, at: new Float64Array(0) };
    const rows: number[] = [];
    for (let row = 0; row < messages.length; row++) {
      if (from >= 0 && messages.from[row] !== from) continue;
      if (to >= 0 && messages.to[row] !== to) continue;
      if (kind >= 0 && messages.kind[row] !== kind) continue;
      rows.push(row);
    }
    return {
      rows: Uint32Array.from(rows),
      at: Float64Array.from(rows, (row) => messages.sentAt[row] ?? 0),
    };
  });
  const match = ({ from, to, kind }: MessageFilter) =>
    matching(`${from ?? ''}\n${to ?? ''}\n${kind ?? ''}`);
  const sentCount = (filter: MessageFilter, t: number): number => countUntil(match(filter).at, t);

  const openSpans = lazy(() =>
    intervals(
      spans.start,
      spans.end.map((end) => (Number.isNaN(end) ? Number.POSITIVE_INFINITY : end)),
    ),
  );

  /** Columns of rising times; their union is what one steps through. */
  const moments = lazy(() => {
    const columns = [
      messages.sentAt,
      flightEnds()
        .filter((at) => at <= shownMs)
        .sort(),
      spans.start,
      spans.end.filter((at) => at <= shownMs).sort(),
      states.at,
      notes.at,
    ];
    // Samples taken by the clock are no events; they are stepped through only where there is nothing else.
    return columns.some((column) => column.length > 0) ? columns : [samples.at];
  });

  return {
    recording,
    shownMs,
    series,
    valueAt: (name, t) => {
      const { at, value } = series(name);
      return value[countUntil(at, t) - 1];
    },
    stateAt: (node, field, t) => {
      const { at, value } = stateHistory(node, field);
      return value[countUntil(at, t) - 1];
    },
    stateHistory,
    nodesWith,
    message: (row) => ({
      row,
      from: text(messages.from[row]),
      to: text(messages.to[row]),
      kind: text(messages.kind[row]) as Outcome,
      label: text(messages.label[row]),
      sentAt: messages.sentAt[row] ?? 0,
      arrivesAt: messages.arrivesAt[row] ?? 0,
      lostAt: messages.lostAt[row] ?? Number.NaN,
    }),
    inFlight: (t) => flights()(t, t),
    underWay: (from, to) => flights()(from, to),
    justLost: (t, share) => {
      const { rows, at, longestMs } = losses();
      const found: number[] = [];
      for (let i = countBefore(at, t - share * longestMs); i < at.length; i++) {
        const lostAt = at[i] ?? 0;
        if (lostAt > t) break;
        const row = rows[i] ?? 0;
        const flightMs = (messages.arrivesAt[row] ?? 0) - (messages.sentAt[row] ?? 0);
        if (t - lostAt < share * flightMs) found.push(row);
      }
      return found;
    },
    lostUntil: (t) => losses().rows.subarray(0, countUntil(losses().at, t)),
    messages: (filter) => match(filter).rows,
    sentCount,
    arrivedCount,
    kindsAt,
    presentAt: (node, t) => {
      let present = -sentCount({ from: node }, t);
      for (const kind of kindsAt(node)) present += arrivedCount(node, kind, t);
      return Math.max(0, present);
    },
    span: (row) => ({
      row,
      lane: text(spans.lane[row]),
      kind: text(spans.kind[row]),
      label: text(spans.label[row]),
      parent: spans.parent[row] ?? NOT_RECORDED,
      start: spans.start[row] ?? 0,
      end: spans.end[row] ?? Number.NaN,
      outcome: text(spans.outcome[row]) as Outcome | '',
    }),
    spansWithin: (from, to) => openSpans()(from, to),
    note: (row) => ({
      row,
      text: text(notes.text[row]),
      tone: text(notes.tone[row]) as Tone,
      at: notes.at[row] ?? 0,
    }),
    noteCount: (t) => countUntil(notes.at, t),
    momentAfter: (t) => {
      let next = shownMs;
      for (const column of moments())
        next = Math.min(next, column[countUntil(column, t)] ?? shownMs);
      return next;
    },
    momentBefore: (t) => {
      let previous = 0;
      for (const column of moments())
        previous = Math.max(previous, column[countBefore(column, t) - 1] ?? 0);
      return previous;
    },
  };
}
