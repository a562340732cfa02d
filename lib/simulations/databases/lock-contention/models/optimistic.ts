import type { Access, SchedulerFactory } from './scheduler';

/** Nobody waits and nothing is locked: whether somebody was faster is asked at the end, by versions. */
export const optimistic: SchedulerFactory = () => {
  /** Row → how often it has been written; 0 if never. */
  const versions = new Map<number, number>();
  /** Transaction → row → what it found, and whether it writes. */
  const seen = new Map<number, Map<number, { version: number; isWrite: boolean }>>();

  const versionOf = (row: number): number => versions.get(row) ?? 0;

  return {
    // #region policy
    access(transaction, { row, isWrite }: Access) {
      const rows = seen.get(transaction) ?? new Map();
      seen.set(transaction, rows.set(row, { version: versionOf(row), isWrite })); // (1)
      return 'granted';
    },
    victim: () => undefined,
    commit(transaction) {
      const rows = [...(seen.get(transaction) ?? [])];
      const isCurrent = rows.every(([row, { version }]) => version === versionOf(row)); // (2)
      if (isCurrent) for (const [row, { isWrite }] of rows) if (isWrite) bump(row); // (3)
      return isCurrent;
    },
    // #endregion
    end(transaction) {
      seen.delete(transaction);
      return [];
    },
  };

  function bump(row: number): void {
    versions.set(row, versionOf(row) + 1);
  }
};
