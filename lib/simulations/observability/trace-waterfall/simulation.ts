import { defineSimulation } from '../../../simulation/definition';
import { heldTo } from '../../../simulation/link-migrations';
import { poissonTimes, workloadOf } from '../../../simulation/workload';
import { checks } from './checks';
import { measures } from './measures';
import { MEASURED_MS, parameters, SHOWN_MS } from './parameters';
import { run } from './run';
import { scenarios } from './scenarios';
import { claims, omissions, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { views } from './views';

export const simulation = defineSimulation({
  title: 'Traces of a shop',
  describe:
    'Requests through eight services leave spans; three sampling policies choose the traces that are kept.',
  version: 2,
  link: {
    version: 2,
    // The collector's memory once went from 10 to 2,000 traces.
    migrations: { 1: (raw) => heldTo(raw, 'tracesMax', { min: 20, max: 400 }) },
  },
  parameters,
  variants,
  timing: () => ({ shownMs: SHOWN_MS, measuredMs: MEASURED_MS, warmUpMs: 0 }),

  // The work of every operation is drawn by (request, operation) in the run, so that all policies
  // see the same requests take the same time.
  workload: ({ parameters: { requestsPerSecond, exportPercent }, random, untilMs }) => {
    const routes = random('routes');
    return workloadOf(
      poissonTimes(random('arrivals'), { ratePerSecond: requestsPerSecond, untilMs }).map(
        (atMs) => ({ atMs, key: 100 * routes.next() < exportPercent ? 1 : 0 }),
      ),
      ['POST /checkout', 'GET /export'],
    );
  },

  measures,
  views,
  interventions: {
    burst: {
      label: 'Send a burst',
      describe: 'Forty checkouts arrive at the same moment.',
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
