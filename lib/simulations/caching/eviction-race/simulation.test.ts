/**
 * Properties of the policies beyond the declared checks EV1 to EV16, which the contract test runs:
 * each against a slow and obvious one on arbitrary sequences, and the run around them.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyDefinition, InterventionEvent } from '../../../simulation/definition';
import type { ParameterValue } from '../../../simulation/parameters';
import { zipfWeights } from '../../../simulation/popularity';
import { reader, runRace, scenarioRequest } from '../../../simulation/run';
import type { OutsideTraffic } from '../../../simulation/traffic';
import { nextUses } from './future';
import { arc } from './models/arc';
import type { CacheFactory, Key } from './models/cache';
import { clock } from './models/clock';
import { fifo } from './models/fifo';
import { frequencySketch } from './models/frequency-sketch';
import { KeyQueue } from './models/key-queue';
import { lfu } from './models/lfu';
import { lru } from './models/lru';
import { opt } from './models/opt';
import { s3Fifo } from './models/s3-fifo';
import { sieve } from './models/sieve';
import { wTinyLfu } from './models/w-tiny-lfu';
import { simulation } from './simulation';
import { bestStaticHits, fifoHits, lruHits } from './theory';
import { missesOf, traceOf, zipfTrace } from './traces';
import { type VariantId, variants } from './variants';

/** A step of a sequence: a key asked for, or one to forget. */
interface Step {
  readonly key: number;
  readonly isRemoval: boolean;
}

const capacity = fc.integer({ min: 1, max: 12 });
const steps = fc.array(
  fc.record({
    key: fc.integer({ min: 0, max: 20 }),
    isRemoval: fc.integer({ min: 0, max: 9 }).map((draw) => draw === 0),
  }),
  { minLength: 1, maxLength: 200 },
);
const trace = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 120 });

/** Runs a property on many sequences; the seed is fixed, so that a failure is not a matter of luck. */
function holds<T extends [unknown, ...unknown[]]>(
  ...[arbitraries, property]: [{ [K in keyof T]: fc.Arbitrary<T[K]> }, (...values: T) => void]
): void {
  fc.assert(fc.property(...arbitraries, property), { numRuns: 500, seed: 1 });
}

/** What a policy answers, step by step: hit or the key that went. */
function answers(model: CacheFactory, size: number, sequence: readonly Step[]): unknown[] {
  const cache = model({ capacity: size, nextUse: () => Number.POSITIVE_INFINITY });
  return sequence.map(({ key, isRemoval }) => {
    if (isRemoval) return cache.remove(key);
    const { hit, evicted } = cache.access(key);
    return hit ? 'hit' : evicted;
  });
}

