import type { Scenario } from '../../../simulation/definition';
import type { parameters } from './parameters';
import { ALL, type VariantId } from './variants';
import type { views } from './views';

type LimiterScenario = Scenario<typeof parameters, VariantId, keyof typeof views>;

export const scenarios = {
  /** The failure that opens the guide: on average the limit is kept, in the worst second doubled. */
  'boundary-attack': {
    title: 'Twice the limit at the boundary',
    question: 'How many requests can pass within one second if the limit is ten per second?',
    story:
      'A client has learnt when the window starts, and sends a volley right before and one right after.',
    watch: 'The line counts what passed within the last second, wherever that second begins.',
    parameters: { pattern: 'boundary' },
    variants: ['fixed-window'],
    views: ['scene', 'admitted', 'events'],
    controls: ['volley', 'limit'],
    measures: ['worstWindow', 'overshoot', 'acceptedShare', 'acceptedPerSecond'],
    seed: 1,
    // Both volleys decided, the second still on its way to the service.
    stillAtMs: 1450,
    speed: 0.5,
  },

  /** A steady stream a fifth above the limit: who is refused, and when, differs; how many does not. */
  steady: {
    title: 'Steady traffic a little above the limit',
    question: 'Does it matter which algorithm meets a steady stream?',
    story: 'A client sends twelve requests per second, evenly spaced, against a limit of ten.',
    watch: 'The refusals: bunched at the end of each window, or one in six throughout.',
    parameters: { pattern: 'steady', offeredPerSecond: 12 },
    variants: ['fixed-window', 'sliding-log', 'token-bucket'],
    views: ['admitted', 'remaining', 'table'],
    controls: ['offeredPerSecond', 'limit'],
    measures: ['acceptedShare', 'worstWindow', 'acceptedPerSecond'],
    seed: 1,
    speed: 0.75,
  },

  /** The attack that doubles a fixed window, against the two that slide. */
  sliding: {
    title: 'The same attack on windows that slide',
    question: 'Which of the three windows holds against volleys at the boundary?',
    story: 'The volleys that doubled the fixed window now meet a log and a counter, too.',
    watch: 'The line of each against the limit, after the second volley.',
    parameters: { pattern: 'boundary' },
    variants: ['fixed-window', 'sliding-log', 'sliding-counter'],
    views: ['admitted', 'remaining', 'table'],
    controls: ['beforeMs', 'afterMs'],
    measures: ['worstWindow', 'overshoot', 'acceptedShare', 'stateSize'],
    seed: 1,
    speed: 0.5,
  },

  /**
   * The sliding counter assumes that the previous window was even. All of it at its end is as
   * uneven as can be: the weight that fades away belongs to requests that are still in the window.
   */
  'counter-worst': {
    title: 'What the sliding counter takes for granted',
    question: 'How far over its limit can a sliding counter be led?',
    story:
      'A volley comes at the very end of one window, and the next is spread over the whole window after it.',
    watch: 'The estimate fades while the requests it stands for are still within the last second.',
    parameters: { pattern: 'boundary', beforeMs: 50, afterMs: 1000 },
    variants: ['sliding-counter', 'sliding-log'],
    views: ['admitted', 'remaining'],
    controls: ['beforeMs', 'afterMs', 'limit', 'volley'],
    measures: ['worstWindow', 'overshoot', 'acceptedShare'],
    seed: 1,
    speed: 0.5,
  },

  /** The same requests admitted by all three; what differs is when they reach the service. */
  burst: {
    title: 'Let a burst through, or spread it out',
    question: 'Where does a burst go: to the service, onto the floor, or into a queue?',
    story: 'Twenty requests come within 0.4 s, then none for 1.6 s: on average, exactly the limit.',
    watch:
      'The bucket and the meter pass requests as they come; the queue passes the same ones in turn.',
    parameters: { pattern: 'on-off', offeredPerSecond: 50, onMs: 400, offMs: 1600, burst: 12 },
    variants: ['token-bucket', 'leaky-bucket-meter', 'leaky-bucket-queue'],
    views: ['scene-queue', 'admitted-or-queued', 'passed', 'waiting', 'remaining'],
    controls: ['burst', 'limit'],
    measures: ['acceptedShare', 'worstWindow', 'wait.mean', 'wait.p95'],
    seed: 1,
    speed: 0.5,
  },

  /**
   * Every request comes as exactly when the next token does as the clock can tell. With a clock of
   * whole ms, both calculate in whole numbers, and neither rounds.
   */
  gcra: {
    title: 'Two algorithms, one decision',
    question: 'Do GCRA and the token bucket ever disagree?',
    story:
      'Requests come exactly as often as tokens do, seven per second, and the bucket holds one.',
    watch: 'Each request in both; then set the clock to fractions of a millisecond.',
    parameters: { pattern: 'steady', offeredPerSecond: 7, limit: 7, burst: 1 },
    variants: ['token-bucket', 'gcra'],
    views: ['admitted', 'passed', 'table'],
    controls: ['clock', 'limit', 'burst'],
    measures: ['acceptedShare', 'worstWindow', 'stateSize'],
    seed: 1,
    speed: 0.75,
  },

  /** The same requests, where the last bit does decide. */
  'gcra-fractional': {
    title: 'The last bit decides',
    question: 'What becomes of two equivalent algorithms when numbers are not whole?',
    story:
      'The same seven requests per second, at exact fractions of a millisecond, and a bucket that holds one.',
    watch: 'Requests that come exactly on time: one algorithm lets them pass, the other does not.',
    parameters: {
      pattern: 'steady',
      offeredPerSecond: 7,
      limit: 7,
      burst: 1,
      clock: 'fractional',
    },
    variants: ['token-bucket', 'gcra'],
    views: ['admitted', 'passed', 'table'],
    controls: ['clock', 'limit', 'burst'],
    measures: ['acceptedShare', 'worstWindow', 'stateSize'],
    seed: 1,
    speed: 0.75,
  },

  /** Bursts with pauses between them: a batch job, a page that loads thirty images. */
  'on-off': {
    title: 'A second of work, two of silence',
    question: 'Which of them uses the silence?',
    story: 'A client sends thirty requests per second for one second, and is silent for two.',
    watch: 'What passes in each burst, and what is left when it begins.',
    parameters: { pattern: 'on-off', offeredPerSecond: 30, onMs: 1000, offMs: 2000, burst: 10 },
    variants: [
      'fixed-window',
      'sliding-log',
      'sliding-counter',
      'token-bucket',
      'leaky-bucket-queue',
    ],
    views: ['admitted-or-queued', 'remaining'],
    controls: ['burst', 'onMs', 'offMs'],
    measures: ['acceptedShare', 'worstWindow', 'acceptedPerSecond', 'wait.mean'],
    seed: 1,
    speed: 0.5,
  },

  /** The whole field on random traffic at one and a half times the limit. */
  race: {
    title: 'All seven on the same traffic',
    question: 'What do seven algorithms make of the same requests?',
    story: 'Many independent users send fifteen requests per second on average; ten may pass.',
    watch: 'The worst window of each, and what it costs in refusals, waiting and memory.',
    parameters: { pattern: 'poisson', offeredPerSecond: 15 },
    variants: ALL,
    views: ['admitted-or-queued', 'passed', 'remaining', 'table', 'events'],
    controls: [
      'pattern',
      'offeredPerSecond',
      'limit',
      'windowMs',
      'burst',
      'volley',
      'beforeMs',
      'afterMs',
      'onMs',
      'offMs',
    ],
    measures: ['acceptedShare', 'worstWindow', 'worstSecond', 'wait.p95', 'stateSize'],
    seed: 1,
    speed: 0.5,
  },

  /** One limiter for all: the loudest takes what there is. */
  fairness: {
    title: 'A noisy client beside a quiet one',
    question: 'What becomes of a client that sends two requests per second?',
    story:
      'One client sends thirty requests per second, the other only two; both draw on one limiter of ten.',
    watch: 'The quiet client’s share; then give each client a limiter of its own.',
    parameters: { pattern: 'poisson', offeredPerSecond: 30, quietPerSecond: 2 },
    variants: ['fixed-window', 'token-bucket'],
    views: ['scene-clients', 'clients', 'events'],
    controls: ['keying', 'offeredPerSecond', 'quietPerSecond'],
    measures: ['quietAccepted', 'acceptedShare', 'acceptedPerSecond', 'stateSize'],
    seed: 1,
    speed: 0.5,
  },
} as const satisfies Record<string, LimiterScenario>;
