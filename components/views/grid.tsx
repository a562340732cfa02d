/**
 * Slots with what they hold, as a grid of cells: what the last change concerned is marked, hands and
 * pointers are drawn from cell to cell, and the reader may choose a cell to read all there is of it.
 */
import {
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type ReactNode,
  useId,
  useState,
} from 'react';
import { percent } from '@/components/charts/scale';
import { formatMoment } from '@/lib/simulation/format';
import type { GridField, GridGroup, GridView as GridSpec } from '@/lib/simulation/views';
import {
  type Cell,
  type CellGroup,
  describeCell,
  describeChange,
  type GridReading,
  isSet,
  namesOf,
  readGrid,
  saidOf,
} from './grid-cells';
import { Part } from './part';
import { At, px, Stretched, Svg, SvgText } from './text';
import type { ViewKind } from './view';
import {
  butTheMoment,
  listed,
  perRun,
  type ViewProps,
  type ViewRun,
  type ViewTable,
} from './view-props';

const CELL_PX = 24;
const LINE_PX = 13;
const BITS_PX = 7;
const GAP_PX = 4;
/** Between rows where hands or pointers are drawn. */
const WIDE_GAP_PX = 14;
/** Arrows in one gap keep this distance, as far as it has room for them. */
const LANE_PX = 3;
const LANES = 3;
/** More columns than this are dense on a phone. */
const ROOMY_COLUMNS = 8;
const LABEL_PX = 20;
/** Between the cells of a group and the name of the next: arrows leave the cells here. */
const GROUPS_APART_PX = 10;
/** Width of a run's cells in the units of the arrows. */
const UNITS = 1000;
/** Cells that are drawn in one turn, as far as they make whole rows: a new run changes them all. */
const CELLS_IN_TURN = 8;
/** So many letters fit into the narrowest cell of a phone. */
const LETTERS_THAT_FIT = 3;
/** An arrow leaves right of a cell's middle and arrives left of it, as a share of the cell's width. */
const ASIDE = 0.14;

/** A cell that the reader has chosen: in which run, and which. */
interface Chosen {
  /** Id of the run. */
  readonly run: string;
  readonly id: string;
}

function GridView(props: ViewProps<GridSpec>): ReactNode {
  const { view, runs, t, parameters, live = false } = props;
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const readings = runs.map(({ index }) => readGrid(view, index, t, parameters));
  const ofChosen = readings[runs.findIndex(({ id }) => id === chosen?.run)];
  const chosenCell = chosen && cellOf(ofChosen, chosen.id);
  return (
    // Live, the cells are lists with names of their own; in a still they are parts of one picture.
    <div className="v v-grid" {...(live ? {} : { role: 'img', 'aria-label': describeGrid(props) })}>
      <div className="v-grid-runs">
        {runs.map((run, i) => {
          const chosenId = chosen?.run === run.id ? chosen.id : undefined;
          const sought = chosen !== null && chosen.run !== run.id ? chosenCell?.content : undefined;
          return (
            <Part
              key={run.id}
              draw={() => (
                <GridRun
                  props={props}
                  run={run}
                  reading={readings[i] ?? NOTHING}
                  chosenId={chosenId}
                  sought={sought}
                  choose={(id) => setChosen(id === undefined ? null : { run: run.id, id })}
                  live={live}
                />
              )}
              of={butTheMoment(props)}
              t={t}
              atOnce={[chosenId, sought]}
            />
          );
        })}
      </div>
      <Legend view={view} readings={readings} />
    </div>
  );
}

const NOTHING: GridReading = { groups: [], changedAt: undefined, hands: [] };

const cellOf = (reading: GridReading | undefined, id: string): Cell | undefined =>
  reading?.groups.flatMap(({ cells }) => cells).find((cell) => cell.id === id);

/** The height of a cell of the group, px. */
const cellPx = ({ fields }: GridGroup): number =>
  CELL_PX +
  LINE_PX * fields.filter(({ as }) => as === 'line').length +
  (fields.some(({ as }) => as === 'bit') ? BITS_PX : 0);

interface CellPlace {
  /** Column and number of columns. */
  readonly column: number;
  readonly columns: number;
  /** px from the top of the run's drawing. */
  readonly top: number;
  readonly bottom: number;
}

interface GridLayout {
  readonly gapPx: number;
  readonly height: number;
  readonly places: ReadonlyMap<string, CellPlace>;
}

