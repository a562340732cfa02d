/**
 * A heap table in pages: every update writes a new version of its row, and old ones stay until nobody
 * can see them and somebody has come by to remove them. Follows PostgreSQL 15, page by page.
 */
import { createFreeSpaceMap } from './free-space-map';
import {
  aligned,
  createPage,
  freeBytes,
  LINE_POINTER_BYTES,
  LINE_POINTERS_MAX,
  PAGE_BYTES,
  PAGE_HEADER_BYTES,
  type Page,
  place,
  release,
  type Tid,
  TUPLE_HEADER_BYTES,
  type Tuple,
  tupleAt,
} from './page';
import { isWorthPruning, type Pruned, prune, reservedBytes } from './prune';
import { fateOf, isVisible, type Snapshot, type Transactions } from './transactions';

export interface HeapOptions {
  /** Bytes of a row's data, without its header. */
  readonly rowBytes: number;
  /** How full inserts make a page, %. Read at every use. */
  readonly fillfactor: number;
  /** Of what kind is the index on the column that updates change; the key has a B-tree anyway. */
  readonly index: 'none' | 'btree' | 'brin';
}

/** What an update did. */
export interface Updated {
  readonly isHot: boolean;
  readonly from: Tid;
  readonly to: Tid;
}

/** What VACUUM did to a page, so that whoever runs it can make it wait. */
export interface VacuumStep {
  readonly page: number;
  readonly isWritten: boolean;
}

export interface Found {
  readonly tid: Tid;
  readonly tuple: Tuple;
  /** Versions looked at to find it. */
  readonly looked: number;
  /** Versions removed on the way. */
  readonly pruned: number;
}

export interface Heap {
  readonly pages: readonly Page[];
  /** Entries of all indexes together that have one for each version or chain. */
  readonly indexEntries: () => number;
  /** Versions on all pages. */
  readonly versions: () => number;
  /** Versions replaced or deleted since VACUUM last came by, as the statistics count them. */
  readonly deadVersions: () => number;
  readonly insert: (row: number, xid: number) => Tid;
  /** Replaces the version at `tid`, which must be the present one. */
  readonly update: (tid: Tid, xid: number) => Updated;
  readonly remove: (tid: Tid, xid: number) => void;
  /** What everybody does who reads a page: tidies it up if that is worth it. */
  readonly access: (page: number) => Pruned;
  /** The version that a snapshot sees of a row, by way of the index on the key; reads its pages. */
  readonly lookUp: (row: number, snapshot: Snapshot) => Found | undefined;
  /** All pages in turn, then the indexes, then the line pointers that no entry leads to any more. */
  readonly vacuum: () => Generator<VacuumStep, void>;
  /** Writes the table anew, as VACUUM FULL does: only what somebody can see, in full pages. */
  readonly rewrite: () => void;
}

export interface Environment {
  readonly options: HeapOptions;
  readonly transactions: Transactions;
}

export type HeapFactory = (environment: Environment) => Heap;

/** What decides whether an update may do without index entries. */
export interface UpdateCase {
  /** Whether the new version found room on the page of the old one. */
  readonly isSamePage: boolean;
  readonly index: HeapOptions['index'];
}

/** The indexes of a table are vacuumed only if at least this share of its pages has dead pointers. */
const BYPASS_SHARE = 0.02;
/** Empty pages at the end are given back if there are so many, or this share of the table. */
const TRUNCATE_PAGES_MIN = 1000;
const TRUNCATE_SHARE = 1 / 16;

