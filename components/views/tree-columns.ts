/** How a tree of pages is spread over the width: which leaves have a column, and which are folded. */
import type { Page, Tree } from '@/lib/simulation/trees';

/** A leaf in a column of its own, or neighbours of one level that are told by their number. */
export type Column =
  | { readonly kind: 'leaf'; readonly page: Page }
  | { readonly kind: 'folded'; readonly pages: readonly Page[]; readonly leaves: number };

/** An inner page with the columns that it spans. */
export interface Span {
  readonly page: Page;
  /** From 0 for the root. */
  readonly level: number;
  readonly from: number;
  readonly to: number;
  /** Each key with the first column right of it; keys between pages folded into one are left out. */
  readonly keys: readonly { readonly key: string; readonly column: number }[];
}

export interface Spread {
  /** From left to right; the level is that of the page, from 0 for the root. */
  readonly columns: readonly (Column & { readonly level: number })[];
  readonly spans: readonly Span[];
}

const leavesBelow = ({ children }: Page): number =>
  children.length === 0 ? 1 : children.reduce((sum, child) => sum + leavesBelow(child), 0);

/** The inner pages on the way to the first leaf that the last change concerned, or to the first of all. */
function pathTo({ root, added }: Tree): Set<Page> {
  const path = new Set<Page>();
  const search = (page: Page, isFound: (leaf: Page) => boolean): boolean => {
    if (page.children.length === 0) return isFound(page);
    if (!page.children.some((child) => search(child, isFound))) return false;
    path.add(page);
    return true;
  };
  const ways = [
    ({ change, keys }: Page): boolean =>
      change !== null && (added.length === 0 || keys.some((key) => added.includes(key))),
    () => true,
  ];
  if (root) ways.some((isFound) => search(root, isFound));
  return path;
}

/**
 * Spreads the tree over about `columnsMax` columns. A tree with more leaves is unfolded along the last
 * change first, then level by level from the left as far as there is room; where even the way to the
 * change has no room, neighbours are folded into one column.
 */
export function spreadOf(tree: Tree, columnsMax: number): Spread {
  const { root } = tree;
  if (!root) return { columns: [], spans: [] };
  const open = pathTo(tree);
  let width = 1;
  for (const { children } of open) width += children.length - 1;
  const isTight = width > columnsMax;
  for (const queue = [root]; queue.length > 0; ) {
    const page = queue.shift();
    if (!page || page.children.length === 0) continue;
    if (!open.has(page)) {
      if (width + page.children.length - 1 > columnsMax) continue;
      open.add(page);
      width += page.children.length - 1;
    }
    queue.push(...page.children);
  }

  const columns: (Column & { readonly level: number })[] = [];
  const spans: Span[] = [];
  const isFolded = (page: Page): boolean => page.children.length > 0 && !open.has(page);
  const put = (pages: readonly Page[], level: number): void => {
    const [page] = pages;
    if (!page) return;
    if (isFolded(page)) {
      const leaves = pages.reduce((sum, each) => sum + leavesBelow(each), 0);
      columns.push({ kind: 'folded', pages, leaves, level });
    } else if (page.children.length === 0) columns.push({ kind: 'leaf', page, level });
    else unfold(page, level);
  };
  const unfold = (page: Page, level: number): void => {
    const from = columns.length;
    const keys: { key: string; column: number }[] = [];
    for (let i = 0; i < page.children.length; ) {
      let end = i + 1;
      const isRun = (child: Page | undefined): boolean => child !== undefined && isFolded(child);
      if (isTight && isRun(page.children[i])) while (isRun(page.children[end])) end++;
      const key = page.keys[i - 1];
      if (key !== undefined) keys.push({ key, column: columns.length });
      put(page.children.slice(i, end), level + 1);
      i = end;
    }
    spans.push({ page, level, from, to: columns.length, keys });
  };
  put([root], 0);
  return { columns, spans };
}
