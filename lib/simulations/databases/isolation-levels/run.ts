/** The sessions around a database: whose turn it is, how long a message takes, what is told of it. */
import type { SpanId } from '../../../kernel/recording';
import type { RunContext } from '../../../simulation/definition';
import { Clients } from './clients';
import { COUNTED } from './counted';
import { type Anomaly, History, PHENOMENA } from './history';
import type { measures } from './measures';
import type { Answer, OpenDatabase, SqlError, Statement } from './models/database';
import type { parameters } from './parameters';
import { SESSIONS, type Session, scriptOf, sessionsOf } from './scripts';
import { answered, brief, sql } from './sql';

type SessionContext = RunContext<typeof parameters, typeof measures, OpenDatabase>;

/** When the first step is taken, simulated ms. */
export const FIRST_STEP_MS = 200;
/** Part of the time between two steps that a message takes one way. */
const TRIP = 0.2;
/** How often a program begins a transaction before it gives up. */
const ATTEMPTS_MAX = 5;

export const DATABASE = 'database';

/** Errors after which the same transaction may succeed if it is run again from its beginning. */
const isWorthRetrying = ({ code }: SqlError): boolean => code === '40001' || code === '40P01';

interface Turn {
  readonly session: Session;
  readonly kind: 'step' | 'rollback';
}

/** A session as it is told of, beside what its program does. */
interface Told {
  transaction: number;
  isOpen: boolean;
  attempts: number;
  span: SpanId | undefined;
  wait: { readonly span: SpanId; readonly sinceMs: number; behind: readonly Session[] } | undefined;
}

