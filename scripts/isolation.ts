/**
 * Plays the scripts of the simulation `isolation-levels` on a real PostgreSQL, with a connection for
 * each session, and writes down what each statement gave. That a statement waits, and for whom, is what
 * `pg_blocking_pids` says.
 */
import pg from 'pg';
import { type Case, cases, LEVELS } from '../lib/simulations/databases/isolation-levels/cases';
import { Clients } from '../lib/simulations/databases/isolation-levels/clients';
import {
  type Answer,
  type Database,
  SqlError,
  type Version,
} from '../lib/simulations/databases/isolation-levels/models/database';
import type { Level } from '../lib/simulations/databases/isolation-levels/models/versioned';
import { type Transcript, writer } from '../lib/simulations/databases/isolation-levels/play';
import {
  type Script,
  SESSIONS,
  type Session,
  scriptOf,
} from '../lib/simulations/databases/isolation-levels/scripts';
import { sql } from '../lib/simulations/databases/isolation-levels/sql';

export interface Transcripts {
  /** Version of the server, as it says itself: "15.14". */
  readonly server: string;
  /** Level → case → what was said. */
  readonly levels: Readonly<Record<string, Readonly<Record<string, Transcript>>>>;
}

interface Connection {
  readonly client: pg.Client;
  readonly pid: number;
  /** What came back for the statement under way; undefined while nothing has. */
  reply: Answer | SqlError | undefined;
  /** The reply once the player may know of it: after all that came before. */
  told: Answer | SqlError | undefined;
  /** Whom the session waits for as long as there is no reply. */
  behind: readonly Session[];
}

type Connections = Readonly<Record<Session, Connection>>;

/** Every case at every level, on the server with its socket in this folder. */
export async function record(server: {
  readonly socket: string;
  readonly user: string;
}): Promise<Transcripts> {
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ host: server.socket, user: server.user, database: 'postgres' });
    await client.connect();
    await client.query(`set deadlock_timeout = '${LOOK_AFTER_MS}ms'`);
    return client;
  };
  const control = await connect();
  const open = async (): Promise<Connection> => {
    const client = await connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return { client, pid: rows[0]?.pid ?? 0, reply: undefined, told: undefined, behind: [] };
  };
  const [A, B, C] = [await open(), await open(), await open()];
  const connections: Connections = { A, B, C };
  try {
    const { rows } = await control.query<{ server_version: string }>('show server_version');
    const levels: Record<string, Record<string, Transcript>> = {};
    for (const level of LEVELS) {
      const played: Record<string, Transcript> = {};
      for (const each of cases()) played[each.id] = await playOn(control, connections, level, each);
      levels[level] = played;
    }
    return { server: rows[0]?.server_version.split(' ')[0] ?? '', levels };
  } finally {
    for (const { client } of [A, B, C]) await client.end();
    await control.end();
  }
}

async function playOn(
  control: pg.Client,
  connections: Connections,
  level: Level,
  { script: scriptId, order, remedy }: Case,
): Promise<Transcript> {
  const script = scriptOf(scriptId);
  const { table, column } = script;
  await control.query(`drop table if exists ${table}`);
  await control.query(`create table ${table} (id int primary key, ${column} int)`);
  const rows = script.rows.map(({ id, value }) => `(${id}, ${value})`).join(', ');
  await control.query(`insert into ${table} values ${rows}`);
  // Plans do not depend on the level.
  if (level === LEVELS[0]) await assertPlans(control, script);

  const lines: string[] = [];
  /** Those who are known to wait, the first first. */
  const waiting: Session[] = [];
  const clients = new Clients(
    behindSockets(connections, script, level),
    script,
    remedy,
    writer(script, lines, waiting),
  );
  const tell = (session: Session): void => {
    connections[session].told = connections[session].reply;
    clients.wake();
  };
  /** Waits until each of these has its reply, or is known to wait for somebody. */
  const settle = async (sessions: readonly Session[]): Promise<void> => {
    for (;;) {
      const open = sessions.filter((session) => connections[session].reply === undefined);
      if (open.length === 0) return;
      const blocked = await blockers(control, connections, open);
      // A reply may have come while we asked, and one that nobody blocks is on its way.
      const isSettled = open.every(
        (session) => connections[session].reply !== undefined || blocked[session].length > 0,
      );
      if (!isSettled) continue;
      for (const session of open) {
        if (connections[session].reply === undefined)
          connections[session].behind = blocked[session];
      }
      return;
    }
  };
  const turns = [...order];
  const firstFree = (): number => turns.findIndex((session) => !clients.isWaiting(session));
  while (turns.length > 0) {
    const [session] = firstFree() >= 0 ? turns.splice(firstFree(), 1) : [];
    if (session) {
      await lookLater(connections[session].client, waiting.length);
      clients.step(session);
      if (clients.isWaiting(session)) {
        await settle([session]);
        tell(session);
      }
    } else {
      // All wait: in a while the server ends one of them.
      await failed(control, connections, waiting);
      const victim = waiting.find((each) => connections[each].reply instanceof SqlError);
      if (victim) tell(victim);
    }
    // What was done may have let others go on, and these others again.
    await settle([...waiting]);
    for (const other of [...waiting]) tell(other);
  }
  const result = await control.query<{ text: string | null }>(
    `select string_agg(id || '=' || ${column}, ' ' order by id) as text from ${table}`,
  );
  return { lines, rows: result.rows[0]?.text ?? '' };
}

