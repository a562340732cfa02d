import type { View } from '../../../simulation/views';
import { NODES } from './nodes';

export const views = {
  ring: {
    kind: 'ring',
    title: 'Which cache keeps which key',
    nodes: NODES,
    positions: 'positions',
    keys: { position: 'position', owner: 'owner', label: 'keys' },
  },
  loads: {
    kind: 'ring',
    title: 'Who keeps the keys, and who is asked for them',
    nodes: NODES,
    positions: 'positions',
    keys: { position: 'position', owner: 'owner', label: 'keys' },
    load: { field: 'asked', label: 'asked in a second' },
  },
  database: {
    kind: 'chart',
    title: 'What the database is asked for',
    y: { label: 'Reads within the last second', unit: '', min: 0 },
    marks: [{ type: 'line', series: 'database', label: 'reads' }],
    thresholds: [{ at: { parameter: 'databasePerSecond' }, label: 'the most it can answer' }],
    race: 'overlaid',
  },
  hits: {
    kind: 'chart',
    title: 'What the caches answer',
    y: { label: 'Hits of the last second', unit: '%', min: 0, max: 100 },
    marks: [{ type: 'line', series: 'hits', label: 'hits' }],
    race: 'overlaid',
  },
  busiest: {
    kind: 'chart',
    title: 'What the busiest cache is asked for',
    y: { label: 'Requests within the last second', unit: 'requests', min: 0 },
    marks: [{ type: 'line', series: 'busiest', label: 'requests' }],
    thresholds: [{ at: { parameter: 'cachePerSecond' }, label: 'the most it can answer' }],
    race: 'overlaid',
  },
  moved: {
    kind: 'chart',
    title: 'Keys that the last change moved',
    y: { label: 'Keys moved', unit: '%', min: 0, max: 100 },
    marks: [{ type: 'step', series: 'moved', label: 'moved' }],
    race: 'overlaid',
  },
  events: { kind: 'events', title: 'What happened' },
} as const satisfies Record<string, View>;
