/** The data source: tables behind a pool of connections, where a query takes time on the lab's clock. */
import type { Clock } from './clock';
import { Trace } from './trace';
import type { GraphqlSetup, TableRow } from './types';

const NAMED_MAX = 6;

/** Rows of a table, by the value of a column. */
export interface Selection {
  readonly table: string;
  readonly column: string;
  readonly keys: readonly number[];
}

/** One value of a column and what the table has for it; an error if a row could not be read. */
export type Found = readonly TableRow[] | Error;

export class Source {
  queries = 0;
  rows = 0;
  private busy = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly setup: GraphqlSetup,
    private readonly clock: Clock,
    private readonly trace: Trace,
  ) {}

  /** The first rows of a table. */
  async first(table: string, count: number, parent: number): Promise<readonly TableRow[]> {
    const rows = this.table(table).slice(0, count);
    return this.query(`${table} LIMIT ${count}`, rows, parent);
  }

  /** What there is for each key, in the order of the keys: what a batch function has to return. */
  async select({ table, column, keys }: Selection, parent = Trace.REQUEST): Promise<Found[]> {
    const wanted = new Set(keys);
    const rows = this.table(table).filter((row) => wanted.has(Number(row[column])));
    const where =
      keys.length === 1
        ? `= ${keys[0]}`
        : `IN (${keys.slice(0, NAMED_MAX).join(', ')}${keys.length > NAMED_MAX ? `, … ${keys.length} keys` : ''})`;
    const unreadable = this.setup.unreadable[table];
    const isHit = rows.some(({ id }) => id === unreadable?.id);
    await this.query(`${table} WHERE ${column} ${where}`, rows, parent, isHit);
    const byKey = new Map<number, TableRow[]>();
    for (const row of rows) {
      const key = Number(row[column]);
      const group = byKey.get(key);
      if (group) group.push(row);
      else byKey.set(key, [row]);
    }
    return keys.map((key) => {
      const group = byKey.get(key) ?? [];
      return unreadable && group.some(({ id }) => id === unreadable.id)
        ? new Error(unreadable.message)
        : group;
    });
  }

  private async query(
    label: string,
    rows: readonly TableRow[],
    parent: number,
    failed = false,
  ): Promise<readonly TableRow[]> {
    this.queries++;
    this.rows += rows.length;
    if (this.busy < this.setup.connections) this.busy++;
    else await new Promise<void>((resume) => this.waiting.push(resume));
    const span = this.trace.begin('query', label, parent);
    await this.clock.sleep(this.setup.latencyMs + this.setup.rowMs * rows.length);
    this.trace.end(span, failed);
    // Who waits gets this very connection.
    const next = this.waiting.shift();
    if (next) next();
    else this.busy--;
    return rows;
  }

  private table(name: string): readonly TableRow[] {
    const rows = this.setup.tables[name];
    if (!rows) throw new Error(`Expected a table "${name}" in the setup of the lab, got none.`);
    return rows;
  }
}
