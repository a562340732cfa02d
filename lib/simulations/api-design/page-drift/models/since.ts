import { type List, type Page, type PageRequest, take, wholeNumber } from './pager';

/**
 * Goes on at the time of the last row, which comes again with all others of its time.
 *
 * `SELECT * FROM orders WHERE at <= $last ORDER BY at DESC LIMIT $size + 1`
 */
// #region page
export function since(list: List, { size, token }: PageRequest): Page {
  const from = token === undefined ? undefined : { fromTime: wholeNumber(token) }; // (1)
  const read = take(list.scan(from), size + 1);
  const rows = read.slice(0, size);
  const last = rows.at(-1);
  return { rows, next: read.length > size && last ? String(last.atMs) : undefined };
}
// #endregion
