import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Progress, Surroundings } from '../lab';
import { INPUT_CHARS_MAX, open, PGLITE_VERSION, ROWS_MAX, STATEMENTS_MAX } from './engine';
import { nodesOf, type PlanNode, planOf } from './plan';
import type { About, Input, Output, StatementResult } from './types';

const root = join(import.meta.dirname, '../../..');
const progress: Progress[] = [];
const surroundings: Surroundings = {
  addressOf: (asset) => {
    throw new Error(`In Node nothing is fetched; asked for ${asset}.`);
  },
  progress: (made) => void progress.push(made),
};

let engine: Engine<Input, Output, About>;

beforeAll(async () => {
  engine = await open(
    {
      extensions: ['pageinspect'],
      sql: `
        CREATE TABLE account (id integer PRIMARY KEY, owner text, balance numeric(12, 2));
        INSERT INTO account SELECT i, 'owner ' || i, i * 10 FROM generate_series(1, 500) AS i;
        CREATE TABLE entry (id integer PRIMARY KEY, account integer REFERENCES account, note text);
        INSERT INTO entry SELECT i, i % 500 + 1, 'note' FROM generate_series(1, 5000) AS i;
        ANALYZE;`,
    },
    surroundings,
  );
}, 60_000);

const run = (sql: string): Promise<Output> => engine.run({ sql });

/** The result of the last statement, all of which must go through. */
async function last(sql: string): Promise<StatementResult> {
  const { results, error } = await run(sql);
  expect(error).toBeNull();
  const result = results.at(-1);
  if (!result) throw new Error('Expected a statement, got none.');
  return result;
}

describe('the engine', () => {
  it('is the version that it says', () => {
    const { version } = JSON.parse(
      readFileSync(join(root, 'node_modules/@electric-sql/pglite/package.json'), 'utf8'),
    ) as { version: string };
    expect(PGLITE_VERSION).toBe(version);
    expect(engine.version).toMatch(new RegExp(`^PostgreSQL \\d+\\.\\d+ \\(PGlite ${version}\\)$`));
  });

  it('tells what it does while it is opened', () => {
    expect(progress).toEqual([{ label: 'Filling the tables' }]);
  });

  it('says what tables its setup made', () => {
    expect(engine.about.tables).toEqual([
      {
        name: 'account',
        columns: [
          { name: 'id', type: 'integer' },
          { name: 'owner', type: 'text' },
          { name: 'balance', type: 'numeric(12,2)' },
        ],
      },
      {
        name: 'entry',
        columns: [
          { name: 'id', type: 'integer' },
          { name: 'account', type: 'integer' },
          { name: 'note', type: 'text' },
        ],
      },
    ]);
  });

  it('says which statement of its setup PostgreSQL refuses', async () => {
    await expect(open({ sql: 'SELECT 1; SELECT nope' }, surroundings)).rejects.toThrow(
      'Expected PostgreSQL to accept "SELECT nope", got: column "nope" does not exist. Mend the setup of the lab.',
    );
  }, 60_000);
});