describe('policies against slow and obvious ones', () => {
  test('FIFO and LRU are a list from which the first goes', () => {
    for (const { model, isMovedByUse } of [
      { model: fifo, isMovedByUse: false },
      { model: lru, isMovedByUse: true },
    ]) {
      holds([capacity, steps], (size, sequence) => {
        let list: number[] = [];
        const expected = sequence.map(({ key, isRemoval }) => {
          const had = list.includes(key);
          if (isRemoval) {
            list = list.filter((other) => other !== key);
            return undefined;
          }
          if (had && !isMovedByUse) return 'hit';
          list = [...list.filter((other) => other !== key), key];
          return had ? 'hit' : list.length > size ? list.shift() : undefined;
        });
        expect(answers(model, size, sequence)).toEqual(expected);
      });
    }
  });

  test('LFU takes the fewest uses, and of these the one used the longest ago', () => {
    holds([capacity, steps], (size, sequence) => {
      const kept = new Map<number, { uses: number; usedAt: number }>();
      const expected = sequence.map(({ key, isRemoval }, step) => {
        if (isRemoval) {
          kept.delete(key);
          return undefined;
        }
        const known = kept.get(key);
        if (known) {
          kept.set(key, { uses: known.uses + 1, usedAt: step });
          return 'hit';
        }
        const [victim] = [...kept].sort(([, a], [, b]) => a.uses - b.uses || a.usedAt - b.usedAt);
        const evicted = kept.size === size ? victim?.[0] : undefined;
        if (evicted !== undefined) kept.delete(evicted);
        kept.set(key, { uses: 1, usedAt: step });
        return evicted;
      });
      expect(answers(lfu, size, sequence)).toEqual(expected);
    });
  });

  test('CLOCK is a FIFO queue in which a used key gets another round', () => {
    holds([capacity, trace], (size, keys) => {
      const queue: { key: number; used: boolean }[] = [];
      const expected = keys.map((key) => {
        const known = queue.find((entry) => entry.key === key);
        if (known) {
          known.used = true;
          return 'hit';
        }
        let evicted: number | undefined;
        while (evicted === undefined && queue.length === size) {
          const first = queue.shift();
          if (first?.used) queue.push({ key: first.key, used: false });
          else evicted = first?.key;
        }
        queue.push({ key, used: false });
        return evicted;
      });
      const asked = keys.map((key) => ({ key, isRemoval: false }));
      expect(answers(clock, size, asked)).toEqual(expected);
    });
  });

  test('SIEVE goes from the old to the new and leaves survivors where they are', () => {
    holds([capacity, trace], (size, keys) => {
      // From the oldest to the newest, with the place at which the hand goes on.
      const line: { key: number; used: boolean }[] = [];
      let hand = 0;
      const expected = keys.map((key) => {
        const known = line.find((entry) => entry.key === key);
        if (known) {
          known.used = true;
          return 'hit';
        }
        let evicted: number | undefined;
        while (evicted === undefined && line.length === size) {
          const entry = line[hand];
          if (entry?.used) {
            entry.used = false;
            hand = (hand + 1) % line.length;
          } else {
            evicted = entry?.key;
            line.splice(hand, 1);
            // Behind the newest the hand starts over, before the newcomer has come.
            if (hand === line.length) hand = 0;
          }
        }
        line.push({ key, used: false });
        return evicted;
      });
      const asked = keys.map((key) => ({ key, isRemoval: false }));
      expect(answers(sieve, size, asked)).toEqual(expected);
    });
  });

  test('OPT takes what is asked for again the latest', () => {
    holds([capacity, trace], (size, keys) => {
      const kept: number[] = [];
      let misses = 0;
      for (const [index, key] of keys.entries()) {
        if (kept.includes(key)) continue;
        misses++;
        if (kept.length === size) {
          const nextOf = (other: number): number => {
            const next = keys.indexOf(other, index + 1);
            return next < 0 ? Number.POSITIVE_INFINITY : next;
          };
          const [latest = 0] = [...kept].sort((a, b) => (nextOf(a) > nextOf(b) ? -1 : 1));
          kept.splice(kept.indexOf(latest), 1);
        }
        kept.push(key);
      }
      expect(missesOf(opt, traceOf(keys), size)).toBe(misses);
    });
  });

  test('ARC keeps no more ghosts than its paper allows, whatever is removed', () => {
    // A ghost that were never dropped would turn a miss long after into one of a used key.
    holds([capacity, steps], (size, sequence) => {
      const cache = arc({ capacity: size, nextUse: () => 0 });
      for (const { key, isRemoval } of sequence) {
        if (isRemoval) cache.remove(key);
        else cache.access(key);
      }
      for (let fresh = 0; fresh < 4 * size; fresh++) cache.access(`fresh ${fresh}`);
      const parts = cache.entries().map(({ part }) => part);
      expect(parts.length).toBe(size);
      const before = cache.entries().filter(({ part }) => part === 'often').length;
      cache.access('fresh 0');
      // Long gone from the ghosts of keys used once, it is a newcomer again.
      expect(cache.entries().filter(({ part }) => part === 'often').length).toBeLessThanOrEqual(
        before,
      );
    });
  });

  test('keys may be texts as well as numbers', () => {
    for (const { model } of Object.values(variants)) {
      const sequence = zipfTrace({ keys: 50, skew: 1, length: 800, seed: 3 }).requests;
      const missesWith = (nameOf: (key: number) => Key): number => {
        const cache = model({ capacity: 200, nextUse: () => Number.POSITIVE_INFINITY });
        return sequence.filter((key) => !cache.access(nameOf(key)).hit).length;
      };
      expect(missesWith((key) => `user:${key}`)).toBe(missesWith((key) => key));
    }
  });

  test('one place is a cache, too', () => {
    for (const model of [fifo, clock, lru, lfu, arc, wTinyLfu, s3Fifo, sieve, opt]) {
      const cache = model({ capacity: 1, nextUse: () => Number.POSITIVE_INFINITY });
      expect(['a', 'a', 'b', 'b', 'a'].map((key) => cache.access(key).hit)).toEqual([
        false,
        true,
        false,
        true,
        false,
      ]);
    }
  });
});

