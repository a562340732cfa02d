import type { Scenario } from '../../../simulation/definition';
import type { Schedule } from '../../../simulation/parameters';
import type { parameters } from './parameters';
import { ALL, type VariantId } from './variants';
import type { views } from './views';

type OverloadScenario = Scenario<typeof parameters, VariantId, keyof typeof views>;

/** Six seconds in which everything takes five times as long. */
export const BLIP: Schedule = [
  { atMs: 0, value: 1 },
  { atMs: 10_000, value: 5 },
  { atMs: 16_000, value: 1 },
];

/** From the tenth second on twice as many users come. */
export const DOUBLED: Schedule = [
  { atMs: 0, value: 1 },
  { atMs: 10_000, value: 2 },
];

export const scenarios = {
  /** The failure that opens the guide: an outage that its own retries and its own queue keep alive. */
  storm: {
    title: 'Six slow seconds',
    question: 'How long does an outage last if its cause lasts six seconds?',
    story:
      'A service at seven tenths of its capacity has a database that is five times as slow for six seconds; clients wait one second and try three times.',
    watch: 'Watch the attempts against the capacity after the cause has gone.',
    parameters: { slowdown: BLIP },
    variants: ['fifo'],
    views: ['scene', 'answers', 'load', 'wait', 'states', 'events'],
    controls: [
      'loadPercent',
      'attempts',
      'retryBudgetPercent',
      'timeoutMs',
      'backoffMs',
      'slowdown',
    ],
    measures: ['answered', 'aftermath', 'amplification.mean', 'wasted', 'waitingMost'],
    seed: 1,
    // Nine seconds after the cause has gone: the attempts have tripled, and nothing comes of them.
    stillAtMs: 25_000,
    speed: 2,
  },

  /** The same six seconds in front of every queue. */
  policies: {
    title: 'Six queues, the same six seconds',
    question: 'Which queue recovers, and what does it do with those who wait?',
    story: 'Six services meet the same users and the same slow database; each queues differently.',
    watch: 'Watch which of them gets back to what users ask for, and how soon.',
    parameters: { slowdown: BLIP },
    variants: ALL,
    views: ['goodput', 'queue'],
    controls: ['loadPercent', 'attempts', 'timeoutMs', 'queueLimit', 'neededMs', 'targetMs'],
    measures: ['answered', 'aftermath', 'wasted', 'refused', 'latency.p99'],
    seed: 1,
    speed: 2,
  },

  /** No trigger and no retries: what is left of a service that simply gets too much. */
  cliff: {
    title: 'Half as much again as it can do',
    question: 'How much of its capacity does a service keep when half as much again comes?',
    story:
      'Requests come at one and a half times the capacity, and nobody tries twice; one queue serves in order, the other drops what can no longer be answered in time.',
    watch: 'Watch the wait of the oldest reach the moment at which clients give up.',
    parameters: { loadPercent: 150, attempts: 1 },
    variants: ['fifo', 'deadline'],
    views: ['goodput', 'wait', 'scene'],
    controls: ['loadPercent', 'timeoutMs', 'attempts'],
    measures: ['goodput', 'wasted', 'refused', 'utilisation', 'wait.p50'],
    seed: 1,
    speed: 1,
  },

  /** A deadline that is looked at only when work begins. */
  'too-late': {
    title: 'Begun in time, finished too late',
    question: 'Is it enough to drop requests whose deadline has passed?',
    story:
      'At twice the capacity, a queue drops what has expired and begins whatever has not, even with only a millisecond left.',
    watch: 'Watch the goodput while you raise the time that a request must have left.',
    parameters: { loadPercent: 200, attempts: 1, neededMs: 0 },
    variants: ['deadline'],
    views: ['goodput', 'wait'],
    controls: ['neededMs', 'loadPercent', 'timeoutMs'],
    measures: ['goodput', 'wasted', 'refused', 'utilisation'],
    seed: 1,
    speed: 1,
  },

  /** Not everybody can be served: who is? */
  priorities: {
    title: 'Checkout and recommendations',
    question: 'Who should be refused at one and a half times the capacity?',
    story:
      'Half of the requests could be done without; while four or more wait, these are refused at once.',
    watch: 'Watch the two kinds part, then switch the shedding off.',
    parameters: { loadPercent: 150, attempts: 1, shedding: true },
    variants: ['bounded'],
    views: ['priorities', 'queue', 'scene'],
    controls: ['shedding', 'lowRoom', 'lowPercent', 'loadPercent', 'queueLimit'],
    measures: ['answeredHigh', 'answeredLow', 'goodput', 'wait.p50', 'latency.p99'],
    seed: 1,
    speed: 1,
  },

  /** New instances are ordered by what is busy, and come when the damage is done. */
  autoscale: {
    title: 'Help is on its way',
    question: 'Does an autoscaler save a service whose load doubles?',
    story:
      'From the tenth second on twice as many users come; the autoscaler looks every fifteen seconds, and an instance takes ten to start.',
    watch: 'Watch what the new instances find when they are up.',
    parameters: { loadPercent: 60, surge: DOUBLED, autoscale: true, startMs: 10_000 },
    variants: ['fifo', 'deadline'],
    views: ['goodput', 'instances', 'queue', 'events'],
    controls: ['targetUtilisation', 'startMs', 'attempts', 'loadPercent', 'surge', 'autoscale'],
    measures: ['answered', 'goodput', 'instancesMost', 'waitingMost', 'offered'],
    seed: 1,
    speed: 2,
  },

  /** Everything that can be set, for those who want to break it themselves. */
  workbench: {
    title: 'The whole workbench',
    question: 'What would your service do?',
    story: 'A surge of five seconds meets two services, and everything can be changed.',
    watch: 'Watch the goodput against the capacity.',
    parameters: {
      surge: [
        { atMs: 0, value: 1 },
        { atMs: 10_000, value: 4 },
        { atMs: 15_000, value: 1 },
      ],
    },
    variants: ['fifo', 'adaptive-lifo'],
    views: ['goodput', 'load', 'queue', 'answers'],
    controls: [
      'loadPercent',
      'surge',
      'slowdown',
      'timeoutMs',
      'attempts',
      'backoffMs',
      'retryBudgetPercent',
      'queueLimit',
      'neededMs',
      'targetMs',
      'intervalMs',
      'shedding',
      'lowRoom',
      'lowPercent',
      'instances',
      'workers',
      'serviceMs',
      'networkMs',
      'autoscale',
      'targetUtilisation',
      'startMs',
      'syncMs',
    ],
    measures: ['answered', 'aftermath', 'goodput', 'wasted', 'waitingMost'],
    seed: 1,
    speed: 2,
  },
} as const satisfies Record<string, OverloadScenario>;
