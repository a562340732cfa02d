import { grouped } from '../../../kernel/grouped';
import type { RunContext } from '../../../simulation/definition';
import { nextUses } from './future';
import type { measures } from './measures';
import type { CacheFactory, Entry, Key } from './models/cache';
import type { parameters } from './parameters';
import { isByPopularity, isJob, SCAN_ROWS_PER_SECOND, sharedKeys } from './requests';
import { CACHE, CLIENT, DATABASE, isCloseUp, SLOTS_MAX, slotNode } from './views';

type Context = RunContext<typeof parameters, typeof measures, CacheFactory>;

/** Shares are drawn over so many of the last reads of users. */
const WINDOW_READS = 500;
/** So few slots are shown as they are now and then, where requests are too many to show each. */
const FEW_SLOTS = 16;
/** How often a chart gets a point, simulated ms. */
const TICK_MS = 500;
/** How long a message of a close-up takes from one node to the next, simulated ms. */
const HOP_MS = 120;

/** A value as the cache has it. */
interface Value {
  readonly version: number;
  readonly fetchedAtMs: number;
}

/**
 * Cache-aside: the service asks the cache, after a miss the database, and puts what it got into the
 * cache. The policy decides which keys stay; their values lie beside it.
 */
export function run(context: Context) {
  const { simulator, parameters, record, measure, model } = context;
  const { capacity } = parameters;
  const closeUp = isCloseUp(parameters);

  let nextUse = Number.POSITIVE_INFINITY;
  const createCache = () => model({ capacity, nextUse: () => nextUse });
  let cache = createCache();
  const values = new Map<Key, Value>();
  /** How often the value of a key has changed in the database. */
  const versions = new Map<Key, number>();
  let future: Float64Array = new Float64Array();
  let foretold: unknown;
  let rotation = 0;

  const hits = new LastReads();
  const stale = new LastReads();
  const perSecond = new PerSecond();
  let misses = 0;
  let asked = 0;
  const slots = closeUp || capacity <= FEW_SLOTS ? new Slots(context) : undefined;

  /** Looks a key up, and fetches it if it is not there; whether it was there, and as it should be. */
  function read(key: Key): { readonly isHit: boolean; readonly isStale: boolean } {
    const now = simulator.now;
    const { ttlMs } = parameters;
    const known = values.get(key);
    if (known && ttlMs > 0 && now - known.fetchedAtMs >= ttlMs) forget(key);
    const { hit, evicted } = cache.access(key);
    if (evicted !== undefined) values.delete(evicted);
    const kept = values.get(key);
    const version = versions.get(key) ?? 0;
    // A hit on what was never stored is a miss: there is no value to answer with.
    if (hit && kept) return { isHit: true, isStale: kept.version !== version };
    if (evicted !== key) store(key, version);
    return { isHit: false, isStale: false };
  }

  function store(key: Key, version: number): void {
    values.set(key, { version, fetchedAtMs: simulator.now });
    if (values.size > capacity) {
      throw new Error(
        `Expected a cache of ${capacity} keys to hold no more, got ${values.size}. Name the key that goes as \`evicted\` when another comes in.`,
      );
    }
  }

  function forget(key: Key): void {
    cache.remove(key);
    values.delete(key);
  }

  function write(key: Key): void {
    const version = (versions.get(key) ?? 0) + 1;
    versions.set(key, version);
    const { onWrite } = parameters;
    switch (onWrite) {
      case 'nothing':
        return;
      case 'delete':
        forget(key);
        return;
      case 'update': {
        const { evicted } = cache.access(key);
        if (evicted !== undefined) values.delete(evicted);
        if (evicted !== key) store(key, version);
        return;
      }
      default:
        onWrite satisfies never;
    }
  }

  function readOfUser(key: number): void {
    const { lookupMs, databaseMs } = parameters;
    const { isHit, isStale } = read(key);
    measure.hitShare.add(isHit);
    measure.missShare.add(!isHit);
    measure.staleShare.add(isStale);
    measure.latency.add(isHit ? lookupMs : lookupMs + databaseMs);
    measure.byKey.add(key, 'reads');
    if (isHit) measure.byKey.add(key, 'hits');
    hits.add(isHit);
    stale.add(isStale);
    if (!isHit) {
      misses++;
      measure.misses.add();
      measure.databasePerSecond.add();
      measure.databasePeak.add(perSecond.add(simulator.now));
      if (closeUp) record.sample('misses', misses);
    }
    if (closeUp) show(key, context.workload.keys[key] ?? String(key), isHit);
  }

  function readOfJob(key: Key): void {
    if (!read(key).isHit) measure.databasePerSecond.add();
  }

  /** Every request by itself: on its way, and what it leaves in the cache. */
  function show(key: Key, name: string, isHit: boolean): void {
    asked++;
    const now = simulator.now;
    record.message({ from: CLIENT, to: CACHE, kind: 'sent', label: name, arrivesAt: now });
    if (isHit) {
      record.message({
        from: CACHE,
        to: CLIENT,
        kind: 'accepted',
        label: name,
        arrivesAt: now + HOP_MS,
      });
    } else {
      record.message({
        from: CACHE,
        to: DATABASE,
        kind: 'sent',
        label: name,
        arrivesAt: now + HOP_MS,
      });
      simulator.after(HOP_MS, () =>
        record.message({
          from: DATABASE,
          to: CLIENT,
          kind: 'accepted',
          label: name,
          arrivesAt: simulator.now + HOP_MS,
        }),
      );
    }
    record.state(CACHE, 'asked', name);
    record.state(CACHE, 'answer', isHit ? 'hit' : 'miss');
    record.state(CACHE, 'hits', asked - misses);
    record.state(CACHE, 'misses', misses);
    slots?.show(cache.entries(), key, asked);
  }

  /** One row of a table that nobody asked for, then the next. */
  function scan(left: number): void {
    if (left === 0) {
      record.note('The scan has ended.');
      return;
    }
    nextUse = Number.POSITIVE_INFINITY;
    readOfJob(`scanned ${left}`);
    simulator.after(1000 / SCAN_ROWS_PER_SECOND, scan, left - 1);
  }

  const tick = (index: number): void => {
    if (hits.count > 0) {
      record.sample('hits', 100 * hits.share);
      record.sample('stale', 100 * stale.share);
    }
    record.sample('database', perSecond.last(simulator.now));
    if (!closeUp) {
      // As on traffic from outside, of which there is too much to show every request.
      record.sample('misses', misses);
      slots?.show(cache.entries());
    }
    if (record.isRecording()) simulator.at((index + 1) * TICK_MS, tick, index + 1);
  };

  context.forEachArrival((row) => {
    const { workload } = context;
    if (workload.key !== foretold) {
      future = nextUses(workload.key, workload.keys.length);
      foretold = workload.key;
    }
    nextUse = future[row] ?? Number.POSITIVE_INFINITY;
    const id = workload.key[row] ?? 0;
    const shared = sharedKeys(context);
    const key = id < shared ? (id + rotation) % shared : id;
    if (isJob(workload, row)) {
      // With its first row: each scan begins there.
      if (id === shared) record.note('A job reads a whole table through the cache.', 'warning');
      readOfJob(key);
      return;
    }
    if ((workload.draw[row] ?? 1) * 100 < parameters.writePercent) write(key);
    else readOfUser(key);
  });
  const { shiftEveryMs } = parameters;
  if (shiftEveryMs > 0 && isByPopularity(context))
    for (let atMs = shiftEveryMs; atMs < context.untilMs; atMs += shiftEveryMs)
      simulator.at(atMs, () => record.note('From now on other keys are popular.', 'warning'));
  if (closeUp) record.sample('misses', 0);
  tick(0);

  return {
    scan: () => {
      record.note(
        `A job reads ${grouped(parameters.scanRows)} rows that no user asks for.`,
        'warning',
      );
      scan(parameters.scanRows);
    },
    shift: () => {
      record.note('From now on other keys are popular.', 'warning');
      const shared = sharedKeys(context);
      rotation = (rotation + Math.floor(shared / 2)) % shared;
    },
    restart: () => {
      record.note('The cache restarts and is empty.', 'bad');
      cache = createCache();
      values.clear();
      slots?.show([]);
    },
  };
}

