import { exponentialQuantile, lognormalQuantile } from '../../../kernel/distributions';
import { defineSimulation } from '../../../simulation/definition';
import type { Values } from '../../../simulation/parameters';
import { type Row, scheduledPoissonTimes, workloadOf } from '../../../simulation/workload';
import { checks } from './checks';
import { measures } from './measures';
import { parameters, SHOWN_MS } from './parameters';
import { run } from './run';
import { scenarios } from './scenarios';
import { claims, omissions, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { views } from './views';

/** Where nothing changes over time, means are taken over longer than is shown, without the start. */
const STEADY_MS = 220_000;
const WARM_UP_MS = 20_000;
/** Standard deviation over mean of the long-tailed service times. */
const LONG_TAIL_CV = 3;

export const simulation = defineSimulation({
  title: 'Capacity planner',
  describe:
    'Rules that choose how many instances a demand needs, checked against Erlang’s formula and against a run.',
  version: 3,
  link: { version: 1, migrations: {} },
  parameters,
  variants,

  timing: ({ growth, lostPercent }) =>
    growth.length === 1 && lostPercent.length === 1
      ? { shownMs: SHOWN_MS, measuredMs: STEADY_MS, warmUpMs: WARM_UP_MS }
      : { shownMs: SHOWN_MS, measuredMs: SHOWN_MS, warmUpMs: 0 },

  // Who comes when, and how long each takes, is the same for every rule.
  workload: ({ parameters: settings, random, untilMs }) => {
    const { demandPerSecond, growth } = settings;
    const schedule = growth.map(({ atMs, value }) => ({ atMs, value: demandPerSecond * value }));
    const times = scheduledPoissonTimes(random('arrivals'), { schedule, untilMs });
    const work = random('service');
    const places = random('places');
    return workloadOf(
      times.map(
        (atMs): Row => ({ atMs, size: workMs(settings, work.next()), draw: places.next() }),
      ),
    );
  },

  measures,
  views,

  interventions: {
    'lose-zone': {
      label: 'Lose a zone',
      describe: 'A third of the instances go down; what they were serving starts over.',
    },
    'lose-instance': {
      label: 'Lose an instance',
      describe: 'One goes down; what it was serving starts over.',
    },
    'add-instances': {
      label: 'Add two instances',
      describe: 'They are up at once.',
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

/** The time that one request takes, ms, from a uniform draw. */
function workMs({ variability, serviceMs }: Values<typeof parameters>, draw: number): number {
  switch (variability) {
    case 'constant':
      return serviceMs;
    case 'exponential':
      return exponentialQuantile(draw, serviceMs);
    case 'long-tailed':
      return lognormalQuantile(draw, { mean: serviceMs, cv: LONG_TAIL_CV });
    default:
      return variability satisfies never;
  }
}
