/** A run: clients with one transaction after the other, the rows they want, and the cores they need. */
import { exponentialQuantile } from '../../../kernel/distributions';
import { NOT_RECORDED, type SpanId } from '../../../kernel/recording';
import { RecentCount } from '../../../kernel/statistics';
import type { RunContext } from '../../../simulation/definition';
import { Cores } from './cores';
import type { ContentionMeasures } from './measures';
import type { Access, SchedulerFactory } from './models/scheduler';
import type { parameters } from './parameters';
import { accessesOf } from './transactions';
import { DATABASE, LANES } from './views';

type Context = RunContext<typeof parameters, ContentionMeasures, SchedulerFactory>;

const RATE_MS = 1000;
const TICK_MS = 250;
/** Pauses double up to 2^5 times the first. */
const DOUBLINGS_MAX = 5;
/** A client that stalls leaves its transaction open for so long. */
export const STALL_MS = 3000;
/** More transactions than one client can run; keys of draws are made of client and place. */
const PLACES = 1_000_000;

interface Transaction {
  /** By when it has begun; retries keep it. */
  readonly id: number;
  readonly client: number;
  /** Key of its draws: the same transaction in every variant, whenever it comes. */
  readonly key: number;
  readonly accesses: readonly Access[];
  readonly beganMs: number;
  attempt: number;
  /** Place of the access that it is at. */
  at: number;
  /** Statements done in this attempt. */
  done: number;
  waitedMs: number;
  blockedSinceMs: number | undefined;
  span: SpanId;
  waitSpan: SpanId;
}

