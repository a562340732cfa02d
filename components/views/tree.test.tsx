import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefix, Recorder } from '@/lib/kernel/recorder';
import type { Recording } from '@/lib/kernel/recording';
import { indexRecording } from '@/lib/simulation/recording-index';
import { type Page, pagesOf, readTree, type Tree } from '@/lib/simulation/trees';
import { viewMisfits } from '@/lib/simulation/view-misfits';
import type { TreeView } from '@/lib/simulation/views';
import { counted, draw, keepsPromises, propsOf, runOf } from './promises';
import { spreadOf } from './tree-columns';
import { describeView, tableView } from './view';

const view: TreeView = {
  kind: 'tree',
  title: 'Pages',
  root: { node: 'index', field: 'root' },
  keys: 'keys',
  children: 'children',
  capacity: 3,
};

type Facts = Readonly<Record<string, readonly [keys: string, children?: string]>>;

/** Pages as they are from each moment on, and the root. */
function recordingOf(...moments: readonly (readonly [number, root: string, Facts])[]): Recording {
  const recorder = new Recorder({ shownMs: 1000 });
  for (const [at, root, facts] of moments) {
    for (const [id, [keys, children = '']] of Object.entries(facts)) {
      recorder.state(at, id, 'keys', keys);
      recorder.state(at, id, 'children', children);
    }
    recorder.state(at, 'index', 'root', root);
  }
  return recorder.finish();
}

/** A leaf fills and is split, and later its right half takes a key and loses one. */
const growing = recordingOf(
  [0, 'page-1', { 'page-1': ['10 20'] }],
  [100, 'page-1', { 'page-1': ['10 20 30'] }],
  [200, 'page-3', { 'page-1': ['10 20'], 'page-2': ['30 40'], 'page-3': ['30', 'page-1 page-2'] }],
  [400, 'page-3', { 'page-2': ['30 35 40'] }],
  [600, 'page-3', { 'page-2': ['35 40'] }],
);

keepsPromises('tree', view, [runOf(growing)]);
keepsPromises('tree of a race', view, [runOf(growing, 'One'), runOf(growing, 'Other')]);

describe('a tree of pages', () => {
  const told = (t: number): string => describeView(propsOf(view, [runOf(growing)], t));

  it('tells which key came into which page, which page was split, and what was taken out', () => {
    expect(told(50)).toBe('Pages, at 0.050\u202fs. 1 level, 1 leaf with 2 keys, 66.7\u202f% full.');
    expect(told(150)).toContain('last change at 0.100\u202fs: 30 came into page 1.');
    expect(told(250)).toContain(
      '40 came into page 2; page 2 split off page 1; page 3 is the new root.',
    );
    expect(told(450)).toContain('2 levels, 2 leaves with 5 keys, 83.3\u202f% full');
    expect(told(700)).toContain('last change at 0.600\u202fs: 30 taken out.');
  });

  it('marks the pages that changed, those that are new, and the key that came', () => {
    const html = draw(propsOf(view, [runOf(growing)], 250));
    expect(counted(html, 'v-page-made')).toBe(2);
    expect(counted(html, 'v-page-changed')).toBe(1);
    expect(html).toMatch(/text-decoration="underline"[^>]*>40<\/text>/);
    expect(counted(html, 'underline')).toBe(1);
  });

  it('keeps its leaves where they are when it grows a level', () => {
    const heldAt = (t: number): string | undefined =>
      /class="v-held"[^>]* y="([\d.]+)"/.exec(draw(propsOf(view, [runOf(growing)], t)))?.[1];
    expect(heldAt(50)).toBe('34');
    expect(heldAt(250)).toBe('34');
  });

  it('has all pages in its table, level by level', () => {
    expect(tableView(propsOf(view, [runOf(growing)], 450)).rows).toEqual([
      ['page 3', 'root', '30', '33.3\u202f%'],
      ['page 1', 'leaf', '10 20', '66.7\u202f%'],
      ['page 2', 'leaf', '30 35 40', '100\u202f%'],
    ]);
  });

  it('is drawn and told from the past alone, but for the room that it will need', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 990 }), (t) => {
        const whole = propsOf(view, [runOf(growing)], t, 1000);
        const past = propsOf(view, [runOf(prefix(growing, t + 0.5))], t, 1000);
        expect(draw(past)).toBe(draw(whole));
        expect(tableView(past)).toEqual(tableView(whole));
      }),
      { numRuns: 30 },
    );
  });
});

