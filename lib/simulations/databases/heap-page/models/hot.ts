import { createHeap, type Environment, type Heap } from './heap';

/** Writes no index entry where none of the indexes that have one for each version needs it. */
export function hot(environment: Environment): Heap {
  // #region hot
  return createHeap(
    environment,
    ({ isSamePage, index }) =>
      isSamePage && // (1)
      index !== 'btree', // (2)
  );
  // #endregion
}
