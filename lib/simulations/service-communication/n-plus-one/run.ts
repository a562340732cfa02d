/** Requests with one nested query: their resolvers, the loaders between, and the pool of connections. */
import { Resource } from '../../../kernel/resource';
import type { RunContext } from '../../../simulation/definition';
import type { NPlusOneMeasures } from './measures';
import type { Loader, LoaderFactory, Row } from './models/loader';
import { FOLLOWED_PER_SECOND, type parameters } from './parameters';
import { keyOf, nameOf } from './shape';
import { connectionLane, POOL, SERVER } from './views';

type Context = RunContext<typeof parameters, NPlusOneMeasures, LoaderFactory>;

/** Requests of a burst. */
const BURST = 10;
const SAMPLE_MS = 100;
/** An answer exactly at the deadline is in time, wherever sums of floating-point numbers put it. */
const ROUNDING_MS = 1e-6;

/** One request, with the shape that its query had when it came. */
interface Request {
  readonly id: number;
  readonly arrivedMs: number;
  readonly depth: number;
  readonly fanOut: number;
  readonly sameKey: number;
  /** Row of its span in the recording. */
  readonly span: number | undefined;
  /** A loader for each level, made when it is first needed. */
  readonly loaders: Map<number, Loader>;
  /** Resolvers that have begun and not ended. */
  open: number;
  queries: number;
  rows: number;
  isAnswered: boolean;
}

interface Statement {
  readonly label: string;
  readonly rows: number;
}

export function run(context: Context) {
  const { simulator, parameters, workload, model, keyedUniform, record, measure } = context;
  const isFollowed = parameters.requestsPerSecond <= FOLLOWED_PER_SECOND;
  const connections: boolean[] = [];
  let drawn = workload.length;
  let arrived = 0;
  let inTime = 0;
  let asked = 0;

  const pool = new Resource(simulator, {
    capacity: parameters.poolSize,
    name: 'pool',
    onChange: ({ busy, queueLength }) => {
      measure.busy.set(busy);
      measure.waitingMost.add(queueLength);
    },
  });

  // A tick is an event with all that it makes ready, as a turn of Node's event loop is: what runs
  // after it comes before the next event, even if that one is due at the same moment.
  const jobs: (() => void)[] = [];
  const tick = (work: () => void): void => {
    work();
    for (let job = jobs.shift(); job; job = jobs.shift()) job();
  };

  context.whenChanged((parameter) => {
    if (parameter === 'poolSize') pool.setCapacity(parameters.poolSize);
  });

  /** Asks the database as soon as there is a connection; `done` is a tick of its own. */
  const ask = (request: Request, { label, rows }: Statement, done: () => void): void => {
    const askedMs = simulator.now;
    request.queries++;
    request.rows += rows;
    asked++;
    if (isFollowed) record.sample('queries', asked);
    const isWaiting = pool.busy >= pool.capacity;
    const wait =
      isFollowed && isWaiting
        ? record.begin({ lane: POOL, kind: 'wait', label: 'waits', parent: request.span })
        : undefined;
    const claim = pool.request(() => {
      measure.wait.add(simulator.now - askedMs);
      if (wait !== undefined) record.end(wait, 'queued');
      const free = connections.indexOf(false);
      const place = free >= 0 ? free : connections.length;
      connections[place] = true;
      const span = isFollowed
        ? record.begin({
            lane: connectionLane(place),
            kind: 'statement',
            label,
            parent: request.span,
          })
        : undefined;
      simulator.after(parameters.latencyMs + parameters.rowMs * rows, () => {
        if (span !== undefined) record.end(span, 'accepted');
        connections[place] = false;
        measure.done.add();
        claim.release();
        tick(done);
      });
    });
  };

  const loaderOf = (request: Request, level: number): Loader => {
    const found = request.loaders.get(level);
    if (found) return found;
    const made = model({
      query: (keys, done) => {
        measure.keys.add(keys.length);
        const label = `SELECT ${nameOf(level, keys)}`;
        ask(request, { label, rows: keys.length * request.fanOut }, () =>
          // A database returns rows in the order in which it finds them: here, the last key first.
          done(keys.map((key): Row => ({ key, value: key })).reverse()),
        );
      },
      afterTick: (job) => jobs.push(job),
      after: (delayMs, job) => {
        simulator.after(delayMs, () => tick(job));
      },
      batchMax: parameters.batchMax,
      windowMs: parameters.windowMs,
    });
    request.loaders.set(level, made);
    return made;
  };

  /** The resolver of the object in this place of its level, and all below it. */
  const resolve = (request: Request, level: number, place: number): void => {
    const { depth, fanOut, sameKey } = request;
    request.open++;
    const key = keyOf(place, sameKey);
    const load = (): void =>
      loaderOf(request, level).load(key, (row) => {
        if (row?.key !== key) measure.mixedUp.add();
        if (level < depth)
          for (let child = 0; child < fanOut; child++)
            resolve(request, level + 1, place * fanOut + child);
        request.open--;
        if (request.open === 0) answer(request);
      });
    if (parameters.awaitMs === 0) load();
    else {
      const share = keyedUniform(`await-${level}`, request.id, place);
      simulator.after(share * parameters.awaitMs, () => tick(load));
    }
  };

  const answer = (request: Request): void => {
    const tookMs = simulator.now - request.arrivedMs;
    request.isAnswered = true;
    if (request.span !== undefined) record.end(request.span, 'accepted');
    measure.queries.add(request.queries);
    measure.rows.add(request.rows);
    measure.latency.add(tookMs);
    measure.answered.add();
    if (tookMs <= parameters.deadlineMs + ROUNDING_MS) inTime++;
  };

  const arrive = (id: number): void => {
    const { listSize, depth, fanOut, sameKey } = parameters;
    arrived++;
    const request: Request = {
      id,
      arrivedMs: simulator.now,
      depth,
      fanOut,
      sameKey,
      span: isFollowed
        ? record.begin({ lane: SERVER, kind: 'request', label: `{ orders(first: ${listSize}) }` })
        : undefined,
      loaders: new Map(),
      open: 0,
      queries: 0,
      rows: 0,
      isAnswered: false,
    };
    simulator.after(parameters.deadlineMs + ROUNDING_MS, () =>
      measure.inTime.add(request.isAnswered),
    );
    ask(request, { label: `SELECT ${listSize} orders`, rows: listSize }, () => {
      for (let place = 0; place < listSize; place++) resolve(request, 1, place);
    });
  };

  const sample = (index: number): void => {
    record.sample('queries', asked);
    record.sample('waiting', pool.queueLength);
    record.sample('arrived', arrived);
    record.sample('in-time', inTime);
    // A multiple, not a sum, so that samples keep to their grid.
    simulator.at((index + 1) * SAMPLE_MS, sample, index + 1);
  };

  measure.busy.set(0);
  measure.waitingMost.add(0);
  sample(0);
  context.forEachArrival(arrive);

  return {
    burst: () => {
      record.note(`${BURST} requests arrive at once.`, 'warning');
      for (let i = 0; i < BURST; i++) arrive(drawn++);
    },
  };
}
