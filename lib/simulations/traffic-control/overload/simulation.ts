import { defineSimulation } from '../../../simulation/definition';
import { scheduledPoissonTimes, workloadOf } from '../../../simulation/workload';
import { checks } from './checks';
import { incidents } from './incidents';
import { measures } from './measures';
import { capacityPerSecond, parameters, SHOWN_MS } from './parameters';
import { run } from './run';
import { scenarios } from './scenarios';
import { claims, omissions, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { views } from './views';

/** Where nothing changes over time, means are taken over longer than is shown, without the start. */
const STEADY_MS = 100_000;
const WARM_UP_MS = 20_000;

export const simulation = defineSimulation({
  title: 'Overload',
  describe:
    'Clients with timeouts and retries bring more work than a service can do, through one of six queues.',
  version: 4,
  link: { version: 1, migrations: {} },
  parameters,
  variants,

  timing: ({ surge, slowdown, autoscale }) =>
    surge.length === 1 && slowdown.length === 1 && !autoscale
      ? { shownMs: SHOWN_MS, measuredMs: STEADY_MS, warmUpMs: WARM_UP_MS }
      : { shownMs: SHOWN_MS, measuredMs: SHOWN_MS, warmUpMs: 0 },

  // Only the arrivals are the same for all; what an attempt takes to serve is drawn by (request,
  // attempt) in the run, so that variants that both make an attempt see the same.
  workload: ({ parameters: settings, random, untilMs }) => {
    const { loadPercent, surge } = settings;
    const usual = (capacityPerSecond(settings) * loadPercent) / 100;
    const schedule = surge.map(({ atMs, value }) => ({ atMs, value: usual * value }));
    return workloadOf(
      scheduledPoissonTimes(random('arrivals'), { schedule, untilMs }).map((atMs) => ({ atMs })),
    );
  },

  measures,
  views,

  interventions: {
    burst: {
      label: 'Send a burst',
      describe: 'For five seconds, three times the capacity comes on top of the usual load.',
    },
    'slow-database': {
      label: 'Slow the database down',
      describe: 'For six seconds every request takes six times as long.',
    },
    'stop-retries': {
      label: 'Turn retries off',
      describe: 'From now on clients send every request once.',
    },
    'shed-low': {
      label: 'Shed low priority',
      describe: 'From now on low priority is refused while too many wait.',
    },
    'drop-queue': {
      label: 'Drop the queue',
      describe: 'All that are waiting are refused, and the queue is empty.',
    },
    restart: {
      label: 'Restart all instances',
      describe:
        'The queue and all work in hand are lost; connections are refused until the instances have started.',
    },
    'add-instances': {
      label: 'Add two instances',
      describe: 'They are ordered, and take requests once they have started.',
    },
    'turn-away': {
      label: 'Turn half of the users away',
      describe: 'For ten seconds the edge tells half of the users no.',
    },
    'lose-instance': {
      label: 'Lose an instance',
      describe: 'It is gone for good, with what it was serving.',
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
