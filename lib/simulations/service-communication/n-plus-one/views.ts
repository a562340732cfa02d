import type { View } from '../../../simulation/views';

/** The lane of a connection, from 0; a waterfall names those of a larger pool by this too. */
export const connectionLane = (place: number): string => `Connection ${place + 1}`;

/** Lanes of the pool as it is unless the reader makes it larger. */
const CONNECTIONS = Array.from({ length: 4 }, (_, place) => ({
  id: connectionLane(place),
  label: connectionLane(place),
}));
export const SERVER = 'server';
export const POOL = 'pool';

export const views = {
  waterfall: {
    kind: 'timeline',
    title: 'One request, query by query',
    rows: 'trace',
    lanes: [{ id: SERVER, label: 'Server' }, { id: POOL, label: 'Pool' }, ...CONNECTIONS],
  },
  connections: {
    kind: 'timeline',
    title: 'What the connections do',
    rows: 'lanes',
    lanes: CONNECTIONS,
    kinds: ['statement'],
    windowMs: 80,
  },
  queries: {
    kind: 'chart',
    title: 'Queries to the database so far',
    y: { label: 'Queries so far', unit: 'queries', min: 0 },
    marks: [{ type: 'step', series: 'queries', label: 'queries' }],
    race: 'overlaid',
  },
  waiting: {
    kind: 'chart',
    title: 'Queries that wait for a connection',
    y: { label: 'Waiting', unit: 'queries', min: 0 },
    marks: [{ type: 'area', series: 'waiting', label: 'waiting', outcome: 'queued' }],
    race: 'beside',
  },
  answers: {
    kind: 'chart',
    title: 'Requests so far, and those answered in time',
    y: { label: 'Requests so far', unit: 'requests', min: 0 },
    marks: [
      { type: 'step', series: 'arrived', label: 'arrived', outcome: 'sent' },
      { type: 'step', series: 'in-time', label: 'answered in time', outcome: 'accepted' },
    ],
    race: 'beside',
  },
  events: { kind: 'events', title: 'What happened' },
} as const satisfies Readonly<Record<string, View>>;
