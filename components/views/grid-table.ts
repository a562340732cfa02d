/** A grid as a table: the cells that hold something, and where runs differ. */
import { formatMoment } from '@/lib/simulation/format';
import type { GridGroup, GridView as GridSpec } from '@/lib/simulation/views';
import {
  type Cell,
  describeCell,
  type GridReading,
  holds,
  namesOf,
  readGrid,
  saidOf,
} from './grid-cells';
import { capitalised, type ViewProps, type ViewTable } from './view-props';

/** A cell that holds something, in one run. */
interface Held {
  readonly group: GridGroup;
  readonly cell: Cell;
  readonly nameOf: (id: string) => string;
}

/**
 * Cells that hold something, with all their fields. In a race the runs stand side by side, after the
 * fields in which they agree.
 */
export function tableGrid({ view, runs, t, shownMs, parameters }: ViewProps<GridSpec>): ViewTable {
  const readings = runs.map(({ index }) => readGrid(view, index, t, parameters));
  const caption = `${view.title}, at ${formatMoment(t, shownMs)}`;
  const ids = new Map(
    readings.flatMap(({ groups }) =>
      groups.flatMap(({ group, cells }) =>
        cells.filter(holds(group)).map(({ id, name }) => [id, name]),
      ),
    ),
  );
  const held = [...ids].map(([id, name]) => ({
    name,
    inRuns: readings.map((reading) => heldIn(reading, id)),
  }));
  const [group] = view.groups;
  const fields = view.groups.length === 1 ? (group?.fields ?? []) : [];
  const told = fields.map((_, i) => i).filter((i) => fields[i]?.as !== 'place');
  const shared = told.filter((i) => held.every(({ inRuns }) => agree(inRuns, i)));
  const differing = told.filter((i) => !shared.includes(i));
  // Of one run all is told in columns; runs that agree in everything stand side by side all the same.
  const inColumns = runs.length > 1 && differing.length === 0 ? [] : shared;
  const inWords = told.filter((i) => !inColumns.includes(i));
  const runColumns =
    runs.length > 1 ? runs.map(({ title }) => title) : fields.length > 0 ? [] : ['Holds'];
  const columns = [
    'Cell',
    ...inColumns.map((i) => capitalised(fields[i]?.label ?? '')),
    ...runColumns,
  ];
  const rows = held.map(({ name, inRuns }) => [
    name,
    ...inColumns.map((i) => saidAt(inRuns[0], i) ?? '–'),
    ...runColumns.map((_, run) => {
      const each = inRuns[run];
      if (!each) return '–';
      const only = fields.length > 0 ? new Set(inWords) : undefined;
      return describeCell(each.group, each.cell, each.nameOf, only).slice(name.length + 2);
    }),
  ]);
  const nothing = ['all cells', 'empty', ...columns.slice(2).map(() => '–')];
  return { caption, columns, rows: rows.length > 0 ? rows : [nothing] };
}

function heldIn(reading: GridReading, id: string): Held | undefined {
  for (const { group, cells } of reading.groups) {
    const cell = cells.find((each) => each.id === id);
    if (cell) return holds(group)(cell) ? { group, cell, nameOf: namesOf(reading) } : undefined;
  }
  return undefined;
}

function saidAt(held: Held | undefined, i: number): string | undefined {
  const field = held?.group.fields[i];
  return held && field && saidOf(field, held.cell.values[i], held.nameOf);
}

/** Whether the cell holds something in every run, and all say the same of it. */
const agree = (inRuns: readonly (Held | undefined)[], i: number): boolean =>
  inRuns.every((each) => each !== undefined && saidAt(each, i) === saidAt(inRuns[0], i));
