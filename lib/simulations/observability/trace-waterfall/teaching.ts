/** What the reader is asked and told: tasks, predictions, planted bugs, omissions, claims. */
import type { Claim, Omission, PlantedBug, Prediction, Task } from '../../../simulation/definition';
import type { parameters } from './parameters';
import type { scenarios } from './scenarios';
import type { Policy } from './variants';

type ScenarioId = keyof typeof scenarios;

export const tasks = {
  'shorter-path': {
    title: 'Shorten the path, not the work',
    goal: 'Bring the mean checkout under 140 ms while no service and no network gets faster.',
    hint: 'Which of the calls on the critical path do not need what another returns?',
    scenario: 'anatomy',
    held: ['networkMs'],
    judge: (race) => {
      const ms = race.value('head', 'latency.mean');
      return { reached: ms < 140, reading: `A checkout takes ${ms.toFixed(1)} ms on average.` };
    },
    solution: { calls: 'parallel' },
  },
  patience: {
    title: 'As patient as the slowest',
    goal: 'Keep every slow request whole, with at most 60 traces waiting in the collector on average.',
    hint: 'The slowest take about 1.3 s from their first span to their last. What waits is the rate times the wait.',
    scenario: 'hurry',
    held: ['requestsPerSecond', 'slowMs', 'slowerThanMs'],
    judge: (race) => {
      const slowKept = race.value('tail', 'slowKept');
      const waiting = race.value('tail', 'held');
      return {
        reached: slowKept === 100 && waiting <= 60,
        reading: `${slowKept.toFixed(1)} % of the slow ones are whole; ${waiting.toFixed(1)} traces wait.`,
      };
    },
    solution: { decisionWaitMs: 1500 },
  },
  'rare-but-seen': {
    title: 'Rare, but seen',
    goal: 'Let adaptive sampling keep every export, and store at most 30 spans per second.',
    hint: 'A quota holds for each operation. How many exports come in a second, and how uneven?',
    scenario: 'race',
    held: ['requestsPerSecond', 'exportPercent'],
    judge: (race) => {
      const exports = race.value('adaptive', 'exportsKept');
      const stored = race.value('adaptive', 'stored');
      return {
        reached: exports === 100 && stored <= 30,
        reading: `${exports.toFixed(1)} % of the exports are kept; ${stored.toFixed(1)} spans per second are stored.`,
      };
    },
    solution: { targetPerSecond: 3 },
  },
} as const satisfies Readonly<Record<string, Task<typeof parameters, ScenarioId>>>;

export const predictions = {
  'who-explains': {
    question:
      'One payment in fifty fails, and head sampling keeps one trace in twenty. Of how many failures will you have the trace?',
    scenario: 'race',
    options: {
      most: 'Of most: a failed request leaves more behind',
      some: 'Of about one in twenty',
      half: 'Of about half',
    },
    answer: (race) => {
      const explained = race.value('head', 'explained');
      if (explained > 75) return 'most';
      return explained > 25 ? 'half' : 'some';
    },
    explain:
      'The choice is made at the gateway, before the payment is even tried. A failure has the same chance as everything else.',
  },
  'half-a-second': {
    question:
      'A collector keeps every request that takes long, and decides half a second after the first span. Of the requests that take more than a second, how many does it keep?',
    scenario: 'hurry',
    options: {
      all: 'All: they are longer than its limit',
      half: 'About half of them',
      few: 'As few as of all others',
    },
    answer: (race) => {
      const kept = race.value('tail', 'slowKept');
      if (kept > 75) return 'all';
      return kept > 25 ? 'half' : 'few';
    },
    explain:
      'A span is sent when it ends. At the decision the slow one is still open, and those that have arrived look quick.',
  },
} as const satisfies Readonly<Record<string, Prediction<ScenarioId>>>;

