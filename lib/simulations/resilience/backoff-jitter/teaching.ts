/** What the reader may try, guess, break and say; and what the model leaves out. */
import type { Claim, Omission, PlantedBug, Prediction, Task } from '../../../simulation/definition';
import { formatValue } from '../../../simulation/format';
import type { parameters } from './parameters';
import type { scenarios } from './scenarios';
import type { Rule } from './variants';

type ScenarioId = keyof typeof scenarios;

export const tasks = {
  'lower-the-cap': {
    title: 'In step, but quicker',
    goal: 'Without jitter, have twenty clients that start at once done within five seconds, with at most 160 writes, both on average.',
    hint: 'What do they wait for once all have reached the cap?',
    scenario: 'waves',
    held: ['clients', 'hopSpreadMs', 'spreadMs'],
    judge: (race) => {
      const ms = race.value('exponential', 'finish.mean');
      const calls = race.value('exponential', 'calls.mean');
      return {
        reached: ms <= 5000 && calls <= 160,
        reading: `On average all are done after ${formatValue(ms, 'ms', 4)}, with ${calls.toFixed(1)} writes.`,
      };
    },
    solution: { capMs: 500 },
  },
  'spread-the-start': {
    title: 'No herd, no waves',
    goal: 'Without jitter, get twenty clients done with at most 40 writes on average.',
    hint: 'A herd that never forms need not be broken up. Who says that all must start at once?',
    scenario: 'waves',
    held: ['clients'],
    judge: (race) => {
      const calls = race.value('exponential', 'calls.mean');
      return { reached: calls <= 40, reading: `${calls.toFixed(1)} writes on average.` };
    },
    solution: { spreadMs: 2500 },
  },
  'few-writes-soon': {
    title: 'Two and a half writes each',
    goal: 'With full jitter, get twenty clients that start at once done with at most 50 writes, in two and a half seconds, both on average.',
    hint: 'The first retry counts most: all twenty fail together before it.',
    scenario: 'jitter',
    held: ['clients', 'spreadMs'],
    judge: (race) => {
      const ms = race.value('full-jitter', 'finish.mean');
      const calls = race.value('full-jitter', 'calls.mean');
      return {
        reached: calls <= 50 && ms <= 2500,
        reading: `${calls.toFixed(1)} writes on average; all are done after ${formatValue(ms, 'ms', 4)}.`,
      };
    },
    solution: { baseMs: 400 },
  },
} as const satisfies Readonly<Record<string, Task<typeof parameters, ScenarioId>>>;

export const predictions = {
  'backoff-alone': {
    question:
      'Every hop takes the same time. Compared with trying again at once, how many writes does exponential backoff without jitter take?',
    scenario: 'lockstep',
    options: { fewer: 'Far fewer', same: 'Exactly as many', more: 'More' },
    answer: (race) => {
      const without = race.value('no-backoff', 'calls.mean');
      const withIt = race.value('exponential', 'calls.mean');
      if (withIt === without) return 'same';
      return withIt < without ? 'fewer' : 'more';
    },
    explain:
      'Clients that fail together wait equally long and come back together; each wave lets one through. The backoff moves the waves apart and changes nothing within one.',
  },
  'first-done': {
    question: 'Fifty clients, five rules: under which are all done first?',
    scenario: 'race',
    options: {
      'no-backoff': 'No backoff',
      exponential: 'Exponential, no jitter',
      'equal-jitter': 'Equal jitter',
      'full-jitter': 'Full jitter',
      'decorrelated-jitter': 'Decorrelated jitter',
    },
    answer: (race) =>
      ['exponential', 'equal-jitter', 'full-jitter', 'decorrelated-jitter'].reduce(
        (first, rule) =>
          race.value(rule, 'finish.mean') < race.value(first, 'finish.mean') ? rule : first,
        'no-backoff',
      ),
    explain:
      'Here a refused write costs the row nothing, so those who never wait are done first, with twice the writes. On a server that slows down under load, those writes are what slows it down.',
  },
} as const satisfies Readonly<Record<string, Prediction<ScenarioId>>>;

