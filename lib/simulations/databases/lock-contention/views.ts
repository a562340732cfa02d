import type { View } from '../../../simulation/views';

export const DATABASE = 'database';

/** The clients that are drawn one by one: as many as a phone has room for. */
export const LANES = Array.from({ length: 8 }, (_, i) => `client-${i + 1}`);

export const views = {
  throughput: {
    kind: 'chart',
    title: 'Transactions committed',
    y: { label: 'Within the last second', unit: 'transactions', min: 0 },
    marks: [{ type: 'line', series: 'commits', label: 'committed' }],
    race: 'overlaid',
  },
  fates: {
    kind: 'chart',
    title: 'How attempts end',
    y: { label: 'Within the last second', unit: 'transactions', min: 0 },
    marks: [
      { type: 'line', series: 'commits', label: 'committed', outcome: 'accepted' },
      { type: 'line', series: 'aborts', label: 'started over', outcome: 'retried' },
    ],
    race: 'beside',
  },
  blocked: {
    kind: 'chart',
    title: 'What open transactions wait for',
    y: { label: 'Transactions', unit: 'transactions', min: 0, max: { parameter: 'clients' } },
    marks: [
      { type: 'step', series: 'blocked', label: 'a row', outcome: 'queued' },
      { type: 'step', series: 'queued', label: 'a core' },
      { type: 'step', series: 'pausing', label: 'their retry', outcome: 'retried' },
    ],
    race: 'beside',
  },
  clients: {
    kind: 'timeline',
    title: 'What the first eight clients do',
    rows: 'lanes',
    lanes: LANES.map((id, i) => ({ id, label: `Client ${i + 1}` })),
    windowMs: 2000,
  },
  states: {
    kind: 'states',
    title: 'The database',
    nodes: [{ id: DATABASE, label: 'Database' }],
    fields: [
      { id: 'busy', label: 'cores at work', unit: 'cores' },
      { id: 'longest-line', label: 'longest line for a row', unit: 'transactions' },
      { id: 'committed', label: 'committed so far', unit: 'transactions' },
      { id: 'begun-anew', label: 'started over so far', unit: 'transactions' },
    ],
  },
  events: { kind: 'events', title: 'What happened' },
} as const satisfies Record<string, View>;
