/** What the reader is asked, what may be said in prose, what can be broken, and what is left out. */
import type { Recording } from '../../../kernel/recording';
import type {
  Claim,
  PlantedBug,
  Prediction,
  RaceReader,
  Task,
} from '../../../simulation/definition';
import type { parameters } from './parameters';
import type { scenarios } from './scenarios';
import type { VariantId } from './variants';

type ScenarioId = keyof typeof scenarios;
type LimiterTask = Task<typeof parameters, ScenarioId>;

export const tasks = {
  'hold-the-window': {
    title: 'Pay for the boundary',
    goal: 'With the fixed window alone and volleys of ten, let no second pass more than ten requests, and still pass at least four a second.',
    hint: 'The worst window holds twice the limit. What does that say about the limit?',
    scenario: 'boundary-attack',
    held: ['volley'],
    judge: (race) => {
      const worst = race.value('fixed-window', 'worstWindow');
      const perSecond = race.value('fixed-window', 'acceptedPerSecond');
      return {
        reached: worst <= 10 && perSecond >= 4,
        reading: `At most ${worst} in one window; ${perSecond.toFixed(2)} per second pass.`,
      };
    },
    solution: { limit: 5 },
  },
  'fool-the-counter': {
    title: 'Fool the sliding counter',
    goal: 'Lead the sliding counter to at least 1.8 times its limit, with the volleys as they are.',
    hint: 'It believes that the first volley was spread over its window. When is that most wrong, and when does it let the second volley through?',
    scenario: 'sliding',
    judge: (race) => {
      const overshoot = race.value('sliding-counter', 'overshoot');
      return {
        reached: overshoot >= 1.8,
        reading: `The worst window holds ${overshoot.toFixed(2)} times the limit.`,
      };
    },
    solution: { beforeMs: 50, afterMs: 1000 },
  },
  'nobody-waits-long': {
    title: 'A queue that refuses nobody',
    goal: 'Let the queue accept every request, and 95 in 100 wait no longer than 400 ms.',
    hint: 'Room in the bucket ends the refusals; only a higher rate shortens the wait.',
    scenario: 'burst',
    judge: (race) => {
      const accepted = race.value('leaky-bucket-queue', 'acceptedShare');
      const waitMs = race.value('leaky-bucket-queue', 'wait.p95');
      return {
        reached: accepted === 100 && waitMs <= 400,
        reading: `${accepted.toFixed(1)} % accepted; 95 in 100 wait at most ${waitMs.toFixed(1)} ms.`,
      };
    },
    solution: { limit: 30, burst: 12 },
  },
  'protect-the-quiet': {
    title: 'Protect the quiet client',
    goal: 'Have both algorithms accept every request of the quiet client, without changing the traffic.',
    hint: 'A limit protects the service. What would protect one client from the other?',
    scenario: 'fairness',
    held: ['offeredPerSecond', 'quietPerSecond'],
    judge: (race) => {
      const shares = race.race.runs.map(({ variant }) => race.value(variant, 'quietAccepted'));
      return {
        reached: shares.every((accepted) => accepted === 100),
        reading: `The quiet client gets ${shares.map((accepted) => `${accepted.toFixed(1)} %`).join(' and ')} of its requests through.`,
      };
    },
    solution: { keying: 'per-client' },
  },
} as const satisfies Record<string, LimiterTask>;

export const predictions = {
  'boundary-worst': {
    question:
      'The limit is ten per second, counted by a fixed window. How many can pass within one second at most?',
    scenario: 'boundary-attack',
    options: {
      ten: 'Ten, that is the limit',
      eleven: 'Eleven or so, if the timing is lucky',
      fifteen: 'Half as many again',
      twenty: 'Twice as many',
    },
    answer: (race) => {
      const overshoot = race.value('fixed-window', 'overshoot');
      if (overshoot <= 1) return 'ten';
      if (overshoot <= 1.2) return 'eleven';
      return overshoot < 1.9 ? 'fifteen' : 'twenty';
    },
    explain:
      'Each volley falls into a window of its own and fits into it; no window of the limiter holds both, but a second that spans the boundary does.',
  },
  'counter-worst': {
    question:
      'The sliding counter knows how many came in the previous window, but not when. How far over its limit can it be led?',
    scenario: 'counter-worst',
    options: {
      exact: 'Not at all',
      tenth: 'By a tenth or so',
      half: 'By about a half',
      double: 'To almost twice the limit',
    },
    answer: (race) => {
      const overshoot = race.value('sliding-counter', 'overshoot');
      if (overshoot <= 1) return 'exact';
      if (overshoot <= 1.2) return 'tenth';
      return overshoot < 1.8 ? 'half' : 'double';
    },
    explain:
      'A whole volley at the end of the previous window is counted as if half of it had come in that window’s first half. As its weight fades, new requests take its place, while the volley itself is still within the last second.',
  },
  'same-decisions': {
    question:
      'GCRA keeps one timestamp, the token bucket a level and a time. On how many of these requests do they disagree?',
    scenario: 'gcra',
    options: { none: 'On none', few: 'On a few', many: 'On more than one in ten' },
    answer: (race) => {
      const share = disagreement(race);
      if (share === 0) return 'none';
      return share <= 0.1 ? 'few' : 'many';
    },
    explain:
      'They are one algorithm in two notations, as long as the numbers are whole. With fractions of a millisecond each rounds in its own way, and a request that comes exactly on time is refused by one and not by the other.',
  },
} as const satisfies Record<string, Prediction<ScenarioId>>;

