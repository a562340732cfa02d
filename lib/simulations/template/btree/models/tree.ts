/** A B+tree of pages: all keys are in the leaves, inner pages lead to them. What its variants share. */

export interface Page {
  readonly id: number;
  /** In order. In an inner page, key i is at most the least key below child i + 1, and above all before. */
  readonly keys: number[];
  /** One more than keys; empty in a leaf. */
  readonly children: Page[];
}

export interface Tree {
  readonly root: () => Page;
  /** The pages from the root to the leaf where the key is, or would be. */
  readonly pathTo: (key: number) => readonly Page[];
  /**
   * Puts a key into its leaf and splits what is too full then; returns the pages that were written. A
   * key that is there already stays as it is.
   */
  readonly insert: (key: number) => readonly Page[];
}

export interface TreeOptions {
  /** The most keys in a page, a whole number from 3. */
  readonly capacity: number;
}

export type TreeFactory = (options: TreeOptions) => Tree;

/** A page that holds one key more than it may. */
export interface FullPage {
  /** Number of its keys. */
  readonly keys: number;
  /** Whether it is the last leaf, and the new key the greatest of all. */
  readonly isRightEnd: boolean;
}

/**
 * How many keys stay on the left when a page is split: at least one, and at most all but one; of an
 * inner page all but two, since another goes up.
 */
export type SplitPoint = (page: FullPage) => number;

/** What a split gives to the page above: a new page, and the key that divides it from the old one. */
interface Split {
  readonly dividing: number;
  readonly right: Page;
}

export function createTree({ capacity }: TreeOptions, splitPoint: SplitPoint): Tree {
  let pages = 0;
  const newPage = (keys: number[], children: Page[]): Page => ({ id: ++pages, keys, children });
  let root = newPage([], []);

  const pathTo = (key: number): Page[] => {
    const path: Page[] = [];
    for (let page: Page | undefined = root; page; page = page.children[countUpTo(page.keys, key)])
      path.push(page);
    return path;
  };

  const insert = (key: number): Page[] => {
    const path = pathTo(key);
    const leaf = path[path.length - 1] ?? root;
    const place = countUpTo(leaf.keys, key);
    if (leaf.keys[place - 1] === key) return [];
    leaf.keys.splice(place, 0, key);
    const isRightEnd = place === leaf.keys.length - 1 && isLast(path);

    // From the leaf upwards, as long as there is one page more to be told of.
    const written = [leaf];
    let split = leaf.keys.length > capacity ? splitLeaf(leaf, isRightEnd) : undefined;
    for (let depth = path.length - 2; split && depth >= 0; depth--) {
      const page = path[depth];
      if (!page) break;
      const at = countUpTo(page.keys, split.dividing);
      page.keys.splice(at, 0, split.dividing);
      page.children.splice(at + 1, 0, split.right);
      written.push(split.right, page);
      split = page.keys.length > capacity ? splitInner(page) : undefined;
    }
    if (split) {
      root = newPage([split.dividing], [root, split.right]);
      written.push(split.right, root);
    }
    return written;
  };

  /** The first key on the right goes up as a copy: keys stay in the leaves. */
  const splitLeaf = (leaf: Page, isRightEnd: boolean): Split => {
    const right = newPage(leaf.keys.splice(splitPoint({ keys: leaf.keys.length, isRightEnd })), []);
    return { dividing: right.keys[0] ?? Number.NaN, right };
  };

  /** The key in the middle goes up and stays in neither half. */
  const splitInner = (page: Page): Split => {
    const left = splitPoint({ keys: page.keys.length, isRightEnd: false });
    const right = newPage(page.keys.splice(left + 1), page.children.splice(left + 1));
    return { dividing: page.keys.pop() ?? Number.NaN, right };
  };

  return { root: () => root, pathTo, insert };
}

/** Whether a path goes down the right edge of the tree. */
function isLast(path: readonly Page[]): boolean {
  return path.every(
    ({ children }, i) => i === path.length - 1 || children[children.length - 1] === path[i + 1],
  );
}

/** Number of keys that are at most `key`. */
function countUpTo(keys: readonly number[], key: number): number {
  let count = 0;
  while (count < keys.length && (keys[count] ?? 0) <= key) count++;
  return count;
}
