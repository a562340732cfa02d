/** What the reader is asked, what may be said in prose, what can be broken, and what is left out. */
import type { Claim, PlantedBug, Prediction, Task } from '../../../simulation/definition';
import { capacityOf, type parameters } from './parameters';
import type { scenarios } from './scenarios';
import { PROTECTED, type VariantId } from './variants';

type ScenarioId = keyof typeof scenarios;
type OverloadTask = Task<typeof parameters, ScenarioId>;

export const tasks = {
  'end-the-storm': {
    title: 'End the storm by what clients do',
    goal: 'With the same load, the same slow database and a timeout of one second, have nine in ten requests answered ten seconds after the cause has gone.',
    hint: 'With longer pauses just as many attempts come, only later. What bounds their number?',
    scenario: 'storm',
    held: ['loadPercent', 'timeoutMs', 'slowdown'],
    judge: (race) => {
      const share = race.value('fifo', 'aftermath');
      return {
        reached: share >= 90,
        reading: `${share.toFixed(1)} % are answered ten seconds on.`,
      };
    },
    solution: { retryBudgetPercent: 10 },
  },
  'time-to-spare': {
    title: 'Leave enough time',
    goal: 'At twice the capacity, answer at least 38 requests a second in time.',
    hint: 'One request in a hundred takes more than four and a half times the mean to serve.',
    scenario: 'too-late',
    held: ['loadPercent', 'timeoutMs'],
    judge: (race) => {
      const goodput = race.value('deadline', 'goodput');
      return {
        reached: goodput >= 38,
        reading: `${goodput.toFixed(2)} a second are answered in time.`,
      };
    },
    solution: { neededMs: 800 },
  },
  'checkout-first': {
    title: 'Checkout first',
    goal: 'Half of the requests can be done without. Answer 95 in 100 of the others at 180 % of the capacity.',
    hint: 'The last places in the queue are for those that matter: how many may low priority take?',
    scenario: 'priorities',
    held: ['lowPercent'],
    judge: (race) => {
      const high = race.value('bounded', 'answeredHigh');
      const isAsked = race.parameter('loadPercent') === 180;
      return {
        reached: isAsked && high >= 95,
        reading: isAsked
          ? `${high.toFixed(2)} % of high priority are answered.`
          : 'Set the load to 180 %.',
      };
    },
    solution: { loadPercent: 180, lowRoom: 1 },
  },
  'ready-in-time': {
    title: 'Ready in time',
    goal: 'With the same users, answer 95 in 100 of all requests behind the deadline-aware queue.',
    hint: 'Until new instances are up, those that you have must do. How many could you have beforehand?',
    scenario: 'autoscale',
    held: ['loadPercent', 'surge'],
    judge: (race) => {
      const answered = race.value('deadline', 'answered');
      return { reached: answered >= 95, reading: `${answered.toFixed(2)} % are answered.` };
    },
    solution: { startMs: 3000 },
  },
} as const satisfies Record<string, OverloadTask>;

export const predictions = {
  'half-too-much': {
    question:
      'Requests come at one and a half times the capacity; nobody retries, and a queue without a bound serves them in order. How much of its capacity does the service spend on answers in time?',
    scenario: 'cliff',
    options: {
      all: 'Nearly all of it: the workers are always busy',
      'two-thirds': 'Two thirds: two in three requests can be served',
      none: 'Next to nothing',
    },
    answer: (race) => {
      const share = race.value('fifo', 'goodput') / capacityOf(race);
      if (share > 0.85) return 'all';
      return share > 0.3 ? 'two-thirds' : 'none';
    },
    explain:
      'The queue grows until its front has waited as long as clients do. From then on every request that a worker begins has just been abandoned: the workers are busy all the time, and all for nobody.',
  },
  'help-arrives': {
    question:
      'The load doubles; the autoscaler orders instances, and they start. What becomes of the service whose queue is in order of arrival?',
    scenario: 'autoscale',
    options: {
      saved: 'It recovers when the new instances are up',
      slow: 'It recovers after a second round of scaling',
      lost: 'It does not recover within the minute',
    },
    answer: (race) => {
      const answered = race.value('fifo', 'answered');
      if (answered > 80) return 'saved';
      return answered > 40 ? 'slow' : 'lost';
    },
    explain:
      'By the time the new instances are up, each user sends three attempts, and the queue holds many seconds of work. The new capacity works on requests that were abandoned long ago.',
  },
} as const satisfies Record<string, Prediction<ScenarioId>>;

export const plantedBugs = {
  'no-time-to-spare': {
    title: 'A deadline without time to spare',
    variant: 'deadline',
    find: 'if (nowMs + options.neededMs <= request.deadlineMs) return request;',
    replace: 'if (nowMs <= request.deadlineMs) return request;',
    effect:
      'Under overload each request is begun just before its deadline and finished after it: the workers are busy for nobody.',
    caughtBy: ['OV11', 'OV14'],
  },
  'one-too-many': {
    title: 'One more than the limit',
    variant: 'bounded',
    find: "if (line.length >= options.queueLimit) return 'full';",
    replace: "if (line.length > options.queueLimit) return 'full';",
    effect:
      'A limit of zero still lets somebody wait, and every limit means one more than it says.',
    caughtBy: ['OV2'],
  },
  'sheds-the-wrong-ones': {
    title: 'The wrong ones are shed',
    variant: 'bounded',
    file: 'shed',
    find: "priority === 'low'",
    replace: "priority !== 'low'",
    effect: 'Under load checkouts are refused so that recommendations find room.',
    caughtBy: ['OV4'],
  },
  'drops-at-one-pace': {
    title: 'Drops at one pace',
    variant: 'codel',
    find: 'count++;',
    replace: '',
    effect:
      'However long the overload lasts, one request an interval is dropped, and the queue grows as if none were.',
    caughtBy: ['OV6'],
  },
  'oldest-first': {
    title: 'The oldest first, when it matters',
    variant: 'adaptive-lifo',
    find: 'standing ? line.takeLast() : line.takeFirst()',
    replace: 'standing ? line.takeFirst() : line.takeLast()',
    effect: 'On a good day people overtake each other, and on a bad one the stale go first.',
    caughtBy: ['OV7'],
  },
} as const satisfies Record<string, PlantedBug<VariantId>>;