describe('a run', () => {
  // The first on its engine: nothing is known by then but what opening has asked.
  it('sends nothing of its own into the transaction of the reader', async () => {
    const { results, error } = await run(`
      BEGIN; SHOW transaction_isolation; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
      SHOW transaction_isolation; COMMIT`);
    expect(error).toBeNull();
    expect(results.map(({ rows }) => rows[0]?.[0])).toEqual([
      undefined,
      'read committed',
      undefined,
      'serializable',
      undefined,
    ]);
  });

  it('gives names, types and values as PostgreSQL writes them, NULL apart from empty', async () => {
    expect(
      await last(
        `SELECT 1 AS one, '' AS empty, NULL::date AS nothing, 1.50 AS price, ARRAY[1,2] AS list`,
      ),
    ).toMatchObject({
      command: 'SELECT 1',
      columns: [
        { name: 'one', type: 'integer' },
        { name: 'empty', type: 'text' },
        { name: 'nothing', type: 'date' },
        { name: 'price', type: 'numeric' },
        { name: 'list', type: 'integer[]' },
      ],
      rows: [['1', '', null, '1.50', '{1,2}']],
      cut: [],
    });
  });

  it('knows the types that a reader makes', async () => {
    const { columns } = await last(`CREATE TYPE mood AS ENUM ('calm'); SELECT 'calm'::mood AS m`);
    expect(columns).toEqual([{ name: 'm', type: 'mood' }]);
  });

  it('commits each statement by itself', async () => {
    const { rows } = await last(`
      CREATE TABLE t1 (a int); INSERT INTO t1 VALUES (1); INSERT INTO t1 VALUES (2);
      SELECT count(DISTINCT xmin::text) FROM t1`);
    expect(rows).toEqual([['2']]);
  });

  it('keeps what went through before an error, and says what was not run', async () => {
    const sql = `SELECT 'é😀' AS a; SELECT '😀', nope FROM account; SELECT 3; SELECT 4`;
    const { results, error, notRun } = await run(sql);
    expect(results.map(({ command }) => command)).toEqual(['SELECT 1']);
    expect(error).toMatchObject({ code: '42703', message: 'column "nope" does not exist' });
    expect(sql.slice(error?.position ?? 0).startsWith('nope FROM')).toBe(true);
    expect(sql.slice(error?.from, error?.to)).toBe(`SELECT '😀', nope FROM account`);
    expect(notRun).toBe(2);
  });

  it('passes on the detail and the hint of an error', async () => {
    const twice = await run(`INSERT INTO account VALUES (1, 'again', 0)`);
    expect(twice.error).toMatchObject({
      code: '23505',
      detail: 'Key (id)=(1) already exists.',
      position: null,
    });
    const typo = await run('SELECT balence FROM account');
    expect(typo.error?.hint).toBe('Perhaps you meant to reference the column "account.balance".');
  });

  it('keeps a transaction open from run to run, and says when it has failed', async () => {
    expect((await run('BEGIN; CREATE TABLE t2 (a int)')).transaction).toBe('open');
    expect((await run('SELECT 1 / 0')).transaction).toBe('failed');
    expect((await run('SELECT 1')).error?.code).toBe('25P02');
    expect((await run('ROLLBACK')).transaction).toBe('none');
    expect((await run('SELECT * FROM t2')).error?.code).toBe('42P01');
  });

  it('stops a query at the rows that it shows, however many it would have', async () => {
    const result = await last('SELECT generate_series(1, 2000000000) AS n');
    expect(result.rows).toHaveLength(ROWS_MAX);
    expect(result.command).toBeNull();
    expect(result.cut).toEqual([`These are the first ${ROWS_MAX} rows: the lab asks for no more.`]);
    expect(result.ms).toBeLessThan(5_000);
  });

  it('writes all rows although it shows only the first of them', async () => {
    const { rows } = await last(`
      CREATE TABLE t3 (a int); INSERT INTO t3 SELECT generate_series(1, 1000) RETURNING a;
      SELECT count(*) FROM t3`);
    expect(rows).toEqual([['1000']]);
  });

  it('bounds the length of a value, and of all of them', async () => {
    const one = await last(`SELECT repeat('x', 30000)`);
    expect(one.rows[0]?.[0]).toBe(`${'x'.repeat(20_000)}…`);
    expect(one.cut).toHaveLength(1);
    const many = await last(`SELECT repeat('x', 20000) FROM account`);
    expect(many.rows).toHaveLength(9);
    expect(many.cut.at(-1)).toMatch(/^191 of the rows are left out/);
  });

  it('refuses too long a text, too many statements, and rows that nobody sends', async () => {
    const long = await run(`SELECT '${'x'.repeat(INPUT_CHARS_MAX)}'`);
    expect(long.error).toMatchObject({ code: null, message: expect.stringContaining('50,000') });
    const many = await run('SELECT 1;'.repeat(STATEMENTS_MAX + 2));
    expect(many.results).toHaveLength(STATEMENTS_MAX);
    expect(many.error?.message).toMatch(/50 statements at a time/);
    expect(many.notRun).toBe(1);
    for (const source of ['STDIN', '-- note\n STDIN', 'stdout']) {
      const copy = await run(`COPY account FROM ${source}`);
      expect(copy.error?.message).toMatch(/use INSERT/);
    }
    expect((await run('SELECT 1')).error).toBeNull();
  });

  it('shows what COPY writes, and what is said besides the answer', async () => {
    const copied = await last('COPY (SELECT 1, NULL UNION ALL SELECT 2, NULL) TO STDOUT');
    expect(copied.rows).toEqual([['1\t\\N'], ['2\t\\N']]);
    const said = await last(`COPY (SELECT 'rows from stdin') TO STDOUT`);
    expect(said.rows).toEqual([['rows from stdin']]);
    const { notices } = await last(`DO $$ BEGIN RAISE WARNING 'mind %', 1; END $$`);
    expect(notices).toEqual([{ severity: 'WARNING', message: 'mind 1' }]);
  });

  it('says at which of its statements it is', async () => {
    const from = progress.length;
    await run('SELECT 1; SELECT 2');
    expect(progress.slice(from)).toEqual([
      { label: 'Statement 1 of 2', share: 0 },
      { label: 'Statement 2 of 2', share: 0.5 },
    ]);
    await run('SELECT 1');
    expect(progress.length).toBe(from + 2);
  });

  it('has nothing to say to nothing', async () => {
    expect(await run(' -- only a remark\n;')).toEqual({
      results: [],
      error: null,
      notRun: 0,
      transaction: 'none',
    });
  });
});

