/** What all ways of concurrency control have in common: statements, rows, answers and errors. */

/** Which rows are meant. By id a row is found through the index; by value the whole table is read. */
export type Where =
  | { readonly kind: 'all' }
  | { readonly kind: 'ids'; readonly ids: readonly number[] }
  | { readonly kind: 'equals'; readonly value: number }
  | { readonly kind: 'divisible'; readonly by: number }
  /** One row, if it still has this value: the check of an optimistic update. */
  | { readonly kind: 'unchanged'; readonly id: number; readonly value: number };

/** What becomes of a value: another one, or itself and something, worked out by the database. */
export type Change =
  | { readonly kind: 'to'; readonly value: number }
  | { readonly kind: 'plus'; readonly amount: number };

export type Statement =
  | { readonly kind: 'begin' }
  | { readonly kind: 'commit' }
  | { readonly kind: 'rollback' }
  | { readonly kind: 'select'; readonly where: Where; readonly forUpdate: boolean }
  | { readonly kind: 'insert'; readonly id: number; readonly value: number }
  | { readonly kind: 'update'; readonly where: Where; readonly set: Change }
  | { readonly kind: 'delete'; readonly where: Where };

/** A statement inside a transaction. */
export type RowStatement = Exclude<Statement, { readonly kind: 'begin' | 'commit' | 'rollback' }>;

/** A version of a row: what one transaction made of it. */
export interface Version {
  /** Numbers all versions in the order in which they were written, from 1. */
  readonly serial: number;
  readonly id: number;
  /** Null once the row is deleted. */
  readonly value: number | null;
  /** The transaction that wrote it, numbered by their `begin` from 1; 0 if it was there before. */
  readonly by: number;
  /** Whether it has nothing to do with what stood under this id before. */
  readonly isNew: boolean;
}

export interface Answer {
  /** What PostgreSQL says: `SELECT`, `UPDATE`, `ROLLBACK` where a commit comes too late. */
  readonly tag: string;
  /** The rows that a select gives; those that an insert, update or delete has written. */
  readonly rows: readonly Version[];
  /** All versions that were looked at to find them, whether or not they matched. */
  readonly seen: readonly Version[];
}

/** A statement under way: yields the sessions that it waits for, for as long as it has to. */
export type Execution = Generator<readonly string[], Answer, void>;

export interface Database {
  /**
   * Carries out a statement of a session. What is resumed while it still has to wait yields again.
   *
   * @throws SqlError from the execution; the transaction is then over, and holds nothing any more
   */
  readonly execute: (session: string, statement: Statement) => Execution;
  /** What a session would find in each row now: its value, or null where it would have to wait. */
  readonly look: (session: string) => ReadonlyMap<number, number | null>;
  /** All versions that have not been taken back, oldest first. */
  readonly versions: () => readonly Version[];
  /** Whether what this transaction (a number) has written is committed. */
  readonly isCommitted: (transaction: number) => boolean;
}

export interface Row {
  readonly id: number;
  readonly value: number;
}

/** Opens a database that holds these rows in its one table. */
export type OpenDatabase = (rows: readonly Row[]) => Database;

/** An error as PostgreSQL reports it: SQLSTATE and message. */
export class SqlError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** By its shape: an edited model has a class of its own. */
export const isSqlError = (error: unknown): error is SqlError =>
  error instanceof Error && typeof (error as Partial<SqlError>).code === 'string';

export function matches(
  where: Where,
  { id, value }: { id: number; value: number | null },
): boolean {
  if (value === null) return false;
  switch (where.kind) {
    case 'all':
      return true;
    case 'ids':
      return where.ids.includes(id);
    case 'equals':
      return value === where.value;
    case 'divisible':
      return value % where.by === 0;
    case 'unchanged':
      return id === where.id && value === where.value;
    default:
      return where satisfies never;
  }
}

/** The ids through which the index finds the rows; undefined where all have to be read. */
export function idsOf(where: Where): readonly number[] | undefined {
  if (where.kind === 'ids') return where.ids;
  return where.kind === 'unchanged' ? [where.id] : undefined;
}

export const changed = (value: number, change: Change): number =>
  change.kind === 'to' ? change.value : value + change.amount;