export const omissions = [
  {
    what: 'Refusing a request costs nothing.',
    effect:
      'A real no takes parsing, authentication, a connection: far above the capacity, refusals alone use it up, and goodput falls where it stays level here.',
  },
  {
    what: 'Workers do not hear that a client has gone, and finish what they have begun.',
    effect:
      'A server that cancels work when the connection closes wastes less, so storms are weaker than here.',
  },
  {
    what: 'A worker takes just as long for a request whatever else goes on.',
    effect:
      'Real ones slow down under load (memory, garbage collection, locks, cold caches), so the cliff lies lower than here.',
  },
  {
    what: 'One queue stands in front of all instances.',
    effect:
      'With a queue at each instance some are full while others are idle: waits are longer and goodput a little lower than here.',
  },
  {
    what: 'Service times are exponential, with no heavy tail.',
    effect: 'Times that vary more make longer queues, and a deadline is harder to meet than here.',
  },
  {
    what: 'A user who has failed does not come back.',
    effect: 'Real ones reload the page, so storms are stronger than here.',
  },
  {
    what: 'New instances serve at full speed from their first moment, and none is ever taken away.',
    effect: 'Cold ones are slower, so scaling helps later than here.',
  },
];

export const claims = {
  'outlives-its-cause': {
    statement:
      'Ten seconds after the cause has gone, fewer than one request in twenty is answered.',
    scenario: 'storm',
    kind: 'holds',
    holds: (race) => race.value('fifo', 'aftermath') < 5,
  },
  'more-than-it-can-do': {
    statement: 'Over the whole minute, attempts exceed the capacity, and most work is wasted.',
    scenario: 'storm',
    kind: 'holds',
    holds: (race) =>
      race.value('fifo', 'offered') > capacityOf(race) && race.value('fifo', 'wasted') > 50,
  },
  'four-come-back': {
    statement:
      'Ten seconds on, all but the unbounded FIFO and CoDel answer nearly everybody, and those two fewer than half.',
    scenario: 'policies',
    kind: 'holds',
    holds: (race) =>
      PROTECTED.every((variant) => race.value(variant, 'aftermath') > 95) &&
      (['fifo', 'codel'] as const).every((variant) => race.value(variant, 'aftermath') < 50),
  },
  'codel-is-late': {
    statement:
      'CoDel as it was made for packets answers fewer than half as many as Facebook’s adaptive LIFO.',
    scenario: 'policies',
    kind: 'holds',
    holds: (race) => race.value('codel', 'answered') < race.value('adaptive-lifo', 'answered') / 2,
  },
  'lifo-works-for-the-dead': {
    statement: 'Of the queues that come back, plain LIFO does the most work for nobody.',
    scenario: 'policies',
    kind: 'holds',
    holds: (race) =>
      PROTECTED.every(
        (variant) =>
          variant === 'lifo' || race.value(variant, 'wasted') < race.value('lifo', 'wasted'),
      ),
  },
  'order-answers-nobody': {
    statement:
      'In order of arrival, fewer than one request in a hundred is answered in time, while the workers are always busy.',
    scenario: 'cliff',
    kind: 'holds',
    holds: (race) => race.value('fifo', 'answered') < 1 && race.value('fifo', 'utilisation') > 99.9,
  },
  'deadlines-keep-the-goodput': {
    statement: 'With deadlines the queue keeps more of the capacity.',
    scenario: 'cliff',
    kind: 'beats',
    result: 'goodput',
    better: 'deadline',
    worse: 'fifo',
    seeds: 10,
  },
  'expired-is-not-enough': {
    statement: 'A queue that drops only what has expired answers next to nobody.',
    scenario: 'too-late',
    kind: 'holds',
    holds: (race) => race.value('deadline', 'answered') < 3,
  },
  'high-is-spared': {
    statement:
      'With shedding, nearly all of high priority and fewer than half of low priority are answered.',
    scenario: 'priorities',
    kind: 'holds',
    holds: (race) =>
      race.value('bounded', 'answeredHigh') > 95 && race.value('bounded', 'answeredLow') < 50,
  },
  'help-comes-for-nobody': {
    statement:
      'The autoscaler more than doubles the instances, and in order of arrival fewer than one in four is answered.',
    scenario: 'autoscale',
    kind: 'holds',
    holds: (race) => race.value('fifo', 'instancesMost') > 8 && race.value('fifo', 'answered') < 25,
  },
  'deadlines-bridge-the-gap': {
    statement:
      'With deadlines no more instances than without answer more than three requests in four.',
    scenario: 'autoscale',
    kind: 'holds',
    holds: (race) =>
      race.value('deadline', 'answered') > 75 &&
      race.value('deadline', 'instancesMost') <= race.value('fifo', 'instancesMost'),
  },
} as const satisfies Record<string, Claim<ScenarioId, VariantId>>;
