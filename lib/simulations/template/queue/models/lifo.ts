import type { Line, LineOptions } from './line';

/** Last in, first out: who came last is served first. */
export function lifo({ room }: LineOptions): Line {
  const waiting: number[] = [];

  return {
    // #region discipline
    join(customer) {
      if (waiting.length >= room) return false;
      waiting.push(customer);
      return true;
    },
    comeBack: (customer) => {
      waiting.push(customer); // (1)
    },
    next: () => waiting.pop(),
    // #endregion
    first: () => waiting[waiting.length - 1],
    length: () => waiting.length,
  };
}
