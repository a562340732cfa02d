/**
 * A tree of pages: leaves below with their keys and the room that is left, inner pages above as wide
 * as what they lead to, each key between the children that it divides. The leaves stay where they are
 * when the tree grows a level, as trees of pages do.
 */
import type { ReactNode } from 'react';
import { percent } from '@/components/charts/scale';
import { formatMoment, formatNumber } from '@/lib/simulation/format';
import { levelAt } from '@/lib/simulation/levels';
import { levelsOf, type Page, pagesOf, readTree, type Tree } from '@/lib/simulation/trees';
import type { TreeView as TreeSpec } from '@/lib/simulation/views';
import { oncePerRun } from './once';
import { Part } from './part';
import { At, Drawing, NARROW_PX, px, Svg, SvgText, shortened } from './text';
import { type Column, type Span, type Spread, spreadOf } from './tree-columns';
import type { ViewKind } from './view';
import {
  butTheMoment,
  listed,
  perRun,
  type ViewProps,
  type ViewRun,
  type ViewTable,
} from './view-props';

/** Columns at most, and how wide one must be on a phone for keys of so many letters, px. */
const COLUMNS_MAX = 16;
const COLUMNS_MIN = 8;
const columnPx = (letters: number): number => letters * 6 + 5;
const INNER_PX = 22;
const GAP_PX = 12;
const KEY_PX = 13;
const PAD_PX = 4;
/** Room on each side of a page, as a share of the whole width. */
const BESIDE = 0.0035;
const LETTERS_MAX = 5;

function TreeView(props: ViewProps<TreeSpec>): ReactNode {
  return (
    <div className="v v-tree" role="img" aria-label={describeTree(props)}>
      {props.runs.map((run) => (
        <Part
          key={run.id}
          draw={() => <TreeRun props={props} run={run} />}
          of={butTheMoment(props)}
          t={props.t}
        />
      ))}
    </div>
  );
}

function TreeRun({
  props,
  run,
}: {
  readonly props: ViewProps<TreeSpec>;
  readonly run: ViewRun;
}): ReactNode {
  const { view, runs, t, shownMs } = props;
  const tree = readTree(view, run.index, t);
  return (
    <div className="v-tree-run">
      {runs.length > 1 && <p className="v-tree-title">{run.title}</p>}
      <Pages props={props} run={run} tree={tree} />
      <p className="v-tree-said">{lastChange(tree, shownMs)}</p>
    </div>
  );
}

/** Heights depend on the whole run, so that nothing moves when the tree grows. */
const levelsMaxOf = oncePerRun(levelsOf);

function capacityOf({ view, parameters, t }: ViewProps<TreeSpec>): number {
  return Math.max(1, Math.floor(levelAt(view.capacity, parameters, t) ?? 1));
}

interface Frame {
  readonly columns: number;
  /** Top of a level, px. */
  readonly top: (level: number) => number;
  readonly capacity: number;
  readonly height: number;
  /** Keys that are told apart as new. */
  readonly added: ReadonlySet<string>;
}

function Pages({
  props,
  run: { index },
  tree,
}: {
  readonly props: ViewProps<TreeSpec>;
  readonly run: ViewRun;
  readonly tree: Tree;
}): ReactNode {
  const capacity = capacityOf(props);
  const levelsMax = levelsMaxOf(props.view, index);
  const spread = spreadOf(tree, columnsFor(tree));
  const leafTop = (levelsMax - 1) * (INNER_PX + GAP_PX);
  const frame: Frame = {
    columns: Math.max(1, spread.columns.length),
    // The leaves stand still and the root rises.
    top: (level) => leafTop - (tree.levels - 1 - level) * (INNER_PX + GAP_PX),
    capacity,
    height: leafTop + capacity * KEY_PX + 2 * PAD_PX,
    added: new Set(tree.added),
  };
  return (
    <Drawing height={frame.height}>
      <Svg>
        <Edges spread={spread} frame={frame} />
        {spread.columns.map((column, i) =>
          column.kind === 'leaf' ? (
            <Leaf key={column.page.id} page={column.page} column={i} frame={frame} />
          ) : (
            <Folded key={column.pages[0]?.id} folded={column} column={i} frame={frame} />
          ),
        )}
        {spread.spans.map((span) => (
          <Inner key={span.page.id} span={span} frame={frame} />
        ))}
      </Svg>
    </Drawing>
  );
}

