import type { View } from '../../../simulation/views';

const SERVICE = 'service';
export const DATABASE = 'database';

export const views = {
  answers: {
    kind: 'chart',
    title: 'What users get',
    y: { label: 'Requests within the last second', unit: 'requests', min: 0 },
    marks: [
      { type: 'line', series: 'asked', label: 'asked' },
      { type: 'line', series: 'good', label: 'answered in time', outcome: 'accepted' },
      { type: 'line', series: 'failed', label: 'failed', outcome: 'failed' },
    ],
  },
  pool: {
    kind: 'chart',
    title: 'The pool',
    y: { label: 'Connections and requests', unit: '', min: 0 },
    marks: [
      { type: 'area', series: 'in-use', label: 'in use' },
      { type: 'line', series: 'waiting', label: 'waiting' },
    ],
  },
  database: {
    kind: 'chart',
    title: 'The database',
    y: { label: 'Queries within the last second', unit: 'queries', min: 0 },
    marks: [{ type: 'line', series: 'queries', label: 'queries done' }],
    race: 'overlaid',
  },
  routes: {
    kind: 'chart',
    title: 'Who holds the connections',
    y: { label: 'In use', unit: 'connections', min: 0 },
    marks: [
      { type: 'step', series: 'held-by-reports', label: 'reports' },
      { type: 'step', series: 'held-by-others', label: 'everything else' },
    ],
  },
  states: {
    kind: 'states',
    title: 'Service and database',
    nodes: [{ id: DATABASE, label: 'Database' }],
    fields: [
      { id: 'in-progress', label: 'queries in progress', unit: 'queries' },
      { id: 'oldest', label: 'oldest for', unit: 'ms' },
      { id: 'gave-up', label: 'gave up waiting so far', unit: 'requests' },
    ],
  },
  events: {
    kind: 'events',
    title: 'What happened',
    names: { [SERVICE]: 'Service', [DATABASE]: 'Database' },
  },
} as const satisfies Record<string, View>;
