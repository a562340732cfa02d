import { createTree, type Tree, type TreeOptions } from './tree';

/** Splits in the middle too, but the last leaf at its end where the new key is the greatest of all. */
export function rightSplit(options: TreeOptions): Tree {
  // #region split
  return createTree(
    options,
    ({ keys, isRightEnd }) => (isRightEnd ? keys - 1 : Math.floor(keys / 2)), // (1)
  );
  // #endregion
}
