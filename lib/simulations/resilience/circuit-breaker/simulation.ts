import { defineSimulation } from '../../../simulation/definition';
import { poissonTimes, workloadOf } from '../../../simulation/workload';
import { checks, STORM } from './checks';
import { measures } from './measures';
import { parameters, SHOWN_MS } from './parameters';
import { run } from './run';
import { ALL, BREAKERS, variants } from './variants';
import { views } from './views';

/** Where nothing changes over time, means and counts are taken over longer than is shown. */
const STEADY_MS = 600_000;

export const simulation = defineSimulation({
  title: 'Circuit breaker',
  describe:
    'A service with timeouts, retries and a circuit breaker calls a dependency that fails for a while.',
  version: 2,
  link: { version: 1, migrations: {} },
  parameters,
  variants,

  timing: ({ errorPercent, slowdown }) => ({
    shownMs: SHOWN_MS,
    measuredMs: errorPercent.length === 1 && slowdown.length === 1 ? STEADY_MS : SHOWN_MS,
    warmUpMs: 0,
  }),

  // Only the arrivals are the same for all; what a call takes and whether it fails is drawn by
  // (request, attempt) in the run, so that variants that both make an attempt see the same.
  workload: ({ parameters: { requestsPerSecond }, random, untilMs }) =>
    workloadOf(
      poissonTimes(random('arrivals'), { ratePerSecond: requestsPerSecond, untilMs }).map(
        (atMs) => ({ atMs }),
      ),
    ),

  measures,
  views,

  interventions: {
    break: {
      label: 'Break the dependency',
      describe: 'From now on it answers every call with an error.',
    },
    restore: {
      label: 'Set the dependency right',
      describe: 'From now on it is well, whatever its schedules say.',
    },
    restart: {
      label: 'Restart the dependency',
      describe: 'It forgets the calls that wait there and those it works on.',
    },
    'hold-open': {
      label: 'Hold the breaker open',
      describe: 'No call is sent until the breaker is reset.',
    },
    'hold-closed': {
      label: 'Hold the breaker closed',
      describe: 'Every call is sent until the breaker is reset.',
    },
    reset: {
      label: 'Reset the breaker',
      describe: 'It is closed and has forgotten all results.',
    },
  },

  run,

  scenarios: {
    /** The failure that opens the guide: a system in a metastable state, held there by its retries. */
    storm: {
      title: 'Six slow seconds',
      question: 'How long is a service down whose dependency was slow for six seconds?',
      story:
        'A dependency becomes twenty times as slow for six seconds; the service gives a call up after one, and tries three times.',
      watch: 'Watch the calls sent against the capacity, after the dependency is well again.',
      parameters: STORM,
      variants: ['no-breaker'],
      views: ['scene', 'answers', 'load', 'events'],
      controls: [
        'attempts',
        'timeoutMs',
        'retryBudgetPercent',
        'queueLimit',
        'requestsPerSecond',
        'slowdown',
      ],
      measures: ['answered', 'aftermath', 'amplification.mean', 'wasted', 'inHandMost'],
      seed: 1,
      // Eight seconds after the cause has gone.
      stillAtMs: 20_000,
      speed: 2,
    },

    /** The same six seconds with and without the simplest of all breakers. */
    rescue: {
      title: 'The same six seconds behind a breaker',
      question: 'What does a breaker change that counts to six?',
      story:
        'Two services meet the same users and the same slow dependency; one has a breaker that opens after six failures in a row.',
      watch:
        'Watch the queue of the dependency while the breaker is open, and what happens when it closes.',
      parameters: STORM,
      variants: ['no-breaker', 'consecutive-failures'],
      views: ['scene', 'answers', 'breaker', 'states', 'events'],
      controls: [
        'consecutiveFailures',
        'openMs',
        'probes',
        'attempts',
        'timeoutMs',
        'nesting',
        'slowdown',
      ],
      measures: ['answered', 'aftermath', 'latency.p99', 'inHandMost', 'calls', 'spared'],
      seed: 1,
      stillAtMs: 20_000,
      speed: 2,
    },

    /** Errors that come fast, for long enough to see how often the breaker asks. */
    down: {
      title: 'Eighteen seconds of nothing but errors',
      question: 'How often should a breaker ask whether the dependency is back?',
      story: 'Every call fails for eighteen seconds, then every call succeeds.',
      watch: 'Watch how long after the end the breaker closes, and what it sent until then.',
      parameters: {
        openMs: 5000,
        errorPercent: [
          { atMs: 0, value: 0 },
          { atMs: 6000, value: 100 },
          { atMs: 24_000, value: 0 },
        ],
      },
      variants: ['no-breaker', 'consecutive-failures', 'time-window'],
      views: ['answers', 'load', 'breaker'],
      controls: ['openMs', 'probes', 'attempts', 'errorPercent'],
      measures: ['answered', 'recovery', 'calls', 'spared', 'latency.p50'],
      seed: 1,
      speed: 2,
    },

    /** Nothing fails: what a breaker that counts failures cannot see. */
    slow: {
      title: 'Slow, and never wrong',
      question: 'Does a breaker notice a dependency that answers everything, four times as slowly?',
      story:
        'For eighteen seconds every call takes four times as long, and the service is patient: it waits five seconds for each.',
      watch: 'Watch the requests in hand, each of which holds a thread or a connection.',
      parameters: {
        capacityPerSecond: 100,
        workers: 20,
        timeoutMs: 5000,
        slowCallMs: 500,
        slowRatePercent: 50,
        slowdown: [
          { atMs: 0, value: 1 },
          { atMs: 6000, value: 4 },
          { atMs: 24_000, value: 1 },
        ],
      },
      variants: ['consecutive-failures', 'time-window'],
      views: ['hands', 'answers', 'breaker'],
      controls: ['slowCallMs', 'slowRatePercent', 'openMs', 'timeoutMs'],
      measures: ['inHandMost', 'latency.p99', 'answered', 'refused'],
      seed: 1,
      speed: 2,
    },

    /** A dependency that is neither well nor gone, probed once or ten times. */
    'half-open': {
      title: 'One probe, or ten',
      question: 'What does one successful call prove?',
      story:
        'For half a minute six calls in ten fail, and each breaker tries again every 1.5 seconds.',
      watch: 'Watch how often each closes, only to open again.',
      parameters: {
        requestsPerSecond: 15,
        attempts: 1,
        openMs: 1500,
        probes: 10,
        errorPercent: [
          { atMs: 0, value: 0 },
          { atMs: 4000, value: 60 },
          { atMs: 34_000, value: 0 },
        ],
      },
      variants: ['error-percentage', 'time-window'],
      views: ['machine', 'breaker', 'answers', 'states'],
      controls: ['probes', 'openMs', 'errorPercent'],
      measures: ['trips', 'failed', 'refused', 'answered'],
      seed: 3,
      seedReason: 'Both open as often as they do on average over forty seeds.',
      speed: 2,
    },

    /** A healthy dependency and so little traffic that one failure is half of what a window holds. */
    'low-volume': {
      title: 'A quiet service and a breaker that is afraid',
      question: 'How often does a breaker open although nothing is wrong?',
      story:
        'One request per second, of which one in ten fails as it always has; the window holds five seconds.',
      watch: 'Watch what the breaker had seen when it opened.',
      parameters: {
        requestsPerSecond: 1,
        attempts: 1,
        minimumCalls: 2,
        errorPercent: [{ atMs: 0, value: 10 }],
      },
      variants: ['consecutive-failures', 'time-window'],
      views: ['machine', 'breaker', 'states', 'events'],
      controls: ['minimumCalls', 'windowMs', 'failureRatePercent', 'requestsPerSecond'],
      measures: ['falseTrips', 'refused', 'answered', 'requests'],
      seed: 2,
      seedReason:
        'It opens falsely as often as on average, and three times within the time that is shown.',
      speed: 4,
    },

    /** A partial failure, and what a breaker that cannot tell instances apart makes of it. */
    instances: {
      title: 'One bad instance of three',
      question: 'What becomes of the other two?',
      story:
        'From the sixth second on the first of three instances answers every call with an error; the failure rate that opens the breaker is 30 %.',
      watch:
        'Watch what the two good instances get to do; then give each instance its own breaker.',
      parameters: {
        requestsPerSecond: 20,
        instances: 3,
        workers: 3,
        queueLimit: 50,
        attempts: 1,
        failureRatePercent: 30,
        ailing: 'one',
        errorPercent: [
          { atMs: 0, value: 0 },
          { atMs: 6000, value: 100 },
        ],
      },
      variants: ['no-breaker', 'time-window'],
      views: ['scene-instances', 'answers', 'instances'],
      controls: ['scope', 'failureRatePercent', 'requestsPerSecond', 'attempts'],
      measures: ['answered', 'refused', 'failed', 'openShare'],
      seed: 1,
      speed: 2,
    },

    /** Errors that retries can live with, and a breaker that cannot. */
    flaky: {
      title: 'Four calls in ten fail',
      question: 'Is a breaker better than retries where a dependency fails in part?',
      story:
        'From the fifth second on four calls in ten fail, each by itself; there is capacity for three attempts.',
      watch:
        'Watch the share answered, with the failure rate of the breaker below and above that of the calls.',
      parameters: {
        requestsPerSecond: 15,
        failureRatePercent: 30,
        errorPercent: [
          { atMs: 0, value: 0 },
          { atMs: 5000, value: 40 },
        ],
      },
      variants: ['no-breaker', 'time-window'],
      views: ['answers', 'breaker', 'load'],
      controls: ['failureRatePercent', 'attempts', 'requestsPerSecond', 'errorPercent'],
      measures: ['answered', 'refused', 'failed', 'amplification.mean'],
      seed: 1,
      speed: 2,
    },

    /** The whole field on the storm, with every setting. */
    race: {
      title: 'All rules on the same storm',
      question: 'Which rule notices first, and what does that cost?',
      story: 'Five services meet the same users and the same six slow seconds.',
      watch: 'Watch when each opens, and how many requests it has in hand by then.',
      parameters: STORM,
      variants: ALL,
      views: ['answers', 'breaker', 'hands', 'queue', 'states'],
      controls: [
        'requestsPerSecond',
        'slowdown',
        'errorPercent',
        'attempts',
        'backoffMs',
        'retryBudgetPercent',
        'timeoutMs',
        'nesting',
        'consecutiveFailures',
        'windowCalls',
        'windowMs',
        'minimumCalls',
        'failureRatePercent',
        'slowCallMs',
        'slowRatePercent',
        'openMs',
        'probes',
        'capacityPerSecond',
        'workers',
        'queueLimit',
      ],
      measures: ['answered', 'failed', 'inHandMost', 'latency.p99', 'recovery'],
      seed: 1,
      speed: 2,
    },
  },

  tasks: {
    'calm-the-storm': {
      title: 'Calm the storm without a breaker',
      goal: 'Without a breaker, with three attempts for as many users, have nine in ten requests answered ten seconds after the cause has gone.',
      hint: 'Either fewer calls are sent when many fail, or a call that waits is still wanted when its turn comes.',
      scenario: 'storm',
      judge: (race) => {
        const share = race.value('no-breaker', 'aftermath');
        const isSame =
          race.parameter('attempts') === 3 &&
          race.parameter('requestsPerSecond') === parameters.requestsPerSecond.default &&
          JSON.stringify(race.parameter('slowdown')) === JSON.stringify(STORM.slowdown);
        return {
          reached: isSame && share >= 90,
          reading: isSame
            ? `${share.toFixed(0)} % are answered ten seconds on.`
            : 'Attempts, users or the six slow seconds have changed; set them back.',
        };
      },
      solution: { queueLimit: 20 },
    },
    'back-in-a-second': {
      title: 'Back within a second',
      goal: 'Let both breakers be back within one second of the end of the errors, and send at most 800 calls each.',
      hint: 'The wait is what is left of the cool-down when the errors end, and then the probes.',
      scenario: 'down',
      judge: (race) => {
        const pair = ['consecutive-failures', 'time-window'] as const;
        const slowestMs = Math.max(...pair.map((variant) => race.value(variant, 'recovery')));
        const calls = Math.max(...pair.map((variant) => race.value(variant, 'calls')));
        return {
          reached: slowestMs <= 1000 && calls <= 800,
          reading: `The later one is back after ${(slowestMs / 1000).toFixed(1)} s; at most ${calls} calls were sent.`,
        };
      },
      solution: { openMs: 500, probes: 1 },
    },
    'hands-and-answers': {
      title: 'Fewer hands, most answers',
      goal: 'With the window of time, never have more than 70 requests in hand and answer at least 80 %.',
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
      goal: 'Let the window of time never open falsely, with a minimum that half the calls of an average window reach.',
      hint: 'A minimum of calls needs a window that has time to collect them.',
      scenario: 'low-volume',
      judge: (race) => {
        const falseTrips = race.value('time-window', 'falseTrips');
        const callsPerWindow =
          (Number(race.parameter('requestsPerSecond')) * Number(race.parameter('windowMs'))) / 1000;
        const minimum = Number(race.parameter('minimumCalls'));
        const isQuiet = race.parameter('requestsPerSecond') === 1;
        return {
          reached: isQuiet && falseTrips === 0 && minimum <= callsPerWindow / 2,
          reading: isQuiet
            ? `${falseTrips} false openings; a window holds ${callsPerWindow} calls on average, the minimum is ${minimum}.`
            : 'The traffic has changed; set it back to one request per second.',
        };
      },
      solution: { windowMs: 20_000, minimumCalls: 10 },
    },
    'spare-the-good': {
      title: 'Spare the good instances',
      goal: 'Have at least nine in ten requests answered behind the window of time, one attempt each, with the same users.',
      hint: 'Who is sick here: the dependency, or one address of it?',
      scenario: 'instances',
      judge: (race) => {
        const answered = race.value('time-window', 'answered');
        const isSame =
          race.parameter('attempts') === 1 && race.parameter('requestsPerSecond') === 20;
        return {
          reached: isSame && answered >= 90,
          reading: isSame
            ? `${answered.toFixed(1)} % are answered.`
            : 'Users or attempts have changed; set them back.',
        };
      },
      solution: { scope: 'per-instance' },
    },
  },

  predictions: {
    'flaky-breaker': {
      question:
        'Four calls in ten fail, each by itself, and every request has three attempts. What does a breaker that opens at a failure rate of 30 % do to the share of requests that are answered?',
      scenario: 'flaky',
      options: {
        raises: 'It raises it: failing calls are no longer made',
        same: 'It changes little: retries do the work either way',
        lowers: 'It cuts it to less than half',
      },
      answer: (race) => {
        const ratio = race.value('time-window', 'answered') / race.value('no-breaker', 'answered');
        if (ratio > 1.05) return 'raises';
        return ratio < 0.5 ? 'lowers' : 'same';
      },
      explain:
        'Three attempts fail together in only six cases of a hundred. The breaker sees four failures in ten, calls that sick, and sends nothing at all.',
    },
    'one-of-three': {
      question:
        'One of three instances fails every call. One breaker stands before all three and opens at a failure rate of 30 %. How many requests are answered?',
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
  },

  plantedBugs: {
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
        'The moment the cool-down is over all traffic goes to a dependency of which nobody knows how it is.',
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
      title: 'Every refusal starts the wait anew',
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
      title: 'No minimum of calls',
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
  },

  omissions: [
    {
      what: 'The dependency does not notice that a caller has given up, and works on.',
      effect:
        'A server that stops when its client disconnects wastes less work, so that storms are weaker than here.',
    },
    {
      what: 'One process calls the dependency and learns from all of its calls.',
      effect:
        'With many processes each learns by itself: more calls are spent until all breakers are open, and more probes while they are.',
    },
    {
      what: 'The service has any number of threads, connections and memory.',
      effect:
        'Where a pool runs dry, requests that never needed the dependency fail too: without a breaker it is worse than here.',
    },
    {
      what: 'The fallback always answers, at once and at no cost.',
      effect:
        'A fallback that has to work, or fails, makes the breaker look better here than it is.',
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
      effect: 'Real ones reload the page, so that storms are stronger than here.',
    },
  ],

  checks,

  claims: {
    'outlives-its-cause': {
      statement:
        'Ten seconds after the dependency is well again fewer than one request in twenty is answered.',
      scenario: 'storm',
      kind: 'holds',
      holds: (race) => race.value('no-breaker', 'aftermath') < 5,
    },
    'calls-exceed-capacity': {
      statement: 'In the storm requests cost more than two calls each.',
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
    'breaker-answers-more': {
      statement: 'With the breaker more requests are answered than without.',
      scenario: 'rescue',
      kind: 'beats',
      result: 'answered',
      better: 'consecutive-failures',
      worse: 'no-breaker',
      seeds: 10,
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
      statement: 'A breaker that counts failures does not open for a slow dependency.',
      scenario: 'slow',
      kind: 'holds',
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
      statement: 'One breaker before all three instances answers fewer requests than none.',
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
    'in-a-row-is-first': {
      statement:
        'Failures in a row notice a sudden fault with fewer requests in hand than a window of calls.',
      scenario: 'race',
      kind: 'beats',
      result: 'inHandMost',
      better: 'consecutive-failures',
      worse: 'count-window',
      seeds: 10,
    },
    'time-window-is-last': {
      statement:
        'A window of calls notices a sudden fault with fewer requests in hand than a window of time.',
      scenario: 'race',
      kind: 'beats',
      result: 'inHandMost',
      better: 'count-window',
      worse: 'time-window',
      seeds: 10,
    },
  },
});
