import { type List, type Page, type PageRequest, take, wholeNumber } from './pager';

/**
 * Numbers the pages from 1, and says how many rows there are, so that a screen can offer
 * "page 3 of 12".
 */
// #region page
export function pageNumber(list: List, { size, token }: PageRequest): Page {
  const number = token === undefined ? 1 : Math.max(1, wholeNumber(token));
  const skip = (number - 1) * size; // (1)
  const total = list.count(); // (2)
  const rows = take(list.scan(), skip + size).slice(skip);
  return { rows, total, next: skip + size < total ? String(number + 1) : undefined };
}
// #endregion
