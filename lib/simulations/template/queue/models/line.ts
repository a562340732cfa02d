/** What all disciplines of a waiting line have in common; the variants of this simulation implement it. */

/** Decides who of the waiting customers is served next. Customers are known by their numbers. */
export interface Line {
  /** A new customer joins the line; false if there is no room, and the customer is turned away. */
  readonly join: (customer: number) => boolean;
  /** A customer whose service was cut short comes back, ahead of all who wait now; there is always room. */
  readonly comeBack: (customer: number) => void;
  /** Takes the customer out of the line who is served now; undefined if nobody waits. */
  readonly next: () => number | undefined;
  /** Who would be taken now, and stays in the line; undefined if nobody waits. */
  readonly first: () => number | undefined;
  readonly length: () => number;
}

export interface LineOptions {
  /** The most customers that may wait, a whole number from 0. */
  readonly room: number;
}

export type LineFactory = (options: LineOptions) => Line;
