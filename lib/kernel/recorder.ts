/**
 * Takes down what happens in a run and hands out the recording. Apart from what a recording is, since
 * pages read recordings and do not write any.
 */

import type { Outcome } from './outcomes';
import {
  type MessageId,
  NO_TEXT,
  NOT_RECORDED,
  type Recording,
  type SpanId,
  type Tone,
} from './recording';

/** Default bound on the records of one recording, all kinds together: about 3 MB. */
const RECORDS_MAX = 60_000;

/** A message as a run tells it at the moment of sending. */
export interface MessageRecord {
  readonly from: string;
  readonly to: string;
  readonly kind: Outcome;
  readonly label?: string;
  /** Time of arrival, simulated ms, at or after now. */
  readonly arrivesAt: number;
}

/** A span as a run tells it at its beginning. */
export interface SpanRecord {
  readonly lane: string;
  readonly kind: string;
  readonly label?: string;
  readonly parent?: SpanId;
}

type Column = Float64Array | Uint32Array | Int32Array;

/** Parallel columns of equal length that grow together, each by its name in the recording. */
class Table<C extends Readonly<Record<string, Column>>> {
  length = 0;
  private capacity = INITIAL_ROWS;

  constructor(readonly columns: C) {}

  /** The row of a new record; when there is none left, every column doubles. */
  add(): number {
    if (this.length === this.capacity) {
      this.capacity *= 2;
      const columns: Record<string, Column> = this.columns;
      for (const [name, column] of Object.entries(columns)) {
        const larger = new (column.constructor as new (length: number) => Column)(this.capacity);
        larger.set(column);
        columns[name] = larger;
      }
    }
    return this.length++;
  }

  /** The rows that have been written. */
  finish(): { readonly length: number } & C {
    const { length } = this;
    const written = Object.entries(this.columns).map(([name, column]) => [
      name,
      column.slice(0, length),
    ]);
    return { length, ...(Object.fromEntries(written) as C) };
  }
}

const INITIAL_ROWS = 256;
const strings = (): Uint32Array => new Uint32Array(INITIAL_ROWS);
const floats = (): Float64Array => new Float64Array(INITIAL_ROWS);

interface RecorderOptions {
  /** Records later than this are not kept, simulated ms. Measures go on without them. */
  readonly shownMs: number;
  /** Bound on the number of records; passing it ends the recording at the moment before (`truncated`). */
  readonly recordsMax?: number;
}

/**
 * Takes records in the order of simulated time and hands out the finished recording.
 *
 * The caller passes the present moment with each record: the recorder has no clock. Reaching the
 * bound on records ends the whole recording before that moment, never one kind alone, so that what
 * is kept is always a complete prefix of the run.
 */
export class Recorder {
  private readonly limitMs: number;
  private readonly recordsMax: number;
  private endedAt = Number.POSITIVE_INFINITY;
  private lastAt = 0;
  private count = 0;
  private readonly internedIds = new Map<string, number>();
  private readonly strings: string[] = [];

  // The columns of each kind stand in the order in which they are hashed.
  private readonly messages = new Table({
    from: strings(),
    to: strings(),
    kind: strings(),
    label: strings(),
    sentAt: floats(),
    arrivesAt: floats(),
    lostAt: floats(),
  });
  private readonly spans = new Table({
    lane: strings(),
    kind: strings(),
    label: strings(),
    parent: new Int32Array(INITIAL_ROWS),
    start: floats(),
    end: floats(),
    outcome: strings(),
  });
  private readonly states = new Table({
    node: strings(),
    field: strings(),
    number: floats(),
    text: strings(),
    at: floats(),
  });
  private readonly samples = new Table({ series: strings(), value: floats(), at: floats() });
  private readonly notes = new Table({ text: strings(), tone: strings(), at: floats() });

  constructor({ shownMs, recordsMax = RECORDS_MAX }: RecorderOptions) {
    if (!(shownMs >= 0)) {
      throw new Error(
        `A recording needs shownMs ≥ 0, got ${shownMs}. Pass 0 to record nothing, for measures alone.`,
      );
    }
    this.limitMs = shownMs;
    this.recordsMax = recordsMax;
    // Index 0 is the empty string, so that an absent label costs nothing.
    this.intern('');
  }

