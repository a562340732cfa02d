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
import type { Strategy } from './variants';

type ScenarioId = keyof typeof scenarios;
type BalancingTask = Task<typeof parameters, ScenarioId>;

export const tasks = {
  'calm-the-herd': {
    title: 'Calm the herd',
    goal: 'With the same eight balancers, the same load, and reports at most once a second, bring the p99 of least connections under 1.5 s.',
    hint: 'Is there anything that a balancer knows at once, without being told?',
    scenario: 'herd',
    held: ['requestsPerSecond', 'balancers'],
    judge: (race) => {
      const p99 = race.value('least-connections', 'latency.p99');
      const areRare = Number(race.parameter('reportMs')) >= 1000;
      return {
        reached: areRare && p99 < 1500,
        reading: areRare
          ? `The p99 of least connections is ${formatValue(p99, 'ms', 4)}.`
          : 'Reports come more than once a second; set them back.',
      };
    },
    solution: { knowledge: 'own' },
  },
  'close-the-hole': {
    title: 'Close the black hole',
    goal: 'At the same load, keep the failures of least connections under 1 %, without leaving an instance out after fewer than three errors in a row.',
    hint: 'How many errors in a row would a healthy instance give in a day?',
    scenario: 'black-hole',
    held: ['requestsPerSecond', 'instances'],
    judge: (race) => {
      const failed = race.value('least-connections', 'failed');
      const ejectAfter = Number(race.parameter('ejectAfter'));
      const isPatient = ejectAfter === 0 || ejectAfter >= 3;
      return {
        reached: isPatient && failed < 1,
        reading: isPatient
          ? `${failed.toFixed(2)} % fail under least connections.`
          : 'An instance is left out after fewer than three errors.',
      };
    },
    solution: { ejectAfter: 5 },
  },
  'ready-for-the-campaign': {
    title: 'Ready for the campaign',
    goal: 'With the same demand and instances that take four seconds to start, keep the p99 under 1 s with fewer than 11 instances on average.',
    hint: 'A target leaves room for what comes before the next instances do.',
    scenario: 'autoscale',
    held: ['demand', 'startMs', 'autoscale'],
    judge: (race) => {
      const p99 = race.value('least-connections', 'latency.p99');
      const paid = race.value('least-connections', 'instances');
      return {
        reached: p99 < 1000 && paid < 11,
        reading: `The p99 is ${formatValue(p99, 'ms', 4)}, with ${paid.toFixed(2)} instances on average.`,
      };
    },
    solution: { targetUtilisation: 50 },
  },
  'fewer-do-more': {
    title: 'Fewer do more',
    goal: 'With the lock and the telling as they are, answer at least 63 requests a second with at most nine instances.',
    hint: 'Open the sweep over the instances and look for its peak.',
    scenario: 'lock',
    held: ['lockMs', 'tellMs', 'serviceMs'],
    judge: (race) => {
      const answered = race.value('least-connections', 'answered');
      const areFew = Number(race.parameter('instances')) <= 9;
      return {
        reached: areFew && answered >= 63,
        reading: `${answered.toFixed(2)} a second are answered${areFew ? '' : ', by more than nine instances'}.`,
      };
    },
    solution: { instances: 9 },
  },
} as const satisfies Record<string, BalancingTask>;

/** How many times as long the mean latency of one strategy is as another's. */
const ratio = (race: RaceReader, slower: Strategy, faster: Strategy): number =>
  race.value(slower, 'latency.mean') / race.value(faster, 'latency.mean');

