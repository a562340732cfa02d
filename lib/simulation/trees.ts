/** A tree of pages at a moment, as its states tell it: for the view, and for what holds it to account. */
import { countUntil, type RecordingIndex } from './recording-index';
import type { TreeView } from './views';

/** Deeper trees have pages too narrow to read, or lead in a circle. */
export const LEVELS_MAX = 5;

export interface Page {
  readonly id: string;
  /** "page 4". */
  readonly name: string;
  readonly keys: readonly string[];
  /** Empty in a leaf. */
  readonly children: readonly Page[];
  /** What the last change did to it: it is new, or has other keys or children than before. */
  readonly change: 'made' | 'changed' | null;
}

export interface Tree {
  /** Undefined while there is none. */
  readonly root: Page | undefined;
  /** 0 while there is no root. */
  readonly levels: number;
  /** When the last change was, simulated ms; undefined before the first. */
  readonly changedAt: number | undefined;
  /** Keys that the last change brought into the leaves, and those that it took out of them. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const NO_TREE: Tree = { root: undefined, levels: 0, changedAt: undefined, added: [], removed: [] };

const nameOfPage = (id: string): string => id.replace('-', ' ');

const listOf = (value: number | string | undefined): string[] =>
  value === undefined || value === '' ? [] : String(value).split(' ');

/** Reads the value of a state as it is, or as it was before a moment. */
type Read = (node: string, field: string) => number | string | undefined;

const valueAt =
  (index: RecordingIndex, t: number): Read =>
  (node, field) =>
    index.stateAt(node, field, t);

/** Before everything that happened at `t`. */
const valueBefore =
  (index: RecordingIndex, t: number): Read =>
  (node, field) => {
    const { at, value } = index.stateHistory(node, field);
    let place = countUntil(at, t) - 1;
    while (place >= 0 && at[place] === t) place--;
    return value[place];
  };

/** The keys of the leaves, from left to right. */
function leafKeys(view: TreeView, read: Read): string[] {
  const below = (id: string, levels: number): string[] => {
    const children = listOf(read(id, view.children));
    if (children.length === 0 || levels === 1) return listOf(read(id, view.keys));
    return children.flatMap((child) => below(child, levels - 1));
  };
  const root = read(view.root.node, view.root.field);
  return root === undefined || root === '' ? [] : below(String(root), LEVELS_MAX);
}

/** When anything of the tree was recorded last, simulated ms; what is there at time 0 is the beginning. */
function lastChange(view: TreeView, index: RecordingIndex, t: number): number | undefined {
  let last = 0;
  const look = (node: string, field: string): void => {
    const { at } = index.stateHistory(node, field);
    last = Math.max(last, at[countUntil(at, t) - 1] ?? 0);
  };
  look(view.root.node, view.root.field);
  for (const node of index.nodesWith(view.keys)) look(node, view.keys);
  for (const node of index.nodesWith(view.children)) look(node, view.children);
  return last > 0 ? last : undefined;
}

/** The tree at `t` (simulated ms), down to `LEVELS_MAX` levels. */
export function readTree(view: TreeView, index: RecordingIndex, t: number): Tree {
  const now = valueAt(index, t);
  const rootId = now(view.root.node, view.root.field);
  if (rootId === undefined || rootId === '') return NO_TREE;
  const changedAt = lastChange(view, index, t);
  const before = valueBefore(index, changedAt ?? 0);
  const changeOf = (id: string): Page['change'] => {
    if (changedAt === undefined) return null;
    const was = before(id, view.keys);
    if (was === undefined) return 'made';
    const isSame =
      was === now(id, view.keys) && before(id, view.children) === now(id, view.children);
    return isSame ? null : 'changed';
  };
  let levels = 0;
  const grow = (id: string, level: number): Page => {
    levels = Math.max(levels, level);
    const children = level < LEVELS_MAX ? listOf(now(id, view.children)) : [];
    return {
      id,
      name: nameOfPage(id),
      keys: listOf(now(id, view.keys)),
      children: children.map((child) => grow(child, level + 1)),
      change: changeOf(id),
    };
  };
  const root = grow(String(rootId), 1);
  const held = new Set(leafKeys(view, now));
  const heldBefore = new Set(changedAt === undefined ? held : leafKeys(view, before));
  return {
    root,
    levels,
    changedAt,
    added: [...held].filter((key) => !heldBefore.has(key)),
    removed: [...heldBefore].filter((key) => !held.has(key)),
  };
}

/** The most levels that the tree has at any time. */
export function levelsOf(view: TreeView, index: RecordingIndex): number {
  const { at } = index.stateHistory(view.root.node, view.root.field);
  return Math.max(1, ...[...at, index.shownMs].map((t) => readTree(view, index, t).levels));
}

/** The pages of a tree, level by level from the root, each level from left to right. */
export function pagesOf({ root }: Tree): Page[][] {
  const all: Page[][] = [];
  for (let level = root ? [root] : []; level.length > 0; ) {
    all.push(level);
    level = level.flatMap(({ children }) => children);
  }
  return all;
}
