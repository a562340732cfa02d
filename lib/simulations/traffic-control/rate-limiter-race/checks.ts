/** The rules that the limiters are held to, in the tests and on request in the page. */
import { exponential } from '../../../kernel/distributions';
import type { RandomStream } from '../../../kernel/random';
import { Mean } from '../../../kernel/statistics';
import type { Check, CheckContext } from '../../../simulation/definition';
import type { LimiterFactory, LimiterOptions } from './models/limiter';
import type { parameters } from './parameters';
import { admittedPerWindow, bucketLoss } from './theory';
import { ALL, BUCKETS, type VariantId } from './variants';

type LimiterCheck = Check<typeof parameters, VariantId, LimiterFactory>;
type Context = CheckContext<typeof parameters, VariantId, LimiterFactory>;

export const checks = {
  RL1: {
    statement:
      'A fixed window admits at most its limit in each of its own windows, and twice the limit in a window across a boundary.',
    against:
      'Definition; 100 requests right before and 100 right after the boundary, limit 100 per minute: 200 admitted.',
    variants: ['fixed-window'],
    seeds: 20,
    verify: (check) => {
      const { model, random, equal, atMost } = check;
      const options = { limit: 7, windowMs: 1000, burst: 1 };
      const perWindow = new Map<number, number>();
      for (const atMs of admitted(
        model('fixed-window'),
        options,
        mixedTimes(random('times'), 400),
      )) {
        const window = Math.floor(atMs / options.windowMs);
        perWindow.set(window, (perWindow.get(window) ?? 0) + 1);
      }
      atMost(Math.max(...perWindow.values()), options.limit, 'Most admitted in an aligned window');

      const volleys = [...repeat(59_900, 100), ...repeat(60_100, 100)];
      const minute = { limit: 100, windowMs: 60_000, burst: 1 };
      const passed = admitted(model('fixed-window'), minute, volleys);
      equal(passed.length, 200, 'Admitted within 200 ms across the boundary');
    },
  },

  RL2: {
    statement:
      'A sliding log admits a request exactly when fewer than the limit were admitted in the window that ends with it.',
    against: 'Definition, recounted from all admitted requests at every request.',
    variants: ['sliding-log'],
    seeds: 20,
    verify: ({ model, random, equal }) => {
      const { limit, windowMs } = { limit: 7, windowMs: 1000 };
      const limiter = model('sliding-log')({ limit, windowMs, burst: 1 });
      const kept: number[] = [];
      for (const atMs of mixedTimes(random('times'), 400)) {
        const inWindow = kept.filter((earlier) => earlier > atMs - windowMs).length;
        equal(limiter.take(atMs).allowed, inWindow < limit, `Decision at ${atMs} ms`);
        if (inWindow < limit) kept.push(atMs);
      }
    },
  },

  RL3: {
    statement:
      'After 42 requests in the previous minute and 18 in the first 15 s of this one, the sliding counter reads 49.5.',
    against:
      'Worked example of J. Desgats, "How we built rate limiting capable of scaling to millions of domains", Cloudflare, 2017: 42 × (60 − 15) / 60 + 18 = 49.5, limit 50.',
    variants: ['sliding-counter'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const limiter = model('sliding-counter')({ limit: 50, windowMs: 60_000, burst: 1 });
      for (const atMs of [...repeat(30_000, 42), ...repeat(74_900, 18)]) limiter.take(atMs);
      equal(limiter.remaining(75_000), 0.5, 'Limit less estimate');
      equal(limiter.take(75_000).allowed, false, 'One more request is allowed');
    },
  },

  RL4: {
    statement:
      'A sliding counter admits at most 2 × limit − 1 in any window, and does admit that many.',
    against:
      'Derived: with p in the previous window and c up to a fraction f < 1 of this one, p (1 − f) + c ≤ limit, so p + c ≤ limit + p f < 2 × limit.',
    variants: ['sliding-counter'],
    seeds: 20,
    verify: ({ model, random, atMost, equal }) => {
      const factory = model('sliding-counter');
      const options = { limit: 7, windowMs: 1000, burst: 1 };
      const passed = admitted(factory, options, mixedTimes(random('times'), 400));
      atMost(mostInAnyWindow(passed, 1000), 13, 'Most admitted in any window');

      // The previous window all at its very end, then a request as soon as each is allowed.
      const worst = [...repeat(999, 10), ...Array.from({ length: 10 }, (_, i) => 1000 + i * 100)];
      const most = admitted(factory, { ...options, limit: 10 }, worst);
      equal(mostInAnyWindow(most, 1000), 19, 'Admitted in the worst window, limit 10');
    },
  },

  RL5: {
    statement:
      'A token bucket admits at most burst + rate × t in every interval of length t, and refuses only what would exceed that.',
    against:
      'The definition, checked for every pair of admitted requests; R. L. Cruz’s burstiness constraint (σ, ρ) of 1991, with σ = burst.',
    variants: ['token-bucket'],
    seeds: 20,
    verify: ({ model, random, equal }) => {
      const { limit, windowMs, burst } = { limit: 7, windowMs: 1000, burst: 4 };
      const limiter = model('token-bucket')({ limit, windowMs, burst });
      const kept: number[] = [];
      for (const atMs of mixedTimes(random('times'), 400)) {
        // Times windowMs, in whole numbers: (count + 1) ≤ burst + limit × t / windowMs.
        const fits = [...kept, atMs].every(
          (sinceMs, i) =>
            (kept.length - i + 1) * windowMs <= burst * windowMs + limit * (atMs - sinceMs),
        );
        equal(limiter.take(atMs).allowed, fits, `Decision at ${atMs} ms`);
        if (fits) kept.push(atMs);
      }
    },
  },

  RL6: {
    statement: 'The token bucket decides the cases of a well-tested library as the library does.',
    against:
      'golang.org/x/time/rate, rate_test.go: bursts of 1 and 3, a clock that jumps back, 15 at once, a rate of zero, five seconds of overload.',
    variants: ['token-bucket'],
    seeds: 1,
    verify: ({ model, equal, atLeast, atMost }) => {
      const factory = model('token-bucket');
      for (const { name, burst, steps } of GO_CASES) {
        const limiter = factory({ limit: 1, windowMs: 100, burst });
        for (const [tick, cost, allowed] of steps) {
          equal(limiter.take(tick * 100, cost).allowed, allowed, `${name}, tick ${tick}`);
        }
      }
      const atOnce = admitted(factory, { limit: 1, windowMs: 1000, burst: 5 }, repeat(0, 15));
      equal(atOnce.length, 5, 'Admitted of 15 at once, burst 5');

      const closed = admitted(factory, { limit: 0, windowMs: 1000, burst: 1 }, [0, 3_600_000]);
      equal(closed.length, 1, 'Admitted at a rate of zero, burst 1');

      const times = Array.from({ length: 5001 }, (_, atMs) => atMs);
      const { length } = admitted(factory, { limit: 100, windowMs: 1000, burst: 100 }, times);
      const ideal = 100 + 100 * 5;
      atMost(length, ideal + 1, 'Admitted in 5 s at ten times the rate');
      atLeast(length, 0.999 * ideal, 'Admitted in 5 s at ten times the rate');
    },
  },

  RL7: {
    statement: 'On a clock of whole ms, GCRA and the token bucket agree on every request.',
    against: 'Equality decision by decision for T = window / limit and τ = (burst − 1) × T.',
    variants: ['gcra', 'token-bucket'],
    seeds: 50,
    verify: (check) => sameDecisions(check, 'gcra'),
  },

  RL8: {
    statement: 'GCRA and the leaky bucket as a meter are the two definitions of ITU-T I.371.',
    against:
      'ITU-T I.371, virtual scheduling and continuous-state leaky bucket, GCRA(T, τ), step by step.',
    variants: ['gcra', 'leaky-bucket-meter'],
    seeds: 20,
    verify: ({ model, random, equal }) => {
      // T = 125 ms is whole, so that the definitions can be followed in ms.
      const options = { limit: 8, windowMs: 1000, burst: 4 };
      const { increment, tolerance } = { increment: 125, tolerance: 375 };
      const scheduled = model('gcra')(options);
      const metered = model('leaky-bucket-meter')(options);
      let theoreticalMs: number | undefined;
      let bucket = { levelMs: 0, lastConformingMs: 0 };
      for (const atMs of mixedTimes(random('times'), 400)) {
        const expectedMs = theoreticalMs ?? atMs;
        const onSchedule = atMs >= expectedMs - tolerance;
        if (onSchedule) theoreticalMs = Math.max(atMs, expectedMs) + increment;
        equal(scheduled.take(atMs).allowed, onSchedule, `Virtual scheduling at ${atMs} ms`);

        const levelMs = Math.max(0, bucket.levelMs - (atMs - bucket.lastConformingMs));
        const fits = levelMs <= tolerance;
        if (fits) bucket = { levelMs: levelMs + increment, lastConformingMs: atMs };
        equal(metered.take(atMs).allowed, fits, `Continuous-state leaky bucket at ${atMs} ms`);
      }
    },
  },

  RL9: {
    statement:
      'The leaky bucket as a queue delays and refuses like nginx, and releases no two requests closer than window / limit.',
    against:
      'ngx_http_limit_req_module.c: excess = excess − rate × ms / 1000 + 1000, refused above burst, delayed by excess / rate; its burst is one less than ours.',
    variants: ['leaky-bucket-queue'],
    seeds: 20,
    verify: ({ model, random, equal, atLeast }) => {
      const limiter = model('leaky-bucket-queue')({ limit: 10, windowMs: 1000, burst: 6 });
      const nginx = { ratePerSecond: 10, burst: 5 };
      let excess: number | undefined;
      let lastMs = 0;
      let releasedMs = Number.NEGATIVE_INFINITY;
      for (const atMs of mixedTimes(random('times'), 400)) {
        // In thousandths of a request, as nginx counts; the first request of a key finds none.
        const next: number =
          excess === undefined
            ? 0
            : Math.max(0, excess - nginx.ratePerSecond * (atMs - lastMs) + 1000);
        const decision = limiter.take(atMs);
        const fits = next <= nginx.burst * 1000;
        equal(decision.allowed, fits, `Decision at ${atMs} ms`);
        if (!fits || !decision.allowed) continue;
        excess = next;
        lastMs = atMs;
        equal(decision.waitMs, next / nginx.ratePerSecond, `Delay at ${atMs} ms`);
        atLeast(atMs + decision.waitMs - releasedMs, 100, `Distance of releases at ${atMs} ms`);
        releasedMs = atMs + decision.waitMs;
      }
    },
  },

  RL10: {
    statement:
      'Both leaky buckets admit the requests that the token bucket admits; only the queue makes them wait.',
    against: 'Equality decision by decision on a clock of whole ms.',
    variants: ['leaky-bucket-meter', 'leaky-bucket-queue', 'token-bucket'],
    seeds: 50,
    verify: (check) => {
      sameDecisions(check, 'leaky-bucket-meter');
      sameDecisions(check, 'leaky-bucket-queue');
    },
  },

  RL11: {
    statement:
      'A refused request is allowed after the announced time, and not a millisecond sooner, if no other comes.',
    against: 'Definition of Retry-After (RFC 9110, section 10.2.3), by replaying the history.',
    variants: ALL,
    seeds: 3,
    verify: (check) => {
      const options = { limit: 7, windowMs: 1000, burst: 4 };
      for (const variant of ALL) {
        const factory = check.model(variant);
        const times = mixedTimes(check.random(`times of ${variant}`), 60);
        const limiter = factory(options);
        times.forEach((atMs, i) => {
          const decision = limiter.take(atMs);
          if (decision.allowed) return;
          const laterMs = Math.ceil(decision.retryAfterMs);
          const again = (delayMs: number) => {
            const replayed = factory(options);
            for (const earlier of times.slice(0, i + 1)) replayed.take(earlier);
            return replayed.take(atMs + delayMs).allowed;
          };
          check.atLeast(laterMs, 1, `${variant} at ${atMs} ms: announced delay`);
          check.equal(again(laterMs), true, `${variant} at ${atMs} ms, ${laterMs} ms later`);
          check.equal(again(laterMs - 1), false, `${variant} at ${atMs} ms, 1 ms too soon`);
        });
      }
    },
  },

  RL12: {
    statement:
      'After the clock has jumped back, by less than a window or by an hour, nobody is refused for longer than two windows (a log: one, a sliding counter: three), or than a full burst takes.',
    against: 'The interface’s promise; a naive limiter refuses for the whole hour.',
    variants: ALL,
    seeds: 5,
    verify: ({ model, random, atMost }) => {
      const options = { limit: 7, windowMs: 1000, burst: 4 };
      const burstMs = (options.burst * options.windowMs) / options.limit;
      const longestMs: Record<VariantId, number> = {
        'fixed-window': 2 * options.windowMs,
        'sliding-log': options.windowMs,
        'sliding-counter': 3 * options.windowMs,
        'token-bucket': burstMs,
        'leaky-bucket-meter': burstMs,
        'leaky-bucket-queue': burstMs,
        gcra: burstMs,
      };
      for (const variant of ALL) {
        const times = mixedTimes(random(`times of ${variant}`), 100);
        const endMs = times.at(-1) ?? 0;
        for (const jumpMs of [1, 500, 999, 1500, 1999, 2500, 3_600_000]) {
          const limiter = model(variant)(options);
          for (const atMs of times) limiter.take(jumpMs + atMs);
          for (let i = 0; i < 20; i++) limiter.take(jumpMs + endMs);
          for (let i = 0; i < 20; i++) {
            const decision = limiter.take(endMs);
            const refusedMs = decision.allowed ? 0 : decision.retryAfterMs;
            atMost(refusedMs, longestMs[variant], `${variant}, ${jumpMs} ms back: refused for`);
          }
        }
      }
    },
  },

  RL13: {
    statement:
      'In the race, no window of any algorithm holds more than its bound: limit, 2 × limit − 1, 2 × limit, or burst + limit − 1.',
    against:
      'RL1 to RL5 and RL9, on the runs the figures show: every arrival pattern, latency included.',
    variants: ALL,
    seeds: 5,
    verify: ({ run, random, atMost }) => {
      const stream = random('settings');
      for (const pattern of ['steady', 'poisson', 'on-off', 'boundary'] as const) {
        const limit = 2 + stream.nextInteger(12);
        const burst = 1 + stream.nextInteger(12);
        const race = run({
          parameters: { pattern, limit, burst, volley: limit, afterMs: 1000, onMs: 500 },
          variants: ALL,
        });
        const bounds: Record<VariantId, number> = {
          'fixed-window': 2 * limit,
          'sliding-log': limit,
          'sliding-counter': 2 * limit - 1,
          'token-bucket': burst + limit - 1,
          'leaky-bucket-meter': burst + limit - 1,
          'leaky-bucket-queue': limit,
          gcra: burst + limit - 1,
        };
        for (const variant of ALL) {
          const what = `${variant}, ${pattern}, limit ${limit}, burst ${burst}: worst window`;
          atMost(race.value(variant, 'worstWindow'), bounds[variant], what);
        }
      }
    },
  },

  RL14: {
    statement: 'Under random arrivals a bucket refuses the share that queueing theory predicts.',
    against:
      'Loss of the M/D/1 queue with room for the burst, as theory.ts derives it; within 4 standard errors of 16 independent runs.',
    variants: BUCKETS,
    seeds: 2,
    verify: ({ model, random, within }) => {
      for (const variant of BUCKETS) {
        for (const load of [0.7, 1, 1.5]) {
          const options = { limit: 10, windowMs: 1000, burst: 5 };
          const stream = random(`${variant} at ${load}`);
          const refused = new Mean();
          for (let i = 0; i < 16; i++) {
            refused.add(refusedShare(model(variant), options, { stream, load, requests: 1500 }));
          }
          const expected = bucketLoss({ burst: options.burst, load });
          const tolerance = 4 * refused.standardError;
          within(refused.mean, expected, tolerance, `${variant} at ${load} times its rate`);
        }
      }
    },
  },

  RL15: {
    statement:
      'Under random arrivals a fixed window admits, per window, the mean of a Poisson count cut off at the limit.',
    against:
      'E[min(N, limit)] for N ~ Poisson(rate × window); within 4 standard errors over 2,000 windows.',
    variants: ['fixed-window'],
    seeds: 3,
    verify: ({ model, random, within }) => {
      const options = { limit: 10, windowMs: 1000, burst: 1 };
      const windows = 2000;
      for (const offered of [6, 10, 15]) {
        const times = poissonArrivals(random(`offered ${offered}`), {
          meanGapMs: options.windowMs / offered,
          untilMs: windows * options.windowMs,
        });
        const passed = admitted(model('fixed-window'), options, times).length / windows;
        const { mean, variance } = admittedPerWindow({ limit: options.limit, offered });
        const tolerance = 4 * Math.sqrt(variance / windows);
        within(passed, mean, tolerance, `Admitted per window of ${offered} offered`);
      }
    },
  },
} as const satisfies Record<string, LimiterCheck>;