/** Trees whose inner pages have two to five children, all leaves at one level. */
const trees = fc
  .record({
    levels: fc.integer({ min: 1, max: 4 }),
    widths: fc.array(fc.integer({ min: 2, max: 5 }), { minLength: 200, maxLength: 200 }),
    changed: fc.nat(700),
  })
  .map(({ levels, widths, changed }): Tree => {
    let made = 0;
    let leaves = 0;
    const grow = (level: number): Page => {
      const id = made++;
      const isLeaf = level === levels;
      const count = isLeaf ? 0 : (widths[id % widths.length] ?? 2);
      const children = Array.from({ length: count }, () => grow(level + 1));
      const isChanged = isLeaf && leaves++ === changed;
      return {
        id: `page-${id}`,
        name: `page ${id}`,
        keys: isLeaf ? [`${id}`] : children.slice(1).map((child) => `before ${child.id}`),
        children,
        change: isChanged ? 'changed' : null,
      };
    };
    return { root: grow(1), levels, changedAt: undefined, added: [], removed: [] };
  });

describe('the columns of a tree', () => {
  it('hold every leaf once, in order, those around the last change by themselves', () => {
    fc.assert(
      fc.property(trees, fc.integer({ min: 6, max: 20 }), (tree, columnsMax) => {
        const { columns } = spreadOf(tree, columnsMax);
        const below = (page: Page): Page[] =>
          page.children.length === 0 ? [page] : page.children.flatMap(below);
        const shown = columns.flatMap((column) =>
          column.kind === 'leaf' ? [column.page] : column.pages.flatMap(below),
        );
        const leaves = pagesOf(tree).at(-1) ?? [];
        expect(shown.map(({ id }) => id)).toEqual(leaves.map(({ id }) => id));
        for (const column of columns)
          if (column.kind === 'folded')
            expect(column.leaves).toBe(column.pages.flatMap(below).length);
        const changed = leaves.find(({ change }) => change !== null);
        if (changed)
          expect(columns.some((each) => each.kind === 'leaf' && each.page === changed)).toBe(true);
        if (leaves.length <= columnsMax) expect(columns).toHaveLength(leaves.length);
        // At most the leaves of one page, and on each level above one fold on either side.
        expect(columns.length).toBeLessThanOrEqual(Math.max(columnsMax, 5 + 2 * tree.levels));
      }),
    );
  });

  it('are spanned by their inner pages without gaps, each key between the children it divides', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const { columns, spans } = spreadOf(tree, 12);
        const covered = columns.map(() => new Set<number>());
        for (const { level, from, to, keys } of spans) {
          expect(to).toBeGreaterThan(from);
          for (let i = from; i < to; i++) {
            expect(covered[i]?.has(level)).toBe(false);
            covered[i]?.add(level);
          }
          for (const { key, column } of keys) {
            expect(column).toBeGreaterThan(from);
            expect(column).toBeLessThan(to);
            const right = key.slice('before '.length);
            const begins = [
              ...spans.filter((span) => span.from === column).map(({ page }) => page.id),
              ...(columns[column]?.kind === 'leaf' ? [columns[column].page.id] : []),
              ...(columns[column]?.kind === 'folded'
                ? columns[column].pages.map(({ id }) => id)
                : []),
            ];
            expect(begins).toContain(right);
          }
        }
        // Above each column there is one page of every level that is higher.
        for (const [i, column] of columns.entries())
          expect([...(covered[i] ?? [])].sort()).toEqual(
            Array.from({ length: column.level }, (_, level) => level),
          );
      }),
    );
  });
});

describe('a tree that does not fit its recording', () => {
  const misfits = (declared: Partial<TreeView>, recording: Recording): string[] =>
    viewMisfits({ ...view, ...declared }, { index: indexRecording(recording), parameters: {} });

  it('is told of, with what to do', () => {
    const deep = Object.fromEntries(
      [1, 2, 3, 4, 5].map((i): [string, [string, string]] => [`page-${i}`, ['', `page-${i + 1}`]]),
    );
    expect([
      ...misfits({}, recordingOf([0, 'page-1', { 'page-1': ['1 2 3 4'] }])),
      ...misfits({ capacity: 40 }, growing),
      ...misfits({}, recordingOf([0, 'page-7', {}])),
      ...misfits({}, recordingOf([0, 'page-1', { 'page-1': ['5', 'page-2'], 'page-2': ['6'] }])),
      ...misfits({}, recordingOf([0, 'page-1', { ...deep, 'page-6': ['1'] }])),
    ]).toMatchInlineSnapshot(`
      [
        "Expected at most 3 keys in "page-1", got 4 at 0 ms. Record a page after it is split, or correct capacity.",
        "Expected from 1 to 16 keys in a page, got 40. Set capacity to a number, or to a parameter with such values.",
        "Expected keys of every page that another leads to, got none of "page-7" at 0 ms. Record its "keys" no later.",
        "Expected one child more than keys in "page-1", got 1 and 1 at 0 ms. Record both states after a split.",
        "Expected at most 5 levels, got children of "page-5" at 0 ms. Show fewer keys, or more in a page.",
      ]
    `);
  });

  it('is none of those that are drawn here', () => {
    expect(misfits({}, growing)).toEqual([]);
    expect(readTree(view, indexRecording(growing), 1000).levels).toBe(2);
  });
});