/** What part of the last reads had a property. */
class LastReads {
  private readonly had = new Uint8Array(WINDOW_READS);
  private sum = 0;
  count = 0;

  add(has: boolean): void {
    const index = this.count++ % WINDOW_READS;
    this.sum += (has ? 1 : 0) - (this.had[index] ?? 0);
    this.had[index] = has ? 1 : 0;
  }

  get share(): number {
    return this.sum / Math.min(this.count, WINDOW_READS);
  }
}

/** How many there were in this second of the clock, and in the one before. */
class PerSecond {
  private second = 0;
  private now = 0;
  private before = 0;

  add(atMs: number): number {
    this.reach(atMs);
    return ++this.now;
  }

  /** Of the last whole second. */
  last(atMs: number): number {
    this.reach(atMs);
    return this.before;
  }

  private reach(atMs: number): void {
    const second = Math.floor(atMs / 1000);
    if (second === this.second) return;
    this.before = second === this.second + 1 ? this.now : 0;
    this.now = 0;
    this.second = second;
  }
}

/** The slots of a cache as a grid draws them: a key stays in its slot for as long as it is there. */
class Slots {
  private readonly slotOf = new Map<Key, number>();
  private readonly free: number[];
  private readonly told = new Map<string, number | string>();

  constructor(private readonly context: Context) {
    const { capacity } = context.parameters;
    this.free = Array.from({ length: capacity }, (_, i) => capacity - 1 - i);
    const shown = Math.min(capacity, SLOTS_MAX);
    for (let slot = 0; slot < shown; slot++) this.tell(slot, 'key', '');
  }

