/** What the reader is asked, what may be said in prose, what can be broken, and what is left out. */
import type {
  Claim,
  PlantedBug,
  Prediction,
  RaceReader,
  Task,
} from '../../../simulation/definition';
import type { parameters } from './parameters';
import { pagesNeeded } from './run';
import type { scenarios } from './scenarios';
import type { VariantId } from './variants';

type ScenarioId = keyof typeof scenarios;
type HeapTask = Task<typeof parameters, ScenarioId>;

const neededOf = (race: RaceReader): number =>
  pagesNeeded(Number(race.parameter('rows')), Number(race.parameter('rowBytes')));

/** Whether updates add more entries between two runs of autovacuum than one index alone would get. */
const doBothIndexesPay = (race: RaceReader): boolean => {
  const rows = Number(race.parameter('rows'));
  const perNap =
    (Number(race.parameter('updatesPerSecond')) * Number(race.parameter('naptimeMs'))) / 1000;
  return race.value('indexed', 'indexEntriesMost') - 2 * rows > 1.5 * perNap;
};

export const tasks = {
  'back-from-lunch': {
    title: 'Back from lunch in time',
    goal: 'With the same updates and rows, and a transaction still left open, keep the table under 40 pages.',
    hint: 'The server can end sessions that sit idle in a transaction: how long would you let them?',
    scenario: 'lunch',
    held: ['longFromMs', 'updatesPerSecond', 'rows', 'fillfactor'],
    judge: (race) => {
      const pages = race.value('hot', 'pagesMost');
      const isOpen = Number(race.parameter('longForMs')) > 0;
      return {
        reached: isOpen && pages < 40,
        reading: isOpen
          ? `The table grows to ${pages} pages.`
          : 'There is no long transaction; let there be one.',
      };
    },
    solution: { longForMs: 30_000 },
  },
  'all-hot': {
    title: 'Nearly all of them HOT',
    goal: 'With the same rows, updates and reports, make 99 in 100 updates HOT in the table “Room, and no index”, with at most 24 pages.',
    hint: 'How many versions of 224 bytes should a page have room for?',
    scenario: 'room',
    held: ['reportMs', 'rowBytes', 'updatesPerSecond', 'index'],
    judge: (race) => {
      const share = race.value('hot', 'hotShare');
      const pages = race.value('hot', 'pagesMost');
      return {
        reached: share >= 99 && pages <= 24,
        reading: `${share.toFixed(2)} % are HOT, in ${pages} pages.`,
      };
    },
    solution: { fillfactor: 70 },
  },
  'small-and-calm': {
    title: 'Small, and left in peace',
    goal: 'With the same updates, keep the indexes under 2,000 entries with at most 20 vacuums.',
    hint: 'At most there are the entries up to the limit, and those that come until autovacuum looks again.',
    scenario: 'autovacuum',
    held: ['updatesPerSecond'],
    judge: (race) => {
      const entries = race.value('hot', 'indexEntriesMost');
      const vacuums = race.value('hot', 'vacuums');
      return {
        reached: entries < 2000 && vacuums <= 20,
        reading: `The indexes grow to ${entries} entries, where the rows need 1,000; ${vacuums} vacuums.`,
      };
    },
    solution: { scalePercent: 20 },
  },
} as const satisfies Record<string, HeapTask>;

