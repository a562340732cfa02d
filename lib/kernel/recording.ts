/**
 * The recording: what a run leaves behind and all that a view may draw from.
 *
 * Five kinds of record form a closed vocabulary. Each kind is stored as columns of typed arrays, so
 * that a recording crosses from a worker to the page without being copied. All times are simulated
 * milliseconds from 0. Strings are interned; a column of strings holds indices into `strings`.
 */

import type { Outcome } from './outcomes';

/** Index into `Recording.strings`. */
type StringColumn = Uint32Array;

export interface MessageColumns {
  readonly length: number;
  readonly from: StringColumn;
  readonly to: StringColumn;
  readonly kind: StringColumn;
  readonly label: StringColumn;
  readonly sentAt: Float64Array;
  /** When it is due at `to`; scheduled at the moment of sending. */
  readonly arrivesAt: Float64Array;
  /** When it was lost on the way, a fact that becomes known later than `sentAt`; NaN if it was not. */
  readonly lostAt: Float64Array;
}

export interface SpanColumns {
  readonly length: number;
  readonly lane: StringColumn;
  readonly kind: StringColumn;
  readonly label: StringColumn;
  /** Index of the parent span, −1 for a root. */
  readonly parent: Int32Array;
  readonly start: Float64Array;
  /** NaN while the span is open. */
  readonly end: Float64Array;
  /** Meaningful once the span has ended. */
  readonly outcome: StringColumn;
}

export interface StateColumns {
  readonly length: number;
  readonly node: StringColumn;
  readonly field: StringColumn;
  /** The value if it is a number; NaN if it is text. */
  readonly number: Float64Array;
  /** Index of the text, or `NO_TEXT` if the value is a number. */
  readonly text: StringColumn;
  readonly at: Float64Array;
}

export interface SampleColumns {
  readonly length: number;
  readonly series: StringColumn;
  readonly value: Float64Array;
  readonly at: Float64Array;
}

export interface NoteColumns {
  readonly length: number;
  readonly text: StringColumn;
  readonly tone: StringColumn;
  readonly at: Float64Array;
}

export interface Recording {
  readonly format: 1;
  /** End of what is shown, in simulated ms. Records are complete up to here. */
  readonly shownMs: number;
  /** Whether the bound on the number of records ended the recording before the run's own `shownMs`. */
  readonly truncated: boolean;
  readonly strings: readonly string[];
  readonly messages: MessageColumns;
  readonly spans: SpanColumns;
  readonly states: StateColumns;
  readonly samples: SampleColumns;
  readonly notes: NoteColumns;
}

/** `StateColumns.text` of a state whose value is a number. */
export const NO_TEXT = 0xffff_ffff;

/** Default bound on the records of one recording, all kinds together: about 3 MB. */
export const RECORDS_MAX = 60_000;

/** How a note is meant: plain narration, something that went well, a warning, a failure. */
export type Tone = 'plain' | 'good' | 'warning' | 'bad';

export interface MessageRecord {
  readonly from: string;
  readonly to: string;
  readonly kind: Outcome;
  readonly label?: string;
  /** Time of arrival, simulated ms, at or after now. */
  readonly arrivesAt: number;
}

export interface SpanRecord {
  readonly lane: string;
  readonly kind: string;
  readonly label?: string;
  readonly parent?: SpanId;
}

/** Handle of a message or span inside its recording; `NOT_RECORDED` when recording has ended. */
export type MessageId = number;
export type SpanId = number;
export const NOT_RECORDED = -1;

/** A growable set of parallel columns; `grow` doubles every column at once. */
function doubled<T extends Float64Array | Uint32Array | Int32Array>(column: T): T {
  const larger = new (column.constructor as new (length: number) => T)(column.length * 2);
  larger.set(column);
  return larger;
}

const INITIAL_ROWS = 256;

export interface RecorderOptions {
  /** Records later than this are not kept, simulated ms. Measures go on without them. */
  readonly shownMs: number;
  /** Bound on the number of records; reaching it ends the recording there (`truncated`). */
  readonly recordsMax?: number;
}

/**
 * Takes records in the order of simulated time and hands out the finished recording.
 *
 * The caller passes the present moment with each record: the recorder has no clock. Reaching the
 * bound on records ends the whole recording at that moment, never one kind alone, so that what is
 * kept is always a complete prefix of the run.
 */
export class Recorder {
  private readonly limitMs: number;
  private readonly recordsMax: number;
  private endedAt = Number.POSITIVE_INFINITY;
  private lastAt = 0;
  private count = 0;
  private readonly internedIds = new Map<string, number>();
  private readonly strings: string[] = [];

  private messageCount = 0;
  private messageFrom = new Uint32Array(INITIAL_ROWS);
  private messageTo = new Uint32Array(INITIAL_ROWS);
  private messageKind = new Uint32Array(INITIAL_ROWS);
  private messageLabel = new Uint32Array(INITIAL_ROWS);
  private messageSentAt = new Float64Array(INITIAL_ROWS);
  private messageArrivesAt = new Float64Array(INITIAL_ROWS);
  private messageLostAt = new Float64Array(INITIAL_ROWS);

