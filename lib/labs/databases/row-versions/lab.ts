/** Where PostgreSQL keeps the versions of a row, looked at in the page itself. */
import type { HeapPage, LinePointer } from '@/lib/engines/sql/page';
import type { Output, SqlLab } from '@/lib/engines/sql/types';

const ROWS = 'SELECT ctid, xmin, xmax, * FROM account;';
const PAGE = `SELECT * FROM heap_page_items(get_raw_page('account', 0));`;

/** The page that the step shows last. */
function pageOf({ results }: Output): HeapPage {
  const page = results.findLast((result) => result.page !== null)?.page;
  if (page) return page;
  throw new Error('Expected the step to show a page.');
}

const pointer = (output: Output, number: number): LinePointer | undefined =>
  pageOf(output).pointers.find((each) => each.number === number);

const version = (output: Output, number: number) => pointer(output, number)?.version;

/** Rows of the result at this place of the step, from 0. */
const rowsOf = ({ results }: Output, at: number): readonly (readonly (string | null)[])[] =>
  results[at]?.rows ?? [];

/** The ctid of the row of this owner in that result. */
const placeOf = (output: Output, at: number, owner: string): string | null | undefined =>
  rowsOf(output, at).find((row) => row.includes(owner))?.[0];

const states = (output: Output): string =>
  pageOf(output)
    .pointers.map(({ state }) => state)
    .join(' ');

