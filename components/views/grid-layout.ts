/** Where the cells of a grid stand, so that arrows find them. */
import type { GridGroup, GridView as GridSpec } from '@/lib/simulation/views';
import type { GridReading } from './grid-cells';

const CELL_PX = 24;
const LINE_PX = 13;
const BITS_PX = 7;
const GAP_PX = 4;
/** Between rows where hands or pointers are drawn. */
const WIDE_GAP_PX = 14;
const LABEL_PX = 20;
/** Between the cells of a group and the name of the next: arrows leave the cells here. */
const GROUPS_APART_PX = 10;

/** The height of a cell of the group, px. */
export const cellPx = ({ fields }: GridGroup): number =>
  CELL_PX +
  LINE_PX * fields.filter(({ as }) => as === 'line').length +
  (fields.some(({ as }) => as === 'bit') ? BITS_PX : 0);

export interface CellPlace {
  /** Column and number of columns. */
  readonly column: number;
  readonly columns: number;
  /** px from the top of the run's drawing. */
  readonly top: number;
  readonly bottom: number;
}

export interface GridLayout {
  readonly gapPx: number;
  /** Of the run's drawing, px. */
  readonly height: number;
  readonly places: ReadonlyMap<string, CellPlace>;
}

export function layoutOf(view: GridSpec, { groups }: GridReading): GridLayout {
  const hasArrows =
    view.hands !== undefined ||
    view.groups.some(({ fields }) => fields.some(({ as }) => as === 'pointer'));
  const gapPx = hasArrows ? WIDE_GAP_PX : GAP_PX;
  const places = new Map<string, CellPlace>();
  let top = 0;
  for (const { group, columns, cells } of groups) {
    const height = cellPx(group);
    if (group.label) top += LABEL_PX + (top > 0 ? GROUPS_APART_PX : 0);
    for (const [i, { id }] of cells.entries()) {
      const rowTop = top + gapPx + Math.floor(i / columns) * (height + gapPx);
      places.set(id, { column: i % columns, columns, top: rowTop, bottom: rowTop + height });
    }
    top += Math.ceil(cells.length / columns) * (height + gapPx);
  }
  // Below the last row an arrow may still run.
  return { gapPx, height: top + (hasArrows ? gapPx : 0), places };
}
