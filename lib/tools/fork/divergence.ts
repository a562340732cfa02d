/**
 * Where two recordings part: the first fact that only one of them has. Nothing is assumed about how
 * they came about, so it also shows that a past is the same.
 */
import type { Outcome } from '@/lib/kernel/outcomes';
import { NO_TEXT, type Recording, type Tone } from '@/lib/kernel/recording';

/** One thing that a recording says. */
export type Fact =
  | { readonly kind: 'note'; readonly text: string; readonly tone: Tone }
  | {
      /** A message is sent, or is lost on its way. */
      readonly kind: 'message' | 'loss';
      readonly from: string;
      readonly to: string;
      readonly label: string;
      readonly outcome: Outcome;
    }
  | {
      readonly kind: 'begin' | 'end';
      readonly lane: string;
      readonly label: string;
      /** What came of it; empty at its beginning. */
      readonly outcome: Outcome | '';
    }
  | {
      readonly kind: 'state';
      readonly node: string;
      readonly field: string;
      readonly value: number | string;
    }
  | { readonly kind: 'sample'; readonly series: string; readonly value: number };

export interface Divergence {
  /** Simulated ms: all that was known before is the same in both. */
  readonly atMs: number;
  /** What the first says at that moment and the second does not say in its place; null if nothing. */
  readonly first: Fact | null;
  readonly second: Fact | null;
}

/** Facts of one kind, in order. */
interface Stream {
  readonly length: number;
  readonly atMs: (place: number) => number;
  /** What two facts of this kind must agree in to be the same. */
  readonly same: (place: number, other: Stream) => boolean;
  readonly values: (place: number) => readonly (string | number)[];
  readonly fact: (place: number) => Fact;
}

/** Where the second recording first says something else than the first; null if it never does. */
export function firstDivergence(first: Recording, second: Recording): Divergence | null {
  const endMs = Math.min(first.shownMs, second.shownMs);
  const others = streamsOf(second);
  let found: Divergence | null = null;
  // In the order of what tells a reader most: of several at one moment the first is named.
  for (const [kind, stream] of streamsOf(first).entries()) {
    const other = others[kind];
    if (!other) continue;
    const divergence = partingOf(stream, other);
    if (divergence && divergence.atMs <= endMs && (!found || divergence.atMs < found.atMs))
      found = divergence;
  }
  return found;
}

function partingOf(first: Stream, second: Stream): Divergence | null {
  let place = 0;
  const both = Math.min(first.length, second.length);
  while (place < both && first.same(place, second)) place++;
  const firstAtMs = place < first.length ? first.atMs(place) : Number.POSITIVE_INFINITY;
  const secondAtMs = place < second.length ? second.atMs(place) : Number.POSITIVE_INFINITY;
  const atMs = Math.min(firstAtMs, secondAtMs);
  if (atMs === Number.POSITIVE_INFINITY) return null;
  return {
    atMs,
    first: firstAtMs === atMs ? first.fact(place) : null,
    second: secondAtMs === atMs ? second.fact(place) : null,
  };
}

function streamsOf({ strings, notes, messages, spans, states, samples }: Recording): Stream[] {
  const text = (id: number | undefined): string => strings[id ?? 0] ?? '';
  const number = (value: number | undefined): number => value ?? Number.NaN;
  const rowsByTime = (column: Float64Array): number[] =>
    Array.from(column.keys())
      .filter((row) => !Number.isNaN(column[row]))
      .sort((a, b) => number(column[a]) - number(column[b]) || a - b);
  const lostRows = rowsByTime(messages.lostAt);
  const endRows = rowsByTime(spans.end);
  const row = (rows: readonly number[], place: number): number => rows[place] ?? 0;
  const message = (kind: 'message' | 'loss', r: number): Fact => ({
    kind,
    from: text(messages.from[r]),
    to: text(messages.to[r]),
    label: text(messages.label[r]),
    outcome: text(messages.kind[r]) as Outcome,
  });
  const stateValue = (r: number): number | string =>
    states.text[r] === NO_TEXT ? number(states.number[r]) : text(states.text[r]);
  return [
    stream(notes.length, {
      atMs: (r) => number(notes.at[r]),
      values: (r) => [text(notes.text[r]), text(notes.tone[r])],
      fact: (r) => ({ kind: 'note', text: text(notes.text[r]), tone: text(notes.tone[r]) as Tone }),
    }),
    stream(messages.length, {
      atMs: (r) => number(messages.sentAt[r]),
      values: (r) => [
        text(messages.from[r]),
        text(messages.to[r]),
        text(messages.kind[r]),
        text(messages.label[r]),
        number(messages.arrivesAt[r]),
      ],
      fact: (r) => message('message', r),
    }),
    stream(lostRows.length, {
      atMs: (place) => number(messages.lostAt[row(lostRows, place)]),
      values: (place) => [row(lostRows, place)],
      fact: (place) => message('loss', row(lostRows, place)),
    }),
    stream(spans.length, {
      atMs: (r) => number(spans.start[r]),
      values: (r) => [
        text(spans.lane[r]),
        text(spans.kind[r]),
        text(spans.label[r]),
        number(spans.parent[r]),
      ],
      fact: (r) => ({
        kind: 'begin',
        lane: text(spans.lane[r]),
        label: text(spans.label[r]) || text(spans.kind[r]),
        outcome: '',
      }),
    }),
    stream(endRows.length, {
      atMs: (place) => number(spans.end[row(endRows, place)]),
      values: (place) => {
        const r = row(endRows, place);
        return [r, text(spans.outcome[r])];
      },
      fact: (place) => {
        const r = row(endRows, place);
        return {
          kind: 'end',
          lane: text(spans.lane[r]),
          label: text(spans.label[r]) || text(spans.kind[r]),
          outcome: text(spans.outcome[r]) as Outcome,
        };
      },
    }),
    stream(states.length, {
      atMs: (r) => number(states.at[r]),
      values: (r) => [text(states.node[r]), text(states.field[r]), stateValue(r)],
      fact: (r) => ({
        kind: 'state',
        node: text(states.node[r]),
        field: text(states.field[r]),
        value: stateValue(r),
      }),
    }),
    stream(samples.length, {
      atMs: (r) => number(samples.at[r]),
      values: (r) => [text(samples.series[r]), number(samples.value[r])],
      fact: (r) => ({
        kind: 'sample',
        series: text(samples.series[r]),
        value: number(samples.value[r]),
      }),
    }),
  ];
}

function stream(
  length: number,
  { atMs, values, fact }: Pick<Stream, 'atMs' | 'values' | 'fact'>,
): Stream {
  return {
    length,
    atMs,
    values,
    fact,
    same: (place, other) => {
      if (!Object.is(atMs(place), other.atMs(place))) return false;
      const theirs = other.values(place);
      return values(place).every((value, i) => Object.is(value, theirs[i]));
    },
  };
}
