import type { View } from '../../../simulation/views';

export const CLIENT = 'client';
export const THIEF = 'thief';
export const SERVER = 'server';
export const API = 'api';

const NAMES = { [CLIENT]: 'Client', [THIEF]: 'Thief', [SERVER]: 'Server', [API]: 'API' };

export const views = {
  sequence: {
    kind: 'sequence',
    title: 'Who asks whom, and what they are told',
    participants: [CLIENT, THIEF, SERVER, API].map((id) => ({
      id,
      label: NAMES[id as keyof typeof NAMES],
    })),
    states: [{ node: SERVER, field: 'session', label: 'session' }],
  },
  hands: {
    kind: 'states',
    title: 'Who holds which refresh token',
    nodes: [
      { id: CLIENT, label: 'Client' },
      { id: THIEF, label: 'Thief' },
    ],
    fields: [
      { id: 'token', label: 'refresh token' },
      { id: 'access', label: 'access' },
    ],
  },
  thieves: {
    kind: 'chart',
    title: 'Thieves whom the API lets in',
    y: { label: 'Thieves inside', unit: '', min: 0 },
    marks: [{ type: 'step', series: 'inside', label: 'inside', outcome: 'failed' }],
    race: 'overlaid',
  },
  logins: {
    kind: 'chart',
    title: 'Users logged out for nothing, so far',
    y: { label: 'Times so far', unit: '', min: 0 },
    marks: [{ type: 'step', series: 'false-alarms', label: 'logged out', outcome: 'rejected' }],
  },
  load: {
    kind: 'chart',
    title: 'Requests to the authorization server so far',
    y: { label: 'Requests so far', unit: 'requests', min: 0 },
    marks: [{ type: 'step', series: 'asked', label: 'requests' }],
    race: 'overlaid',
  },
  events: { kind: 'events', title: 'What happened', names: NAMES },
} as const satisfies Readonly<Record<string, View>>;
