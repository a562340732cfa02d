import type { Scenario } from '../../../simulation/definition';
import type { parameters } from './parameters';
import { ALL, type VariantId } from './variants';
import type { views } from './views';

type BreakerScenario = Scenario<typeof parameters, VariantId, keyof typeof views>;

/** Six seconds of a dependency that is twenty times as slow. */
export const STORM = {
  slowdown: [
    { atMs: 0, value: 1 },
    { atMs: 6000, value: 20 },
    { atMs: 12_000, value: 1 },
  ],
};

export const scenarios = {
  /** The failure that opens the guide: a system in a metastable state, held there by its retries. */
  storm: {
    title: 'Six slow seconds',
    question: 'How long is a service down if its dependency was slow for six seconds?',
    story:
      'A dependency becomes twenty times as slow for six seconds; the service gives up on a call after one, and tries three times.',
    watch: 'Watch the calls sent against the capacity after the dependency is well again.',
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
    question: 'What does a breaker that counts to six change?',
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
    watch: 'Watch how long after the end the breaker closes, and what it has sent by then.',
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
    question:
      'Does a breaker notice a dependency that answers everything, but four times as slowly?',
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
    question: 'How often does a breaker open when nothing is wrong?',
    story:
      'One request per second, of which one in ten fails, as it always has; the window holds five seconds.',
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
      'From the sixth second on, the first of three instances answers every call with an error; the failure rate that opens the breaker is 30 %.',
    watch: 'Watch what the two good instances get to do; then give each instance its own breaker.',
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
      'From the fifth second on, four calls in ten fail, independently; there is capacity for three attempts.',
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
    title: 'All rules in the same storm',
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
} as const satisfies Record<string, BreakerScenario>;