function layoutOf(view: GridSpec, { groups }: GridReading): GridLayout {
  const hasArrows =
    view.hands !== undefined ||
    view.groups.some(({ fields }) => fields.some(({ as }) => as === 'pointer'));
  const gapPx = hasArrows ? WIDE_GAP_PX : GAP_PX;
  const places = new Map<string, CellPlace>();
  let top = 0;
  for (const { group, columns, cells } of groups) {
    const height = cellPx(group);
    if (group.label) top += LABEL_PX + (top > 0 ? GROUPS_APART_PX : 0);
    for (const [i, { id }] of cells.entries()) {
      const rowTop = top + gapPx + Math.floor(i / columns) * (height + gapPx);
      places.set(id, { column: i % columns, columns, top: rowTop, bottom: rowTop + height });
    }
    top += Math.ceil(cells.length / columns) * (height + gapPx);
  }
  // Below the last row an arrow may still run.
  return { gapPx, height: top + (hasArrows ? gapPx : 0), places };
}

function GridRun({
  props,
  run,
  reading,
  chosenId,
  sought,
  choose,
  live,
}: {
  readonly props: ViewProps<GridSpec>;
  readonly run: ViewRun;
  readonly reading: GridReading;
  readonly chosenId: string | undefined;
  /** What the cell holds that was chosen in another run. */
  readonly sought: string | undefined;
  readonly choose: (id: string | undefined) => void;
  readonly live: boolean;
}): ReactNode {
  const { view, runs, shownMs } = props;
  const layout = layoutOf(view, reading);
  const nameOf = namesOf(reading);
  const race = runs.length > 1;
  return (
    <div className="v-grid-run">
      {race && <p className="v-grid-title">{run.title}</p>}
      <div className="v-grid-plan" style={{ height: layout.height }}>
        {reading.groups.map((cells) => (
          <Cells
            key={cells.group.node}
            cells={cells}
            of={butTheMoment(props)}
            changedAt={reading.changedAt ?? 0}
            gapPx={layout.gapPx}
            name={listed(
              [view.title, race ? run.title : '', cells.group.label].filter((part) => part !== ''),
            )}
            nameOf={nameOf}
            chosenId={chosenId}
            sought={sought}
            choose={choose}
            live={live}
          />
        ))}
        <Arrows reading={reading} layout={layout} />
      </div>
      <p className="v-grid-said">
        {said(view, reading, { chosenId, sought, nameOf, shownMs })}
        {reading.groups
          .filter(({ hasMore }) => hasMore)
          .map(({ group }) => ` No further ${group.cell} is ever filled.`)}
      </p>
    </div>
  );
}

