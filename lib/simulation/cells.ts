/** The cells of a grid: how many there are, and which nodes they are. */
import { levelAt } from './levels';
import type { ParameterValue } from './parameters';
import type { GridGroup } from './views';

/** A grid with more cells than this can be drawn, but not read. */
export const CELLS_MAX = 256;

export interface NumberedCell {
  /** The node whose states it shows. */
  readonly id: string;
  /** What it is called in words: "slot 3". */
  readonly name: string;
  readonly number: string;
}

/** The cells of a group: their ids and names, in the order of their numbers. */
export function cellsOf(
  { node, cell, count, first = 0 }: GridGroup,
  parameters: Readonly<Record<string, ParameterValue>>,
): NumberedCell[] {
  const length = Math.min(CELLS_MAX, Math.max(0, Math.floor(levelAt(count, parameters, 0) ?? 0)));
  return Array.from({ length }, (_, i) => ({
    id: `${node}-${first + i}`,
    name: `${cell} ${first + i}`,
    number: `${first + i}`,
  }));
}
