/** What the reader may try, guess, break and say; and what the model leaves out. */
import type {
  Claim,
  Omission,
  PlantedBug,
  Prediction,
  RaceReader,
  Task,
} from '../../../simulation/definition';
import type { parameters } from './parameters';
import type { scenarios } from './scenarios';
import type { Rule } from './variants';

type ScenarioId = keyof typeof scenarios;

export const tasks = {
  'three-attempts-less-load': {
    title: 'Three attempts, and no storm',
    goal: 'In the outage, with three attempts and the same users, never let the database get more than forty calls in a second.',
    hint: 'Who gains if a service retries what the one below it has retried?',
    scenario: 'storm',
    held: ['attempts', 'failPercent', 'requestsPerSecond'],
    judge: (race) => {
      const peak = race.value('every-layer', 'peak');
      return { reached: peak <= 40, reading: `At most ${peak} calls in a second.` };
    },
    solution: { layers: 1 },
  },
  'mend-it-in-one-place': {
    title: 'Mend it in one place',
    goal: 'With three in ten calls failing, under “Every layer retries”, answer at least 99 % of the requests, and never send more than five calls for one.',
    hint: 'If calls fail independently, each further attempt leaves three in ten of what was left.',
    scenario: 'partial',
    held: ['failPercent'],
    judge: (race) => {
      const answered = race.value('every-layer', 'answered');
      let most = 1;
      for (let i = 0; i < Number(race.parameter('layers')); i++)
        most *= Number(race.parameter('attempts'));
      return {
        reached: answered >= 99 && most <= 5,
        reading: `${answered.toFixed(1)} % are answered; one request may cost ${most} calls.`,
      };
    },
    solution: { layers: 1, attempts: 5 },
  },
  'a-budget-that-mends': {
    title: 'A budget that mends and still caps',
    goal: 'With three in ten calls failing, answer at least 99 % on a budget that lets an outage add at most half as many calls again.',
    hint: 'The cap is (1 + ratio) to the power of layers. What must it pay for, and how often must what is left be tried?',
    scenario: 'partial',
    held: ['failPercent'],
    judge: (race) => {
      const answered = race.value('retry-budget', 'answered');
      let cap = 1;
      for (let i = 0; i < Number(race.parameter('layers')); i++)
        cap *= 1 + Number(race.parameter('budgetPercent')) / 100;
      return {
        reached: answered >= 99 && cap <= 1.5,
        reading: `${answered.toFixed(1)} % are answered; an outage costs up to ${cap.toFixed(3)} calls per request.`,
      };
    },
    solution: { layers: 1, attempts: 5, budgetPercent: 50 },
  },
} as const satisfies Readonly<Record<string, Task<typeof parameters, ScenarioId>>>;

export const predictions = {
  'throttled-at-thirty': {
    question:
      'Three calls in ten fail, all day. How many of the requests that fail without retries does gRPC’s throttle save, at a tenth of a token per success?',
    scenario: 'partial',
    options: {
      none: 'Fewer than one in five',
      half: 'One to four in five',
      all: 'More than four in five',
    },
    answer: (race) => {
      const saved = savedShare(race, 'retry-throttle');
      if (saved < 0.2) return 'none';
      return saved <= 0.8 ? 'half' : 'all';
    },
    explain:
      'Three failures cost three tokens, seven successes give seven tenths: the bucket empties, and retries stay switched off. To a throttle, any failure rate above what successes pay for is an outage.',
  },
} as const satisfies Readonly<Record<string, Prediction<ScenarioId>>>;

