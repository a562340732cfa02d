/** What the reader is asked, what may be said in prose, what can be broken, and what is left out. */
import type { Claim, PlantedBug, Prediction, Task } from '../../../simulation/definition';
import type { parameters } from './parameters';
import type { scenarios } from './scenarios';
import { BREAKERS, type VariantId } from './variants';

type ScenarioId = keyof typeof scenarios;
type BreakerTask = Task<typeof parameters, ScenarioId>;

export const tasks = {
  'calm-the-storm': {
    title: 'Calm the storm without a breaker',
    goal: 'Without a breaker, with three attempts and the same users, have nine in ten requests answered ten seconds after the cause has gone.',
    hint: 'Either fewer calls are sent when many fail, or a call that waits is still wanted when its turn comes.',
    scenario: 'storm',
    held: ['attempts', 'requestsPerSecond', 'slowdown'],
    judge: (race) => {
      const share = race.value('no-breaker', 'aftermath');
      return {
        reached: share >= 90,
        reading: `${share.toFixed(1)} % are answered ten seconds on.`,
      };
    },
    solution: { queueLimit: 20 },
  },
  'back-in-a-second': {
    title: 'Back within a second',
    goal: 'Have both breakers back within one second of the end of the errors, with at most 800 calls sent by each.',
    hint: 'The wait is what is left of the cool-down when the errors end, plus the probes.',
    scenario: 'down',
    held: ['attempts', 'errorPercent'],
    judge: (race) => {
      const pair = ['consecutive-failures', 'time-window'] as const;
      const slowestMs = Math.max(...pair.map((variant) => race.value(variant, 'recovery')));
      const calls = Math.max(...pair.map((variant) => race.value(variant, 'calls')));
      return {
        reached: slowestMs <= 1000 && calls <= 800,
        reading: `The slower one is back after ${(slowestMs / 1000).toFixed(2)} s; at most ${calls} calls were sent.`,
      };
    },
    solution: { openMs: 500, probes: 1 },
  },
  'hands-and-answers': {
    title: 'Fewer hands, most answers',
    goal: 'With the window of time, have at most 70 requests in hand and answer at least 80 %.',
    hint: 'A call is slow long before it is worth refusing. What is slow, and how many must be?',
    scenario: 'slow',
    judge: (race) => {
      const hands = race.value('time-window', 'inHandMost');
      const answered = race.value('time-window', 'answered');
      return {
        reached: hands <= 70 && answered >= 80,
        reading: `At most ${hands} in hand; ${answered.toFixed(1)} % answered.`,
      };
    },
    solution: { slowCallMs: 1000, slowRatePercent: 60 },
  },
  'no-false-alarm': {
    title: 'No false alarm in ten minutes',
    goal: 'Keep the window of time from ever opening falsely, with a minimum of at most half the calls in an average window.',
    hint: 'A minimum number of calls needs a window that has time to collect them.',
    scenario: 'low-volume',
    held: ['failureRatePercent', 'requestsPerSecond'],
    judge: (race) => {
      const falseTrips = race.value('time-window', 'falseTrips');
      const callsPerWindow =
        (Number(race.parameter('requestsPerSecond')) * Number(race.parameter('windowMs'))) / 1000;
      const minimum = Number(race.parameter('minimumCalls'));
      return {
        reached: falseTrips === 0 && minimum <= callsPerWindow / 2,
        reading: `${falseTrips} false openings; a window holds ${callsPerWindow} calls on average, the minimum is ${minimum}.`,
      };
    },
    solution: { windowMs: 20_000, minimumCalls: 10 },
  },
  'spare-the-good': {
    title: 'Spare the good instances',
    goal: 'Have at least nine in ten requests answered behind the window of time, one attempt each, with the same users.',
    hint: 'What is sick here: the dependency, or one address of it?',
    scenario: 'instances',
    held: ['requestsPerSecond', 'attempts'],
    judge: (race) => {
      const answered = race.value('time-window', 'answered');
      return { reached: answered >= 90, reading: `${answered.toFixed(1)} % are answered.` };
    },
    solution: { scope: 'per-instance' },
  },
} as const satisfies Record<string, BreakerTask>;

