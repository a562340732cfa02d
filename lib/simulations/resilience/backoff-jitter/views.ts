import type { View } from '../../../simulation/views';

export const CLIENTS = 'clients';
export const ROW = 'row';

/** Length of time over which a rush at the row is counted, ms. */
export const RUSH_MS = 50;

/** The clients that are drawn one by one: as many as a phone has room for. */
export const LANES = Array.from({ length: 10 }, (_, i) => `client-${i + 1}`);

export const views = {
  clients: {
    kind: 'timeline',
    title: 'What the first ten clients do',
    rows: 'lanes',
    lanes: LANES.map((id, i) => ({ id, label: `Client ${i + 1}` })),
  },
  scene: {
    kind: 'flow',
    title: 'Clients and the row',
    nodes: [
      { id: CLIENTS, label: 'Clients', role: 'source', column: 0, row: 0 },
      { id: ROW, label: 'Row', role: 'store', column: 1, row: 0 },
    ],
    edges: [
      { from: CLIENTS, to: ROW },
      { from: ROW, to: CLIENTS },
    ],
  },
  rush: {
    kind: 'chart',
    title: 'Writes that reach the row',
    y: { label: `Writes within ${RUSH_MS} ms`, unit: 'calls', min: 0 },
    marks: [
      {
        type: 'outcomes',
        from: ROW,
        to: CLIENTS,
        kinds: ['accepted', 'failed'],
        label: 'writes',
      },
      { type: 'step', series: 'rush', label: 'writes' },
    ],
  },
  pending: {
    kind: 'chart',
    title: 'Who has yet to write',
    y: { label: 'Clients that have not written', unit: 'clients', min: 0 },
    marks: [{ type: 'step', series: 'pending', label: 'not yet written' }],
    race: 'overlaid',
  },
  events: { kind: 'events', title: 'What happened' },
} as const satisfies Record<string, View>;
