/** The answer to the question that the log was brought for: tables by key, and results by a parameter. */
import { type ReactNode, useState } from 'react';
import { Control } from '@/components/controls/control';
import { useFigure } from '@/components/figure/use-figure';
import type { AppliedTraffic, Figure } from '@/lib/figure/figure';
import type { TrafficDescription, VariantRun } from '@/lib/simulation/definition';
import { formatMoment, formatNumber, formatValue } from '@/lib/simulation/format';
import type { TableColumn, TableResult } from '@/lib/simulation/measures';
import { tablesAsCsv } from '@/lib/tools/traffic/table-csv';
import { Scroll } from '../../views/scroll';
import { saveCsv } from '../save';
import type { ToolContext } from '../tool';
import { Across } from './across';
import { clockTime, stretchInWords } from './words';

export function Answer({
  figure,
  context,
  traffic,
  applied,
  onBack,
}: {
  readonly figure: Figure;
  readonly context: ToolContext;
  readonly traffic: TrafficDescription;
  readonly applied: AppliedTraffic;
  readonly onBack: () => void;
}): ReactNode {
  const shown = useFigure(figure, (state) => state.shown);
  const status = useFigure(figure, (state) => state.status);
  const { spanMs, keys, atMs } = applied.traffic;
  // The race on screen may still be that of before: a run takes its time.
  const isThere = shown?.traffic === applied.traffic;
  return (
    <section className="tool-traffic-answer" aria-label={traffic.question}>
      <p className="tool-traffic-heading">{traffic.question}</p>
      <p className="tool-traffic-summary">
        The figure runs on {applied.name}: {formatNumber(atMs.length)} {traffic.rows} of{' '}
        {formatNumber(keys.length)} {keys.length === 1 ? 'key' : 'keys'}
        {applied.startMs !== null &&
          `, ${stretchInWords(applied.startMs, applied.startMs + spanMs)}`}
        .
        {shown !== null &&
          isThere &&
          shown.shownMs < spanMs &&
          ` It shows the first ${formatValue(shown.shownMs, 'ms')}; the measures and what is below are of all of it.`}
      </p>
      <div className="fig-controls">
        {traffic.controls.map((id) => (
          <Control
            key={id}
            figure={figure}
            id={id}
            elementId={`${figure.spec.figure}-traffic-${id}`}
          />
        ))}
      </div>
      <div aria-busy={status === 'running' || undefined}>
        {shown !== null && isThere ? (
          <Tables figure={figure} runs={shown.race.runs} startMs={applied.startMs} />
        ) : (
          status === 'running' && <p className="fig-remark">Running…</p>
        )}
      </div>
      {traffic.across && <Across figure={figure} context={context} across={traffic.across} />}
      <div className="tool-traffic-buttons">
        <button type="button" className="fig-button" onClick={onBack}>
          Back to generated {traffic.rows}
        </button>
      </div>
    </section>
  );
}

function Tables({
  figure,
  runs,
  startMs,
}: {
  readonly figure: Figure;
  readonly runs: readonly VariantRun[];
  readonly startMs: number | null;
}): ReactNode {
  const [chosen, setChosen] = useState<string | null>(null);
  const run = runs.find(({ variant }) => variant === chosen) ?? runs[0];
  const titleOf = (variant: string): string =>
    figure.description.variants[variant]?.title ?? variant;
  if (!run) return null;
  return (
    <>
      {runs.length > 1 && run.tables.length > 0 && (
        <fieldset className="fig-choice tool-traffic-variants">
          <legend className="sr-only">By which algorithm</legend>
          {runs.map(({ variant }) => (
            <label key={variant} className="fig-option">
              <input
                type="radio"
                name={`${figure.spec.figure}-traffic-variant`}
                data-keys="text"
                checked={variant === run.variant}
                onChange={() => setChosen(variant)}
              />
              <span>{titleOf(variant)}</span>
            </label>
          ))}
        </fieldset>
      )}
      {run.tables.map((table) => (
        <KeyTable
          key={table.id}
          table={table}
          title={runs.length > 1 ? `${table.label}: ${titleOf(run.variant)}` : table.label}
          startMs={startMs}
          spanMs={run.recording.shownMs}
          onSave={() => {
            const all = runs.flatMap(({ variant, tables }) =>
              tables.flatMap((each) =>
                each.id === table.id ? [{ variant: titleOf(variant), table: each }] : [],
              ),
            );
            saveCsv(`${figure.description.id}-${table.id}.csv`, tablesAsCsv(all, startMs));
          }}
        />
      ))}
    </>
  );
}

