import { defineSimulation } from '../../../simulation/definition';
import { drawArrivals } from './arrivals';
import { checks } from './checks';
import { measures } from './measures';
import { outsideRanges, parameters } from './parameters';
import { CLOCK_STEP_MS, run } from './run';
import { scenarios } from './scenarios';
import { claims, omissions, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { views } from './views';

/** What a figure shows, and what is measured, in windows: enough to see, enough to count. */
const WINDOWS_SHOWN = 6;
const WINDOWS_MEASURED = 60;
/** What is shown of traffic from outside, in windows: real traffic is sparser than that of a figure. */
const WINDOWS_SHOWN_OUTSIDE = 60;

export const simulation = defineSimulation({
  title: 'Rate limiter race',
  describe: 'Seven rate limiting algorithms decide on the same requests.',
  version: 2,
  link: { version: 1, migrations: {} },
  parameters,
  variants,

  timing: ({ windowMs }) => ({
    shownMs: WINDOWS_SHOWN * windowMs,
    measuredMs: WINDOWS_MEASURED * windowMs,
    warmUpMs: 0,
  }),

  workload: drawArrivals,

  traffic: {
    rows: 'requests',
    question: 'What would this limit have rejected, from whom, and when?',
    times: 'kept',
    key: { label: 'Client', fields: ['client', 'user', 'key'] },
    rowsMax: 1_000_000,
    shownMs: ({ windowMs }) => WINDOWS_SHOWN_OUTSIDE * windowMs,
    ranges: outsideRanges,
    // Requests in a log have come to the server already: nothing of their way is left.
    settings: { keying: 'per-client', latencyMs: 0 },
    controls: ['limit', 'windowMs', 'burst', 'keying'],
    replaces: [
      'pattern',
      'offeredPerSecond',
      'volley',
      'beforeMs',
      'afterMs',
      'onMs',
      'offMs',
      'quietPerSecond',
    ],
    across: { parameter: 'limit', result: 'acceptedShare' },
  },

  measures,
  views,

  interventions: {
    'send-volley': {
      label: 'Send a volley',
      describe: 'The client sends a volley of requests at once.',
    },
    'lose-state': {
      label: 'Restart the limiter',
      describe: 'The limiter forgets all it has counted, as after a restart or a failover.',
    },
    'set-clock-back': {
      label: 'Set the clock back',
      describe: `The clock that the limiter reads jumps back by ${CLOCK_STEP_MS / 1000} seconds.`,
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
