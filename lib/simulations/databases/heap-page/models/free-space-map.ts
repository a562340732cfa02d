/**
 * Which page has how much room, in steps of 32 bytes: what an insert asks before it makes the table
 * longer. It is told by VACUUM, and by whoever finds less room than it said.
 */

const STEP_BYTES = 32;
/** Leaves of the tree over one page of the map. */
const LEAVES = 4096;

export interface FreeSpaceMap {
  readonly set: (page: number, bytes: number) => void;
  /** A page that has so much room, as far as the map knows; undefined if there is none. */
  readonly search: (bytes: number) => number | undefined;
  /** After a VACUUM: the upper levels of the map learn what the lower ones know. */
  readonly finish: () => void;
  /** From a search that has been refuted: notes what room a page has, and looks on from there. */
  readonly setAndSearch: (page: number, has: number, needs: number) => number | undefined;
  readonly clear: () => void;
}

export function createFreeSpaceMap(): FreeSpaceMap {
  /** A tree in an array: node n has the children 2n and 2n + 1, and the greater value of both. */
  const nodes = new Uint8Array(2 * LEAVES);
  let next = 0;
  let upper = 0;

  const needed = (bytes: number): number => Math.max(1, Math.ceil(bytes / STEP_BYTES));
  const best = (): number => nodes[1] ?? 0;
  const set = (page: number, bytes: number): void => {
    if (page >= LEAVES)
      throw new Error(`Expected a table of at most ${LEAVES} pages, got page ${page}.`);
    let node = LEAVES + page;
    nodes[node] = Math.floor(bytes / STEP_BYTES);
    for (node >>= 1; node >= 1; node >>= 1)
      nodes[node] = Math.max(nodes[2 * node] ?? 0, nodes[2 * node + 1] ?? 0);
  };
  /** From where the last search ended to the right and upwards, then down again, left first. */
  const find = (category: number): number | undefined => {
    if (best() < category) return undefined;
    let node = LEAVES + next;
    while (node > 1 && (nodes[node] ?? 0) < category) {
      const isRightmost = (node & (node + 1)) === 0;
      node = (isRightmost ? (node + 1) >> 1 : node + 1) >> 1;
    }
    while (node < LEAVES) node = (nodes[2 * node] ?? 0) >= category ? 2 * node : 2 * node + 1;
    const page = node - LEAVES;
    next = (page + 1) % LEAVES;
    return page;
  };
  return {
    set,
    search: (bytes) => {
      const category = needed(bytes);
      if (upper < category) return undefined;
      const page = find(category);
      if (page === undefined) upper = best();
      return page;
    },
    finish: () => {
      upper = best();
      // From the front again: so the end of the table may become empty, and be given back.
      next = 0;
    },
    setAndSearch: (page, has, needs) => {
      set(page, has);
      return find(needed(needs));
    },
    clear: () => {
      nodes.fill(0);
      next = 0;
      upper = 0;
    },
  };
}
