import { zipfSampler } from '../../../kernel/distributions';
import { defineSimulation } from '../../../simulation/definition';
import { poissonTimes, workloadOf } from '../../../simulation/workload';
import { checks } from './checks';
import { incidents } from './incidents';
import { measures } from './measures';
import { parameters, SHOWN_MS } from './parameters';
import { run } from './run';
import { scenarios } from './scenarios';
import { claims, omissions, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { views } from './views';

export const simulation = defineSimulation({
  title: 'Cache stampede',
  describe:
    'Many requests miss the same keys of a cache at once; five guards decide who may ask the origin.',
  version: 2,
  link: { version: 1, migrations: {} },
  parameters,
  variants,

  timing: () => ({ shownMs: SHOWN_MS, measuredMs: SHOWN_MS, warmUpMs: 0 }),

  // Keys have a stream of their own, so that a change of the rate leaves the order of keys alone.
  workload: ({ parameters: { requestsPerSecond, keys, skew }, random, untilMs }) => {
    const popularity = zipfSampler(keys, skew);
    const asked = random('keys');
    return workloadOf(
      poissonTimes(random('arrivals'), { ratePerSecond: requestsPerSecond, untilMs }).map(
        (atMs) => ({ atMs, key: popularity(asked) - 1 }),
      ),
      Array.from({ length: keys }, (_, key) => `key ${key + 1}`),
    );
  },

  measures,
  views,

  interventions: {
    deploy: {
      label: 'Deploy a release with new keys',
      describe: 'Its cache is empty, since it stores things under new names.',
    },
    'roll-back': {
      label: 'Roll the release back',
      describe: 'Within five seconds the previous release runs again and finds its entries.',
    },
    coalesce: {
      label: 'Turn request coalescing on',
      describe:
        'From now on each instance makes one fetch of a key at a time: single flight in the place of whatever guard there was.',
    },
    'kill-queries': {
      label: 'Kill all queries of the origin',
      describe: 'What the origin is working on, and what waits there, is dropped.',
    },
    'empty-cache': {
      label: 'Empty the cache',
      describe: 'All entries are gone.',
    },
    'add-instances': {
      label: 'Double the instances',
      describe: 'Twice as many instances of the service share the users at once.',
    },
    'add-replica': {
      label: 'Add a replica of the origin',
      describe: 'In twenty seconds the origin works on more fetches at a time.',
    },
    'turn-away': {
      label: 'Turn half of the users away',
      describe: 'For ten seconds the edge tells half of the users no.',
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
