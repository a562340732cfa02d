import { defineSimulation } from '../../../simulation/definition';
import { poissonTimes, workloadOf } from '../../../simulation/workload';
import { checks } from './checks';
import { measures } from './measures';
import { parameters, SHOWN_MS } from './parameters';
import { run } from './run';
import { scenarios } from './scenarios';
import { claims, omissions, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { views } from './views';

/** Where nothing changes over time, means and counts are taken over longer than is shown. */
const STEADY_MS = 600_000;

export const simulation = defineSimulation({
  title: 'Circuit breaker',
  describe:
    'A service with timeouts, retries and a circuit breaker calls a dependency that fails for a while.',
  version: 3,
  link: { version: 1, migrations: {} },
  parameters,
  variants,

  timing: ({ errorPercent, slowdown }) => ({
    shownMs: SHOWN_MS,
    measuredMs: errorPercent.length === 1 && slowdown.length === 1 ? STEADY_MS : SHOWN_MS,
    warmUpMs: 0,
  }),

  // Only the arrivals are the same for all; what a call takes and whether it fails is drawn by
  // (request, attempt) in the run, so that variants that both make an attempt see the same.
  workload: ({ parameters: { requestsPerSecond }, random, untilMs }) =>
    workloadOf(
      poissonTimes(random('arrivals'), { ratePerSecond: requestsPerSecond, untilMs }).map(
        (atMs) => ({ atMs }),
      ),
    ),

  measures,
  views,

  interventions: {
    break: {
      label: 'Break the dependency',
      describe: 'From now on it answers every call with an error.',
    },
    restore: {
      label: 'Repair the dependency',
      describe: 'From now on it is well, whatever its schedules say.',
    },
    restart: {
      label: 'Restart the dependency',
      describe: 'It forgets the calls that wait there and those it works on.',
    },
    'hold-open': {
      label: 'Hold the breaker open',
      describe: 'No call is sent until the breaker is reset.',
    },
    'hold-closed': {
      label: 'Hold the breaker closed',
      describe: 'Every call is sent until the breaker is reset.',
    },
    reset: {
      label: 'Reset the breaker',
      describe: 'It is closed and has forgotten all results.',
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
