import { decodeCursor, encodeCursor } from './cursor';
import { InvalidToken, type List, type Page, type PageRequest, take } from './pager';

/**
 * A keyset within a snapshot that the first page takes: all pages show the list as it was then.
 */
// #region page
export function snapshot(list: List, { size, token }: PageRequest): Page {
  const cursor = token === undefined ? undefined : decodeCursor(token, list.order);
  const asOf = cursor ? asOfIn(cursor.asOf) : list.takeSnapshot(); // (1)
  const read = take(list.scan(cursor && { past: cursor.past }, asOf), size + 1);
  const rows = read.slice(0, size);
  const last = rows.at(-1);
  if (read.length > size && last)
    return { rows, next: encodeCursor({ past: last, order: list.order, asOf }) };
  list.releaseSnapshot(asOf); // (2)
  return { rows };
}
// #endregion

function asOfIn(asOf: number | undefined): number {
  if (asOf === undefined) throw new InvalidToken('Expected a cursor of a snapshot.');
  return asOf;
}
