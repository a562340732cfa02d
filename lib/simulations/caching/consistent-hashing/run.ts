import { grouped } from '../../../kernel/grouped';
import type { RunContext } from '../../../simulation/definition';
import type { measures } from './measures';
import { hash } from './models/hash';
import type { Placement, PlacementFactory, PlacementOptions } from './models/placement';
import { NAMES, NODES } from './nodes';
import { HAPPENS_MS, type parameters } from './parameters';
import { LastSecond, Limit, Store } from './server';
import { spreadOf } from './spread';

type Context = RunContext<typeof parameters, typeof measures, PlacementFactory>;

/** Number of places on the circle of hashes: 2³². */
const CIRCLE = 4_294_967_296;
/** How often a chart gets a point, simulated ms: a quarter of the second that `LastSecond` counts. */
const TICK_MS = 250;
/** As many keys of a log as a ring can draw; the most popular come first. */
const KEYS_DRAWN = 1000;
/** The cache that is lost where a scenario loses one. */
const LOST = 'cache-2';

/** A cache that is asked: as a member, or still, after it is lost and before that is noticed. */
interface Cache {
  readonly store: Store;
  readonly limit: Limit;
  readonly asked: LastSecond;
  isLost: boolean;
}

/**
 * Cache-aside: a service asks its own memory, then a cache that the scheme names, then the database,
 * and stores what the database answers.
 */
