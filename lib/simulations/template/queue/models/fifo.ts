import type { Line, LineOptions } from './line';

/** First in, first out: who came first is served first. */
export function fifo({ room }: LineOptions): Line {
  const waiting: number[] = [];

  return {
    // #region discipline
    join(customer) {
      if (waiting.length >= room) return false;
      waiting.push(customer);
      return true;
    },
    comeBack: (customer) => {
      waiting.unshift(customer); // (1)
    },
    next: () => waiting.shift(),
    // #endregion
    first: () => waiting[0],
    length: () => waiting.length,
  };
}
