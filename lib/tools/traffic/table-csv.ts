/** Tables of a run as CSV, to be taken into a spreadsheet. */
import type { TableResult } from '@/lib/simulation/measures';
import { delimitedField } from './fields';

/**
 * One line for each variant and key, with all digits; moments as ISO 8601 where the log has times.
 *
 * @param startMs epoch ms of the simulated time 0; null if the log has no times
 */
export function tablesAsCsv(
  tables: readonly { readonly variant: string; readonly table: TableResult }[],
  startMs: number | null,
): string {
  const [first] = tables;
  if (!first) return '';
  const head = [
    'Variant',
    first.table.key,
    ...first.table.columns.map(({ label, unit, kind }) =>
      kind === 'share' ? `${label} (${unit})` : label,
    ),
  ];
  const rows = tables.flatMap(({ variant, table: { rows: keys, columns } }) =>
    keys.map((key, row) => [
      variant,
      key,
      ...columns.map(({ kind, values }) => {
        const value = values[row] ?? Number.NaN;
        if (Number.isNaN(value)) return '';
        return kind === 'moment' ? momentText(value, startMs) : String(value);
      }),
    ]),
  );
  return asCsv([head, ...rows]);
}

/** Lines of fields as RFC 4180 wants them. */
export function asCsv(rows: readonly (readonly string[])[]): string {
  return rows
    .map((row) => `${row.map((field) => delimitedField(inert(field))).join(',')}\r\n`)
    .join('');
}

/**
 * Spreadsheets run what begins with these marks as a formula, and keys of a log are written by
 * strangers: an apostrophe before them makes it a text again.
 */
function inert(field: string): string {
  return /^[=+\-@\t\r]/.test(field) && Number.isNaN(Number(field)) ? `'${field}` : field;
}

/** A moment of the run as the log's own time, or as simulated ms where it has none. */
export function momentText(atMs: number, startMs: number | null): string {
  return startMs === null ? String(atMs) : new Date(startMs + atMs).toISOString();
}
