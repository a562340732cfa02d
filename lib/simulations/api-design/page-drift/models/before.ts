import { type List, type Page, type PageRequest, take, wholeNumber } from './pager';

/**
 * Goes on behind the time of the last row: a keyset whose key is not unique.
 *
 * `SELECT * FROM orders WHERE at < $last ORDER BY at DESC LIMIT $size + 1`
 */
// #region page
export function before(list: List, { size, token }: PageRequest): Page {
  const from = token === undefined ? undefined : { pastTime: wholeNumber(token) }; // (1)
  const read = take(list.scan(from), size + 1);
  const rows = read.slice(0, size);
  const last = rows.at(-1);
  return { rows, next: read.length > size && last ? String(last.atMs) : undefined };
}
// #endregion
