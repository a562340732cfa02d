/**
 * What the contract test cannot know: the hash against its published vectors, and the schemes over
 * any sequence of changes. The declared checks CH1 to CH13 run there.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyDefinition } from '../../../simulation/definition';
import { indexRecording } from '../../../simulation/recording-index';
import { reader, runRace, scenarioRequest } from '../../../simulation/run';
import { boundedRing } from './models/bounded-ring';
import { fnv1a, hash } from './models/hash';
import { jump, jumpHash } from './models/jump';
import { rendezvous } from './models/rendezvous';
import { ring } from './models/ring';
import { SLOTS, slotOf, slots } from './models/slots';
import { LastSecond, Limit, Store } from './server';
import { simulation } from './simulation';
import { spreadOf } from './spread';

const idle = { positions: 7, loadFactor: 1.25, loadOf: () => 0 };

/** A key for every slot. */
const keysBySlot: string[] = [];
for (let i = 0, found = 0; found < SLOTS; i++) {
  const slot = slotOf(`${i}`);
  if (keysBySlot[slot] !== undefined) continue;
  keysBySlot[slot] = `${i}`;
  found++;
}

describe('the hash', () => {
  test('is built on FNV-1a as published', () => {
    // Landon Curt Noll's test suite, in RFC 9923.
    expect(fnv1a('')).toBe(0x811c9dc5);
    expect(fnv1a('a')).toBe(0xe40c292c);
    expect(fnv1a('foobar')).toBe(0xbf9cf968);
  });

  test('spreads texts that differ in their last letter over the whole circle', () => {
    const quarters = [0, 0, 0, 0];
    for (let i = 0; i < 4000; i++) {
      const quarter = Math.floor(hash(`cache-1#${i}`) / 2 ** 30);
      quarters[quarter] = (quarters[quarter] ?? 0) + 1;
    }
    // Binomial: 1,000 ± 27; five standard deviations.
    for (const count of quarters) expect(Math.abs(count - 1000)).toBeLessThan(137);
  });
});

describe('jump hash', () => {
  test('moves a key only into the bucket that is added', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        fc.integer({ min: 1, max: 500 }),
        (key, buckets) => {
          const before = jumpHash(key, buckets);
          expect(before).toBeGreaterThanOrEqual(0);
          expect(before).toBeLessThan(buckets);
          expect([before, buckets]).toContain(jumpHash(key, buckets + 1));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('gives the bucket of one that leaves to the last', () => {
    const placement = jump();
    for (const node of ['a', 'b', 'c']) placement.join(node);
    const keys = Array.from({ length: 300 }, (_, i) => `key-${i}`);
    const ownerOf = (key: string) => placement.ownersOf(key, 1)[0];
    const kept = keys.filter((key) => ownerOf(key) === 'b');
    const ofLast = keys.filter((key) => ownerOf(key) === 'c');
    placement.leave('a');
    expect(ofLast.length).toBeGreaterThan(50);
    expect(new Set(keys.map(ownerOf))).toEqual(new Set(['b', 'c']));
    expect(kept.filter((key) => ownerOf(key) !== 'b')).toEqual([]);
    placement.leave('never joined');
    expect(new Set(keys.map(ownerOf))).toEqual(new Set(['b', 'c']));
  });
});

describe.each([
  ['ring', () => ring(idle)],
  ['bounded ring', () => boundedRing(idle)],
  ['rendezvous', rendezvous],
] as const)('%s', (_, create) => {
  test('does not depend on the order in which nodes joined, nor on those that came and went', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(names, { minLength: 1 }),
        fc.shuffledSubarray(names),
        fc.array(fc.string(), { maxLength: 20 }),
        (members, passing, keys) => {
          const straight = create();
          for (const node of [...members].sort()) straight.join(node);
          const roundabout = create();
          const visitors = passing.filter((node) => !members.includes(node));
          for (const node of [...visitors, ...members]) roundabout.join(node);
          for (const node of visitors) roundabout.leave(node);
          for (const key of keys)
            expect(roundabout.ownersOf(key, 3)).toEqual(straight.ownersOf(key, 3));
        },
      ),
      { numRuns: 100 },
    );
  });
});

