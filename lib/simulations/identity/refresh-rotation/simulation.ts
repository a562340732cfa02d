import { defineSimulation } from '../../../simulation/definition';
import { poissonTimes, workloadOf } from '../../../simulation/workload';
import { checks } from './checks';
import { measures } from './measures';
import { MEASURED_MS, parameters } from './parameters';
import { run } from './run';
import { scenarios } from './scenarios';
import { claims, omissions, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { views } from './views';

export const simulation = defineSimulation({
  title: 'Refresh token rotation',
  describe:
    'A refresh token is stolen: what rotation, reuse detection, grace, lifetimes and lists of ended sessions do to the thief, and to everybody else.',
  version: 2,
  link: { version: 1, migrations: {} },
  parameters,
  variants,
  timing: () => ({ shownMs: MEASURED_MS, measuredMs: MEASURED_MS, warmUpMs: 0 }),
  workload: ({ parameters: { sessions, activeEveryMs }, random, untilMs }) =>
    workloadOf(
      Array.from({ length: sessions }, (_, key) =>
        poissonTimes(random(`actions-${key}`), {
          ratePerSecond: 1000 / activeEveryMs,
          untilMs,
        }).map((atMs) => ({ atMs, key })),
      ).flat(),
      Array.from({ length: sessions }, (_, key) => `user ${key + 1}`),
    ),
  measures,
  views,
  interventions: {
    steal: {
      label: 'Steal a refresh token',
      describe: 'A thief copies the refresh token of the first user, and uses it.',
    },
    'log-out': {
      label: 'Log out everywhere',
      describe: 'The first user ends all sessions of theirs at the server, and logs in again.',
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
