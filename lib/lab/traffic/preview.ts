/** What a reading makes of the first lines, to be looked at before anything is run. */
import { recordsOf } from './guess';
import { type Reading, rowReader } from './reading';

export interface PreviewRow {
  readonly text: string;
  /** Null where the line cannot be read; `problem` says why. */
  readonly row: { readonly atMs: number; readonly key: string; readonly durationMs: number } | null;
  readonly problem: string | null;
}

const ROWS = 5;

export function previewOf(reading: Reading, lines: readonly string[]): readonly PreviewRow[] {
  const { layout } = reading;
  const filled = lines.filter((line) => line.trim() !== '');
  const records = layout.format === 'csv' ? recordsOf(filled, layout.delimiter) : filled;
  const body = layout.format === 'csv' && layout.hasHeader ? records.slice(1) : records;
  const read = rowReader(reading);
  return body.slice(0, ROWS).map((text) => {
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
