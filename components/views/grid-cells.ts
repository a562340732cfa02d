/** What the cells of a grid hold at `t`, and what the last change did to them: no markup. */
import { cellsOf, type NumberedCell } from '@/lib/simulation/cells';
import { formatExact } from '@/lib/simulation/format';
import type { ParameterValue } from '@/lib/simulation/parameters';
import {
  countUntil,
  type RecordingIndex,
  type StateHistory,
} from '@/lib/simulation/recording-index';
import type { GridChange, GridField, GridGroup, GridView } from '@/lib/simulation/views';

export interface Cell {
  /** The node whose states it shows. */
  readonly id: string;
  /** What it is called in words: "slot 3". */
  readonly name: string;
  readonly number: string;
  /** What it holds; empty if nothing. */
  readonly content: string;
  /** What it held before the last change that concerned it; empty if nothing. */
  readonly before: string;
  /** What the last change of the whole grid did to it; null if it left it alone. */
  readonly change: GridChange | null;
  /** Values of the group's fields, in their order; undefined where nothing was recorded yet. */
  readonly values: readonly (number | string | undefined)[];
}

export interface CellGroup {
  readonly group: GridGroup;
  readonly columns: number;
  /** In the order in which they stand. */
  readonly cells: readonly Cell[];
  /** Whether there are more cells, all of which are empty at any time of the run. */
  readonly hasMore: boolean;
}

export interface GridReading {
  readonly groups: readonly CellGroup[];
  /** When the last change was, simulated ms; undefined before the first. */
  readonly changedAt: number | undefined;
  /** Where the hands are; those that point to no cell are left out. */
  readonly hands: readonly { readonly label: string; readonly id: string }[];
}

interface PlannedCell extends NumberedCell {
  readonly histories: readonly StateHistory[];
}

interface PlannedGroup {
  /** How many cells the group has. */
  readonly count: number;
  /** Those that are drawn. */
  readonly cells: readonly PlannedCell[];
}

/** Which histories a cell is read from depends on the run and not on `t`: a frame does not look again. */
const plans = new WeakMap<RecordingIndex, WeakMap<GridGroup, PlannedGroup>>();

/** A grid up to so large is drawn whole, so that one sees how much room there is. */
const WHOLE_MAX = 64;

/** The cells up to the last one that ever holds something, at least `WHOLE_MAX` of them. */
function everUsed({ fields }: GridGroup, cells: readonly PlannedCell[]): readonly PlannedCell[] {
  const content = fields.findIndex(({ as }) => as === 'content');
  if (cells.length <= WHOLE_MAX || content < 0) return cells;
  const last = cells.findLastIndex(({ histories }) =>
    histories[content]?.value.some((value) => value !== ''),
  );
  return cells.slice(0, Math.max(last + 1, WHOLE_MAX));
}

function planOf(
  group: GridGroup,
  index: RecordingIndex,
  parameters: Readonly<Record<string, ParameterValue>>,
): PlannedGroup {
  const ofIndex = plans.get(index) ?? new WeakMap<GridGroup, PlannedGroup>();
  plans.set(index, ofIndex);
  const cells = cellsOf(group, parameters);
  const known = ofIndex.get(group);
  if (known?.count === cells.length) return known;
  const planned = cells.map((cell) => ({
    ...cell,
    histories: group.fields.map((field) => index.stateHistory(cell.id, field.id)),
  }));
  const plan = { count: planned.length, cells: everUsed(group, planned) };
  ofIndex.set(group, plan);
  return plan;
}

export const isSet = (value: number | string | undefined): boolean =>
  value !== undefined && value !== 0 && value !== '' && value !== 'no';

/** Whether there is something in a cell of the group. */
export const holds =
  ({ fields }: GridGroup) =>
  ({ content, values }: Cell): boolean =>
    fields.some(({ as }) => as === 'content')
      ? content !== ''
      : values.some((value) => value !== undefined);

function textOf(field: GridField, value: number | string | undefined): string {
  if (value === undefined) return '';
  const unit = 'unit' in field ? (field.unit ?? '') : '';
  return typeof value === 'number' ? formatExact(value, unit) : value;
}

/** What the last change, at `changedAt`, did to a cell. */
function changeOf(
  { fields }: GridGroup,
  { histories }: PlannedCell,
  changedAt: number,
): Pick<Cell, 'before' | 'change'> {
  let change: GridChange | null = null;
  let before = '';
  const rank = (each: GridChange | null): number => (each === null ? -1 : CHANGES.indexOf(each));
  for (const [i, field] of fields.entries()) {
    const { at, value } = histories[i] ?? { at: new Float64Array(0), value: [] };
    const last = countUntil(at, changedAt) - 1;
    if (last < 0 || at[last] !== changedAt) continue;
    // Several records of one moment are one change: from what was there before it to what it left.
    let first = last;
    while (first > 0 && at[first - 1] === changedAt) first--;
    const [was, is] = [value[first - 1], value[last]];
    const differs = textOf(field, was) !== textOf(field, is);
    let found: GridChange = 'touched';
    if (field.as === 'content' && differs) {
      before = textOf(field, was);
      found = is === '' ? 'emptied' : 'written';
    } else if (field.as === 'class' && was !== undefined && differs) found = 'moved';
    else if (field.as === 'bit' && isSet(was) && !isSet(is)) found = 'cleared';
    if (rank(found) > rank(change)) change = found;
  }
  return { before, change };
}

/** What says more comes later. */
const CHANGES: readonly GridChange[] = ['touched', 'cleared', 'moved', 'emptied', 'written'];

