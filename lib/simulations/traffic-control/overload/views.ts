import type { View } from '../../../simulation/views';

/** Ids of the nodes, in the recording and in the scene. */
export const CLIENTS = 'clients';
export const QUEUE = 'queue';
export const POOL = 'pool';

export const views = {
  scene: {
    kind: 'flow',
    title: 'Attempts on their way to a worker and back',
    nodes: [
      {
        id: CLIENTS,
        label: 'Clients',
        role: 'source',
        column: 0,
        row: 0,
        badges: [{ field: 'in-hand', label: 'wait' }],
      },
      {
        id: QUEUE,
        label: 'Queue',
        role: 'queue',
        column: 1,
        row: 0,
        level: { field: 'waiting', capacity: 60, label: 'waiting' },
        badges: [{ field: 'age', label: 'oldest', unit: 'ms' }],
      },
      {
        id: POOL,
        label: 'Instances',
        role: 'server',
        column: 2,
        row: 0,
        level: { field: 'utilisation', capacity: 100, label: 'busy', unit: '%' },
        badges: [
          { field: 'ready', label: 'up' },
          { field: 'condition', label: '' },
        ],
      },
    ],
    edges: [
      { from: CLIENTS, to: QUEUE },
      { from: QUEUE, to: POOL },
    ],
  },
  answers: {
    kind: 'chart',
    title: 'What users get',
    y: { label: 'Requests within the last second', unit: 'requests', min: 0 },
    marks: [
      { type: 'line', series: 'demand', label: 'asked' },
      { type: 'line', series: 'good', label: 'answered in time', outcome: 'accepted' },
      { type: 'line', series: 'failed', label: 'failed', outcome: 'failed' },
    ],
  },
  load: {
    kind: 'chart',
    title: 'What the service gets',
    y: { label: 'Requests per second', unit: 'requests/s', min: 0 },
    marks: [
      { type: 'line', series: 'offered', label: 'attempts' },
      { type: 'line', series: 'good', label: 'goodput', outcome: 'accepted' },
      { type: 'step', series: 'capacity', label: 'capacity' },
    ],
  },
  goodput: {
    kind: 'chart',
    title: 'Goodput',
    y: { label: 'Requests per second answered in time', unit: 'requests/s', min: 0 },
    marks: [
      { type: 'line', series: 'good', label: 'goodput' },
      { type: 'step', series: 'capacity', label: 'capacity' },
    ],
  },
  queue: {
    kind: 'chart',
    title: 'The queue',
    y: { label: 'Attempts that wait', unit: '', min: 0 },
    marks: [{ type: 'area', series: 'waiting', label: 'waiting' }],
  },
  wait: {
    kind: 'chart',
    title: 'How long the oldest in the queue has waited',
    y: { label: 'Wait', unit: 'ms', min: 0 },
    marks: [{ type: 'area', series: 'age', label: 'oldest' }],
    thresholds: [{ at: { parameter: 'timeoutMs' }, label: 'clients give up' }],
  },
  priorities: {
    kind: 'chart',
    title: 'Who is answered in time',
    y: { label: 'Answered within the last second', unit: 'requests', min: 0 },
    marks: [
      { type: 'line', series: 'good-high', label: 'high priority' },
      { type: 'line', series: 'good-low', label: 'low priority' },
    ],
  },
  instances: {
    kind: 'chart',
    title: 'Instances',
    y: { label: 'Instances', unit: '', min: 0 },
    marks: [
      { type: 'area', series: 'ready', label: 'up' },
      { type: 'step', series: 'ordered', label: 'ordered' },
    ],
  },
  states: {
    kind: 'states',
    title: 'The service',
    nodes: [{ id: POOL, label: 'Service' }],
    fields: [
      { id: 'condition', label: 'condition' },
      { id: 'ready', label: 'instances up' },
      { id: 'utilisation', label: 'busy', unit: '%' },
      { id: 'for-nobody', label: 'workers busy for nobody' },
      { id: 'refused', label: 'refused so far', unit: 'requests' },
    ],
  },
  events: {
    kind: 'events',
    title: 'What happened',
    names: { [CLIENTS]: 'Clients', [QUEUE]: 'Queue', [POOL]: 'Instances' },
  },
} as const satisfies Record<string, View>;