  /** Something travels from one node to another. */
  message(at: number, record: MessageRecord): MessageId {
    if (!this.admits(at)) return NOT_RECORDED;
    if (!(record.arrivesAt >= at)) {
      throw new Error(
        `A message must arrive at or after it is sent; "${record.from}" → "${record.to}" was sent at ` +
          `${at} ms to arrive at ${record.arrivesAt} ms. Pass arrivesAt = now + latency.`,
      );
    }
    const row = this.messages.add();
    const { columns } = this.messages;
    columns.from[row] = this.intern(record.from);
    columns.to[row] = this.intern(record.to);
    columns.kind[row] = this.intern(record.kind);
    columns.label[row] = this.intern(record.label ?? '');
    columns.sentAt[row] = at;
    columns.arrivesAt[row] = record.arrivesAt;
    columns.lostAt[row] = Number.NaN;
    return row;
  }

  /** The message will not arrive: it was lost now. */
  lose(at: number, id: MessageId): void {
    if (id === NOT_RECORDED || at > this.limitMs || at >= this.endedAt) return;
    this.messages.columns.lostAt[id] = at;
  }

  /** Something begins to take time on a lane. */
  begin(at: number, record: SpanRecord): SpanId {
    if (!this.admits(at)) return NOT_RECORDED;
    const row = this.spans.add();
    const { columns } = this.spans;
    columns.lane[row] = this.intern(record.lane);
    columns.kind[row] = this.intern(record.kind);
    columns.label[row] = this.intern(record.label ?? '');
    columns.parent[row] = record.parent ?? NOT_RECORDED;
    columns.start[row] = at;
    columns.end[row] = Number.NaN;
    columns.outcome[row] = 0;
    return row;
  }

  /** The span ended now. A span that is never ended stays open to the edge of the recording. */
  end(at: number, id: SpanId, outcome: Outcome): void {
    if (id === NOT_RECORDED || at > this.limitMs || at >= this.endedAt) return;
    const { columns } = this.spans;
    columns.end[id] = at;
    columns.outcome[id] = this.intern(outcome);
  }

  /** A named field of a node has a new value. */
  state(at: number, node: string, field: string, value: number | string): void {
    if (!this.admits(at)) return;
    const row = this.states.add();
    const { columns } = this.states;
    columns.node[row] = this.intern(node);
    columns.field[row] = this.intern(field);
    columns.number[row] = typeof value === 'number' ? value : Number.NaN;
    columns.text[row] = typeof value === 'number' ? NO_TEXT : this.intern(value);
    columns.at[row] = at;
  }

  /** A point of a series that a chart draws. */
  sample(at: number, series: string, value: number): void {
    if (!this.admits(at)) return;
    const row = this.samples.add();
    const { columns } = this.samples;
    columns.series[row] = this.intern(series);
    columns.value[row] = value;
    columns.at[row] = at;
  }

  /** A sentence worth reading at this moment: narration, the live region, the event list. */
  note(at: number, text: string, tone: Tone = 'plain'): void {
    if (!this.admits(at)) return;
    const row = this.notes.add();
    const { columns } = this.notes;
    columns.text[row] = this.intern(text);
    columns.tone[row] = this.intern(tone);
    columns.at[row] = at;
  }

  /** Whether records at this moment are still kept; lets a simulation skip building a costly label. */
  isRecording(at: number): boolean {
    return at <= this.limitMs && at < this.endedAt;
  }

  /** The recording so far. The recorder must not be used afterwards: columns are handed over. */
  finish(): Recording {
    const truncated = this.endedAt !== Number.POSITIVE_INFINITY;
    return {
      format: 1,
      shownMs: truncated ? this.takeBack() : this.limitMs,
      truncated,
      strings: this.strings,
      messages: this.messages.finish(),
      spans: this.spans.finish(),
      states: this.states.finish(),
      samples: this.samples.finish(),
      notes: this.notes.finish(),
    };
  }

