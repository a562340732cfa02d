import type { Scenario } from '../../../simulation/definition';
import type { parameters } from './parameters';
import { RULES, type Rule } from './variants';
import type { views } from './views';

type AmplificationScenario = Scenario<typeof parameters, Rule, keyof typeof views>;

export const scenarios = {
  /** The failure that opens the guide: three sensible settings, multiplied. */
  storm: {
    title: 'Three layers, three attempts',
    question: 'How many calls does a database that fails for ten seconds get?',
    story: 'Three services stand above a database, and each tries a failed call three times.',
    watch: 'Watch what each of them gets from the eighth second to the eighteenth.',
    variants: ['every-layer'],
    views: ['scene', 'layers', 'answers', 'events'],
    controls: ['layers', 'attempts', 'failPercent', 'requestsPerSecond'],
    measures: ['peak', 'amplification.p90', 'answered', 'latency.p90'],
    seed: 1,
    speed: 1,
  },

  /** Few enough calls to count them. */
  request: {
    title: 'One request up close',
    question: 'Where do the calls come from?',
    story: 'Every call to the database fails, and each of three services tries twice.',
    watch: 'Watch which one tries again when the service below has given up.',
    parameters: { outage: 'always', attempts: 2, requestsPerSecond: 1 },
    variants: ['every-layer'],
    views: ['trace', 'scene'],
    controls: ['layers', 'attempts', 'failPercent', 'waitMs'],
    measures: ['amplification.mean', 'latency.p50', 'answered'],
    seed: 1,
    // The first request has failed, and the second has yet to come.
    stillAtMs: 990,
    speed: 0.1,
  },

  /** What retries are for: calls that fail by themselves and for no reason that lasts. */
  partial: {
    title: 'Three calls in ten fail',
    question: 'Which rule mends what fails now and then?',
    story: 'Three in ten calls to the database fail, independently, and there is no other trouble.',
    watch: 'Watch the share of requests answered, and the calls it takes.',
    parameters: { outage: 'always', failPercent: 30 },
    variants: RULES,
    views: ['answers', 'load'],
    controls: ['failPercent', 'attempts', 'layers', 'budgetPercent', 'tokensMax'],
    measures: ['answered', 'amplification.mean', 'latency.p90'],
    seed: 1,
    speed: 1,
  },

  /** The whole field on the outage that opens the guide. */
  race: {
    title: 'All rules in the same outage',
    question: 'Which rule leaves a failing database in peace?',
    story: 'Five companies meet the same users and the same ten seconds.',
    watch: 'Watch how much the database gets while none of it helps.',
    variants: RULES,
    views: ['load', 'answers', 'layers'],
    controls: [
      'failPercent',
      'outage',
      'attempts',
      'layers',
      'budgetPercent',
      'tokensMax',
      'requestsPerSecond',
      'waitMs',
    ],
    measures: ['peak', 'amplification.mean', 'answered', 'latency.p90'],
    seed: 1,
    speed: 2,
  },
} as const satisfies Readonly<Record<string, AmplificationScenario>>;
