/** What a run shows: the scene with one client or two, what passed against the limit, what is left. */
import type { View } from '../../../simulation/views';
import { CLIENT, QUIET } from './arrivals';

export const views = {
  scene: {
    kind: 'flow',
    title: 'Requests on their way',
    nodes: [
      { id: CLIENT, label: 'Client', role: 'source', column: 0, row: 0 },
      {
        id: 'limiter',
        label: 'Limiter',
        role: 'gate',
        column: 1,
        row: 0,
        level: { field: 'fill', capacity: 100, label: 'left', unit: '%' },
        badges: [
          { field: 'accepted', label: 'accepted' },
          { field: 'rejected', label: 'rejected' },
        ],
      },
      { id: 'service', label: 'Service', role: 'sink', column: 2, row: 0 },
    ],
    edges: [
      { from: CLIENT, to: 'limiter' },
      { from: 'limiter', to: 'service' },
    ],
  },
  'scene-queue': {
    kind: 'flow',
    title: 'Requests on their way, and those that wait',
    nodes: [
      { id: CLIENT, label: 'Client', role: 'source', column: 0, row: 0 },
      {
        id: 'limiter',
        label: 'Limiter',
        role: 'gate',
        column: 1,
        row: 0,
        level: { field: 'fill', capacity: 100, label: 'left', unit: '%' },
        badges: [
          { field: 'accepted', label: 'accepted' },
          { field: 'rejected', label: 'rejected' },
        ],
      },
      {
        id: 'queue',
        label: 'Bucket',
        role: 'queue',
        column: 2,
        row: 0,
        badges: [{ field: 'waiting', label: 'waiting' }],
      },
      { id: 'service', label: 'Service', role: 'sink', column: 3, row: 0 },
    ],
    edges: [
      { from: CLIENT, to: 'limiter' },
      { from: 'limiter', to: 'queue' },
      { from: 'queue', to: 'service' },
      { from: 'limiter', to: 'service' },
    ],
  },
  'scene-clients': {
    kind: 'flow',
    title: 'Two clients, one service',
    nodes: [
      { id: CLIENT, label: 'Noisy client', role: 'source', column: 0, row: 0 },
      { id: QUIET, label: 'Quiet client', role: 'source', column: 0, row: 1 },
      {
        id: 'limiter',
        label: 'Limiter',
        role: 'gate',
        column: 1,
        row: 0.5,
        badges: [
          { field: 'accepted', label: 'accepted' },
          { field: 'rejected', label: 'rejected' },
        ],
      },
      { id: 'service', label: 'Service', role: 'sink', column: 2, row: 0.5 },
    ],
    edges: [
      { from: CLIENT, to: 'limiter' },
      { from: QUIET, to: 'limiter' },
      { from: 'limiter', to: 'service' },
    ],
  },
  admitted: {
    kind: 'chart',
    title: 'Passed within the last window',
    y: { label: 'Requests within the last window', unit: 'requests', min: 0 },
    marks: [
      {
        type: 'outcomes',
        kinds: ['accepted', 'rejected'],
        label: 'Each request, when the limiter decides',
      },
      { type: 'step', series: 'in-window', label: 'within the last window' },
    ],
    thresholds: [
      { at: { parameter: 'limit' }, label: 'limit' },
      { at: { parameter: 'limit', times: 2 }, label: 'twice the limit' },
    ],
    rules: { everyMs: { parameter: 'windowMs' }, label: 'window boundary' },
  },
  'admitted-or-queued': {
    kind: 'chart',
    title: 'Passed within the last window',
    y: { label: 'Requests within the last window', unit: 'requests', min: 0 },
    marks: [
      {
        type: 'outcomes',
        kinds: ['accepted', 'queued', 'rejected'],
        label: 'Each request, when the limiter decides',
      },
      { type: 'step', series: 'in-window', label: 'within the last window' },
    ],
    thresholds: [
      { at: { parameter: 'limit' }, label: 'limit' },
      { at: { parameter: 'limit', times: 2 }, label: 'twice the limit' },
    ],
    rules: { everyMs: { parameter: 'windowMs' }, label: 'window boundary' },
  },
  remaining: {
    kind: 'chart',
    title: 'What is left',
    y: { label: 'Requests that would be allowed at once', unit: 'requests', min: 0 },
    marks: [{ type: 'area', series: 'remaining', label: 'left' }],
    rules: { everyMs: { parameter: 'windowMs' }, label: 'window boundary' },
  },
  passed: {
    kind: 'chart',
    title: 'Passed on so far',
    y: { label: 'Requests handed to the service', unit: 'requests', min: 0 },
    marks: [{ type: 'step', series: 'passed', label: 'passed on' }],
    race: 'overlaid',
  },
  waiting: {
    kind: 'chart',
    title: 'Waiting in the bucket',
    y: { label: 'Requests held back', unit: 'requests', min: 0 },
    marks: [{ type: 'area', series: 'waiting', label: 'waiting' }],
  },
  clients: {
    kind: 'chart',
    title: 'Passed on so far, by client',
    y: { label: 'Requests handed to the service', unit: 'requests', min: 0 },
    marks: [
      { type: 'step', series: `passed of ${CLIENT}`, label: 'noisy client' },
      { type: 'step', series: `passed of ${QUIET}`, label: 'quiet client' },
    ],
  },
  table: {
    kind: 'states',
    title: 'State',
    nodes: [{ id: 'limiter', label: 'Limiter' }],
    fields: [
      { id: 'accepted', label: 'accepted', unit: 'requests' },
      { id: 'rejected', label: 'rejected', unit: 'requests' },
      { id: 'in-window', label: 'passed in the last window', unit: 'requests' },
      { id: 'remaining', label: 'left', unit: 'requests' },
      { id: 'numbers', label: 'numbers kept' },
    ],
  },
  events: {
    kind: 'events',
    title: 'What happened',
    messages: ['accepted', 'queued', 'rejected'],
    names: {
      [CLIENT]: 'Client',
      [QUIET]: 'Quiet client',
      limiter: 'Limiter',
      queue: 'Bucket',
      service: 'Service',
    },
  },
} as const satisfies Record<string, View>;