export function run(context: Context) {
  const { simulator, parameters, record, measure, untilMs } = context;
  const scheduler = context.model();
  const transactions = new Map<number, Transaction>();
  const recent = { commits: new RecentCount(RATE_MS), aborts: new RecentCount(RATE_MS) };
  let begun = 0;
  let committed = 0;
  let abortions = 0;
  let deadlocks = 0;
  let blocked = 0;
  let pausing = 0;
  let isStallDue = false;
  const cores = new Cores(simulator, parameters.cores, () => measure.busy.set(cores.busy));
  /** Transactions per client so far. */
  const places: number[] = [];
  /** Row → transactions that wait for it. */
  const lines = new Map<number, number>();

  const laneOf = ({ client }: Transaction): string | undefined => LANES[client];
  const beginSpan = (of: Transaction, kind: string, label: string): SpanId => {
    const lane = laneOf(of);
    return lane === undefined ? NOT_RECORDED : record.begin({ lane, kind, label });
  };

  const start = (client: number): void => {
    const place = places[client] ?? 0;
    places[client] = place + 1;
    const key = client * PLACES + place;
    const draw = (stream: string, i: number): number => context.keyedUniform(stream, key, i);
    const transaction: Transaction = {
      id: begun++,
      client,
      key,
      accesses: accessesOf(parameters, draw),
      beganMs: simulator.now,
      attempt: 0,
      at: 0,
      done: 0,
      waitedMs: 0,
      blockedSinceMs: undefined,
      span: NOT_RECORDED,
      waitSpan: NOT_RECORDED,
    };
    transactions.set(transaction.id, transaction);
    attempt(transaction);
  };

  const attempt = (of: Transaction): void => {
    of.at = 0;
    of.done = 0;
    of.span = beginSpan(of, 'transaction', of.attempt === 0 ? 'transaction' : 'tries again');
    ask(of);
  };

  /** Wants the next row, or to commit. */
  const ask = (of: Transaction): void => {
    const access = of.accesses[of.at];
    if (!access) {
      if (scheduler.commit(of.id)) commit(of);
      else giveUp(of);
      return;
    }
    const answer = scheduler.access(of.id, access);
    if (answer === 'granted') have(of);
    else if (answer === 'refused') giveUp(of);
    else wait(of, access);
  };

  const wait = (of: Transaction, { row }: Access): void => {
    of.blockedSinceMs = simulator.now;
    of.waitSpan = beginSpan(of, 'wait', `waits for row ${row}`);
    lines.set(row, (lines.get(row) ?? 0) + 1);
    measure.blocked.set(++blocked);
    // One cycle may hide another: until the transaction waits for itself no more, or was ended.
    while (of.blockedSinceMs !== undefined) {
      const victim = transactions.get(scheduler.victim(of.id) ?? -1);
      if (!victim) return;
      measure.deadlocks.add();
      if (deadlocks++ === 0)
        record.note(`The first deadlock: client ${victim.client + 1} starts over.`, 'bad');
      if (victim.blockedSinceMs === undefined)
        throw new Error(`Expected a victim that waits, got transaction ${victim.id}.`);
      giveUp(victim);
    }
  };

  const waitIsOver = (of: Transaction): void => {
    if (of.blockedSinceMs === undefined) return;
    of.waitedMs += simulator.now - of.blockedSinceMs;
    of.blockedSinceMs = undefined;
    record.end(of.waitSpan, 'queued');
    const row = of.accesses[of.at]?.row ?? -1;
    lines.set(row, (lines.get(row) ?? 1) - 1);
    measure.blocked.set(--blocked);
  };

  /** The row is there: the statement needs a core. */
  const have = (of: Transaction): void => {
    const isHot = (of.accesses[of.at]?.row ?? 0) < parameters.hotRows;
    if (isStallDue && isHot) {
      isStallDue = false;
      record.note(`Client ${of.client + 1} stalls with row ${of.accesses[of.at]?.row}.`, 'bad');
      simulator.after(STALL_MS, () => work(of));
    } else work(of);
  };

  const work = (of: Transaction): void => {
    const place = of.attempt * 64 + of.at;
    const workMs = exponentialQuantile(
      context.keyedUniform('work', of.key, place),
      parameters.statementMs,
    );
    cores.work(workMs, () => {
      of.done++;
      of.at++;
      const { roundTripMs } = parameters;
      if (roundTripMs === 0) ask(of);
      else {
        const u = context.keyedUniform('round-trip', of.key, place);
        simulator.after(exponentialQuantile(u, roundTripMs), () => ask(of));
      }
    });
  };

  const attemptIsOver = (of: Transaction, isCommitted: boolean): void => {
    waitIsOver(of);
    record.end(of.span, isCommitted ? 'accepted' : 'failed');
    for (let i = 0; i < of.done; i++) measure.wasted.add(!isCommitted);
    for (const id of scheduler.end(of.id)) {
      const next = transactions.get(id);
      if (next?.blockedSinceMs === undefined)
        throw new Error(`Expected transactions that wait to go on, got ${id}, which does not.`);
      waitIsOver(next);
      have(next);
    }
  };

  const commit = (of: Transaction): void => {
    const { now } = simulator;
    transactions.delete(of.id);
    committed++;
    measure.commits.add();
    recent.commits.add(now);
    measure.latency.add(now - of.beganMs);
    measure.wait.add(of.waitedMs);
    attemptIsOver(of, true);
    start(of.client);
  };

  const giveUp = (of: Transaction): void => {
    abortions++;
    measure.aborts.add();
    recent.aborts.add(simulator.now);
    attemptIsOver(of, false);
    const doublings = Math.min(DOUBLINGS_MAX, of.attempt);
    of.attempt++;
    const u = context.keyedUniform('pause', of.key, of.attempt);
    const span = beginSpan(of, 'pause', 'pauses');
    pausing++;
    simulator.after(u * parameters.backoffMs * (1 << doublings), () => {
      pausing--;
      record.end(span, 'retried');
      attempt(of);
    });
  };

  const tick = (index: number): void => {
    const { now } = simulator;
    for (const [series, counts] of Object.entries(recent)) record.sample(series, counts.at(now));
    record.sample('blocked', blocked);
    record.sample('queued', cores.waiting);
    record.sample('pausing', pausing);
    record.state(DATABASE, 'busy', cores.busy);
    record.state(DATABASE, 'longest-line', Math.max(0, ...lines.values()));
    record.state(DATABASE, 'committed', committed);
    record.state(DATABASE, 'begun-anew', abortions);
    // A multiple, not a sum, so that ticks keep to their grid.
    const nextMs = (index + 1) * TICK_MS;
    if (nextMs <= untilMs) simulator.at(nextMs, tick, index + 1);
  };

  measure.busy.set(0);
  measure.blocked.set(0);
  tick(0);
  context.forEachArrival(start);

  return {
    stall: () => {
      isStallDue = true;
      record.note(
        `The next client that has a hot row leaves its transaction open for ${STALL_MS / 1000} s.`,
        'warning',
      );
    },
  };
}
