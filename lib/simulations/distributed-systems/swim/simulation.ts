/** Who is there? Members of a cluster find out by probing each other, and pass on what they learn. */
import { defineSimulation } from '../../../simulation/definition';
import { workloadOf } from '../../../simulation/workload';
import { checks } from './checks';
import { measures } from './measures';
import { parameters, SHOWN_MS } from './parameters';
import { run } from './run';
import { scenarios } from './scenarios';
import { claims, omissions, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { views } from './views';

export const simulation = defineSimulation({
  title: 'Who is there?',
  describe:
    'Members of a cluster watch each other by heartbeats, pings or SWIM, while some crash, are slow or are cut off.',
  version: 3,
  link: { version: 1, migrations: {} },
  parameters,
  variants,

  timing: () => ({ shownMs: SHOWN_MS, measuredMs: SHOWN_MS, warmUpMs: 0 }),
  // Nobody asks for anything: the members talk among themselves.
  workload: () => workloadOf([]),

  measures,
  views,

  interventions: {
    crash: {
      label: 'Crash a member',
      describe: 'The first member that is alive falls silent.',
    },
    restart: {
      label: 'Restart those that are down',
      describe: 'They come back, and have forgotten all they knew.',
    },
    cut: {
      label: 'Cut the network',
      describe: 'The two halves cannot reach each other until it is healed.',
    },
    heal: { label: 'Heal the network', describe: 'All can reach all again.' },
  },

  run,
  scenarios,
  tasks,
  predictions,
  plantedBugs,
  omissions,
  checks,
  claims,
});
