/** What the reader is asked, what may be said in prose, what can be broken, and what is left out. */
import type { Claim, PlantedBug, Prediction, Task } from '../../../simulation/definition';
import type { parameters } from './parameters';
import type { scenarios } from './scenarios';
import type { VariantId } from './variants';

type ScenarioId = keyof typeof scenarios;
type StampedeTask = Task<typeof parameters, ScenarioId>;

export const tasks = {
  'fill-it': {
    title: 'Let it fill',
    goal: 'With the same users, the same deploy and the same origin, have nineteen in twenty requests of the last twenty seconds answered, even though every miss fetches.',
    hint: 'What the origin answers is thrown away. Why, and by whom?',
    scenario: 'deploy',
    held: ['requestsPerSecond', 'queueLimit', 'workers', 'keys'],
    judge: (race) => {
      const share = race.value('every-miss', 'aftermath');
      return {
        reached: share >= 95,
        reading: `${share.toFixed(1)} % of the last twenty seconds are answered.`,
      };
    },
    solution: { keepsLate: true },
  },
  'no-pile': {
    title: 'Spread the expiries',
    goal: 'With 80 keys stored at once, let at most 20 fetches wait at the origin behind single flight.',
    hint: 'The first expiry is the one that hurts; what could be different for each entry?',
    scenario: 'together',
    held: ['ttlMs', 'keys', 'skew'],
    judge: (race) => {
      const waiting = race.value('single-flight', 'waitingMost');
      return { reached: waiting <= 20, reading: `${waiting} wait at most.` };
    },
    solution: { jitterPercent: 60 },
  },
  'old-is-better': {
    title: 'Old is better than nothing',
    goal: 'With 80 keys stored at once and without jitter, answer 99 in 100 requests behind stale-while-revalidate.',
    hint: 'While the origin cannot be asked, what can still be shown?',
    scenario: 'together',
    held: ['jitterPercent', 'ttlMs', 'keys', 'skew'],
    judge: (race) => {
      const answered = race.value('stale-while-revalidate', 'answered');
      const stale = race.value('stale-while-revalidate', 'stale');
      return {
        reached: answered >= 99,
        reading: `${answered.toFixed(2)} % are answered, ${stale.toFixed(0)} % of the look-ups with something stale.`,
      };
    },
    solution: { staleMs: 60_000 },
  },
} as const satisfies Record<string, StampedeTask>;

export const predictions = {
  'how-many': {
    question:
      'A hundred users a second ask for one thing, which takes four tenths of a second to fetch. It expires. How many fetches of it are at the origin at once?',
    scenario: 'expiry',
    options: {
      one: 'One: the first fills the cache for all',
      few: 'Several, but fewer than twenty',
      dozens: 'Twenty or more',
    },
    answer: (race) => {
      const most = race.value('every-miss', 'alikeMost');
      if (most < 2) return 'one';
      return most < 20 ? 'few' : 'dozens';
    },
    explain:
      'Until the first answer is stored, everybody who asks misses, and everybody who misses fetches: as many as come during one fetch.',
  },
  'fills-by-itself': {
    question:
      'The cache is empty after a deploy. Five times as many users ask as the origin can answer; forty keys are enough for all of them. What happens?',
    scenario: 'deploy',
    options: {
      soon: 'Within a few seconds the keys are stored, and all is well',
      late: 'It takes half a minute, then all is well',
      never: 'It stays down',
    },
    answer: (race) => {
      if (race.value('every-miss', 'aftermath') < 50) return 'never';
      // Half a minute without answers would be half of the run.
      return race.value('every-miss', 'answered') > 85 ? 'soon' : 'late';
    },
    explain:
      'The queue at the origin is longer than users wait. Each answer comes after its request was given up and is thrown away, so the next user misses again.',
  },
} as const satisfies Record<string, Prediction<ScenarioId>>;