export const predictions = {
  'after-lunch': {
    question:
      'The transaction has ended and autovacuum has been through. How large is the table a minute later?',
    scenario: 'lunch',
    options: {
      small: 'As small as before it: the dead versions are gone',
      half: 'About half: some pages are given back',
      large: 'As large as it became',
    },
    answer: (race) => {
      const share = race.value('hot', 'pagesAtEnd') / race.value('hot', 'pagesMost');
      if (share > 0.9) return 'large';
      return share > 0.35 ? 'half' : 'small';
    },
    explain:
      'VACUUM makes room inside the pages, for versions to come. It gives pages back only from the end of the file, if they are empty, and present versions are now spread over all of it.',
  },
  'one-more-index': {
    question:
      'The column that is updated gets an index. How many of the updates need an index entry, and in how many indexes?',
    scenario: 'indexed',
    options: {
      one: 'All, in the new index alone: the key does not change',
      both: 'All, in every index of the table',
      few: 'Only those that find no room on their page',
    },
    answer: (race) => {
      if (race.value('indexed', 'hotShare') > 50) return 'few';
      return doBothIndexesPay(race) ? 'both' : 'one';
    },
    explain:
      'An index entry leads to a line pointer. A version that is not heap-only has a line pointer of its own, to which every index must lead, whether its own column has changed or not.',
  },
} as const satisfies Record<string, Prediction<ScenarioId>>;

export const plantedBugs = {
  'hot-anyway': {
    title: 'HOT although an index holds the column',
    variant: 'hot',
    find: "index !== 'btree', // (2)",
    replace: 'true, // (2)',
    effect:
      'The index on the changed column keeps the old value: whoever looks for the new one finds nothing.',
    caughtBy: ['HP3'],
  },
  'prunes-the-visible': {
    title: 'Old means dead',
    variant: 'hot',
    file: 'transactions',
    find: "xmax < horizon ? 'dead' : 'recently-dead'",
    replace: "xmax !== 0 ? 'dead' : 'recently-dead'",
    effect: 'A report that began before an update finds neither the old version nor the new one.',
    caughtBy: ['HP4', 'HP5', 'HP11'],
  },
  'no-redirect': {
    title: 'A chain without its first link',
    variant: 'hot',
    file: 'prune',
    find: "changes.set(root, { state: 'redirect', to: survivor })",
    replace: 'changes.set(root, UNUSED)',
    effect:
      'The index leads to an empty place: the row is there, but no query by its key finds it.',
    caughtBy: ['HP2', 'HP6'],
  },
} as const satisfies Record<string, PlantedBug<VariantId>>;

export const omissions = [
  {
    what: 'Each statement is over at once: no two of them meet on a row or a page.',
    effect:
      'A real reader cannot prune a page that somebody else has pinned, so that real chains are longer.',
  },
  {
    what: 'Indexes are counted by their entries, and have no pages.',
    effect:
      'Real B-trees also stay large after VACUUM, as heaps do; but they remove some dead entries by themselves when a page is full, so that they grow more slowly than here.',
  },
  {
    what: 'VACUUM reads every page, from memory, and pays nothing for indexes.',
    effect:
      'A real one skips pages that are all-visible, and waits for disks and for indexes: it is quicker on quiet tables, and slower on large ones.',
  },
  {
    what: 'All versions of all rows are of one size, and none is moved out of line (TOAST).',
    effect: 'Rows that grow find less room on their page, so that fewer updates are HOT than here.',
  },
  {
    what: 'Only this table is there, and each update is a transaction of its own.',
    effect:
      'On a real server any old snapshot in the same database holds back this table too, even one that never reads it.',
  },
];

export const claims = {
  'lunch-stays': {
    statement: 'After the transaction has ended, the table stays as large as it became.',
    scenario: 'lunch',
    kind: 'holds',
    holds: (race) => race.value('hot', 'pagesAtEnd') === race.value('hot', 'pagesMost'),
  },
  'lunch-is-several-times': {
    statement: 'The table becomes at least seven times as large as its rows need.',
    scenario: 'lunch',
    kind: 'holds',
    holds: (race) => race.value('hot', 'pagesMost') >= 7 * neededOf(race),
  },
  'indexed-is-never-hot': {
    statement: 'With the column in a B-tree, no update is HOT.',
    scenario: 'indexed',
    kind: 'holds',
    holds: (race) => race.value('indexed', 'hotShare') === 0,
  },
  'index-costs-entries': {
    statement: 'With one more index, updates add entries to every index of the table.',
    scenario: 'indexed',
    kind: 'holds',
    holds: doBothIndexesPay,
  },
} as const satisfies Record<string, Claim<ScenarioId, VariantId>>;
