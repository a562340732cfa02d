import type { Values } from '../../../simulation/parameters';
import type { GridField, GridGroup, View } from '../../../simulation/views';
import type { parameters } from './parameters';

/** Ids of the nodes in the recording. */
export const API = 'api';
export const LIST = 'list';
const SLOT = 'row';
export const slotNode = (slot: number): string => `${SLOT}-${slot}`;

/** Room in the drawing for rows that come in. */
export const SLOTS_PER_ROW = 1.25;
/** Lists of so many rows are drawn row by row. */
const CLOSE_UP_ROWS = 60;

export const isCloseUp = ({ rows }: Pick<Values<typeof parameters>, 'rows'>): boolean =>
  rows <= CLOSE_UP_ROWS;

/** The rows in the order of the list, with their times shown in one way or another. */
const rowsWith = (time: GridField): GridGroup => ({
  label: '',
  node: SLOT,
  first: 1,
  cell: 'slot',
  count: { parameter: 'rows', times: SLOTS_PER_ROW },
  columns: 9,
  order: ['place'],
  fields: [
    { id: 'row', label: 'row', as: 'content' },
    time,
    { id: 'page', label: 'on the page just shown', as: 'bit' },
    {
      id: 'kind',
      label: 'so far',
      as: 'class',
      values: {
        shown: 'shown',
        twice: 'twice or more',
        late: 'late: came in behind the client',
        missed: 'missed',
      },
    },
    { id: 'place', label: 'place', as: 'place' },
  ],
});

const WORDS = {
  written: 'inserted',
  emptied: 'deleted',
  touched: 'shown',
  moved: 'marked',
  cleared: 'turned past',
} as const;

export const views = {
  list: {
    kind: 'grid',
    title: 'The list, and which of its rows the client has got',
    groups: [rowsWith({ id: 'at', label: 'time', as: 'detail', unit: 'ms' })],
    hands: [{ node: LIST, field: 'next', label: 'next page' }],
    words: WORDS,
  },
  times: {
    kind: 'grid',
    title: 'The list with the times of its rows',
    groups: [rowsWith({ id: 'at', label: 'time', as: 'line', unit: 'ms' })],
    hands: [{ node: LIST, field: 'next', label: 'next page' }],
    words: WORDS,
  },
  faults: {
    kind: 'chart',
    title: 'Skipped and repeated so far',
    y: { label: 'Rows', unit: 'rows', min: 0 },
    marks: [
      { type: 'step', series: 'repeated', label: 'repeated', outcome: 'retried' },
      { type: 'step', series: 'skipped', label: 'skipped', outcome: 'lost' },
    ],
  },
  cost: {
    kind: 'chart',
    title: 'What each page costs the database',
    y: { label: 'Rows read for the page', unit: 'rows', min: 0 },
    marks: [{ type: 'line', series: 'read', label: 'rows read' }],
    race: 'overlaid',
  },
  table: {
    kind: 'states',
    title: 'The last page',
    nodes: [{ id: API, label: 'API' }],
    fields: [
      { id: 'page', label: 'page' },
      { id: 'rows', label: 'rows shown' },
      { id: 'read', label: 'rows read', unit: 'rows' },
      { id: 'repeated', label: 'repeated so far', unit: 'rows' },
      { id: 'skipped', label: 'skipped so far', unit: 'rows' },
    ],
  },
  events: { kind: 'events', title: 'What happened' },
} as const satisfies Record<string, View>;