export function openSessions(context: SessionContext) {
  const { simulator, parameters, record, measure, untilMs } = context;
  const { stepMs } = parameters;
  const script = scriptOf(parameters.script);
  const sessions = sessionsOf(script);
  const database = context.model(script.rows);
  const history = new History(database.versions());
  const tripMs = stepMs * TRIP;

  const untold = (): Told => ({
    transaction: 0,
    isOpen: false,
    attempts: 1,
    span: undefined,
    wait: undefined,
  });
  const told: Readonly<Record<Session, Told>> = { A: untold(), B: untold(), C: untold() };
  /** Whose each transaction is, by its number less one. */
  const owners: Session[] = [];
  const onTheWay = new Set<Session>();
  let turns: Turn[] = Array.from(context.workload.key, (key) => ({
    session: SESSIONS[key] ?? 'A',
    kind: 'step',
  }));
  let unserializable = 0;

  const shown = new Map<string, string>();
  /** Records a state when it changes. */
  const show = (node: string, field: string, value: string): void => {
    const key = `${node} ${field}`;
    if (shown.get(key) === value) return;
    shown.set(key, value);
    record.state(node, field, value);
  };

  const showRows = (): void => {
    if (!record.isRecording()) return;
    const versions = database.versions();
    for (const id of new Set(versions.map((version) => version.id))) {
      const texts = versions
        .filter((version) => version.id === id)
        .map(({ value, by }) => {
          const text = value === null ? 'deleted' : `${value}`;
          const owner = by === 0 ? '' : ` by ${owners[by - 1]}`;
          return `${text}${owner}${database.isCommitted(by) ? '' : ' (open)'}`;
        });
      show(`row-${id}`, 'versions', texts.join(' → '));
      for (const session of sessions) {
        const value = database.look(session).get(id);
        show(`row-${id}`, session, value === null ? 'would wait' : `${value ?? 'nothing'}`);
      }
    }
  };

  const tell = (anomalies: readonly Anomaly[]): void => {
    for (const { phenomenon, transactions } of anomalies) {
      const who = (place: string): string =>
        owners[(transactions[Number(place) - 1] ?? 0) - 1] ?? '';
      // Of the digits only those are places that stand alone: not "P4".
      record.note(`${PHENOMENA[phenomenon].replace(/\b\d\b/g, who)}.`, 'bad');
      measure.anomalies.add();
      measure[COUNTED[phenomenon]].add();
    }
  };

  /** A transaction has come to its end, in whichever way. */
  const ended = (session: Session, isCommitted: boolean): void => {
    const self = told[session];
    self.isOpen = false;
    if (self.span !== undefined) record.end(self.span, isCommitted ? 'accepted' : 'failed');
    self.span = undefined;
    tell(history.end(self.transaction, isCommitted));
    if (!isCommitted) return;
    measure.committed.add();
    const outOfOrder = history.unserializable().size;
    if (outOfOrder > unserializable) measure.unserializable.add(outOfOrder - unserializable);
    unserializable = outOfOrder;
  };

  const noLongerWaits = (session: Session, isAnswered: boolean): void => {
    const self = told[session];
    if (!self.wait) return;
    const waitedMs = simulator.now - self.wait.sinceMs;
    record.end(self.wait.span, isAnswered ? 'accepted' : 'failed');
    self.wait = undefined;
    measure.longestWait.add(waitedMs);
  };

  const reply = (
    session: Session,
    kind: 'accepted' | 'queued' | 'failed' | 'undone',
    label: string,
  ): void => {
    record.message({
      from: DATABASE,
      to: session,
      kind,
      label,
      arrivesAt: simulator.now + tripMs,
    });
  };

  /** The program begins again, or gives up; what it had still to do is off. */
  const again = (session: Session, isOpen: boolean): void => {
    const self = told[session];
    const steps = script.steps[session] ?? [];
    turns = turns.filter((turn) => turn.session !== session);
    if (isOpen) turns.push({ session, kind: 'rollback' });
    if (!parameters.retry || self.attempts >= ATTEMPTS_MAX) return;
    self.attempts++;
    clients.restart(session);
    for (const _ of steps) turns.push({ session, kind: 'step' });
  };

  const heard = (session: Session, statement: Statement, answer: Answer): void => {
    const self = told[session];
    const { kind } = statement;
    if (kind === 'begin') {
      owners.push(session);
      self.transaction = owners.length;
      self.isOpen = true;
      history.begin(self.transaction);
      self.span = record.begin({ lane: session, kind: 'transaction', label: `${session}` });
    }
    if (kind === 'select') {
      tell(history.read(self.transaction, { where: statement.where, ...answer }));
      record.state(session, 'read', answered(answer));
    } else if (kind === 'update' || kind === 'delete') {
      tell(history.read(self.transaction, { where: statement.where, rows: [], seen: answer.seen }));
      tell(history.write(self.transaction, answer.rows));
    } else if (kind === 'insert') tell(history.write(self.transaction, answer.rows));
    if (self.isOpen && (answer.tag === 'COMMIT' || answer.tag === 'ROLLBACK'))
      ended(session, answer.tag === 'COMMIT');
    const isGuarded = kind === 'update' && statement.where.kind === 'unchanged';
    if (isGuarded && answer.rows.length === 0) {
      record.note(`${session} finds the row changed.`, 'warning');
      again(session, true);
    }
  };

  const clients = new Clients(database, script, parameters.remedy, {
    waits: (session, behind) => {
      const self = told[session];
      const text = `waits for ${behind.join(' and ')}`;
      if (self.wait) self.wait.behind = behind;
      else {
        const span = record.begin({ lane: session, kind: 'wait', label: text });
        self.wait = { span, sinceMs: simulator.now, behind };
        reply(session, 'queued', text);
        const { wait } = self;
        simulator.after(parameters.deadlockTimeoutMs, () => {
          if (self.wait === wait) lookForCircle(session);
        });
      }
      show(session, 'state', text);
      record.note(`${session} ${text}.`, 'warning');
    },
    answers: (session, statement, answer) => {
      const { wait } = told[session];
      noLongerWaits(session, true);
      const isLate = statement.kind === 'commit' && answer.tag === 'ROLLBACK';
      // What comes at once stands beside the question.
      if (wait || isLate) reply(session, wait ? 'accepted' : 'undone', answered(answer));
      record.note(
        `${session}: ${sql(statement, script)} → ${answered(answer)}`,
        answer.tag === 'COMMIT' ? 'good' : isLate ? 'bad' : 'plain',
      );
      heard(session, statement, answer);
      show(session, 'state', told[session].isOpen ? 'in a transaction' : answer.tag);
      showRows();
    },
    fails: (session, statement, error) => {
      noLongerWaits(session, false);
      const said = `error ${error.code}`;
      reply(session, 'failed', said);
      record.note(`${session}: ${sql(statement, script)} → ${said}, ${error.message}`, 'bad');
      if (error.code === '40001') measure.failed.add();
      if (error.code === '40P01') measure.deadlocks.add();
      const self = told[session];
      if (self.isOpen) ended(session, false);
      show(session, 'state', said);
      showRows();
      if (isWorthRetrying(error) && parameters.retry) again(session, statement.kind !== 'commit');
    },
    skips: (session) => record.note(`${session} leaves a step out.`),
  });

  const lookForCircle = (session: Session): void => {
    const cycle = clients.cycleOf(session);
    if (cycle.length === 0) {
      record.note(`${session} finds no cycle.`);
      return;
    }
    const names = [...cycle, session].join(' waits for ');
    record.note(`${session} finds a cycle: ${names}.`, 'bad');
    clients.deadlock(session);
  };

  const isFree = (session: Session): boolean =>
    !onTheWay.has(session) && !clients.isWaiting(session);

  /** Sends a message to the database, which does the rest once it has it. */
  const send = (session: Session, label: string, act: () => void): void => {
    onTheWay.add(session);
    record.message({
      from: session,
      to: DATABASE,
      kind: told[session].attempts > 1 ? 'retried' : 'sent',
      label,
      arrivesAt: simulator.now + tripMs,
    });
    simulator.after(tripMs, () => {
      onTheWay.delete(session);
      act();
    });
  };

  const take = ({ session, kind }: Turn): void => {
    if (kind === 'rollback') {
      send(session, 'rollback', () => clients.finish(session, 'rollback'));
      return;
    }
    const statement = clients.upcoming(session);
    if (statement) send(session, brief(statement, script), () => clients.step(session));
    else clients.step(session);
  };

  const tick = (): void => {
    const place = turns.findIndex(({ session }) => isFree(session));
    const [turn] = place >= 0 ? turns.splice(place, 1) : [];
    if (turn) take(turn);
    if (simulator.now + stepMs < untilMs) simulator.after(stepMs, tick);
  };
  simulator.at(FIRST_STEP_MS, tick);
  for (const session of sessions) show(session, 'state', 'idle');
  showRows();

  /** The reader acts for a session, if there is such and it is free; `act` says what it did, if it did. */
  const asked = (act: (session: Session) => string | undefined) => (target: string | undefined) => {
    const session = sessions.find((each) => each === target);
    const done = session && isFree(session) ? act(session) : undefined;
    record.note(done ?? `Session ${target} cannot do that now.`, 'warning');
  };
  const endNow = (kind: 'commit' | 'rollback') =>
    asked((session) => {
      if (!told[session].isOpen) return undefined;
      turns = turns.filter((turn) => turn.session !== session);
      send(session, kind, () => clients.finish(session, kind));
      return `You let ${session} ${kind} now.`;
    });
  return {
    step: asked((session) => {
      // Whoever has ended early, or given up, has no turn left: its further steps belong to no transaction.
      const place = turns.findIndex((turn) => turn.session === session);
      const [turn] = place >= 0 ? turns.splice(place, 1) : [];
      if (!turn) return undefined;
      take(turn);
      return `You let ${session} take a step.`;
    }),
    commit: endNow('commit'),
    rollback: endNow('rollback'),
  };
}
