import { type List, type Page, type PageRequest, take, wholeNumber } from './pager';

/**
 * Counts from the beginning of the list: the token says how many rows came before the page.
 *
 * `SELECT * FROM orders ORDER BY at DESC, id DESC LIMIT $size + 1 OFFSET $skip`
 */
// #region page
export function offset(list: List, { size, token }: PageRequest): Page {
  const skip = token === undefined ? 0 : wholeNumber(token);
  const read = take(list.scan(), skip + size + 1); // (1)
  const rows = read.slice(skip, skip + size);
  return { rows, next: read.length > skip + size ? String(skip + rows.length) : undefined };
}
// #endregion