/** The line below the cells: the chosen cell, where its content is in this run, or the last change. */
function said(
  view: GridSpec,
  reading: GridReading,
  {
    chosenId,
    sought,
    nameOf,
    shownMs,
  }: {
    readonly chosenId: string | undefined;
    readonly sought: string | undefined;
    readonly nameOf: (id: string) => string;
    readonly shownMs: number;
  },
): string {
  if (chosenId !== undefined) {
    for (const { group, cells } of reading.groups) {
      const cell = cells.find(({ id }) => id === chosenId);
      if (cell) return `${capitalised(describeCell(group, cell, nameOf))}.`;
    }
  }
  if (sought) {
    const holders = reading.groups
      .flatMap(({ cells }) => cells)
      .filter(({ content }) => content === sought);
    return `${sought} is in ${listed(holders.map(({ name }) => name)) || 'no cell'}.`;
  }
  if (view.standing !== undefined) return view.standing;
  if (reading.changedAt === undefined) return 'Nothing has changed yet.';
  return `At ${formatMoment(reading.changedAt, shownMs)}: ${describeChange(view, reading)}.`;
}

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** One group of cells; in a live figure a list from which one may be chosen. */
function Cells({
  cells: { group, columns, cells },
  of,
  changedAt,
  gapPx,
  name,
  nameOf,
  chosenId,
  sought,
  choose,
  live,
}: {
  readonly cells: CellGroup;
  readonly of: readonly unknown[];
  /** Between two changes of the run its cells stay as they are, simulated ms. */
  readonly changedAt: number;
  readonly gapPx: number;
  readonly name: string;
  readonly nameOf: (id: string) => string;
  readonly chosenId: string | undefined;
  readonly sought: string | undefined;
  readonly choose: (id: string | undefined) => void;
  readonly live: boolean;
}): ReactNode {
  const prefix = useId();
  const place = cells.findIndex(({ id }) => id === chosenId);
  const shape = {
    '--columns': columns,
    '--cell': `${cellPx(group)}px`,
    '--gap': `${gapPx}px`,
  } as CSSProperties;
  const className = columns > ROOMY_COLUMNS ? 'v-cells v-dense' : 'v-cells';
  const inTurn = columns * Math.max(1, Math.floor(CELLS_IN_TURN / columns));
  const draw = (from: number): ReactNode => (
    <div className="v-cell-rows">
      {cells.slice(from, from + inTurn).map((cell, at) => (
        <GridCell
          // biome-ignore lint/suspicious/noArrayIndexKey: a place is what stays, whatever stands in it; elements that change places would shift the layout
          key={at}
          {...ink(group, cell)}
          isChosen={cell.id === chosenId}
          isSought={sought !== undefined && sought !== '' && cell.content === sought}
          option={
            live
              ? {
                  id: `${prefix}${cell.id}`,
                  name: describeCell(group, cell, nameOf),
                  cell: cell.id,
                }
              : undefined
          }
        />
      ))}
    </div>
  );
  const turns = Array.from({ length: Math.ceil(cells.length / inTurn) }, (_, turn) => (
    <Part
      // biome-ignore lint/suspicious/noArrayIndexKey: as with the cells
      key={turn}
      draw={() => draw(turn * inTurn)}
      of={[...of, cells.length]}
      t={changedAt}
      atOnce={[chosenId, sought]}
    />
  ));
  const label = group.label && <p className="v-grid-label">{group.label}</p>;
  if (!live) {
    return (
      <>
        {label}
        <div className={className} style={shape}>
          {turns}
        </div>
      </>
    );
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next =
      event.key === 'Escape' ? null : movedTo(event.key, { place, columns, count: cells.length });
    if (next === undefined || (next === null && place < 0)) return;
    event.preventDefault();
    choose(next === null ? undefined : cells[next]?.id);
  };
  const onClick = (event: MouseEvent): void => {
    const target = event.target instanceof Element ? event.target.closest('[data-cell]') : null;
    const id = target instanceof HTMLElement ? target.dataset.cell : undefined;
    if (id !== undefined) choose(id === chosenId ? undefined : id);
  };
  // Whoever comes by keyboard stands on a cell at once; a click says itself which one.
  const onFocus = (event: FocusEvent): void => {
    if (place < 0 && event.currentTarget.matches(':focus-visible')) choose(cells[0]?.id);
  };
  return (
    <>
      {label}
      <div
        className={className}
        style={shape}
        role="listbox"
        aria-label={name}
        aria-activedescendant={place < 0 ? undefined : `${prefix}${chosenId}`}
        tabIndex={0}
        data-keys="slider"
        onKeyDown={onKeyDown}
        onClick={onClick}
        onFocus={onFocus}
      >
        {turns}
      </div>
    </>
  );
}

/** Which cell a key leads to, from the place of the present one (−1 for none); undefined if none. */
export function movedTo(
  key: string,
  {
    place,
    columns,
    count,
  }: { readonly place: number; readonly columns: number; readonly count: number },
): number | undefined {
  if (count === 0) return undefined;
  const from = Math.max(0, place);
  const inside = (to: number): number => (to >= 0 && to < count ? to : from);
  switch (key) {
    case 'ArrowRight':
      return inside(from + 1);
    case 'ArrowLeft':
      return inside(from - 1);
    case 'ArrowDown':
      return inside(from + columns);
    case 'ArrowUp':
      return inside(from - columns);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    case 'Enter':
      return from;
    default:
      return undefined;
  }
}

/** What is drawn in a cell, as texts, so that a cell that stays the same is not drawn again. */
interface CellInk {
  readonly classes: string;
  /** Its number where it has no content of its own. */
  readonly content: string;
  /** A line each. */
  readonly lines: string;
  /** The letter of its class. */
  readonly letter: string;
  /** One letter per bit that was ever recorded: 1 set, 0 not; others are left out. */
  readonly bits: string;
}