export const plantedBugs = {
  'bucket-without-a-brim': {
    title: 'A bucket without a brim',
    variant: 'token-bucket',
    find: 'return Math.min(capacity, credit + elapsedMs * limit);',
    replace: 'return credit + elapsedMs * limit;',
    effect: 'A client that was idle overnight may send the whole night’s requests in one second.',
    caughtBy: ['RL5', 'RL6', 'RL7'],
  },
  'refill-rounded-down': {
    title: 'Refill rounded down',
    variant: 'token-bucket',
    find: 'credit + elapsedMs * limit',
    replace: 'credit + Math.floor((elapsedMs * limit) / windowMs) * windowMs',
    effect:
      'A client that asks more often than tokens drop in never gets one again: each refill rounds to nothing.',
    caughtBy: ['RL5', 'RL6'],
  },
  'log-of-refusals': {
    title: 'A log that keeps the refused, too',
    variant: 'sliding-log',
    find: 'if (excess > 0) {',
    replace: 'if (excess > 0) {\n        admittedAtMs.push(nowMs);',
    effect: 'A client that keeps knocking is never let in again, not even once per window.',
    caughtBy: ['RL2'],
  },
  'weight-the-wrong-way': {
    title: 'The weight the wrong way round',
    variant: 'sliding-counter',
    find: 'previous * (windowMs - elapsedMs)',
    replace: 'previous * elapsedMs',
    effect:
      'The previous window weighs more the longer ago it was, so the boundary is open and the end of the window closed.',
    caughtBy: ['RL3', 'RL4'],
  },
  'idle-time-saved-up': {
    title: 'Idle time saved up',
    variant: 'gcra',
    find: 'Math.max(theoreticalArrival, now)',
    // A first request has no time to save: from -Infinity on nothing would ever be refused.
    replace: '(theoreticalArrival === Number.NEGATIVE_INFINITY ? now : theoreticalArrival)',
    effect:
      'The theoretical arrival time stays in the past while nobody comes, and all that time can be spent at once.',
    caughtBy: ['RL7', 'RL8'],
  },
} as const satisfies Record<string, PlantedBug<VariantId>>;

export const omissions = [
  {
    what: 'One limiter in one process decides, at once and without error.',
    effect:
      'A limiter spread over several nodes admits more: each node decides with old or partial counts.',
  },
  {
    what: 'A refused client gives up and does not send the request again.',
    effect:
      'Real clients retry, so the offered rate rises when requests are refused, and the share accepted falls further than here.',
  },
  {
    what: 'The service takes any number of requests and answers none.',
    effect:
      'What a burst does to the service is not seen: its latency would make the difference between the queue and the bucket larger.',
  },
  {
    what: 'Every request costs the same.',
    effect:
      'With costs that differ, a limit on the number of requests admits more work at some times than at others.',
  },
  {
    what: 'Every message takes the same time on the network.',
    effect: 'Jitter blurs volleys: an attack at the boundary hits it less exactly than here.',
  },
];

