/** What a reading makes of the first lines, to be looked at before anything is run. */

import { lineReader } from './formats';
import { bodyOf } from './guess';
import { type Reading, rowReader } from './reading';

export interface PreviewRow {
  readonly text: string;
  /** Null where the line cannot be read; `problem` says why. */
  readonly row: { readonly atMs: number; readonly key: string; readonly durationMs: number } | null;
  readonly problem: string | null;
}

const ROWS = 5;

export function previewOf(reading: Reading, lines: readonly string[]): readonly PreviewRow[] {
  const read = rowReader(reading);
  return bodyOf(reading.layout, filled(lines))
    .slice(0, ROWS)
    .map((text) => {
      try {
        const row = read(text);
        return row
          ? { text, row: { ...row }, problem: null }
          : { text, row: null, problem: 'expected the record to end' };
      } catch (error) {
        return { text, row: null, problem: error instanceof Error ? error.message : String(error) };
      }
    });
}

/** What the first line that can be read has in a field. */
export function previewField(
  { layout }: Reading,
  lines: readonly string[],
  field: string,
): string | undefined {
  const read = lineReader(layout, [field]);
  for (const line of bodyOf(layout, filled(lines))) {
    try {
      const [value] = read(line) ?? [];
      if (value !== undefined) return value;
    } catch {
      // Not a line of this format; the next one may be.
    }
  }
  return undefined;
}

const filled = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => line.trim() !== '');