/** What both formats of EXPLAIN say of a node. */
interface Told {
  readonly total: number;
  readonly rows: number;
  readonly width: number;
  readonly loops: number | undefined;
  readonly got: number | undefined;
  readonly hit: number;
  readonly role: string | null;
}

function toldByText({ estimate, actual, buffers, role }: PlanNode): Told {
  if (!estimate) throw new Error('Expected an estimate.');
  return {
    total: estimate.totalCost,
    rows: estimate.rows,
    width: estimate.width,
    loops: actual?.loops,
    got: actual?.rows,
    hit: buffers?.hit ?? 0,
    role,
  };
}

/** A node of EXPLAIN (FORMAT JSON), as far as it is compared. */
interface JsonNode {
  readonly 'Node Type': string;
  readonly 'Total Cost': number;
  readonly 'Plan Rows': number;
  readonly 'Plan Width': number;
  readonly 'Actual Loops'?: number;
  readonly 'Actual Rows'?: number;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Subplan Name'?: string;
  readonly Plans?: readonly JsonNode[];
}

const jsonNodes = (node: JsonNode): JsonNode[] => [node, ...(node.Plans ?? []).flatMap(jsonNodes)];

const toldByJson = (node: JsonNode): Told => ({
  total: node['Total Cost'],
  rows: node['Plan Rows'],
  width: node['Plan Width'],
  loops: node['Actual Loops'],
  got: node['Actual Rows'],
  hit: node['Shared Hit Blocks'] ?? 0,
  role: node['Subplan Name'] ?? null,
});

describe('the plan that is read off the text of EXPLAIN', () => {
  const queries = [
    'SELECT * FROM account WHERE id = 5',
    'SELECT owner, count(*) FROM account JOIN entry ON entry.account = account.id GROUP BY owner ORDER BY 2 DESC LIMIT 3',
    'SELECT * FROM account a WHERE EXISTS (SELECT FROM entry e WHERE e.account = a.id AND e.note = a.owner)',
    'SELECT (SELECT max(id) FROM entry), (SELECT min(e.id) FROM entry e WHERE e.account = a.id) FROM account a WHERE id < 4',
    'WITH recent AS MATERIALIZED (SELECT * FROM entry WHERE id > 4990) SELECT * FROM recent r JOIN recent s USING (id)',
    'SELECT * FROM account WHERE id = 1 UNION ALL SELECT * FROM account WHERE false UNION ALL SELECT * FROM account WHERE id = 2',
    'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT * FROM n, account WHERE account.id = i',
  ];
  it.each(queries)('says of each node what FORMAT JSON says: %s', async (query) => {
    // Twice, so that the second finds the same pages in the cache as the third.
    await last(query);
    const options = 'ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF';
    const { plan, rows } = await last(`EXPLAIN (${options}) ${query}`);
    if (!plan) throw new Error(`Expected a plan in ${JSON.stringify(rows)}.`);
    const { rows: json } = await last(`EXPLAIN (${options}, FORMAT JSON) ${query}`);
    const [{ Plan: root }] = JSON.parse(json[0]?.[0] ?? '') as [{ Plan: JsonNode }];
    const nodes = nodesOf(plan.root);
    expect(nodes.map(toldByText)).toEqual(jsonNodes(root).map(toldByJson));
    expect(nodes.length).toBe(rows.filter(([line]) => line?.includes('->')).length + 1);
    // All that is not told of a node by numbers is one of its facts.
    const facts = nodes.reduce(
      (sum, { facts, buffers }) => sum + facts.length + (buffers ? 1 : 0),
      0,
    );
    const roles = nodes.filter(({ role }) => role !== null).length;
    expect(facts + roles + nodes.length + plan.summary.length).toBe(rows.length);
  });

  it('tells what was never run from what gave no rows', async () => {
    const { plan } = await last(
      'EXPLAIN (ANALYZE, COSTS OFF) SELECT * FROM account WHERE id = 1 LIMIT 0',
    );
    const [limit, scan] = plan ? nodesOf(plan.root) : [];
    expect(limit).toMatchObject({ label: 'Limit', estimate: null, actual: { loops: 1, rows: 0 } });
    expect(scan?.actual).toEqual({ loops: 0, rows: 0, ms: null });
    expect(plan?.summary.at(-1)).toMatch(/^Execution Time: [\d.]+ ms$/);
  });

  it('counts pages of temporary files', () => {
    const plan = planOf([
      'Sort  (cost=1.00..2.00 rows=3 width=4) (actual time=0.010..0.250 rows=3.00 loops=1)',
      '  Sort Key: a',
      '  Buffers: shared hit=4 read=2 dirtied=1, local hit=1, temp read=5 written=6',
    ]);
    expect(plan?.root).toMatchObject({
      actual: { ms: 0.25 },
      buffers: { hit: 5, read: 2, dirtied: 1, written: 0, tempRead: 5, tempWritten: 6 },
      facts: ['Sort Key: a'],
    });
  });

  it.each(['JSON', 'XML', 'YAML'])('is none for the format %s', async (format) => {
    expect((await last(`EXPLAIN (FORMAT ${format}) SELECT 1`)).plan).toBeNull();
  });
});