describe('parts', () => {
  test('a queue of keys keeps its order under any sequence of steps', () => {
    holds([steps], (sequence) => {
      const queue = new KeyQueue();
      let list: Key[] = [];
      for (const { key, isRemoval } of sequence) {
        const place = queue.get(key);
        expect(place !== undefined).toBe(list.includes(key));
        list = list.filter((other) => other !== key);
        if (isRemoval) expect(queue.delete(key)).toBe(place !== undefined);
        else {
          if (place) queue.makeNewest(place);
          else queue.push(key);
          list.unshift(key);
        }
        expect(queue.size).toBe(list.length);
        expect(queue.entries().map((entry) => entry.key)).toEqual(list);
        expect(queue.oldest?.key).toBe(list.at(-1));
      }
    });
  });

  test('a key that is counted alone is counted exactly, and halved after ten times the capacity', () => {
    const sketch = frequencySketch(10);
    for (let uses = 1; uses <= 20; uses++) {
      sketch.add('a');
      expect(sketch.estimate('a')).toBe(Math.min(15, uses));
    }
    for (let i = 20; i < 100; i++) sketch.add('a');
    expect(sketch.estimate('a')).toBe(7);
    expect(sketch.estimate('never asked for')).toBe(0);
  });

  test('the next use of each request is found from the end', () => {
    expect([...nextUses([0, 1, 0, 2, 1], 3)]).toEqual([2, 4, Infinity, Infinity, Infinity]);
  });
});

describe('theory', () => {
  // Computed independently in Python: keys, exponent, room, hits of LRU, of FIFO, of the best keys.
  test.each([
    [1000, 0.6, 100, 0.22025, 0.19949, 0.36767],
    [1000, 1, 10, 0.20946, 0.17891, 0.39129],
    [5000, 0.8, 500, 0.42269, 0.37945, 0.55997],
    [10_000, 1.2, 100, 0.65634, 0.60331, 0.75077],
  ])('%i keys, exponent %f, room for %i', (keys, skew, room, ofLru, ofFifo, best) => {
    const independent = { weights: zipfWeights(keys, skew), capacity: room };
    expect(lruHits(independent)).toBeCloseTo(ofLru, 5);
    expect(fifoHits(independent)).toBeCloseTo(ofFifo, 5);
    expect(bestStaticHits(independent)).toBeCloseTo(best, 5);
  });

  test('traces are those of other languages, id by id', () => {
    const firstOf = (skew: number): number[] =>
      zipfTrace({ keys: 5000, skew, length: 8, seed: 1 }).requests.map((key) => key + 1);
    expect(firstOf(0.6)).toEqual([1618, 1, 1070, 4773, 4624, 246, 1531, 2261]);
    expect(firstOf(1)).toEqual([168, 1, 68, 4209, 3751, 7, 148, 394]);
  });
});

const entry = {
  id: 'eviction-race',
  category: 'caching',
  definition: simulation as unknown as AnyDefinition,
};

interface Asked {
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly interventions?: readonly InterventionEvent[];
  readonly variants?: readonly VariantId[];
  readonly traffic?: OutsideTraffic;
}
const raceOf = (scenario: string, { traffic, ...asked }: Asked = {}) =>
  reader(
    runRace(
      entry,
      scenarioRequest(entry.definition, scenario, { ...asked, ...(traffic ? { traffic } : {}) }),
    ),
  );

