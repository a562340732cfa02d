import { defineSimulation } from '../../../simulation/definition';
import { poissonTimes, workloadOf } from '../../../simulation/workload';
import { checks } from './checks';
import { measures } from './measures';
import {
  FOLLOWED_PER_SECOND,
  MEASURED_MS,
  parameters,
  SHOWN_FEW_MS,
  SHOWN_MANY_MS,
} from './parameters';
import { run } from './run';
import { scenarios } from './scenarios';
import { claims, omissions, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { views } from './views';

export const simulation = defineSimulation({
  title: 'N+1 queries',
  describe:
    'Resolvers of a nested query ask a database one by one, through DataLoader, or through a loader with a window.',
  version: 2,
  link: { version: 1, migrations: {} },
  parameters,
  variants,
  timing: ({ requestsPerSecond }) => ({
    shownMs: requestsPerSecond <= FOLLOWED_PER_SECOND ? SHOWN_FEW_MS : SHOWN_MANY_MS,
    measuredMs: MEASURED_MS,
    warmUpMs: 0,
  }),
  workload: ({ parameters: { requestsPerSecond }, random, untilMs }) =>
    workloadOf(
      poissonTimes(random('arrivals'), { ratePerSecond: requestsPerSecond, untilMs }).map(
        (atMs) => ({ atMs }),
      ),
    ),
  measures,
  views,
  interventions: {
    burst: {
      label: 'Send a burst',
      describe: 'Ten requests with this query arrive at the same moment.',
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