/** As many columns as can hold the longest key that there is. */
function columnsFor(tree: Tree): number {
  const letters = pagesOf(tree)
    .flat()
    .flatMap(({ keys }) => keys.map((key) => Math.min(LETTERS_MAX, key.length)));
  const fit = Math.floor(NARROW_PX / columnPx(Math.max(1, ...letters)));
  return Math.min(COLUMNS_MAX, Math.max(COLUMNS_MIN, fit));
}

/** A box over columns, with room on both sides. */
function Box({
  from,
  to,
  top,
  height,
  className,
  frame: { columns },
}: {
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly height: number;
  readonly className: string;
  readonly frame: Frame;
}): ReactNode {
  return (
    <rect
      className={className}
      x={percent(from / columns + BESIDE)}
      width={percent((to - from) / columns - 2 * BESIDE)}
      y={px(top)}
      height={px(height)}
      rx={3}
    />
  );
}

const pageClass = ({ change }: Page): string =>
  change === null ? 'v-page' : `v-page v-page-${change}`;

/** From each inner page down to its children. */
function Edges({
  spread: { columns, spans },
  frame,
}: {
  readonly spread: Spread;
  readonly frame: Frame;
}): ReactNode {
  const below = [
    ...columns.map(({ level }, i) => ({ level, middle: i + 0.5 })),
    ...spans.map(({ level, from, to }) => ({ level, middle: (from + to) / 2 })),
  ];
  return below
    .filter(({ level }) => level > 0)
    .map(({ level, middle }) => (
      <line
        key={`${level} ${middle}`}
        className="v-edge"
        x1={percent(middle / frame.columns)}
        x2={percent(middle / frame.columns)}
        y1={frame.top(level) - GAP_PX}
        y2={frame.top(level)}
      />
    ));
}

function Leaf({
  page,
  column,
  frame,
}: {
  readonly page: Page;
  readonly column: number;
  readonly frame: Frame;
}): ReactNode {
  const top = frame.height - frame.capacity * KEY_PX - 2 * PAD_PX;
  const middle = percent((column + 0.5) / frame.columns);
  const { keys } = page;
  const box = { from: column, to: column + 1, top, frame };
  return (
    <>
      <Box {...box} className={pageClass(page)} height={frame.height - top} />
      {keys.length > 0 && (
        <Box
          {...box}
          className="v-held"
          height={Math.min(keys.length, frame.capacity) * KEY_PX + PAD_PX}
        />
      )}
      {keys.slice(0, frame.capacity).map((key, i) => (
        <SvgText
          key={key}
          x={middle}
          y={top + PAD_PX + (i + 0.5) * KEY_PX}
          centred
          textAnchor="middle"
          tone="ink"
          fontSize={10}
          {...(frame.added.has(key) ? { fontWeight: 600, textDecoration: 'underline' } : {})}
        >
          {shortened(key, LETTERS_MAX)}
        </SvgText>
      ))}
    </>
  );
}

function Inner({ span, frame }: { readonly span: Span; readonly frame: Frame }): ReactNode {
  const top = frame.top(span.level);
  return (
    <>
      <Box
        from={span.from}
        to={span.to}
        top={top}
        height={INNER_PX}
        className={pageClass(span.page)}
        frame={frame}
      />
      {span.keys.map(({ key, column }) => (
        <SvgText
          key={key}
          x={percent(column / frame.columns)}
          y={top + INNER_PX / 2}
          centred
          textAnchor="middle"
          tone="ink"
          fontSize={10}
        >
          {shortened(key, LETTERS_MAX)}
        </SvgText>
      ))}
    </>
  );
}

/** Pages that have no column of their own: one box down to the leaves, with the number of these. */
function Folded({
  folded,
  column,
  frame,
}: {
  readonly folded: Extract<Column, { kind: 'folded' }> & { readonly level: number };
  readonly column: number;
  readonly frame: Frame;
}): ReactNode {
  const top = frame.top(folded.level);
  const isChanged = folded.pages.some(({ change }) => change !== null);
  const name = folded.leaves === 1 ? 'leaf' : 'leaves';
  return (
    <>
      <Box
        from={column}
        to={column + 1}
        top={top}
        height={frame.height - top}
        className={isChanged ? 'v-page v-folded v-page-changed' : 'v-page v-folded'}
        frame={frame}
      />
      <At x={percent((column + 0.5) / frame.columns)} y={(top + frame.height) / 2}>
        <SvgText x={0} y={-2} textAnchor="middle" tone="ink" fontSize={10} fontWeight={600}>
          {formatNumber(folded.leaves)}
        </SvgText>
        <SvgText x={0} y={9} textAnchor="middle" fontSize={8}>
          {name}
        </SvgText>
      </At>
    </>
  );
}

