import type { View } from '../../../simulation/views';

/** Ids of the nodes, in the recording and in the scene. */
export const USERS = 'users';
export const BALANCER = 'balancer';
/** As many instances are recorded one by one. */
export const RECORDED = 12;
/** As many are drawn in the scene. */
export const IN_SCENE = 4;

const INSTANCES = Array.from({ length: RECORDED }, (_, place) => ({
  id: `instance-${place + 1}`,
  label: `Instance ${place + 1}`,
}));
const NAMES = Object.fromEntries(INSTANCES.map(({ id, label }) => [id, label]));
/** Those that something can be done to: of instances alike, two are as good as all. */
export const TARGETS = Object.fromEntries(
  INSTANCES.slice(0, 2).map(({ id, label }) => [id, label]),
);

export const views = {
  scene: {
    kind: 'flow',
    title: 'Requests and their answers, at the first four instances',
    nodes: [
      { id: USERS, label: 'Users', role: 'source', column: 0, row: 1.5 },
      { id: BALANCER, label: 'Balancer', role: 'gate', column: 1, row: 1.5 },
      ...INSTANCES.slice(0, IN_SCENE).map(({ id, label }, row) => ({
        id,
        label,
        role: 'server' as const,
        column: 2,
        row,
        level: { field: 'load', capacity: 12, label: 'in hand' },
        badges: [{ field: 'strangers', label: 'sent to sign in' }],
        health: 'health',
      })),
    ],
    edges: [
      { from: USERS, to: BALANCER },
      ...INSTANCES.slice(0, IN_SCENE).map(({ id }) => ({ from: BALANCER, to: id })),
    ],
  },
  queues: {
    kind: 'heat',
    title: 'Requests at each instance',
    rows: INSTANCES.map(({ id, label }) => ({ id, label: label.replace('Instance ', '#') })),
    columns: { of: 'time', everyMs: 1000, take: 'last' },
    value: { label: 'Requests', unit: 'requests' },
  },
  spread: {
    kind: 'chart',
    title: 'The longest queue, the shortest, and the mean',
    y: { label: 'Requests at an instance', unit: 'requests', min: 0 },
    marks: [
      { type: 'step', series: 'longest', label: 'longest' },
      { type: 'step', series: 'mean', label: 'mean' },
      { type: 'step', series: 'shortest', label: 'shortest' },
    ],
  },
  latency: {
    kind: 'chart',
    title: 'Latency of what was answered within the last second',
    y: { label: 'Latency', unit: 'ms', min: 0 },
    marks: [
      { type: 'line', series: 'slowest', label: 'slowest' },
      { type: 'line', series: 'usual', label: 'mean' },
    ],
  },
  answers: {
    kind: 'chart',
    title: 'What users get',
    y: { label: 'Requests within the last second', unit: 'requests', min: 0 },
    marks: [
      { type: 'line', series: 'answered', label: 'answered', outcome: 'accepted' },
      { type: 'line', series: 'signed-out', label: 'sent to sign in', outcome: 'rejected' },
      { type: 'line', series: 'failed', label: 'failed', outcome: 'failed' },
    ],
  },
  throughput: {
    kind: 'chart',
    title: 'Asked, answered, and what the instances could do alone',
    y: { label: 'Requests per second', unit: 'requests/s', min: 0 },
    marks: [
      { type: 'line', series: 'asked', label: 'asked' },
      { type: 'line', series: 'answered', label: 'answered', outcome: 'accepted' },
      { type: 'step', series: 'capacity', label: 'could do' },
    ],
  },
  instances: {
    kind: 'chart',
    title: 'Instances',
    y: { label: 'Instances', unit: '', min: 0 },
    marks: [
      { type: 'area', series: 'up', label: 'in rotation' },
      { type: 'step', series: 'ordered', label: 'ordered' },
    ],
  },
  states: {
    kind: 'states',
    title: 'The instances',
    nodes: INSTANCES,
    fields: [
      { id: 'health', label: 'health' },
      { id: 'served', label: 'served so far', unit: 'requests' },
    ],
  },
  events: {
    kind: 'events',
    title: 'What happened',
    names: { [USERS]: 'Users', [BALANCER]: 'Balancer', ...NAMES },
  },
} as const satisfies Record<string, View>;
