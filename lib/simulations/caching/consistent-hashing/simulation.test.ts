/**
 * What the contract test cannot know: the hash against its published vectors, and the schemes over
 * any sequence of changes. The declared checks CH1 to CH5 run there.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyDefinition } from '../../../simulation/definition';
import { runRace, scenarioRequest } from '../../../simulation/run';
import { spreadOf } from './checks';
import { fnv1a, hash } from './models/hash';
import { jump, jumpHash } from './models/jump';
import { rendezvous } from './models/rendezvous';
import { ring } from './models/ring';
import { simulation } from './simulation';

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
    const ofA = keys.filter((key) => placement.ownerOf(key) === 'a');
    placement.leave('a');
    expect(
      ofA.filter((key) => placement.ownerOf(key) !== 'c' && placement.ownerOf(key) !== 'b'),
    ).toEqual([]);
    placement.leave('never joined');
    expect(new Set(keys.map(placement.ownerOf))).toEqual(new Set(['b', 'c']));
  });
});

describe.each([
  ['ring', () => ring({ positions: 7 })],
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
          expect(keys.map(roundabout.ownerOf)).toEqual(keys.map(straight.ownerOf));
        },
      ),
      { numRuns: 200 },
    );
  });
});

test('the spread of equal loads is none, and one node with everything spreads by √(n − 1)', () => {
  expect(spreadOf([5, 5, 5])).toBe(0);
  expect(spreadOf([0, 9, 0, 0])).toBeCloseTo(Math.sqrt(3), 12);
});

test('a run counts what its recording shows', () => {
  const definition = simulation as unknown as AnyDefinition;
  const entry = { id: 'consistent-hashing', category: 'caching', definition };
  const race = runRace(entry, scenarioRequest(definition, 'grow', {}));
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
