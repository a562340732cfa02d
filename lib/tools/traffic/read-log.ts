/** Reads a file: its first lines for a guess, and then the whole of it. */
import { type Log, LogBuilder } from './log';
import { type Reading, rowReader } from './reading';
import { LineCutter, piecesOf, type Source, SourceError } from './source';

/** How many lines a guess is made from. */
const SAMPLE_LINES = 200;
/** Characters; more than so many lines of any log. */
const SAMPLE_MAX = 400_000;

/**
 * The first lines of a file.
 *
 * @throws SourceError if it cannot be read at all
 */
export async function firstLines(source: Source): Promise<string[]> {
  const lines: string[] = [];
  const cutter = new LineCutter();
  const take = (line: string): boolean => lines.push(line) < SAMPLE_LINES;
  let length = 0;
  for await (const { text } of piecesOf(source)) {
    length += text.length;
    if (!cutter.push(text, take) || length > SAMPLE_MAX) return lines;
  }
  cutter.finish(take);
  return lines;
}

export interface Progress {
  readonly rows: number;
  /** Share of the file's bytes, in [0, 1]. */
  readonly share: number;
}

export interface WholeLog extends Log {
  /** What ended the reading before the end of the file; null if nothing did. */
  readonly brokenOff: string | null;
}

/**
 * Reads all lines. A file that breaks off gives what was read until then, and says so.
 *
 * @throws SourceError if it breaks off before the first row
 */
export async function readLog(
  source: Source,
  reading: Reading,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<WholeLog> {
  const { layout, time } = reading;
  const builder = new LogBuilder(rowReader(reading), {
    hasHeader: layout.format === 'csv' && layout.hasHeader,
    hasTimes: time !== null,
    isLate: time?.is === 'end',
  });
  const cutter = new LineCutter();
  const take = (line: string): boolean => builder.add(line);
  let brokenOff: string | null = null;
  try {
    let goesOn = true;
    for await (const { text, bytesRead } of piecesOf(source)) {
      goesOn = cutter.push(text, take);
      onProgress({ rows: builder.rowCount, share: bytesRead / Math.max(1, source.sizeBytes) });
      if (!goesOn) break;
    }
    if (goesOn) cutter.finish(take);
  } catch (error) {
    if (!(error instanceof SourceError) || builder.rowCount === 0) throw error;
    brokenOff = error.message;
  }
  return { ...builder.finish(), brokenOff };
}
