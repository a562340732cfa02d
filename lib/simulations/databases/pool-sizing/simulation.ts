import { defineSimulation } from '../../../simulation/definition';
import { poissonTimes, workloadOf } from '../../../simulation/workload';
import { checks } from './checks';
import { incidents } from './incidents';
import { measures } from './measures';
import { parameters, SHOWN_MS } from './parameters';
import { run } from './run';
import { scenarios } from './scenarios';
import { claims, omissions, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { views } from './views';

export const simulation = defineSimulation({
  title: 'Connection pool',
  describe:
    'Requests share the connections to a database whose cores work on all queries at once, and one query may become slow.',
  version: 2,
  link: { version: 1, migrations: {} },
  parameters,
  variants,

  timing: () => ({ shownMs: SHOWN_MS, measuredMs: SHOWN_MS, warmUpMs: 0 }),

  workload: ({ parameters: { requestsPerSecond }, random, untilMs }) =>
    workloadOf(
      poissonTimes(random('arrivals'), { ratePerSecond: requestsPerSecond, untilMs }).map(
        (atMs) => ({ atMs }),
      ),
    ),

  measures,
  views,

  interventions: {
    'kill-slow': {
      label: 'Kill the long queries',
      describe: 'Queries that have run for more than half a second are ended.',
    },
    'shed-reports': {
      label: 'Switch the report off',
      describe: 'From now on requests for the report are refused.',
    },
    'slow-down': {
      label: 'Make the report slow',
      describe: 'From now on its query takes as long as it does without its index.',
    },
    'mend-query': {
      label: 'Mend the query',
      describe: 'From now on the query of the report is quick; those in progress go on.',
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
  incidents,
});