/**
 * Steps of the tests of golang.org/x/time/rate (rate_test.go, Burst1, Burst3 and JumpBackwards):
 * [tick of 100 ms, cost, allowed], one token per tick.
 */
const GO_CASES: readonly {
  readonly name: string;
  readonly burst: number;
  readonly steps: readonly (readonly [tick: number, cost: number, allowed: boolean])[];
}[] = [
  {
    name: 'Burst of 1',
    burst: 1,
    steps: [
      [0, 1, true],
      [0, 1, false],
      [0, 1, false],
      [1, 1, true],
      [1, 1, false],
      [1, 1, false],
      [2, 2, false],
      [2, 1, true],
      [2, 1, false],
    ],
  },
  {
    name: 'Burst of 3',
    burst: 3,
    steps: [
      [0, 2, true],
      [0, 2, false],
      [0, 1, true],
      [0, 1, false],
      [1, 4, false],
      [2, 1, true],
      [3, 1, true],
      [4, 1, true],
      [4, 1, true],
      [4, 1, false],
      [4, 1, false],
      [9, 3, true],
      [9, 0, true],
    ],
  },
  {
    name: 'Clock that jumps back',
    burst: 3,
    steps: [
      [1, 1, true],
      [0, 1, true],
      [0, 1, true],
      [0, 1, false],
      [0, 1, false],
      [1, 1, true],
      [1, 1, false],
      [1, 1, false],
      [2, 1, true],
      [2, 1, false],
      [2, 1, false],
    ],
  },
];

