import type { View } from '../../../simulation/views';

/** Ids of the nodes, in the recording and in the scene. */
export const SERVICE = 'service';
export const CACHE = 'cache';
export const ORIGIN = 'origin';

export const views = {
  scene: {
    kind: 'flow',
    title: 'Fetches on their way to the origin and back',
    nodes: [
      {
        id: SERVICE,
        label: 'Service',
        role: 'source',
        column: 0,
        row: 0,
        badges: [{ field: 'in-hand', label: 'wait' }],
      },
      {
        id: CACHE,
        label: 'Cache',
        role: 'store',
        column: 1,
        row: 1,
        badges: [{ field: 'fresh', label: 'fresh', unit: 'keys' }],
      },
      {
        id: ORIGIN,
        label: 'Origin',
        role: 'server',
        column: 2,
        row: 0,
        level: { field: 'busy', capacity: { parameter: 'workers' }, label: 'busy' },
        badges: [{ field: 'waiting', label: 'waiting' }],
      },
    ],
    edges: [
      { from: SERVICE, to: ORIGIN },
      { from: ORIGIN, to: CACHE },
    ],
  },
  answers: {
    kind: 'chart',
    title: 'What users get',
    y: { label: 'Requests within the last second', unit: 'requests', min: 0 },
    marks: [
      { type: 'line', series: 'asked', label: 'asked' },
      { type: 'line', series: 'good', label: 'answered', outcome: 'accepted' },
      { type: 'line', series: 'failed', label: 'failed', outcome: 'failed' },
    ],
  },
  origin: {
    kind: 'chart',
    title: 'What the origin gets',
    y: { label: 'Fetches within the last second', unit: '', min: 0 },
    marks: [
      { type: 'line', series: 'fetches', label: 'fetches' },
      { type: 'step', series: 'capacity', label: 'capacity' },
    ],
  },
  hits: {
    kind: 'chart',
    title: 'What the cache answers',
    y: { label: 'Of the requests of the last second', unit: '%', min: 0, max: 100 },
    marks: [{ type: 'line', series: 'from-cache', label: 'from the cache' }],
    race: 'overlaid',
  },
  queue: {
    kind: 'chart',
    title: 'The queue at the origin',
    y: { label: 'Fetches that wait', unit: '', min: 0 },
    marks: [{ type: 'area', series: 'waiting', label: 'waiting' }],
  },
  alike: {
    kind: 'chart',
    title: 'How often the same question is asked at once',
    y: { label: 'Fetches of the most fetched key', unit: '', min: 0 },
    marks: [{ type: 'area', series: 'alike', label: 'fetches of one key' }],
  },
  states: {
    kind: 'states',
    title: 'Service and origin',
    nodes: [{ id: ORIGIN, label: 'Origin' }],
    fields: [
      { id: 'busy', label: 'busy', unit: 'workers' },
      { id: 'waiting', label: 'waiting', unit: 'requests' },
      { id: 'refused', label: 'refused so far', unit: 'requests' },
      { id: 'late', label: 'answered too late so far', unit: 'requests' },
    ],
  },
  events: {
    kind: 'events',
    title: 'What happened',
    names: { [SERVICE]: 'Service', [CACHE]: 'Cache', [ORIGIN]: 'Origin' },
  },
} as const satisfies Record<string, View>;
