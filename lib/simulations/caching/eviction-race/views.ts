import type { Values } from '../../../simulation/parameters';
import type { View } from '../../../simulation/views';
import type { parameters } from './parameters';

/** Ids of the nodes, in the recording and in the scenes. */
export const CLIENT = 'client';
export const CACHE = 'cache';
export const DATABASE = 'database';
const SLOT = 'slot';
/** Slots are counted from 0 in the run and from 1 where a reader sees them. */
export const slotNode = (slot: number): string => `${SLOT}-${slot + 1}`;

/** Whether requests are few enough to show every one. */
export const isCloseUp = ({
  requestsPerSecond,
}: Pick<Values<typeof parameters>, 'requestsPerSecond'>): boolean => requestsPerSecond <= 10;

/** The most slots that are shown, as many as a grid draws. */
export const SLOTS_MAX = 256;

export const views = {
  hits: {
    kind: 'chart',
    title: 'Hits among the last 500 reads',
    y: { label: 'Hits among the last 500 reads by users', unit: '%', min: 0, max: 100 },
    marks: [{ type: 'line', series: 'hits', label: 'hits' }],
    race: 'overlaid',
  },
  database: {
    kind: 'chart',
    title: 'What the database gets from users',
    y: { label: 'Reads within a second', unit: '', min: 0 },
    marks: [{ type: 'line', series: 'database', label: 'reads from the database' }],
    thresholds: [{ at: { parameter: 'requestsPerSecond' }, label: 'requests from users' }],
    race: 'overlaid',
  },
  stale: {
    kind: 'chart',
    title: 'Hits and stale reads among the last 500',
    y: { label: 'Of the last 500 reads by users', unit: '%', min: 0, max: 100 },
    marks: [
      { type: 'line', series: 'hits', label: 'hits' },
      { type: 'line', series: 'stale', label: 'stale', outcome: 'expired' },
    ],
  },
  misses: {
    kind: 'chart',
    title: 'Misses so far',
    y: { label: 'Reads that went to the database', unit: '', min: 0 },
    marks: [{ type: 'step', series: 'misses', label: 'misses' }],
    race: 'overlaid',
  },
  scene: {
    kind: 'flow',
    title: 'Requests, and where they are answered',
    nodes: [
      { id: CLIENT, label: 'Service', role: 'source', column: 0, row: 0 },
      {
        id: CACHE,
        label: 'Cache',
        role: 'store',
        column: 1,
        row: 0,
        badges: [
          { field: 'hits', label: 'hits' },
          { field: 'misses', label: 'misses' },
        ],
      },
      { id: DATABASE, label: 'Database', role: 'store', column: 2, row: 0 },
    ],
    edges: [
      { from: CLIENT, to: CACHE },
      { from: CACHE, to: DATABASE },
    ],
  },
  slots: {
    kind: 'grid',
    title: 'What the cache holds',
    groups: [
      {
        label: '',
        node: SLOT,
        first: 1,
        cell: 'slot',
        count: { parameter: 'capacity' },
        columns: 8,
        fields: [
          { id: 'key', label: 'key', as: 'content' },
          { id: 'asked', label: 'asked for last by request', as: 'line' },
          { id: 'uses', label: 'use noted by the policy', as: 'bit' },
          {
            id: 'part',
            label: 'part of the cache',
            as: 'class',
            values: {
              once: 'used once',
              often: 'used often',
              window: 'window',
              probation: 'probation',
              protected: 'protected',
              small: 'small queue',
              main: 'main queue',
            },
          },
        ],
      },
    ],
    hands: [{ node: CACHE, field: 'hand', label: 'looked at next' }],
    words: {
      written: 'taken in',
      emptied: 'evicted',
      touched: 'hit',
      cleared: 'spared',
      moved: 'promoted',
    },
  },
  table: {
    kind: 'states',
    title: 'The present request',
    nodes: [{ id: CACHE, label: 'Cache' }],
    fields: [
      { id: 'asked', label: 'key' },
      { id: 'answer', label: 'answer' },
      { id: 'hits', label: 'hits so far', unit: 'requests' },
      { id: 'misses', label: 'misses so far', unit: 'requests' },
    ],
  },
  events: { kind: 'events', title: 'What happened' },
} as const satisfies Record<string, View>;