/** "At 1.20 s: 37 came into page 5; page 9 split off page 5." */
function lastChange(tree: Tree, shownMs: number): string {
  const said = describeChange(tree);
  if (tree.changedAt === undefined || said === '') return 'Nothing has changed yet.';
  return `At ${formatMoment(tree.changedAt, shownMs)}: ${said}.`;
}

function describeChange(tree: Tree): string {
  const levels = pagesOf(tree);
  const leaves = levels.at(-1) ?? [];
  const parts: string[] = [];
  for (const leaf of leaves) {
    const came = leaf.keys.filter((key) => tree.added.includes(key));
    if (came.length > 0) parts.push(`${listed(came)} came into ${leaf.name}`);
  }
  if (tree.removed.length > 0) parts.push(`${listed(tree.removed)} taken out`);
  for (const level of [...levels].reverse()) {
    for (const [i, page] of level.entries()) {
      if (page.change !== 'made') continue;
      const beside = [level[i - 1], level[i + 1]].find((each) => each?.change === 'changed');
      if (beside) parts.push(`${page.name} split off ${beside.name}`);
      else parts.push(page === tree.root ? `${page.name} is the new root` : `${page.name} is new`);
    }
  }
  return parts.join('; ');
}

const leavesOf = (tree: Tree): readonly Page[] => pagesOf(tree).at(-1) ?? [];

/** How full the leaves are, in per cent of the keys that they have room for. */
function fill(pages: readonly Page[], capacity: number): string {
  const held = pages.reduce((sum, { keys }) => sum + keys.length, 0);
  return `${formatNumber((100 * held) / (pages.length * capacity))}\u202f%`;
}

function describeTree(props: ViewProps<TreeSpec>): string {
  const { view, runs, t, shownMs } = props;
  const capacity = capacityOf(props);
  const told = perRun(runs, ({ index }) => {
    const tree = readTree(view, index, t);
    if (!tree.root) return 'no page yet';
    const leaves = leavesOf(tree);
    const keys = leaves.reduce((sum, page) => sum + page.keys.length, 0);
    const change = describeChange(tree);
    return [
      `${tree.levels} ${tree.levels === 1 ? 'level' : 'levels'}`,
      `${leaves.length} ${leaves.length === 1 ? 'leaf' : 'leaves'} with ${keys} ${keys === 1 ? 'key' : 'keys'}, ${fill(leaves, capacity)} full`,
      ...(change && tree.changedAt !== undefined
        ? [`last change at ${formatMoment(tree.changedAt, shownMs)}: ${change}`]
        : []),
    ].join(', ');
  });
  return `${view.title}, at ${formatMoment(t, shownMs)}. ${told}.`;
}

/** All pages, level by level, those that are folded in the drawing too. */
function tableTree(props: ViewProps<TreeSpec>): ViewTable {
  const { view, runs, t, shownMs } = props;
  const capacity = capacityOf(props);
  const rows = runs.flatMap(({ title, index }) => {
    const levels = pagesOf(readTree(view, index, t));
    return levels.flatMap((level, l) =>
      level.map((page) => [
        runs.length > 1 ? `${title}: ${page.name}` : page.name,
        l === levels.length - 1 ? 'leaf' : l === 0 ? 'root' : `level ${l + 1}`,
        page.keys.join(' ') || '–',
        fill([page], capacity),
      ]),
    );
  });
  return {
    caption: `${view.title}, at ${formatMoment(t, shownMs)}`,
    columns: ['Page', 'Level', 'Keys', 'Full'],
    rows: rows.length > 0 ? rows : [['none', '–', '–', '–']],
  };
}

export const tree: ViewKind<TreeSpec> = {
  Drawing: TreeView,
  describe: describeTree,
  table: tableTree,
};