export const plantedBugs = {
  'flags-as-a-number': {
    title: 'Compares the flags as a whole',
    variant: 'head',
    file: 'traceparent',
    find: '(Number.parseInt(flags, 16) & SAMPLED) !== 0',
    replace: 'Number.parseInt(flags, 16) === SAMPLED',
    effect: 'As soon as a caller sets a second flag, this service stops recording sampled traces.',
    caughtBy: ['TW2'],
  },
  'only-slow-failures': {
    title: 'And instead of or',
    variant: 'tail',
    find: 'failed ||',
    replace: 'failed &&',
    effect: 'A failure that comes quickly, as most do, is thrown away.',
    caughtBy: ['TW5'],
  },
  'starts-afresh': {
    title: 'Forgets the second before',
    variant: 'adaptive',
    find: 'passed === 0 ? last.before : passed === 1 ? last.now : 0',
    replace: '0',
    effect: 'Each second begins as if nothing had ever come, and keeps several times its quota.',
    caughtBy: ['TW10'],
  },
  'rate-upside-down': {
    title: 'Keeps what should be rejected',
    variant: 'head',
    file: 'randomness',
    find: '(1 - rate) * TWO_TO_52',
    replace: 'rate * TWO_TO_52',
    effect:
      'A rate of five in a hundred keeps ninety-five, and the bill arrives at the end of the month.',
    caughtBy: ['TW3', 'TW4'],
  },
} as const satisfies Readonly<Record<string, PlantedBug<Policy>>>;

export const omissions: readonly Omission[] = [
  {
    what: 'At most one clock is ahead, always by the same time, and durations are measured without error.',
    effect:
      'On real machines all clocks differ a little and drift; a waterfall is less exact than any here.',
  },
  {
    what: 'Services have room for all requests, and nothing waits for a worker or a connection.',
    effect:
      'Durations do not grow with the load here; in production the wait is often the longest part, and needs a span of its own to be seen.',
  },
  {
    what: 'Recording and sending a span takes no time, and no span is lost on its way to the collector.',
    effect:
      'Tracing everything looks cheaper than it is, and tail sampling looks more reliable than it is.',
  },
  {
    what: 'There is one collector, so that all spans of a trace meet in it.',
    effect:
      'With several, spans must be sent on by trace id, or each decides on a part; the real thing needs another layer.',
  },
  {
    what: 'The collector remembers its decisions to the end, and takes each at the moment it is due.',
    effect:
      'A real one forgets: a span that comes later still is judged as a trace of its own. Long requests come apart more often there than here.',
  },
  {
    what: 'An error is noticed by all callers, and every service marks its span.',
    effect:
      'Where a service catches an error and answers with success, tail sampling keeps less than here.',
  },
];

export const claims = {
  'tail-explains': {
    statement: 'Tail sampling explains more failures than head sampling.',
    scenario: 'race',
    kind: 'beats',
    result: 'explained',
    better: 'tail',
    worse: 'head',
    seeds: 8,
  },
  'head-sends-less': {
    statement: 'Head sampling sends fewer spans than tail sampling.',
    scenario: 'race',
    kind: 'beats',
    result: 'sent',
    better: 'head',
    worse: 'tail',
    seeds: 8,
  },
  'adaptive-keeps-exports': {
    statement: 'Adaptive sampling keeps more of the rare exports than head sampling.',
    scenario: 'race',
    kind: 'beats',
    result: 'exportsKept',
    better: 'adaptive',
    worse: 'head',
    seeds: 8,
  },
  'tail-explains-all': {
    statement: 'A collector that waits long enough explains every failure.',
    scenario: 'race',
    kind: 'holds',
    holds: (race) => race.value('tail', 'explained') === 100,
  },
  'hurry-keeps-few': {
    statement: 'A collector that decides too early keeps few of the slow requests.',
    scenario: 'hurry',
    kind: 'holds',
    holds: (race) => race.value('tail', 'slowKept') < 25,
  },
  'hides-in-the-tail': {
    statement: 'The slowest checkout takes more than twice as long as nineteen in twenty.',
    scenario: 'culprit',
    kind: 'holds',
    holds: (race) => race.value('head', 'slowest') > 2 * race.value('head', 'latency.p95'),
  },
  'before-its-cause': {
    statement: 'One call in six seems to be answered by a span that begins before its cause.',
    scenario: 'skew',
    kind: 'holds',
    holds: (race) => Math.abs(race.value('tail', 'tooEarly') - 100 / 6) < 1,
  },
  'lost-explains-none': {
    statement: 'Behind a service that drops the header, no failure is explained.',
    scenario: 'lost',
    kind: 'holds',
    holds: (race) => race.value('head', 'explained') === 0 && race.value('head', 'kept') === 100,
  },
} as const satisfies Readonly<Record<string, Claim<ScenarioId, Policy>>>;