  /**
   * Takes back what was recorded at the moment at which the bound was reached, since the rest of what
   * happened then is missing.
   *
   * @returns the last moment that is kept, simulated ms; 0 if there is none
   */
  private takeBack(): number {
    const { messages, spans, states, samples, notes } = this;
    let keptMs = 0;
    const keeps = (at = 0): boolean => {
      if (at >= this.endedAt) return false;
      if (at > keptMs) keptMs = at;
      return true;
    };
    for (const [table, at] of [
      [messages, messages.columns.sentAt],
      [spans, spans.columns.start],
      [states, states.columns.at],
      [samples, samples.columns.at],
      [notes, notes.columns.at],
    ] as const)
      while (table.length > 0 && !keeps(at[table.length - 1])) table.length--;
    const { lostAt } = messages.columns;
    for (let id = 0; id < messages.length; id++) if (!keeps(lostAt[id])) lostAt[id] = Number.NaN;
    const { end, outcome } = spans.columns;
    for (let id = 0; id < spans.length; id++) {
      if (keeps(end[id])) continue;
      end[id] = Number.NaN;
      outcome[id] = 0;
    }
    return keptMs;
  }

  private admits(at: number): boolean {
    if (at > this.limitMs || at >= this.endedAt) return false;
    if (!(at >= this.lastAt)) {
      throw new Error(
        `Records must come in the order of time: got ${at} ms after ${this.lastAt} ms. ` +
          'Record at the present moment, and give a later arrival as arrivesAt.',
      );
    }
    this.lastAt = at;
    if (this.count === this.recordsMax) {
      this.endedAt = at;
      return false;
    }
    this.count++;
    return true;
  }

  private intern(text: string): number {
    const known = this.internedIds.get(text);
    if (known !== undefined) return known;
    const id = this.strings.length;
    this.strings.push(text);
    this.internedIds.set(text, id);
    return id;
  }
}

/**
 * All that was known strictly before `t` (simulated ms).
 *
 * An arrival is part of the sending and stays, even when it lies after `t`; the loss of a message
 * and the end of a span are facts of their own and are withheld until they have happened. Two pasts
 * are equal exactly if the hashes of their prefixes are.
 */
export function prefix(recording: Recording, t: number): Recording {
  const { strings, messages, spans, states, samples, notes } = recording;
  const text = (id: number | undefined): string => strings[id ?? 0] ?? '';
  const recorder = new Recorder({ shownMs: t, recordsMax: Number.POSITIVE_INFINITY });
  // One pass per kind keeps each kind's own order; only the shared clock check needs a merge, so
  // rows are replayed in the order of time with ties in the order of kinds.
  const rows: { at: number; write: () => void }[] = [];
  for (let i = 0; i < messages.length; i++) {
    const at = messages.sentAt[i] ?? 0;
    if (at >= t) break;
    rows.push({
      at,
      write: () => {
        const id = recorder.message(at, {
          from: text(messages.from[i]),
          to: text(messages.to[i]),
          kind: text(messages.kind[i]) as Outcome,
          label: text(messages.label[i]),
          arrivesAt: messages.arrivesAt[i] ?? at,
        });
        const lostAt = messages.lostAt[i] ?? Number.NaN;
        if (lostAt < t) recorder.lose(lostAt, id);
      },
    });
  }
  for (let i = 0; i < spans.length; i++) {
    const at = spans.start[i] ?? 0;
    if (at >= t) break;
    rows.push({
      at,
      write: () => {
        const id = recorder.begin(at, {
          lane: text(spans.lane[i]),
          kind: text(spans.kind[i]),
          label: text(spans.label[i]),
          parent: spans.parent[i] ?? NOT_RECORDED,
        });
        const end = spans.end[i] ?? Number.NaN;
        if (end < t) recorder.end(end, id, text(spans.outcome[i]) as Outcome);
      },
    });
  }
  for (let i = 0; i < states.length; i++) {
    const at = states.at[i] ?? 0;
    if (at >= t) break;
    const textId = states.text[i];
    const value = textId === NO_TEXT ? (states.number[i] ?? Number.NaN) : text(textId);
    rows.push({
      at,
      write: () => recorder.state(at, text(states.node[i]), text(states.field[i]), value),
    });
  }
  for (let i = 0; i < samples.length; i++) {
    const at = samples.at[i] ?? 0;
    if (at >= t) break;
    rows.push({
      at,
      write: () => recorder.sample(at, text(samples.series[i]), samples.value[i] ?? Number.NaN),
    });
  }
  for (let i = 0; i < notes.length; i++) {
    const at = notes.at[i] ?? 0;
    if (at >= t) break;
    rows.push({
      at,
      write: () => recorder.note(at, text(notes.text[i]), text(notes.tone[i]) as Tone),
    });
  }
  rows.sort((a, b) => a.at - b.at);
  for (const row of rows) row.write();
  return recorder.finish();
}
