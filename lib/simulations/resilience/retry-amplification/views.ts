import type { View } from '../../../simulation/views';

export const USERS = 'users';
export const DATABASE = 'database';

/** The services between users and the database, from the top; each calls the next. */
export const SERVICES = ['gateway', 'orders', 'stock'] as const;

/** Everything that is called, from the top. */
export const CALLED = [...SERVICES, DATABASE] as const;
export type Called = (typeof CALLED)[number];

const NAMES = {
  gateway: 'Gateway',
  orders: 'Orders',
  stock: 'Stock',
  database: 'Database',
} as const satisfies Record<Called, string>;

/** How often the calls of the last second are counted, ms; a whole part of a second. */
export const TICK_MS = 250;

export const views = {
  scene: {
    kind: 'flow',
    title: 'Calls and answers on their way',
    nodes: [
      { id: USERS, label: 'Users', role: 'source', column: 0, row: 0 },
      ...CALLED.map((id, i) => ({
        id,
        label: NAMES[id],
        role: id === DATABASE ? ('store' as const) : ('server' as const),
        column: i + 1,
        row: 0,
        badges: [{ field: 'rate', label: '', unit: 'calls/s' as const }],
      })),
    ],
    edges: CALLED.map((to, i) => ({ from: SERVICES[i - 1] ?? USERS, to })),
  },
  trace: {
    kind: 'timeline',
    title: 'What one request becomes',
    rows: 'trace',
    lanes: CALLED.map((id) => ({ id, label: NAMES[id] })),
    rowsMax: 16,
  },
  layers: {
    kind: 'chart',
    title: 'What each of them gets',
    y: { label: 'Calls within the last second', unit: 'calls', min: 0 },
    marks: CALLED.map((id) => ({ type: 'step' as const, series: id, label: NAMES[id] })),
  },
  load: {
    kind: 'chart',
    title: 'What the database gets',
    y: { label: 'Calls within the last second', unit: 'calls', min: 0 },
    marks: [{ type: 'step', series: DATABASE, label: 'calls' }],
    thresholds: [{ at: { parameter: 'requestsPerSecond' }, label: 'requests' }],
    race: 'overlaid',
  },
  answers: {
    kind: 'chart',
    title: 'What users get',
    y: { label: 'Requests ended within the last second', unit: 'requests', min: 0 },
    marks: [
      { type: 'step', series: 'answered', label: 'answered', outcome: 'accepted' },
      { type: 'step', series: 'failed', label: 'failed', outcome: 'failed' },
    ],
  },
  events: { kind: 'events', title: 'What happened' },
} as const satisfies Record<string, View>;
