/**
 * What the contract test cannot know: the tree and the pool under any sequence of keys, and that the
 * recording shows the tree as it is. The declared checks BT1 to BT4 run there.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyDefinition } from '../../../simulation/definition';
import { indexRecording } from '../../../simulation/recording-index';
import { runRace, scenarioRequest } from '../../../simulation/run';
import { pagesOf, readTree } from '../../../simulation/trees';
import { expectedFill, filled, levelsOf } from './checks';
import { halfSplit } from './models/half-split';
import { rightSplit } from './models/right-split';
import type { Page } from './models/tree';
import { createPool } from './pool';
import { simulation } from './simulation';

const capacities = fc.integer({ min: 3, max: 9 });
const keySequences = fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 300 });

describe.each([
  ['halves', halfSplit, (capacity: number) => Math.floor(capacity / 2)],
  // The last leaf may be left with a single key.
  ['the right end', rightSplit, () => 1],
] as const)('a tree that splits in %s', (_, model, keysMin) => {
  test('[BT1] holds each key once, in order, between the keys that lead to it', () => {
    fc.assert(
      fc.property(capacities, keySequences, (capacity, keys) => {
        const tree = filled(model({ capacity }), keys);
        const within = (page: Page, from: number, to: number): void => {
          for (const key of page.keys) {
            expect(key).toBeGreaterThanOrEqual(from);
            expect(key).toBeLessThan(to);
          }
          for (const [i, child] of page.children.entries())
            within(child, page.keys[i - 1] ?? from, page.keys[i] ?? to);
        };
        within(tree.root(), 0, 201);
        const held = levelsOf(tree)
          .at(-1)
          ?.flatMap((leaf) => leaf.keys);
        expect(held).toEqual([...new Set(keys)].sort((a, b) => a - b));
      }),
    );
  });

  test('[BT2] has all leaves at one level, and pages neither too full nor too empty', () => {
    fc.assert(
      fc.property(capacities, keySequences, (capacity, keys) => {
        const tree = filled(model({ capacity }), keys);
        const levels = levelsOf(tree);
        for (const [i, level] of levels.entries()) {
          const isLeaves = i === levels.length - 1;
          for (const page of level) {
            expect(page.children).toHaveLength(isLeaves ? 0 : page.keys.length + 1);
            expect(page.keys.length).toBeLessThanOrEqual(capacity);
            if (i > 0) expect(page.keys.length).toBeGreaterThanOrEqual(keysMin(capacity));
          }
        }
      }),
    );
  });

  test('says which pages it wrote: the others are as they were', () => {
    fc.assert(
      fc.property(
        capacities,
        keySequences,
        fc.integer({ min: 1, max: 200 }),
        (capacity, keys, key) => {
          const tree = filled(model({ capacity }), keys);
          const pictures = (): Map<number, string> =>
            new Map(
              levelsOf(tree)
                .flat()
                .map(({ id, keys, children }) => [
                  id,
                  `${keys} | ${children.map((child) => child.id)}`,
                ]),
            );
          const before = pictures();
          const written = new Set(tree.insert(key).map(({ id }) => id));
          expect(written.size > 0).toBe(!keys.includes(key));
          for (const [id, picture] of pictures())
            if (!written.has(id)) expect(picture, `page ${id}`).toBe(before.get(id));
        },
      ),
    );
  });
});

describe('the pool', () => {
  test('holds the pages that a hand on its way round leaves in it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 200 }),
        (size, visits) => {
          const pool = createPool({ frames: size, changed: () => undefined });
          // CLOCK once more, as a queue: what has been used goes to its end without its bit.
          let queue: { page: number; isReferenced: boolean }[] = [];
          for (const page of visits) {
            const known = queue.find((each) => each.page === page);
            expect(pool.fix(page).wasThere).toBe(known !== undefined);
            if (known) known.isReferenced = true;
            else {
              while (queue.length === size) {
                const [first, ...others] = queue;
                if (!first) break;
                queue = first.isReferenced
                  ? [...others, { ...first, isReferenced: false }]
                  : others;
              }
              queue.push({ page, isReferenced: true });
            }
            const held = Array.from({ length: size }, (_, i) => pool.frame(i).page);
            expect(held.filter((each) => each !== undefined).sort()).toEqual(
              queue.map((each) => each.page).sort(),
            );
          }
        },
      ),
    );
  });

  test('forgets with a page that it was changed', () => {
    const pool = createPool({ frames: 1, changed: () => undefined });
    pool.markDirty(pool.fix(1).frame);
    expect(pool.frame(0)).toMatchObject({ page: 1, isDirty: true });
    pool.fix(2);
    expect(pool.frame(0)).toMatchObject({ page: 2, isDirty: false });
  });

  test('says which frames there are when another is asked for', () => {
    expect(() => createPool({ frames: 2, changed: () => undefined }).frame(2)).toThrow(
      'Expected a frame from 0 to 1, got 2.',
    );
  });
});

test('[BT3] the closed form is that of small trees by hand, and tends to ln 2', () => {
  // Room for 3: leaves of 2 and 3 keys; 4/3 (1/3 + 1/4).
  expect(expectedFill(3)).toBeCloseTo(7 / 9, 12);
  expect(expectedFill(100_001)).toBeCloseTo(Math.LN2, 4);
});

test('the recording shows the tree after every insert, and its pages in memory', () => {
  const entry = {
    id: 'btree',
    category: 'template',
    definition: simulation as unknown as AnyDefinition,
  };
  const race = runRace(entry, scenarioRequest(entry.definition, 'random'));
  const [run] = race.runs;
  if (!run) throw new Error('A scenario has at least one variant.');
  const index = indexRecording(run.recording);
  const view = simulation.views.tree;
  if (view.kind !== 'tree') throw new Error('The tree is drawn as one.');
  const inOrder: number[] = [];
  let splits = 0;
  for (let t = 500; t <= 30_000; t += 500) {
    const tree = readTree(view, index, t);
    const leaves = pagesOf(tree).at(-1) ?? [];
    const keys = leaves.flatMap((leaf) => leaf.keys.map(Number));
    expect(keys).toEqual([...keys].sort((a, b) => a - b));
    for (const key of tree.added) inOrder.push(Number(key));
    if (
      pagesOf(tree)
        .flat()
        .some(({ change }) => change === 'made')
    )
      splits++;
    // The page that was written last is in memory, and nothing is there twice.
    const held = Array.from({ length: 10 }, (_, i) =>
      index.stateAt(`frame-${i}`, 'page', t),
    ).filter((page) => page !== undefined);
    expect(new Set(held).size).toBe(held.length);
    const written = pagesOf(tree)
      .flat()
      .filter(({ change }) => change !== null);
    for (const { id } of written) expect(held.map((page) => `page-${page}`)).toContain(id);
  }
  // A new root is noted when there is one, and not when a page below the old one is split.
  const { notes, strings } = run.recording;
  const roots = Array.from({ length: 60 }, (_, i) =>
    index.stateAt('index', 'root', 500 * (i + 1)),
  ).filter((root, i, all) => i > 0 && root !== all[i - 1]);
  expect(roots.length).toBeGreaterThan(1);
  expect([...notes.text].map((text) => strings[text])).toEqual(
    roots.map((root) => `The root is split: ${`${root}`.replace('-', ' ')} is the new one.`),
  );
  expect(inOrder).toHaveLength(new Set(inOrder).size);
  expect(inOrder.length).toBeGreaterThan(50);
  expect(splits).toBeGreaterThan(10);
});
