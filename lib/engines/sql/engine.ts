/**
 * PostgreSQL itself, compiled to WebAssembly (PGlite), with one session. Statements go over
 * PostgreSQL's own protocol one by one, so that each commits by itself, the text of an error and its
 * place are PostgreSQL's, and a query of a million rows is stopped at those that are shown.
 */
import { PGlite, protocol } from '@electric-sql/pglite';
import { pageinspect } from '@electric-sql/pglite/contrib/pageinspect';
import { grouped } from '../../kernel/grouped';
import type { OpenEngine, Surroundings } from '../lab';
import { fetchedOptions } from './fetched';
import { heapPageOf } from './page';
import { planOf } from './plan';
import { type Span, statementsOf, wordsOf } from './statements';
import type {
  About,
  Column,
  Extension,
  Input,
  Notice,
  Output,
  Setup,
  SqlError,
  StatementResult,
  Table,
} from './types';

/** Held to the package that is installed by `engine.test.ts`. */
export const PGLITE_VERSION = '0.5.16';

export const INPUT_CHARS_MAX = 50_000;
export const STATEMENTS_MAX = 50;
/** Rows of one statement that are asked for. */
export const ROWS_MAX = 200;
const CELL_CHARS_MAX = 20_000;
/** Of all values of one run together. */
const OUTPUT_CHARS_MAX = 200_000;
const NOTICES_MAX = 20;

/** In Node the package finds its files itself; the build makes its transcripts so. */
const isNode = typeof process === 'object' && typeof process.versions?.node === 'string';
const CONTRIB = { pageinspect } satisfies Record<Extension, unknown>;

export const open: OpenEngine<Setup, Input, Output, About> = async (setup, surroundings) => {
  const db = await PGlite.create(
    isNode ? { extensions: CONTRIB } : await fetchedOptions(setup.extensions ?? [], surroundings),
  );
  const session = new Session(db, surroundings.progress);
  surroundings.progress({ label: 'Filling the tables' });
  for (const extension of setup.extensions ?? [])
    await session.ask(`CREATE EXTENSION ${extension}`);
  for (const { from, to } of statementsOf(setup.sql)) await session.ask(setup.sql.slice(from, to));
  await session.learnTypes();
  const [[server = ''] = []] = await session.ask('SHOW server_version');
  return {
    version: `PostgreSQL ${String(server).split(' ')[0]} (PGlite ${PGLITE_VERSION})`,
    about: { tables: await tablesIn(session) },
    run: (input) => session.run(input.sql),
  };
};

async function tablesIn(session: Session): Promise<Table[]> {
  const rows = await session.ask(`
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
      AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY c.relname, a.attnum`);
  const tables = new Map<string, Column[]>();
  for (const [table, name, type] of rows) {
    const columns = tables.get(String(table)) ?? [];
    columns.push({ name: String(name), type: String(type) });
    tables.set(String(table), columns);
  }
  return [...tables].map(([name, columns]) => ({ name, columns }));
}

/** What PostgreSQL answered to one statement. */
interface Answer {
  readonly columns: readonly { readonly name: string; readonly typeId: number }[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly command: string | null;
  readonly isStopped: boolean;
  readonly notices: readonly Notice[];
  readonly error: Failure | null;
  readonly transaction: Output['transaction'];
}

interface Failure {
  readonly code: string | null;
  readonly message: string;
  readonly detail: string | null;
  readonly hint: string | null;
  /** In characters of the statement, from 1; null if PostgreSQL points nowhere. */
  readonly position: number | null;
}

const { serialize, messages } = protocol;

class Session {
  private transaction: Output['transaction'] = 'none';
  /** Object id of a type → its name. */
  private readonly types = new Map<number, string>();

  constructor(
    private readonly db: PGlite,
    private readonly progress: Surroundings['progress'],
  ) {}