function ink({ fields }: GridGroup, { number, content, change, values }: Cell): CellInk {
  const hasContent = fields.some(({ as }) => as === 'content');
  const isEmpty = hasContent && content === '';
  const classes = ['v-cell'];
  if (isEmpty) classes.push('v-empty');
  if (change !== null) classes.push(`v-${change}`);
  const lines: string[] = [];
  let bits = '';
  let letter = '';
  for (const [i, field] of fields.entries()) {
    const value = values[i];
    if (isEmpty || value === undefined) {
      if (field.as === 'line') lines.push('');
      continue;
    }
    if (field.as === 'line') lines.push(saidOf(field, value, String) ?? '');
    else if (field.as === 'bit') bits += isSet(value) ? '1' : '0';
    else if (field.as === 'class') {
      const place = Object.keys(field.values).indexOf(String(value));
      if (place >= 0) classes.push('v-class', `c-${place + 1}`);
      letter = letterOf(field, String(value));
    }
  }
  const shown = hasContent ? content : number;
  if ([shown, ...lines].some(({ length }) => length > LETTERS_THAT_FIT)) classes.push('v-long');
  return {
    classes: classes.join(' '),
    content: shown,
    lines: lines.join('\n'),
    letter,
    bits,
  };
}

/** Names of up to two letters stand as they are, of others the first letter does. */
function letterOf({ values }: Extract<GridField, { as: 'class' }>, value: string): string {
  const name = values[value] ?? value;
  return name.length <= 2 ? name : name.charAt(0).toUpperCase();
}

const GridCell = memo(
  function GridCell({
    classes,
    content,
    lines,
    letter,
    bits,
    isChosen,
    isSought,
    option,
  }: CellInk & {
    readonly isChosen: boolean;
    readonly isSought: boolean;
    readonly option:
      | { readonly id: string; readonly name: string; readonly cell: string }
      | undefined;
  }): ReactNode {
    const className = `${classes}${isChosen ? ' v-chosen' : ''}${isSought ? ' v-sought' : ''}`;
    const inside = (
      <>
        {letter && <small className="v-letter">{letter}</small>}
        {content && <b>{content}</b>}
        {lines && <span>{lines}</span>}
        {bits && <Bits bits={bits} />}
      </>
    );
    if (!option) return <div className={className}>{inside}</div>;
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active cell.
      <div
        className={className}
        role="option"
        id={option.id}
        aria-label={option.name}
        aria-selected={isChosen}
        data-cell={option.cell}
      >
        {inside}
      </div>
    );
  },
  (a, b) =>
    a.classes === b.classes &&
    a.content === b.content &&
    a.lines === b.lines &&
    a.letter === b.letter &&
    a.bits === b.bits &&
    a.isChosen === b.isChosen &&
    a.isSought === b.isSought &&
    a.option?.name === b.option?.name &&
    a.option?.id === b.option?.id,
);

/** Bits differ in their forms: a circle, a square, a diamond; filled while they are set. */
function Bits({ bits }: { readonly bits: string }): ReactNode {
  return (
    <i className="v-bits">
      {[...bits].map((bit, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a bit is known by its place alone
        <i key={i} className={bit === '1' ? 'v-set' : undefined} />
      ))}
    </i>
  );
}

/** Pointers from cell to cell, and the hands, on top of the cells. */
function Arrows({
  reading,
  layout: { gapPx, height, places },
}: {
  readonly reading: GridReading;
  readonly layout: GridLayout;
}): ReactNode {
  const ways = reading.groups.flatMap(({ group, cells }) =>
    group.fields.flatMap((field, i) =>
      field.as !== 'pointer'
        ? []
        : cells.filter(holds(group)).flatMap((cell) => {
            const from = places.get(cell.id);
            const to = places.get(String(cell.values[i] ?? ''));
            return from && to && from !== to ? [{ from, to }] : [];
          }),
    ),
  );
  const tops = [...new Set([...places.values()].map(({ top }) => top))];
  const arrows = ways.map(({ from, to }, i) => {
    const isNext = !tops.some((top) => top > from.top && top < to.top) && to.top > from.top;
    const lane = gapPx / 2 + ((i % LANES) - (LANES - 1) / 2) * LANE_PX;
    return arrowOf(from, to, { gapPx, lane, isNext });
  });
  if (arrows.length === 0 && reading.hands.length === 0) return null;
  return (
    <div className="fig-drawing v-arrows">
      <Svg aria-hidden="true">
        {arrows.length > 0 && (
          <Stretched units={UNITS} height={height}>
            <path className="v-arrow" d={arrows.map(({ path }) => path).join('')} />
          </Stretched>
        )}
        {arrows.map(({ path, x, y, isUpwards }) => (
          <At key={path} x={percent(x)} y={y}>
            <path className="v-arrow-tip" d={isUpwards ? 'M0 0l-3 5h6z' : 'M0 0l-3-5h6z'} />
          </At>
        ))}
        {reading.hands.map(({ label, id }) => {
          const place = places.get(id);
          if (!place) return null;
          const x = (place.column + 0.5) / place.columns;
          const isRight = x > 0.8;
          return (
            <At key={label} x={percent(x)} y={place.top}>
              <path className="v-arrow-tip" d="M0 1l-5-9h10z" />
              <SvgText
                x={isRight ? -8 : 8}
                y={-2}
                textAnchor={isRight ? 'end' : 'start'}
                tone="ink"
                fontSize={10}
              >
                {label}
              </SvgText>
            </At>
          );
        })}
      </Svg>
    </div>
  );
}

