/** Runs the scripts of the heap-page simulation on a real PostgreSQL, and reads its pages after each step. */
import pg from 'pg';
import {
  changesOf,
  SCRIPTS,
  type Script,
  type Step,
  type Transcript,
} from '../lib/simulations/databases/heap-page/transcript';
import { startPostgres } from './postgres.mjs';

/** Xids of our model begin here; those of the server are told as if they did. */
const FIRST_XID = 3;
const HEAP_ONLY = 0x8000;
const HOT_UPDATED = 0x4000;

/** A connection: statements in, the rows of all of them out, each as its columns in PostgreSQL's text. */
interface Session {
  readonly run: (sql: string) => Promise<string[][]>;
  readonly end: () => Promise<void>;
}

async function connect(server: { socket: string; user: string }): Promise<Session> {
  const client = new pg.Client({ host: server.socket, user: server.user, database: 'postgres' });
  await client.connect();
  return {
    run: async (sql) => {
      const query = {
        text: sql,
        rowMode: 'array' as const,
        types: { getTypeParser: () => String },
      };
      type Answer = pg.QueryArrayResult<string[]>;
      // Of several statements the answers come as a list.
      const answered = (await client.query<string[], []>(query)) as Answer | Answer[];
      return [answered].flat().flatMap(({ rows }) => rows);
    },
    end: () => client.end(),
  };
}

/** @param bin as `installedPostgres` gives it */
export async function recordTranscript(bin: string): Promise<Transcript> {
  const server = startPostgres(bin);
  const sessions: Session[] = [];
  try {
    sessions.push(await connect(server), await connect(server));
    const [session, other] = sessions as [Session, Session];
    const [[version = ''] = []] = await session.run('SHOW server_version');
    await session.run('CREATE EXTENSION pageinspect');
    const scripts: Record<string, Record<string, string>[]> = {};
    for (const [id, script] of Object.entries(SCRIPTS))
      scripts[id] = await recordScript(script, session, other);
    return { server: `PostgreSQL ${version.split(' ')[0]}`, scripts };
  } finally {
    for (const session of sessions) await session.end();
    server.stop();
  }
}

async function recordScript(
  script: Script,
  session: Session,
  other: Session,
): Promise<Record<string, string>[]> {
  const { run } = session;
  // Three integers and the length of the text take sixteen bytes; a plain text stays as long as it is.
  await run(`
    DROP TABLE IF EXISTS t;
    CREATE TABLE t (id int NOT NULL, looked int NOT NULL, counter int NOT NULL, filler text)
      WITH (fillfactor = ${script.fillfactor});
    ALTER TABLE t ALTER COLUMN filler SET STORAGE PLAIN;
    CREATE INDEX ON t (id);
    ${script.index === 'btree' ? 'CREATE INDEX ON t (looked);' : ''}
    -- Updates go straight to a version and reads through the whole table, whatever either costs.
    SET enable_seqscan = off; SET enable_indexscan = off; SET enable_bitmapscan = off;`);
  const filler = `repeat('x', ${script.rowBytes - 16})`;
  const tids = new Map<number, string>();
  const xids = new Map<string, number>();

  /** Carries out one statement in a transaction of its own and returns where the new version is. */
  const change = async (statement: string, end = 'COMMIT'): Promise<string> => {
    const rows = await run(`BEGIN; SELECT pg_current_xact_id(); ${statement}; ${end};`);
    xids.set(rows[0]?.[0] ?? '', FIRST_XID + xids.size);
    return rows[1]?.[0] ?? '';
  };
  const update = (row: number): string =>
    `UPDATE t SET looked = looked + 1, counter = counter + 1 WHERE ctid = '${tids.get(row)}' RETURNING ctid`;

  const carryOut = async (step: Step): Promise<void> => {
    const [command, argument = ''] = step.split(' ');
    const row = Number(argument);
    switch (command) {
      case 'insert':
        tids.set(
          row,
          await change(`INSERT INTO t VALUES (${row}, 0, 0, ${filler}) RETURNING ctid`),
        );
        return;
      case 'update':
        tids.set(row, await change(update(row)));
        return;
      case 'abort':
        await change(update(row), 'ROLLBACK');
        return;
      case 'delete':
        await change(`DELETE FROM t WHERE ctid = '${tids.get(row)}' RETURNING ctid`);
        return;
      case 'read':
        await run('SELECT count(filler) FROM t;');
        return;
      case 'open':
        await other.run('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1;');
        return;
      case 'close':
        await other.run('COMMIT;');
        // A session looks for a new horizon only once another transaction has begun.
        await run('SELECT pg_current_xact_id();');
        return;
      case 'vacuum':
        await run('VACUUM t;');
        return;
      case 'full':
        await run('VACUUM FULL t;');
        for (const [id, ctid] of await run('SELECT id, ctid FROM t;'))
          tids.set(Number(id), ctid ?? '');
        return;
      default:
        throw new Error(`Expected a step that there is, got "${step}".`);
    }
  };

  const pictures = async (): Promise<string[]> => {
    const headers = await run(`
      SELECT b, h.lower, h.upper
      FROM generate_series(0, pg_relation_size('t') / 8192 - 1) b,
        page_header(get_raw_page('t', b::int)) h ORDER BY b;`);
    const items = await run(`
      SELECT b, i.lp_flags, i.lp_off, i.lp_len, i.t_xmin, i.t_xmax, i.t_ctid, i.t_infomask2
      FROM generate_series(0, pg_relation_size('t') / 8192 - 1) b,
        heap_page_items(get_raw_page('t', b::int)) i ORDER BY b, i.lp;`);
    return headers.map(([page, lower, upper]) =>
      [`${lower} ${upper}`, ...items.filter(([of]) => of === page).map(pointerOf)].join(' | '),
    );
  };
  const pointerOf = ([
    ,
    flags,
    offset,
    bytes,
    xmin,
    xmax,
    ctid,
    mask,
  ]: readonly string[]): string => {
    if (flags === '0') return '-';
    if (flags === '2') return `>${offset}`;
    if (flags === '3') return 'x';
    const told = (xid: string | undefined): number =>
      xid === '0' ? 0 : (xids.get(xid ?? '') ?? -1);
    const bits = Number(mask);
    const hot = `${bits & HEAP_ONLY ? 'o' : ''}${bits & HOT_UPDATED ? 'h' : ''}`;
    return `${offset}+${bytes} ${told(xmin)}-${told(xmax)}>${ctid?.slice(1, -1)}${hot}`;
  };

  const changes: Record<string, string>[] = [];
  let before: string[] = [];
  for (const step of script.steps) {
    await carryOut(step);
    const after = await pictures();
    changes.push(changesOf(before, after));
    before = after;
  }
  await other.run('ROLLBACK');
  return changes;
}
