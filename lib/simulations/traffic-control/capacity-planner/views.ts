import type { View } from '../../../simulation/views';

/** Ids of the nodes, in the recording and in the scene. */
export const CLIENTS = 'clients';
export const QUEUE = 'queue';
export const POOL = 'pool';

export const views = {
  scene: {
    kind: 'flow',
    title: 'Requests, the queue and the instances',
    nodes: [
      { id: CLIENTS, label: 'Clients', role: 'source', column: 0, row: 0 },
      {
        id: QUEUE,
        label: 'Queue',
        role: 'queue',
        column: 1,
        row: 0,
        level: { field: 'waiting', capacity: 20, label: 'waiting' },
      },
      {
        id: POOL,
        label: 'Instances',
        role: 'server',
        column: 2,
        row: 0,
        level: { field: 'utilisation', capacity: 100, label: 'busy', unit: '%' },
        badges: [{ field: 'up', label: 'up' }],
      },
    ],
    edges: [
      { from: CLIENTS, to: QUEUE },
      { from: QUEUE, to: POOL },
    ],
  },
  busy: {
    kind: 'chart',
    title: 'Who works, who waits',
    y: { label: 'Requests, instances, erlangs', unit: '', min: 0 },
    marks: [
      { type: 'area', series: 'present', label: 'there' },
      { type: 'step', series: 'up', label: 'instances' },
      { type: 'step', series: 'offered', label: 'load in erlangs' },
    ],
  },
  wait: {
    kind: 'chart',
    title: 'How long requests wait',
    y: { label: 'Mean wait of the last second', unit: 'ms', min: 0 },
    marks: [{ type: 'line', series: 'wait', label: 'wait' }],
    thresholds: [{ at: { parameter: 'targetMs' }, label: 'target' }],
  },
  load: {
    kind: 'chart',
    title: 'How busy the instances are',
    y: { label: 'Utilisation', unit: '%', min: 0, max: 100 },
    marks: [{ type: 'line', series: 'utilisation', label: 'last second' }],
  },
  average: {
    kind: 'chart',
    title: 'The mean wait so far, and what the formula says',
    y: { label: 'Mean wait', unit: 'ms', min: 0 },
    marks: [
      { type: 'line', series: 'mean', label: 'measured' },
      { type: 'step', series: 'formula', label: 'Erlang C' },
    ],
  },
  events: {
    kind: 'events',
    title: 'What happened',
    names: { [CLIENTS]: 'Clients', [QUEUE]: 'Queue', [POOL]: 'Instances' },
  },
} as const satisfies Record<string, View>;
