import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { heapPageOf } from '@/lib/engines/sql/page';
import { planOf } from '@/lib/engines/sql/plan';
import type { Output, SqlError, StatementResult } from '@/lib/engines/sql/types';
import { Answer } from './answer';
import { Coloured } from './coloured';
import { live } from './live';

const NOTHING: Output = { results: [], error: null, notRun: 0, transaction: 'none' };

const result = (more: Partial<StatementResult>): StatementResult => ({
  from: 0,
  to: 8,
  command: 'SELECT 1',
  columns: [],
  rows: [],
  cut: [],
  notices: [],
  plan: null,
  page: null,
  ms: 3.4,
  ...more,
});

function draw(output: Partial<Output>, sql = 'SELECT 1', isLive = false): string {
  return renderToStaticMarkup(
    <Answer
      id="a"
      input={{ sql }}
      output={{ ...NOTHING, ...output }}
      about={{ tables: [] }}
      live={isLive}
    />,
  );
}

/** What is read: not what only keeps the room of the live answer. */
const text = (html: string): string =>
  html
    .replace(/<(span|div) class="lab-waits"[^>]*>.*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

describe('rows', () => {
  const columns = [
    { name: 'n', type: 'integer' },
    { name: 'v', type: 'text' },
  ];

  it('are a table with the names and types of their columns, numbers at the right', () => {
    const html = draw({ results: [result({ columns, rows: [['1', 'a']] })] });
    expect(text(html)).toBe('SELECT 1 n integer v text 1 a');
    expect(html).toContain('role="group" class="sql-rows" aria-label="Rows of SELECT 1"');
    expect(html.match(/<th [^>]*sql-number/g)).toHaveLength(1);
    expect(html.match(/<td class="sql-number">1</g)).toHaveLength(1);
  });

  it('tell NULL from the empty text, and a text from markup', () => {
    const html = draw({
      results: [
        result({
          columns,
          rows: [
            [null, ''],
            ['2', '<b onclick="x">NULL</b>'],
          ],
        }),
      ],
    });
    expect(html).toContain('<td class="sql-number"><i class="sql-null">NULL</i></td><td></td>');
    expect(html).toContain('&lt;b onclick=&quot;x&quot;&gt;NULL&lt;/b&gt;');
  });

  it('say what was left out and what PostgreSQL said besides', () => {
    const html = draw({
      results: [
        result({
          command: null,
          columns,
          rows: [['1', 'a']],
          cut: ['These are the first.'],
          notices: [{ severity: 'WARNING', message: 'mind' }],
        }),
      ],
    });
    expect(text(html)).toContain('stopped after 1 rows');
    expect(text(html)).toContain('WARNING mind These are the first.');
  });

  it('stand each under its statement where there are several, with times only where they ran', () => {
    const two = [result({ from: 0, to: 8 }), result({ from: 10, to: 18, command: 'SELECT 2' })];
    const sql = 'SELECT 1; SELECT 2';
    expect(text(draw({ results: two }, sql))).toBe('SELECT 1 SELECT 1 SELECT 2 SELECT 2');
    expect(text(draw({ results: two }, sql, true))).toContain('SELECT 2 in 3 ms');
  });
});

describe('an error', () => {
  const error = (more: Partial<SqlError>): SqlError => ({
    from: 0,
    to: 0,
    code: '42703',
    message: 'column "nope" does not exist',
    detail: null,
    hint: null,
    position: null,
    ...more,
  });

  it('marks the word that PostgreSQL points at, in its line', () => {
    const sql = 'SELECT 1;\nSELECT id,\n  nope FROM t';
    const html = draw(
      { error: error({ from: 10, to: sql.length, position: sql.indexOf('nope'), hint: 'Look.' }) },
      sql,
    );
    expect(html).toContain('<code>  <mark>nope</mark> FROM t</code>');
    expect(text(html)).toContain('ERROR 42703 column &quot;nope&quot; does not exist');
    expect(text(html)).toContain('Hint: Look.');
  });

  it('marks the end where something is missing there', () => {
    const sql = 'SELECT (1';
    const html = draw({ error: error({ to: sql.length, position: sql.length }) }, sql);
    expect(html).toContain('<code>SELECT (1<mark> </mark></code>');
  });

  it('shows the statement where PostgreSQL points nowhere, and what was not run', () => {
    const sql = 'INSERT\n INTO t VALUES (1); SELECT 1; SELECT 2';
    const html = draw({ error: error({ to: 25 }), notRun: 2 }, sql);
    expect(html).toContain('<code>INSERT INTO t VALUES (1)</code>');
    expect(text(html)).toContain('2 statements after it were not run.');
  });

  it('of the lab is none of PostgreSQL’s', () => {
    expect(text(draw({ error: error({ code: null, message: 'Too long.' }) }))).toContain(
      'Not run Too long.',
    );
  });
});

it('says of a transaction that stays open what becomes of it', () => {
  expect(text(draw({ transaction: 'open' }))).toContain('until COMMIT or ROLLBACK');
  expect(text(draw({ transaction: 'failed' }))).toContain('nothing in it now but ROLLBACK');
});

describe('a plan', () => {
  const lines = [
    'Limit  (cost=0.29..8.30 rows=20 width=8) (actual rows=20.00 loops=1)',
    '  Buffers: shared hit=3 read=1',
    '  ->  Nested Loop  (cost=0.29..80.00 rows=5 width=8) (actual rows=500.00 loops=1)',
    '        ->  Seq Scan on a  (cost=0.00..1.00 rows=2 width=4) (actual rows=2.00 loops=1)',
    '        ->  Index Scan using b_pkey on b  (cost=0.29..4.00 rows=3 width=4) (actual rows=250.00 loops=2)',
    '              Index Cond: (id = a.id)',
    '  ->  Seq Scan on c  (cost=0.00..1.00 rows=1 width=4) (never executed)',
    'Planning Time: 0.100 ms',
  ];
  const columns = [{ name: 'QUERY PLAN', type: 'text' }];
  const rows = lines.map((line) => [line]);
  const html = draw({ results: [result({ columns, rows, plan: planOf(lines) })] });

  it('is a tree of nested lists, with PostgreSQL’s text beside it', () => {
    expect(html.match(/<ul/g)).toHaveLength(3);
    expect(html).toContain(lines.join('\n').replaceAll('>', '&gt;'));
  });

  it('sets what was expected against what came, in all loops', () => {
    const scan = text(html.slice(html.indexOf('Index Scan')));
    expect(scan).toMatch(
      /^Index Scan using b_pkey on b Index Cond: \(id = a\.id\) rows 500 expected 6 83 × too few loops 2 cost 4/,
    );
    expect(text(html)).toContain('Limit rows 20 expected 20 pages 4 (1 read) cost 8.3');
    expect(text(html)).toContain('Seq Scan on c Never run expected 1 cost 1');
  });

  it('draws rows as bars against the node that gave most', () => {
    expect(
      [...html.matchAll(/<i style="width:(\d+)%"/g)].map(([, width]) => Number(width)),
    ).toEqual([4, 100, 1, 100]);
  });
});

describe('a page', () => {
  const columns = [
    ...['lp', 'lp_off', 'lp_flags', 'lp_len', 't_xmin', 't_xmax', 't_ctid', 't_infomask2'],
    't_infomask',
  ].map((name) => ({ name, type: 'integer' }));
  const rows = [
    ['1', '3', '2', '0', null, null, null, null, null],
    // Updated HOT by 8, which wrote 3.
    ['2', '8000', '1', '36', '7', '8', '(0,3)', String(0x4000 | 3), String(0x0500)],
    ['3', '7900', '1', '36', '8', '0', '(0,3)', String(0x8000 | 3), String(0x2900)],
    // Rolled back.
    ['4', '7800', '1', '36', '9', '0', '(0,4)', '3', String(0x0a00)],
  ];
  const page = heapPageOf(`SELECT * FROM heap_page_items(get_raw_page('t', 0))`, columns, rows);
  const results = [result({ columns, rows, page })];

  it('is one picture in a still, and a list of line pointers where it can be operated', () => {
    const still = draw({ results });
    expect(still).toContain(
      'role="img" aria-label="Page 0 of the table. 4 line pointers: 1 not ended, 1 ended, 1 aborted, 1 redirect."',
    );
    expect(still).not.toContain('role="option"');
    expect(still).not.toContain('<table');
    const names = [
      ...draw({ results }, 'SELECT 1', true).matchAll(/role="option"[^>]*aria-label="([^"]*)"/g),
    ];
    expect(names.map(([, name]) => name)).toEqual([
      'line pointer 1: redirect, to 3, leads to line pointer 3',
      'line pointer 2: ended, xmin 7, xmax 8, updated HOT yes, heap-only no, frozen no, leads to line pointer 3, ctid (0,3), size 36\u00a0bytes, flags HEAP_XMIN_COMMITTED HEAP_XMAX_COMMITTED HEAP_HOT_UPDATED',
      'line pointer 3: not ended, xmin 8, xmax 0, updated HOT no, heap-only yes, frozen no, ctid (0,3), size 36\u00a0bytes, flags HEAP_XMIN_COMMITTED HEAP_XMAX_INVALID HEAP_UPDATED HEAP_ONLY_TUPLE',
      'line pointer 4: aborted, xmin 9, xmax 0, updated HOT no, heap-only no, frozen no, ctid (0,4), size 36\u00a0bytes, flags HEAP_XMIN_INVALID HEAP_XMAX_INVALID',
    ]);
  });

  it('draws an arrow for each redirect and each step of a chain', () => {
    expect(draw({ results }).match(/class="v-arrow-tip"/g)).toHaveLength(2);
  });
});

it('colours a question and leaves its text alone', () => {
  const sql = `SELECT 'it''s -- <no> comment', 12.5, t1.A FROM t1 -- 'one'\n/* two */;`;
  const html = renderToStaticMarkup(<Coloured sql={sql} />);
  const plain = html.replace(/<\/?span[^>]*>/g, '');
  expect(plain).toBe(renderToStaticMarkup(sql));
  const coloured = [...html.matchAll(/<span class="sql-(\w+)">(.*?)<\/span>/g)];
  expect(coloured.map(([, kind, what]) => [kind, what?.replaceAll('&#x27;', "'")])).toEqual([
    ['keyword', 'SELECT'],
    ['string', "'it''s -- &lt;no&gt; comment'"],
    ['constant', '12.5'],
    ['keyword', 'FROM'],
    ['comment', "-- 'one'"],
    ['comment', '/* two */'],
  ]);
});

it('reads what was kept only if it is SQL', () => {
  expect(live.readInput({ sql: 'SELECT 1', more: 1 })).toEqual({ sql: 'SELECT 1' });
  for (const kept of [null, 'SELECT 1', {}, { sql: 1 }, []])
    expect(live.readInput(kept)).toBeNull();
});