export const plantedBugs = {
  'retries-for-attempts': {
    title: 'Retries counted as attempts',
    variant: 'every-layer',
    find: 'attempts < attemptsMax',
    replace: 'attempts <= attemptsMax',
    effect:
      'Three attempts become four, and three layers of them sixty-four calls instead of twenty-seven.',
    caughtBy: ['RA1', 'RA2'],
  },
  'deaf-to-the-signal': {
    title: 'Deaf to those who gave up',
    variant: 'stop-signal',
    find: '!gaveUp && ',
    replace: '',
    effect: 'Every layer starts over what the layer below has given up.',
    caughtBy: ['RA4'],
  },
  'never-pays': {
    title: 'A budget that nobody pays into or out of',
    variant: 'retry-budget',
    find: 'tokens -= THOUSANDTHS;',
    replace: '',
    effect: 'The bucket stays full, so an outage is multiplied as if there were no budget.',
    caughtBy: ['RA6', 'RA7'],
  },
  'saves-for-ever': {
    title: 'A bucket without a rim',
    variant: 'retry-budget',
    find: 'Math.min(full, tokens + perRequest)',
    replace: 'tokens + perRequest',
    effect: 'After a quiet week the budget pays for an hour of retries.',
    caughtBy: ['RA7'],
  },
  'runs-up-debt': {
    title: 'A throttle that runs up debt',
    variant: 'retry-throttle',
    find: 'Math.max(0, tokens - THOUSANDTHS)',
    replace: 'tokens - THOUSANDTHS',
    effect: 'After an outage of an hour, nothing is retried for a day.',
    caughtBy: ['RA9'],
  },
} as const satisfies Readonly<Record<string, PlantedBug<Rule>>>;

export const omissions: readonly Omission[] = [
  {
    what: 'The database fails or does not, however much it gets.',
    effect:
      'A real one fails more, the more it is called: retries make an outage longer, which they cannot do here.',
  },
  {
    what: 'Nobody times out, and nobody loses patience.',
    effect:
      'With deadlines, work goes on for users who have left; and fewer retries fit into what is left of their time.',
  },
  {
    what: 'Calls fail independently.',
    effect:
      'Real failures come together: the second attempt fails more often than the first, and retries mend less than here.',
  },
  {
    what: 'Each service is one process with one bucket.',
    effect:
      'Each of many processes has a bucket that is full at first: together they send more retries before budgets bite.',
  },
  {
    what: 'The wait before a retry does not grow.',
    effect:
      'Backoff spreads the same calls over more time: the peak is lower than here, the number of calls per request is not.',
  },
  {
    what: 'Users ask at an even pace, once.',
    effect: 'Real ones come in bursts and reload the page: peaks are higher than here.',
  },
];

export const claims = {
  'storm-is-the-power': {
    statement: 'In the outage the database gets twenty-seven calls for a request.',
    scenario: 'storm',
    kind: 'holds',
    holds: (race) => race.value('every-layer', 'amplification.p90') === 27,
  },
  'storm-mends-little': {
    statement:
      'Up to twenty-seven calls for a request answer only about one in five of the requests that a single call does not.',
    scenario: 'race',
    kind: 'holds',
    holds: (race) => {
      const saved = savedShare(race, 'every-layer');
      return saved > 0.15 && saved < 0.25;
    },
  },
  'budget-stays-near-one': {
    statement: 'In the outage a budget sends fewer calls than retries in one layer.',
    scenario: 'race',
    kind: 'beats',
    result: 'databaseCalls',
    better: 'retry-budget',
    worse: 'stop-signal',
    seeds: 5,
  },
  'one-layer-sends-less': {
    statement:
      'Retries in one layer send less than a quarter of the calls that retries in all send.',
    scenario: 'race',
    kind: 'holds',
    holds: (race) =>
      race.value('stop-signal', 'databaseCalls') < race.value('every-layer', 'databaseCalls') / 4,
  },
  'retries-mend': {
    statement:
      'Where three calls in ten fail, retries in one layer answer more than nineteen requests in twenty.',
    scenario: 'partial',
    kind: 'holds',
    holds: (race) => race.value('stop-signal', 'answered') > 95,
  },
  'throttle-mends-least': {
    statement: 'Where three calls in ten fail, a throttle answers less than a budget.',
    scenario: 'partial',
    kind: 'beats',
    result: 'answered',
    better: 'retry-budget',
    worse: 'retry-throttle',
    seeds: 5,
  },
} as const satisfies Readonly<Record<string, Claim<ScenarioId, Rule>>>;

/** Share of the requests that a single call leaves unanswered which a rule gets answered, in [0, 1]. */
function savedShare(race: RaceReader, rule: Rule): number {
  const without = race.value('never', 'answered');
  return (race.value(rule, 'answered') - without) / (100 - without);
}