export const predictions = {
  'a-second-choice': {
    question:
      'Twelve instances are busy nine tenths of the time. What is the mean latency if a balancer draws two and takes the one with fewer requests, compared with drawing one?',
    scenario: 'strategies',
    options: {
      little: 'About nine tenths of it',
      half: 'About half',
      third: 'About a third, or less',
    },
    answer: (race) => {
      const times = ratio(race, 'random', 'power-of-choices');
      if (times > 2.5) return 'third';
      return times > 1.5 ? 'half' : 'little';
    },
    explain:
      'To wait long with one choice you need one long queue; with two, both must be long. The chance of that falls as a square with each further place in the queue.',
  },
  'old-loads': {
    question:
      'Eight balancers know the loads of the instances as they were up to a second ago. Which strategy has the lowest p99?',
    scenario: 'herd',
    options: {
      random: 'Random, which knows nothing',
      'power-of-choices': 'The best of two at random',
      'least-connections': 'Least connections, which looks at all',
    },
    answer: (race) =>
      (['random', 'power-of-choices', 'least-connections'] as const).reduce((best, strategy) =>
        race.value(strategy, 'latency.p99') < race.value(best, 'latency.p99') ? strategy : best,
      ),
    explain:
      'All who look at everything see the same emptiest instance, and go there together until the next report. Two drawn at random differ from balancer to balancer and from request to request.',
  },
  'fails-fastest': {
    question:
      'One of twelve instances answers every request with an error, at once. How many requests fail under least connections?',
    scenario: 'black-hole',
    options: {
      fewer: 'Fewer than one in twelve: its errors make it unattractive',
      fair: 'About one in twelve',
      more: 'At least twice as many as that',
    },
    answer: (race) => {
      const times = race.value('least-connections', 'failed') / race.value('round-robin', 'failed');
      if (times >= 2) return 'more';
      return times > 0.8 ? 'fair' : 'fewer';
    },
    explain:
      'Least connections counts what is in flight. An instance that fails at once never has anything in flight, and looks like the best of all.',
  },
} as const satisfies Record<string, Prediction<ScenarioId>>;

export const plantedBugs = {
  'ties-to-the-first': {
    title: 'Ties go to the first',
    variant: 'least-connections',
    find: 'start = least + 1; // (2)',
    replace: 'start = 0;',
    effect:
      'In quiet hours one instance does nearly all the work, and the last have cold caches when the rush comes.',
    caughtBy: ['LB6'],
  },
  'takes-the-busier': {
    title: 'Takes the busier of two',
    variant: 'power-of-choices',
    find: 'if (loadWith(other) < loadWith(best)) best = other; // (2)',
    replace: 'if (loadWith(other) > loadWith(best)) best = other;',
    effect: 'Long queues become longer while others stand empty: worse than drawing lots.',
    caughtBy: ['LB3', 'LB7'],
  },
  'the-same-one-twice': {
    title: 'May draw the same one twice',
    variant: 'power-of-choices',
    find: '(first + 1 + distance) % count',
    replace: '(first + distance) % count',
    effect:
      'Some requests have no choice at all, and the last instance before each first one is never compared.',
    caughtBy: ['LB7'],
  },
  'forgets-the-turn': {
    title: 'Begins again from nothing after each turn',
    variant: 'weighted-round-robin',
    find: 'credit.set(best.id, most - total); // (2)',
    replace: 'credit.set(best.id, 0);',
    effect: 'The heaviest instance gets bursts, and less than its weight overall.',
    caughtBy: ['LB5'],
  },
} as const satisfies Record<string, PlantedBug<Strategy>>;

export const omissions = [
  {
    what: 'An instance serves one request at a time, in order of arrival.',
    effect:
      'Real ones interleave many: the means of mixed work are the same, but short requests wait less behind long ones, and long ones take longer. The p99 is mostly higher than here.',
  },
  {
    what: 'An instance that becomes slow takes longer for what it begins, not for what it has begun.',
    effect: 'A pause of the garbage collector hits the work in hand too, so the tail is longer.',
  },
  {
    what: 'Clients neither give up nor try again, and balancers do not try another instance.',
    effect:
      'Retries bring more load where there is least room; an overloaded instance fares worse than here, a refused request often better.',
  },
  {
    what: 'The shared store of sessions costs nothing and never fails.',
    effect: 'A real one adds a round trip to each request, and an outage of it is everybody’s.',
  },
  {
    what: 'New instances are at full speed at once, with warm caches and open connections.',
    effect:
      'Cold ones are slow for a while, and least connections sends them all at once what the others have in hand; a slow start is the balancers’ remedy.',
  },
  {
    what: 'The lock is handed over without delay, and whoever holds it never dies.',
    effect:
      'A lock over the network costs its round trips, and a lease that runs out: shared work scales worse than here.',
  },
  {
    what: 'All users send equally often.',
    effect: 'With a few heavy users sticky sessions are more uneven than here.',
  },
];