export const claims = {
  'boundary-doubles': {
    statement: 'A fixed window passes twice its limit within one window across a boundary.',
    scenario: 'boundary-attack',
    kind: 'holds',
    holds: (race) => race.value('fixed-window', 'overshoot') === 2,
  },
  'boundary-refuses-nobody': {
    statement: 'The attack at the boundary is never refused, and keeps to the limit on average.',
    scenario: 'boundary-attack',
    kind: 'holds',
    holds: (race) =>
      race.value('fixed-window', 'acceptedShare') === 100 &&
      race.value('fixed-window', 'acceptedPerSecond') <= Number(race.parameter('limit')),
  },
  'steady-indifferent': {
    statement:
      'On a steady stream above the limit all three accept the same share, limit / offered, to within two percentage points.',
    scenario: 'steady',
    kind: 'holds',
    holds: (race) => {
      const expected =
        (100 * Number(race.parameter('limit'))) / Number(race.parameter('offeredPerSecond'));
      return race.race.runs.every(
        ({ variant }) => Math.abs(race.value(variant, 'acceptedShare') - expected) <= 2,
      );
    },
  },
  'log-exact': {
    statement: 'The sliding log never passes more than the limit in any window.',
    scenario: 'race',
    kind: 'holds',
    holds: (race) => race.value('sliding-log', 'overshoot') <= 1,
  },
  'counter-nearly-doubles': {
    statement: 'The sliding counter can be led to one request short of twice its limit.',
    scenario: 'counter-worst',
    kind: 'holds',
    holds: (race) =>
      race.value('sliding-counter', 'worstWindow') === 2 * Number(race.parameter('limit')) - 1,
  },
  'log-costs-memory': {
    statement: 'The sliding log keeps as many numbers as its limit; the others, at most three.',
    scenario: 'race',
    kind: 'holds',
    holds: (race) =>
      race.value('sliding-log', 'stateSize') === Number(race.parameter('limit')) &&
      race.race.runs.every(
        ({ variant }) => variant === 'sliding-log' || race.value(variant, 'stateSize') <= 3,
      ),
  },
  'gcra-keeps-one-number': {
    statement: 'GCRA keeps one number for each key, the token bucket two.',
    scenario: 'gcra',
    kind: 'holds',
    holds: (race) =>
      race.value('gcra', 'stateSize') === 1 && race.value('token-bucket', 'stateSize') === 2,
  },
  'bucket-bound-is-reached': {
    statement:
      'The worst window of the token bucket holds burst + limit − 1 requests, the most that its rule allows.',
    scenario: 'on-off',
    kind: 'holds',
    holds: (race) =>
      race.value('token-bucket', 'worstWindow') ===
      Number(race.parameter('burst')) + Number(race.parameter('limit')) - 1,
  },
  'gcra-is-the-bucket': {
    statement:
      'On a clock of whole ms GCRA and the token bucket agree on every request shown, and accept the same share of all.',
    scenario: 'gcra',
    kind: 'holds',
    holds: (race) =>
      disagreement(race) === 0 &&
      race.value('gcra', 'acceptedShare') === race.value('token-bucket', 'acceptedShare'),
  },
  'fractions-part-them': {
    statement:
      'On fractions of a ms the two disagree on more than one in ten of the requests shown.',
    scenario: 'gcra-fractional',
    kind: 'holds',
    holds: (race) => disagreement(race) > 0.1,
  },
  'burst-same-admissions': {
    statement: 'Token bucket, meter and queue accept the same share of a burst.',
    scenario: 'burst',
    kind: 'holds',
    holds: (race) => {
      const [first, ...others] = race.race.runs.map(({ variant }) =>
        race.value(variant, 'acceptedShare'),
      );
      return others.every((other) => other === first);
    },
  },
  'queue-never-exceeds': {
    statement: 'Of the three, only the queue never passes more than the limit in any window.',
    scenario: 'burst',
    kind: 'holds',
    holds: (race) =>
      race.race.runs.every(
        ({ variant }) =>
          race.value(variant, 'overshoot') <= 1 === (variant === 'leaky-bucket-queue'),
      ),
  },
  'queue-waits': {
    statement: 'Only the queue makes requests wait.',
    scenario: 'burst',
    kind: 'holds',
    holds: (race) =>
      race.race.runs.every(
        ({ variant }) =>
          race.value(variant, 'wait.mean') > 0 === (variant === 'leaky-bucket-queue'),
      ),
  },
  'queue-smoother': {
    statement: 'On random traffic the queue has a smaller worst window than the token bucket.',
    scenario: 'race',
    kind: 'beats',
    result: 'worstWindow',
    better: 'leaky-bucket-queue',
    worse: 'token-bucket',
    seeds: 20,
  },
  'counter-below-fixed': {
    statement:
      'On random traffic the sliding counter has a smaller worst window than the fixed one.',
    scenario: 'race',
    kind: 'beats',
    result: 'worstWindow',
    better: 'sliding-counter',
    worse: 'fixed-window',
    seeds: 20,
  },
  'fixed-accepts-more-than-log': {
    statement: 'On random traffic the fixed window accepts more than the sliding log.',
    scenario: 'race',
    kind: 'beats',
    result: 'acceptedShare',
    better: 'fixed-window',
    worse: 'sliding-log',
    seeds: 20,
  },
  'noise-drowns-the-quiet': {
    statement:
      'Behind one shared limiter the quiet client loses more than half of its requests, with either algorithm.',
    scenario: 'fairness',
    kind: 'holds',
    holds: (race) =>
      race.race.runs.every(({ variant }) => race.value(variant, 'quietAccepted') < 50),
  },
} as const satisfies Record<string, Claim<ScenarioId, VariantId>>;

/**
 * Share of the requests decided within the time shown, in [0, 1], on which the token bucket and GCRA
 * disagree: their decisions are compared in the order in which they were made.
 */
function disagreement(race: RaceReader): number {
  const bucket = decisionsOf(race.run('token-bucket').recording);
  const cells = decisionsOf(race.run('gcra').recording);
  const differing = bucket.filter((kind, i) => kind !== cells[i]).length;
  return differing / Math.max(1, bucket.length);
}

/** What the limiter answered, request by request: the kinds of the messages that left it. */
function decisionsOf({ messages, strings }: Recording): string[] {
  const kinds: string[] = [];
  for (let i = 0; i < messages.length; i++) {
    if (strings[messages.from[i] ?? 0] === 'limiter')
      kinds.push(strings[messages.kind[i] ?? 0] ?? '');
  }
  return kinds;
}
