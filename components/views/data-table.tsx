/** A table of texts as a real table: the first column names the rows. */
import type { ReactNode } from 'react';
import { Scroll } from './scroll';
import type { ViewTable } from './view-props';

export function DataTable({
  table,
  captioned = true,
}: {
  readonly table: ViewTable;
  /** False where a heading beside the table says the same; the caption is then for screen readers. */
  readonly captioned?: boolean;
}): ReactNode {
  const { caption, columns } = table;
  if (columns.length <= COLUMNS_IN_SIGHT) return <Table table={table} captioned={captioned} />;
  return (
    // A group and no landmark: a page has many tables, and landmarks are for finding one's way.
    <Scroll label={caption}>
      <Table table={table} captioned={captioned} />
    </Scroll>
  );
}

/** As many columns fit a phone; a wider table may have to be scrolled across. */
const COLUMNS_IN_SIGHT = 4;

function Table({
  table: { caption, columns, rows },
  captioned,
}: {
  readonly table: ViewTable;
  readonly captioned: boolean;
}): ReactNode {
  return (
    <table className="v-table">
      <caption className={captioned ? undefined : 'sr-only'}>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {keyed(rows).map(({ key, value: row }) => (
          <tr key={key}>
            {keyed(row).map(({ key: cell, value }, c) =>
              c === 0 ? (
                <th key={cell} scope="row">
                  {value}
                </th>
              ) : (
                <td key={cell}>{value}</td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Texts of a table repeat, their places do not: the place is the key. */
function keyed<T>(values: readonly T[]): { readonly key: string; readonly value: T }[] {
  return values.map((value, place) => ({ key: `${place}`, value }));
}
