/** What the reader is asked, what may be said in prose, what can be broken, and what is left out. */
import type {
  Claim,
  PlantedBug,
  Prediction,
  RaceReader,
  Task,
} from '../../../simulation/definition';
import { formatValue } from '../../../simulation/format';
import type { parameters } from './parameters';
import type { scenarios } from './scenarios';
import type { VariantId } from './variants';

type ScenarioId = keyof typeof scenarios;
type JobTask = Task<typeof parameters, ScenarioId>;

export const tasks = {
  'bounded-wait': {
    title: 'Nobody waits for ever',
    goal: 'With the same jobs and workers, have nobody wait longer than 4.5 s under ageing, and urgent jobs less than 250 ms on average.',
    hint: 'A shorter head start lets those who have waited pass sooner. How short may it be?',
    scenario: 'policies',
    held: ['jobsPerSecond', 'workers', 'urgentPercent', 'bulkPercent'],
    judge: (race) => {
      const longestMs = race.value('ageing', 'longest');
      const urgentMs = race.value('ageing', 'urgentWait.mean');
      return {
        reached: longestMs <= 4500 && urgentMs < 250,
        reading: `The longest wait is ${formatValue(longestMs, 'ms', 4)}, urgent jobs wait ${formatValue(urgentMs, 'ms', 4)}.`,
      };
    },
    solution: { ageMs: 1000 },
  },
  'on-the-hour': {
    title: 'A batch that nobody notices',
    goal: 'With the same batch and workers, have urgent jobs wait less than half a second on average under ageing.',
    hint: 'There are two ways: the batch may come more slowly, or the urgent jobs may go further ahead.',
    scenario: 'batch',
    held: ['batch', 'jobsPerSecond', 'workers'],
    judge: (race) => {
      const urgentMs = race.value('ageing', 'urgentWait.mean');
      return {
        reached: urgentMs < 500,
        reading: `Urgent jobs wait ${formatValue(urgentMs, 'ms', 4)}.`,
      };
    },
    solution: { spreadMs: 40_000 },
  },
  'long-enough': {
    title: 'Long enough, and no longer',
    goal: 'Without heartbeats, have at most three attempts that begin again, while the job of a crashed worker is back within five seconds.',
    hint: 'Bulk jobs of 600 ms on average are sometimes six times as long.',
    scenario: 'short-lease',
    held: ['heartbeats', 'bulkWorkMs', 'jobsPerSecond'],
    judge: (race) => {
      const again = race.value('first-come', 'again');
      const leaseMs = Number(race.parameter('leaseMs'));
      return {
        reached: again <= 3 && leaseMs <= 5000,
        reading: `Attempts that begin again: ${again}; a crash is noticed after ${formatValue(leaseMs, 'ms')}.`,
      };
    },
    solution: { leaseMs: 4000 },
  },
  'few-dead': {
    title: 'Few dead letters',
    goal: 'With four in ten attempts failing and a first pause of at least half a second, have ten dead letters at most, and of the jobs done 95 in 100 within three seconds, under first come.',
    hint: 'Each further attempt leaves four in ten of the dead letters that there were.',
    scenario: 'failures',
    held: ['failurePercent', 'jobsPerSecond', 'room'],
    judge: (race) => {
      const dead = race.value('first-come', 'dead');
      const stayMs = race.value('first-come', 'stay.p95');
      const isPausing = Number(race.parameter('backoffMs')) >= 500;
      return {
        reached: isPausing && dead <= 10 && stayMs <= 3000,
        reading: isPausing
          ? `${dead} dead letters; of the jobs done, 95 in 100 are so within ${formatValue(stayMs, 'ms', 4)}.`
          : 'The first pause is shorter than half a second; set it back.',
      };
    },
    solution: { attemptsMax: 6 },
  },
} as const satisfies Record<string, JobTask>;

const longestOf = (race: RaceReader, variant: VariantId): number => race.value(variant, 'longest');

