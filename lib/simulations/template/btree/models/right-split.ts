import { createTree, type Tree, type TreeOptions } from './tree';

/** Splits in the middle too, but a page at the right end of its level where the new key is. */
export function rightSplit(options: TreeOptions): Tree {
  // #region split
  return createTree(
    options,
    ({ keys, isRightEnd }) => (isRightEnd ? keys - 1 : Math.floor(keys / 2)), // (1)
  );
  // #endregion
}
