/** A run: users whose clients time out and retry, a queue, and the instances behind it. */
import { exponentialQuantile } from '../../../kernel/distributions';
import { grouped } from '../../../kernel/grouped';
import type { RunContext } from '../../../simulation/definition';
import { scheduledAt } from '../../../simulation/parameters';
import type { OverloadMeasures } from './measures';
import { desiredInstances } from './models/autoscaler';
import type { Priority, QueueFactory, Waiting } from './models/request-queue';
import {
  BUDGET_MAX_PERCENT,
  capacityPerSecond,
  INSTANCES_MAX,
  type parameters,
} from './parameters';
import { type Job, Pool } from './pool';
import { CLIENTS, POOL, QUEUE } from './views';
import { watch } from './watch';

type Context = RunContext<typeof parameters, OverloadMeasures, QueueFactory>;

/** How often levels are recorded, and what befalls the service is looked up. */
const TICK_MS = 100;
/** Retries in reserve, on top of what the budget allows; in hundredths, as whole numbers. */
const RETRY = 100;
const RESERVE = 10 * RETRY;
/** The burst: so many times the capacity on top of the usual, for so long. */
const BURST_FACTOR = 3;
const BURST_MS = 5000;
/** Requests of bursts are numbered from here, far above those of any workload. */
const BURST_IDS = 1_000_000_000;
/** How many times as slow the database becomes by hand, and for how long. */
const HAND_SLOWNESS = 6;
const HAND_SLOW_MS = 6000;
/** For how long half of the users are turned away. */
const TURN_AWAY_MS = 10_000;
const ADDED_INSTANCES = 2;

interface Request {
  readonly id: number;
  readonly priority: Priority;
  readonly arrivedMs: number;
  attempts: number;
}

/** One try of a request. */
interface Attempt {
  readonly id: number;
  readonly request: Request;
  readonly number: number;
  /** Whether the client still waits for it. */
  isOpen: boolean;
  /** The event at which the client gives it up. */
  deadline: number;
}

