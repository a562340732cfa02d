/** Counts by key, in columns, and the table that becomes of them. */
import type { TableColumn, TableMeasure, TableResult } from './measures';

/** The most rows of a table; the keys beyond are counted in its total alone. */
export const TABLE_ROWS_MAX = 10_000;

interface Counts {
  count: Uint32Array;
  /** Simulated ms; NaN while the count is 0. */
  firstMs: Float64Array;
  lastMs: Float64Array;
}

const INITIAL_KEYS = 64;

export class Tally {
  private readonly columns: Readonly<Record<string, Counts>>;

  constructor(private readonly measure: TableMeasure) {
    this.columns = Object.fromEntries(
      Object.keys(measure.counts).map((id) => [id, emptyCounts(INITIAL_KEYS)]),
    );
  }

  /**
   * Counts once.
   *
   * @param key index of the key in the workload
   * @throws Error if the measure declares no such count
   */
  add(key: number, column: string, nowMs: number): void {
    const counts = this.columnOf(column);
    if (key >= counts.count.length) grow(counts, key + 1);
    if (counts.count[key] === 0) counts.firstMs[key] = nowMs;
    counts.count[key] = (counts.count[key] ?? 0) + 1;
    counts.lastMs[key] = nowMs;
  }

  /** The table of all keys for which anything was counted. */
  finish(id: string, keys: readonly string[]): TableResult {
    const { label, key, sortedBy } = this.measure;
    const counted = keys.flatMap((_, index) =>
      Object.values(this.columns).some(({ count }) => (count[index] ?? 0) > 0) ? [index] : [],
    );
    const sorting = this.columnOf(sortedBy).count;
    // Equal counts stand in the order in which the keys were first met.
    counted.sort((a, b) => (sorting[b] ?? 0) - (sorting[a] ?? 0) || a - b);
    const rows = counted.slice(0, TABLE_ROWS_MAX);
    return {
      id,
      label,
      key,
      rows: rows.map((index) => keys[index] ?? ''),
      columns: this.columnsOf(rows),
      total: this.totalsOf(),
      omitted: counted.length - rows.length,
    };
  }

  private columnOf(id: string): Counts {
    const counts = this.columns[id];
    if (!counts) {
      throw new Error(
        `Expected a count of the table “${this.measure.label}” (${Object.keys(this.columns).join(', ')}), got "${id}".`,
      );
    }
    return counts;
  }

  private columnsOf(rows: readonly number[]): TableColumn[] {
    const { counts, shares, moments } = this.measure;
    return [
      ...Object.entries(counts).map(([id, { label, unit }]): TableColumn => {
        const { count } = this.columnOf(id);
        return {
          ...{ id, label, unit, kind: 'count' },
          values: Float64Array.from(rows, (key) => count[key] ?? 0),
        };
      }),
      ...Object.entries(shares).map(([id, share]): TableColumn => {
        const part = this.columnOf(share.part).count;
        const of = this.columnOf(share.of).count;
        return {
          ...{ id, label: share.label, unit: '%', kind: 'share' },
          values: Float64Array.from(rows, (key) => percent(part[key] ?? 0, of[key] ?? 0)),
        };
      }),
      ...Object.entries(moments).map(([id, { label, which, of }]): TableColumn => {
        const counts = this.columnOf(of);
        const atMs = which === 'first' ? counts.firstMs : counts.lastMs;
        return {
          ...{ id, label, unit: 'ms', kind: 'moment' },
          values: Float64Array.from(rows, (key) => atMs[key] ?? Number.NaN),
        };
      }),
    ];
  }

  private totalsOf(): number[] {
    const { counts, shares, moments } = this.measure;
    const sum = (id: string): number =>
      this.columnOf(id).count.reduce((total, count) => total + count, 0);
    return [
      ...Object.keys(counts).map(sum),
      ...Object.values(shares).map(({ part, of }) => percent(sum(part), sum(of))),
      ...Object.values(moments).map(({ which, of }) => {
        const { firstMs, lastMs } = this.columnOf(of);
        return which === 'first' ? extreme(firstMs, Math.min) : extreme(lastMs, Math.max);
      }),
    ];
  }
}

function emptyCounts(keys: number): Counts {
  return {
    count: new Uint32Array(keys),
    firstMs: new Float64Array(keys).fill(Number.NaN),
    lastMs: new Float64Array(keys).fill(Number.NaN),
  };
}

function grow(counts: Counts, keys: number): void {
  const larger = emptyCounts(Math.max(keys, 2 * counts.count.length));
  larger.count.set(counts.count);
  larger.firstMs.set(counts.firstMs);
  larger.lastMs.set(counts.lastMs);
  Object.assign(counts, larger);
}

function percent(part: number, of: number): number {
  return of === 0 ? Number.NaN : (100 * part) / of;
}

/** The least or greatest of the moments that there are; NaN if there are none. */
function extreme(values: Float64Array, better: (a: number, b: number) => number): number {
  let found = Number.NaN;
  for (const value of values) {
    if (!Number.isNaN(value)) found = Number.isNaN(found) ? value : better(found, value);
  }
  return found;
}
