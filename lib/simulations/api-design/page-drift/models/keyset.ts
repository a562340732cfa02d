import { decodeCursor, encodeCursor } from './cursor';
import { type List, type Page, type PageRequest, take } from './pager';

/**
 * Goes on after the last row itself, by a key that is unique.
 *
 * `SELECT * FROM orders WHERE (at, id) < ($at, $id) ORDER BY at DESC, id DESC LIMIT $size + 1`
 */
// #region page
export function keyset(list: List, { size, token }: PageRequest): Page {
  const past = token === undefined ? undefined : decodeCursor(token, list.order).past;
  const read = take(list.scan(past && { past }), size + 1); // (1)
  const rows = read.slice(0, size);
  const last = rows.at(-1); // (2)
  const next =
    read.length > size && last ? encodeCursor({ past: last, order: list.order }) : undefined;
  return { rows, next };
}
// #endregion
