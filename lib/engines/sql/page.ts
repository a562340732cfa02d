/**
 * A page of a table as the extension pageinspect shows it: the line pointers, the versions of rows that
 * they lead to, and what the bits of a version's header say (PostgreSQL, src/include/access/htup_details.h,
 * src/include/storage/itemid.h).
 */

export interface HeapPage {
  /** Number of the page in its table; null if the question does not say it. */
  readonly block: number | null;
  readonly pointers: readonly LinePointer[];
}

export interface LinePointer {
  /** From 1: the second number of a ctid. */
  readonly number: number;
  readonly state: PointerState;
  /** Of a redirect: the line pointer to go on with. */
  readonly redirectsTo: number | null;
  /** What it leads to; null unless the state is normal. */
  readonly version: RowVersion | null;
}

type PointerState = 'unused' | 'normal' | 'redirect' | 'dead';

interface RowVersion {
  /** Size with its header, bytes. */
  readonly bytes: number;
  /** Transaction that wrote it. */
  readonly xmin: string;
  /** Transaction that ended or locked it; "0" if none has. */
  readonly xmax: string;
  /** Where its successor is, or itself. */
  readonly ctid: string;
  /** Line pointer of the successor, if it is in this page: the version that `xmax` wrote. */
  readonly next: number | null;
  /** Whether the bits say that `xmin` was rolled back; nobody knows before it has been read since. */
  readonly isAborted: boolean;
  /** Whether `xmax` ended it, as far as the bits say: it has neither aborted nor only locked the row. */
  readonly isEnded: boolean;
  /** Whether it is so old that its xmin counts no more. */
  readonly isFrozen: boolean;
  /** Its successor is in no index and is found from here. */
  readonly isHotUpdated: boolean;
  /** In no index: found only from its predecessor. */
  readonly isHeapOnly: boolean;
  /** Names of all bits that are set, as in PostgreSQL's source. */
  readonly flags: readonly string[];
}

/** Bits of t_infomask. */
const INFOMASK = {
  HEAP_HASNULL: 0x0001,
  HEAP_HASVARWIDTH: 0x0002,
  HEAP_HASEXTERNAL: 0x0004,
  HEAP_HASOID_OLD: 0x0008,
  HEAP_XMAX_KEYSHR_LOCK: 0x0010,
  HEAP_COMBOCID: 0x0020,
  HEAP_XMAX_EXCL_LOCK: 0x0040,
  HEAP_XMAX_LOCK_ONLY: 0x0080,
  HEAP_XMIN_COMMITTED: 0x0100,
  HEAP_XMIN_INVALID: 0x0200,
  HEAP_XMAX_COMMITTED: 0x0400,
  HEAP_XMAX_INVALID: 0x0800,
  HEAP_XMAX_IS_MULTI: 0x1000,
  HEAP_UPDATED: 0x2000,
  HEAP_MOVED_OFF: 0x4000,
  HEAP_MOVED_IN: 0x8000,
} as const;

/** Bits of t_infomask2; those below are the number of columns. */
const INFOMASK2 = {
  HEAP_KEYS_UPDATED: 0x2000,
  HEAP_HOT_UPDATED: 0x4000,
  HEAP_ONLY_TUPLE: 0x8000,
} as const;

const STATES: readonly PointerState[] = ['unused', 'normal', 'redirect', 'dead'];

/** Columns of heap_page_items that are read. */
const NEEDED = [
  'lp',
  'lp_off',
  'lp_flags',
  'lp_len',
  't_xmin',
  't_xmax',
  't_ctid',
  't_infomask2',
  't_infomask',
] as const;

const RAW_PAGE = /get_raw_page\s*\(\s*'[^']*'\s*,\s*(?:'main'\s*,\s*)?(\d+)\s*\)/i;

/** The page that a statement's result describes; null if it describes none, or several. */
export function heapPageOf(
  statement: string,
  columns: readonly { readonly name: string }[],
  rows: readonly (readonly (string | null)[])[],
): HeapPage | null {
  const places = new Map(columns.map(({ name }, i) => [name, i]));
  if (rows.length === 0 || !NEEDED.every((name) => places.has(name))) return null;
  const found = RAW_PAGE.exec(statement)?.[1];
  const block = found === undefined ? null : Number(found);
  const pointers = rows.map((row): LinePointer => {
    const text = (name: (typeof NEEDED)[number]): string => row[places.get(name) ?? -1] ?? '';
    const number = Number(text('lp'));
    const state = STATES[Number(text('lp_flags'))] ?? 'unused';
    return {
      number,
      state,
      redirectsTo: state === 'redirect' ? Number(text('lp_off')) : null,
      version: state === 'normal' ? versionOf(number, block, text) : null,
    };
  });
  if (new Set(pointers.map(({ number }) => number)).size < pointers.length) return null;
  return { block, pointers: pointers.map((pointer) => linked(pointer, pointers)) };
}

/**
 * A ctid leads on for as long as nobody has taken the place: PostgreSQL follows it only if the version
 * there was written by the transaction that ended this one.
 */
function linked(pointer: LinePointer, all: readonly LinePointer[]): LinePointer {
  const { version } = pointer;
  if (version === null || version.next === null) return pointer;
  const successor = all.find(({ number }) => number === version.next)?.version;
  if (successor?.xmin === version.xmax) return pointer;
  return { ...pointer, version: { ...version, next: null } };
}

function versionOf(
  pointer: number,
  block: number | null,
  text: (name: (typeof NEEDED)[number]) => string,
): RowVersion {
  const [infomask, infomask2] = [Number(text('t_infomask')), Number(text('t_infomask2'))];
  const has = (name: keyof typeof INFOMASK): boolean => (infomask & INFOMASK[name]) !== 0;
  const has2 = (name: keyof typeof INFOMASK2): boolean => (infomask2 & INFOMASK2[name]) !== 0;
  const xmax = text('t_xmax');
  const ctid = text('t_ctid');
  const [, page, successor] = /^\((\d+),(\d+)\)$/.exec(ctid) ?? [];
  const isHere = Number(page) === block && Number(successor) !== pointer;
  return {
    bytes: Number(text('lp_len')),
    xmin: text('t_xmin'),
    xmax,
    ctid,
    next: isHere ? Number(successor) : null,
    isAborted: has('HEAP_XMIN_INVALID') && !has('HEAP_XMIN_COMMITTED'),
    isEnded: xmax !== '0' && !has('HEAP_XMAX_INVALID') && !has('HEAP_XMAX_LOCK_ONLY'),
    // Both at once would say nothing of the transaction, so it was made to mean this.
    isFrozen: has('HEAP_XMIN_COMMITTED') && has('HEAP_XMIN_INVALID'),
    isHotUpdated: has2('HEAP_HOT_UPDATED'),
    isHeapOnly: has2('HEAP_ONLY_TUPLE'),
    flags: [...namesIn(INFOMASK, infomask), ...namesIn(INFOMASK2, infomask2)],
  };
}

const namesIn = (bits: Readonly<Record<string, number>>, mask: number): string[] =>
  Object.entries(bits).flatMap(([name, bit]) => ((mask & bit) === 0 ? [] : [name]));
