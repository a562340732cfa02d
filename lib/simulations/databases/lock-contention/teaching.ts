/** What the reader is asked, what may be said in prose, what can be broken, and what is left out. */
import type {
  Claim,
  PlantedBug,
  Prediction,
  RaceReader,
  Task,
} from '../../../simulation/definition';
import type { parameters } from './parameters';
import type { scenarios } from './scenarios';
import type { VariantId } from './variants';

type ScenarioId = keyof typeof scenarios;
type ContentionTask = Task<typeof parameters, ScenarioId>;

export const tasks = {
  'fewer-at-once': {
    title: 'Fewer at once',
    goal: 'With the same eight cores, rows and transactions, have versions commit at least 40 a second.',
    hint: 'Whoever runs longer is overtaken more often. What makes a transaction of eight statements take so long?',
    scenario: 'few-cores',
    held: ['cores', 'hotPercent', 'writePercent', 'statements'],
    judge: (race) => {
      const commits = race.value('optimistic', 'commits');
      return { reached: commits >= 40, reading: `${commits.toFixed(1)} a second commit.` };
    },
    solution: { clients: 9 },
  },
  'short-hold': {
    title: 'Hold it for a moment',
    goal: 'With the same counter in nearly every transaction, have locks commit at least 20 a second.',
    hint: 'A lock is held from its statement to the commit. How short can that be?',
    scenario: 'one-counter',
    held: ['hotPercent', 'statements', 'clients', 'roundTripMs'],
    judge: (race) => {
      const commits = race.value('locking', 'commits');
      return { reached: commits >= 20, reading: `${commits.toFixed(1)} a second commit.` };
    },
    solution: { order: 'hot-last' },
  },
  'no-circles': {
    title: 'No cycles',
    goal: 'With the same clients and rows, have no deadlock at all.',
    hint: 'A cycle needs transactions that take the same rows in different orders.',
    scenario: 'deadlocks',
    held: ['clients', 'statements', 'hotRows', 'hotPercent'],
    judge: (race) => {
      const deadlocks = race.value('locking', 'deadlocks');
      return { reached: deadlocks === 0, reading: `${deadlocks} deadlocks were broken.` };
    },
    solution: { order: 'by-number' },
  },
} as const satisfies Record<string, ContentionTask>;

const WINNERS = {
  locking: 'The one that waits for locks',
  optimistic: 'The one that checks versions at the end',
  neither: 'They differ by less than a tenth',
};

const winnerOf = (race: RaceReader): string => {
  const locking = race.value('locking', 'commits');
  const optimistic = race.value('optimistic', 'commits');
  if (locking > 1.1 * optimistic) return 'locking';
  return optimistic > 1.1 * locking ? 'optimistic' : 'neither';
};

export const predictions = {
  'few-cores': {
    question:
      'Forty-eight clients share eight cores; one access in ten goes to ten hot rows. Which of the two commits more?',
    scenario: 'few-cores',
    options: WINNERS,
    answer: winnerOf,
    explain:
      'A transaction that waits leaves its core to another one. One that starts over has used cores for nothing, and while cores are scarce, somebody else would have used them to commit.',
  },
  'a-core-for-all': {
    question:
      'Now everybody has a core, there are twice as many clients, and the rows are twice as hot. Which of the two commits more?',
    scenario: 'a-core-for-all',
    options: WINNERS,
    answer: winnerOf,
    explain:
      'Work in vain costs nothing here, since nobody else wanted the core. Of those that race for a row, one always commits; with locks, nearly all stand still behind one that is itself waiting.',
  },
} as const satisfies Record<string, Prediction<ScenarioId>>;

export const plantedBugs = {
  'readers-need-no-lock': {
    title: 'Readers take no notice',
    variant: 'locking',
    find: 'isWrite ? holders.size === 0 : ![...holders.values()].includes(true)',
    replace: 'isWrite ? ![...holders.values()].includes(true) : true',
    effect: 'Transactions commit what rests on rows that others have changed meanwhile.',
    caughtBy: ['LC3', 'LC4'],
  },
  'overtaking-readers': {
    title: 'Readers overtake a writer that waits',
    variant: 'locking',
    find: 'lock.queue.length === 0 && agrees(lock, isWrite)',
    replace: 'agrees(lock, isWrite)',
    effect: 'A writer waits for as long as readers keep coming.',
    caughtBy: ['LC4'],
  },
  'oldest-goes': {
    title: 'The oldest has to go',
    variant: 'locking',
    find: 'Math.max(...cycle)',
    replace: 'Math.min(...cycle)',
    effect: 'Whoever has waited longest and done most is ended, again and again.',
    caughtBy: ['LC5'],
  },
  'checks-only-writes': {
    title: 'Only rows that it writes are checked',
    variant: 'optimistic',
    find: 'version === versionOf(row)); // (2)',
    replace: 'version === versionOf(row) || !seen.get(transaction)?.get(row)?.isWrite); // (2)',
    effect: 'Two transactions each write what the other one has read: write skew.',
    caughtBy: ['LC3', 'LC6'],
  },
} as const satisfies Record<string, PlantedBug<VariantId>>;

export const omissions = [
  {
    what: 'A transaction knows for each row whether it will write it, and locks it accordingly at once.',
    effect:
      'One that reads first and writes later upgrades a lock, and meets deadlocks more often than here.',
  },
  {
    what: 'Reads lock as well, and rows have one version at a time.',
    effect:
      'Under multiversion concurrency control plain reads do not block, so that databases like PostgreSQL wait less than these locks.',
  },
  {
    what: 'Beginning, committing, aborting and looking for cycles take no time.',
    effect:
      'Real transactions have to be undone, and retried by the application, so aborts cost more than here.',
  },
  {
    what: 'A transaction that starts over wants the same rows.',
    effect: 'Where it would want others, retries collide less than here.',
  },
  {
    what: 'Statements wait for cores, not for disks, and only rows are locked.',
    effect: 'Locks on pages, tables and ranges of an index make more transactions wait than here.',
  },
  {
    what: 'Clients do not give up, and no lock has a timeout.',
    effect: 'With a lock timeout a long line ends in errors rather than in waits.',
  },
];

export const claims = {
  'waiting-wins': {
    statement: 'With few cores, locks commit more than versions.',
    scenario: 'few-cores',
    kind: 'beats',
    result: 'commits',
    better: 'locking',
    worse: 'optimistic',
    seeds: 4,
  },
  'optimism-wins': {
    statement: 'With a core for everybody, versions commit more than locks.',
    scenario: 'a-core-for-all',
    kind: 'beats',
    result: 'commits',
    better: 'optimistic',
    worse: 'locking',
    seeds: 4,
  },
} as const satisfies Record<string, Claim<ScenarioId, VariantId>>;