describe('a page of a table', () => {
  const items = `SELECT * FROM heap_page_items(get_raw_page('v', 0))`;

  it('shows versions, their chain, and what vacuum leaves of it', async () => {
    const { page: before } = await last(`
      CREATE TABLE v (id int PRIMARY KEY, n int, indexed int);
      CREATE INDEX ON v (indexed);
      INSERT INTO v VALUES (1, 0, 0), (2, 0, 0);
      UPDATE v SET n = 1 WHERE id = 1;
      UPDATE v SET indexed = 1 WHERE id = 2;
      BEGIN; UPDATE v SET n = 9 WHERE id = 1; ROLLBACK;
      SELECT FROM v;
      ${items}`);
    const versions = before?.pointers.map(({ number, version }) => ({
      number,
      next: version?.next,
      isEnded: version?.isEnded,
      isHotUpdated: version?.isHotUpdated,
      isHeapOnly: version?.isHeapOnly,
    }));
    expect(versions).toEqual([
      { number: 1, next: 3, isEnded: true, isHotUpdated: true, isHeapOnly: false },
      { number: 2, next: 4, isEnded: true, isHotUpdated: false, isHeapOnly: false },
      // Its successor was rolled back, which its bits say since the table was read.
      { number: 3, next: 5, isEnded: false, isHotUpdated: expect.any(Boolean), isHeapOnly: true },
      { number: 4, next: null, isEnded: false, isHotUpdated: false, isHeapOnly: false },
      { number: 5, next: null, isEnded: false, isHotUpdated: false, isHeapOnly: true },
    ]);
    const { page: after } = await last(`VACUUM v; ${items}`);
    expect(after?.pointers.map(({ state, redirectsTo }) => [state, redirectsTo])).toEqual([
      ['redirect', 3],
      ['unused', null],
      ['normal', null],
      ['normal', null],
    ]);
    const { page: frozen } = await last(`VACUUM (FREEZE) v; ${items}`);
    expect(frozen?.pointers.map(({ version }) => version?.isFrozen)).toEqual([
      undefined,
      undefined,
      true,
      true,
    ]);
  });

  it('names the bits as heap_tuple_infomask_flags does', async () => {
    const { rows } = await last(`
      BEGIN; SELECT FROM v FOR UPDATE; COMMIT;
      BEGIN; SELECT FROM v WHERE id = 1 FOR KEY SHARE; DELETE FROM v WHERE id = 2; COMMIT;
      UPDATE v SET n = NULL WHERE id = 1;
      SELECT FROM v;
      SELECT lp, array_to_string(raw_flags || combined_flags, ' ')
      FROM heap_page_items(get_raw_page('v', 0)),
        LATERAL heap_tuple_infomask_flags(t_infomask, t_infomask2)
      WHERE t_infomask IS NOT NULL`);
    const { page } = await last(items);
    const combined = ['HEAP_XMAX_SHR_LOCK', 'HEAP_XMIN_FROZEN', 'HEAP_MOVED'];
    const named = page?.pointers.flatMap(({ number, version }) =>
      version ? [[String(number), new Set(version.flags)]] : [],
    );
    expect(named).toEqual(
      rows.map(([lp, flags]) => [
        lp,
        new Set(flags?.split(' ').filter((flag) => !combined.includes(flag))),
      ]),
    );
    expect(rows.length).toBeGreaterThan(1);
  });

  it('is none where columns are missing or pages are mixed', async () => {
    expect(
      (await last(`SELECT lp, t_xmin FROM heap_page_items(get_raw_page('v', 0))`)).page,
    ).toBeNull();
    const twice = `SELECT i.* FROM generate_series(1, 2), heap_page_items(get_raw_page('v', 0)) AS i`;
    expect((await last(twice)).page).toBeNull();
  });
});

describe('what only an operating system has', () => {
  // PostgreSQL does not come back from it. The page ends the worker: this one is asked no more.
  it('makes the engine fail, and not wait for ever', async () => {
    await expect(run(`COPY (SELECT 1) TO PROGRAM 'ls'`)).rejects.toThrow(
      'PostgreSQL broke off in the middle of its answer',
    );
  });
});
