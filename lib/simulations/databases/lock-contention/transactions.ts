/** Which rows a transaction wants, in which order. */
import type { Values } from '../../../simulation/parameters';
import type { Access } from './models/scheduler';
import type { parameters } from './parameters';

/** Draws for one access before a free row is simply looked for. */
const DRAWS = 8;

/**
 * @param draw uniform in [0, 1) by stream and place; the same for a transaction in every variant.
 * @returns distinct rows, as many as statements; hot rows have the lowest numbers.
 */
export function accessesOf(
  { statements, rows, hotRows, hotPercent, writePercent, order }: Values<typeof parameters>,
  draw: (stream: string, place: number) => number,
): Access[] {
  const taken = new Set<number>();
  const accesses = Array.from({ length: statements }, (_, i) => {
    const isHot = draw('hot', i) < hotPercent / 100;
    let row = -1;
    for (let j = 0; j < DRAWS && (row < 0 || taken.has(row)); j++) {
      const u = draw('row', i * DRAWS + j);
      // A hot row that the transaction has already is no other hot row’s turn: there may be none.
      const isFromHot = isHot && j < DRAWS / 2;
      row = isFromHot ? Math.floor(u * hotRows) : hotRows + Math.floor(u * (rows - hotRows));
    }
    while (taken.has(row)) row = (row + 1) % rows;
    taken.add(row);
    return { row, isWrite: draw('write', i) < writePercent / 100 };
  });
  if (order === 'as-it-comes') return accesses;
  const rank = ({ row }: Access): number =>
    order === 'hot-last' && row < hotRows ? row + rows : row;
  return accesses.toSorted((a, b) => rank(a) - rank(b));
}
