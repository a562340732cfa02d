/** The numbers of a figure as CSV: its measures, the tables of its views, what is counted by key. */
import type { Shown } from '@/lib/figure/extras';
import { asCsv, tablesAsCsv } from '@/lib/tools/traffic/table-csv';

/** A table to be taken along. */
export interface SharedTable {
  /** Unique among the tables of a figure; part of the name of the file. */
  readonly id: string;
  readonly title: string;
  readonly csv: () => string;
}

/** What a view says as a table (components/views). */
interface ViewTableOf {
  /** Id of the view. */
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * @param views the tables of the views at the moment on screen
 * @param startMs epoch ms of the simulated time 0, if the run is on a log that has times
 */
export function sharedTables(
  shown: Shown,
  views: readonly ViewTableOf[],
  startMs: number | null,
): readonly SharedTable[] {
  return [
    { id: 'measures', title: 'All measures of all runs', csv: () => measuresCsv(shown) },
    ...views.map(({ id, caption, columns, rows }) => ({
      id: `view-${id}`,
      title: caption,
      csv: () => asCsv([columns, ...rows]),
    })),
    ...keyTables(shown, startMs),
  ];
}

/** A line for each run and result, with all digits: a table that programs read without a guess. */
function measuresCsv({ runs }: Shown): string {
  return asCsv([
    ['Run', 'Measure', 'Value', 'Unit', 'Half-width of the 95 % interval', 'n', 'Refused because'],
    ...runs.flatMap(({ title, results }) =>
      results.map(({ label, value, unit, halfWidth, n, refused }) => [
        title,
        label,
        numberText(value),
        unit,
        numberText(halfWidth),
        String(n),
        refused ?? '',
      ]),
    ),
  ]);
}

const numberText = (value: number | null): string =>
  value === null || !Number.isFinite(value) ? '' : String(value);

/** Tables by key, of the original: those of a log are as long as its clients are many. */
function keyTables({ race, runs }: Shown, startMs: number | null): SharedTable[] {
  const [first] = race.runs;
  return (first?.tables ?? []).map(({ id, label }) => ({
    id: `by-key-${id}`,
    title: label,
    csv: () =>
      tablesAsCsv(
        race.runs.flatMap(({ variant, tables }) => {
          const table = tables.find((each) => each.id === id);
          const title = runs.find((run) => run.id === variant)?.title ?? variant;
          return table ? [{ variant: title, table }] : [];
        }),
        startMs,
      ),
  }));
}