test('the spread of equal loads is none, and one node with everything spreads by √(n − 1)', () => {
  expect(spreadOf([5, 5, 5])).toBe(0);
  expect(spreadOf([0, 9, 0, 0])).toBeCloseTo(Math.sqrt(3), 12);
});

describe('slots', () => {
  test('are shared out to within one of each other, whoever comes and goes', () => {
    const placement = slots();
    const members: string[] = [];
    const held = () => {
      const counts = new Map(members.map((node) => [node, 0]));
      for (let slot = 0; slot < keysBySlot.length; slot++) {
        const [owner = ''] = placement.ownersOf(keysBySlot[slot] ?? '', 1);
        counts.set(owner, (counts.get(owner) ?? 0) + 1);
      }
      return [...counts.values()];
    };
    for (const step of ['+a', '+b', '+c', '+d', '-b', '+e', '+b', '-a', '-c']) {
      const node = step.slice(1);
      if (step.startsWith('+')) {
        members.push(node);
        placement.join(node);
      } else {
        members.splice(members.indexOf(node), 1);
        placement.leave(node);
      }
      const counts = held();
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(SLOTS);
      // A newcomer takes its share rounded down; those who take over what is left differ by one.
      expect(Math.max(...counts) - Math.min(...counts), step).toBeLessThanOrEqual(1);
    }
  });

  test('agree with the rules for hash tags of the Redis Cluster specification', () => {
    expect(slotOf('{user1000}.following')).toBe(slotOf('{user1000}.followers'));
    expect(slotOf('foo{}{bar}')).not.toBe(slotOf('bar'));
    expect(slotOf('foo{{bar}}zap')).toBe(slotOf('{bar'));
    expect(slotOf('foo{bar}{zap}')).toBe(slotOf('bar'));
  });
});

test('a bounded ring without load is the plain one, and gives a hot key to the next', () => {
  const loads = new Map<string, number>();
  const options = { ...idle, loadOf: (node: string) => loads.get(node) ?? 0 };
  const [bounded, plain] = [boundedRing(options), ring(options)];
  for (const node of ['a', 'b', 'c']) {
    bounded.join(node);
    plain.join(node);
  }
  const order = plain.ownersOf('hot', 3);
  expect(bounded.ownersOf('hot', 3)).toEqual(order);
  const [first = '', second = '', third = ''] = order;
  loads.set(first, 10);
  expect(bounded.ownersOf('hot', 3)).toEqual([second, third, first]);
});

describe('a server', () => {
  test('answers a quarter of a second at once, and then at its rate', () => {
    const limit = new Limit(40);
    const answered = (atMs: number, times: number) =>
      Array.from({ length: times }, () => limit.take(atMs)).filter(Boolean).length;
    expect(answered(0, 20)).toBe(10);
    expect(answered(100, 20)).toBe(4);
    expect(answered(10_000, 20)).toBe(10);
  });

  test('forgets what was not asked for the longest', () => {
    const store = new Store(2);
    for (const key of [1, 2]) store.put(key);
    expect(store.use(1)).toBe(true);
    store.put(3);
    expect([1, 2, 3].map((key) => store.use(key))).toEqual([true, false, true]);
  });

  test('counts what came within four quarters of a second', () => {
    const asked = new LastSecond();
    const counts = [5, 1, 2, 3, 4].map((times) => {
      for (let i = 0; i < times; i++) asked.add();
      const { count } = asked;
      asked.turn();
      return count;
    });
    expect(counts).toEqual([5, 6, 8, 11, 10]);
  });
});

const definition = simulation as unknown as AnyDefinition;
const entry = { id: 'consistent-hashing', category: 'caching', definition };

