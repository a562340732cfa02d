/** The one interface of all ways of paging here: a list in an order, read page by page. */

/** What a row is sorted by. Times may be equal; the pair of time and id never is. */
export interface Key {
  /** When the row was created, or updated last: whole ms from 0. */
  readonly atMs: number;
  /** The primary key. */
  readonly id: number;
}

/** A row of the list, of which only its place matters here. */
export type Row = Key;

export type Order = 'newest-first' | 'oldest-first';

/** Where an index is entered, instead of at its first row. Comments are for newest first. */
export type Seek =
  /** `WHERE (at, id) < ($1, $2)`: what comes after this very row. */
  | { readonly past: Key }
  /** `WHERE at < $1`: what comes after all rows of this time. */
  | { readonly pastTime: number }
  /** `WHERE at <= $1`: the rows of this time, and what comes after them. */
  | { readonly fromTime: number };

/** The table as a query sees it: an index on (at, id), in the order of the list. */
export interface List {
  readonly order: Order;
  /**
   * Rows in the order of the list. They are read one by one as they are taken, so that what is not
   * taken costs nothing. With `asOf` they are those of a snapshot.
   *
   * @throws InvalidToken if that snapshot has been released, or never was
   */
  readonly scan: (from?: Seek, asOf?: number) => Iterable<Row>;
  /** `SELECT count(*)`: reads every row. */
  readonly count: () => number;
  /** Keeps the rows readable as they are now, whatever becomes of them; the number to read them by. */
  readonly takeSnapshot: () => number;
  readonly releaseSnapshot: (asOf: number) => void;
}

export interface PageRequest {
  /** Rows on a page, a whole number from 1. */
  readonly size: number;
  /** What the page before gave as `next`; absent for the first page. */
  readonly token?: string | undefined;
}

export interface Page {
  readonly rows: readonly Row[];
  /** What to ask with for the page after; absent on the last. */
  readonly next?: string | undefined;
  /** Rows in the list, where they are counted. */
  readonly total?: number;
}

/** Answers one request. It keeps nothing between two of them: what it has to know is in the token. */
export type Pager = (list: List, request: PageRequest) => Page;

/** A token that this list never gave out: the client's mistake, answered with 400 and no rows. */
export class InvalidToken extends Error {
  override readonly name = 'InvalidToken';
}

/** At most `count` rows; no row behind them is read. */
export function take(rows: Iterable<Row>, count: number): Row[] {
  const taken: Row[] = [];
  for (const row of rows) {
    taken.push(row);
    if (taken.length >= count) break;
  }
  return taken;
}

/** A whole number from 0, as a query parameter has it. */
export function wholeNumber(token: string): number {
  if (!/^\d{1,15}$/.test(token))
    throw new InvalidToken(`Expected a whole number from 0, got "${token.slice(0, 40)}".`);
  return Number(token);
}
