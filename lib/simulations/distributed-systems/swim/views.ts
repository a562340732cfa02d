import { NODES } from './run';

export const views = {
  cluster: {
    kind: 'cluster',
    title: 'How the members stand with each other',
    nodes: NODES,
    state: {
      field: 'standing',
      values: {
        trusted: { label: 'alive', mark: 'accepted' },
        suspected: { label: 'alive, suspected', mark: 'queued' },
        buried: { label: 'alive, believed dead', mark: 'rejected' },
        silent: { label: 'crashed, not noticed', mark: 'lost' },
        missed: { label: 'crashed, suspected', mark: 'expired' },
        gone: { label: 'crashed, believed dead', mark: 'failed' },
      },
    },
    side: 'side',
  },
  news: {
    kind: 'chart',
    title: 'Who knows of the crash',
    y: { label: 'Share of the live members', unit: '%', min: 0, max: 100 },
    marks: [
      { type: 'step', series: 'missing', label: 'suspect it' },
      { type: 'step', series: 'known', label: 'believe it dead' },
    ],
  },
  errors: {
    kind: 'chart',
    title: 'Live members under a false accusation',
    y: { label: 'Live members', unit: '', min: 0 },
    marks: [
      { type: 'step', series: 'wrongly-suspected', label: 'suspected by somebody' },
      { type: 'step', series: 'wrongly-buried', label: 'believed dead by somebody' },
    ],
  },
  events: { kind: 'events', title: 'What happened' },
} as const;
