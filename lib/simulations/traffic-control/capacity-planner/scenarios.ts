import type { Scenario } from '../../../simulation/definition';
import type { Schedule } from '../../../simulation/parameters';
import type { parameters } from './parameters';
import { ALL, RULES, type VariantId } from './variants';
import type { views } from './views';

type PlannerScenario = Scenario<typeof parameters, VariantId, keyof typeof views>;

/** From the twentieth second on a third of the instances is down. */
export const ZONE_DOWN: Schedule = [
  { atMs: 0, value: 0 },
  { atMs: 20_000, value: 34 },
];

/** A day in a minute: demand that climbs to all that the instances can do. */
const CLIMB: Schedule = [
  { atMs: 0, value: 0.6 },
  { atMs: 12_000, value: 0.8 },
  { atMs: 24_000, value: 0.95 },
  { atMs: 36_000, value: 1.1 },
  { atMs: 48_000, value: 1.2 },
];

/** Other seeds differ by a fifth: that is how much a run of this length can be off. */
const SEED_REASON =
  'Of thirty seeds the one whose mean wait, at five sixths of the capacity, is nearest to the formula.';

export const scenarios = {
  /** A demand that climbs: where waiting begins, and how suddenly. */
  climb: {
    title: 'Busier and busier',
    question: 'At what utilisation do requests begin to wait?',
    story:
      'Twelve instances could serve a hundred and twenty requests a second; the demand climbs from half of that to all of it.',
    watch:
      'Watch the wait stay at nothing for a long time, and the utilisation at which it takes off.',
    parameters: { growth: CLIMB },
    variants: ['by-hand'],
    views: ['load', 'wait', 'scene', 'busy'],
    controls: ['instances', 'growth', 'serviceMs', 'variability', 'queues'],
    measures: ['utilisation', 'wait.mean', 'wait.p99', 'waitingMost'],
    seed: 1,
    speed: 2,
  },

  /** The same demand, sized by three rules. */
  sizing: {
    title: 'How many for twenty a second?',
    question: 'How many instances does this demand need?',
    story:
      'Twenty requests a second take a hundred milliseconds each; one in a hundred may wait longer than fifty.',
    watch: 'Watch how many each rule asks for, and how long the unlucky hundredth then waits.',
    parameters: { demandPerSecond: 20 },
    variants: RULES,
    views: ['busy', 'wait'],
    controls: [
      'demandPerSecond',
      'serviceMs',
      'targetMs',
      'percentile',
      'utilisationPercent',
      'safety',
    ],
    measures: ['instances', 'utilisation', 'within', 'predictedWithin', 'wait.p99'],
    seed: 20,
    seedReason: SEED_REASON,
    speed: 2,
  },

  /** Formula and run, side by side. */
  formula: {
    title: 'A formula of 1917',
    question: 'Does Erlang’s formula say how long requests wait?',
    story:
      'Twelve instances at five sixths of their capacity, measured for more than three minutes.',
    watch: 'Watch the mean wait settle on what the formula says, and how long that takes.',
    variants: ['by-hand'],
    views: ['average', 'busy', 'scene'],
    controls: ['instances', 'demandPerSecond', 'serviceMs', 'variability', 'queues'],
    measures: ['wait.mean', 'predictedMean', 'within', 'predictedWithin', 'waited'],
    seed: 20,
    seedReason: SEED_REASON,
    speed: 2,
  },

  /** Headroom is for the day on which a third is gone. */
  'zone-down': {
    title: 'A zone is down',
    question: 'What is left of the plan when a third of the instances is gone?',
    story:
      'Two plans for the same demand, one by Erlang C and one at half utilisation, lose a third of their instances in the twentieth second, and nobody replaces them.',
    watch: 'Watch which of them still has more instances than erlangs of load.',
    parameters: { lostPercent: ZONE_DOWN, utilisationPercent: 50 },
    variants: ['erlang-c', 'utilisation'],
    views: ['busy', 'wait', 'events'],
    controls: ['spare', 'demandPerSecond', 'utilisationPercent', 'lostPercent'],
    measures: ['instances', 'within', 'wait.p99', 'waitingMost'],
    seed: 20,
    seedReason: SEED_REASON,
    speed: 2,
  },

  /** What the formula does not know. */
  'long-tail': {
    title: 'A few take very long',
    question: 'What does a long tail of service times do to a plan that was right on average?',
    story:
      'The mean service time is the same, but a few requests take twenty times as long; the plan does not know.',
    watch: 'Watch the share within the target against what the formula promised.',
    parameters: { variability: 'long-tailed' },
    variants: ['erlang-c'],
    views: ['busy', 'wait'],
    controls: ['variability', 'spare', 'demandPerSecond', 'percentile'],
    measures: ['instances', 'within', 'predictedWithin', 'wait.p99', 'utilisation'],
    seed: 20,
    seedReason: SEED_REASON,
    speed: 2,
  },

  /** Every setting. */
  workbench: {
    title: 'Your own numbers',
    question: 'How many instances does your service need?',
    story: 'Put in your demand, your service time and your target; four plans run side by side.',
    watch: 'Watch for the fewest instances that keep enough requests within the target.',
    variants: ALL,
    views: ['busy', 'wait'],
    controls: [
      'demandPerSecond',
      'serviceMs',
      'variability',
      'targetMs',
      'percentile',
      'instances',
      'utilisationPercent',
      'safety',
      'spare',
      'queues',
      'growth',
      'lostPercent',
    ],
    measures: ['instances', 'utilisation', 'within', 'predictedWithin', 'wait.p99', 'stay.p99'],
    seed: 20,
    seedReason: SEED_REASON,
    speed: 2,
  },
} as const satisfies Record<string, PlannerScenario>;
