/** The one interface of all rules here by which the number of instances is chosen. */

/** What is to be served, how well, and what each rule goes by. */
export interface Need {
  /** Requests per second, above 0. */
  readonly demandPerSecond: number;
  /** Mean time that an instance needs for one request, ms, above 0. It works on one at a time. */
  readonly serviceMs: number;
  /** A wait that is still acceptable, ms, from 0. */
  readonly targetMs: number;
  /** Share of the requests that may not wait longer, %, above 0 and below 100. */
  readonly percentile: number;
  /** What an operator has chosen, a whole number from 1. */
  readonly instances: number;
  /** The utilisation that a rule of thumb aims at, %, above 0 and below 100. */
  readonly utilisationPercent: number;
  /** How many square roots of the load are kept in reserve, above 0. */
  readonly safety: number;
}

/** Mathematics that engines may round differently comes from outside. */
export interface Maths {
  readonly exp: (x: number) => number;
}

/** How many instances there should be, a whole number from 1. */
export type SizingRule = (need: Need, maths: Maths) => number;

/** The load in erlangs: how many requests are in service on average, and so the least that can do. */
export function erlangs({ demandPerSecond, serviceMs }: Need): number {
  return (demandPerSecond * serviceMs) / 1000;
}
