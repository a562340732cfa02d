/** How far an offset drifts: the arithmetic that runs are held to. */

/**
 * Rows that a walk by offset repeats when rows come in at the head alone: each moves one row that was
 * shown over to the next page, unless more come in between two pages than a page has rows.
 *
 * @returns expected count and its standard error, that of a Poisson number
 */
export function repeatsByInserts({
  insertsPerSecond,
  thinkMs,
  turns,
}: {
  readonly insertsPerSecond: number;
  readonly thinkMs: number;
  /** How often a page was turned. */
  readonly turns: number;
}): { readonly mean: number; readonly standardError: number } {
  const mean = (insertsPerSecond * thinkMs * turns) / 1000;
  return { mean, standardError: Math.sqrt(mean) };
}

/**
 * Rows that a walk by offset skips when rows are deleted alone, each row as likely: one for each
 * deletion in front of the next page. Those deleted later themselves are not counted as skipped.
 * Deletions are taken at their mean, so that whether one page more is turned at the end is settled
 * too early: the sum is off by less than half of the deletions between two pages.
 */
export function skipsByDeletes({
  rows,
  pageSize,
  deletesPerSecond,
  thinkMs,
}: {
  readonly rows: number;
  readonly pageSize: number;
  readonly deletesPerSecond: number;
  readonly thinkMs: number;
}): { readonly mean: number; readonly standardError: number } {
  const deletes = (deletesPerSecond * thinkMs) / 1000;
  let left = rows;
  let skipped = 0;
  for (let inFront = pageSize; inFront < left; inFront += pageSize) {
    skipped += deletes * (Math.min(left, inFront) / left) - skipped * (deletes / left);
    left -= deletes;
  }
  return { mean: skipped, standardError: Math.sqrt(skipped) };
}

/** Rows read for a list of `rows` that stands still, page by page, to its end. */
export function rowsReadByOffset({
  rows,
  pageSize,
}: {
  readonly rows: number;
  readonly pageSize: number;
}): number {
  let read = 0;
  // One row beyond the page says whether there is another.
  for (let skip = 0; skip < rows; skip += pageSize) read += Math.min(rows, skip + pageSize + 1);
  return read;
}

/** The same for a cursor: each row once, and once more for each page that begins with it. */
export function rowsReadByCursor({
  rows,
  pageSize,
}: {
  readonly rows: number;
  readonly pageSize: number;
}): number {
  return rows + Math.ceil(rows / pageSize) - 1;
}

/**
 * Rows that share their time with the row before them, where each does with this probability: a
 * geometric number, of which the end of a page cuts off none but what it has shown.
 */
export function tiesBehind(equalPercent: number): {
  readonly mean: number;
  readonly variance: number;
} {
  const p = equalPercent / 100;
  return { mean: p / (1 - p), variance: p / ((1 - p) * (1 - p)) };
}
