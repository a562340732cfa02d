import type { Loader, LoaderContext, Row } from './loader';

interface Entry {
  readonly key: number;
  /** Undefined until the database has answered; null if it has no such row. */
  row: Row | null | undefined;
  readonly waiting: ((row: Row | null) => void)[];
}

/**
 * Gathers keys until `schedule` runs the job it is given, then asks for all of them at once. A batch
 * that is full is followed by another, which has a job of its own.
 */
export function batching(
  { query, batchMax }: LoaderContext,
  schedule: (job: () => void) => void,
): Loader {
  // #region batch
  const known = new Map<number, Entry>(); // (1)
  let batch: Entry[] = [];

  const dispatch = (entries: readonly Entry[]): void => {
    if (batch === entries) batch = [];
    const keys = entries.map(({ key }) => key);
    query(keys, (rows) => {
      const byKey = new Map(rows.map((row) => [row.key, row])); // (2)
      for (const entry of entries) {
        const row = byKey.get(entry.key) ?? null;
        entry.row = row;
        for (const then of entry.waiting.splice(0)) then(row);
      }
    });
  };

  return {
    load(key, then) {
      const found = known.get(key);
      if (found?.row !== undefined) then(found.row);
      else if (found)
        found.waiting.push(then); // (3)
      else {
        const entry: Entry = { key, row: undefined, waiting: [then] };
        known.set(key, entry);
        if (batch.length === batchMax) batch = [];
        const entries = batch;
        entries.push(entry);
        if (entries.length === 1) schedule(() => dispatch(entries)); // (4)
      }
    },
  };
  // #endregion
}

// (1) It lives as long as the loader: one request, so that nobody sees what another may see.
// (2) A database returns rows in its own order, and none for a key that it does not have.
// (3) The same key twice is one key in the query.
// (4) The first key of a batch decides when the batch is sent.
