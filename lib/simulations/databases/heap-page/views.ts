import type { View } from '../../../simulation/views';

/** Node of the table, and what the cells of its first page are numbered after. */
export const TABLE = 'table';
export const LINE_POINTER = 'lp';
export const STRETCH = 'bytes';
/** Line pointers and stretches of bytes that are shown of the first page. */
export const LINE_POINTERS_SHOWN = 24;
export const STRETCHES = 32;

const KINDS = {
  live: 'present version',
  old: 'old version',
  redirect: 'redirect',
  dead: 'dead',
} as const;

export type PointerKind = keyof typeof KINDS;

export const views = {
  page: {
    kind: 'grid',
    title: 'The first page of the table',
    groups: [
      {
        label: 'Line pointers',
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
          { id: 'seen', label: 'seen by the long transaction', as: 'bit' },
          { id: 'heapOnly', label: 'heap-only', as: 'detail' },
        ],
      },
      {
        label: 'Its 8,192 bytes, 256 in a cell',
        node: STRETCH,
        first: 1,
        cell: 'stretch',
        count: STRETCHES,
        columns: 8,
        fields: [
          { id: 'holds', label: 'holds', as: 'content' },
          {
            id: 'kind',
            label: 'kind',
            as: 'class',
            values: { live: KINDS.live, old: KINDS.old, head: 'header and line pointers' },
          },
        ],
      },
    ],
    words: { written: 'wrote', emptied: 'removed', moved: 'changed', touched: 'changed' },
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
