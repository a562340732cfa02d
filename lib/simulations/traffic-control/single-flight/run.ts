/** A run: users, instances that look into a shared cache, and the origin behind it. */
import { exponentialQuantile } from '../../../kernel/distributions';
import { log } from '../../../kernel/math';
import type { RunContext } from '../../../simulation/definition';
import type { StampedeMeasures } from './measures';
import type { Entry, Guard, GuardFactory, GuardOptions } from './models/guard';
import { singleFlight } from './models/single-flight';
import { Origin } from './origin';
import { capacityPerSecond, type parameters } from './parameters';
import { CACHE, ORIGIN, SERVICE } from './views';
import { watch } from './watch';

type Context = RunContext<typeof parameters, StampedeMeasures, GuardFactory>;

/** A look into the cache, and the way to the origin or back, ms. */
const CACHE_MS = 2;
const NETWORK_MS = 5;
/** How often levels are recorded. */
const TICK_MS = 250;
/** How long a release takes to be taken back, from the decision to the last instance. */
const ROLL_BACK_MS = 5000;
/** How long a replica takes until it answers, and how many fetches it works on at a time. */
const REPLICA_MS = 20_000;
/** For how long half of the users are turned away. */
const TURN_AWAY_MS = 10_000;

/** An entry, and when it was stored. */
interface Stored extends Entry {
  readonly storedMs: number;
}

/** A request that waits for a fetch. */
interface Waiter {
  readonly arrivedMs: number;
  isOpen: boolean;
  /** The event at which it is given up. */
  deadline: number;
}

/** A fetch that an instance has begun. */
interface Flight {
  readonly key: number;
  /** Under which the cache keeps it. */
  readonly name: number;
  readonly guard: Guard;
  readonly lease: number | undefined;
  readonly startedMs: number;
  readonly waiters: Waiter[];
  isOpen: boolean;
  deadline: number;
}

interface Instance {
  guard: Guard;
  /** The newest open flight of each name. */
  readonly flights: Map<number, Flight>;
}

