import type { Scenario } from '../../../simulation/definition';
import type { parameters } from './parameters';
import type { VariantId } from './variants';
import type { views } from './views';

type HeapScenario = Scenario<typeof parameters, VariantId, keyof typeof views>;

/** A table up close: few rows, few updates. */
const NEAR = { rows: 5, rowBytes: 1000, updatesPerSecond: 1, readsPerSecond: 0.5, reportMs: 0 };

export const scenarios = {
  /** The failure: somebody goes to lunch, and the table never comes back. */
  lunch: {
    title: 'A transaction left open over lunch',
    question: 'How can somebody who only reads make a table seven times as large?',
    story:
      'A table of five hundred rows is updated as always; after a minute somebody begins a transaction, reads, and leaves it open for three minutes.',
    watch: 'Watch the size of the table after the transaction has ended.',
    parameters: { longForMs: 180_000 },
    variants: ['hot'],
    views: ['size', 'old', 'statistics', 'events'],
    controls: ['longForMs', 'longFromMs', 'updatesPerSecond', 'rows', 'fillfactor', 'autovacuum'],
    measures: ['pagesMost', 'pagesAtEnd', 'deadMost', 'hotShare'],
    seed: 1,
    speed: 15,
  },

  /** The page itself. */
  page: {
    title: 'A page up close',
    question: 'Where does an update put the new version, and what becomes of the old one?',
    story:
      'Five rows share a page that has room for seven, and one of them is updated each second.',
    watch: 'Watch the line pointers, and what whoever reads next does to them.',
    parameters: { ...NEAR, fillfactor: 70 },
    variants: ['hot'],
    views: ['page', 'events'],
    controls: ['index', 'fillfactor', 'focusPercent', 'updatesPerSecond', 'readsPerSecond'],
    measures: ['hotShare', 'pruned', 'indexEntriesMost', 'pagesMost'],
    seed: 1,
    stillAtMs: 9_500,
    speed: 1,
  },

  /** What one open snapshot does to that page. */
  held: {
    title: 'A page under an open snapshot',
    question: 'Which versions may nobody remove while a transaction is open?',
    story: 'The same page; between the sixth second and the twenty-first a transaction is open.',
    watch: 'Watch which versions it sees, and which stay though it does not see them.',
    parameters: {
      ...NEAR,
      fillfactor: 70,
      longFromMs: 6_000,
      longForMs: 15_000,
      naptimeMs: 10_000,
      threshold: 0,
    },
    variants: ['hot'],
    views: ['heldPage', 'size', 'events'],
    controls: ['longForMs', 'longFromMs', 'focusPercent', 'naptimeMs', 'threshold'],
    measures: ['hotShare', 'pruned', 'deadMost', 'pagesMost'],
    seed: 1,
    stillAtMs: 15_500,
    speed: 1,
  },

  /** The same updates with and without an index on what they change. */
  indexed: {
    title: 'One more index',
    question: 'What does an index on a column cost those who update that column?',
    story:
      'Two tables meet the same updates; only one has an index on the column that they change.',
    watch: 'Watch the entries of the indexes between two runs of autovacuum.',
    variants: ['hot', 'indexed'],
    views: ['entries', 'cold'],
    controls: ['updatesPerSecond', 'fillfactor', 'naptimeMs', 'scalePercent'],
    measures: ['hotShare', 'indexEntriesMost', 'pagesMost', 'deadSpace'],
    seed: 1,
    speed: 15,
  },

  /** Room for updates, or none. */
  room: {
    title: 'Room to spare',
    question: 'How much room does a page need for its updates to stay on it?',
    story: 'Two tables meet the same updates; inserts have filled the pages of one to the end.',
    watch: 'Watch the updates that had to leave their page, and the size of the tables.',
    parameters: { fillfactor: 90 },
    variants: ['packed', 'hot'],
    views: ['cold', 'size'],
    controls: ['fillfactor', 'reportMs', 'rowBytes', 'updatesPerSecond', 'index'],
    measures: ['hotShare', 'pagesMost', 'indexEntriesMost', 'pagesAtEnd'],
    seed: 1,
    speed: 15,
  },

  /** When autovacuum comes. */
  autovacuum: {
    title: 'When autovacuum comes',
    question: 'How many dead versions does a table have before autovacuum takes it up?',
    story: 'Every update leaves a dead version behind, since its column is indexed.',
    watch: 'Watch the dead versions rise to their limit, and on until autovacuum looks again.',
    parameters: { index: 'btree', scalePercent: 100, naptimeMs: 15_000 },
    variants: ['hot'],
    views: ['dead', 'entries', 'statistics', 'events'],
    controls: [
      'scalePercent',
      'threshold',
      'naptimeMs',
      'autovacuum',
      'updatesPerSecond',
      'costLimit',
      'costDelayMs',
    ],
    measures: ['indexEntriesMost', 'pagesMost', 'vacuums', 'vacuumPages', 'vacuumTime.p50'],
    seed: 1,
    speed: 15,
  },
} as const satisfies Record<string, HeapScenario>;