  /** What is there, and which of it the last request asked for, if one did. */
  show(entries: readonly Entry[], key?: Key, request = 0): void {
    const kept = new Set(entries.map(({ key }) => key));
    const left: number[] = [];
    for (const [old, slot] of this.slotOf) {
      if (kept.has(old)) continue;
      this.slotOf.delete(old);
      this.free.push(slot);
      left.push(slot);
      this.tell(slot, 'uses', 0);
    }
    for (const entry of entries) {
      const slot = this.slotOf.get(entry.key) ?? this.free.pop() ?? 0;
      this.slotOf.set(entry.key, slot);
      this.tell(slot, 'key', this.nameOf(entry.key));
      this.tell(slot, 'uses', entry.uses);
      if (entry.part !== undefined) this.tell(slot, 'part', entry.part);
    }
    const taken = new Set(this.slotOf.values());
    for (const slot of left) if (!taken.has(slot)) this.tell(slot, 'key', '');
    const asked = key === undefined ? undefined : this.slotOf.get(key);
    if (asked !== undefined) this.tell(asked, 'asked', request);
    // Where a policy has no hand and no parts, what it lists last is what goes next.
    const last = entries.at(-1);
    const next = entries.find(({ hand }) => hand) ?? (last?.part ? undefined : last);
    const slot = next ? this.slotOf.get(next.key) : undefined;
    const hand = slot === undefined ? '' : slotNode(slot);
    this.context.record.state(CACHE, 'hand', hand);
  }

  private nameOf(key: Key): string {
    return typeof key === 'number' ? (this.context.workload.keys[key] ?? String(key)) : key;
  }

  /** Records what has changed, in slots that are shown; the same said again would be drawn as a use. */
  private tell(slot: number, field: string, value: number | string): void {
    if (slot >= SLOTS_MAX) return;
    const id = `${slot} ${field}`;
    if (this.told.get(id) === value) return;
    this.told.set(id, value);
    this.context.record.state(slotNode(slot), field, value);
  }
}
