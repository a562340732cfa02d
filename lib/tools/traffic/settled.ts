/** Results over a range that is wider than a log can tell apart. */

/**
 * The first row from which on nothing differs: a cache that holds every key of a log is not bettered by
 * a larger one. The last row, if it differs from the one before; 0 if all are alike.
 *
 * @param rows results at rising values of a parameter, null where there is none
 */
export function settledFrom(rows: readonly (readonly (number | null)[])[]): number {
  const last = rows.at(-1);
  if (last === undefined) return 0;
  const differing = rows.findLastIndex((row) => row.some((value, i) => value !== last[i]));
  return differing + 1;
}