export const claims = {
  'strangers-everywhere': {
    statement: 'On four instances about three answers in four are the sign-in page.',
    scenario: 'signed-out',
    kind: 'holds',
    holds: (race) => {
      const share = race.value('round-robin', 'signedOut');
      return share > 70 && share < 80;
    },
  },
  'held-users-wait': {
    statement: 'Users who are held to one instance wait longer at the 99th percentile.',
    scenario: 'sticky',
    kind: 'beats',
    result: 'latency.p99',
    better: 'least-connections',
    worse: 'sticky-sessions',
    seeds: 5,
  },
  'turns-beat-chance': {
    statement: 'Turns have a lower mean latency than chance.',
    scenario: 'strategies',
    kind: 'beats',
    result: 'latency.mean',
    better: 'round-robin',
    worse: 'random',
    seeds: 5,
  },
  'two-beat-turns': {
    statement: 'The best of two has a lower mean latency than turns.',
    scenario: 'strategies',
    kind: 'beats',
    result: 'latency.mean',
    better: 'power-of-choices',
    worse: 'round-robin',
    seeds: 5,
  },
  'all-beat-two': {
    statement: 'Looking at all instances is better still.',
    scenario: 'strategies',
    kind: 'beats',
    result: 'latency.mean',
    better: 'least-connections',
    worse: 'power-of-choices',
    seeds: 5,
  },
  'one-slow-is-the-tail': {
    statement: 'In turns, one slow instance of twelve makes the p99 more than ten times as long.',
    scenario: 'slow-instance',
    kind: 'holds',
    holds: (race) =>
      race.value('round-robin', 'latency.p99') >
      10 * race.value('least-connections', 'latency.p99'),
  },
  'weights-carry-the-old': {
    statement: 'Weighted turns fail nobody where equal turns drown the old hardware.',
    scenario: 'hardware',
    kind: 'holds',
    holds: (race) =>
      race.value('weighted-round-robin', 'failed') === 0 && race.value('round-robin', 'failed') > 5,
  },
  'fewest-beats-weighted-turns': {
    statement: 'With the same weights least connections is faster than weighted turns.',
    scenario: 'hardware',
    kind: 'beats',
    result: 'latency.mean',
    better: 'least-connections',
    worse: 'weighted-round-robin',
    seeds: 5,
  },
  'the-herd-loses-to-chance': {
    statement: 'On loads a second old, least connections is slower than chance.',
    scenario: 'herd',
    kind: 'beats',
    result: 'latency.mean',
    better: 'random',
    worse: 'least-connections',
    seeds: 5,
  },
  'two-survive-old-loads': {
    statement: 'The best of two is still faster than chance.',
    scenario: 'herd',
    kind: 'beats',
    result: 'latency.mean',
    better: 'power-of-choices',
    worse: 'random',
    seeds: 5,
  },
  'the-hole-draws': {
    statement: 'Least connections sends the failing instance at least twice its share.',
    scenario: 'black-hole',
    kind: 'holds',
    holds: (race) =>
      race.value('least-connections', 'toTroubled') > 2 * race.value('round-robin', 'toTroubled'),
  },
  'and-looks-fast': {
    statement: 'Meanwhile the median latency of least connections is the lower of the two.',
    scenario: 'black-hole',
    kind: 'holds',
    holds: (race) =>
      race.value('least-connections', 'latency.p50') < race.value('round-robin', 'latency.p50'),
  },
  'a-lock-takes-half': {
    statement: 'Twelve instances behind the lock answer about half of what they could alone.',
    scenario: 'lock',
    kind: 'holds',
    holds: (race) => {
      const answered = race.value('least-connections', 'answered');
      return answered > 50 && answered < 70;
    },
  },
} as const satisfies Record<string, Claim<ScenarioId, Strategy>>;
