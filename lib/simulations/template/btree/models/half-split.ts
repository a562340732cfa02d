import { createTree, type Tree, type TreeOptions } from './tree';

/** Splits every full page in the middle. */
export function halfSplit(options: TreeOptions): Tree {
  // #region split
  return createTree(options, ({ keys }) => Math.floor(keys / 2)); // (1)
  // #endregion
}