/** Compares a bucket with the token bucket, with drawn settings and costs, on whole ms. */
function sameDecisions({ model, random, equal }: Context, variant: VariantId): void {
  const stream = random('settings');
  const options = {
    limit: 1 + stream.nextInteger(20),
    windowMs: 1 + stream.nextInteger(2000),
    burst: 1 + stream.nextInteger(20),
  };
  const other = model(variant)(options);
  const bucket = model('token-bucket')(options);
  for (const atMs of mixedTimes(random('times'), 300)) {
    const cost = stream.nextInteger(4) === 0 ? 1 + stream.nextInteger(3) : 1;
    const expected = bucket.take(atMs, cost).allowed;
    const what = `${JSON.stringify(options)}, cost ${cost} at ${atMs} ms`;
    equal(other.take(atMs, cost).allowed, expected, what);
  }
}

/** Whole ms at which requests come: many at once, many close together, some after a pause. */
function mixedTimes(stream: RandomStream, length: number): number[] {
  const times: number[] = [];
  let atMs = stream.nextInteger(1000);
  for (let i = 0; i < length; i++) {
    const kind = stream.next();
    if (kind > 0.97) atMs += stream.nextInteger(4000);
    else if (kind > 0.35) atMs += stream.nextInteger(200);
    times.push(atMs);
  }
  return times;
}

