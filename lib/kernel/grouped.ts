/**
 * A whole number as it is read, its digits in groups of three: 12345 → "12,345". What a run says may
 * not depend on the engine's locale.
 *
 * @param whole a whole number of at least 0, or its digits
 */
export const grouped = (whole: number | string): string =>
  `${whole}`.replace(/\B(?=(\d{3})+$)/g, ',');