export const plantedBugs = {
  'stuck-key': {
    title: 'The key is never given back',
    variant: 'single-flight',
    find: 'flights.delete(key); // (2)',
    replace: '// (2)',
    effect:
      'After the first fetch of a key nobody fetches it again: when it expires, everybody waits for a flight that landed long ago.',
    caughtBy: ['SF7'],
  },
  'late-expiry': {
    title: 'Early expiry goes the wrong way',
    variant: 'early-expiry',
    find: '-entry.fetchMs * options.beta',
    replace: 'entry.fetchMs * options.beta',
    effect:
      'The logarithm of a draw is negative: entries are served after their end instead of fetched before it.',
    caughtBy: ['SF4'],
  },
  'lease-for-ever': {
    title: 'A lease without an end',
    variant: 'lease',
    find: 'const untilMs = nowMs + options.leaseMs;',
    replace: 'const untilMs = Number.POSITIVE_INFINITY;',
    effect: 'An instance that dies while it fetches leaves a key that nobody may fetch any more.',
    caughtBy: ['SF8'],
  },
  'anybodys-lease': {
    title: 'A lease in nobody’s name',
    variant: 'lease',
    find: 'look({ key, entry, nowMs, draw: token }) {',
    replace: 'look({ key, entry, nowMs }) {\n    const token = 1;',
    effect:
      'Whoever has lost the lease gives back that of the next: the slower the origin, the more fetches it gets.',
    caughtBy: ['SF12'],
  },
  'stale-for-ever': {
    title: 'Stale without a limit',
    variant: 'stale-while-revalidate',
    find: 'entry !== undefined && nowMs < entry.expiresMs + options.staleMs',
    replace: 'entry !== undefined',
    effect: 'While the origin is down, users are shown what was true yesterday.',
    caughtBy: ['SF6'],
  },
} as const satisfies Record<string, PlantedBug<VariantId>>;

export const omissions = [
  {
    what: 'The cache itself never fails, is never full, and answers at once.',
    effect: 'Real caches evict and have hot nodes of their own: there are more misses than here.',
  },
  {
    what: 'The origin works on its fetches at one pace, however many there are.',
    effect:
      'A real database slows down as queries pile up (locks, memory, its own cold cache), so a stampede is worse than here.',
  },
  {
    what: 'Users who fail do not come back, and the service does not retry.',
    effect: 'Real ones reload and retry: the outage is deeper than here.',
  },
  {
    what: 'Requests that wait for another instance hear of its answer at once, and do not ask again.',
    effect:
      'With a real lease they ask again every few milliseconds: waits are longer, and after a fetch that failed one of them makes the next, where here a new request has to come.',
  },
  {
    what: 'Who fetches early, before the entry expires, waits for that fetch and fails with it, as the algorithm was published.',
    effect:
      'A service that answered from the entry, which is still fresh, would lose no request to an early fetch that fails.',
  },
  {
    what: 'Every value is worth the same, and a stale one does no harm.',
    effect: 'Where a stale price costs money, serving it is dearer than here.',
  },
];

export const claims = {
  'an-expiry-is-dozens': {
    statement:
      'One expiry costs twenty or more fetches at once; with single flight, at most one per instance.',
    scenario: 'expiry',
    kind: 'holds',
    holds: (race) =>
      race.value('every-miss', 'alikeMost') >= 20 &&
      race.value('single-flight', 'alikeMost') <= Number(race.parameter('instances')),
  },
  'stays-down': {
    statement: 'Half a minute after the deploy, fewer than a third of the requests are answered.',
    scenario: 'deploy',
    kind: 'holds',
    holds: (race) => race.value('every-miss', 'aftermath') < 33,
  },
  'single-flight-recovers': {
    statement: 'After the same deploy, single flight answers more than no guard.',
    scenario: 'guards',
    kind: 'beats',
    result: 'answered',
    better: 'single-flight',
    worse: 'every-miss',
    seeds: 8,
  },
  'stale-is-quick': {
    statement: 'Serving stale takes the wait out of the slowest requests.',
    scenario: 'everyday',
    kind: 'beats',
    result: 'latency.p99',
    better: 'stale-while-revalidate',
    worse: 'single-flight',
    seeds: 8,
  },
} as const satisfies Record<string, Claim<ScenarioId, VariantId>>;
