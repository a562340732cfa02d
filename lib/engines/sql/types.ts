/** What goes into the SQL lab and what comes out; all of it JSON. */
import type { Lab } from '../lab';
import type { HeapPage } from './page';
import type { Plan } from './plan';

/** A lab in which the reader writes SQL to a PostgreSQL of his own. */
export type SqlLab = Lab<'sql', Setup, Input, Output>;

export interface Setup {
  /** Makes the tables and their rows; the same ones each time. Each statement commits by itself. */
  readonly sql: string;
  /** Extensions that come with the engine and are created before the tables. */
  readonly extensions?: readonly Extension[];
}

export type Extension = 'pageinspect';

export interface Input {
  /** One statement or several with semicolons between them; each commits by itself, as in psql. */
  readonly sql: string;
}

export interface Output {
  /** One for each statement that went through, in order. */
  readonly results: readonly StatementResult[];
  /** What stopped the statement after those; null if nothing did. */
  readonly error: SqlError | null;
  /** How many statements after the one that failed were not run. */
  readonly notRun: number;
  /** Whether a transaction stays open for what is run next, and if so whether it can still commit. */
  readonly transaction: 'none' | 'open' | 'failed';
}

export interface StatementResult {
  /** Where the statement stands in the input: offsets in UTF-16 units, without the semicolon. */
  readonly from: number;
  readonly to: number;
  /** What PostgreSQL says was done: "SELECT 3", "UPDATE 1"; null if it was stopped at the row limit. */
  readonly command: string | null;
  /** Empty for a statement that returns no rows. */
  readonly columns: readonly Column[];
  /** Values as PostgreSQL writes them; null is NULL. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** What was left out, each as a sentence. */
  readonly cut: readonly string[];
  /** What PostgreSQL said besides: notices, warnings, the report of VACUUM VERBOSE. */
  readonly notices: readonly Notice[];
  /** Of an EXPLAIN in the text format. */
  readonly plan: Plan | null;
  /** Of a query for all columns of heap_page_items. */
  readonly page: HeapPage | null;
  /** How long it took in this engine, ms; its clock is coarse. */
  readonly ms: number;
}

export interface Column {
  readonly name: string;
  /** As `format_type` writes it: "integer", "timestamp with time zone". */
  readonly type: string;
}

export interface Notice {
  /** "NOTICE", "WARNING", "INFO" … */
  readonly severity: string;
  readonly message: string;
}

export interface SqlError {
  /** The statement that failed, as in `StatementResult`. */
  readonly from: number;
  readonly to: number;
  /** SQLSTATE, such as "42P01"; null if the lab itself refused the statement. */
  readonly code: string | null;
  readonly message: string;
  readonly detail: string | null;
  readonly hint: string | null;
  /** Offset in the input at which PostgreSQL points, in UTF-16 units; null if it points nowhere. */
  readonly position: number | null;
}

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
}

export interface About {
  /** What the setup made, for the reader and for completion. */
  readonly tables: readonly Table[];
}
