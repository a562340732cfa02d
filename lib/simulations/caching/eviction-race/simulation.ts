import { defineSimulation } from '../../../simulation/definition';
import { checks } from './checks';
import { measures } from './measures';
import { CLOSE_UP_MS, outsideRanges, parameters, SHOWN_MS, WARM_UP_MS } from './parameters';
import { BELADY, drawRequests } from './requests';
import { run } from './run';
import { scenarios } from './scenarios';
import { claims, omissions, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { isCloseUp, views } from './views';

/** Requests of a trace from outside come this far apart, simulated ms. */
const OUTSIDE_EVERY_MS = 5;

export const simulation = defineSimulation({
  title: 'Eviction race',
  describe: 'Nine eviction policies keep or drop keys of a cache on the same requests.',
  version: 4,
  link: { version: 1, migrations: {} },
  parameters,
  variants,

  timing: ({ pattern, requestsPerSecond }) => {
    if (pattern === 'belady') {
      const ms = (BELADY.length * 1000) / requestsPerSecond;
      return { shownMs: ms, measuredMs: ms, warmUpMs: 0 };
    }
    if (isCloseUp({ requestsPerSecond }))
      return { shownMs: CLOSE_UP_MS, measuredMs: CLOSE_UP_MS, warmUpMs: 0 };
    return { shownMs: SHOWN_MS, measuredMs: SHOWN_MS, warmUpMs: WARM_UP_MS };
  },

  workload: drawRequests,

  traffic: {
    rows: 'look-ups',
    question: 'What hit ratio would a cache of this size have had, by policy?',
    times: { everyMs: OUTSIDE_EVERY_MS },
    key: { label: 'Key', fields: ['key', 'path'] },
    rowsMax: 500_000,
    shownMs: () => SHOWN_MS,
    ranges: outsideRanges,
    settings: { writePercent: 0, ttlMs: 0, requestsPerSecond: 200 },
    controls: ['capacity'],
    replaces: ['pattern', 'keys', 'skew', 'oncePercent', 'scanEveryMs', 'scanRows', 'shiftEveryMs'],
    across: { parameter: 'capacity', result: 'hitShare' },
  },

  measures,
  views,

  interventions: {
    scan: {
      label: 'Run a scan',
      describe: 'A job reads through the cache a table that no user asks for.',
    },
    shift: {
      label: 'Change what is popular',
      describe: 'From now on other keys are asked for most.',
    },
    restart: { label: 'Restart the cache', describe: 'It is empty, as after a deploy.' },
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
