import type { Scenario } from '../../../simulation/definition';
import type { parameters } from './parameters';
import { ALL, type VariantId } from './variants';
import type { views } from './views';

type StampedeScenario = Scenario<typeof parameters, VariantId, keyof typeof views>;

/** When the release goes live whose cache is empty, ms. */
export const DEPLOY_MS = 10_000;

export const scenarios = {
  /** One key, and everybody wants it. */
  expiry: {
    title: 'One popular key expires',
    question: 'How often is the origin asked for something that expires once?',
    story:
      'A hundred users a second ask for the same thing; it is kept for ten seconds, and takes four tenths of a second to fetch.',
    watch: 'Watch the fetches of one key each time it expires.',
    parameters: { keys: 1, requestsPerSecond: 100, workers: 60, warm: 'together' },
    variants: ['every-miss', 'single-flight'],
    views: ['alike', 'origin', 'answers'],
    controls: ['requestsPerSecond', 'originMs', 'ttlMs', 'instances'],
    measures: ['alikeMost', 'fetches', 'needless', 'latency.p99'],
    seed: 1,
    speed: 2,
  },

  /** The failure of the incident: an outage that keeps its own cache empty. */
  deploy: {
    title: 'A deploy with new keys',
    question: 'How long does it take an empty cache to fill?',
    story:
      'A release names its keys differently, so its cache is empty; two hundred users a second ask, and the origin can answer forty.',
    watch: 'Watch whether the origin’s answers still find anybody waiting for them.',
    parameters: { deployAtMs: DEPLOY_MS },
    variants: ['every-miss'],
    views: ['scene', 'answers', 'origin', 'hits', 'queue', 'states', 'events'],
    controls: ['requestsPerSecond', 'timeoutMs', 'keepsLate', 'queueLimit', 'workers', 'keys'],
    measures: ['answered', 'aftermath', 'fetches', 'needless', 'waitingMost'],
    seed: 1,
    stillAtMs: 30_000,
    speed: 2,
  },

  /** The same empty cache behind every guard. */
  guards: {
    title: 'Three guards, the same deploy',
    question: 'Which guard gets a service over an empty cache?',
    story: 'Three services meet the same users and lose their cache at the same moment.',
    watch: 'Watch which of them gets back to what users ask for.',
    parameters: { deployAtMs: DEPLOY_MS },
    variants: ['every-miss', 'single-flight', 'lease'],
    views: ['hits', 'queue'],
    controls: ['requestsPerSecond', 'timeoutMs', 'instances', 'keepsLate', 'leaseMs', 'queueLimit'],
    measures: ['answered', 'aftermath', 'fetches', 'needless', 'alikeMost'],
    seed: 1,
    speed: 2,
  },

  /** No deploy at all: what was stored together ends together. */
  together: {
    title: 'Stored at once, expired at once',
    question: 'What does a bulk load of the cache do when its time is up?',
    story: 'A job has filled the cache in one go, and every entry lives for ten seconds.',
    watch: 'Watch the queue at the origin every ten seconds, then add jitter.',
    parameters: { warm: 'together', keys: 80, skew: 0.6 },
    variants: ['single-flight', 'stale-while-revalidate'],
    views: ['origin', 'queue', 'answers'],
    controls: ['jitterPercent', 'ttlMs', 'staleMs', 'keys', 'skew'],
    measures: ['answered', 'waitingMost', 'stale', 'latency.p99'],
    seed: 1,
    speed: 2,
  },

  /** Nothing goes wrong: what each guard costs on a good day. */
  everyday: {
    title: 'A day like any other',
    question: 'What do the guards save when nothing goes wrong?',
    story: 'Forty keys expire one after the other, the popular ones under many requests.',
    watch: 'Watch the fetches of one key, and who has to wait for them.',
    variants: ALL,
    views: ['alike', 'origin'],
    controls: ['requestsPerSecond', 'keys', 'skew', 'instances', 'ttlMs', 'spreadPercent', 'beta'],
    measures: ['fetches', 'needless', 'fromCache', 'stale', 'latency.p99'],
    seed: 1,
    speed: 2,
  },
} as const satisfies Record<string, StampedeScenario>;
