/** What PostgreSQL answered: tables, plans, pages and errors, statement by statement. */
import type { ReactNode } from 'react';
import type { About, Input, Output, SqlError, StatementResult } from '@/lib/engines/sql/types';
import { Scroll } from '../../views/scroll';
import type { ExchangeProps } from '../kind';
import { Waits } from '../parts';
import { Code } from './code';
import { HeapPageView } from './heap-page-view';
import { PlanTree } from './plan-tree';

interface AnswerProps extends ExchangeProps<Input, Output, About> {
  /** Whether there is something to operate; left out in a still. */
  readonly live?: boolean;
}

export function Answer({
  input: { sql },
  output: { results, error, notRun, transaction },
  live = false,
}: AnswerProps): ReactNode {
  const isOne = results.length + (error ? 1 : 0) === 1;
  return (
    <div className="sql-answer">
      {results.map((result) => (
        <section key={result.from} className="sql-result">
          <p className="sql-head">
            {!isOne && <code>{oneLine(sql.slice(result.from, result.to))}</code>}
            <span>
              {saidOf(result)}
              {live ? ` in ${duration(result.ms)}` : <Waits> in {duration(USUAL_MS)}</Waits>}
            </span>
          </p>
          <ResultBody result={result} live={live} />
          {result.notices.map(({ severity, message }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: messages stand as they came
            <pre key={i} className="sql-notice">
              <b>{severity}</b> {message}
            </pre>
          ))}
          {result.cut.map((sentence) => (
            <p key={sentence} className="sql-cut">
              {sentence}
            </p>
          ))}
        </section>
      ))}
      {error && <ErrorReport sql={sql} error={error} notRun={notRun} />}
      {results.length === 0 && !error && <p className="sql-cut">There was no statement to run.</p>}
      {transaction !== 'none' && (
        <p className="sql-transaction">
          {transaction === 'open'
            ? 'A transaction is open: what runs next is part of it, until COMMIT or ROLLBACK.'
            : 'The transaction has failed: PostgreSQL accepts nothing in it now but ROLLBACK.'}
        </p>
      )}
    </div>
  );
}

/** A still keeps room for as long a time as most statements take: one that was measured would make each build another. */
const USUAL_MS = 1;

const ALL_COLUMNS = 'All columns of heap_page_items';

function ResultBody({
  result,
  live,
}: {
  readonly result: StatementResult;
  readonly live: boolean;
}): ReactNode {
  const { plan, page, columns, rows } = result;
  if (plan) {
    return (
      <>
        <PlanTree plan={plan} />
        <Folded summary="As PostgreSQL writes it" isOpen>
          <Code>{textOf(rows)}</Code>
        </Folded>
      </>
    );
  }
  if (page) {
    return (
      <>
        <HeapPageView page={page} live={live} />
        {/* The view says it all, in a fifth of the letters: a still keeps no more than the room of the table. */}
        {live ? (
          <Folded summary={ALL_COLUMNS}>
            <Rows result={result} />
          </Folded>
        ) : (
          <Waits as="div">
            <Folded summary={ALL_COLUMNS}>{null}</Folded>
          </Waits>
        )}
      </>
    );
  }
  if (columns.length === 0) return null;
  // A plan in another format, or what COPY wrote: texts of several lines, and no table.
  if (columns.length === 1 && (columns[0]?.name === 'QUERY PLAN' || columns[0]?.name === 'COPY'))
    return <Code>{textOf(rows)}</Code>;
  return <Rows result={result} />;
}

function Folded({
  summary,
  isOpen = false,
  children,
}: {
  readonly summary: string;
  /** At first. */
  readonly isOpen?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <details className="fig-details" open={isOpen}>
      <summary>{summary}</summary>
      <div>{children}</div>
    </details>
  );
}

/** Types whose values stand at the right, so that their digits stand below each other. */
const NUMBERS = /^(?:smallint|integer|bigint|numeric|real|double precision|oid|xid|money)/;

function Rows({ result }: { readonly result: StatementResult }): ReactNode {
  const { columns, rows } = result;
  const sides = columns.map(({ type }) => (NUMBERS.test(type) ? 'sql-number' : undefined));
  return (
    <Scroll label={`Rows of ${saidOf(result)}`} className="sql-rows">
      <table>
        <thead>
          <tr>
            {columns.map(({ name, type }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name
              <th key={i} scope="col" className={sides[i]}>
                {name} <small className="sql-type">{type}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity, and two may be the same
            <tr key={r}>
              {row.map((value, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its column
                <td key={i} className={sides[i]}>
                  {value ?? <i className="sql-null">NULL</i>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function ErrorReport({
  sql,
  error: { from, to, code, message, detail, hint, position },
  notRun,
}: {
  readonly sql: string;
  readonly error: SqlError;
  readonly notRun: number;
}): ReactNode {
  return (
    <section className="sql-error">
      <p>
        <b>{code === null ? 'Not run' : 'ERROR'}</b> {code !== null && <code>{code}</code>}{' '}
        {message}
      </p>
      <Code>
        {position === null ? (
          oneLine(sql.slice(from, to))
        ) : (
          <Marked sql={sql} position={position} />
        )}
      </Code>
      {detail !== null && <p>Detail: {detail}</p>}
      {hint !== null && <p>Hint: {hint}</p>}
      {notRun > 0 && (
        <p className="sql-cut">
          {notRun === 1 ? 'One statement after it was' : `${notRun} statements after it were`} not
          run.
        </p>
      )}
    </section>
  );
}

/** The line of the position, with what stands there marked. */
function Marked({ sql, position }: { readonly sql: string; readonly position: number }): ReactNode {
  const from = sql.lastIndexOf('\n', position - 1) + 1;
  const end = sql.indexOf('\n', position);
  const to = end < 0 ? sql.length : end;
  const [what = ''] = /^(?:[\p{L}\p{N}_$]+|"[^"]*"|'[^']*'|.)/u.exec(sql.slice(position, to)) ?? [];
  return (
    <>
      {sql.slice(from, position)}
      {/* At the end of the text there is nothing to mark but the end. */}
      <mark>{what || ' '}</mark>
      {sql.slice(position + what.length, to)}
    </>
  );
}

/** "SELECT 3", or how many rows came before it was stopped. */
const saidOf = ({ command, rows }: StatementResult): string =>
  command ?? `stopped after ${rows.length} rows`;

const duration = (ms: number): string => (ms < 1 ? 'under 1 ms' : `${Math.round(ms)} ms`);

const textOf = (rows: StatementResult['rows']): string =>
  rows.map(([line]) => line ?? '').join('\n');

const LINE_CHARS_MAX = 90;

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= LINE_CHARS_MAX ? line : `${line.slice(0, LINE_CHARS_MAX)}…`;
}