export const predictions = {
  'mean-of-all': {
    question:
      'Strict priority instead of first come: bulk jobs wait about twice as long. What becomes of the mean wait of all jobs?',
    scenario: 'policies',
    options: {
      longer: 'It gets longer',
      same: 'It stays within a tenth',
      shorter: 'It gets shorter',
    },
    answer: (race) => {
      const ratio = race.value('strict', 'wait.mean') / race.value('first-come', 'wait.mean');
      if (ratio > 1.1) return 'longer';
      return ratio < 0.9 ? 'shorter' : 'same';
    },
    explain:
      'A scheduler cannot reduce waiting, but it chooses who waits: work times wait is what stays the same. A bulk job is four times the work here, so one bulk job that waits a second longer lets four others wait a second less.',
  },
  'longest-wait': {
    question:
      'More comes in than can be done. Under which of these is the longest wait the shortest?',
    scenario: 'starved',
    options: {
      strict: 'Strict priority',
      'first-come': 'First come',
      ageing: 'Ageing',
      fair: 'Fair shares',
    },
    answer: (race) => {
      const ids = ['strict', 'first-come', 'ageing', 'fair'] as const;
      return ids.reduce((a, b) => (longestOf(race, b) < longestOf(race, a) ? b : a));
    },
    explain:
      'The queue grows whoever is first. Each job that goes ahead lengthens somebody’s wait; where nobody goes ahead, all wait about equally long, and the longest wait is the shortest of the four.',
  },
  'short-lease': {
    question:
      'The lease is as long as a bulk job takes on average, there are no heartbeats, and nobody crashes. The workers are busy six tenths of the time. What will the queue do?',
    scenario: 'short-lease',
    options: {
      few: 'A few jobs run twice, and nobody notices',
      some: 'Many run twice, and waits get some tenths of a second longer',
      grows: 'It grows and grows',
    },
    answer: (race) => {
      const waiting = race.value('first-come', 'waiting');
      if (waiting > 100) return 'grows';
      return waiting > 5 ? 'some' : 'few';
    },
    explain:
      'A job that takes longer than its lease takes longer in each attempt: it is run by several workers until it is a dead letter. Those attempts are work that nobody asked for, too much for the workers, and so the others wait.',
  },
} as const satisfies Record<string, Prediction<ScenarioId>>;

export const plantedBugs = {
  'lost-with-its-worker': {
    title: 'Gone with its worker',
    variant: 'first-come',
    file: 'lease-queue',
    find: '    order.add(job);\n    return { job, what: isLeased',
    replace: '    if (!isLeased) order.add(job);\n    return { job, what: isLeased',
    effect: 'A job whose worker crashes is never done, and no dead letter tells of it.',
    caughtBy: ['JQ1', 'JQ2'],
  },
  'any-lease-will-do': {
    title: 'Any lease will do',
    variant: 'first-come',
    file: 'lease-queue',
    find: 'found?.isLeased && found.attempt === attempt ? found',
    replace: 'found?.isLeased ? found',
    effect:
      'A worker that was given up completes, or fails, a job that another one is in the middle of.',
    caughtBy: ['JQ2'],
  },
  'no-jitter': {
    title: 'All come back at once',
    variant: 'first-come',
    file: 'lease-queue',
    find: 'uniform(job, attempt) * longestMs',
    replace: 'longestMs',
    effect: 'Jobs that failed together are tried again together, against what is just recovering.',
    caughtBy: ['JQ3'],
  },
  'newest-first': {
    title: 'The newest of equals',
    variant: 'strict',
    file: 'sorted',
    find: 'a.job.id < b.job.id',
    replace: 'a.job.id > b.job.id',
    effect: 'Of jobs of one priority, the last one is first, and the oldest waits for ever.',
    caughtBy: ['JQ4'],
  },
  'saved-up': {
    title: 'Shares that were saved up',
    variant: 'fair',
    find: 'Math.max(lane.passMs, virtualMs)',
    replace: 'lane.passMs',
    effect:
      'After a quiet night the reports have all workers to themselves until they have caught up.',
    caughtBy: ['JQ11'],
  },
  'jobs-not-work': {
    title: 'Counts jobs, not work',
    variant: 'fair',
    find: 'job.estimateMs / lane.weight',
    replace: '1 / lane.weight',
    effect: 'Few large jobs get several times the share of many small ones.',
    caughtBy: ['JQ10'],
  },
} as const satisfies Record<string, PlantedBug<VariantId>>;

