/** The rules that this simulation is held to, in the tests and on request in the page. */
import type { RandomStream } from '../../../kernel/random';
import type { Check } from '../../../simulation/definition';
import type { Page, Tree, TreeFactory } from './models/tree';
import type { parameters } from './parameters';

type Variant = 'half-split' | 'right-split';
type TreeCheck = Check<typeof parameters, Variant, TreeFactory>;

const VARIANTS: readonly Variant[] = ['half-split', 'right-split'];

/** Whole numbers from 1 to `count` in a random order. */
function shuffled(count: number, random: RandomStream): number[] {
  const keys = Array.from({ length: count }, (_, i) => i + 1);
  for (let i = count - 1; i > 0; i--) {
    const other = random.nextInteger(i + 1);
    [keys[i], keys[other]] = [keys[other] ?? 0, keys[i] ?? 0];
  }
  return keys;
}

export function filled(tree: Tree, keys: readonly number[]): Tree {
  for (const key of keys) tree.insert(key);
  return tree;
}

/** The levels of a tree, each from left to right, the leaves last. */
export function levelsOf(tree: Tree): Page[][] {
  const levels: Page[][] = [];
  for (let level = [tree.root()]; level.length > 0; level = level.flatMap((page) => page.children))
    levels.push(level);
  return levels;
}

/** How many keys the leaves hold, of those for which they have room. */
function fillOf(tree: Tree, capacity: number): number {
  const leaves = levelsOf(tree).at(-1) ?? [];
  return leaves.reduce((sum, { keys }) => sum + keys.length, 0) / (leaves.length * capacity);
}

const harmonic = (n: number): number => {
  let sum = 0;
  for (let i = 1; i <= n; i++) sum += 1 / i;
  return sum;
};

/**
 * How full the leaves are in the long run when keys come in random order and leaves split in halves.
 *
 * A leaf of j keys is met j times as often as one of a single key. With x(j) leaves of j keys for each
 * key in the tree, a key more is x(j) more of them: x(j) = (j − 1) x(j − 1) − j x(j). So x(j) (j + 1) =
 * x(j − 1) (j − 1), hence x(j) ~ 1 / (j (j + 1)) from the half to the whole of the room; for large
 * rooms the mean of j over the room tends to ln 2. (A. C. Yao did it first, in 1978, as fringe analysis.)
 *
 * @param capacity odd, so that a split leaves two equal halves
 */
export function expectedFill(capacity: number): number {
  const room = capacity + 1;
  return (room / capacity) * (harmonic(room) - harmonic(room / 2));
}

export const checks = {
  BT1: {
    statement:
      'Every key that was put in is found where the tree leads, and the leaves are in order.',
    against: 'The definition of a B+tree, on 400 keys in random order.',
    variants: VARIANTS,
    seeds: 5,
    verify: ({ model, random, equal }) => {
      for (const variant of VARIANTS) {
        for (const capacity of [3, 4, 5, 12]) {
          const keys = shuffled(400, random(`keys ${capacity}`));
          const tree = filled(model(variant)({ capacity }), keys);
          const lost = keys.filter((key) => !tree.pathTo(key).at(-1)?.keys.includes(key));
          equal(lost, [], `${variant}, room for ${capacity}: keys that are not found`);
          const leaves = levelsOf(tree).at(-1) ?? [];
          equal(
            leaves.flatMap((leaf) => leaf.keys),
            [...keys].sort((a, b) => a - b),
            `${variant}, room for ${capacity}: keys of the leaves`,
          );
        }
      }
    },
  },

  BT2: {
    statement:
      'No page holds more keys than it has room for, and each inner page has one child more than keys.',
    against: 'The definition of a B+tree, after each of 200 inserts.',
    variants: VARIANTS,
    seeds: 3,
    verify: ({ model, random, equal, atMost }) => {
      for (const variant of VARIANTS) {
        const tree = model(variant)({ capacity: 4 });
        for (const key of shuffled(200, random('keys'))) {
          tree.insert(key);
          const pages = levelsOf(tree).flat();
          atMost(
            Math.max(...pages.map(({ keys }) => keys.length)),
            4,
            `${variant}: keys of a page`,
          );
          const odd = pages.filter(
            ({ keys, children }) => children.length > 0 && children.length !== keys.length + 1,
          );
          equal(odd.length, 0, `${variant}: inner pages with other than one child more than keys`);
        }
      }
    },
  },

  BT3: {
    statement: 'With keys in random order the leaves become as full as fringe analysis says.',
    against:
      'Fringe analysis (Yao 1978), as derived above expectedFill: (c + 1) / c · (H(c + 1) − H((c + 1) / 2)) for room c; within 1 %.',
    variants: ['half-split'],
    seeds: 3,
    verify: ({ model, random, within }) => {
      for (const capacity of [3, 5, 11]) {
        const keys = shuffled(20_000, random(`keys ${capacity}`));
        const fill = fillOf(filled(model('half-split')({ capacity }), keys), capacity);
        const expected = expectedFill(capacity);
        within(fill, expected, 0.01 * expected, `room for ${capacity}: share of it that is used`);
      }
    },
  },

  BT4: {
    statement:
      'Ascending keys leave every leaf but the last as full as the split leaves the left half.',
    against: 'Arithmetic: what lies left of the greatest key is never written again.',
    variants: VARIANTS,
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const capacity of [3, 4, 5, 12]) {
        const left: Readonly<Record<Variant, number>> = {
          'half-split': Math.floor((capacity + 1) / 2),
          'right-split': capacity,
        };
        for (const variant of VARIANTS) {
          const keys = Array.from({ length: 300 }, (_, i) => i + 1);
          const leaves = levelsOf(filled(model(variant)({ capacity }), keys)).at(-1) ?? [];
          equal(
            [...new Set(leaves.slice(0, -1).map((leaf) => leaf.keys.length))],
            [left[variant]],
            `${variant}, room for ${capacity}: keys of the leaves but the last`,
          );
        }
      }
    },
  },
} satisfies Readonly<Record<string, TreeCheck>>;
