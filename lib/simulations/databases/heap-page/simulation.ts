import { defineSimulation } from '../../../simulation/definition';
import { heldTo } from '../../../simulation/link-migrations';
import { evenTimes, type Row, workloadOf } from '../../../simulation/workload';
import { checks } from './checks';
import { measures } from './measures';
import { parameters, shownMs } from './parameters';
import { READ, run, UPDATE } from './run';
import { scenarios } from './scenarios';
import { claims, omissions, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { views } from './views';

export const simulation = defineSimulation({
  title: 'Heap page',
  describe:
    'A PostgreSQL table in pages: versions of rows, HOT chains, pruning, VACUUM, and whoever holds it back.',
  version: 5,
  link: {
    version: 2,
    // Pages of less than 30 % left more room than a view can show.
    migrations: { 1: (raw) => heldTo(raw, 'fillfactor', { min: 30 }) },
  },
  parameters,
  variants,

  timing: (values) => ({ shownMs: shownMs(values), measuredMs: shownMs(values), warmUpMs: 0 }),

  workload: ({ parameters, random, untilMs }) => {
    const { rows, focusPercent, updatesPerSecond, readsPerSecond } = parameters;
    const chosen = random('updated rows');
    const isFirst = random('updates of the first row');
    const read = random('rows read');
    const updates = evenTimes({
      ratePerSecond: updatesPerSecond,
      startMs: 1000 / updatesPerSecond,
      untilMs,
    }).map((atMs): Row => {
      const any = chosen.nextInteger(rows);
      return { atMs, key: isFirst.next() < focusPercent / 100 ? 0 : any, size: UPDATE };
    });
    const reads = evenTimes({
      ratePerSecond: readsPerSecond,
      // Between updates, not at the same moments.
      startMs: 1500 / Math.max(1, readsPerSecond),
      untilMs,
    }).map((atMs): Row => ({ atMs, key: read.nextInteger(rows), size: READ }));
    return workloadOf(
      [...updates, ...reads],
      Array.from({ length: rows }, (_, i) => `row ${i + 1}`),
    );
  },

  measures,
  views,

  interventions: {
    'vacuum-now': {
      label: 'VACUUM',
      describe:
        'What nobody can see any more goes, on all pages and in all indexes; by hand, without pauses.',
    },
    'vacuum-full': {
      label: 'VACUUM FULL',
      describe: 'The table is rewritten, without anything that nobody can see.',
    },
    'open-long': {
      label: 'Open a long transaction',
      describe: 'Somebody takes a snapshot and keeps it.',
    },
    'end-long': {
      label: 'End the long transaction',
      describe: 'All snapshots that are held open are given up.',
    },
    'delete-half': {
      label: 'Delete every second row',
      describe: 'One transaction deletes half of the table.',
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