export const omissions = [
  {
    what: 'A job that is ready is claimed at once by a worker that is free; nobody polls.',
    effect:
      'A queue that is polled adds half the interval to each wait in an idle system, and less under load.',
  },
  {
    what: 'Enqueuing, claiming and completing take no time, and the store of the queue never fails.',
    effect:
      'Rows that are locked, logged and vacuumed bound the jobs per second of a real queue; waits are longer than here.',
  },
  {
    what: 'The scheduler knows how long each job will take, to the millisecond.',
    effect:
      'Real estimates are wrong, so shortest first gains less than here, and shares are less exact.',
  },
  {
    what: 'Each attempt of a job takes as long as the others, and failures are independent.',
    effect:
      'A real job may fail each time; it fills the dead letters sooner than independent failures do.',
  },
  {
    what: 'A job that is idempotent looks its key up at no cost, in one transaction with its effect.',
    effect: 'An effect in another system can still happen twice, unless that system takes the key.',
  },
  {
    what: 'Workers take any job.',
    effect:
      'Separate pools for each priority leave workers idle while others wait: waits are longer than with one pool.',
  },
];

export const claims = {
  'first-come-fails-the-urgent': {
    statement:
      'Under first come urgent jobs wait more than twice as long as under each other order.',
    scenario: 'policies',
    kind: 'holds',
    holds: (race) =>
      rivalsOf(race, 'first-come').every(
        (rival) =>
          race.value('first-come', 'urgentWait.mean') > 2 * race.value(rival, 'urgentWait.mean'),
      ),
  },
  'shortest-has-the-least': {
    statement: 'Of the five, shortest first has the least mean wait of all jobs.',
    scenario: 'policies',
    kind: 'holds',
    holds: (race) =>
      rivalsOf(race, 'shortest').every(
        (rival) => race.value('shortest', 'wait.mean') < race.value(rival, 'wait.mean'),
      ),
  },
  'ageing-bounds-the-longest': {
    statement: 'Ageing keeps the longest wait shorter than strict priority does.',
    scenario: 'policies',
    kind: 'beats',
    result: 'longest',
    better: 'ageing',
    worse: 'strict',
    seeds: 5,
  },
  starves: {
    statement: 'Under strict priority a bulk job waits through most of the minute that is shown.',
    scenario: 'starved',
    kind: 'holds',
    holds: (race) => oldestBulkMs(race, 'strict') > 40_000,
  },
  'shares-feed-all': {
    statement: 'Fair shares start more than twice as many bulk jobs as strict priority.',
    scenario: 'starved',
    kind: 'holds',
    holds: (race) => countOf(race, 'fair') > 2 * countOf(race, 'strict'),
  },
  'batch-before-codes': {
    statement:
      'Under first come, urgent jobs wait a hundred times as long behind the batch as under strict priority.',
    scenario: 'batch',
    kind: 'holds',
    holds: (race) =>
      race.value('first-come', 'urgentWait.mean') > 100 * race.value('strict', 'urgentWait.mean'),
  },
  'some-effects-again': {
    statement: 'Some jobs that run again have had their effect already, and others have not.',
    scenario: 'crashes',
    kind: 'holds',
    holds: (race) => {
      const twice = race.value('first-come', 'twice');
      return twice > 0 && twice < race.value('first-come', 'again');
    },
  },
  'lease-kills': {
    statement: 'With a lease shorter than the work, jobs that never failed become dead letters.',
    scenario: 'short-lease',
    kind: 'holds',
    holds: (race) => race.value('first-come', 'dead') > 0,
  },
} as const satisfies Record<string, Claim<ScenarioId, VariantId>>;

/** All that run beside this one. */
function rivalsOf({ race }: RaceReader, variant: VariantId): string[] {
  return race.runs.map((run) => run.variant).filter((id) => id !== variant);
}

/** How long the oldest bulk job has waited by the end of what is shown. */
function oldestBulkMs(race: RaceReader, variant: VariantId): number {
  const { samples, strings } = race.run(variant).recording;
  let ageMs = Number.NaN;
  for (let i = 0; i < samples.length; i++)
    if (strings[samples.series[i] ?? 0] === 'oldest-bulk') ageMs = samples.value[i] ?? Number.NaN;
  return ageMs;
}

/** How many bulk jobs were started. */
function countOf(race: RaceReader, variant: VariantId): number {
  return race.run(variant).results.find(({ id }) => id === 'bulkWait.mean')?.n ?? 0;
}