export function run(context: Context) {
  const { simulator, parameters, record, measure, untilMs } = context;
  const { instances, workers, serviceMs, networkMs } = parameters;

  // Read each time, so that what is set during the run counts from then on.
  const queue = context.model({
    get queueLimit() {
      return parameters.queueLimit;
    },
    get neededMs() {
      return parameters.neededMs;
    },
    get targetMs() {
      return parameters.targetMs;
    },
    get intervalMs() {
      return parameters.intervalMs;
    },
    get shedding() {
      return sheddingByHand || parameters.shedding;
    },
    get lowRoom() {
      return parameters.lowRoom;
    },
  });
  const pool = new Pool(simulator, workers);
  /** Attempts in the queue, by their ids. */
  const inQueue = new Map<number, Attempt>();
  let attemptIds = 0;
  let starting = 0;
  let reserve = RESERVE;
  let forNobody = 0;

  // What operators have done.
  let retriesOff = false;
  let sheddingByHand = false;
  let turnAwayUntilMs = 0;
  let handSlowUntilMs = 0;
  let burstUntilMs = 0;
  let bursts = 0;

  const slowness = (): number =>
    Math.max(
      scheduledAt(parameters.slowdown, simulator.now),
      simulator.now < handSlowUntilMs ? HAND_SLOWNESS : 1,
    );
  const isSurging = (): boolean =>
    simulator.now < burstUntilMs ||
    scheduledAt(parameters.surge, simulator.now) > (parameters.surge[0]?.value ?? 1);

  const watcher = watch(context);

  // Clients.

  const arrive = (id: number): void => {
    const { now } = simulator;
    const isLow = context.keyedUniform('priority', id, 0) < parameters.lowPercent / 100;
    const request: Request = {
      id,
      priority: isLow ? 'low' : 'high',
      arrivedMs: now,
      attempts: 0,
    };
    watcher.asked();
    reserve = Math.min(RESERVE, reserve + parameters.retryBudgetPercent);
    if (now < turnAwayUntilMs && context.keyedUniform('edge', id, 0) < 0.5) {
      watcher.ended(request, 'failed');
    } else send(request);
  };

  const send = (request: Request): void => {
    const { now } = simulator;
    const attempt: Attempt = {
      id: attemptIds++,
      request,
      number: request.attempts++,
      isOpen: true,
      deadline: 0,
    };
    attempt.deadline = simulator.after(parameters.timeoutMs, () => settle(attempt, false));
    const deadlineMs = now + parameters.timeoutMs;
    record.message({
      from: CLIENTS,
      to: QUEUE,
      kind: attempt.number === 0 ? 'sent' : 'retried',
      arrivesAt: now + networkMs,
    });
    simulator.after(networkMs, () => reach(attempt, deadlineMs));
  };

  /** An answer has come back, or the client has lost its patience. */
  const settle = (attempt: Attempt, isAnswer: boolean): void => {
    if (!attempt.isOpen) return;
    attempt.isOpen = false;
    simulator.cancel(attempt.deadline);
    const { request } = attempt;
    if (isAnswer) {
      watcher.ended(request, 'accepted');
      return;
    }
    const isBudgeted = parameters.retryBudgetPercent < BUDGET_MAX_PERCENT;
    const isSpent = isBudgeted && reserve < RETRY;
    if (retriesOff || request.attempts >= parameters.attempts || isSpent) {
      watcher.ended(request, 'failed');
      return;
    }
    if (isBudgeted) reserve -= RETRY;
    const longestMs = parameters.backoffMs * (1 << (request.attempts - 1));
    const share = context.keyedUniform('backoff', request.id, request.attempts);
    simulator.after(longestMs * share, () => send(request));
  };

  // The service.

  const reach = (attempt: Attempt, deadlineMs: number): void => {
    const { now } = simulator;
    const { id, request } = attempt;
    watcher.offered();
    if (pool.ready === 0) {
      watcher.refused();
      refuse(attempt, 'failed');
      return;
    }
    // Who finds a free worker does not wait: no queue decides about that.
    if (pool.hasRoom()) {
      begin(attempt, 0);
      watcher.level(queue.length(), pool.utilisation);
      return;
    }
    const admission = queue.offer(
      { id, priority: request.priority, sinceMs: now, deadlineMs },
      now,
    );
    if (admission === 'queued') {
      inQueue.set(id, attempt);
      watcher.level(queue.length(), pool.utilisation);
      return;
    }
    watcher.refused();
    if (admission === 'shed') watcher.tell('Low priority is shed.', 'warning');
    else watcher.tell('The queue is full: requests are refused.', 'warning');
    refuse(attempt, 'rejected');
  };

  /** Tells the client no; the attempt is over for the service. */
  const refuse = (attempt: Attempt, kind: 'rejected' | 'failed'): void => {
    if (!attempt.isOpen) return;
    record.message({ from: QUEUE, to: CLIENTS, kind, arrivesAt: simulator.now + networkMs });
    simulator.after(networkMs, () => settle(attempt, false));
  };

  /** The attempt that the queue gives out. */
  const outOfQueue = ({ id }: Waiting): Attempt => {
    const attempt = inQueue.get(id);
    if (!attempt) {
      throw new Error(`A queue should give out what waits in it, once; attempt ${id} does not.`);
    }
    inQueue.delete(id);
    return attempt;
  };

  const drop = (waiting: Waiting): void => {
    const attempt = outOfQueue(waiting);
    watcher.refused();
    refuse(attempt, 'rejected');
  };

  /** Free workers take from the queue. */
  const dispatch = (): void => {
    while (pool.hasRoom()) {
      const waiting = queue.take(simulator.now, drop);
      if (!waiting) break;
      begin(outOfQueue(waiting), simulator.now - waiting.sinceMs);
    }
    watcher.level(queue.length(), pool.utilisation);
  };

  const begin = (attempt: Attempt, waitMs: number): void => {
    const { now } = simulator;
    const { request, number } = attempt;
    measure.wait.add(waitMs);
    const isWanted = attempt.isOpen;
    watcher.begun();
    if (!isWanted) forNobody++;
    record.message({
      from: QUEUE,
      to: POOL,
      kind: isWanted ? 'accepted' : 'expired',
      arrivesAt: now + networkMs,
    });
    const free = (): void => {
      if (!isWanted) forNobody--;
    };
    const job: Job = {
      workMs: exponentialQuantile(context.keyedUniform('work', request.id, number), serviceMs),
      onServed: () => {
        free();
        measure.wasted.add(!attempt.isOpen);
        answer(attempt, attempt.isOpen ? 'accepted' : 'expired');
        dispatch();
      },
      onLost: () => {
        free();
        answer(attempt, 'failed');
      },
    };
    pool.start(job);
  };

  const answer = (attempt: Attempt, kind: 'accepted' | 'expired' | 'failed'): void => {
    const arrivesAt = simulator.now + networkMs;
    record.message({ from: POOL, to: CLIENTS, kind, arrivesAt });
    simulator.at(arrivesAt, () => settle(attempt, kind !== 'failed'));
  };

  // Instances.

  const order = (count: number): void => {
    starting += count;
    for (let i = 0; i < count; i++) {
      simulator.after(parameters.startMs, () => {
        starting--;
        pool.add();
        record.note(`An instance is up: ${pool.ready} serve.`, 'good');
        dispatch();
        showPool();
      });
    }
    showPool();
  };

  const look = (): void => {
    const utilisation = pool.meanUtilisation();
    simulator.after(parameters.syncMs, look);
    if (!parameters.autoscale || pool.ready === 0) return;
    const desired = desiredInstances(
      { ready: pool.ready, starting, utilisation },
      { target: parameters.targetUtilisation / 100, most: INSTANCES_MAX },
    );
    const more = desired - pool.ready - starting;
    if (more <= 0) return;
    record.note(
      `The autoscaler saw ${Math.round(100 * utilisation)} % busy and orders ${more} more.`,
    );
    order(more);
  };

  const showPool = (): void => {
    const { ready } = pool;
    watcher.level(queue.length(), pool.utilisation);
    record.state(POOL, 'ready', ready);
    record.sample('ready', ready);
    record.sample('ordered', ready + starting);
    record.sample(
      'capacity',
      capacityPerSecond({ instances: ready, workers, serviceMs }) / slowness(),
    );
  };

  // What befalls the service, and what is seen of it.

  let condition: string | undefined;
  /** Brings the service into the condition that holds now, if it has changed. */
  const befall = (): void => {
    const slow = slowness();
    const now = slow > 1 ? `${slow} × slower` : 'as usual';
    watcher.troubled(slow > (parameters.slowdown[0]?.value ?? 1) || isSurging());
    if (now === condition) return;
    condition = now;
    pool.slowBy(slow);
    record.state(POOL, 'condition', now);
    showPool();
  };

  const tick = (index: number): void => {
    befall();
    const { now } = simulator;
    record.state(CLIENTS, 'in-hand', watcher.inHand());
    record.state(QUEUE, 'waiting', queue.length());
    record.state(QUEUE, 'age', Math.round(queue.ageMs(now)));
    record.state(POOL, 'utilisation', Math.round(100 * pool.utilisation));
    record.state(POOL, 'for-nobody', forNobody);
    measure.instancesMost.add(pool.ready);
    watcher.tick(index, { waiting: queue.length(), ageMs: queue.ageMs(now) });
    // A multiple, not a sum, so that ticks keep to their grid.
    const nextMs = (index + 1) * TICK_MS;
    if (nextMs <= untilMs) simulator.at(nextMs, tick, index + 1);
  };

  for (let i = 0; i < instances; i++) pool.add();
  showPool();
  tick(0);
  simulator.after(parameters.syncMs, look);
  context.forEachArrival(arrive);
  simulator.at(untilMs, watcher.finish);

  // What an operator can do.

  const emptyQueue = (): void => {
    for (const waiting of queue.clear(simulator.now)) drop(waiting);
    watcher.level(queue.length(), pool.utilisation);
  };

  return {
    burst: () => {
      const first = BURST_IDS * ++bursts;
      const count = Math.round((capacityPerSecond(parameters) * BURST_FACTOR * BURST_MS) / 1000);
      burstUntilMs = simulator.now + BURST_MS;
      record.note(`A burst: ${grouped(count)} more requests within five seconds.`, 'bad');
      for (let i = 0; i < count; i++)
        simulator.after((i * BURST_MS) / count, () => arrive(first + i));
      befall();
    },
    'slow-database': () => {
      handSlowUntilMs = simulator.now + HAND_SLOW_MS;
      record.note(`The database becomes ${HAND_SLOWNESS} times as slow for six seconds.`, 'bad');
      befall();
    },
    'stop-retries': () => {
      retriesOff = true;
      record.note('Retries are turned off in all clients.');
    },
    'shed-low': () => {
      sheddingByHand = true;
      record.note('Low priority is shed from now on.');
    },
    'drop-queue': () => {
      record.note(`The queue is dropped: ${grouped(queue.length())} attempts.`);
      emptyQueue();
    },
    restart: () => {
      const count = pool.ready;
      record.note(
        'All instances are restarted; connections are refused until one is up.',
        'warning',
      );
      emptyQueue();
      for (let i = 0; i < count; i++) pool.remove();
      order(count);
    },
    'add-instances': () => {
      record.note(`${ADDED_INSTANCES} more instances are ordered.`);
      order(ADDED_INSTANCES);
    },
    'lose-instance': () => {
      if (pool.ready === 0) return;
      record.note('An instance is lost, with what it was serving.', 'bad');
      pool.remove();
      showPool();
    },
    'turn-away': () => {
      turnAwayUntilMs = simulator.now + TURN_AWAY_MS;
      record.note('Half of the users are turned away at the edge for ten seconds.', 'warning');
    },
  };
}