export function run(context: Context) {
  const { simulator, parameters, record, untilMs } = context;
  const watcher = watch(context);
  const origin = new Origin(simulator, {
    workers: parameters.workers,
    queueLimit: parameters.queueLimit,
  });

  /** What it holds, by name: a release that names keys otherwise finds nothing, and shares no fetch. */
  const cache = new Map<number, Stored>();
  let release = 0;
  /** Of each release: the one that it took the place of. */
  const previous = [0];
  const nameOf = (key: number): number => release * parameters.keys + key;
  /** Requests that wait for a name to appear in the cache, since another instance fetches it. */
  const watchers = new Map<number, Waiter[]>();
  let fetches = 0;
  let stores = 0;
  let turnAwayUntilMs = 0;

  // Leases end by themselves; what has ended may be taken by the next.
  const leases = new Map<number, { readonly endMs: number; readonly token: number }>();
  const options: GuardOptions = {
    beta: parameters.beta,
    staleMs: parameters.staleMs,
    leaseMs: parameters.leaseMs,
    log,
    leases: {
      take(name, nowMs, endMs, token) {
        if ((leases.get(name)?.endMs ?? Number.NEGATIVE_INFINITY) > nowMs) return false;
        leases.set(name, { endMs, token });
        return true;
      },
      release(name, token) {
        if (leases.get(name)?.token === token) leases.delete(name);
      },
    },
  };
  const newInstance = (factory: GuardFactory): Instance => ({
    guard: factory(options),
    flights: new Map(),
  });
  const instances = Array.from({ length: parameters.instances }, () => newInstance(context.model));
  let factory = context.model;

  // Requests.

  const arrive = (row: number): void => {
    const { now } = simulator;
    watcher.asked();
    if (now < turnAwayUntilMs && context.keyedUniform('edge', row, 0) < 0.5) {
      watcher.ended(now, false);
      return;
    }
    const key = context.workload.key[row] ?? 0;
    const instance = instances[row % instances.length];
    if (!instance) throw new Error('Expected at least one instance, got none.');
    const name = nameOf(key);
    const entry = cache.get(name);
    const { answer, fetch, lease } = instance.guard.look({
      key: name,
      nowMs: now,
      entry,
      draw: 1 - context.keyedUniform('early', row, 0),
    });
    if (answer === 'cache' && !entry) {
      throw new Error('Expected a guard to answer from the cache only what is in it, got nothing.');
    }
    watcher.looked(answer === 'cache', entry !== undefined && now >= entry.expiresMs);
    const flight = fetch ? begin(instance, { key, name, lease }) : instance.flights.get(name);
    if (answer === 'cache') {
      watcher.ended(now, true, CACHE_MS);
      return;
    }
    const waiter: Waiter = { arrivedMs: now, isOpen: true, deadline: 0 };
    waiter.deadline = simulator.after(parameters.timeoutMs, () => settle(waiter, false));
    if (flight) flight.waiters.push(waiter);
    else if (!watchers.get(name)?.push(waiter)) watchers.set(name, [waiter]);
    watcher.waits(1);
    if (flight && !flight.isOpen) settle(waiter, false);
  };

  const settle = (waiter: Waiter, isAnswer: boolean): void => {
    if (!waiter.isOpen) return;
    waiter.isOpen = false;
    simulator.cancel(waiter.deadline);
    watcher.waits(-1);
    if (!isAnswer) watcher.gaveUp();
    watcher.ended(waiter.arrivedMs, isAnswer, CACHE_MS);
  };

  // Fetches.

  const begin = (
    instance: Instance,
    { key, name, lease }: Pick<Flight, 'key' | 'name' | 'lease'>,
  ): Flight => {
    const { now } = simulator;
    const number = fetches++;
    const flight: Flight = {
      key,
      name,
      guard: instance.guard,
      lease,
      startedMs: now,
      waiters: [],
      isOpen: true,
      deadline: 0,
    };
    instance.flights.set(name, flight);
    flight.deadline = simulator.after(parameters.timeoutMs, () => end(instance, flight, false));
    watcher.fetched();
    const isTaken = origin.offer({
      key,
      workMs: () => {
        const share = parameters.spreadPercent / 100;
        const draw = context.keyedUniform('work', key, number);
        const drawn = exponentialQuantile(draw, parameters.originMs * share);
        return parameters.originMs * (1 - share) + drawn;
      },
      onServed: () => served(instance, flight),
      onKilled: () => end(instance, flight, false),
    });
    watcher.level(origin.waiting, origin.alikeOf(key));
    // What is refused comes by the hundred, and is told by a number.
    if (isTaken) {
      record.message({ from: SERVICE, to: ORIGIN, kind: 'sent', arrivesAt: now + NETWORK_MS });
    } else {
      watcher.refused();
      end(instance, flight, false);
    }
    return flight;
  };

  const served = (instance: Instance, flight: Flight): void => {
    const { name, isOpen, startedMs } = flight;
    const { now } = simulator;
    const found = cache.get(name);
    const isLate = !isOpen;
    const isKnown = found !== undefined && found.expiresMs > now && found.storedMs >= startedMs;
    watcher.served({ isLate, isNeedless: (isLate && !parameters.keepsLate) || isKnown });
    record.message({
      from: ORIGIN,
      to: CACHE,
      kind: isLate ? 'expired' : 'accepted',
      arrivesAt: now + NETWORK_MS,
    });
    if (isOpen || parameters.keepsLate) store(name, now - startedMs);
    if (isOpen) end(instance, flight, true);
  };

  const store = (name: number, fetchMs: number): void => {
    const { now } = simulator;
    cache.set(name, { storedMs: now, expiresMs: now + lifeMs(), fetchMs });
    const waiting = watchers.get(name) ?? [];
    watchers.delete(name);
    for (const waiter of waiting) settle(waiter, true);
  };

  const lifeMs = (): number => {
    const jitter = (parameters.jitterPercent / 100) * context.keyedUniform('jitter', stores++, 0);
    return parameters.ttlMs * (1 - jitter);
  };

  const end = (instance: Instance, flight: Flight, isAnswer: boolean): void => {
    if (!flight.isOpen) return;
    flight.isOpen = false;
    simulator.cancel(flight.deadline);
    flight.guard.ended(flight.name, simulator.now, flight.lease);
    if (instance.flights.get(flight.name) === flight) instance.flights.delete(flight.name);
    for (const waiter of flight.waiters) settle(waiter, isAnswer);
  };

  // What befalls the cache, and what is seen of it.

  const deploy = (): void => {
    release = previous.push(release) - 1;
    record.note('A release goes live.');
  };

  const showCapacity = (): void =>
    record.sample(
      'capacity',
      capacityPerSecond({ workers: origin.workers, originMs: parameters.originMs }),
    );

  const tick = (index: number): void => {
    const { now } = simulator;
    let fresh = 0;
    for (let key = 0; key < parameters.keys; key++)
      if ((cache.get(nameOf(key))?.expiresMs ?? 0) > now) fresh++;
    record.state(CACHE, 'fresh', fresh);
    record.state(ORIGIN, 'busy', origin.busy);
    record.state(ORIGIN, 'waiting', origin.waiting);
    showCapacity();
    watcher.tick({ waiting: origin.waiting, alike: origin.alikeMost });
    // A multiple, not a sum, so that ticks keep to their grid.
    const nextMs = (index + 1) * TICK_MS;
    if (nextMs <= untilMs) simulator.at(nextMs, tick, index + 1);
  };

  const { warm, keys, ttlMs, originMs, deployAtMs } = parameters;
  if (warm !== 'nothing') {
    for (let key = 0; key < keys; key++) {
      const left = warm === 'spread' ? 1 - context.keyedUniform('age', key, 0) : 1;
      cache.set(key, { storedMs: 0, expiresMs: left * lifeMs(), fetchMs: originMs });
    }
  }
  if (warm === 'together') {
    const what = parameters.jitterPercent > 0 ? 'The last of what' : 'What';
    simulator.at(ttlMs, () => record.note(`${what} was stored at once expires.`));
  }
  if (deployAtMs > 0) simulator.at(deployAtMs, deploy);
  tick(0);
  context.forEachArrival(arrive);

  // What an operator can do.

  return {
    deploy,
    'roll-back': () => {
      if (release === 0) {
        record.note('There is no release to roll back.');
        return;
      }
      record.note('The release is rolled back; this takes five seconds.');
      const back = previous[release] ?? 0;
      simulator.after(ROLL_BACK_MS, () => {
        release = back;
        record.note('The previous release is live again, with the keys that it knows.', 'good');
      });
    },
    coalesce: () => {
      factory = singleFlight;
      for (const instance of instances) instance.guard = factory(options);
      record.note('Requests for one key are coalesced in each instance from now on.');
    },
    'kill-queries': () => {
      const killed = origin.kill();
      record.note(`All queries of the origin are killed: ${killed}.`, 'warning');
    },
    'empty-cache': () => {
      cache.clear();
      record.note('The cache is emptied.', 'warning');
    },
    'add-instances': () => {
      const count = instances.length;
      for (let i = 0; i < count; i++) instances.push(newInstance(factory));
      record.note(`The service has ${instances.length} instances now.`);
    },
    'add-replica': () => {
      record.note('A replica of the origin is ordered; it starts in twenty seconds.');
      simulator.after(REPLICA_MS, () => {
        origin.addWorkers(parameters.workers);
        record.note(
          `The replica answers: the origin works on ${origin.workers} fetches at a time now.`,
          'good',
        );
        showCapacity();
      });
    },
    'turn-away': () => {
      turnAwayUntilMs = simulator.now + TURN_AWAY_MS;
      record.note('Half of the users are turned away at the edge for ten seconds.', 'warning');
    },
  };
}
