import { defineSimulation } from '../../../simulation/definition';
import { drawChanges } from './changes';
import { checks } from './checks';
import { measures } from './measures';
import { parameters, walkMs } from './parameters';
import { run } from './run';
import { scenarios } from './scenarios';
import { claims, omissions, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { views } from './views';

export const simulation = defineSimulation({
  title: 'Page drift',
  describe: 'Six ways of paging walk through one list while rows come, go and move.',
  version: 3,
  link: { version: 1, migrations: {} },
  parameters,
  variants,
  timing: (settings) => {
    const ms = walkMs(settings);
    return { shownMs: ms, measuredMs: ms, warmUpMs: 0 };
  },
  workload: drawChanges,
  measures,
  views,
  interventions: {
    'insert-at-head': {
      label: 'Insert a row at the head',
      describe: 'A row comes in ahead of all others.',
    },
    'delete-behind': {
      label: 'Delete a row behind the client',
      describe: 'The first row of the list that has been shown is deleted.',
    },
    'delete-ahead': {
      label: 'Delete the next row',
      describe: 'The first row that is yet to come is deleted.',
    },
    'update-ahead': {
      label: 'Update the next row',
      describe: 'The first row that is yet to come gets a new last-update time.',
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
