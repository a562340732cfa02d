/** What has been decided on how a file is read: by a guess, or by the reader who corrects it. */
import { LineError, shortened } from './fields';
import { type Layout, lineReader } from './formats';
import { type EpochUnit, isMoment, numberOf, type TimeNotation, timeReader } from './times';

export interface Reading {
  readonly layout: Layout;
  /** Null for files without times: then only the order of the lines counts. */
  readonly time: {
    readonly field: string;
    readonly notation: TimeNotation;
    /** `end`: the log says when an answer was sent, and the request came its duration earlier. */
    readonly is: 'arrival' | 'end';
  } | null;
  /** Null if requests are not told apart. */
  readonly key: string | null;
  readonly duration: { readonly field: string; readonly unit: EpochUnit } | null;
}

/** A row as it was read; the same object each time. */
export interface ReadRow {
  /** Epoch ms as the line has it; 0 where the file has no times. */
  loggedMs: number;
  /** Epoch ms of the arrival: earlier by the duration, where the line was written at the end. */
  atMs: number;
  key: string;
  /** NaN where the line does not say it. */
  durationMs: number;
}

/**
 * Reads a line; null if it goes on in the next one.
 *
 * @throws LineError saying what was expected
 */
export type RowReader = (line: string) => ReadRow | null;

const MS: Readonly<Record<EpochUnit, number>> = { s: 1000, ms: 1, us: 1e-3, ns: 1e-6 };

/** The key of all rows whose file tells none apart. */
const EVERYBODY = 'everybody';

export function rowReader({ layout, time, key, duration }: Reading): RowReader {
  // The time is the first field, the key the second, the duration the third.
  const wanted = [time?.field ?? '', key ?? '', duration?.field ?? ''];
  const read = lineReader(layout, wanted);
  const timeOf = time && timeReader(time.notation);
  const durationMs = duration ? MS[duration.unit] : 0;
  const row: ReadRow = { loggedMs: 0, atMs: 0, key: EVERYBODY, durationMs: Number.NaN };
  return (line) => {
    const fields = read(line);
    if (!fields) return null;
    row.durationMs = duration ? numberOf(fields[2] ?? '') * durationMs : Number.NaN;
    // A load balancer writes −1 where no answer came.
    if (!(row.durationMs >= 0)) row.durationMs = Number.NaN;
    if (time && timeOf) {
      const text = fields[0] ?? '';
      row.loggedMs = timeOf(text);
      if (!isMoment(row.loggedMs))
        throw new LineError(timeProblem(time.notation, text, row.loggedMs));
      const isLater = time.is === 'end' && !Number.isNaN(row.durationMs);
      row.atMs = isLater ? row.loggedMs - row.durationMs : row.loggedMs;
      if (!isMoment(row.atMs))
        throw new LineError(
          `expected a duration of a request, got “${shortened(fields[2] ?? '')}”`,
        );
    }
    if (key !== null) {
      const text = fields[1];
      if (text === undefined) throw new LineError(`expected a key in “${key}”, got nothing`);
      row.key = text;
    }
    return row;
  };
}

const UNITS: Readonly<Record<EpochUnit, string>> = {
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
};

/** @param epochMs what the text would be; NaN if it cannot be read at all */
function timeProblem(notation: TimeNotation, text: string, epochMs: number): string {
  const expected =
    notation.kind === 'date'
      ? 'a date such as 2026-11-21T10:00:00Z or 21/Nov/2026:10:00:00 +0000'
      : Number.isNaN(epochMs)
        ? 'a number as time'
        : `${UNITS[notation.unit]} since 1970`;
  return `expected ${expected}, got “${shortened(text)}”`;
}
