/**
 * The recording: what a run leaves behind and all that a view may draw from.
 *
 * Five kinds of record form a closed vocabulary. Each kind is stored as columns of typed arrays, so
 * that a recording crosses from a worker to the page without being copied. All times are simulated
 * milliseconds from 0. Strings are interned; a column of strings holds indices into `strings`.
 */

/** Index into `Recording.strings`. */
type StringColumn = Uint32Array;

/** What travelled between nodes, a row a message. */
interface MessageColumns {
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

/** What took time, a row a span. */
interface SpanColumns {
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

/** Values of the fields of nodes, a row a change. */
interface StateColumns {
  readonly length: number;
  readonly node: StringColumn;
  readonly field: StringColumn;
  /** The value if it is a number; NaN if it is text. */
  readonly number: Float64Array;
  /** Index of the text, or `NO_TEXT` if the value is a number. */
  readonly text: StringColumn;
  readonly at: Float64Array;
}

/** Points of series, in the unit of the chart that draws them. */
interface SampleColumns {
  readonly length: number;
  readonly series: StringColumn;
  readonly value: Float64Array;
  readonly at: Float64Array;
}

/** Sentences on what happened; the tone is a `Tone`. */
interface NoteColumns {
  readonly length: number;
  readonly text: StringColumn;
  readonly tone: StringColumn;
  readonly at: Float64Array;
}

/** The rows of each kind are in the order in which they were recorded, and so in that of time. */
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

/** How a note is meant: plain narration, something that went well, a warning, a failure. */
export type Tone = 'plain' | 'good' | 'warning' | 'bad';

/** Handle of a message inside its recording; `NOT_RECORDED` when recording has ended. */
export type MessageId = number;
/** Handle of a span, likewise. */
export type SpanId = number;
export const NOT_RECORDED = -1;

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
