/**
 * Where a view and a recording do not fit each other: what would be recorded and never drawn, or
 * drawn as nothing. A sentence each, with what to do; the contract test demands that there is none.
 */
import { CELLS_MAX, cellsOf } from './cells';
import { levelAt } from './levels';
import type { ParameterValue } from './parameters';
import type { RecordingIndex } from './recording-index';
import type { GridField, GridView, View } from './views';

/** Cells in a row that a finger can still tell apart on a phone. */
const COLUMNS_MAX = 14;
/** Forms and colours that can be told apart. */
const BITS_MAX = 3;
const CLASSES_MAX = 8;

interface Recorded {
  readonly index: RecordingIndex;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** Kinds of which nothing is said here are held to the names they draw, and to nothing else. */
export function viewMisfits(view: View, recorded: Recorded): string[] {
  return view.kind === 'grid' ? [...declaredMisfits(view), ...gridMisfits(view, recorded)] : [];
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
