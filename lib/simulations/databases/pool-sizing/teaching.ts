/** What the reader is asked, what may be said in prose, what can be broken, and what is left out. */
import type { Claim, PlantedBug, Prediction, Task } from '../../../simulation/definition';
import type { parameters } from './parameters';
import type { scenarios } from './scenarios';
import type { VariantId } from './variants';

type ScenarioId = keyof typeof scenarios;
type PoolTask = Task<typeof parameters, ScenarioId>;

export const tasks = {
  'contain-it': {
    title: 'Contain it',
    goal: 'With the slow query as it is, answer nine in ten requests in time.',
    hint: 'A bigger pool lets more slow queries in. What keeps them short?',
    scenario: 'slow-query',
    held: ['reportPercent', 'slowMs', 'cores'],
    judge: (race) => {
      const share = race.value('fifo', 'answered');
      return { reached: share >= 90, reading: `${share.toFixed(1)} % are answered in time.` };
    },
    solution: { statementTimeoutMs: 500 },
  },
  'right-size': {
    title: 'The right size',
    goal: 'With the same eight cores, get at least 380 queries a second done.',
    hint: 'A core can work on one query at a time.',
    scenario: 'size',
    held: ['cores', 'contentionPercent', 'requestsPerSecond'],
    judge: (race) => {
      const queries = race.value('bounded', 'queries');
      return { reached: queries >= 380, reading: `${queries.toFixed(1)} a second are done.` };
    },
    solution: { poolSize: 8 },
  },
  'short-line': {
    title: 'A short line',
    goal: 'With the same small pool and the bounded line, answer within 140 ms at the 99th percentile, and still 200 a second.',
    hint: 'A query alone takes about 90 ms at the 99th percentile. Five connections answer 250 a second: how many in line make the rest?',
    scenario: 'waiting',
    held: ['poolSize', 'timeoutMs', 'requestsPerSecond', 'queryMs'],
    judge: (race) => {
      const p99 = race.value('bounded', 'latency.p99');
      const goodput = race.value('bounded', 'goodput');
      return {
        reached: p99 <= 140 && goodput >= 200,
        reading: `The 99th percentile is ${p99.toFixed(1)} ms, at ${goodput.toFixed(1)} a second.`,
      };
    },
    solution: { waitersMax: 10 },
  },
} as const satisfies Record<string, PoolTask>;

export const predictions = {
  'one-in-twenty-five': {
    question:
      'One request in twenty-five asks for a report, whose query becomes slow. How many of all requests are answered in time over the minute?',
    scenario: 'slow-query',
    options: {
      nearly: 'Nearly all but the reports: 95 in 100',
      most: 'Two in three: everything gets slower',
      few: 'Fewer than half',
    },
    answer: (race) => {
      const share = race.value('fifo', 'answered');
      if (share > 85) return 'nearly';
      return share >= 50 ? 'most' : 'few';
    },
    explain:
      'A report holds its connection for seconds, and the next comes before it is done. Within seconds reports hold all connections, and everybody else waits for one of them to end.',
  },
  'more-connections': {
    question:
      'Half as much again as eight cores can do comes in, through a hundred connections. How much does a pool of eight get done in comparison?',
    scenario: 'size',
    options: {
      less: 'Less: a twelfth of the connections',
      same: 'The same: the cores are busy either way',
      more: 'More',
    },
    answer: (race) => {
      const done = race.value('bounded', 'queries');
      if (done < 320) return 'more';
      return done < 420 ? 'same' : 'less';
    },
    explain:
      'Eight cores work on eight queries at a time. All others that are in progress take turns, locks and memory from these, and get nothing done sooner.',
  },
} as const satisfies Record<string, Prediction<ScenarioId>>;

export const plantedBugs = {
  'ghost-in-line': {
    title: 'Whoever gave up is served all the same',
    variant: 'fifo',
    find: 'waiting.delete(id); // (3)',
    replace: 'void id; // (3)',
    effect: 'Connections go to requests whose users have long gone, while others wait.',
    caughtBy: ['PS5'],
  },
  'one-more-waits': {
    title: 'One more than the bound',
    variant: 'bounded',
    find: 'pool.waiting() >= options.waitersMax',
    replace: 'pool.waiting() > options.waitersMax',
    effect: 'A bound of zero still lets somebody wait.',
    caughtBy: ['PS6'],
  },
  'never-shrinks': {
    title: 'A pool that never shrinks',
    variant: 'fifo',
    find: 'const isSpare = inUse > options.size;',
    replace: 'const isSpare = false;',
    effect: 'However small the pool is made, connections are handed on while anybody waits.',
    caughtBy: ['PS7'],
  },
} as const satisfies Record<string, PlantedBug<VariantId>>;

export const omissions = [
  {
    what: 'Opening a connection costs nothing, and none ever breaks.',
    effect: 'A real pool pays tens of milliseconds for a new one, and hands out broken ones.',
  },
  {
    what: 'Each request makes one query and holds its connection for no longer than that.',
    effect: 'Code that holds a connection while it calls others exhausts a pool sooner than here.',
  },
  {
    what: 'Queries wait for cores alone, not for disks or for rows that others have locked.',
    effect: 'Where queries wait for disks, a pool larger than the cores gets more done than here.',
  },
  {
    what: 'Contention grows evenly with each query beyond the cores.',
    effect:
      'A real database has cliffs (memory, lock tables), so that too large a pool is worse than here.',
  },
  {
    what: 'Users who fail do not try again.',
    effect: 'Real ones do, so exhaustion lasts longer than here.',
  },
];

export const claims = {
  'takes-all-down': {
    statement: 'With one request in twenty-five slow, fewer than half are answered in time.',
    scenario: 'slow-query',
    kind: 'holds',
    holds: (race) => race.value('fifo', 'answered') < 50,
  },
  'short-lines-are-quick': {
    statement: 'A bound on the line makes those who get a connection wait less for it.',
    scenario: 'waiting',
    kind: 'beats',
    result: 'wait.mean',
    better: 'bounded',
    worse: 'fifo',
    seeds: 6,
  },
} as const satisfies Record<string, Claim<ScenarioId, VariantId>>;