export function createHeap(
  { options, transactions }: Environment,
  isHeapOnlyUpdate: (update: UpdateCase) => boolean,
): Heap {
  const pages: Page[] = [];
  let index = new Map<number, Tid[]>();
  let entries = 0;
  let versions = 0;
  let dead = 0;
  const freeSpace = createFreeSpaceMap();
  /** Where the last new version went: the next one is tried there first. */
  let target: number | undefined;
  const tupleBytes = (): number => TUPLE_HEADER_BYTES + options.rowBytes;
  const indexes = options.index === 'btree' ? 2 : 1;

  const addEntry = (row: number, tid: Tid): void => {
    const of = index.get(row);
    if (of) of.push(tid);
    else index.set(row, [tid]);
    entries++;
  };

  /** A page with room for one more version, and with what the fillfactor reserves besides. */
  const pageFor = (): number => {
    const bytes = aligned(tupleBytes());
    // A page with few line pointers in use counts as empty, or large versions would never find one.
    const nearlyEmpty =
      PAGE_BYTES - PAGE_HEADER_BYTES - 8 - Math.floor(LINE_POINTERS_MAX / 8) * LINE_POINTER_BYTES;
    const wanted = bytes + reservedBytes(options.fillfactor);
    const needs = wanted > nearlyEmpty ? Math.max(bytes, nearlyEmpty) : wanted;
    let number = target ?? freeSpace.search(needs);
    if (number === undefined && pages.length > 0) number = pages.length - 1;
    while (number !== undefined) {
      const page = pages[number];
      const has = page ? freeBytes(page) : 0;
      if (page && needs <= has) break;
      number = freeSpace.setAndSearch(number, has, needs);
      if (number !== undefined && number >= pages.length) number = undefined;
    }
    if (number === undefined) number = pages.push(createPage()) - 1;
    target = number;
    return number;
  };

  const write = (number: number, tuple: Omit<Tuple, 'ctid'>): Tid => {
    const page = pages[number];
    if (!page) throw new Error(`Expected a page of ${pages.length}, got number ${number}.`);
    const written: Tuple = { ...tuple, ctid: { page: number, lp: 0 } };
    const lp = place(page, written);
    versions++;
    written.ctid = { page: number, lp };
    return written.ctid;
  };

  const currentAt = (tid: Tid): { page: Page; tuple: Tuple } => {
    const page = pages[tid.page];
    const tuple = tupleAt(page, tid.lp);
    const isTaken = tuple && tuple.xmax !== 0 && !transactions.hasAborted(tuple.xmax);
    if (!page || !tuple || isTaken)
      throw new Error(
        `Expected the present version of a row at (${tid.page},${tid.lp}). Look the row up before you change it.`,
      );
    return { page, tuple };
  };

  /** The page may have something to remove once this transaction lies below the horizon. */
  const notePrunable = (page: Page, xid: number): void => {
    if (page.pruneXid === 0 || xid < page.pruneXid) page.pruneXid = xid;
  };

  const insert: Heap['insert'] = (row, xid) => {
    const tid = write(pageFor(), {
      row,
      version: 1,
      xmin: xid,
      xmax: 0,
      bytes: tupleBytes(),
      isHeapOnly: false,
      isHotUpdated: false,
    });
    addEntry(row, tid);
    return tid;
  };

  // #region update
  const update: Heap['update'] = (from, xid) => {
    const { page, tuple } = currentAt(from);
    const bytes = tupleBytes();
    const hasRoom = aligned(bytes) <= freeBytes(page); // (1)
    const number = hasRoom ? from.page : pageFor();
    const isSamePage = number === from.page;
    const isHot = isHeapOnlyUpdate({ isSamePage, index: options.index });
    if (!isSamePage) page.isFull = true; // (2)
    const to = write(number, {
      row: tuple.row,
      version: tuple.version + 1,
      xmin: xid,
      xmax: 0,
      bytes,
      isHeapOnly: isHot,
      isHotUpdated: false,
    });
    tuple.xmax = xid; // (3)
    tuple.ctid = to;
    tuple.isHotUpdated = isHot;
    if (!isHot) addEntry(tuple.row, to); // (4)
    notePrunable(page, xid);
    dead++;
    return { isHot, from, to };
  };
  // #endregion

  const remove: Heap['remove'] = (tid, xid) => {
    const { page, tuple } = currentAt(tid);
    tuple.xmax = xid;
    tuple.ctid = tid;
    tuple.isHotUpdated = false;
    notePrunable(page, xid);
    dead++;
  };

  const access: Heap['access'] = (number) => {
    const page = pages[number];
    const horizon = transactions.horizon();
    if (!page || !isWorthPruning(page, horizon, options.fillfactor)) return NOTHING_PRUNED;
    const pruned = prune(page, horizon, transactions);
    versions -= pruned.versions;
    // Dead line pointers are left to VACUUM, and go on counting towards it.
    dead = Math.max(0, dead - (pruned.versions - pruned.nowDead));
    return pruned;
  };

  // #region lookup
  const lookUp: Heap['lookUp'] = (row, snapshot) => {
    const roots = index.get(row) ?? [];
    let looked = 0;
    let pruned = 0;
    for (let i = roots.length - 1; i >= 0; i--) {
      const root = roots[i];
      const page = root && pages[root.page];
      if (!page) continue;
      pruned += access(root.page).versions; // (1)
      let lp = root.lp;
      let writer = 0;
      for (;;) {
        const pointer = page.pointers[lp - 1];
        if (pointer?.state === 'redirect') {
          lp = pointer.to;
          continue;
        }
        if (pointer?.state !== 'normal') break;
        const { tuple } = pointer;
        if (writer !== 0 && tuple.xmin !== writer) break; // (2)
        looked++;
        if (isVisible(tuple, snapshot, transactions))
          return { tid: { page: root.page, lp }, tuple, looked, pruned };
        if (!tuple.isHotUpdated) break; // (3)
        lp = tuple.ctid.lp;
        writer = tuple.xmax;
      }
    }
    return undefined;
  };
  // #endregion

  /** Takes the entries out of the indexes that lead to these line pointers. */
  const vacuumIndexes = (removable: ReadonlyMap<number, ReadonlySet<number>>): void => {
    for (const [row, tids] of index) {
      const kept = tids.filter(({ page, lp }) => !removable.get(page)?.has(lp));
      if (kept.length === tids.length) continue;
      entries -= tids.length - kept.length;
      if (kept.length > 0) index.set(row, kept);
      else index.delete(row);
    }
  };

  const vacuum: Heap['vacuum'] = function* () {
    const horizon = transactions.horizon();
    const removable = new Map<number, Set<number>>();
    const scanned = pages.length;
    let held = 0;
    for (let number = 0; number < scanned; number++) {
      const page = pages[number];
      if (!page) break;
      const before = page.pruneXid !== 0 || page.isFull;
      const pruned = prune(page, horizon, transactions);
      versions -= pruned.versions;
      const deadLps = page.pointers.flatMap(({ state }, i) => (state === 'dead' ? [i + 1] : []));
      if (deadLps.length > 0) removable.set(number, new Set(deadLps));
      for (const pointer of page.pointers)
        if (
          pointer.state === 'normal' &&
          fateOf(pointer.tuple, horizon, transactions) === 'recently-dead'
        )
          held++;
      freeSpace.set(number, freeBytes(page));
      yield { page: number, isWritten: pruned.isChanged || before };
    }
    if (removable.size >= scanned * BYPASS_SHARE) {
      vacuumIndexes(removable);
      for (const [number, lps] of removable) {
        const page = pages[number];
        if (!page) continue;
        release(page, [...lps]);
        freeSpace.set(number, freeBytes(page));
        yield { page: number, isWritten: true };
      }
    }
    dead = held;
    let used = pages.length;
    while (used > 0 && pages[used - 1]?.pointers.every(({ state }) => state === 'unused')) used--;
    const free = pages.length - used;
    if (free > 0 && (free >= TRUNCATE_PAGES_MIN || free >= pages.length * TRUNCATE_SHARE)) {
      for (let number = used; number < pages.length; number++) freeSpace.set(number, 0);
      pages.length = used;
    }
    freeSpace.finish();
    target = undefined;
  };

  const rewrite: Heap['rewrite'] = () => {
    const horizon = transactions.horizon();
    const kept = pages.flatMap((page) =>
      page.pointers.flatMap((pointer) =>
        pointer.state === 'normal' && fateOf(pointer.tuple, horizon, transactions) !== 'dead'
          ? [pointer.tuple]
          : [],
      ),
    );
    pages.length = 0;
    index = new Map();
    entries = 0;
    versions = 0;
    dead = 0;
    freeSpace.clear();
    target = undefined;
    const placed = new Map<Tuple, Tid>();
    for (const tuple of kept) {
      const last = pages[pages.length - 1];
      const needs = aligned(tuple.bytes) + reservedBytes(options.fillfactor);
      if (!last || (last.pointers.length > 0 && freeBytes(last) < needs)) pages.push(createPage());
      const moved = { ...tuple, isHeapOnly: false, isHotUpdated: false };
      const tid = write(pages.length - 1, moved);
      placed.set(tuple, tid);
      addEntry(tuple.row, tid);
      if (fateOf(tuple, horizon, transactions) === 'recently-dead') dead++;
    }
    // Chains go on as before, by the new places of their versions.
    const present = new Map(kept.map((tuple) => [`${tuple.row} ${tuple.xmin}`, tuple]));
    for (const [tuple, { page, lp }] of placed) {
      const successor = tuple.xmax === 0 ? undefined : present.get(`${tuple.row} ${tuple.xmax}`);
      const tid = successor && placed.get(successor);
      const moved = tupleAt(pages[page], lp);
      if (tid && moved) moved.ctid = tid;
    }
  };

  return {
    pages,
    indexEntries: () => entries * indexes,
    versions: () => versions,
    deadVersions: () => dead,
    insert,
    update,
    remove,
    access,
    lookUp,
    vacuum,
    rewrite,
  };
}

const NOTHING_PRUNED: Pruned = { versions: 0, nowDead: 0, isChanged: false };
