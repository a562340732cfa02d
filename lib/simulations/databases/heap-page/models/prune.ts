/** Pruning: what any reader of a page may do there by itself, without a look at any index. */
import { compact, freeBytes, type LinePointer, PAGE_BYTES, type Page, tupleAt } from './page';
import { type Fate, fateOf, type Transactions } from './transactions';

export interface Pruned {
  /** Versions removed, with or without their line pointers. */
  readonly versions: number;
  /** Of these, those whose line pointer had to stay as dead. */
  readonly nowDead: number;
  /** Whether the page was written. */
  readonly isChanged: boolean;
}

// #region when
/** Whether it is worth a try: something may be removable, and the page is short of room. */
export function isWorthPruning(page: Page, horizon: number, fillfactor: number): boolean {
  if (page.pruneXid === 0 || page.pruneXid >= horizon) return false; // (1)
  const reserved = Math.max(reservedBytes(fillfactor), Math.floor(PAGE_BYTES / 10));
  return page.isFull || freeBytes(page) < reserved; // (2)
}
// #endregion

/** What inserts leave free on each page. */
export const reservedBytes = (fillfactor: number): number =>
  Math.floor((PAGE_BYTES * (100 - fillfactor)) / 100);

const UNUSED: LinePointer = { state: 'unused' };

/** Removes from one page all versions that nobody can see, and joins what they leave into one piece. */
export function prune(page: Page, horizon: number, transactions: Transactions): Pruned {
  const changes = new Map<number, LinePointer>();
  let [nowDead, pruneXid] = [0, 0];

  /** A version that will be removable when its transaction lies below the horizon. */
  const remember = (xmax: number): void => {
    pruneXid = pruneXid === 0 ? xmax : Math.min(pruneXid, xmax);
  };

  for (let root = 1; root <= page.pointers.length; root++) {
    const pointer = page.pointers[root - 1];
    if (pointer?.state !== 'normal' && pointer?.state !== 'redirect') continue;
    if (pointer.state === 'normal' && pointer.tuple.isHeapOnly) {
      // Others are reached from the version before them.
      const { tuple } = pointer;
      const isAlone = !tuple.isHotUpdated && !changes.has(root);
      if (isAlone && fateOf(tuple, horizon, transactions) === 'dead') changes.set(root, UNUSED);
      continue;
    }

    // #region chain
    const { chain, fates } = chainFrom(page, root, horizon, transactions);
    chain.forEach((lp, at) => {
      const tuple = tupleAt(page, lp);
      if (tuple && fates[at] === 'recently-dead') remember(tuple.xmax);
    });
    const lastDead = fates.lastIndexOf('dead'); // (3)
    if (lastDead < 0) continue;
    for (const lp of chain.slice(1, lastDead + 1)) changes.set(lp, UNUSED); // (4)
    const survivor = chain[lastDead + 1];
    if (survivor !== undefined)
      changes.set(root, { state: 'redirect', to: survivor }); // (5)
    else {
      changes.set(root, { state: 'dead' }); // (6)
      nowDead++;
    }
    // #endregion
  }

  // Counted here: a version may have been found by itself and once more at the end of its chain.
  let versions = 0;
  for (const [lp, pointer] of changes) {
    if (page.pointers[lp - 1]?.state === 'normal') versions++;
    page.pointers[lp - 1] = pointer;
  }
  if (changes.size > 0) compact(page);
  page.pruneXid = pruneXid;
  page.isFull = false;
  return { versions, nowDead, isChanged: changes.size > 0 };
}

const NOTHING_TO_DO: Chain = { chain: [], fates: [] };

interface Chain {
  /** Line pointers from the root to the first version that has to stay. */
  readonly chain: readonly number[];
  /** What is to become of each; that of a redirect does not count. */
  readonly fates: readonly (Fate | 'redirect')[];
}

/** The versions that one index entry leads to on this page, as far as they may be removable. */
function chainFrom(page: Page, root: number, horizon: number, transactions: Transactions): Chain {
  const first = page.pointers[root - 1];
  const start = first?.state === 'redirect' ? first.to : root;
  // Most chains begin with a present version, of which there is nothing to say.
  const beginning = tupleAt(page, start);
  if (beginning && fateOf(beginning, horizon, transactions) === 'live') return NOTHING_TO_DO;

  const chain: number[] = [];
  const fates: (Fate | 'redirect')[] = [];
  let lp = root;
  let writer = 0;
  for (;;) {
    const pointer = page.pointers[lp - 1];
    if (pointer?.state === 'redirect' && chain.length === 0) {
      chain.push(lp);
      fates.push('redirect');
      lp = pointer.to;
      continue;
    }
    // The line pointer may hold another row by now: only what the last one's end has written belongs here.
    if (pointer?.state !== 'normal' || (writer !== 0 && pointer.tuple.xmin !== writer)) break;
    const { tuple } = pointer;
    const fate = fateOf(tuple, horizon, transactions);
    chain.push(lp);
    fates.push(fate);
    if (!(fate === 'dead' || fate === 'recently-dead') || !tuple.isHotUpdated) break;
    lp = tuple.ctid.lp;
    writer = tuple.xmax;
  }
  return { chain, fates };
}
