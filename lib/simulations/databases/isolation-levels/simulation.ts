import { defineSimulation } from '../../../simulation/definition';
import { renamedValues } from '../../../simulation/link-migrations';
import { type Row, workloadOf } from '../../../simulation/workload';
import { checks } from './checks';
import { measures } from './measures';
import { turnsOf } from './orders';
import { parameters } from './parameters';
import { FIRST_STEP_MS, openSessions } from './run';
import { scenarios } from './scenarios';
import { SESSIONS, scriptOf } from './scripts';
import { claims, plantedBugs, predictions, tasks } from './teaching';
import { variants } from './variants';
import { views } from './views';

/** Steps that are shown after the last, and measured beyond. */
const SHOWN_STEPS = 2;
const MEASURED_STEPS = 60;

const TARGETS = { A: 'Session A', B: 'Session B', C: 'Session C' };

export const simulation = defineSimulation({
  title: 'Isolation levels',
  describe:
    'Two or three sessions step through transactions on one table, under PostgreSQL’s levels and under locks.',
  version: 3,
  link: {
    version: 2,
    // Of scripts and orders that are gone, those that stay and show the same.
    migrations: {
      1: (raw) =>
        renamedValues(raw, {
          script: { withdrawals: 'on-call' },
          interleaving: { turns: 'written', 'last-first': 'one-by-one' },
        }),
    },
  },
  parameters,
  variants,
  measures,

  timing: ({ script, stepMs, deadlockTimeoutMs, retry }) => {
    const { order } = scriptOf(script);
    // Whoever begins again takes about as many steps as there are in half of the script.
    const steps = order.length * (retry ? 1.5 : 1) + SHOWN_STEPS;
    const shownMs = FIRST_STEP_MS + Math.ceil(steps) * stepMs + deadlockTimeoutMs;
    return { shownMs, measuredMs: shownMs + MEASURED_STEPS * stepMs, warmUpMs: 0 };
  },

  // The turns are the workload: all variants are given the same order.
  workload: ({ parameters: { script, interleaving, stepMs }, random }) =>
    workloadOf(
      turnsOf(scriptOf(script), interleaving, random('order')).map(
        (session, at): Row => ({
          atMs: FIRST_STEP_MS + at * stepMs,
          key: SESSIONS.indexOf(session),
        }),
      ),
      SESSIONS,
    ),

  views,

  interventions: {
    step: {
      label: 'Take the next step',
      describe: 'The session takes its next step now, out of turn.',
      targets: TARGETS,
    },
    commit: {
      label: 'Commit now',
      describe: 'The session commits at once, and does nothing more.',
      targets: TARGETS,
    },
    rollback: {
      label: 'Roll back now',
      describe: 'The session rolls back at once, and does nothing more.',
      targets: TARGETS,
    },
  },

  run: openSessions,
  scenarios,
  tasks,
  predictions,
  plantedBugs,

  omissions: [
    {
      what: 'Statements take no time in the database, and a message takes a fifth of a step.',
      effect: 'Real ones overlap; then the same orders come about by chance, and more rarely.',
    },
    {
      what: 'The table has one page, and its index another.',
      effect:
        'A large table keeps more readers and writers apart: with the index, serializable fails less often there than here.',
    },
    {
      what: 'Reads that are remembered are never merged for want of memory.',
      effect:
        'PostgreSQL takes whole pages or tables where there are many, and then fails more transactions than here.',
    },
    {
      what: 'READ ONLY and DEFERRABLE, savepoints, foreign keys and weaker row locks are left out.',
      effect:
        'READ ONLY transactions fail less often; foreign keys add locks, and with them waits and deadlocks.',
    },
    {
      what: 'Locking here locks exactly the condition of a read.',
      effect:
        'Real systems lock gaps of an index or whole tables, and wait more than this one does.',
    },
    {
      what: 'Of several that wait for a row, the first goes first.',
      effect: 'If the row has been changed meanwhile, PostgreSQL may let any of them go first.',
    },
    {
      what: 'Nothing crashes, and there is one server.',
      effect:
        'Replicas read from the past: on them even serializable may show what has been overwritten.',
    },
  ],

  checks,
  claims,
});