const ROWS_AT_FIRST = 20;

interface Order {
  /** Id of the column; null for the key. */
  readonly column: string | null;
  readonly isRising: boolean;
}

function KeyTable({
  table,
  title,
  startMs,
  spanMs,
  onSave,
}: {
  readonly table: TableResult;
  readonly title: string;
  readonly startMs: number | null;
  readonly spanMs: number;
  readonly onSave: () => void;
}): ReactNode {
  /** Null for the order in which the run gives it. */
  const [order, setOrder] = useState<Order | null>(null);
  const [count, setCount] = useState(ROWS_AT_FIRST);
  const { rows, columns, total, omitted } = table;
  const places = sorted(table, order).slice(0, count);
  const cell = (column: TableColumn, value: number): string =>
    Number.isNaN(value)
      ? '–'
      : column.kind === 'moment'
        ? startMs === null
          ? formatMoment(value, spanMs)
          : clockTime(startMs + value).slice(0, 19)
        : column.kind === 'share'
          ? formatValue(value, '%')
          : formatNumber(value);
  const header = (id: string | null, label: string): ReactNode => {
    const isSorted = order !== null && order.column === id;
    return (
      <th
        key={label}
        scope="col"
        aria-sort={isSorted ? (order.isRising ? 'ascending' : 'descending') : undefined}
      >
        <button
          type="button"
          className="tool-traffic-sort"
          onClick={() =>
            setOrder({ column: id, isRising: isSorted ? !order.isRising : id === null })
          }
        >
          {label}
          <span aria-hidden="true">{isSorted ? (order.isRising ? ' ↑' : ' ↓') : ''}</span>
        </button>
      </th>
    );
  };
  return (
    <>
      <Scroll label={title}>
        <table className="v-table tool-traffic-table">
          <caption>{title}</caption>
          <thead>
            <tr>
              {header(null, table.key)}
              {columns.map(({ id, label }) => header(id, label))}
            </tr>
          </thead>
          <tbody>
            {places.map((row) => (
              <tr key={rows[row]}>
                <th scope="row">{rows[row]}</th>
                {columns.map((column) => (
                  <td key={column.id}>{cell(column, column.values[row] ?? Number.NaN)}</td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">All {formatNumber(rows.length + omitted)}</th>
              {columns.map((column, index) => (
                <td key={column.id}>{cell(column, total[index] ?? Number.NaN)}</td>
              ))}
            </tr>
          </tfoot>
        </table>
      </Scroll>
      {omitted > 0 && (
        <p className="fig-remark">
          {formatNumber(omitted)} more keys are in the sum but not in the table, which holds the
          first {formatNumber(rows.length)}.
        </p>
      )}
      <div className="tool-traffic-buttons">
        {count < rows.length && (
          <button
            type="button"
            className="fig-button"
            onClick={() => setCount(Math.min(rows.length, count * 5))}
          >
            Show {formatNumber(Math.min(rows.length, count * 5) - count)} more
          </button>
        )}
        <button type="button" className="fig-button" onClick={onSave}>
          Download as CSV
        </button>
      </div>
    </>
  );
}

/** The places of the rows in the order asked for; those without a value last. */
function sorted({ rows, columns }: TableResult, order: Order | null): readonly number[] {
  const places = [...rows.keys()];
  if (!order) return places;
  const sign = order.isRising ? 1 : -1;
  const values = columns.find(({ id }) => id === order.column)?.values;
  return places.sort((a, b) => {
    if (!values) return sign * (rows[a] ?? '').localeCompare(rows[b] ?? '');
    const [x, y] = [values[a] ?? Number.NaN, values[b] ?? Number.NaN];
    if (Number.isNaN(x) || Number.isNaN(y))
      return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return sign * (x - y) || a - b;
  });
}
