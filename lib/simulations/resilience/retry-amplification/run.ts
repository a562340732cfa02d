/**
 * Users, three services in a row, and a database that fails: each service calls the next, and may
 * call again what has failed.
 */
import { NOT_RECORDED, type SpanId } from '../../../kernel/recording';
import type { RunContext } from '../../../simulation/definition';
import type { measures as Measured } from './measures';
import type { CreateRetrier } from './models/retrier';
import { type parameters as Declared, OUTAGE } from './parameters';
import { CALLED, type Called, DATABASE, SERVICES, TICK_MS, USERS } from './views';

/** One request in so many has its trace recorded: enough to read, few enough to keep. */
const TRACED_EVERY = 10;

interface Request {
  readonly number: number;
  readonly isTraced: boolean;
  /** Calls that the database got for it, and waits of its retries: the numbers of their draws. */
  databaseCalls: number;
  waits: number;
}

interface Answer {
  readonly isSuccess: boolean;
  /** Whether the callee, or somebody below it, has tried again. */
  readonly gaveUp: boolean;
}

interface Call {
  readonly request: Request;
  /** Place of the callee among those that are called, from the top. */
  readonly depth: number;
  readonly isRetry: boolean;
  readonly parent: SpanId;
  readonly answer: (given: Answer) => void;
}

/** How often something happened within the last second, as seen at the ticks. */
class LastSecond {
  private readonly ticks = new Uint32Array(1000 / TICK_MS);
  private present = 0;

  add(): void {
    this.ticks[this.present] = (this.ticks[this.present] ?? 0) + 1;
  }

  /** The count, and the end of a tick. */
  take(): number {
    const count = this.ticks.reduce((sum, each) => sum + each, 0);
    this.present = (this.present + 1) % this.ticks.length;
    this.ticks[this.present] = 0;
    return count;
  }
}

export function run({
  simulator,
  parameters,
  forEachArrival,
  model,
  keyedUniform,
  record,
  measure,
}: RunContext<typeof Declared, typeof Measured, CreateRetrier>) {
  const { hopMs, waitMs, layers, attempts, budgetPercent, tokensMax } = parameters;
  const retriers = SERVICES.map((_, depth) =>
    model({
      attemptsMax: SERVICES.length - depth <= layers ? attempts : 1,
      ratio: budgetPercent / 100,
      tokensMax,
    }),
  );
  /** What an intervention has made of the database: the share of its calls that fail, %. */
  let forcedFailPercent: number | undefined;

  const failPercent = (): number => {
    if (forcedFailPercent !== undefined) return forcedFailPercent;
    const isIll =
      parameters.outage === 'always' ||
      (simulator.now >= OUTAGE.fromMs && simulator.now < OUTAGE.untilMs);
    return isIll ? parameters.failPercent : 0;
  };
  const noteDatabase = (): void => {
    if (failPercent() === 0) record.note('The database answers every call.', 'good');
    else if (failPercent() === 100) record.note('Every call to the database fails.', 'bad');
    else record.note(`${failPercent()} % of the calls to the database fail.`, 'bad');
  };

  const called = new Map<Called, LastSecond>(CALLED.map((id) => [id, new LastSecond()]));
  const ended = { answered: new LastSecond(), failed: new LastSecond() };
  const tick = (): void => {
    for (const [id, lastSecond] of called) {
      const count = lastSecond.take();
      record.sample(id, count);
      record.state(id, 'rate', count);
      if (id === DATABASE) measure.peak.add(count);
    }
    record.sample('answered', ended.answered.take());
    record.sample('failed', ended.failed.take());
    simulator.after(TICK_MS, tick);
  };

  /** A call to the database; what it gives back depends on its number alone, whatever the rule. */
  const query = (request: Request): Answer => {
    const draw = keyedUniform('failures', request.number, request.databaseCalls++);
    measure.databaseCalls.add();
    return { isSuccess: 100 * draw >= failPercent(), gaveUp: false };
  };

  /** A service at work: it calls the next until that succeeds or its rule says no. */
  const serve = (
    depth: number,
    { request, span }: { request: Request; span: SpanId },
    answer: (given: Answer) => void,
  ): void => {
    const retrier = retriers[depth];
    if (!retrier) {
      answer(query(request));
      return;
    }
    retrier.begin();
    const attempt = (number: number): void =>
      call({
        request,
        depth: depth + 1,
        isRetry: number > 1,
        parent: span,
        answer: ({ isSuccess, gaveUp }) => {
          if (isSuccess) retrier.succeeded();
          else retrier.failed();
          if (isSuccess || !retrier.shouldRetry({ attempts: number, gaveUp })) {
            answer({ isSuccess, gaveUp: gaveUp || number > 1 });
            return;
          }
          const draw = keyedUniform('waits', request.number, request.waits++);
          simulator.after(draw * waitMs, () => attempt(number + 1));
        },
      });
    attempt(1);
  };

  const call = ({ request, depth, isRetry, parent, answer }: Call): void => {
    const caller = SERVICES[depth - 1] ?? USERS;
    const callee = SERVICES[depth] ?? DATABASE;
    const span = request.isTraced
      ? record.begin({ lane: callee, kind: isRetry ? 'retry' : 'call', parent })
      : NOT_RECORDED;
    record.message({
      from: caller,
      to: callee,
      kind: isRetry ? 'retried' : 'sent',
      arrivesAt: simulator.now + hopMs,
    });
    simulator.after(hopMs, () => {
      called.get(callee)?.add();
      serve(depth, { request, span }, (given) => {
        const kind = given.isSuccess ? 'accepted' : 'failed';
        record.message({ from: callee, to: caller, kind, arrivesAt: simulator.now + hopMs });
        simulator.after(hopMs, () => {
          record.end(span, kind);
          answer(given);
        });
      });
    });
  };

  tick();
  if (parameters.outage === 'always') noteDatabase();
  else
    for (const atMs of [OUTAGE.fromMs, OUTAGE.untilMs])
      simulator.at(atMs, () => {
        if (forcedFailPercent === undefined) noteDatabase();
      });

  forEachArrival((number) => {
    const request: Request = {
      number,
      isTraced: number % TRACED_EVERY === 0,
      databaseCalls: 0,
      waits: 0,
    };
    const startedMs = simulator.now;
    measure.requests.add();
    call({
      request,
      depth: 0,
      isRetry: false,
      parent: NOT_RECORDED,
      answer: ({ isSuccess }) => {
        ended[isSuccess ? 'answered' : 'failed'].add();
        measure.answered.add(isSuccess);
        measure.amplification.add(request.databaseCalls);
        measure.latency.add(simulator.now - startedMs);
      },
    });
  });

  const force = (percent: number) => () => {
    forcedFailPercent = percent;
    noteDatabase();
  };
  return { break: force(100), restore: force(0) };
}