  /**
   * Asks on our own behalf.
   *
   * @throws Error if PostgreSQL refuses
   */
  async ask(statement: string): Promise<readonly (readonly (string | null)[])[]> {
    const { rows, error } = await this.send(statement, 0);
    if (error)
      throw new Error(
        `Expected PostgreSQL to accept "${statement.trim()}", got: ${error.message}. Mend the setup of the lab.`,
      );
    return rows;
  }

  async run(sql: string): Promise<Output> {
    const results: StatementResult[] = [];
    const ended = (error: SqlError | null, notRun = 0): Output => ({
      results,
      error,
      notRun,
      transaction: this.transaction,
    });
    if (sql.length > INPUT_CHARS_MAX) return ended(refused({ from: 0, to: sql.length }, TOO_LONG));
    const statements = statementsOf(sql);
    const room = { chars: OUTPUT_CHARS_MAX };
    for (const [i, span] of statements.entries()) {
      if (statements.length > 1)
        this.progress({
          label: `Statement ${i + 1} of ${statements.length}`,
          share: i / statements.length,
        });
      const refusal = i >= STATEMENTS_MAX ? TOO_MANY : refusalOf(sql.slice(span.from, span.to));
      const result = refusal
        ? { error: refused(span, refusal) }
        : await this.runOne(sql, span, room);
      if ('error' in result) return ended(result.error, statements.length - i - 1);
      results.push(result);
    }
    return ended(null);
  }

  private async runOne(
    sql: string,
    { from, to }: Span,
    room: { chars: number },
  ): Promise<StatementResult | { readonly error: SqlError }> {
    const statement = sql.slice(from, to);
    const before = performance.now();
    const answer = await this.send(statement, ROWS_MAX);
    const ms = performance.now() - before;
    const { error, notices } = answer;
    if (error) {
      const position =
        error.position === null ? null : from + offsetOf(statement, error.position - 1);
      return { error: { ...error, from, to, position } };
    }
    const { rows, cut } = bounded(answer.rows, room);
    const columns = await this.named(answer.columns);
    if (answer.isStopped)
      cut.unshift(`These are the first ${ROWS_MAX} rows: the lab asks for no more.`);
    if (notices.length > NOTICES_MAX)
      cut.push(`${notices.length - NOTICES_MAX} further messages are left out.`);
    const isPlan = columns.length === 1 && columns[0]?.name === 'QUERY PLAN';
    return {
      from,
      to,
      command: answer.command,
      columns,
      rows,
      cut,
      notices: notices
        .slice(0, NOTICES_MAX)
        .map((notice) => ({ ...notice, message: shortened(notice.message) })),
      plan: isPlan ? planOf(rows.map(([line]) => line ?? '')) : null,
      page: heapPageOf(statement, columns, rows),
      ms,
    };
  }

  /**
   * @param rowsMax how many rows are asked for; 0 for all
   * @throws Error if PostgreSQL does not come to the end of its answer: it cannot be asked again
   */
  private async send(statement: string, rowsMax: number): Promise<Answer> {
    const notices: Notice[] = [];
    const came = await this.db.execProtocolStream(
      joined([
        serialize.parse({ text: statement }),
        serialize.bind({}),
        serialize.describe({ type: 'P' }),
        serialize.execute({ rows: rowsMax }),
        serialize.sync(),
      ]),
      {
        throwOnError: false,
        onNotice: ({ severity, message }) =>
          notices.push({ severity: severity ?? 'NOTICE', message: message ?? '' }),
      },
    );
    let columns: Answer['columns'] = [];
    let command: string | null = null;
    let isStopped = false;
    let error: Failure | null = null;
    const rows: (string | null)[][] = [];
    const copied = new TextDecoder();
    for (const message of came) {
      if (message instanceof messages.RowDescriptionMessage)
        columns = message.fields.map(({ name, dataTypeID }) => ({ name, typeId: dataTypeID }));
      else if (message instanceof messages.DataRowMessage) rows.push(message.fields);
      else if (message instanceof messages.CopyDataMessage)
        rows.push([copied.decode(message.chunk).replace(/\n$/, '')]);
      else if (message instanceof messages.CommandCompleteMessage) command = message.text;
      else if (message instanceof messages.DatabaseError) error ??= failureOf(message);
      else if (message instanceof messages.ReadyForQueryMessage)
        this.transaction =
          message.status === 'I' ? 'none' : message.status === 'T' ? 'open' : 'failed';
      else if (message.name === 'portalSuspended') isStopped = true;
    }
    if (command === null && error === null && !isStopped)
      throw new Error(
        'PostgreSQL broke off in the middle of its answer, as it does in a page where it would need what only an operating system has (other programs, conversion of encodings), or a deeper stack than there is (a function that calls itself without end).',
      );
    if (columns.length === 0 && rows.length > 0) columns = [{ name: 'COPY', typeId: TEXT }];
    return { columns, rows, command, isStopped, notices, error, transaction: this.transaction };
  }

