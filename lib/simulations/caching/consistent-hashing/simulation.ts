/** Keys are shared out among caches that come and go: what moves, and what the database pays for it. */
import { defineSimulation } from '../../../simulation/definition';
import { checks } from './checks';
import { measures } from './measures';
import { NAMES } from './nodes';
import { parameters, SHOWN_MS } from './parameters';
import { drawRequests } from './requests';
import { run } from './run';
import { scenarios } from './scenarios';
import { claims, omissions, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { views } from './views';

/** Requests for the keys of a log come this far apart, simulated ms. */
const OUTSIDE_EVERY_MS = 2.5;

export const simulation = defineSimulation({
  title: 'Keys on caches that come and go',
  describe:
    'A scheme decides which cache keeps a key; caches join and are lost, and the database pays for what moves.',
  version: 4,
  link: { version: 1, migrations: {} },
  parameters,
  variants,

  timing: () => ({ shownMs: SHOWN_MS, measuredMs: SHOWN_MS, warmUpMs: 0 }),

  workload: drawRequests,

  traffic: {
    rows: 'look-ups',
    question: 'How evenly would your keys load the caches, and which of them are hot?',
    times: { everyMs: OUTSIDE_EVERY_MS },
    key: { label: 'Key', fields: ['key', 'path', 'user', 'client'] },
    rowsMax: 200_000,
    shownMs: () => SHOWN_MS,
    settings: { happens: 'nothing' },
    controls: ['nodes', 'copies', 'happens'],
    replaces: ['keys', 'skew', 'requestsPerSecond'],
    across: { parameter: 'nodes', result: 'imbalance' },
  },

  measures,
  views,

  interventions: {
    join: {
      label: 'Add a cache',
      describe:
        'It becomes a member, empty, and is asked for its share from then on. One that is lost comes back, noticed or not.',
      targets: NAMES,
    },
    leave: {
      label: 'Lose a cache',
      describe:
        'It stops answering, and is taken out once that is noticed, unless it is back by then. The last one stays.',
      targets: NAMES,
    },
    hot: {
      label: 'Make a key hot',
      describe: 'The key that was asked for least is wanted by many from now on.',
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