function repeat(atMs: number, times: number): number[] {
  return Array.from({ length: times }, () => atMs);
}

/** The moments at which a fresh limiter admits, of requests at these moments. */
function admitted(
  factory: LimiterFactory,
  options: LimiterOptions,
  times: readonly number[],
): number[] {
  const limiter = factory(options);
  return times.filter((atMs) => limiter.take(atMs).allowed);
}

/** The most of these rising moments in any half-open window (t − windowMs, t]. */
function mostInAnyWindow(times: readonly number[], windowMs: number): number {
  let first = 0;
  let most = 0;
  times.forEach((atMs, i) => {
    while ((times[first] ?? atMs) <= atMs - windowMs) first++;
    most = Math.max(most, i - first + 1);
  });
  return most;
}

function poissonArrivals(
  stream: RandomStream,
  { meanGapMs, untilMs }: { readonly meanGapMs: number; readonly untilMs: number },
): number[] {
  const times: number[] = [];
  let atMs = exponential(stream, meanGapMs);
  while (atMs < untilMs) {
    times.push(atMs);
    atMs += exponential(stream, meanGapMs);
  }
  return times;
}

/** Share refused of Poisson arrivals, in [0, 1], once the full start no longer matters. */
function refusedShare(
  factory: LimiterFactory,
  options: LimiterOptions,
  setting: { readonly stream: RandomStream; readonly load: number; readonly requests: number },
): number {
  const { stream, load, requests } = setting;
  const meanGapMs = options.windowMs / options.limit / load;
  const limiter = factory(options);
  const warmUp = 100;
  let refused = 0;
  let atMs = 0;
  for (let i = 0; i < warmUp + requests; i++) {
    atMs += exponential(stream, meanGapMs);
    const { allowed } = limiter.take(atMs);
    if (i >= warmUp && !allowed) refused++;
  }
  return refused / requests;
}