export const lab: SqlLab = {
  kind: 'sql',
  title: 'The versions of a row',
  question: 'What do UPDATE, DELETE and VACUUM leave in the page of a table?',
  setup: {
    extensions: ['pageinspect'],
    sql: `
      CREATE TABLE account (id integer PRIMARY KEY, owner text NOT NULL, balance integer NOT NULL);
      CREATE INDEX account_owner ON account (owner);
      INSERT INTO account VALUES (1, 'Ada', 100), (2, 'Bob', 200), (3, 'Cyd', 300);`,
  },
  steps: [
    {
      id: 'three-rows',
      title: 'Three rows, three versions',
      says: 'Each version names the transaction that wrote it (xmin) and its place (ctid: page, line pointer). An xmax of 0 says that nobody has ended it.',
      input: { sql: `${ROWS}\n${PAGE}` },
      expects: [
        {
          what: 'the rows stand in the first three line pointers, written by one transaction, ended by none',
          holds: (output) => {
            const rows = rowsOf(output, 0);
            return (
              rows.map(([ctid]) => ctid).join() === '(0,1),(0,2),(0,3)' &&
              new Set(rows.map(([, xmin]) => xmin)).size === 1 &&
              rows.every(([, , xmax]) => xmax === '0')
            );
          },
        },
      ],
    },
    {
      id: 'hot-update',
      title: 'An update writes a version beside the old one',
      says: 'The new version of Ada’s row stands at (0,4). The old one stays: its xmax is the xmin of the new one, and it leads there. No index holds the balance, so this update is HOT: the indexes still point to line pointer 1.',
      input: { sql: `UPDATE account SET balance = 90 WHERE id = 1;\n${ROWS}\n${PAGE}` },
      expects: [
        {
          what: 'the row is at (0,4), and version 1 ends with the transaction that wrote 4',
          holds: (output) =>
            placeOf(output, 1, 'Ada') === '(0,4)' &&
            version(output, 1)?.isEnded === true &&
            version(output, 1)?.xmax === version(output, 4)?.xmin,
        },
        {
          what: '1 leads to 4, was updated HOT, and 4 is heap-only',
          holds: (output) =>
            version(output, 1)?.next === 4 &&
            version(output, 1)?.isHotUpdated === true &&
            version(output, 4)?.isHeapOnly === true,
        },
      ],
    },
    {
      id: 'index-update',
      title: 'A changed column that an index holds',
      says: 'Bob’s new version at (0,5) is not heap-only: both indexes got a new entry for it, the primary key too, although the id is the same. The last table shows the entries of the primary key: two of them are for row 2.',
      input: {
        sql: `UPDATE account SET owner = 'Bea' WHERE id = 2;
${PAGE}
SELECT itemoffset, ctid, data FROM bt_page_items('account_pkey', 1);`,
      },
      expects: [
        {
          what: '2 leads to 5, which is not heap-only, and 2 was not updated HOT',
          holds: (output) =>
            version(output, 2)?.next === 5 &&
            version(output, 2)?.isHotUpdated === false &&
            version(output, 5)?.isHeapOnly === false,
        },
        {
          what: 'the primary key has four entries, to 1, 2, 3 and 5, and those to 2 and 5 have the same key',
          holds: (output) => {
            const entries = rowsOf(output, 2).map(([, ctid, data]) => ({ ctid, data }));
            const keyOf = (ctid: string) => entries.find((entry) => entry.ctid === ctid)?.data;
            return (
              entries
                .map(({ ctid }) => ctid)
                .sort()
                .join() === '(0,1),(0,2),(0,3),(0,5)' && keyOf('(0,2)') === keyOf('(0,5)')
            );
          },
        },
      ],
    },
    {
      id: 'delete-and-rollback',
      title: 'A delete, and an update that is rolled back',
      says: 'A delete only writes its xmax into the version at 3. The update that was rolled back has left a version at 6 all the same; its transaction aborted, so nobody sees it, and Ada’s version at 4 is not ended, although it names an xmax.',
      input: {
        sql: `DELETE FROM account WHERE id = 3;
BEGIN;
UPDATE account SET balance = 0 WHERE id = 1;
ROLLBACK;
${ROWS}
${PAGE}`,
      },
      expects: [
        {
          what: 'two rows are left, Ada’s at (0,4)',
          holds: (output) =>
            rowsOf(output, 4)
              .map(([ctid]) => ctid)
              .join() === '(0,4),(0,5)',
        },
        {
          what: '3 is ended and leads nowhere, 4 is not ended, and 6 is aborted',
          holds: (output) =>
            version(output, 3)?.isEnded === true &&
            version(output, 3)?.next === null &&
            version(output, 4)?.isEnded === false &&
            version(output, 6)?.isAborted === true,
        },
      ],
    },
    {
      id: 'vacuum',
      title: 'What VACUUM leaves, and who takes the room',
      says: 'The versions that nobody can see are gone. Line pointer 1 stays as a redirect to 4, because the indexes still point to it; 2 and 3 are free, their index entries gone. The next row takes the first free one.',
      input: {
        sql: `VACUUM account;
${PAGE}
INSERT INTO account VALUES (4, 'Dan', 400);
${ROWS}`,
      },
      expects: [
        {
          what: 'the line pointers are a redirect to 4, two unused ones and two versions',
          holds: (output) =>
            states(output) === 'redirect unused unused normal normal' &&
            pointer(output, 1)?.redirectsTo === 4,
        },
        {
          what: 'the row that came after it is at (0,2)',
          holds: (output) => placeOf(output, 3, 'Dan') === '(0,2)',
        },
      ],
    },
    {
      id: 'fillfactor',
      title: 'HOT needs room in the same page',
      says: 'Two tables of the same rows, of which every tenth is updated once. In full pages no new version finds room beside the old one, so each needs new index entries; where 15 % of each page was left free, all updates are HOT.',
      input: {
        sql: `CREATE TABLE packed (id integer PRIMARY KEY, n integer, note text);
CREATE TABLE roomy (LIKE packed INCLUDING ALL) WITH (fillfactor = 85);
INSERT INTO packed SELECT i, 0, repeat('x', 60) FROM generate_series(1, 5000) AS i;
INSERT INTO roomy SELECT * FROM packed;
UPDATE packed SET n = 1 WHERE id % 10 = 0;
UPDATE roomy SET n = 1 WHERE id % 10 = 0;
SELECT pg_stat_force_next_flush();
SELECT relname, n_tup_upd AS updated, n_tup_hot_upd AS hot, pg_relation_size(relid) / 8192 AS pages
FROM pg_stat_user_tables WHERE relname IN ('packed', 'roomy') ORDER BY relname;`,
      },
      expects: [
        {
          what: 'hardly any update of the packed table is HOT, and all of the roomy one’s are',
          holds: ({ results }) => {
            const [packed, roomy] = results.at(-1)?.rows ?? [];
            return (
              packed?.[1] === '500' &&
              Number(packed[2]) < 25 &&
              roomy?.[1] === '500' &&
              roomy[2] === '500'
            );
          },
        },
      ],
    },
  ],
  differences: [
    'There is one session: no other transaction can hold on to an old version, so VACUUM may remove all that are ended. What a second session changes is shown by the simulation of a table in pages (heap-page).',
    'Autovacuum does not run here; in production it comes by itself once enough rows are dead: by default 50 plus a fifth of the table.',
    'PostgreSQL is compiled to WebAssembly and keeps its files in memory. Pages, line pointers and bits are the same.',
  ],
};
