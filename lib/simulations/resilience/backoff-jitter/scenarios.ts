import type { Scenario } from '../../../simulation/definition';
import type { parameters } from './parameters';
import type { Rule } from './variants';
import type { views } from './views';

type BackoffScenario = Scenario<typeof parameters, Rule, keyof typeof views>;

export const scenarios = {
  /** The failure that opens the guide: polite clients that stay in step. */
  waves: {
    title: 'Twenty polite clients',
    question: 'Why are clients that wait twice as long each time still in each other’s way?',
    story: 'Twenty clients start at once, write one row, and double their wait when they fail.',
    watch: 'Watch the waves: all that failed together wait together and fail together again.',
    variants: ['exponential'],
    views: ['clients', 'rush'],
    controls: ['clients', 'baseMs', 'capMs', 'hopSpreadMs', 'spreadMs'],
    measures: ['calls.mean', 'finish.mean', 'refused'],
    seed: 1,
    speed: 0.25,
  },

  /** Nothing but the rule separates the clients. */
  lockstep: {
    title: 'A network without randomness',
    question: 'What does backoff save where every message takes equally long?',
    story: 'Twenty clients start at once on a network whose every hop takes the same time.',
    watch: 'Watch how many clients get through in each wave.',
    parameters: { hopSpreadMs: 0 },
    variants: ['no-backoff', 'exponential', 'full-jitter'],
    views: ['pending', 'rush'],
    controls: ['clients', 'hopSpreadMs', 'baseMs', 'spreadMs'],
    measures: ['calls.mean', 'finish.mean', 'refused'],
    seed: 1,
    speed: 0.25,
  },

  /** One line of difference, on the same network. */
  jitter: {
    title: 'The same ceiling, with and without jitter',
    question: 'What does one random number change?',
    story: 'Both double the ceiling of their wait; one waits all of it, the other any part of it.',
    watch: 'Watch the waves dissolve, and who is done first.',
    variants: ['exponential', 'full-jitter'],
    views: ['clients', 'rush', 'pending'],
    controls: ['clients', 'baseMs', 'capMs', 'spreadMs'],
    measures: ['calls.mean', 'finish.mean', 'latency.p50', 'refused'],
    seed: 1,
    speed: 0.25,
  },

  /** The whole field of the published model. */
  race: {
    title: 'All rules on one row',
    question: 'Which rule is done first, and at what price?',
    story: 'Fifty clients start at once, under each of five rules.',
    watch: 'Watch the time until all are done against the writes it takes.',
    parameters: { clients: 50 },
    variants: ['no-backoff', 'exponential', 'equal-jitter', 'full-jitter', 'decorrelated-jitter'],
    views: ['pending', 'rush', 'events'],
    controls: ['clients', 'baseMs', 'capMs', 'spreadMs', 'hopMs', 'hopSpreadMs'],
    measures: ['calls.mean', 'finish.mean', 'latency.p50', 'latency.p90', 'refused'],
    seed: 1,
    speed: 0.5,
  },

  scene: {
    title: 'One more client',
    question: 'What happens between a read and a write?',
    story: 'Three clients read a row’s version and write the row if it is unchanged.',
    watch: 'Watch the second write arrive after the first.',
    parameters: { clients: 3 },
    variants: ['full-jitter'],
    views: ['scene', 'clients', 'events'],
    controls: ['clients', 'baseMs', 'hopMs'],
    measures: ['calls.mean', 'finish.mean'],
    seed: 1,
    speed: 0.05,
  },
} as const satisfies Readonly<Record<string, BackoffScenario>>;
