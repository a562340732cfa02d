/**
 * Where a view and a recording do not fit each other: what would be recorded and never drawn, or
 * drawn as nothing. A sentence each, with what to do; the contract test demands that there is none.
 */
import { CELLS_MAX, cellsOf } from './cells';
import { levelAt } from './levels';
import type { ParameterValue } from './parameters';
import type { RecordingIndex } from './recording-index';
import { LEVELS_MAX, pagesOf, readTree } from './trees';
import type {
  ClusterView,
  GridField,
  GridView,
  HeatView,
  MachineView,
  QueueView,
  RingView,
  TimelineView,
  TreeView,
  View,
} from './views';

/** Cells in a row that a finger can still tell apart on a phone. */
const COLUMNS_MAX = 14;
/** Forms and colours that can be told apart. */
const BITS_MAX = 3;
const CLASSES_MAX = 8;
/** Leaves with more keys are taller than a phone's window. */
const CAPACITY_MAX = 16;
/** Categories on an axis, and stretches of time, that a phone has room for. */
const CATEGORIES_MAX = 24;
const STRETCHES_MAX = 200;

interface Recorded {
  readonly index: RecordingIndex;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** Kinds of which nothing is said here are held to the names they draw, and to nothing else. */
export function viewMisfits(view: View, recorded: Recorded): string[] {
  switch (view.kind) {
    case 'grid':
      return [...declaredMisfits(view), ...gridMisfits(view, recorded)];
    case 'cluster':
      return clusterMisfits(view, recorded);
    case 'heat':
      return heatMisfits(view, recorded);
    case 'machine':
      return machineMisfits(view, recorded);
    case 'queue':
      return queueMisfits(view, recorded);
    case 'ring':
      return ringMisfits(view, recorded);
    case 'timeline':
      return timelineMisfits(view, recorded);
    case 'tree':
      return treeMisfits(view, recorded);
    default:
      return [];
  }
}

/** "a", "b" or nothing, as a list of what there is to choose from. */
const among = (ids: Iterable<string>): string => [...ids].join(', ') || 'nothing';

function clusterMisfits({ nodes, state, links = [] }: ClusterView, { index }: Recorded): string[] {
  const ids = new Set(nodes.map(({ id }) => id));
  const placed = nodes.filter(({ column, row }) => column !== undefined && row !== undefined);
  const found: string[] = [];
  if (placed.length > 0 && placed.length < nodes.length)
    found.push(
      `Expected a column and a row of all nodes or of none, got them of ${placed.length} of ${nodes.length}. Give the others places, or leave all to the circle.`,
    );
  for (const { from, to } of links)
    for (const end of [from, to])
      if (!ids.has(end))
        found.push(`Expected links between declared nodes, got one of "${end}". Declare the node.`);
  for (const { id } of nodes) {
    const stranger = index
      .stateHistory(id, state.field)
      .value.find((value) => !Object.hasOwn(state.values, value));
    if (stranger !== undefined)
      found.push(
        `Expected "${state.field}" of "${id}" to be one of ${among(Object.keys(state.values))}, got "${stranger}". Name it in values, with a mark.`,
      );
  }
  return found;
}

function heatMisfits({ rows, columns }: HeatView, { index, parameters }: Recorded): string[] {
  const found: string[] = [];
  const counts = {
    rows: rows.length,
    columns: columns.of === 'states' ? columns.fields.length : 1,
  };
  for (const [axis, count] of Object.entries(counts))
    if (!(count >= 1 && count <= CATEGORIES_MAX))
      found.push(
        `Expected from 1 to ${CATEGORIES_MAX} ${axis} of categories, got ${count}. Declare those that matter, and gather the others in one.`,
      );
  if (columns.of === 'time') {
    const everyMs = levelAt(columns.everyMs, parameters, 0) ?? 0;
    const count = index.shownMs / everyMs;
    if (!(everyMs > 0 && count >= 2 && count <= STRETCHES_MAX))
      found.push(
        `Expected stretches of time of which 2 to ${STRETCHES_MAX} fit into ${index.shownMs} ms, got ${everyMs} ms. Set everyMs to a number, or to a parameter with such values.`,
      );
    return found;
  }
  for (const { id } of rows)
    for (const field of columns.fields) {
      const text = index
        .stateHistory(id, field.id)
        .value.find((value) => typeof value === 'string');
      if (text !== undefined)
        found.push(
          `Expected "${field.id}" of "${id}" to be numbers, got "${text}". Record an amount.`,
        );
    }
  return found;
}

function machineMisfits(
  { nodes, field, states, transitions }: MachineView,
  { index }: Recorded,
): string[] {
  const ids = new Set(states.map(({ id }) => id));
  const ways = new Set(transitions.map(({ from, to }) => `${from} → ${to}`));
  const found = transitions
    .filter(({ from, to }) => from === to || !ids.has(from) || !ids.has(to))
    .map(
      ({ from, to }) =>
        `Expected transitions between two of the states (${among(ids)}), got ${from} → ${to}. Correct it, or declare the state.`,
    );
  for (const { id } of nodes) {
    const { value } = index.stateHistory(id, field);
    for (const state of new Set(value))
      if (!ids.has(`${state}`))
        found.push(
          `Expected "${field}" of "${id}" to be one of ${among(ids)}, got "${state}". Declare the state.`,
        );
    const taken = new Set(
      value.flatMap((to, i) => (i > 0 && to !== value[i - 1] ? [`${value[i - 1]} → ${to}`] : [])),
    );
    for (const way of taken)
      if (!ways.has(way))
        found.push(
          `Expected "${id}" to take declared transitions (${among(ways)}), got ${way}. Declare it with its cause.`,
        );
  }
  return found;
}

function ringMisfits({ nodes, positions, keys }: RingView, { index }: Recorded): string[] {
  const ids = new Set(nodes.map(({ id }) => id));
  const isPlace = (at: unknown): boolean => typeof at === 'number' && at >= 0 && at < 1;
  const found: string[] = [];
  for (const { id } of nodes)
    for (const value of index.stateHistory(id, positions).value) {
      const stranger = `${value}`
        .split(' ')
        .find((each) => each !== '' && !isPlace(Number.parseFloat(each)));
      if (stranger === undefined) continue;
      found.push(
        `Expected "${positions}" of "${id}" to be numbers in [0, 1) with spaces between them, got "${stranger}". Divide by the size of the ring.`,
      );
      break;
    }
  for (const key of index.nodesWith(keys.owner)) {
    const place = index.stateHistory(key, keys.position).value.find((value) => !isPlace(value));
    if (place !== undefined || index.stateHistory(key, keys.position).at.length === 0)
      found.push(
        `Expected "${keys.position}" of "${key}" to be a number in [0, 1), got ${place === undefined ? 'none' : `"${place}"`}. Record it with the first owner.`,
      );
    const owner = index
      .stateHistory(key, keys.owner)
      .value.find((value) => value !== '' && !ids.has(`${value}`));
    if (owner !== undefined)
      found.push(
        `Expected "${keys.owner}" of "${key}" to be one of ${among(ids)}, got "${owner}". Declare the node.`,
      );
  }
  return found;
}

function queueMisfits(view: QueueView, { index }: Recorded): string[] {
  const found: string[] = [];
  const until = new Map<string, number>();
  const names = new Set<string>();
  for (let row = 0; row < index.recording.spans.length; row++) {
    const { lane, label, start, end } = index.span(row);
    if (lane !== view.lane) continue;
    if (label === '')
      found.push(
        `Expected every span on "${lane}" to name who waits, got one without a label at ${start} ms. Give it a label.`,
      );
    else if ((until.get(label) ?? Number.NEGATIVE_INFINITY) > start)
      found.push(
        `Expected one span on "${lane}" for each who waits, got two of "${label}" at ${start} ms. End the first, or name them apart.`,
      );
    until.set(label, Number.isNaN(end) ? Number.POSITIVE_INFINITY : end);
    names.add(label);
  }
  const { next, class: kind } = view;
  const stranger = (next ? index.stateHistory(next.node, next.field).value : []).find(
    (name) => name !== '' && !names.has(`${name}`),
  );
  if (next && stranger !== undefined)
    found.push(
      `Expected "${next.field}" of "${next.node}" to be the label of a span on "${view.lane}" or empty, got "${stranger}". Record the same name.`,
    );
  for (const name of kind ? names : []) {
    const other = index
      .stateHistory(name, kind?.field ?? '')
      .value.find((value) => !Object.hasOwn(kind?.values ?? {}, value));
    if (other !== undefined)
      found.push(
        `Expected "${kind?.field}" of "${name}" to be one of ${among(Object.keys(kind?.values ?? {}))}, got "${other}". Name it in values.`,
      );
  }
  if (kind && Object.keys(kind.values).length > CLASSES_MAX)
    found.push(
      `Expected at most ${CLASSES_MAX} values of the class "${kind.field}". Gather the rare ones in one.`,
    );
  return found;
}

/** Lanes that are rows must be declared, or what happens there is never seen. */
function timelineMisfits({ rows, lanes, kinds }: TimelineView, { index }: Recorded): string[] {
  if (rows === 'trace') return [];
  const ids = new Set(lanes.map(({ id }) => id));
  const others = new Set<string>();
  for (let row = 0; row < index.recording.spans.length; row++) {
    const { lane, kind } = index.span(row);
    if (!ids.has(lane) && (kinds === undefined || kinds.includes(kind))) others.add(lane);
  }
  return [...others].map(
    (lane) =>
      `Expected spans on the lanes ${among(ids)} alone, got some on "${lane}", which are not drawn. Declare the lane, or name the kinds that are meant.`,
  );
}

/** What is wrong with the declaration of a grid whatever is recorded. */
function declaredMisfits({ groups }: GridView): string[] {
  return groups.flatMap(({ node, fields, order = [], columns = 1 }) => {
    const many = (as: GridField['as'], max: number): string[] => {
      const count = fields.filter((field) => field.as === as).length;
      return count > max
        ? [
            `Expected at most ${max} field as "${as}" of "${node}", got ${count}. Make others "detail".`,
          ]
        : [];
    };
    return [
      ...many('content', 1),
      ...many('class', 1),
      ...many('bit', BITS_MAX),
      ...fields.flatMap((field) =>
        field.as === 'class' && Object.keys(field.values).length > CLASSES_MAX
          ? [
              `Expected at most ${CLASSES_MAX} values of the class "${field.id}". Gather the rare ones in one.`,
            ]
          : [],
      ),
      ...order
        .filter((id) => !fields.some((field) => field.id === id))
        .map(
          (id) =>
            `Expected "${node}" to be ordered by one of its fields (${fields.map((field) => field.id).join(', ')}), got "${id}". Declare it, as "detail" if it is not to be drawn.`,
        ),
      ...(columns >= 1 && columns <= COLUMNS_MAX
        ? []
        : [
            `Expected from 1 to ${COLUMNS_MAX} columns of "${node}", got ${columns}. More cannot be told apart on a phone.`,
          ]),
    ];
  });
}

function gridMisfits({ groups, hands = [] }: GridView, { index, parameters }: Recorded): string[] {
  const { states, strings } = index.recording;
  const ids = new Set(groups.flatMap((group) => cellsOf(group, parameters).map(({ id }) => id)));
  const isCell = (value: number | string): boolean => value === '' || ids.has(String(value));
  const found: string[] = [];
  for (const group of groups) {
    const count = levelAt(group.count, parameters, 0) ?? 0;
    if (!(count >= 1 && count <= CELLS_MAX))
      found.push(
        `Expected from 1 to ${CELLS_MAX} cells of "${group.node}", got ${count}. Set count to a number, or to a parameter with such values.`,
      );
    const recordedNodes = new Set(states.node);
    const fieldIds = new Set(group.fields.map(({ id }) => id));
    for (const nodeId of recordedNodes) {
      const node = strings[nodeId] ?? '';
      if (!node.startsWith(`${group.node}-`) || !/^\d+$/.test(node.slice(group.node.length + 1)))
        continue;
      if (!ids.has(node) && [...fieldIds].some((id) => index.stateHistory(node, id).at.length > 0))
        found.push(
          `Expected states of the ${count} cells of "${group.node}" alone, got some of "${node}", which has no place. Correct first or count, or what is recorded.`,
        );
    }
    for (const { id } of cellsOf(group, parameters)) {
      for (const field of group.fields) {
        const { value } = index.stateHistory(id, field.id);
        if (field.as === 'class') {
          const stranger = value.find((each) => each !== '' && !Object.hasOwn(field.values, each));
          if (stranger !== undefined)
            found.push(
              `Expected "${field.id}" of "${id}" to be one of ${Object.keys(field.values).join(', ')}, got "${stranger}". Name it in values.`,
            );
        }
        if (field.as === 'pointer') {
          const stranger = value.find((each) => !isCell(each));
          if (stranger !== undefined)
            found.push(
              `Expected "${field.id}" of "${id}" to be the id of a cell or empty, got "${stranger}". Record "${group.node}-<number>".`,
            );
        }
      }
    }
  }
  for (const { node, field } of hands) {
    const stranger = index.stateHistory(node, field).value.find((each) => !isCell(each));
    if (stranger !== undefined)
      found.push(
        `Expected "${field}" of "${node}" to be the id of a cell or empty, got "${stranger}". Record "${groups[0]?.node}-<number>".`,
      );
  }
  return found;
}

function treeMisfits(view: TreeView, { index, parameters }: Recorded): string[] {
  const capacity = levelAt(view.capacity, parameters, 0) ?? 0;
  if (!(capacity >= 1 && capacity <= CAPACITY_MAX))
    return [
      `Expected from 1 to ${CAPACITY_MAX} keys in a page, got ${capacity}. Set capacity to a number, or to a parameter with such values.`,
    ];
  const moments = new Set([
    ...index.stateHistory(view.root.node, view.root.field).at,
    ...index
      .nodesWith(view.children)
      .flatMap((id) => [...index.stateHistory(id, view.children).at]),
    index.shownMs,
  ]);
  for (const t of [...moments].sort((a, b) => a - b)) {
    const found: string[] = [];
    const levels = pagesOf(readTree(view, index, t));
    for (const [level, pages] of levels.entries()) {
      for (const { id, keys, children } of pages) {
        const isLeaf = children.length === 0;
        if (index.stateAt(id, view.keys, t) === undefined)
          found.push(
            `Expected keys of every page that another leads to, got none of "${id}" at ${t} ms. Record its "${view.keys}" no later.`,
          );
        else if (level + 1 < LEVELS_MAX && isLeaf && level + 1 < levels.length)
          found.push(
            `Expected all leaves at one level, got the leaf "${id}" above others at ${t} ms. Record all pages of a split at one moment.`,
          );
        else if (level + 1 === LEVELS_MAX && (index.stateAt(id, view.children, t) ?? '') !== '')
          found.push(
            `Expected at most ${LEVELS_MAX} levels, got children of "${id}" at ${t} ms. Show fewer keys, or more in a page.`,
          );
        else if (!isLeaf && children.length !== keys.length + 1)
          found.push(
            `Expected one child more than keys in "${id}", got ${children.length} and ${keys.length} at ${t} ms. Record both states after a split.`,
          );
        if (keys.length > capacity)
          found.push(
            `Expected at most ${capacity} keys in "${id}", got ${keys.length} at ${t} ms. Record a page after it is split, or correct capacity.`,
          );
      }
    }
    // What is wrong once goes on being wrong.
    if (found.length > 0) return found;
  }
  return [];
}