  private spanCount = 0;
  private spanLane = new Uint32Array(INITIAL_ROWS);
  private spanKind = new Uint32Array(INITIAL_ROWS);
  private spanLabel = new Uint32Array(INITIAL_ROWS);
  private spanParent = new Int32Array(INITIAL_ROWS);
  private spanStart = new Float64Array(INITIAL_ROWS);
  private spanEnd = new Float64Array(INITIAL_ROWS);
  private spanOutcome = new Uint32Array(INITIAL_ROWS);

  private stateCount = 0;
  private stateNode = new Uint32Array(INITIAL_ROWS);
  private stateField = new Uint32Array(INITIAL_ROWS);
  private stateNumber = new Float64Array(INITIAL_ROWS);
  private stateText = new Uint32Array(INITIAL_ROWS);
  private stateAt = new Float64Array(INITIAL_ROWS);

  private sampleCount = 0;
  private sampleSeries = new Uint32Array(INITIAL_ROWS);
  private sampleValue = new Float64Array(INITIAL_ROWS);
  private sampleAt = new Float64Array(INITIAL_ROWS);

  private noteCount = 0;
  private noteText = new Uint32Array(INITIAL_ROWS);
  private noteTone = new Uint32Array(INITIAL_ROWS);
  private noteAt = new Float64Array(INITIAL_ROWS);

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
    const row = this.messageCount++;
    if (row === this.messageFrom.length) {
      this.messageFrom = doubled(this.messageFrom);
      this.messageTo = doubled(this.messageTo);
      this.messageKind = doubled(this.messageKind);
      this.messageLabel = doubled(this.messageLabel);
      this.messageSentAt = doubled(this.messageSentAt);
      this.messageArrivesAt = doubled(this.messageArrivesAt);
      this.messageLostAt = doubled(this.messageLostAt);
    }
    this.messageFrom[row] = this.intern(record.from);
    this.messageTo[row] = this.intern(record.to);
    this.messageKind[row] = this.intern(record.kind);
    this.messageLabel[row] = this.intern(record.label ?? '');
    this.messageSentAt[row] = at;
    this.messageArrivesAt[row] = record.arrivesAt;
    this.messageLostAt[row] = Number.NaN;
    return row;
  }

  /** The message will not arrive: it was lost now. */
  lose(at: number, id: MessageId): void {
    if (id === NOT_RECORDED || at > this.limitMs || at >= this.endedAt) return;
    this.messageLostAt[id] = at;
  }

  /** Something begins to take time on a lane. */
  begin(at: number, record: SpanRecord): SpanId {
    if (!this.admits(at)) return NOT_RECORDED;
    const row = this.spanCount++;
    if (row === this.spanLane.length) {
      this.spanLane = doubled(this.spanLane);
      this.spanKind = doubled(this.spanKind);
      this.spanLabel = doubled(this.spanLabel);
      this.spanParent = doubled(this.spanParent);
      this.spanStart = doubled(this.spanStart);
      this.spanEnd = doubled(this.spanEnd);
      this.spanOutcome = doubled(this.spanOutcome);
    }
    this.spanLane[row] = this.intern(record.lane);
    this.spanKind[row] = this.intern(record.kind);
    this.spanLabel[row] = this.intern(record.label ?? '');
    this.spanParent[row] = record.parent ?? NOT_RECORDED;
    this.spanStart[row] = at;
    this.spanEnd[row] = Number.NaN;
    this.spanOutcome[row] = 0;
    return row;
  }

  /** The span ended now. A span that is never ended stays open to the edge of the recording. */
  end(at: number, id: SpanId, outcome: Outcome): void {
    if (id === NOT_RECORDED || at > this.limitMs || at >= this.endedAt) return;
    this.spanEnd[id] = at;
    this.spanOutcome[id] = this.intern(outcome);
  }

  /** A named field of a node has a new value. */
  state(at: number, node: string, field: string, value: number | string): void {
    if (!this.admits(at)) return;
    const row = this.stateCount++;
    if (row === this.stateNode.length) {
      this.stateNode = doubled(this.stateNode);
      this.stateField = doubled(this.stateField);
      this.stateNumber = doubled(this.stateNumber);
      this.stateText = doubled(this.stateText);
      this.stateAt = doubled(this.stateAt);
    }
    this.stateNode[row] = this.intern(node);
    this.stateField[row] = this.intern(field);
    this.stateNumber[row] = typeof value === 'number' ? value : Number.NaN;
    this.stateText[row] = typeof value === 'number' ? NO_TEXT : this.intern(value);
    this.stateAt[row] = at;
  }

  /** A point of a series that a chart draws. */
  sample(at: number, series: string, value: number): void {
    if (!this.admits(at)) return;
    const row = this.sampleCount++;
    if (row === this.sampleSeries.length) {
      this.sampleSeries = doubled(this.sampleSeries);
      this.sampleValue = doubled(this.sampleValue);
      this.sampleAt = doubled(this.sampleAt);
    }
    this.sampleSeries[row] = this.intern(series);
    this.sampleValue[row] = value;
    this.sampleAt[row] = at;
  }

  /** A sentence worth reading at this moment: narration, the live region, the event list. */
  note(at: number, text: string, tone: Tone = 'plain'): void {
    if (!this.admits(at)) return;
    const row = this.noteCount++;
    if (row === this.noteText.length) {
      this.noteText = doubled(this.noteText);
      this.noteTone = doubled(this.noteTone);
      this.noteAt = doubled(this.noteAt);
    }
    this.noteText[row] = this.intern(text);
    this.noteTone[row] = this.intern(tone);
    this.noteAt[row] = at;
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
      shownMs: truncated ? this.endedAt : this.limitMs,
      truncated,
      strings: this.strings,
      messages: {
        length: this.messageCount,
        from: this.messageFrom.slice(0, this.messageCount),
        to: this.messageTo.slice(0, this.messageCount),
        kind: this.messageKind.slice(0, this.messageCount),
        label: this.messageLabel.slice(0, this.messageCount),
        sentAt: this.messageSentAt.slice(0, this.messageCount),
        arrivesAt: this.messageArrivesAt.slice(0, this.messageCount),
        lostAt: this.messageLostAt.slice(0, this.messageCount),
      },
      spans: {
        length: this.spanCount,
        lane: this.spanLane.slice(0, this.spanCount),
        kind: this.spanKind.slice(0, this.spanCount),
        label: this.spanLabel.slice(0, this.spanCount),
        parent: this.spanParent.slice(0, this.spanCount),
        start: this.spanStart.slice(0, this.spanCount),
        end: this.spanEnd.slice(0, this.spanCount),
        outcome: this.spanOutcome.slice(0, this.spanCount),
      },
      states: {
        length: this.stateCount,
        node: this.stateNode.slice(0, this.stateCount),
        field: this.stateField.slice(0, this.stateCount),
        number: this.stateNumber.slice(0, this.stateCount),
        text: this.stateText.slice(0, this.stateCount),
        at: this.stateAt.slice(0, this.stateCount),
      },
      samples: {
        length: this.sampleCount,
        series: this.sampleSeries.slice(0, this.sampleCount),
        value: this.sampleValue.slice(0, this.sampleCount),
        at: this.sampleAt.slice(0, this.sampleCount),
      },
      notes: {
        length: this.noteCount,
        text: this.noteText.slice(0, this.noteCount),
        tone: this.noteTone.slice(0, this.noteCount),
        at: this.noteAt.slice(0, this.noteCount),
      },
    };
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

