import type { View } from '../../../simulation/views';
import { DATABASE } from './run';

const A = { id: 'A', label: 'Session A' };
const B = { id: 'B', label: 'Session B' };
const C = { id: 'C', label: 'Session C' };
const SERVER = { id: DATABASE, label: 'Database' };

const rows = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `row-${at + 1}`, label: `id ${at + 1}` }));
const VERSIONS = { id: 'versions', label: 'versions' };
const sees = ({ id }: { readonly id: string }) => ({ id, label: `${id} would find` });
/** What a session has read, beside its lifeline. */
const told = (sessions: readonly { readonly id: string }[]) =>
  sessions.map(({ id }) => ({ node: id, field: 'read', label: 'gets' }));
const STATE = { id: 'state', label: 'state' };
const READ = { id: 'read', label: 'last read' };

export const views = {
  sequence: {
    kind: 'sequence',
    title: 'What the sessions say, and what they are told',
    participants: [A, SERVER, B],
    states: told([A, B]),
  },
  'sequence-of-three': {
    kind: 'sequence',
    title: 'What the sessions say, and what they are told',
    participants: [A, SERVER, B, C],
    states: told([A, B, C]),
  },
  rows: {
    kind: 'states',
    title: 'The rows, and what each session would find in them',
    nodes: rows(4),
    fields: [VERSIONS, sees(A), sees(B)],
  },
  'rows-of-three': {
    kind: 'states',
    title: 'The rows, and what each session would find in them',
    nodes: rows(4),
    fields: [VERSIONS, sees(A), sees(B), sees(C)],
  },
  sessions: {
    kind: 'states',
    title: 'The sessions',
    nodes: [A, B, C],
    fields: [STATE, READ],
  },
  lanes: {
    kind: 'timeline',
    title: 'Who has a transaction open, and who waits',
    rows: 'lanes',
    lanes: [A, B],
    kinds: ['transaction', 'wait'],
  },
  'lanes-of-three': {
    kind: 'timeline',
    title: 'Who has a transaction open, and who waits',
    rows: 'lanes',
    lanes: [A, B, C],
    kinds: ['transaction', 'wait'],
  },
  events: {
    kind: 'events',
    title: 'What happened',
    names: { A: 'Session A', B: 'Session B', C: 'Session C', [DATABASE]: 'Database' },
  },
} as const satisfies Record<string, View>;
