/** Outcome of one check over all its seeds. */
export interface CheckReport {
  readonly id: string;
  readonly statement: string;
  readonly against: string;
  readonly seeds: number;
  /** Comparisons made; a check that makes none has failed. */
  readonly comparisons: number;
  /** Null if it holds; otherwise the first failing seed and what was expected. */
  readonly failure: { readonly seed: number; readonly message: string } | null;
}