/** The buffers of a recording, to be handed to `postMessage` as transferables. */
export function transferables(recording: Recording): ArrayBuffer[] {
  const { messages, spans, states, samples, notes } = recording;
  return [messages, spans, states, samples, notes].flatMap((columns) =>
    Object.values(columns)
      .filter((column) => ArrayBuffer.isView(column))
      .map((column) => column.buffer as ArrayBuffer),
  );
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

/**
 * A 64-bit fingerprint of a recording, 16 hexadecimal digits; equal recordings have equal hashes in
 * every JavaScript engine.
 *
 * Two FNV-1a lanes of 32 bits with different offsets run over the bytes of every column and the
 * UTF-16 units of every string. (Fowler, Noll, Vo; RFC 9923.) NaNs are written in one form first,
 * since engines are free to choose their bits.
 */
export function hashRecording(recording: Recording): string {
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  const word = (value: number): void => {
    for (let shift = 0; shift < 32; shift += 8) {
      const byte = (value >>> shift) & 0xff;
      low = Math.imul(low ^ byte, 0x01000193);
      high = Math.imul(high ^ byte ^ 0x5a, 0x01000193);
    }
  };
  const double = new Float64Array(1);
  const halves = new Uint32Array(double.buffer);
  const float = (value: number): void => {
    double[0] = value;
    if (Number.isNaN(value)) {
      halves[0] = 0;
      halves[1] = 0x7ff80000;
    }
    word(halves[0] ?? 0);
    word(halves[1] ?? 0);
  };
  float(recording.shownMs);
  word(recording.truncated ? 1 : 0);
  for (const text of recording.strings) {
    word(text.length);
    for (let i = 0; i < text.length; i++) word(text.charCodeAt(i));
  }
  const { messages, spans, states, samples, notes } = recording;
  for (const columns of [messages, spans, states, samples, notes]) {
    word(columns.length);
    for (const column of Object.values(columns) as unknown[]) {
      if (column instanceof Float64Array) for (const value of column) float(value);
      else if (column instanceof Uint32Array || column instanceof Int32Array)
        for (const value of column) word(value);
    }
  }
  const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');
  return hex(high) + hex(low);
}
