/** The tools of a figure, in the order of their buttons. Adding one is a folder and an entry here. */

import type { Description } from '@/lib/simulation/definition';
import { isSwept } from '@/lib/tools/sweep/swept';
import type { Tool } from './tool';

const TOOLS: readonly Tool[] = [
  {
    id: 'fork',
    label: 'Fork',
    describe: 'Do something to the run at this moment, and compare what becomes of it.',
    applies: (description) =>
      Object.keys(description.interventions).length > 0 ||
      Object.values(description.parameters).some(({ live }) => live),
    load: async () => (await import('./fork/panel')).ForkPanel,
  },
  {
    id: 'sweep',
    label: 'Sweep',
    describe: 'Runs the simulation over the whole range of a parameter and shows where it breaks.',
    applies: ({ parameters }) => Object.values(parameters).some(isSwept),
    load: async () => (await import('./sweep/panel')).SweepPanel,
  },
  {
    id: 'distribution',
    label: 'Distribution',
    describe: 'All values of a measure: what share lies below each, for every run in sight.',
    applies: ({ measures }) => Object.values(measures).some(({ kind }) => kind === 'distribution'),
    load: async () => (await import('./distribution/panel')).DistributionPanel,
  },
  {
    id: 'code',
    label: 'Code',
    describe: 'Read the model that runs, edit it, and race yours against ours.',
    applies: () => true,
    load: async () => (await import('./code/panel')).CodePanel,
  },
  {
    id: 'traffic',
    label: 'Traffic',
    describe: 'Run it on a log of your own, which stays on your machine.',
    applies: ({ traffic }) => traffic !== undefined,
    load: async () => (await import('./traffic/panel')).TrafficPanel,
  },
  {
    id: 'share',
    label: 'Share',
    describe: 'Take it with you: a link to this moment, a picture, numbers, a film, an embed.',
    applies: () => true,
    load: async () => (await import('./share/panel')).SharePanel,
  },
];

export function toolsOf(description: Description): readonly Tool[] {
  return TOOLS.filter((tool) => tool.applies(description));
}
