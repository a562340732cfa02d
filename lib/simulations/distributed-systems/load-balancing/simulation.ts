/** Many instances and who gets the next request: what balancers decide by, and what they cannot know. */
import { defineSimulation } from '../../../simulation/definition';
import { scheduledPoissonTimes, workloadOf } from '../../../simulation/workload';
import { checks } from './checks';
import { measures } from './measures';
import { parameters, SHOWN_MS } from './parameters';
import { run } from './run';
import { scenarios } from './scenarios';
import { claims, omissions, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { TARGETS, views } from './views';

/** Where nothing changes over time, means are taken over longer than is shown, without the start. */
const STEADY_MS = 120_000;
const WARM_UP_MS = 20_000;

export const simulation = defineSimulation({
  title: 'Load balancing',
  describe:
    'By six strategies, balancers give requests to instances that differ, slow down, fail, come and go.',
  version: 4,
  link: { version: 1, migrations: {} },
  parameters,
  variants,

  // What befalls an instance after a while, and demand that changes, leave no steady state to be found.
  timing: ({ demand, autoscale, trouble, troubleFromMs }) =>
    demand.length === 1 && !autoscale && (trouble === 'none' || troubleFromMs === 0)
      ? { shownMs: SHOWN_MS / 2, measuredMs: STEADY_MS, warmUpMs: WARM_UP_MS }
      : { shownMs: SHOWN_MS, measuredMs: SHOWN_MS, warmUpMs: 0 },

  // Who asks, when, and how much work it is, are the same for every strategy.
  workload: ({ parameters: settings, random, untilMs }) => {
    const { requestsPerSecond, demand, users } = settings;
    const schedule = demand.map(({ atMs, value }) => ({ atMs, value: requestsPerSecond * value }));
    const [work, who] = [random('work'), random('users')];
    return workloadOf(
      scheduledPoissonTimes(random('arrivals'), { schedule, untilMs }).map((atMs) => ({
        atMs,
        key: who.nextInteger(users),
        draw: work.next(),
      })),
    );
  },

  measures,
  views,

  interventions: {
    add: {
      label: 'Add two instances',
      describe:
        'They are ordered, and take requests once they have started; there are a hundred at most.',
    },
    restart: {
      label: 'Restart an instance',
      describe: 'It loses what it has in hand and in memory, and is back once it has started.',
      targets: TARGETS,
    },
    slow: {
      label: 'Slow an instance down',
      describe: 'From now on whatever it begins takes five times as long.',
      targets: TARGETS,
    },
    break: {
      label: 'Break an instance',
      describe: 'From now on it answers every request with an error, at once.',
      targets: TARGETS,
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
