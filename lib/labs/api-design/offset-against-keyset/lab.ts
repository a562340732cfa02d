/** What PostgreSQL reads for a page far down a list, by OFFSET and by keyset. */
import { nodesOf, type PlanNode, rowsInAll } from '@/lib/engines/sql/plan';
import type { Output, SqlLab } from '@/lib/engines/sql/types';

/** Without times, which here are those of WebAssembly and of the machine that runs it. */
const EXPLAIN = 'EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF)';

/** Nodes of the first plan of the step, each before those below it. */
function planIn({ results }: Output): PlanNode[] {
  const plan = results.find((result) => result.plan !== null)?.plan;
  if (plan) return nodesOf(plan.root);
  throw new Error('Expected the step to show a plan.');
}

/** The node whose label begins so. */
const nodeIn = (output: Output, label: string): PlanNode | undefined =>
  planIn(output).find((node) => node.label.startsWith(label));

const rows = (node: PlanNode | undefined): number => (node?.actual ? rowsInAll(node.actual) : -1);

/** Pages that the whole plan asked for. */
function pages(output: Output): number {
  const { buffers } = planIn(output)[0] ?? {};
  return buffers ? buffers.hit + buffers.read : 0;
}

/** First column of the result at this place of the step, from 0. */
const idsOf = ({ results }: Output, at: number): string =>
  (results[at]?.rows ?? []).map(([id]) => id).join(' ');

