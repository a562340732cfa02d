import { defineSimulation } from '../../../simulation/definition';
import { checks } from './checks';
import { measures } from './measures';
import { parameters, SHOWN_MS, STEADY_MS, WARM_UP_MS } from './parameters';
import { BURST_JOBS, RESTART_MS, run, SLOWNESS, STALL_MS, TROUBLE_MS } from './run';
import { scenarios } from './scenarios';
import { claims, omissions, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { views } from './views';
import { jobsOf, offeredOf } from './workload';

export const simulation = defineSimulation({
  title: 'Job queue',
  describe:
    'Jobs of three priorities wait for workers that fail, stall and crash; schedulers differ in whose turn it is.',
  version: 3,
  link: { version: 1, migrations: {} },
  parameters,
  variants,

  // A batch is over when it is over, and where more comes than can be done there is no steady state:
  // what is shown is measured. Elsewhere the start, when the queue is empty, is left out.
  timing: (values) =>
    values.batch > 0 || offeredOf(values) >= values.workers
      ? { shownMs: SHOWN_MS, measuredMs: SHOWN_MS, warmUpMs: 0 }
      : { shownMs: SHOWN_MS, measuredMs: STEADY_MS, warmUpMs: WARM_UP_MS },

  workload: jobsOf,
  measures,
  views,

  interventions: {
    crash: {
      label: 'Crash a worker',
      describe: `The first worker that has a job is gone with it, and back after ${RESTART_MS / 1000} s.`,
    },
    stall: {
      label: 'Stall a worker',
      describe: `The first worker that has a job stands still for ${STALL_MS / 1000} s, and then goes on as if nothing had happened.`,
    },
    burst: {
      label: 'Burst of bulk jobs',
      describe: `Enqueues ${BURST_JOBS} bulk jobs at once.`,
    },
    slow: {
      label: 'Slow dependency',
      describe: `Attempts that begin within ${TROUBLE_MS / 1000} s take ${SLOWNESS} times as long.`,
    },
    outage: {
      label: 'Dependency down',
      describe: `Every attempt that begins within ${TROUBLE_MS / 1000} s fails.`,
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
