/** The prepared situations, in the order in which the guide comes to them. */
import type { Scenario } from '../../../simulation/definition';
import type { parameters } from './parameters';
import type { VariantId } from './variants';
import type { views } from './views';

type PagingScenario = Scenario<typeof parameters, VariantId, keyof typeof views>;

/** Few enough rows to draw each. */
const NEAR = { rows: 48, pageSize: 8 };
const STILL = { insertsPerSecond: 0, deletesPerSecond: 0 };

export const scenarios = {
  /** The failure that opens the guide. */
  drift: {
    title: 'An export by pages',
    question: 'Does the export hold every order once?',
    story: 'A job reads a list of orders page by page, while orders come in and are deleted.',
    watch: 'Watch where the next page begins when a row comes in at the head, or leaves it.',
    parameters: { ...NEAR, insertsPerSecond: 0.4, deletesPerSecond: 0.4 },
    variants: ['offset'],
    views: ['list', 'faults', 'events'],
    controls: ['thinkMs', 'pageSize', 'insertsPerSecond', 'deletesPerSecond'],
    measures: ['skipped', 'repeated', 'requests'],
    seed: 1,
    speed: 1,
  },

  /** One cause alone. */
  inserts: {
    title: 'Only inserts',
    question: 'What becomes of an offset when rows come in at the head?',
    story:
      'Nothing is deleted, and on average every other second a row comes in at the head of the list.',
    watch: 'Watch the first rows of each page.',
    parameters: { ...NEAR, insertsPerSecond: 0.5, deletesPerSecond: 0 },
    variants: ['offset'],
    views: ['list', 'faults'],
    controls: ['insertsPerSecond', 'deletesPerSecond', 'latePercent'],
    measures: ['skipped', 'repeated', 'requests'],
    seed: 1,
    speed: 1,
  },

  /** The remedy on the same changes. */
  cursor: {
    title: 'A place that stays',
    question: 'What changes if the client says after which row to go on?',
    story: 'The same list and the same changes, read by offset and by a cursor.',
    watch: 'Watch the mark of the next page in both lists when a row comes in at the head.',
    parameters: { ...NEAR, insertsPerSecond: 0.4, deletesPerSecond: 0.4 },
    variants: ['offset', 'keyset'],
    views: ['list', 'faults'],
    controls: ['insertsPerSecond', 'deletesPerSecond', 'thinkMs', 'pageSize'],
    measures: ['skipped', 'repeated', 'requests'],
    seed: 1,
    speed: 1,
  },

  /** Nothing changes, and rows are missing still. */
  ties: {
    title: 'Rows with the same time',
    question: 'What does a page lose if its last row shares its time with the next?',
    story: 'Nothing changes, and more than half of the rows have the time of the row before them.',
    watch: 'Watch the rows with the same time around the end of each page.',
    parameters: { ...STILL, rows: 45, pageSize: 6, equalPercent: 60 },
    variants: ['before', 'since', 'keyset'],
    views: ['times', 'faults'],
    controls: ['equalPercent', 'pageSize'],
    measures: ['skipped', 'repeated', 'requests', 'finished'],
    seed: 1,
    speed: 2,
  },

  /** What the place costs. */
  depth: {
    title: 'A hundred pages deep',
    question: 'What does the database read for page one hundred?',
    story: 'A list of five thousand rows is read to its end, fifty at a time.',
    watch: 'Watch what each page costs as the client goes deeper.',
    parameters: { ...STILL, rows: 5000, pageSize: 50, thinkMs: 500 },
    variants: ['page-number', 'offset', 'keyset'],
    views: ['cost', 'table'],
    controls: ['rows', 'pageSize'],
    measures: ['rowsRead', 'pageCost.mean', 'pageCostMost', 'requests'],
    seed: 1,
    speed: 8,
  },

  /** A key that changes is no place. */
  moving: {
    title: 'Sorted by what changes',
    question: 'Can a cursor lose a row that was there all along?',
    story: 'The list is sorted by the last update, newest first, and rows are updated meanwhile.',
    watch: 'Watch a row that the client has not reached when it is updated.',
    parameters: { ...NEAR, ...STILL, sortBy: 'updated', updatesPerSecond: 0.7 },
    variants: ['keyset', 'snapshot'],
    views: ['list', 'faults', 'events'],
    controls: ['order', 'sortBy', 'updatesPerSecond', 'thinkMs'],
    measures: ['skipped', 'repeated', 'requests', 'deadKept'],
    seed: 1,
    speed: 1,
  },

  /** Rows that come in behind the client. */
  late: {
    title: 'Rows that come late',
    question: 'Which rows does a client that follows a list to its end never see?',
    story:
      'A list is read from its oldest row on, and most of the rows that come in bear an old date.',
    watch: 'Watch rows that come in behind the mark of the next page.',
    parameters: {
      ...NEAR,
      order: 'oldest-first',
      rows: 56,
      insertsPerSecond: 1,
      deletesPerSecond: 0.4,
      latePercent: 70,
    },
    variants: ['keyset'],
    views: ['list', 'table'],
    controls: ['latePercent', 'insertsPerSecond', 'order'],
    measures: ['newMissed', 'skipped', 'repeated'],
    seed: 1,
    speed: 1,
  },

  /** All of it at once. */
  race: {
    title: 'Six ways through one list',
    question: 'Which of them shows every row once, and what does it cost?',
    story:
      'Four hundred rows, some with the same time; others come in, a few with old dates, and some are deleted.',
    watch: 'Watch which of the lines stay at zero.',
    parameters: {
      rows: 400,
      insertsPerSecond: 0.6,
      deletesPerSecond: 0.5,
      updatesPerSecond: 0.5,
      equalPercent: 25,
      latePercent: 20,
    },
    variants: ['offset', 'page-number', 'before', 'since', 'keyset', 'snapshot'],
    views: ['faults', 'cost', 'table'],
    controls: [
      'pageSize',
      'thinkMs',
      'insertsPerSecond',
      'deletesPerSecond',
      'updatesPerSecond',
      'equalPercent',
      'latePercent',
      'order',
      'sortBy',
      'rows',
    ],
    measures: ['skipped', 'repeated', 'rowsRead', 'pageCostMost', 'outdated', 'deadKept'],
    seed: 6,
    seedReason:
      'What each of the six skips, repeats and reads comes close to its average over seeds.',
    speed: 4,
  },
} as const satisfies Record<string, PagingScenario>;