/** The server as a database: its execution waits until the player is told of the reply. */
function behindSockets(
  connections: Connections,
  { table, column }: Script,
  level: Level,
): Pick<Database, 'execute'> {
  return {
    *execute(name, statement) {
      const connection = connections[name as Session];
      connection.reply = undefined;
      connection.told = undefined;
      connection.behind = [];
      const text = sql(statement, { table, column });
      connection.client
        .query<Record<string, number>>(
          statement.kind === 'begin' ? `begin isolation level ${level}` : text,
        )
        .then(
          ({ command, rows, rowCount }) => {
            const found =
              command === 'SELECT'
                ? rows.map((row) => version(row.id ?? 0, row[column] ?? null))
                : Array.from({ length: rowCount ?? 0 }, () => version(0, null));
            connection.reply = { tag: command, rows: found, seen: [] };
          },
          async (error: unknown) => {
            // An error is told before what the transaction held is let go: an empty query waits for that.
            await connection.client.query('');
            const { code = '', message } = error as { code?: string; message: string };
            // The name of the constraint is that of the table.
            connection.reply = new SqlError(code, message.replace(/ "\w+_pkey"$/, ''));
          },
        );
      for (;;) {
        const { told, behind } = connection as Connection;
        if (told instanceof SqlError) throw told;
        if (told) return told;
        yield behind;
      }
    },
  };
}

const version = (id: number, value: number | null): Version => ({
  id,
  value,
  serial: 0,
  by: 0,
  isNew: false,
});

/** Whom each session waits for. */
async function blockers(
  control: pg.Client,
  connections: Connections,
  sessions: readonly Session[],
): Promise<Readonly<Record<Session, readonly Session[]>>> {
  const { rows } = await control.query<{ pid: number; behind: number[] }>(
    'select pid, pg_blocking_pids(pid) as behind from unnest($1::int[]) as pid',
    [sessions.map((session) => connections[session].pid)],
  );
  const named = (pid: number): Session[] =>
    SESSIONS.filter((session) => connections[session].pid === pid);
  const of = (session: Session): readonly Session[] =>
    (rows.find(({ pid }) => pid === connections[session].pid)?.behind ?? []).flatMap(named);
  return { A: of('A'), B: of('B'), C: of('C') };
}

/** How long a session waits before it looks for a circle, ms; each that waits already adds as much. */
const LOOK_AFTER_MS = 500;

/**
 * Sees to it that of several sessions that wait, the first looks for a circle first. Left to the few
 * milliseconds between them, it would be whichever the machine has time for.
 */
async function lookLater(client: pg.Client, waiting: number): Promise<void> {
  if (waiting === 0) return;
  try {
    await client.query(`set local deadlock_timeout = '${LOOK_AFTER_MS * (waiting + 1)}ms'`);
  } catch (error) {
    // In a transaction that has failed nothing can be set, and nothing waits.
    if ((error as { code?: string }).code !== '25P02') throw error;
  }
}

/** Waits until the statement of one of these has failed. */
async function failed(
  control: pg.Client,
  connections: Connections,
  sessions: readonly Session[],
): Promise<void> {
  while (!sessions.some((session) => connections[session].reply instanceof SqlError)) {
    await control.query('select pg_sleep(0.01)');
  }
}

/**
 * What a serializable transaction is remembered to have read follows from the plan, and so does the
 * order in which rows are locked: by id through the index, otherwise the whole table.
 */
async function assertPlans(control: pg.Client, { table, column }: Script): Promise<void> {
  const expected = {
    [`select * from ${table} where id = 1`]: /(Index|Bitmap Index) Scan/,
    [`select * from ${table} where id in (1, 2)`]: /(Index|Bitmap Index) Scan/,
    [`select * from ${table}`]: /^Seq Scan/,
    [`select * from ${table} where ${column} = 1`]: /^Seq Scan/,
  };
  for (const [query, plan] of Object.entries(expected)) {
    const { rows } = await control.query<Record<'QUERY PLAN', string>>(`explain ${query}`);
    const text = rows.map((row) => row['QUERY PLAN']).join('\n');
    if (!plan.test(text)) {
      throw new Error(`"${query}" should be planned as ${plan}, got:\n${text}`);
    }
  }
}
