import { defineSimulation } from '../../../simulation/definition';
import { workloadOf } from '../../../simulation/workload';
import { checks } from './checks';
import { measures } from './measures';
import { parameters, SHOWN_MS } from './parameters';
import { run, STALL_MS } from './run';
import { scenarios } from './scenarios';
import { claims, omissions, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { views } from './views';

export const simulation = defineSimulation({
  title: 'Lock contention',
  describe:
    'Transactions that want the same rows wait for each other, give up at once, or see at the end whether somebody was faster.',
  version: 2,
  link: { version: 1, migrations: {} },
  parameters,
  variants,

  // The start is left out: the first transactions find no others.
  timing: () => ({ shownMs: SHOWN_MS, measuredMs: SHOWN_MS, warmUpMs: 2000 }),

  /** A row of the workload is a client; they begin one after the other over one transaction’s work. */
  workload: ({ parameters: { clients, statements, statementMs } }) =>
    workloadOf(
      Array.from({ length: clients }, (_, client) => ({
        atMs: (client * statements * statementMs) / clients,
      })),
    ),

  measures,
  views,

  interventions: {
    stall: {
      label: 'Stall a client',
      describe: `The next client that has a hot row leaves its transaction open for ${STALL_MS / 1000} s.`,
    },
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