export const predictions = {
  'flaky-breaker': {
    question:
      'Four calls in ten fail, independently, and every request has three attempts. What does a breaker that opens at a failure rate of 30 % do to the share of requests that are answered?',
    scenario: 'flaky',
    options: {
      raises: 'It raises it: failing calls are no longer made',
      same: 'It changes little: retries do the work either way',
      lowers: 'It lowers it: good calls are refused as well',
    },
    answer: (race) => {
      const ratio = race.value('time-window', 'answered') / race.value('no-breaker', 'answered');
      if (ratio > 1.05) return 'raises';
      return ratio < 0.95 ? 'lowers' : 'same';
    },
    explain:
      'All three attempts fail in only six cases in a hundred. The breaker sees four failures in ten, calls that sick, and sends nothing at all.',
  },
  'one-of-three': {
    question:
      'One of three instances fails every call. One breaker guards all three and opens at a failure rate of 30 %. How many requests are answered?',
    scenario: 'instances',
    options: {
      most: 'More than nine in ten: the breaker keeps calls away from the bad one',
      'two-thirds': 'About two thirds, as without a breaker',
      few: 'Fewer than half',
    },
    answer: (race) => {
      const answered = race.value('time-window', 'answered');
      if (answered > 90) return 'most';
      return answered < 50 ? 'few' : 'two-thirds';
    },
    explain:
      'A third of the calls fail, and that is above the threshold: the breaker opens for all three, and every third probe meets the bad instance and opens it again.',
  },
} as const satisfies Record<string, Prediction<ScenarioId>>;

export const plantedBugs = {
  'late-answers-count': {
    title: 'Late answers count',
    variant: 'consecutive-failures',
    file: 'state-machine',
    find: "if (permit !== generation || phase.state === 'open') return;",
    replace: "if (phase.state === 'open') return;",
    effect:
      'Calls that were sent before the trip time out while probes are under way and open the breaker again, though every probe succeeds.',
    caughtBy: ['CB7'],
  },
  'herd-of-probes': {
    title: 'A herd instead of a probe',
    variant: 'consecutive-failures',
    file: 'state-machine',
    find: 'if (phase.probesLeft === 0) return { allowed: false, retryAfterMs: 0 };',
    replace: '',
    effect:
      'The moment the cool-down is over, all traffic goes to a dependency whose health nobody knows.',
    caughtBy: ['CB8'],
  },
  'probe-not-given-back': {
    title: 'A probe that is never given back',
    variant: 'count-window',
    file: 'state-machine',
    find: "if (phase.state === 'half-open') phase.probesLeft++;",
    replace: '',
    effect:
      'A probe that is cancelled leaves the breaker half-open for ever: it waits for a result that never comes.',
    caughtBy: ['CB4'],
  },
  'wait-starts-anew': {
    title: 'Every refusal restarts the wait',
    variant: 'consecutive-failures',
    file: 'state-machine',
    find: 'return { allowed: false, retryAfterMs: phase.sinceMs + openMs - nowMs };',
    replace: 'phase.sinceMs = nowMs;\n          return { allowed: false, retryAfterMs: openMs };',
    effect: 'A busy service never gets to its probes, because somebody always asks too early.',
    caughtBy: ['CB8'],
  },
  'total-not-in-a-row': {
    title: 'In total instead of in a row',
    variant: 'consecutive-failures',
    find: "failures = outcome === 'failure' ? failures + 1 : 0;",
    replace: "failures = outcome === 'failure' ? failures + 1 : failures;",
    effect: 'The breaker opens after days of good service, at the sixth failure of its life.',
    caughtBy: ['CB1', 'CB6', 'CB9'],
  },
  'no-minimum': {
    title: 'No minimum',
    variant: 'time-window',
    file: 'count-window',
    find: "if (calls < minimumCalls) return 'undecided';",
    replace: '',
    effect: 'The first failure of the night is a failure rate of a hundred per cent.',
    caughtBy: ['CB2', 'CB3', 'CB10'],
  },
  'half-is-enough': {
    title: 'At the threshold instead of above it',
    variant: 'error-percentage',
    find: 'failures * 100 > failureRatePercent * calls',
    replace: 'failures * 100 >= failureRatePercent * calls',
    effect: 'It opens earlier than its documentation says.',
    caughtBy: ['CB5'],
  },
} as const satisfies Record<string, PlantedBug<VariantId>>;

export const omissions = [
  {
    what: 'The dependency does not notice that a caller has given up, and works on.',
    effect:
      'A server that stops when its client disconnects wastes less work, so storms are weaker than here.',
  },
  {
    what: 'One process calls the dependency and learns from all of its calls.',
    effect:
      'With many processes each learns by itself: more calls are spent before all breakers are open, and more probes while they are.',
  },
  {
    what: 'A retry is paid for out of the budget before its pause, and the breaker is asked after it.',
    effect:
      'One that the breaker then refuses is paid for though no call is sent: a service that took it back could retry a little more.',
  },
  {
    what: 'The service has any number of threads, connections and memory.',
    effect:
      'Where a pool runs dry, requests that never needed the dependency fail too: without a breaker it is worse than here.',
  },
  {
    what: 'The fallback always answers, at once and at no cost.',
    effect: 'A fallback that has to work, or fails, makes the breaker look better here than it is.',
  },
  {
    what: 'A dependency that is well again has its full capacity at once.',
    effect:
      'With cold caches and pools a breaker that closes at once can bring it down again; recovery takes longer than here.',
  },
  {
    what: 'A call that fails takes as long to serve as one that succeeds.',
    effect:
      'Errors that come at once free the workers: the queue behind failing calls is shorter than here.',
  },
  {
    what: 'Users ask once and accept what they get.',
    effect: 'Real ones reload the page, so storms are stronger than here.',
  },
];

