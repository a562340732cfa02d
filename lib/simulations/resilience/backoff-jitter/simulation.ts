/** Many clients want one row: what backoff and jitter do to calls and to time. */
import { defineSimulation } from '../../../simulation/definition';
import { workloadOf } from '../../../simulation/workload';
import { checks } from './checks';
import { measures } from './measures';
import { parameters } from './parameters';
import { run } from './run';
import { scenarios } from './scenarios';
import { claims, omissions, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { views } from './views';

/** Longer than any setting takes; once all have written nothing happens any more. */
const MEASURED_MS = 3_600_000;

export const simulation = defineSimulation({
  title: 'Backoff and jitter',
  describe: 'Clients that fail together come back together, until chance keeps them apart.',
  version: 2,
  link: { version: 1, migrations: {} },
  parameters,
  variants,

  // About twice what full jitter takes with this many clients: time to see the others fall behind.
  timing: ({ clients, spreadMs }) => ({
    shownMs: 1000 * Math.max(1, Math.ceil(clients / 10)) + spreadMs,
    measuredMs: MEASURED_MS,
    warmUpMs: 0,
  }),

  workload: ({ parameters: { clients, rows, spreadMs }, random }) => {
    const starts = random('starts');
    return workloadOf(
      Array.from({ length: clients * rows }, (_, i) => ({
        atMs: spreadMs * starts.next(),
        key: Math.floor(i / clients),
      })),
      Array.from({ length: rows }, (_, row) => `Row ${row + 1}`),
    );
  },

  measures,
  views,

  interventions: {
    herd: {
      label: 'Send the herd again',
      describe: 'As many clients as at first start, all at once.',
    },
    outsider: {
      label: 'Write from outside',
      describe: 'Somebody else writes the row; those who have read it but not written will fail.',
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
