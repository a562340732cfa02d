import type { View } from '../../../simulation/views';
import { SERVICE_LIST } from './parameters';

/** The services of a checkout. */
const SHOP = SERVICE_LIST.filter(({ id }) => id !== 'archive');

export const views = {
  waterfall: {
    kind: 'timeline',
    title: 'One request as a trace',
    rows: 'trace',
    lanes: SERVICE_LIST,
    clock: 'clock',
  },
  slowest: {
    kind: 'timeline',
    title: 'The slowest trace so far',
    rows: 'trace',
    trace: 'slowest',
    lanes: SERVICE_LIST,
  },
  services: {
    kind: 'timeline',
    title: 'What the services recorded',
    rows: 'lanes',
    lanes: SHOP,
    windowMs: 600,
  },
  headers: {
    kind: 'sequence',
    title: 'Calls, and what they carry',
    participants: SHOP,
  },
  failures: {
    kind: 'chart',
    title: 'Failed checkouts, and those that a trace explains',
    y: { label: 'Requests so far', unit: 'requests', min: 0 },
    marks: [
      { type: 'step', series: 'failures', label: 'failed', outcome: 'failed' },
      { type: 'step', series: 'explained', label: 'explained', outcome: 'accepted' },
    ],
  },
  slow: {
    kind: 'chart',
    title: 'Slow requests, and those that are stored whole',
    y: { label: 'Requests so far', unit: 'requests', min: 0 },
    marks: [
      { type: 'step', series: 'slow', label: 'slow', outcome: 'expired' },
      { type: 'step', series: 'slowWhole', label: 'stored whole', outcome: 'accepted' },
    ],
  },
  memory: {
    kind: 'chart',
    title: 'Traces that wait for a decision',
    y: { label: 'Undecided', unit: 'traces', min: 0 },
    marks: [{ type: 'area', series: 'held', label: 'undecided' }],
    thresholds: [{ at: { parameter: 'tracesMax' }, label: 'memory' }],
    race: 'overlaid',
  },
  events: { kind: 'events', title: 'What happened' },
} as const satisfies Readonly<Record<string, View>>;