interface Arrow {
  /** In units across and px down. */
  readonly path: string;
  /** Where its tip is: share of the width, px. */
  readonly x: number;
  readonly y: number;
  readonly isUpwards: boolean;
}

/**
 * An arrow along the gaps between cells, never across one of its group: out below the cell, along the
 * gap, and into the target from below if it stands in the same row, else from above.
 */
function arrowOf(
  from: CellPlace,
  to: CellPlace,
  {
    gapPx,
    lane,
    isNext,
  }: {
    readonly gapPx: number;
    /** How far below a row its way along the gap is, px. */
    readonly lane: number;
    /** Whether the target stands in the next row, to which one gap leads. */
    readonly isNext: boolean;
  },
): Arrow {
  const unit = (share: number): number => Math.round(share * UNITS);
  const start = (from.column + 0.5 + ASIDE) / from.columns;
  const x = (to.column + 0.5 - ASIDE) / to.columns;
  const out = `M${unit(start)} ${px(from.bottom)}v${px(lane)}`;
  if (from.top === to.top)
    return { path: `${out}H${unit(x)}V${px(to.bottom)}`, x, y: to.bottom, isUpwards: true };
  // To a row further away it goes along the edge of the target's column.
  const way = isNext ? '' : `H${unit(to.column / to.columns)}V${px(to.top - gapPx + lane)}`;
  return { path: `${out}${way}H${unit(x)}V${px(to.top)}`, x, y: to.top, isUpwards: false };
}

/** The signs of bits and classes with their names; only of those that some run has. */
function Legend({
  view,
  readings,
}: {
  readonly view: GridSpec;
  readonly readings: readonly GridReading[];
}): ReactNode {
  /** By what they say: groups that share a class share its line in the legend. */
  const entries = new Map<string, ReactNode>();
  view.groups.forEach(({ fields }, g) => {
    const bits = fields.filter(({ as }) => as === 'bit');
    fields.forEach((field, f) => {
      const occurs = readings.some(({ groups }) =>
        groups[g]?.cells.some(({ values }) => values[f] !== undefined),
      );
      if (!occurs) return;
      if (field.as === 'bit') {
        const mark = `${'-'.repeat(bits.indexOf(field))}1`;
        const key = `${mark} ${field.label}`;
        entries.set(
          key,
          <span key={key}>
            <Bits bits={mark} />
            {field.label}
          </span>,
        );
      }
      if (field.as !== 'class') return;
      Object.entries(field.values).forEach(([value, name], i) => {
        const letter = letterOf(field, value);
        const key = `${i} ${letter} ${name}`;
        entries.set(
          key,
          <span key={key}>
            <i className={`v-swatch c-${i + 1}`}>{letter}</i>
            {name}
          </span>,
        );
      });
    });
  });
  return entries.size > 0 && <p className="v-key v-grid-key">{[...entries.values()]}</p>;
}

