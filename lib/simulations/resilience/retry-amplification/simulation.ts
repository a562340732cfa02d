/** Services in a row above a database that fails: what retries in each of them make of one request. */
import { defineSimulation } from '../../../simulation/definition';
import { evenTimes, workloadOf } from '../../../simulation/workload';
import { checks } from './checks';
import { measures } from './measures';
import { parameters } from './parameters';
import { run } from './run';
import { scenarios } from './scenarios';
import { claims, omissions, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { views } from './views';

/** The outage with the time before it and the time to recover. */
const OUTAGE_SHOWN_MS = 30_000;
/** Where nothing changes over time, less is shown, and measured for longer. */
const STEADY_SHOWN_MS = 10_000;
const STEADY_MS = 60_000;

export const simulation = defineSimulation({
  title: 'Retry amplification',
  describe: 'Three services above a database that fails, each of which may try again.',
  version: 1,
  link: { version: 1, migrations: {} },
  parameters,
  variants,

  timing: ({ outage }) =>
    outage === 'always'
      ? { shownMs: STEADY_SHOWN_MS, measuredMs: STEADY_MS, warmUpMs: 0 }
      : { shownMs: OUTAGE_SHOWN_MS, measuredMs: OUTAGE_SHOWN_MS, warmUpMs: 0 },

  workload: ({ parameters: { requestsPerSecond }, untilMs }) =>
    workloadOf(evenTimes({ ratePerSecond: requestsPerSecond, untilMs }).map((atMs) => ({ atMs }))),

  measures,
  views,

  interventions: {
    break: {
      label: 'Break the database',
      describe: 'From now on every call to it fails.',
    },
    restore: {
      label: 'Repair the database',
      describe: 'From now on it answers every call.',
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
