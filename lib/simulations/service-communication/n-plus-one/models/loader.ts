/** The one interface of all loaders here: how a resolver gets the row that its object refers to. */

/** A row of the database; what is in it does not matter to a loader. */
export interface Row {
  readonly key: number;
  readonly value: number;
}

export interface Loader {
  /** Calls `then` once, with the row of this key or with null if there is none. */
  readonly load: (key: number, then: (row: Row | null) => void) => void;
}

/** What a loader may use. One loader serves one table for the length of one request. */
export interface LoaderContext {
  /**
   * Asks the database for the rows of these keys, at least one. `done` gets those that exist, in the
   * order in which the database finds them.
   */
  readonly query: (keys: readonly number[], done: (rows: readonly Row[]) => void) => void;
  /** Runs the job when everything that the present event has made ready has run. */
  readonly afterTick: (job: () => void) => void;
  /** Runs the job after so many ms. */
  readonly after: (delayMs: number, job: () => void) => void;
  /** Keys of one query at most, from 1. */
  readonly batchMax: number;
  /** How long a loader with a window gathers keys, ms. */
  readonly windowMs: number;
}

export type LoaderFactory = (context: LoaderContext) => Loader;
