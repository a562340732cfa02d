import type { Incident } from '../../../simulation/incident';

export const incidents = {
  'cache-stampede': {
    title: 'Green deploy, red database',
    describe:
      'A small release goes out without an error, and a minute later the database answers nobody in time.',
    briefing: [
      'You are on call for the catalogue: four instances in front of one cache and one database. Two hundred users a second ask for a hundred pages; the cache answers nearly all of them, and the database could answer forty a second.',
      'Somebody ships a small change this afternoon; its tests are green. You have the dashboard, the log, and a handful of switches.',
    ],
    scenario: 'deploy',
    variant: 'every-miss',
    parameters: { keys: 100, skew: 0.8, ttlMs: 30_000 },
    trigger: { parameter: 'deployAtMs', laterMs: 6000 },
    objective: {
      label: 'Requests answered',
      part: 'good',
      whole: ['good', 'failed'],
      leastPercent: 90,
      alertMs: 2000,
      holdMs: 5000,
    },
    dashboards: ['answers', 'hits', 'origin', 'queue'],
    log: 'events',
    reactionMs: 4000,
    speed: 1,
    actions: {
      'roll-back': {
        deed: { kind: 'act', id: 'roll-back' },
        debrief:
          'The previous release finds what it had stored, as far as that has not expired (in production it may have missed invalidations meanwhile). But the queue at the database does not go with the release: what expires from now on waits behind fetches that nobody wants any more.',
      },
      coalesce: {
        deed: { kind: 'act', id: 'coalesce' },
        debrief:
          'What should have been there before: from now on a page is fetched once in each instance. It keeps new fetches few and takes none of the old ones away, so even those few come too late.',
      },
      'kill-queries': {
        deed: { kind: 'act', id: 'kill-queries' },
        debrief:
          'Nearly every query that waits was given up by the request that sent it. Without them the next fetches are answered in time, what they bring is stored, and each page that is stored needs no fetch. It is a race all the same, between the pages that get stored and the queue that fills again; with coalescing on it is won for certain.',
      },
      'empty-cache': {
        deed: { kind: 'act', id: 'empty-cache' },
        debrief:
          'The cache held what little had been stored in spite of it all. Now it holds nothing.',
      },
      'add-instances': {
        deed: { kind: 'act', id: 'add-instances' },
        debrief:
          'Instances were never what was lacking: twice as many ask the same database the same questions.',
      },
      'add-replica': {
        deed: { kind: 'act', id: 'add-replica' },
        debrief:
          'Twice the capacity, twenty seconds late, and still less than what the misses ask for.',
      },
      'longer-timeout': {
        deed: { kind: 'set', parameter: 'timeoutMs', value: 5000 },
        label: 'Raise the timeout of fetches to five seconds',
        describe: 'From now on a request waits five seconds for a fetch before it is given up.',
        debrief:
          'Ugly, and it works: the queue is shorter than five seconds, so answers find somebody to store them, and the cache fills. Meanwhile your users wait for seconds.',
      },
      'turn-away': {
        deed: { kind: 'act', id: 'turn-away' },
        debrief:
          'Half of the users are still more than the database can answer, and the queue stays full of fetches that nobody waits for.',
      },
    },
    cause: [
      'The release changed how a key of the cache is spelt. Nothing was lost: the old entries were all there, under names that nobody asked for any more. To the release the cache was empty.',
      'An empty cache sends every request to the database, five times what that can answer. The queue grew beyond the timeout, and since then each answer has come after its request was given up, and been thrown away. What is not stored is asked for again: the outage keeps its own cache empty.',
      'Look at what the database answers after the deploy, and at what of it reaches the cache.',
    ],
    guides: ['caching/caching-fundamentals'],
  },
} as const satisfies Record<string, Incident>;
