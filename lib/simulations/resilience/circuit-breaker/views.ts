import type { SceneNode, View } from '../../../simulation/views';
import type { BreakerState } from './models/breaker';
import { INSTANCES_MAX } from './parameters';

/** Ids of the nodes, in the recording and in the scenes. */
export const USERS = 'users';
export const SERVICE = 'service';
export const QUEUES = Array.from({ length: INSTANCES_MAX }, (_, i) => `queue-${i + 1}`);
export const INSTANCES = Array.from({ length: INSTANCES_MAX }, (_, i) => `instance-${i + 1}`);
const [QUEUE = '', ...OTHER_QUEUES] = QUEUES;
const [INSTANCE = '', ...OTHER_INSTANCES] = INSTANCES;

/** The states of a breaker, from the one that lets everything through; the chart's axis. */
export const STATES = ['closed', 'half-open', 'open'] as const satisfies readonly BreakerState[];

/** Name of an instance where there are several. */
const numbered = (i: number): string => `Instance ${i + 1}`;

const queueNode = (id: string, { row, label }: { row: number; label: string }): SceneNode => ({
  id,
  label,
  role: 'queue',
  column: 2,
  row,
  // Under a queue the numbers speak for themselves, and leave room to its neighbours on a phone.
  level: { field: 'waiting', capacity: { parameter: 'queueLimit' }, label: '' },
});
const instanceNode = (
  id: string,
  { row, label, fields }: { row: number; label: string; fields: readonly string[] },
): SceneNode => ({
  id,
  label,
  role: 'server',
  column: 3,
  row,
  level: { field: 'busy', capacity: { parameter: 'workers' }, label: 'busy' },
  badges: fields.map((field) => ({ field, label: '' })),
});
const edgesOf = (queue: string, instance: string) => [
  { from: SERVICE, to: queue },
  { from: queue, to: instance },
];

const NAMES = {
  [USERS]: 'Users',
  [SERVICE]: 'Service',
  [QUEUE]: 'Queue',
  [INSTANCE]: 'Dependency',
  ...Object.fromEntries(OTHER_QUEUES.map((id, i) => [id, `Queue ${i + 2}`])),
  ...Object.fromEntries(OTHER_INSTANCES.map((id, i) => [id, numbered(i + 1)])),
};

export const views = {
  scene: {
    kind: 'flow',
    title: 'Requests, and the calls they become',
    nodes: [
      { id: USERS, label: 'Users', role: 'source', column: 0, row: 0 },
      {
        id: SERVICE,
        label: 'Service',
        role: 'gate',
        column: 1,
        row: 0,
        badges: [
          { field: 'breaker', label: 'breaker' },
          { field: 'in-hand', label: 'in hand' },
        ],
      },
      queueNode(QUEUE, { row: 0, label: 'Queue' }),
      instanceNode(INSTANCE, { row: 0, label: 'Dependency', fields: ['condition'] }),
    ],
    edges: [{ from: USERS, to: SERVICE }, ...edgesOf(QUEUE, INSTANCE)],
  },
  'scene-instances': {
    kind: 'flow',
    title: 'Three instances, the condition of each, and the state of its breaker',
    nodes: [
      { id: USERS, label: 'Users', role: 'source', column: 0, row: 1 },
      {
        id: SERVICE,
        label: 'Service',
        role: 'gate',
        column: 1,
        row: 1,
        badges: [{ field: 'in-hand', label: 'in hand' }],
      },
      ...QUEUES.map((id, row) => queueNode(id, { row, label: `Queue ${row + 1}` })),
      ...INSTANCES.map((id, row) =>
        instanceNode(id, { row, label: numbered(row), fields: ['condition', 'breaker'] }),
      ),
    ],
    edges: [
      { from: USERS, to: SERVICE },
      ...QUEUES.flatMap((queue, i) => edgesOf(queue, INSTANCES[i] ?? '')),
    ],
  },
  answers: {
    kind: 'chart',
    title: 'What users get',
    y: { label: 'Requests ended within the last second', unit: 'requests', min: 0 },
    marks: [
      { type: 'line', series: 'answered', label: 'answered', outcome: 'accepted' },
      { type: 'line', series: 'refused', label: 'refused by the breaker', outcome: 'rejected' },
      { type: 'line', series: 'failed', label: 'failed', outcome: 'failed' },
    ],
    thresholds: [{ at: { parameter: 'requestsPerSecond' }, label: 'requests' }],
  },
  load: {
    kind: 'chart',
    title: 'What the dependency gets',
    y: { label: 'Calls per second', unit: 'calls/s', min: 0 },
    marks: [
      { type: 'line', series: 'sent', label: 'calls sent' },
      { type: 'step', series: 'capacity', label: 'capacity' },
    ],
    thresholds: [{ at: { parameter: 'requestsPerSecond' }, label: 'requests' }],
  },
  breaker: {
    kind: 'chart',
    title: 'State of the breaker',
    y: { label: 'State of the breaker', unit: '', names: STATES },
    marks: [{ type: 'area', series: 'breaker', label: 'state' }],
  },
  machine: {
    kind: 'machine',
    title: 'The breaker as a state machine',
    nodes: [{ id: SERVICE, label: 'Service' }],
    field: 'breaker',
    states: [
      { id: 'closed', label: 'closed', mark: 'accepted' },
      { id: 'open', label: 'open', mark: 'rejected' },
      { id: 'half-open', label: 'half-open', mark: 'queued' },
    ],
    transitions: [
      { from: 'closed', to: 'open', label: 'too many failures' },
      { from: 'open', to: 'half-open', label: 'the wait is over' },
      { from: 'half-open', to: 'open', label: 'a probe fails' },
      { from: 'half-open', to: 'closed', label: 'the probes succeed' },
    ],
  },
  hands: {
    kind: 'chart',
    title: 'In hand at the service',
    y: { label: 'Requests that wait for their answer', unit: 'requests', min: 0 },
    marks: [{ type: 'area', series: 'in-hand', label: 'in hand' }],
    race: 'overlaid',
  },
  queue: {
    kind: 'chart',
    title: 'Waiting at the dependency',
    y: { label: 'Calls in its queues', unit: 'calls', min: 0 },
    marks: [{ type: 'area', series: 'waiting', label: 'waiting' }],
    race: 'overlaid',
  },
  states: {
    kind: 'states',
    title: 'What the breaker knows',
    nodes: [{ id: SERVICE, label: 'Service' }],
    fields: [
      { id: 'breaker', label: 'breaker' },
      { id: 'calls', label: 'results in its window', unit: 'calls' },
      { id: 'failures', label: 'failures among them', unit: 'calls' },
      { id: 'slow', label: 'slow among them', unit: 'calls' },
      { id: 'refused', label: 'calls kept back so far', unit: 'calls' },
      { id: 'in-hand', label: 'in hand', unit: 'requests' },
    ],
  },
  instances: {
    kind: 'states',
    title: 'The instances',
    nodes: INSTANCES.map((id, i) => ({ id, label: numbered(i) })),
    fields: [
      { id: 'condition', label: 'condition' },
      { id: 'breaker', label: 'breaker' },
      { id: 'busy', label: 'busy workers', unit: 'workers' },
      { id: 'waiting', label: 'waiting', unit: 'calls' },
    ],
  },
  events: { kind: 'events', title: 'What happened', names: NAMES },
} as const satisfies Record<string, View>;