export const plantedBugs = {
  'no-chance': {
    title: 'Jitter that is always the same',
    variant: 'full-jitter',
    find: 'options.random() *',
    replace: '0.5 *',
    effect: 'The mean wait is right, and all clients are in step again.',
    caughtBy: ['BJ1', 'BJ3', 'BJ5'],
  },
  'shifts-away': {
    title: 'Doubling by shifting bits',
    variant: 'exponential',
    file: 'backoff',
    find: 'for (let i = 0; i < failures && ceiling < capMs; i++) ceiling *= 2;',
    replace: 'ceiling = baseMs * (1 << failures);',
    effect:
      'After thirty-one failures the wait is negative, and from the thirty-second on the client starts over: a long outage ends in a flood.',
    caughtBy: ['BJ4', 'BJ8'],
  },
  'forgets-the-cap': {
    title: 'Decorrelated and without a cap',
    variant: 'decorrelated-jitter',
    find: 'Math.min(capMs, baseMs + random() * (3 * lastMs - baseMs))',
    replace: 'baseMs + random() * (3 * lastMs - baseMs)',
    effect:
      'After twenty failures one client in a hundred is not heard from for nearly ten minutes.',
    caughtBy: ['BJ8'],
  },
} as const satisfies Readonly<Record<string, PlantedBug<Rule>>>;

export const omissions: readonly Omission[] = [
  {
    what: 'The row answers any number of writes at once; a refused one costs it nothing.',
    effect:
      'No backoff looks better than it is: a real server slows down under wasted writes and takes everybody else with it.',
  },
  {
    what: 'No message is lost, no client times out, gives up or dies.',
    effect: 'Real clients give up at their deadline; the longest waits here would be errors.',
  },
  {
    what: 'All clients have the same base, cap and network.',
    effect:
      'Real clients differ, which by itself keeps them apart a little: waves without jitter are somewhat less regular.',
  },
  {
    what: 'Hop times are normally distributed, their sign dropped.',
    effect:
      'Real networks have longer tails, which separate clients a little more and make the last one later. Where the spread is as large as the hop or larger, hops take longer on average than is set.',
  },
];

export const claims = {
  'jitter-saves-writes': {
    statement: 'Full jitter needs fewer writes than exponential backoff without jitter.',
    scenario: 'jitter',
    kind: 'beats',
    result: 'calls.mean',
    better: 'full-jitter',
    worse: 'exponential',
    seeds: 10,
  },
  'jitter-saves-time': {
    statement: 'With full jitter all are done sooner than without jitter.',
    scenario: 'jitter',
    kind: 'beats',
    result: 'finish.mean',
    better: 'full-jitter',
    worse: 'exponential',
    seeds: 10,
  },
  'equal-is-slower': {
    statement: 'Equal jitter takes longer than full jitter.',
    scenario: 'race',
    kind: 'beats',
    result: 'finish.mean',
    better: 'full-jitter',
    worse: 'equal-jitter',
    seeds: 10,
  },
  'decorrelated-is-sooner': {
    statement: 'Decorrelated jitter is done sooner than full jitter.',
    scenario: 'race',
    kind: 'beats',
    result: 'finish.mean',
    better: 'decorrelated-jitter',
    worse: 'full-jitter',
    seeds: 10,
  },
  'decorrelated-costs-writes': {
    statement: 'Full jitter needs fewer writes than decorrelated jitter.',
    scenario: 'race',
    kind: 'beats',
    result: 'calls.mean',
    better: 'full-jitter',
    worse: 'decorrelated-jitter',
    seeds: 10,
  },
  'no-backoff-is-first': {
    statement:
      'Without any backoff all are done first, before those under each of the other rules.',
    scenario: 'race',
    kind: 'holds',
    holds: (race) =>
      race.race.runs.every(
        ({ variant }) =>
          variant === 'no-backoff' ||
          race.value(variant, 'finish.mean') > race.value('no-backoff', 'finish.mean'),
      ),
  },
  'backoff-alone-saves-nothing': {
    statement: 'Where the network adds no chance, backoff without jitter saves no write at all.',
    scenario: 'lockstep',
    kind: 'holds',
    holds: (race) =>
      race.value('exponential', 'calls.mean') === race.value('no-backoff', 'calls.mean'),
  },
} as const satisfies Readonly<Record<string, Claim<ScenarioId, Rule>>>;