  /**
   * Asked for before the reader is there: in his transaction it would be a query that he has not sent,
   * before his SET TRANSACTION for one.
   */
  async learnTypes(): Promise<void> {
    for (const [id, name] of await this.ask('SELECT oid, format_type(oid, NULL) FROM pg_type'))
      this.types.set(Number(id), String(name));
  }

  /** Columns with the names of their types. */
  private async named(columns: Answer['columns']): Promise<Column[]> {
    // Types may have been made since; in a transaction that failed nothing can be asked.
    if (columns.some(({ typeId }) => !this.types.has(typeId)) && this.transaction !== 'failed')
      await this.learnTypes();
    return columns.map(({ name, typeId }) => ({
      name,
      type: this.types.get(typeId) ?? `type ${typeId}`,
    }));
  }
}

/** Object id of the type `text`. */
const TEXT = 25;

const refused = (span: Span, message: string): SqlError => ({
  ...span,
  code: null,
  message,
  detail: null,
  hint: null,
  position: null,
});

const TOO_LONG = `The lab takes ${grouped(INPUT_CHARS_MAX)} characters at a time, and these are more.`;
const TOO_MANY = `The lab runs ${STATEMENTS_MAX} statements at a time, and this is the next one.`;

/** Why the lab does not send a statement; null if it does. */
const refusalOf = (statement: string): string | null =>
  // For PostgreSQL both names are that of the client, whichever way the rows go.
  /^copy (?:.* )?from std(?:in|out)\b/.test(wordsOf(statement).join(' '))
    ? 'COPY … FROM STDIN waits for rows that a client sends after it, and this one sends none: use INSERT.'
    : null;

const failureOf = ({ code, message, detail, hint, position }: Reported): Failure => ({
  code: code ?? null,
  message,
  detail: detail ?? null,
  hint: hint ?? null,
  position: position === undefined ? null : Number(position),
});

type Reported = InstanceType<typeof messages.DatabaseError>;

/** PostgreSQL counts characters, where JavaScript counts two units for those beyond U+FFFF. */
const offsetOf = (text: string, characters: number): number =>
  [...text].slice(0, characters).join('').length;

const shortened = (text: string): string =>
  text.length <= CELL_CHARS_MAX ? text : `${text.slice(0, CELL_CHARS_MAX)}…`;

/** The rows as far as there is room for them. */
function bounded(
  rows: Answer['rows'],
  room: { chars: number },
): { rows: (string | null)[][]; cut: string[] } {
  const cut: string[] = [];
  const kept: (string | null)[][] = [];
  let isShortened = false;
  for (const row of rows) {
    const cells = row.map((value) => (value === null ? null : shortened(value)));
    if (cells.some((value, i) => value !== row[i])) isShortened = true;
    room.chars -= cells.reduce((sum, value) => sum + (value?.length ?? 0) + 1, 0);
    if (room.chars < 0) break;
    kept.push(cells);
  }
  if (kept.length < rows.length)
    cut.push(
      `${grouped(rows.length - kept.length)} of the rows are left out: one answer shows ${grouped(OUTPUT_CHARS_MAX)} characters.`,
    );
  if (isShortened)
    cut.push(`Values of more than ${grouped(CELL_CHARS_MAX)} characters end in an ellipsis.`);
  return { rows: kept, cut };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