test('a run counts what its recording shows', () => {
  const race = runRace(entry, scenarioRequest(definition, 'moved', {}));
  for (const { variant, results, recording } of race.runs) {
    const moved = results.find(({ id }) => id === 'moved')?.value;
    const said = Array.from(recording.notes.text, (id) => recording.strings[id] ?? '');
    const counts = said.flatMap((text) => {
      const [, count] = /: (\d+) of 200 keys move/.exec(text) ?? [];
      return count === undefined ? [] : [Number(count)];
    });
    expect(counts, variant).toHaveLength(3);
    expect(moved).toBeCloseTo((100 * counts.reduce((a, b) => a + b, 0)) / 600, 9);
  }
});

test('every request is a hit or a read of the database, and fails only if that refuses', () => {
  const race = runRace(entry, scenarioRequest(definition, 'hot', {}));
  const { value } = reader(race);
  for (const { variant, tables } of race.runs) {
    const [byKey] = tables;
    const [requests, reads] = byKey?.total ?? [];
    expect(requests).toBe(race.arrivals);
    expect((100 * (reads ?? 0)) / race.arrivals).toBeCloseTo(100 - value(variant, 'hitShare'), 9);
    expect(value(variant, 'failed')).toBeLessThanOrEqual(100 - value(variant, 'hitShare'));
  }
});

describe('what the reader does', () => {
  const told = (...deeds: readonly (readonly [id: string, cache: number])[]) => {
    const interventions = deeds.map(([id, cache], i) => ({
      at: 1000 + i,
      kind: 'act' as const,
      id,
      target: `cache-${cache}`,
    }));
    const request = scenarioRequest(definition, 'even', { variants: ['ring'], interventions });
    const [run] = runRace(entry, request).runs;
    return Array.from(run?.recording.notes.text ?? [], (id) => run?.recording.strings[id] ?? '');
  };

  test('the last cache stays, and one that is lost cannot be lost again', () => {
    const lost = [1, 1, 2, 3, 4, 5, 6].map((cache) => ['leave', cache] as const);
    expect(told(...lost).slice(0, 7)).toEqual([
      'Cache 1 is lost, and nobody has noticed.',
      'Cache 1 is no member.',
      'Cache 2 is lost, and nobody has noticed.',
      'Cache 3 is lost, and nobody has noticed.',
      'Cache 4 is lost, and nobody has noticed.',
      'Cache 5 is lost, and nobody has noticed.',
      'Cache 6 stays: it is the last one.',
    ]);
  });

  test('a cache joins that is no member, be it one that was lost before', () => {
    const notes = told(['join', 6], ['join', 8], ['leave', 2], ['join', 2]);
    expect(notes[0]).toBe('Cache 6 is a member already.');
    expect(notes[1]).toMatch(/^Cache 8 joins: \d+ of 1,000 keys move\.$/);
    expect(notes[3]).toBe('Cache 2 is back, empty, before anybody has noticed.');
  });

  test.each([4750, 5000, 10_000])(
    'a cache that is lost for five seconds is back after them, noticed within %i ms or not',
    (noticeMs) => {
      const race = runRace(
        entry,
        scenarioRequest(definition, 'race', { variants: ['ring'], parameters: { noticeMs } }),
      );
      const { recording } = race.runs[0] ?? {};
      const said = Array.from(recording?.notes.text ?? [], (id) => recording?.strings[id] ?? '');
      const isNoticed = noticeMs < 5000;
      expect(said.at(-1)).toMatch(isNoticed ? /^Cache 2 joins/ : /^Cache 2 is back/);
      const index = recording && indexRecording(recording);
      expect(index?.stateAt('cache-2', 'asked', 12_000)).toBe(0);
      expect(index?.stateAt('cache-2', 'asked', 19_900)).toBeGreaterThan(20);
    },
  );

  test('a cache that comes back and is lost again is taken out once', () => {
    const notes = told(['leave', 2], ['join', 2], ['leave', 2]);
    expect(notes.filter((text) => text.includes('is taken out'))).toHaveLength(1);
  });
});