describe('the run', () => {
  test('a time to live bounds how old a stale value may be', () => {
    const staleWith = (ttlMs: number): number =>
      raceOf('stale', { parameters: { ttlMs } }).value('lru', 'staleShare');
    const shares = [500, 2000, 10_000, 60_000].map(staleWith);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    expect(shares[0]).toBeGreaterThan(0);
    // Without an end a value written once is stale until it is evicted.
    expect(staleWith(0)).toBeGreaterThanOrEqual(shares.at(-1) ?? Infinity);
  });

  test('jobs are not counted among the reads of users', () => {
    const quiet = raceOf('scan', { parameters: { scanEveryMs: 0 }, variants: ['lru'] });
    const scanned = raceOf('scan', { variants: ['lru'] });
    const readsOf = (race: typeof quiet): number | undefined =>
      race.run('lru').results.find(({ id }) => id === 'hitShare')?.n;
    expect(readsOf(scanned)).toBe(readsOf(quiet));
    expect(scanned.race.arrivals).toBe(quiet.race.arrivals + 2 * 1000);
    expect(scanned.value('lru', 'databasePerSecond')).toBeGreaterThan(
      quiet.value('lru', 'databasePerSecond') + 20,
    );
  });

  test('each intervention costs hits at once', () => {
    const lowestAfter = (atMs: number, interventions: readonly InterventionEvent[]): number => {
      const { recording } = raceOf('popularity', { variants: ['lru'], interventions }).run('lru');
      const { samples, strings } = recording;
      return Math.min(
        ...Array.from(samples.value).filter(
          (_, i) => strings[samples.series[i] ?? 0] === 'hits' && (samples.at[i] ?? 0) > atMs,
        ),
      );
    };
    const undisturbed = lowestAfter(30_000, []);
    for (const id of ['scan', 'shift', 'restart'])
      expect(lowestAfter(30_000, [{ at: 30_000, kind: 'act', id }]), id).toBeLessThan(
        undisturbed - 2,
      );
  });

  test('each scan and each change of popularity is told when it begins', () => {
    const toldOf = (asked: Asked): string[] => {
      const { recording } = raceOf('race', { variants: ['lru'], ...asked }).run('lru');
      const { notes, strings } = recording;
      return Array.from(notes.text, (text, i) => `${notes.at[i]} ${strings[text]}`);
    };
    expect(toldOf({})).toEqual([
      '20000 A job reads a whole table through the cache.',
      '30000 From now on other keys are popular.',
      '40000 A job reads a whole table through the cache.',
    ]);
    // Scans that overlap, and an order in which there is neither.
    expect(
      toldOf({ parameters: { scanEveryMs: 5000, scanRows: 3000, shiftEveryMs: 0 } }),
    ).toHaveLength(11);
    expect(toldOf({ parameters: { pattern: 'loop' } })).toEqual([]);
  });

  test('after a change by hand, what is counted and told of a key is what was asked for', () => {
    const shift = { at: 6000, kind: 'act', id: 'shift' } as const;
    const seen = (scenario: string, { at, ...asked }: Asked & { readonly at: number }) => {
      const run = raceOf(scenario, {
        variants: ['fifo'],
        interventions: [{ ...shift, at }],
        ...asked,
      }).run('fifo');
      const { states, strings } = run.recording;
      const textsOf = (field: string): string[] =>
        Array.from(states.field).flatMap((id, i) =>
          strings[id] === field ? [strings[states.text[i] ?? 0] ?? ''] : [],
        );
      const [byKey] = run.tables;
      return {
        asked: new Set(textsOf('asked')),
        kept: new Set(textsOf('key')),
        reads: Object.fromEntries(
          (byKey?.rows ?? []).map((key, i) => [key, byKey?.columns[0]?.values[i]]),
        ),
      };
    };
    // Of the string 1 2 3 4 1 2 | 5 1 2 3 4 5 the second half becomes 2 3 4 5 1 2.
    const { asked, kept, reads } = seen('three-places', { at: 5500 });
    expect(reads).toEqual({ 1: 3, 2: 4, 3: 2, 4: 2, 5: 1 });
    for (const key of kept) expect(['', '1', '2', '3', '4', '5']).toContain(key);
    for (const key of asked) expect(['', '1', '2', '3', '4', '5']).toContain(key);

    // In a log, where the number of keys is that of the log.
    const traffic: OutsideTraffic = {
      atMs: Float64Array.from({ length: 2000 }, (_, i) => i * 5),
      key: Uint32Array.from({ length: 2000 }, (_, i) => i % 9),
      keys: Array.from({ length: 9 }, (_, key) => `/item/${key}`),
      spanMs: 10_000,
    };
    const tables = [20, 5000].map(
      (keys) => seen('slots', { at: 5000, traffic, parameters: { keys } }).reads,
    );
    expect(Object.keys(tables[0] ?? {})).toHaveLength(9);
    expect(tables[0]).toEqual(tables[1]);
  });

  test('OPT is told the future again when popularity changes by hand', () => {
    const interventions = [{ at: 20_000, kind: 'act', id: 'shift' }] as const;
    const race = raceOf('popularity', { interventions });
    for (const variant of ['fifo', 'lru', 'lfu'])
      expect(race.value('opt', 'hitShare')).toBeGreaterThan(race.value(variant, 'hitShare') + 5);
  });

  test('a model that keeps more than it was given room for is told so', () => {
    const hoarding: CacheFactory = () => {
      const keys = new Set<Key>();
      return {
        access: (key) => ({ hit: keys.size === keys.add(key).size }),
        remove: (key) => void keys.delete(key),
        entries: () => [],
      };
    };
    const definition = {
      ...entry.definition,
      variants: {
        ...entry.definition.variants,
        lru: { title: 'Hoard', describe: 'Keeps all.', model: hoarding },
      },
    };
    expect(() =>
      runRace(
        { ...entry, definition },
        scenarioRequest(definition, 'popularity', { variants: ['lru'] }),
      ),
    ).toThrow(/Expected a cache of 100 keys to hold no more, got 101/);
  });

  test('a model that claims hits for what was never stored gets none', () => {
    const boasting: CacheFactory = () => ({
      access: (key) => ({ hit: true, evicted: key }),
      remove: () => undefined,
      entries: () => [],
    });
    const definition = {
      ...entry.definition,
      variants: {
        ...entry.definition.variants,
        lru: { title: 'Boast', describe: 'Says yes.', model: boasting },
      },
    };
    const race = reader(
      runRace(
        { ...entry, definition },
        scenarioRequest(definition, 'popularity', { variants: ['lru'] }),
      ),
    );
    expect(race.value('lru', 'hitShare')).toBe(0);
  });

  test('on a trace from outside the misses are those of the policy alone', () => {
    const { requests, keys } = zipfTrace({ keys: 300, skew: 0.9, length: 5000, seed: 4 });
    const traffic: OutsideTraffic = {
      atMs: Float64Array.from(requests, (_, i) => i * 5),
      key: Uint32Array.from(requests),
      keys: Array.from({ length: keys }, (_, key) => `/item/${key}`),
      spanMs: requests.length * 5,
    };
    const race = raceOf('race', { traffic, parameters: { capacity: 40, writePercent: 0 } });
    for (const { variant } of race.race.runs) {
      const model = variants[variant as VariantId].model;
      const misses = missesOf(model, { requests, keys }, 40);
      expect(race.value(variant, 'missShare'), variant).toBeCloseTo(
        (100 * misses) / requests.length,
        9,
      );
    }
  });

  test('what a close-up draws is recorded on a trace from outside, too', () => {
    const traffic: OutsideTraffic = {
      atMs: Float64Array.from({ length: 2000 }, (_, i) => i * 5),
      key: Uint32Array.from({ length: 2000 }, (_, i) => i % 9),
      keys: Array.from({ length: 9 }, (_, key) => `/item/${key}`),
      spanMs: 10_000,
    };
    // Nine keys in a loop through eight places: none is ever a hit.
    const race = raceOf('slots', { traffic, parameters: { requestsPerSecond: 200 } });
    const { samples, states, strings } = race.run('lru').recording;
    const counted = Array.from(samples.value).filter(
      (_, i) => strings[samples.series[i] ?? 0] === 'misses',
    );
    expect(counted.at(-1)).toBe(2000);
    const slots = new Set(Array.from(states.node, (node) => strings[node] ?? ''));
    for (let slot = 1; slot <= 8; slot++) expect(slots).toContain(`slot-${slot}`);
  });
});
