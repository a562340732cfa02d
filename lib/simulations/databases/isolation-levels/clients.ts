/**
 * The programs that use the database: each takes its steps in its turn, waits where it has to, and may
 * begin again after an error that asks for it. Knows no clock: whoever owns it says when.
 */
import {
  type Answer,
  type Database,
  type Execution,
  isSqlError,
  SqlError,
  type Statement,
  type Version,
} from './models/database';
import { type Remedy, type Script, type Session, type Step, stepAt } from './scripts';

/** What is told of each statement. */
export interface Listener {
  readonly asks?: (session: Session, statement: Statement) => unknown;
  /** `behind` changes while it waits: it is told each time. */
  readonly waits: (session: Session, behind: readonly Session[]) => unknown;
  readonly answers: (session: Session, statement: Statement, answer: Answer) => unknown;
  readonly fails: (session: Session, statement: Statement, error: SqlError) => unknown;
  /** A step that the program leaves out: its guard makes it needless, or what it had read forbids it. */
  readonly skips: (session: Session) => unknown;
}

interface Client {
  readonly session: Session;
  /** Index of its next step. */
  next: number;
  lastRead: readonly Version[];
  execution: { readonly statement: Statement; readonly run: Execution } | undefined;
  behind: readonly Session[];
}

export class Clients {
  private readonly clients: Readonly<Record<Session, Client>>;
  /** Those who wait, in the order in which they began to. */
  private readonly waiting: Client[] = [];

  constructor(
    private readonly database: Pick<Database, 'execute'>,
    private readonly script: Script,
    private readonly remedy: Remedy,
    private readonly listener: Listener,
  ) {
    const client = (session: Session): Client => ({
      session,
      next: 0,
      lastRead: [],
      execution: undefined,
      behind: [],
    });
    this.clients = { A: client('A'), B: client('B'), C: client('C') };
  }

  isWaiting(session: Session): boolean {
    return this.clients[session].execution !== undefined;
  }

  /** Steps that a session has still to take. */
  left(session: Session): number {
    return (this.script.steps[session]?.length ?? 0) - this.clients[session].next;
  }

  /** What the session will say in its next step; undefined if it leaves it out, or has none. */
  upcoming(session: Session): Statement | undefined {
    const client = this.clients[session];
    const step = stepAt(this.script.steps[session] ?? [], client.next, this.remedy);
    return step && this.statementOf(step, client);
  }

  /** The session takes its next step, if it is not waiting and has one. */
  step(session: Session): void {
    const client = this.clients[session];
    if (this.left(session) === 0 || client.execution) return;
    const statement = this.upcoming(session);
    client.next++;
    if (statement) this.send(client, statement);
    else this.listener.skips(session);
  }

  /** The session ends its transaction now, whatever its next step would have been. */
  finish(session: Session, kind: 'commit' | 'rollback'): void {
    this.send(this.clients[session], { kind });
  }

  /** The session begins again with its first step. */
  restart(session: Session): void {
    const client = this.clients[session];
    client.next = 0;
    client.lastRead = [];
  }

  /** Who waits for whom in a cycle with this session; empty if it can still be its turn. */
  cycleOf(session: Session, path: readonly Session[] = []): readonly Session[] {
    if (path.includes(session)) return session === path[0] ? path : [];
    for (const next of this.clients[session].behind) {
      const cycle = this.cycleOf(next, [...path, session]);
      if (cycle.length > 0) return cycle;
    }
    return [];
  }

  /** The statement of a waiting session fails with a deadlock. */
  deadlock(session: Session): void {
    this.resume(this.clients[session], new SqlError('40P01', 'deadlock detected'));
    this.wake();
  }

  private statementOf(step: Step, client: Client): Statement | undefined {
    if (step.kind !== 'update') return step;
    const { where, set, ifRows = 0, ifRead } = step;
    const { lastRead } = client;
    if (lastRead.length < ifRows) return undefined;
    const isRead = ({ id, value }: Version): boolean =>
      id === ifRead?.id && value !== null && value >= ifRead.atLeast;
    if (ifRead && !lastRead.some(isRead)) return undefined;
    const id = where.kind === 'ids' ? where.ids[0] : undefined;
    const read = lastRead.find((row) => row.id === id)?.value ?? undefined;
    const isChecked = this.remedy === 'compare' && id !== undefined && read !== undefined;
    const guarded = isChecked ? ({ kind: 'unchanged', id, value: read } as const) : where;
    if (set.kind !== 'read') return { kind: 'update', where: isChecked ? guarded : where, set };
    // What was not found cannot be added to.
    if (read === undefined) return undefined;
    return { kind: 'update', where: guarded, set: { kind: 'to', value: read + set.amount } };
  }

  private send(client: Client, statement: Statement): void {
    this.listener.asks?.(client.session, statement);
    client.execution = { statement, run: this.database.execute(client.session, statement) };
    this.resume(client);
    this.wake();
  }

  /** Goes on with a statement until it waits again or is over. */
  private resume(client: Client, failure?: SqlError): void {
    const { session, execution } = client;
    if (!execution) return;
    const { statement, run } = execution;
    try {
      const { done, value } = failure ? run.throw(failure) : run.next();
      if (!done) {
        const behind = value as readonly Session[];
        const isNews = behind.join() !== client.behind.join();
        client.behind = behind;
        if (!this.waiting.includes(client)) this.waiting.push(client);
        if (isNews) this.listener.waits(session, behind);
        return;
      }
      this.over(client);
      if (statement.kind === 'select') client.lastRead = value.rows;
      this.listener.answers(session, statement, value);
    } catch (error) {
      if (!isSqlError(error)) throw error;
      this.over(client);
      this.listener.fails(session, statement, error);
    }
  }

  private over(client: Client): void {
    client.execution = undefined;
    client.behind = [];
    const place = this.waiting.indexOf(client);
    if (place >= 0) this.waiting.splice(place, 1);
  }

  /** Lets those who wait look again, the first first, until nobody gets on. */
  wake(): void {
    for (let isMoving = true; isMoving; ) {
      isMoving = false;
      for (const client of [...this.waiting]) {
        this.resume(client);
        if (!this.waiting.includes(client)) isMoving = true;
      }
    }
  }
}
