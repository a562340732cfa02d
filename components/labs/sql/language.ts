/** PostgreSQL's SQL in the editor, with the tables of a lab offered while one writes. */
import { autocompletion } from '@codemirror/autocomplete';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import type { Extension } from '@codemirror/state';
import type { Table } from '@/lib/engines/sql/types';

export function languageOf(tables: readonly Table[]): Extension {
  return [
    sql({
      dialect: PostgreSQL,
      upperCaseKeywords: true,
      schema: Object.fromEntries(
        tables.map(({ name, columns }) => [
          name,
          columns.map((column) => ({ label: column.name, detail: column.type, type: 'property' })),
        ]),
      ),
    }),
    autocompletion({ icons: false }),
  ];
}