export function run(context: Context) {
  const { simulator, parameters, model, record, measure } = context;
  const names = context.workload.keys;
  const caches = new Map<string, Cache>();
  /** While owners are settled, no load is counted: whose a key is, not who answers at this moment. */
  let isSettling = false;
  const placement = underNames(model, {
    salt: context.random('names').nextInteger(1_000_000_000),
    positions: parameters.positions,
    loadFactor: parameters.loadFactor,
    loadOf: (node) => (isSettling ? 0 : (caches.get(node)?.asked.count ?? 0)),
  });
  const database = { limit: new Limit(parameters.databasePerSecond), asked: new LastSecond() };
  const answered = { all: new LastSecond(), byCaches: new LastSecond() };
  /** Until when each service keeps each key, simulated ms; by service and key. */
  const near = new Map<number, number>();
  const hotKey = names.length - 1;
  let isHot = false;

  const openCache = (node: string): Cache => {
    const cache: Cache = {
      store: new Store(parameters.capacity),
      limit: new Limit(parameters.cachePerSecond),
      asked: new LastSecond(),
      isLost: false,
    };
    caches.set(node, cache);
    return cache;
  };

  function request(row: number): void {
    const { workload } = context;
    const isForHot = isHot && (workload.draw[row] ?? 1) * 100 < parameters.hotPercent;
    const key = isForHot ? hotKey : (workload.key[row] ?? 0);
    measure.byKey.add(key, 'requests');
    answered.all.add();
    const place = placeOf(row, key);
    const isNear = place !== undefined && simulator.now < (near.get(place) ?? 0);
    const missedAt: Cache[] = [];
    const isHit = isNear || askCaches({ row, key, missedAt });
    const isAnswered = isHit || askDatabase(key);
    if (isAnswered) for (const { store } of missedAt) store.put(key);
    if (isAnswered && !isNear && place !== undefined)
      near.set(place, simulator.now + parameters.nearMs);
    if (isHit) answered.byCaches.add();
    measure.nearShare.add(isNear);
    measure.hitShare.add(isHit);
    measure.failed.add(!isAnswered);
  }

  /** Where the key lies in the memory of the service that asks; undefined if it keeps nothing. */
  function placeOf(row: number, key: number): number | undefined {
    const { nearMs, services } = parameters;
    if (nearMs === 0) return undefined;
    const service = Math.floor(context.keyedUniform('service', row, 0) * services);
    return service * names.length + key;
  }

  /** Asks one of the caches that keep the key, then the others; adds those that did not have it. */
  function askCaches(options: {
    readonly row: number;
    readonly key: number;
    readonly missedAt: Cache[];
  }): boolean {
    const { row, key, missedAt } = options;
    const owners = placement.ownersOf(names[key] ?? '', parameters.copies);
    const first =
      owners.length > 1 ? Math.floor(context.keyedUniform('copy', row, 0) * owners.length) : 0;
    for (let i = 0; i < owners.length; i++) {
      const cache = caches.get(owners[(first + i) % owners.length] ?? '');
      if (!cache || cache.isLost) continue;
      cache.asked.add();
      if (!cache.limit.take(simulator.now)) continue;
      if (cache.store.use(key)) return true;
      missedAt.push(cache);
    }
    return false;
  }

  /** Whether the database answers. */
  function askDatabase(key: number): boolean {
    database.asked.add();
    measure.databasePerSecond.add();
    measure.byKey.add(key, 'reads');
    return database.limit.take(simulator.now);
  }

  const alive = (): readonly (readonly [string, Cache])[] =>
    [...caches].filter(([, { isLost }]) => !isLost);

  const tick = (): void => {
    const counts = alive().map(([, { asked }]) => asked.count);
    const most = Math.max(0, ...counts);
    const total = counts.reduce((sum, count) => sum + count, 0);
    measure.cachePeak.add(most);
    measure.databasePeak.add(database.asked.count);
    if (total > 0) measure.imbalance.set((most * counts.length) / total);
    if (record.isRecording() && simulator.now >= 1000) {
      record.sample('database', database.asked.count);
      record.sample('busiest', most);
      if (answered.all.count > 0)
        record.sample('hits', (100 * answered.byCaches.count) / answered.all.count);
      for (const [node, { asked, isLost }] of caches)
        record.state(node, 'asked', isLost ? 0 : asked.count);
    }
    for (const each of [database.asked, answered.all, answered.byCaches]) each.turn();
    for (const { asked } of caches.values()) asked.turn();
    simulator.after(TICK_MS, tick);
  };

  const owners: (string | undefined)[] = [];

  /** Asks anew whose every key is; returns how many have moved. */
  function settle(changed: string | undefined): number {
    isSettling = true;
    let moved = 0;
    for (const [i, key] of names.entries()) {
      const [owner] = placement.ownersOf(key, 1);
      const former = owners[i];
      if (changed !== undefined) {
        measure.moved.add(owner !== former);
        measure.needless.add(owner !== former && owner !== changed && former !== changed);
      }
      if (owner === former) continue;
      owners[i] = owner;
      if (i < KEYS_DRAWN) record.state(key, 'owner', owner ?? '');
      if (changed !== undefined) moved++;
    }
    isSettling = false;
    const counts = new Map([...caches.keys()].map((node) => [node, 0]));
    for (const owner of owners)
      if (owner !== undefined) counts.set(owner, (counts.get(owner) ?? 0) + 1);
    measure.spread.set(100 * spreadOf([...counts.values()]));
    measure.most.set((Math.max(...counts.values()) * counts.size) / names.length);
    return moved;
  }

  const showPositions = (node: string): void =>
    record.state(
      node,
      'positions',
      caches.has(node)
        ? placement
            .positionsOf(node)
            .map((at) => (at / CIRCLE).toFixed(5))
            .join(' ')
        : '',
    );

  /** After `placement` has changed: what that moves. */
  function tellMoved(node: string, what: string): void {
    showPositions(node);
    const moved = settle(node);
    const percent = (100 * moved) / names.length;
    record.sample('moved', percent);
    record.note(
      `${NAMES[node] ?? node} ${what}: ${grouped(moved)} of ${grouped(names.length)} keys move.`,
      percent > 50 ? 'bad' : 'plain',
    );
  }

  function join(node: string): void {
    const known = caches.get(node);
    if (known) {
      const name = NAMES[node] ?? node;
      if (known.isLost) {
        // Nothing moves: to those who ask it never was away.
        openCache(node);
        record.note(`${name} is back, empty, before anybody has noticed.`, 'good');
      } else record.note(`${name} is a member already.`);
      return;
    }
    openCache(node);
    placement.join(node);
    tellMoved(node, 'joins');
  }

  function leave(node: string): void {
    const cache = caches.get(node);
    const name = NAMES[node] ?? node;
    if (!cache || cache.isLost || alive().length === 1) {
      const isLast = cache && !cache.isLost;
      record.note(`${name} ${isLast ? 'stays: it is the last one' : 'is no member'}.`, 'warning');
      return;
    }
    cache.isLost = true;
    const takeOut = (): void => {
      // It has come back meanwhile, and may have been lost again: that is noticed by itself.
      if (caches.get(node) !== cache) return;
      caches.delete(node);
      placement.leave(node);
      record.state(node, 'asked', 0);
      tellMoved(node, 'is taken out');
    };
    if (parameters.noticeMs === 0) takeOut();
    else {
      record.note(`${name} is lost, and nobody has noticed.`, 'bad');
      simulator.after(parameters.noticeMs, takeOut);
    }
  }

  function turnHot(): void {
    const { hotPercent } = parameters;
    record.note(
      `${names[hotKey] ?? ''} is hot: ${hotPercent} % of the requests ask for it.`,
      'warning',
    );
    isHot = true;
  }

  for (const [i, { id }] of NODES.entries()) {
    if (i < parameters.nodes) {
      openCache(id);
      placement.join(id);
    }
    showPositions(id);
    record.state(id, 'asked', 0);
  }
  for (const key of names.slice(0, KEYS_DRAWN)) record.state(key, 'position', hash(key) / CIRCLE);
  record.sample('moved', 0);
  settle(undefined);
  fill();

  /** The caches hold at first what they would hold after a while: the most popular of their keys. */
  function fill(): void {
    isSettling = true;
    for (let key = names.length - 1; key >= 0; key--)
      for (const owner of placement.ownersOf(names[key] ?? '', parameters.copies))
        caches.get(owner)?.store.put(key);
    isSettling = false;
  }

  simulator.after(TICK_MS, tick);
  context.forEachArrival(request);

  const { happens } = parameters;
  if (happens === 'join' || happens === 'changes')
    simulator.at(HAPPENS_MS, () => join(NODES[parameters.nodes]?.id ?? ''));
  if (happens === 'changes') {
    simulator.at(2 * HAPPENS_MS, () => leave(LOST));
    simulator.at(3 * HAPPENS_MS, () => join(LOST));
  }
  if (happens === 'leave') simulator.at(HAPPENS_MS, () => leave(LOST));
  if (happens === 'hot') simulator.at(HAPPENS_MS, turnHot);

  const named = (does: (node: string) => void) => (target: string | undefined) => {
    if (target === undefined || !Object.hasOwn(NAMES, target))
      throw new Error(
        `Expected one of ${Object.keys(NAMES).join(', ')}, got "${target}". Name the cache.`,
      );
    does(target);
  };
  return { join: named(join), leave: named(leave), hot: turnHot };
}

/**
 * A placement of the nodes by their ids that hashes them by names which no other seed has, as keys
 * have: each seed is another ring.
 */
function underNames(
  model: PlacementFactory,
  { salt, loadOf, ...options }: PlacementOptions & { readonly salt: number },
): Placement {
  const nameOf = (id: string): string => `${id}.${salt}`;
  const ids = new Map(NODES.map(({ id }) => [nameOf(id), id]));
  const idOf = (name: string): string => ids.get(name) ?? name;
  const placement = model({ ...options, loadOf: (name) => loadOf(idOf(name)) });
  return {
    join: (id) => placement.join(nameOf(id)),
    leave: (id) => placement.leave(nameOf(id)),
    ownersOf: (key, count) => placement.ownersOf(key, count).map(idOf),
    positionsOf: (id) => placement.positionsOf(nameOf(id)),
  };
}
