import type { View } from '../../../simulation/views';

/** Most urgent first. */
export const CLASSES = [
  { id: 'urgent', label: 'Urgent' },
  { id: 'normal', label: 'Normal' },
  { id: 'bulk', label: 'Bulk' },
] as const;

export const QUEUE = 'queue';
/** The workers that are drawn one by one: as many as a phone has room for. */
export const LANES = Array.from({ length: 4 }, (_, i) => `worker-${i + 1}`);

export const views = {
  ages: {
    kind: 'chart',
    title: 'How long the oldest job has waited',
    y: { label: 'Waiting for its first attempt', unit: 'ms', min: 0 },
    marks: CLASSES.map(({ id, label }) => ({
      type: 'line' as const,
      series: `oldest-${id}`,
      label: label.toLowerCase(),
    })),
    race: 'beside',
  },
  backlog: {
    kind: 'chart',
    title: 'Jobs that are ready',
    y: { label: 'Waiting for a worker', unit: 'jobs', min: 0 },
    marks: CLASSES.map(({ id, label }) => ({
      type: 'step' as const,
      series: `ready-${id}`,
      label: label.toLowerCase(),
    })),
    race: 'beside',
  },
  line: {
    kind: 'queue',
    title: 'The queue up close',
    lane: QUEUE,
    item: 'job',
    next: { node: QUEUE, field: 'next' },
    class: { field: 'class', values: { urgent: 'Urgent', normal: 'Normal', bulk: 'Bulk' } },
  },
  workers: {
    kind: 'timeline',
    title: 'What the first four workers do',
    rows: 'lanes',
    lanes: LANES.map((id, i) => ({ id, label: `Worker ${i + 1}` })),
    kinds: ['attempt', 'down'],
    windowMs: 6000,
  },
  fates: {
    kind: 'chart',
    title: 'How attempts end',
    y: { label: 'Within the last five seconds', unit: 'jobs', min: 0 },
    marks: [
      { type: 'line', series: 'done', label: 'done', outcome: 'accepted' },
      { type: 'line', series: 'failed', label: 'failed', outcome: 'failed' },
      { type: 'line', series: 'late', label: 'lease had run out', outcome: 'expired' },
    ],
    race: 'beside',
  },
  states: {
    kind: 'states',
    title: 'The queue so far',
    nodes: [{ id: QUEUE, label: 'Queue' }],
    fields: [
      { id: 'ready', label: 'ready', unit: 'jobs' },
      { id: 'claimed', label: 'claimed', unit: 'jobs' },
      { id: 'pausing', label: 'in a pause', unit: 'jobs' },
      { id: 'done', label: 'done', unit: 'jobs' },
      { id: 'dead', label: 'dead letters', unit: 'jobs' },
      { id: 'again', label: 'run again', unit: 'jobs' },
      { id: 'twice', label: 'duplicate effects' },
    ],
  },
  events: { kind: 'events', title: 'What happened' },
} as const satisfies Record<string, View>;