/** How much there is in the grid, where the hands are, and what changed last. */
function describeGrid({ view, runs, t, shownMs, parameters }: ViewProps<GridSpec>): string {
  if (view.standing !== undefined) return `${view.title}. ${view.standing}`;
  const told = perRun(runs, ({ index }) => {
    const reading = readGrid(view, index, t, parameters);
    const nameOf = namesOf(reading);
    const parts = reading.groups.flatMap(({ group, cells }) => {
      if (!group.fields.some(({ as }) => as === 'content')) return [];
      const taken = cells.filter(({ content }) => content !== '').length;
      const label = group.label ? `${group.label}: ` : '';
      return [`${label}${taken} of ${cells.length} taken`];
    });
    parts.push(...reading.hands.map(({ label, id }) => `${label} at ${nameOf(id)}`));
    parts.push(
      reading.changedAt === undefined
        ? 'nothing has changed yet'
        : `last change at ${formatMoment(reading.changedAt, shownMs)}: ${describeChange(view, reading)}`,
    );
    return parts.join(', ');
  });
  return `${view.title}, at ${formatMoment(t, shownMs)}. ${told}.`;
}

/** A cell that holds something, in one run. */
interface Held {
  readonly group: GridGroup;
  readonly cell: Cell;
  readonly nameOf: (id: string) => string;
}

/**
 * Cells that hold something, with all their fields. In a race the runs stand side by side, after the
 * fields in which they agree.
 */
function tableGrid({ view, runs, t, shownMs, parameters }: ViewProps<GridSpec>): ViewTable {
  const readings = runs.map(({ index }) => readGrid(view, index, t, parameters));
  const caption = `${view.title}, at ${formatMoment(t, shownMs)}`;
  const ids = new Map(
    readings.flatMap(({ groups }) =>
      groups.flatMap(({ group, cells }) =>
        cells.filter(holds(group)).map(({ id, name }) => [id, name]),
      ),
    ),
  );
  const held = [...ids].map(([id, name]) => ({
    name,
    inRuns: readings.map((reading) => heldIn(reading, id)),
  }));
  const [group] = view.groups;
  const fields = view.groups.length === 1 ? (group?.fields ?? []) : [];
  const told = fields.map((_, i) => i).filter((i) => fields[i]?.as !== 'place');
  const shared = told.filter((i) => held.every(({ inRuns }) => agree(inRuns, i)));
  const differing = told.filter((i) => !shared.includes(i));
  // Of one run all is told in columns; runs that agree in everything stand side by side all the same.
  const inColumns = runs.length > 1 && differing.length === 0 ? [] : shared;
  const inWords = told.filter((i) => !inColumns.includes(i));
  const runColumns =
    runs.length > 1 ? runs.map(({ title }) => title) : fields.length > 0 ? [] : ['Holds'];
  const columns = [
    'Cell',
    ...inColumns.map((i) => capitalised(fields[i]?.label ?? '')),
    ...runColumns,
  ];
  const rows = held.map(({ name, inRuns }) => [
    name,
    ...inColumns.map((i) => saidAt(inRuns[0], i) ?? '–'),
    ...runColumns.map((_, run) => {
      const each = inRuns[run];
      if (!each) return '–';
      const only = fields.length > 0 ? new Set(inWords) : undefined;
      return describeCell(each.group, each.cell, each.nameOf, only).slice(name.length + 2);
    }),
  ]);
  const nothing = ['all cells', 'empty', ...columns.slice(2).map(() => '–')];
  return { caption, columns, rows: rows.length > 0 ? rows : [nothing] };
}

function heldIn(reading: GridReading, id: string): Held | undefined {
  for (const { group, cells } of reading.groups) {
    const cell = cells.find((each) => each.id === id);
    if (cell) return holds(group)(cell) ? { group, cell, nameOf: namesOf(reading) } : undefined;
  }
  return undefined;
}

function saidAt(held: Held | undefined, i: number): string | undefined {
  const field = held?.group.fields[i];
  return held && field && saidOf(field, held.cell.values[i], held.nameOf);
}

/** Whether the cell holds something in every run, and all say the same of it. */
const agree = (inRuns: readonly (Held | undefined)[], i: number): boolean =>
  inRuns.every((each) => each !== undefined && saidAt(each, i) === saidAt(inRuns[0], i));

const holds =
  ({ fields }: GridGroup) =>
  ({ content, values }: Cell): boolean =>
    fields.some(({ as }) => as === 'content')
      ? content !== ''
      : values.some((value) => value !== undefined);

export const grid: ViewKind<GridSpec> = {
  Drawing: GridView,
  describe: describeGrid,
  table: tableGrid,
};