/** Places of a class are those of its values as declared; other values stand as they compare. */
function compareBy(
  field: GridField | undefined,
  a: number | string | undefined,
  b: number | string | undefined,
): number {
  if (field?.as === 'class') {
    const places = Object.keys(field.values);
    return places.indexOf(String(a)) - places.indexOf(String(b));
  }
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [first, second] = [String(a ?? ''), String(b ?? '')];
  return first < second ? -1 : first > second ? 1 : 0;
}

function ordered(group: GridGroup, cells: readonly Cell[]): readonly Cell[] {
  const { order, fields } = group;
  if (!order) return cells;
  const hasContent = fields.some(({ as }) => as === 'content');
  const keys = order.map((id) => fields.findIndex((field) => field.id === id));
  return [...cells].sort((a, b) => {
    if (hasContent && (a.content === '') !== (b.content === '')) return a.content === '' ? 1 : -1;
    for (const key of keys) {
      const order = compareBy(fields[key], a.values[key], b.values[key]);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** As many as are declared; where there are fewer cells, none becomes wider than twice its usual width. */
function columnsOf({ columns }: GridGroup, cells: number): number {
  if (columns === undefined) return Math.max(1, Math.min(cells, cells > WHOLE_MAX ? 12 : 8));
  return Math.max(1, Math.ceil(columns / 2), Math.min(cells, columns));
}

/** The whole grid at `t` (simulated ms). */
export function readGrid(
  view: GridView,
  index: RecordingIndex,
  t: number,
  parameters: Readonly<Record<string, ParameterValue>>,
): GridReading {
  const planned = view.groups.map((group) => planOf(group, index, parameters));
  let changedAt = 0;
  for (const { cells } of planned)
    for (const { histories } of cells)
      for (const { at } of histories)
        changedAt = Math.max(changedAt, at[countUntil(at, t) - 1] ?? 0);
  const groups = view.groups.map((group, g): CellGroup => {
    const contentAt = group.fields.findIndex(({ as }) => as === 'content');
    const content = group.fields[contentAt];
    const plan = planned[g] ?? { count: 0, cells: [] };
    const cells = plan.cells.map((cell): Cell => {
      const values = cell.histories.map(({ at, value }) => value[countUntil(at, t) - 1]);
      return {
        id: cell.id,
        name: cell.name,
        number: cell.number,
        content: content ? textOf(content, values[contentAt]) : '',
        values,
        ...(changedAt > 0 ? changeOf(group, cell, changedAt) : { before: '', change: null }),
      };
    });
    return {
      group,
      columns: columnsOf(group, plan.count),
      cells: ordered(group, cells),
      hasMore: plan.count > cells.length,
    };
  });
  const ids = new Set(groups.flatMap(({ cells }) => cells.map(({ id }) => id)));
  return {
    groups,
    changedAt: changedAt > 0 ? changedAt : undefined,
    hands: (view.hands ?? []).flatMap(({ node, field, label }) => {
      const id = String(index.stateAt(node, field, t) ?? '');
      return ids.has(id) ? [{ label, id }] : [];
    }),
  };
}

/** The value of a field in words; undefined where there is nothing to say. */
export function saidOf(
  field: GridField,
  value: number | string | undefined,
  nameOf: (id: string) => string,
): string | undefined {
  if (value === undefined) return undefined;
  switch (field.as) {
    case 'bit':
      return isSet(value) ? 'yes' : 'no';
    case 'class':
      return field.values[String(value)] ?? String(value);
    case 'pointer':
      return value === '' ? undefined : nameOf(String(value));
    case 'content':
    case 'line':
    case 'detail':
      return textOf(field, value) || undefined;
    case 'place':
      return undefined;
    default:
      return field satisfies never;
  }
}

/** Turns the id of a cell into its name. */
export function namesOf({ groups }: GridReading): (id: string) => string {
  const names = new Map(groups.flatMap(({ cells }) => cells.map(({ id, name }) => [id, name])));
  return (id) => names.get(id) ?? id;
}

/**
 * "slot 3: key k42, visited yes".
 *
 * @param only places of the fields that are told; all unless given
 */
export function describeCell(
  { fields }: GridGroup,
  { name, content, values }: Cell,
  nameOf: (id: string) => string,
  only?: ReadonlySet<number>,
): string {
  const hasContent = fields.some(({ as }) => as === 'content');
  if (hasContent && content === '') return `${name}: empty`;
  const parts = fields.flatMap((field, i) => {
    if (only?.has(i) === false) return [];
    const said = saidOf(field, values[i], nameOf);
    return said === undefined ? [] : [`${field.label} ${said}`.trim()];
  });
  return `${name}: ${parts.join(', ') || 'nothing known'}`;
}

/** Changes told one by one; of more, only how many. */
const TOLD_MAX = 3;

/** What the last change did: "admitted k42 in slot 3, was k17; cleared k9 in slot 1". Empty before the first. */
export function describeChange({ words }: GridView, { groups }: GridReading): string {
  const changed = groups
    .flatMap(({ cells }) => cells)
    .flatMap((cell) => (cell.change === null ? [] : [{ ...cell, change: cell.change }]))
    .sort((a, b) => CHANGES.indexOf(b.change) - CHANGES.indexOf(a.change));
  const told = changed.slice(0, TOLD_MAX).map(({ change, content, before, name }) => {
    const word = words?.[change] ?? change;
    if (change === 'emptied') return `${word} ${before} from ${name}`;
    const was = before === '' ? '' : `, was ${before}`;
    return content === '' ? `${word} ${name}` : `${word} ${content} in ${name}${was}`;
  });
  const more = changed.length - told.length;
  return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