export const lab: SqlLab = {
  kind: 'sql',
  title: 'OFFSET against keyset',
  question: 'How much does PostgreSQL read to show twenty rows from the middle of 200,000?',
  setup: {
    // Four articles a minute, in the order in which they came. Statistics of all rows rather than of
    // a sample, so that the planner expects the same each time.
    sql: `
      CREATE TABLE article (id integer PRIMARY KEY, published timestamptz NOT NULL, title text NOT NULL);
      ALTER TABLE article ALTER published SET STATISTICS 1000;
      INSERT INTO article
        SELECT i, timestamptz '2026-01-01 00:00Z' + i / 4 * interval '1 minute', 'Article ' || i
        FROM generate_series(1, 200000) AS i;
      CREATE INDEX article_published_id ON article (published, id);
      VACUUM ANALYZE article;`,
  },
  steps: [
    {
      id: 'offset',
      title: 'Page 5,001 by OFFSET',
      says: 'The list is in an index in this order, newest first, and twenty rows are wanted. To skip 100,000 rows PostgreSQL reads them: the scan gives 100,020, and the limit throws all but the last twenty away.',
      input: {
        sql: `${EXPLAIN}
SELECT id, published, title FROM article
ORDER BY published DESC, id DESC
LIMIT 20 OFFSET 100000;`,
      },
      expects: [
        {
          what: 'the index is scanned for 100,020 rows, of which 20 are left',
          holds: (output) =>
            rows(nodeIn(output, 'Index Scan Backward')) === 100_020 &&
            rows(nodeIn(output, 'Limit')) === 20,
        },
        { what: 'it asks for 1,122 pages', holds: (output) => pages(output) === 1122 },
      ],
    },
    {
      id: 'keyset',
      title: 'The same page by keyset',
      says: 'The client sends back where it stopped: time and id of the last row that it has. The comparison of the two together becomes an index condition, the scan begins there, and a handful of pages is enough. Below, both ways give the same rows.',
      input: {
        sql: `${EXPLAIN}
SELECT id, published, title FROM article
WHERE (published, id) < ('2026-01-18 08:40Z', 100001)
ORDER BY published DESC, id DESC
LIMIT 20;
SELECT id FROM article WHERE (published, id) < ('2026-01-18 08:40Z', 100001)
ORDER BY published DESC, id DESC LIMIT 3;
SELECT id FROM article ORDER BY published DESC, id DESC LIMIT 3 OFFSET 100000;`,
      },
      expects: [
        {
          what: 'the scan gives 20 rows, by an index condition on both columns',
          holds: (output) => {
            const scan = nodeIn(output, 'Index Scan Backward');
            return (
              rows(scan) === 20 &&
              scan?.facts.some((fact) =>
                fact.startsWith('Index Cond: (ROW(published, id) < ROW('),
              ) === true
            );
          },
        },
        { what: 'it asks for at most ten pages', holds: (output) => pages(output) <= 10 },
        {
          what: 'both ways give the same rows',
          holds: (output) =>
            idsOf(output, 1) === '100000 99999 99998' && idsOf(output, 1) === idsOf(output, 2),
        },
      ],
    },
    {
      id: 'or',
      title: 'The same condition, written with OR',
      says: 'It means the same and gives the same rows. But PostgreSQL makes no range of an index out of an OR like this one: it walks the index from the newest row on and drops 100,000 of them by a filter, which is an OFFSET again.',
      input: {
        sql: `${EXPLAIN}
SELECT id, published, title FROM article
WHERE published < '2026-01-18 08:40Z' OR (published = '2026-01-18 08:40Z' AND id < 100001)
ORDER BY published DESC, id DESC
LIMIT 20;`,
      },
      expects: [
        {
          what: 'a filter removes 100,000 rows',
          holds: (output) =>
            planIn(output).some(({ facts }) => facts.includes('Rows Removed by Filter: 100000')),
        },
        { what: 'it asks for more than a thousand pages', holds: (output) => pages(output) > 1000 },
      ],
    },
    {
      id: 'tie',
      title: 'A keyset without a tie-breaker',
      says: 'Four articles share each minute, and the last page ended between them. By time alone, the next page begins at 99999: article 100000 is on no page. With “less or equal” it would begin with three that the reader has already seen.',
      input: {
        sql: `SELECT id, published FROM article WHERE published < '2026-01-18 08:40Z'
ORDER BY published DESC, id DESC LIMIT 3;
SELECT id, published FROM article WHERE published <= '2026-01-18 08:40Z'
ORDER BY published DESC, id DESC LIMIT 5;`,
      },
      expects: [
        {
          what: 'the strict comparison skips 100000, and the other gives 100003, 100002 and 100001 again',
          holds: (output) =>
            idsOf(output, 0) === '99999 99998 99997' &&
            idsOf(output, 1) === '100003 100002 100001 100000 99999',
        },
      ],
    },
    {
      id: 'insert',
      title: 'A row arrives between two pages',
      says: 'The reader has the first three. Then one is published, and everything moves by one place: the second page by OFFSET repeats 199998; the second page by keyset goes on where the first ended.',
      input: {
        sql: `SELECT id FROM article ORDER BY published DESC, id DESC LIMIT 3;
INSERT INTO article VALUES (200001, '2026-02-04 18:00Z', 'Just in');
SELECT id FROM article ORDER BY published DESC, id DESC LIMIT 3 OFFSET 3;
SELECT id FROM article WHERE (published, id) < ('2026-02-04 17:19Z', 199998)
ORDER BY published DESC, id DESC LIMIT 3;`,
      },
      expects: [
        {
          what: 'OFFSET repeats the last row of the first page, and keyset does not',
          holds: (output) =>
            idsOf(output, 0) === '200000 199999 199998' &&
            idsOf(output, 2) === '199998 199997 199996' &&
            idsOf(output, 3) === '199997 199996 199995',
        },
      ],
    },
    {
      id: 'total',
      title: 'What the total costs',
      says: '“Page 5,001 of 10,001” needs a count, and a count reads every row. The estimate in pg_class costs nothing, and is as old as the last VACUUM or ANALYZE.',
      input: {
        sql: `${EXPLAIN}
SELECT count(*) FROM article;
SELECT reltuples FROM pg_class WHERE relname = 'article';`,
      },
      expects: [
        {
          what: 'all 200,001 rows are read to count them',
          holds: (output) => planIn(output).some((node) => rows(node) === 200_001),
        },
        {
          what: 'the estimate is that of before the last row came',
          holds: ({ results }) => results[1]?.rows[0]?.[0] === '200000',
        },
      ],
    },
  ],
  differences: [
    'The table is in memory: a page that is asked for costs little here. On a server it may come from a disk, and the pages that OFFSET reads push others out of the cache.',
    'PostgreSQL is compiled to WebAssembly, so times would say little and are left out. A PostgreSQL 15 on Linux, given the same rows, makes the same plans at the same costs; but walking backwards it asks for each page of the index twice, as version 18 no longer does, and counts 1,505 pages where this one counts 1,122.',
    'There is no parallel scan here (max_parallel_workers_per_gather is 0); a server may count with several processes, and then reads the same pages.',
  ],
};