export const claims = {
  'outlives-its-cause': {
    statement:
      'Ten seconds after the dependency is well again, fewer than one request in twenty is answered.',
    scenario: 'storm',
    kind: 'holds',
    holds: (race) => race.value('no-breaker', 'aftermath') < 5,
  },
  'calls-exceed-capacity': {
    statement: 'Over the run requests cost more than two calls each.',
    scenario: 'storm',
    kind: 'holds',
    holds: (race) => race.value('no-breaker', 'amplification.mean') > 2,
  },
  'breaker-comes-back': {
    statement: 'Behind the breaker every request is answered ten seconds on.',
    scenario: 'rescue',
    kind: 'holds',
    holds: (race) => race.value('consecutive-failures', 'aftermath') === 100,
  },
  'breaker-sends-less': {
    statement: 'With the breaker fewer calls are sent.',
    scenario: 'rescue',
    kind: 'beats',
    result: 'calls',
    better: 'consecutive-failures',
    worse: 'no-breaker',
    seeds: 10,
  },
  'breaker-holds-fewer': {
    statement: 'With the breaker the service holds fewer requests at its worst moment.',
    scenario: 'rescue',
    kind: 'beats',
    result: 'inHandMost',
    better: 'consecutive-failures',
    worse: 'no-breaker',
    seeds: 10,
  },
  'slow-is-not-seen': {
    statement:
      'The breaker that counts failures does not open here, the one that counts slow calls does.',
    scenario: 'slow',
    kind: 'holds',
    isOfThisRun: true,
    holds: (race) =>
      race.value('consecutive-failures', 'trips') === 0 && race.value('time-window', 'trips') > 0,
  },
  'slow-rule-frees-hands': {
    statement: 'A breaker that counts slow calls holds fewer requests at its worst moment.',
    scenario: 'slow',
    kind: 'beats',
    result: 'inHandMost',
    better: 'time-window',
    worse: 'consecutive-failures',
    seeds: 10,
  },
  'slow-rule-costs-answers': {
    statement: 'It answers fewer requests than the breaker that never opens.',
    scenario: 'slow',
    kind: 'beats',
    result: 'answered',
    better: 'consecutive-failures',
    worse: 'time-window',
    seeds: 10,
  },
  'more-probes-fewer-relapses': {
    statement: 'Ten probes close the breaker wrongly less often than one does.',
    scenario: 'half-open',
    kind: 'beats',
    result: 'trips',
    better: 'time-window',
    worse: 'error-percentage',
    seeds: 20,
  },
  'quiet-opens-falsely': {
    statement: 'Every opening on the quiet service is a false one, and only the window opens.',
    scenario: 'low-volume',
    kind: 'holds',
    holds: (race) =>
      race.value('time-window', 'trips') > 0 &&
      race.value('time-window', 'falseTrips') === race.value('time-window', 'trips') &&
      race.value('consecutive-failures', 'trips') === 0,
  },
  'shared-cuts-off-the-good': {
    statement: 'One breaker for all three instances answers fewer requests than none.',
    scenario: 'instances',
    kind: 'beats',
    result: 'answered',
    better: 'no-breaker',
    worse: 'time-window',
    seeds: 10,
  },
  'retries-beat-the-breaker': {
    statement:
      'Where four calls in ten fail, retries alone answer more than retries and a breaker.',
    scenario: 'flaky',
    kind: 'beats',
    result: 'answered',
    better: 'no-breaker',
    worse: 'time-window',
    seeds: 10,
  },
  'all-come-back': {
    statement: 'Behind any of the four breakers nearly everything is answered ten seconds on.',
    scenario: 'race',
    kind: 'holds',
    holds: (race) => BREAKERS.every((variant) => race.value(variant, 'aftermath') > 95),
  },
  'in-a-row-leaves-fewest': {
    statement:
      'Of the four, failures in a row leave the fewest requests in hand at the worst moment.',
    scenario: 'race',
    kind: 'holds',
    holds: (race) =>
      BREAKERS.every(
        (variant) =>
          variant === 'consecutive-failures' ||
          race.value(variant, 'inHandMost') > race.value('consecutive-failures', 'inHandMost'),
      ),
  },
  'time-leaves-most': {
    statement: 'Of the four, both that look at a window of time leave the most.',
    scenario: 'race',
    kind: 'holds',
    holds: (race) =>
      (['time-window', 'error-percentage'] as const).every((window) =>
        (['consecutive-failures', 'count-window'] as const).every(
          (other) => race.value(window, 'inHandMost') > race.value(other, 'inHandMost'),
        ),
      ),
  },
} as const satisfies Record<string, Claim<ScenarioId, VariantId>>;
