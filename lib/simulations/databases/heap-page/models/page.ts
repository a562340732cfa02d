/**
 * A page of a heap table as PostgreSQL lays it out: line pointers grow from the front, row versions
 * from the end, and what lies between is free. Sizes are those of PostgreSQL's “Database Page Layout”.
 */

// #region sizes
export const PAGE_BYTES = 8192;
export const PAGE_HEADER_BYTES = 24;
export const LINE_POINTER_BYTES = 4;
/** 23 bytes of header, and one so that the data begins at a multiple of eight. */
export const TUPLE_HEADER_BYTES = 24;
/** Versions begin at multiples of eight bytes. */
export const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8;
// #endregion

/** No page has more line pointers than there could be rows without any data. */
export const LINE_POINTERS_MAX = Math.floor(
  (PAGE_BYTES - PAGE_HEADER_BYTES) / (TUPLE_HEADER_BYTES + LINE_POINTER_BYTES),
);

/** Where a version is: number of the page from 0, number of the line pointer from 1. */
export interface Tid {
  readonly page: number;
  readonly lp: number;
}

/** One version of a row. */
export interface Tuple {
  readonly row: number;
  /** Counts the versions of the row, from 1. */
  readonly version: number;
  /** The transaction that wrote it, and the one that replaced or deleted it; 0 is none. */
  readonly xmin: number;
  xmax: number;
  /** Its successor; its own place if there is none. */
  ctid: Tid;
  /** Header and data. */
  readonly bytes: number;
  /** No index leads to it: it is found through the version before. */
  readonly isHeapOnly: boolean;
  /** Its successor is heap-only, on the same page. */
  isHotUpdated: boolean;
}

export type LinePointer =
  | { readonly state: 'unused' }
  | { readonly state: 'normal'; readonly tuple: Tuple; offset: number }
  /** Index entries that lead here go on to another line pointer. */
  | { readonly state: 'redirect'; readonly to: number }
  /** Its version is gone, but index entries still lead here. */
  | { readonly state: 'dead' };

export interface Page {
  /** Line pointer n is at n − 1. */
  readonly pointers: LinePointer[];
  /** Where the lowest version begins. */
  upper: number;
  /** The least transaction whose end may make something removable here; 0 is none. */
  pruneXid: number;
  /** An update has not found room here. */
  isFull: boolean;
  /** Some line pointer is free to be used again. */
  hasUnused: boolean;
}

const UNUSED: LinePointer = { state: 'unused' };

export const createPage = (): Page => ({
  pointers: [],
  upper: PAGE_BYTES,
  pruneXid: 0,
  isFull: false,
  hasUnused: false,
});

/** Where the line pointers end. */
export const lowerOf = ({ pointers }: Page): number =>
  PAGE_HEADER_BYTES + pointers.length * LINE_POINTER_BYTES;

/** Room for one more version, with a line pointer of its own. */
export function freeBytes(page: Page): number {
  const isOutOfPointers = page.pointers.length >= LINE_POINTERS_MAX && !page.hasUnused;
  return isOutOfPointers ? 0 : Math.max(0, page.upper - lowerOf(page) - LINE_POINTER_BYTES);
}

/** The version at a line pointer, if there is one. */
export function tupleAt(page: Page | undefined, lp: number): Tuple | undefined {
  const pointer = page?.pointers[lp - 1];
  return pointer?.state === 'normal' ? pointer.tuple : undefined;
}

/** Puts a version on a page that has room for it, and returns its line pointer. */
export function place(page: Page, tuple: Tuple): number {
  page.upper -= aligned(tuple.bytes);
  const pointer: LinePointer = { state: 'normal', tuple, offset: page.upper };
  const unused = page.hasUnused ? page.pointers.findIndex(({ state }) => state === 'unused') : -1;
  if (unused < 0) {
    page.hasUnused = false;
    return page.pointers.push(pointer);
  }
  page.pointers[unused] = pointer;
  return unused + 1;
}

// #region compact
/** Moves what is left to the end of the page, so that all free space is one piece. */
export function compact(page: Page): void {
  page.upper = PAGE_BYTES;
  for (const pointer of page.pointers) {
    if (pointer.state !== 'normal') continue;
    page.upper -= aligned(pointer.tuple.bytes);
    pointer.offset = page.upper;
  }
  dropUnused(page, 0);
}
// #endregion

/** Line pointers at the end of the array that nothing needs go, but for the first few. */
function dropUnused(page: Page, kept: number): void {
  const { pointers } = page;
  while (pointers.length > kept && pointers[pointers.length - 1]?.state === 'unused')
    pointers.pop();
  page.hasUnused = pointers.some(({ state }) => state === 'unused');
}

/** Makes these line pointers free for other versions. */
export function release(page: Page, lps: readonly number[]): void {
  for (const lp of lps) page.pointers[lp - 1] = UNUSED;
  dropUnused(page, 1);
}
