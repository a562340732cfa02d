/** What the reader is asked, what may be said in prose, what can be broken, and what is left out. */
import { exp } from '../../../kernel/math';
import type { Claim, Omission, PlantedBug, Prediction, Task } from '../../../simulation/definition';
import { erlangC } from './models/erlang-c';
import type { parameters } from './parameters';
import type { scenarios } from './scenarios';
import type { VariantId } from './variants';

type ScenarioId = keyof typeof scenarios;
type PlannerTask = Task<typeof parameters, ScenarioId>;

export const tasks = {
  'fewest-instances': {
    title: 'As few as will do',
    goal: 'Choose by hand: at a hundred requests a second, have 99 in 100 wait no longer than 50 ms, with the fewest instances.',
    hint: 'The load is ten erlangs. What does one more instance change at eleven, and what at sixteen?',
    scenario: 'formula',
    held: ['demandPerSecond', 'serviceMs', 'variability', 'queues'],
    judge: (race) => {
      const within = race.value('by-hand', 'within');
      const instances = Number(race.parameter('instances'));
      return {
        reached: within >= 99 && instances <= 15,
        reading: `${within.toFixed(2)} % wait no longer than 50 ms with ${instances} instances.`,
      };
    },
    solution: { instances: 15 },
  },
  'through-the-outage': {
    title: 'Through the outage',
    goal: 'Let Erlang C’s plan lose a third of its instances and keep 97 in 100 within the target, with at most 24 instances.',
    hint: 'What is left must be about what the plan asked for in the first place.',
    scenario: 'zone-down',
    held: ['demandPerSecond', 'lostPercent'],
    judge: (race) => {
      const within = race.value('erlang-c', 'within');
      const instances = race.value('erlang-c', 'instances');
      return {
        reached: within >= 97 && instances <= 24,
        reading: `${within.toFixed(2)} % within the target, with ${instances} instances.`,
      };
    },
    solution: { spare: 8 },
  },
  'room-for-the-tail': {
    title: 'Room for the tail',
    goal: 'With long-tailed service times, keep 99 in 100 within the target with at most two more instances than the formula asks for.',
    hint: 'The formula knows the mean and not the tail; what it lacks has to be added.',
    scenario: 'long-tail',
    held: ['variability', 'demandPerSecond', 'percentile'],
    judge: (race) => {
      const within = race.value('erlang-c', 'within');
      const spare = Number(race.parameter('spare'));
      return {
        reached: within >= 99 && spare <= 2,
        reading: `${within.toFixed(2)} % within the target, with ${spare} spare.`,
      };
    },
    solution: { spare: 2 },
  },
} as const satisfies Record<string, PlannerTask>;

export const predictions = {
  'five-times-the-demand': {
    question:
      'Erlang C asks for three times the load in erlangs at twenty requests a second. The demand grows fivefold. How many times as many instances does the same target need?',
    scenario: 'sizing',
    options: {
      five: 'Five times as many',
      more: 'More than five times: queues grow faster than load',
      less: 'Two and a half times as many',
    },
    answer: (race) => {
      const demandPerSecond = Number(race.parameter('demandPerSecond'));
      const asked = erlangC(
        {
          demandPerSecond: 5 * demandPerSecond,
          serviceMs: Number(race.parameter('serviceMs')),
          targetMs: Number(race.parameter('targetMs')),
          percentile: Number(race.parameter('percentile')),
          instances: 1,
          utilisationPercent: 70,
          safety: 1,
        },
        { exp },
      );
      const ratio = asked / race.value('erlang-c', 'instances');
      if (ratio > 5.5) return 'more';
      return ratio > 4 ? 'five' : 'less';
    },
    explain:
      'The reserve is there for the random ups and downs, and those grow with the square root of the load. The load grows fivefold, the reserve far less.',
  },
  'tail-and-mean': {
    question:
      'Service times keep their mean and get a long tail. The plan promised that one request in a hundred waits longer than the target. How many do?',
    scenario: 'long-tail',
    options: {
      same: 'About one in a hundred: the load is the same',
      some: 'Two to five in a hundred',
      many: 'Six in a hundred or more',
    },
    answer: (race) => {
      const late = Math.round(100 - race.value('erlang-c', 'within'));
      if (late <= 1) return 'same';
      return late <= 5 ? 'some' : 'many';
    },
    explain:
      'A request that takes seconds holds an instance for all of them; two or three at a time make the service smaller. The mean says nothing about that.',
  },
} as const satisfies Record<string, Prediction<ScenarioId>>;

export const plantedBugs = {
  'nobody-is-served-at-once': {
    title: 'Forgets that most need not wait',
    variant: 'erlang-c',
    file: 'erlang',
    find: ': delayProbability(station) * exp(-(servers - offered) * times);',
    replace: ': exp(-(servers - offered) * times);',
    effect: 'The plan assumes that every request waits, and asks for more instances than it needs.',
    caughtBy: ['CP4'],
  },
  'rounds-down': {
    title: 'Rounds down',
    variant: 'utilisation',
    find: 'Math.ceil(',
    replace: 'Math.floor(',
    effect:
      'The last fraction of an instance is left out, and a small service is busier than its rule allows.',
    caughtBy: ['CP6'],
  },
  'root-of-the-wrong-thing': {
    title: 'A share instead of a root',
    variant: 'square-root',
    find: 'need.safety * Math.sqrt(offered)',
    replace: 'need.safety * offered',
    effect:
      'The reserve grows with the load itself: a large service buys several times what it needs.',
    caughtBy: ['CP5'],
  },
} as const satisfies Record<string, PlantedBug<VariantId>>;

export const omissions: readonly Omission[] = [
  {
    what: 'Arrivals are independent of each other, at a constant rate.',
    effect:
      'Real ones come in bursts (timers, retries, one user’s page), so real waits are longer than here.',
  },
  {
    what: 'An instance works on one request at a time and at one speed.',
    effect:
      'Real ones share processors, caches and locks among many and slow down when full: the knee lies lower than here.',
  },
  {
    what: 'Requests wait for as long as it takes, and nobody retries.',
    effect:
      'Under overload clients give up, and come back: see the overload simulation, where things end worse than here.',
  },
  {
    what: 'A free instance takes the next request, without a load balancer in between.',
    effect:
      'Behind a balancer waits are longer: between those with one queue for all and those with one each.',
  },
  {
    what: 'Instances that come up serve at full speed at once, and one that fails loses no request.',
    effect: 'Real failures cost errors and cold starts besides the wait that is counted here.',
  },
];

export const claims = {
  'thumb-fails-the-small': {
    statement:
      'For a small demand the target utilisation asks for half as many as Erlang C, and misses the target.',
    scenario: 'sizing',
    kind: 'holds',
    holds: (race) =>
      race.value('utilisation', 'instances') <= race.value('erlang-c', 'instances') / 2 &&
      race.value('utilisation', 'within') < 90 &&
      race.value('erlang-c', 'within') >= 99,
  },
  'tail-breaks-the-promise': {
    statement: 'With a long tail, more wait too long than the formula promises.',
    scenario: 'long-tail',
    kind: 'holds',
    holds: (race) => race.value('erlang-c', 'within') < race.value('erlang-c', 'predictedWithin'),
  },
  'a-third-is-too-much': {
    statement:
      'A plan without spare instances that loses a third of them keeps fewer than six in ten within the target.',
    scenario: 'zone-down',
    kind: 'holds',
    holds: (race) => race.value('erlang-c', 'within') < 60,
  },
} as const satisfies Record<string, Claim<ScenarioId, VariantId>>;
