/** A run: requests that need a connection, the pool that has so many, and the database behind it. */
import { exponentialQuantile } from '../../../kernel/distributions';
import { RecentCount } from '../../../kernel/statistics';
import type { RunContext } from '../../../simulation/definition';
import { Database, type Query } from './database';
import type { PoolMeasures } from './measures';
import type { PoolFactory } from './models/pool';
import type { parameters } from './parameters';
import { DATABASE } from './views';

type Context = RunContext<typeof parameters, PoolMeasures, PoolFactory>;

const RATE_MS = 1000;
const TICK_MS = 250;
/** Queries that have run for so long are killed by hand. */
const KILL_AFTER_MS = 500;

interface Request {
  readonly id: number;
  readonly isReport: boolean;
  readonly arrivedMs: number;
  /** How long it may take: what was set when it came. */
  readonly timeoutMs: number;
  isOpen: boolean;
  deadline: number;
}

export function run(context: Context) {
  const { simulator, parameters, record, measure, untilMs } = context;
  const pool = context.model({
    get size() {
      return parameters.poolSize;
    },
    get waitersMax() {
      return parameters.waitersMax;
    },
  });
  const database = new Database(simulator, parameters.cores, parameters.contentionPercent / 100);
  const waiting = new Map<number, Request>();
  const recent = {
    asked: new RecentCount(RATE_MS),
    good: new RecentCount(RATE_MS),
    failed: new RecentCount(RATE_MS),
    queries: new RecentCount(RATE_MS),
  };
  let gaveUp = 0;
  let isSlow = false;
  let isShed = false;
  const told = new Set<string>();
  const tell = (text: string): void => {
    if (told.has(text)) return;
    told.add(text);
    record.note(text, 'warning');
  };

  const arrive = (id: number): void => {
    const { now } = simulator;
    measure.requests.add();
    recent.asked.add(now);
    const isReport = context.keyedUniform('route', id, 0) < parameters.reportPercent / 100;
    const { timeoutMs } = parameters;
    const request: Request = {
      id,
      isReport,
      arrivedMs: now,
      timeoutMs,
      isOpen: true,
      deadline: 0,
    };
    if (isShed && isReport) {
      end(request, false);
      return;
    }
    const admission = pool.acquire(id);
    if (admission === 'refused') {
      tell('Requests are refused: too many wait for a connection.');
      end(request, false);
      return;
    }
    if (admission === 'granted') {
      query(request);
      return;
    }
    waiting.set(id, request);
    measure.waitingMost.add(pool.waiting());
    request.deadline = simulator.after(timeoutMs, () => {
      waiting.delete(id);
      pool.giveUp(id);
      gaveUp++;
      tell('Requests give up waiting for a connection.');
      end(request, false);
    });
  };

  const end = (request: Request, isAnswer: boolean): void => {
    if (!request.isOpen) return;
    request.isOpen = false;
    const { now } = simulator;
    const tookMs = now - request.arrivedMs;
    const isGood = isAnswer && tookMs <= request.timeoutMs;
    measure.endings.add();
    measure.answered.add(isGood);
    (isGood ? recent.good : recent.failed).add(now);
    if (!isGood) return;
    measure.goodput.add();
    measure.latency.add(tookMs);
  };

  /** The request has a connection. */
  const query = (request: Request): void => {
    const { now } = simulator;
    const { id, isReport } = request;
    measure.wait.add(now - request.arrivedMs);
    measure.inUse.set(pool.inUse());
    const mean = isReport && isSlow ? parameters.slowMs : parameters.queryMs;
    const release = (): void => {
      measure.hold.add(simulator.now - now);
      if (limit !== undefined) simulator.cancel(limit);
      serve(pool.release());
      measure.inUse.set(pool.inUse());
    };
    const made: Query = {
      workMs: exponentialQuantile(context.keyedUniform('work', id, 0), mean),
      isReport,
      sinceMs: now,
      onDone: () => {
        measure.queries.add();
        recent.queries.add(simulator.now);
        end(request, true);
        release();
      },
      onEnded: () => {
        end(request, false);
        release();
      },
    };
    const { statementTimeoutMs } = parameters;
    const limit =
      statementTimeoutMs > 0
        ? simulator.after(statementTimeoutMs, () => database.end(made))
        : undefined;
    database.begin(made);
  };

  /** Whoever is next has the connection now. */
  const serve = (id: number | undefined): void => {
    if (id === undefined) return;
    const request = waiting.get(id);
    if (!request) {
      throw new Error(`Expected a pool to serve whoever waits, once; request ${id} does not.`);
    }
    waiting.delete(id);
    simulator.cancel(request.deadline);
    query(request);
  };

  context.whenChanged((parameter) => {
    if (parameter !== 'poolSize') return;
    record.note(`The pool has ${parameters.poolSize} connections now.`);
    for (const id of pool.grown()) serve(id);
  });

  const tick = (index: number): void => {
    const { now } = simulator;
    const queries = database.all();
    const reports = queries.filter(({ isReport }) => isReport).length;
    for (const [series, counts] of Object.entries(recent)) record.sample(series, counts.at(now));
    record.sample('in-use', pool.inUse());
    record.sample('waiting', pool.waiting());
    record.sample('held-by-reports', reports);
    record.sample('held-by-others', queries.length - reports);
    record.state(DATABASE, 'in-progress', queries.length);
    const oldestMs = Math.max(0, ...queries.map(({ sinceMs }) => now - sinceMs));
    record.state(DATABASE, 'oldest', Math.round(oldestMs));
    record.state(DATABASE, 'gave-up', gaveUp);
    if (oldestMs > parameters.timeoutMs) tell('Queries run for longer than users wait.');
    // A multiple, not a sum, so that ticks keep to their grid.
    const nextMs = (index + 1) * TICK_MS;
    if (nextMs <= untilMs) simulator.at(nextMs, tick, index + 1);
  };

  measure.inUse.set(0);
  tick(0);
  if (parameters.slowAtMs > 0) {
    simulator.at(parameters.slowAtMs, () => {
      isSlow = true;
      record.note('The nightly statistics of the tables are done.');
    });
  }
  context.forEachArrival(arrive);

  return {
    'kill-slow': () => {
      const old = database.all().filter(({ sinceMs }) => simulator.now - sinceMs > KILL_AFTER_MS);
      record.note(
        `Queries that ran for more than half a second are killed: ${old.length}.`,
        'warning',
      );
      for (const made of old) database.end(made);
    },
    'shed-reports': () => {
      isShed = true;
      record.note('Reports are refused from now on.', 'warning');
    },
    'slow-down': () => {
      isSlow = true;
      record.note('The query of the report has lost its index.', 'bad');
    },
    'mend-query': () => {
      isSlow = false;
      record.note('The query of the report has its index again; those in progress go on.', 'good');
    },
  };
}
