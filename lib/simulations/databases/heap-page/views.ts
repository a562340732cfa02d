import type { GridField, View } from '../../../simulation/views';

/** Node of the table, and what the cells of its first page are numbered after. */
export const TABLE = 'table';
export const LINE_POINTER = 'lp';
export const STRETCH = 'bytes';
/** Line pointers and stretches of bytes that are shown of the first page. */
export const LINE_POINTERS_SHOWN = 16;
export const STRETCHES = 32;

const KINDS = {
  live: 'present version',
  old: 'old version',
  redirect: 'redirect',
  dead: 'dead line pointer',
  head: 'header and line pointers',
} as const;

export type CellKind = keyof typeof KINDS;

const pageView = (title: string, more: readonly GridField[]) =>
  ({
    kind: 'grid',
    title,
    groups: [
      {
        label: `Line pointers 1 to ${LINE_POINTERS_SHOWN}`,
        node: LINE_POINTER,
        first: 1,
        cell: 'line pointer',
        count: LINE_POINTERS_SHOWN,
        columns: 8,
        fields: [
          { id: 'holds', label: 'row and version', as: 'content' },
          { id: 'xids', label: 'xmin–xmax', as: 'line' },
          { id: 'kind', label: 'kind', as: 'class', values: KINDS },
          { id: 'next', label: 'leads to', as: 'pointer' },
          ...more,
          { id: 'heapOnly', label: 'heap-only', as: 'detail' },
        ],
      },
      {
        label: 'All bytes of the page, 256 in a cell',
        node: STRETCH,
        first: 1,
        cell: 'stretch',
        count: STRETCHES,
        columns: 8,
        fields: [
          { id: 'holds', label: 'holds', as: 'content' },
          { id: 'kind', label: 'kind', as: 'class', values: KINDS },
        ],
      },
    ],
    words: { written: 'wrote', emptied: 'removed', moved: 'changed', touched: 'changed' },
  }) as const satisfies View;

export const views = {
  page: pageView('The first page of the table', []),
  heldPage: pageView('The first page of the table, and what the transaction sees', [
    { id: 'seen', label: 'seen by the long transaction', as: 'bit' },
  ]),
  cold: {
    kind: 'chart',
    title: 'Updates that had to tell every index',
    y: { label: 'Updates so far', unit: '', min: 0 },
    marks: [{ type: 'step', series: 'cold', label: 'updates that were not HOT' }],
    race: 'overlaid',
  },
  size: {
    kind: 'chart',
    title: 'Size of the table',
    y: { label: 'Pages', unit: 'pages', min: 0 },
    marks: [
      { type: 'step', series: 'pages', label: 'pages' },
      { type: 'step', series: 'needed', label: 'needed for the rows' },
    ],
    race: 'overlaid',
  },
  old: {
    kind: 'chart',
    title: 'Old versions that still take room',
    y: { label: 'Versions', unit: '', min: 0 },
    marks: [
      { type: 'area', series: 'old', label: 'old versions' },
      { type: 'line', series: 'held', label: 'of these, somebody may still see' },
    ],
  },
  dead: {
    kind: 'chart',
    title: 'Dead versions by the statistics, and the limit of autovacuum',
    y: { label: 'Dead versions', unit: '', min: 0 },
    marks: [
      { type: 'step', series: 'dead', label: 'dead versions' },
      { type: 'step', series: 'limit', label: 'limit' },
    ],
  },
  entries: {
    kind: 'chart',
    title: 'Entries of the indexes',
    y: { label: 'Index entries', unit: '', min: 0 },
    marks: [{ type: 'step', series: 'entries', label: 'index entries' }],
    race: 'overlaid',
  },
  statistics: {
    kind: 'states',
    title: 'What the statistics say',
    nodes: [{ id: TABLE, label: 'Table' }],
    fields: [
      { id: 'dead', label: 'dead versions' },
      { id: 'limit', label: 'autovacuum beyond' },
      { id: 'hot', label: 'HOT updates so far' },
      { id: 'updates', label: 'updates so far' },
    ],
  },
  events: {
    kind: 'events',
    title: 'What happened',
    names: { [TABLE]: 'Table' },
  },
} as const satisfies Record<string, View>;
