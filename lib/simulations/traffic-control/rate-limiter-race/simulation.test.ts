/**
 * Properties of the limiters beyond the declared checks RL1 to RL15, which the contract test runs:
 * the same rules on arbitrary sequences, the promises of the interface, and the run around them.
 */
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sourcesIn } from '../../../content/bundles';
import { interfaceOf } from '../../../content/model-interface';
import { createStreams } from '../../../kernel/random';
import type { Recording } from '../../../kernel/recording';
import type { AnyDefinition, InterventionEvent } from '../../../simulation/definition';
import { defaultsOf, type Values } from '../../../simulation/parameters';
import { reader, runRace, scenarioRequest } from '../../../simulation/run';
import { linked } from '../../../tools/code/fixture';
import { modulesOf } from '../../../tools/code/program';
import { drawArrivals } from './arrivals';
import { fixedWindow } from './models/fixed-window';
import { gcra } from './models/gcra';
import { leakyBucketMeter } from './models/leaky-bucket-meter';
import { leakyBucketQueue } from './models/leaky-bucket-queue';
import type { Decision, Limiter, LimiterOptions } from './models/limiter';
import { slidingCounter } from './models/sliding-counter';
import { slidingLog } from './models/sliding-log';
import { tokenBucket } from './models/token-bucket';
import { parameters } from './parameters';
import { simulation } from './simulation';
import { admittedPerWindow, bucketLoss } from './theory';
import { ALL, BUCKETS, type VariantId, variants } from './variants';

const SEQUENCES = 1000;

interface Request {
  readonly atMs: number;
  readonly cost: number;
}

const options: fc.Arbitrary<LimiterOptions> = fc.record({
  limit: fc.integer({ min: 1, max: 30 }),
  windowMs: fc.integer({ min: 1, max: 3000 }),
  burst: fc.integer({ min: 1, max: 30 }),
});

/** Requests at whole ms, in order: many at once, some close together, some after a pause. */
function requests(costMax: number): fc.Arbitrary<Request[]> {
  const gap = fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: 50 }),
    fc.integer({ min: 0, max: 5000 }),
  );
  return fc
    .array(fc.record({ gapMs: gap, cost: fc.integer({ min: 1, max: costMax }) }), {
      minLength: 1,
      maxLength: 80,
    })
    .map((rows) => {
      let atMs = 0;
      return rows.map(({ gapMs, cost }) => {
        atMs += gapMs;
        return { atMs, cost };
      });
    });
}

const take = (limiter: Limiter, { atMs, cost }: Request): Decision => limiter.take(atMs, cost);

/** The costs admitted, each at its moment, one entry per unit of cost. */
function admittedUnits(limiter: Limiter, sequence: readonly Request[]): number[] {
  return sequence
    .filter((request) => take(limiter, request).allowed)
    .flatMap(({ atMs, cost }) => Array.from({ length: cost }, () => atMs));
}

function mostInAnyWindow(times: readonly number[], windowMs: number): number {
  return Math.max(
    0,
    ...times.map((endMs, i) => times.filter((atMs, j) => j <= i && atMs > endMs - windowMs).length),
  );
}

/** Runs a property on many sequences; the seed is fixed, so that a failure is not a matter of luck. */
function holds<T extends [unknown, ...unknown[]]>(
  ...[arbitraries, property]: [{ [K in keyof T]: fc.Arbitrary<T[K]> }, (...values: T) => void]
): void {
  fc.assert(fc.property(...arbitraries, property), { numRuns: SEQUENCES, seed: 1 });
}

describe('window limiters', () => {
  test('[RL1] a fixed window admits at most its limit in each aligned window, whatever the costs', () => {
    holds([options, requests(4)], (setting, sequence) => {
      const perWindow = new Map<number, number>();
      for (const atMs of admittedUnits(fixedWindow(setting), sequence)) {
        const window = Math.floor(atMs / setting.windowMs);
        perWindow.set(window, (perWindow.get(window) ?? 0) + 1);
      }
      for (const count of perWindow.values()) expect(count).toBeLessThanOrEqual(setting.limit);
    });
  });

  test('[RL1] a volley on each side of a boundary passes whole, for every limit', () => {
    for (let limit = 1; limit <= 40; limit++) {
      const limiter = fixedWindow({ limit, windowMs: 1000, burst: 1 });
      const volleys = [999, 1000].flatMap((atMs) =>
        Array.from({ length: limit }, () => ({ atMs, cost: 1 })),
      );
      expect(admittedUnits(limiter, volleys)).toHaveLength(2 * limit);
    }
  });

  test('[RL2] a sliding log decides as a count over all admitted requests does', () => {
    holds([options, requests(4)], (setting, sequence) => {
      const { limit, windowMs } = setting;
      const limiter = slidingLog(setting);
      const kept: number[] = [];
      for (const request of sequence) {
        const { atMs, cost } = request;
        const inWindow = kept.filter((earlierMs) => earlierMs > atMs - windowMs).length;
        expect(take(limiter, request).allowed).toBe(inWindow + cost <= limit);
        if (inWindow + cost <= limit) for (let i = 0; i < cost; i++) kept.push(atMs);
        expect(limiter.stateSize()).toBe(
          kept.filter((earlierMs) => earlierMs > atMs - windowMs).length,
        );
      }
    });
  });

  test('[RL2] a request leaves the log exactly one window later', () => {
    const limiter = slidingLog({ limit: 1, windowMs: 1000, burst: 1 });
    expect(limiter.take(500).allowed).toBe(true);
    expect(limiter.take(1499).allowed).toBe(false);
    expect(limiter.take(1500).allowed).toBe(true);
  });

  test('[RL3] an estimate of 6.5 refuses the next request of seven: it is not rounded down', () => {
    const limiter = slidingCounter({ limit: 7, windowMs: 60_000, burst: 1 });
    for (let i = 0; i < 5; i++) limiter.take(30_000);
    for (let i = 0; i < 3; i++) limiter.take(77_000);
    // 5 × 0.7 + 3, thirty per cent into the minute.
    expect(limiter.remaining(78_000)).toBe(0.5);
    expect(limiter.take(78_000).allowed).toBe(false);
  });

  test('[RL4] a sliding counter admits at most 2 × limit − 1 in any window', () => {
    holds([options, requests(1)], (setting, sequence) => {
      const passed = admittedUnits(slidingCounter(setting), sequence);
      expect(mostInAnyWindow(passed, setting.windowMs)).toBeLessThanOrEqual(2 * setting.limit - 1);
    });
  });

  test('[RL4] the bound of the sliding counter is reached for every limit', () => {
    for (let limit = 2; limit <= 40; limit++) {
      const windowMs = 100 * limit;
      const limiter = slidingCounter({ limit, windowMs, burst: 1 });
      const sequence = Array.from({ length: 2 * limit }, (_, i) => ({
        atMs: i < limit ? windowMs - 1 : windowMs + (i - limit) * 100,
        cost: 1,
      }));
      const passed = admittedUnits(limiter, sequence);
      expect(mostInAnyWindow(passed, windowMs)).toBe(2 * limit - 1);
    }
  });

  test('the previous window is forgotten once a whole window has passed without requests', () => {
    const limiter = slidingCounter({ limit: 5, windowMs: 1000, burst: 1 });
    for (let i = 0; i < 5; i++) limiter.take(900);
    expect(limiter.remaining(1100)).toBe(0.5);
    expect(limiter.remaining(2000)).toBe(5);
  });
});

describe('buckets', () => {
  test('[RL5] a token bucket admits what burst + rate × t leaves room for, whatever the costs', () => {
    holds([options, requests(4)], (setting, sequence) => {
      const { limit, windowMs, burst } = setting;
      const limiter = tokenBucket(setting);
      const kept: number[] = [];
      for (const request of sequence) {
        const { atMs, cost } = request;
        const fits = [...kept, atMs].every(
          (sinceMs, i) =>
            (kept.length - i + cost) * windowMs <= burst * windowMs + limit * (atMs - sinceMs),
        );
        expect(take(limiter, request).allowed).toBe(fits);
        if (fits) for (let i = 0; i < cost; i++) kept.push(atMs);
      }
    });
  });

  test('[RL7] [RL10] all four buckets agree on every request, whatever the costs', () => {
    holds([options, requests(4)], (setting, sequence) => {
      const decisions = (limiter: Limiter) =>
        sequence.map((request) => {
          const decision = take(limiter, request);
          return decision.allowed ? decision.remaining : -decision.retryAfterMs;
        });
      const expected = decisions(tokenBucket(setting));
      expect(decisions(gcra(setting))).toEqual(expected);
      expect(decisions(leakyBucketMeter(setting))).toEqual(expected);
      expect(decisions(leakyBucketQueue(setting))).toEqual(expected);
    });
  });

  test('[RL7] with time in seconds, GCRA and the token bucket part at a request that is on time', () => {
    // A request every tenth of a second at ten per second: each comes when the next token does.
    const setting = { limit: 10, windowMs: 1, burst: 1 };
    const seconds = Array.from({ length: 200 }, (_, i) => i * 0.1);
    const decisions = (limiter: Limiter, scale: number) =>
      seconds.map((_, i) => limiter.take(scale === 1 ? (seconds[i] ?? 0) : i * 100).allowed);
    expect(decisions(tokenBucket(setting), 1)).not.toEqual(decisions(gcra(setting), 1));

    const inMs = { limit: 10, windowMs: 1000, burst: 1 };
    expect(decisions(tokenBucket(inMs), 1000)).toEqual(seconds.map(() => true));
    expect(decisions(gcra(inMs), 1000)).toEqual(seconds.map(() => true));
  });

  test('[RL9] turns come in the order of arrival, at least window / limit apart, none before its request', () => {
    holds([options, requests(1)], (setting, sequence) => {
      const limiter = leakyBucketQueue(setting);
      const turnMs = setting.windowMs / setting.limit;
      let previousMs = Number.NEGATIVE_INFINITY;
      for (const request of sequence) {
        const decision = take(limiter, request);
        if (!decision.allowed) continue;
        expect(decision.waitMs).toBeGreaterThanOrEqual(0);
        expect(decision.waitMs).toBeLessThanOrEqual((setting.burst - 1) * turnMs + 1e-9);
        const releasedMs = request.atMs + decision.waitMs;
        expect(releasedMs - previousMs).toBeGreaterThan(turnMs - 1e-6);
        previousMs = releasedMs;
      }
    });
  });

  test('[RL9] a busy queue leaves no turn unused', () => {
    const limiter = leakyBucketQueue({ limit: 10, windowMs: 1000, burst: 5 });
    const waits = Array.from({ length: 6 }, () => limiter.take(0)).map((decision) =>
      decision.allowed ? decision.waitMs : decision,
    );
    expect(waits).toEqual([0, 100, 200, 300, 400, { allowed: false, retryAfterMs: 100 }]);
  });

  test('limits in Unix time are exact up to 5,000 per window', () => {
    const nowMs = 1_790_000_000_000;
    const setting = { limit: 5000, windowMs: 1000, burst: 3 };
    const limiters = [gcra(setting), leakyBucketQueue(setting), tokenBucket(setting)];
    for (const limiter of limiters) {
      const allowed = Array.from(
        { length: 2000 },
        (_, i) => limiter.take(nowMs + (i >> 3)).allowed,
      );
      // Three at once, then five for each of the 249 ms that follow, of the eight that come in it.
      expect(allowed.filter(Boolean)).toHaveLength(3 + 249 * 3);
    }
  });
});

describe.each(ALL.map((id) => ({ id, factory: variants[id].model })))('$id', ({ id, factory }) => {
  test('[RL11] what is refused is allowed after the announced time, and not 1 ms sooner', () => {
    holds([options, requests(3)], (setting, sequence) => {
      const limiter = factory(setting);
      sequence.slice(0, 20).forEach((request, i) => {
        const decision = take(limiter, request);
        if (decision.allowed) return;
        if (decision.retryAfterMs === Infinity) {
          expect(request.cost).toBeGreaterThan(limiter.capacity);
          return;
        }
        const laterMs = Math.ceil(decision.retryAfterMs);
        const allowedAfter = (delayMs: number) => {
          const replayed = factory(setting);
          for (const earlier of sequence.slice(0, i + 1)) take(replayed, earlier);
          return replayed.take(request.atMs + delayMs, request.cost).allowed;
        };
        expect(allowedAfter(laterMs)).toBe(true);
        expect(allowedAfter(laterMs - 1)).toBe(false);
      });
    });
  });

  test('remaining lies between 0 and the capacity, and is what decides', () => {
    holds([options, requests(4)], (setting, sequence) => {
      const limiter = factory(setting);
      expect(limiter.remaining(0)).toBe(limiter.capacity);
      for (const request of sequence) {
        const before = limiter.remaining(request.atMs);
        const decision = take(limiter, request);
        expect(decision.allowed).toBe(before >= request.cost);
        const after = limiter.remaining(request.atMs);
        expect(after).toBeGreaterThanOrEqual(0);
        expect(after).toBeLessThanOrEqual(limiter.capacity);
        if (decision.allowed) {
          expect(decision.remaining).toBe(after);
          expect(after).toBeCloseTo(before - request.cost, 9);
        } else {
          expect(after).toBe(before);
        }
      }
    });
  });

  test('a refused request leaves no trace', () => {
    holds([options, requests(3)], (setting, sequence) => {
      const limiter = factory(setting);
      const decisions = sequence.map((request) => take(limiter, request));
      const undisturbed = factory(setting);
      sequence.forEach((request, i) => {
        if (decisions[i]?.allowed) expect(take(undisturbed, request)).toEqual(decisions[i]);
      });
    });
  });

  test('looking at what remains changes no decision', () => {
    holds([options, requests(3)], (setting, sequence) => {
      const plain = factory(setting);
      const watched = factory(setting);
      for (const request of sequence) {
        watched.remaining(request.atMs);
        watched.stateSize();
        expect(take(watched, request)).toEqual(take(plain, request));
      }
    });
  });

  test('while nobody comes, what remains only grows', () => {
    holds([options, requests(1)], (setting, sequence) => {
      const limiter = factory(setting);
      for (const request of sequence) take(limiter, request);
      const endMs = sequence.at(-1)?.atMs ?? 0;
      let previous = limiter.remaining(endMs);
      for (let step = 1; step <= 20; step++) {
        const next = limiter.remaining(endMs + step * 150);
        expect(next).toBeGreaterThanOrEqual(previous);
        previous = next;
      }
    });
  });

  test('a cost of n is n requests at once', () => {
    holds([options, requests(4)], (setting, sequence) => {
      const whole = factory(setting);
      const single = factory(setting);
      for (const request of sequence) {
        if (!take(whole, request).allowed) continue;
        for (let i = 0; i < request.cost; i++) {
          expect(single.take(request.atMs).allowed).toBe(true);
        }
        expect(single.remaining(request.atMs)).toBe(whole.remaining(request.atMs));
      }
    });
  });

  test('[RL12] a clock that is set back locks nobody out, and one set forward loses nothing', () => {
    holds(
      [
        options,
        requests(1),
        fc.oneof(fc.integer({ min: 1, max: 6000 }), fc.integer({ min: 1, max: 10 ** 9 })),
      ],
      (setting, sequence, jumpMs) => {
        const limiter = factory(setting);
        for (const { atMs } of sequence) limiter.take(jumpMs + atMs);
        const boundMs = Math.max(
          (id === 'sliding-counter' ? 3 : 2) * setting.windowMs,
          (setting.burst * setting.windowMs) / setting.limit,
        );
        for (const { atMs } of sequence) {
          const decision = limiter.take(atMs);
          if (!decision.allowed) expect(decision.retryAfterMs).toBeLessThanOrEqual(boundMs);
        }
        expect(limiter.remaining(jumpMs * 2 + 10 ** 9)).toBe(limiter.capacity);
      },
    );
  });

  test('a limit of zero admits what the burst holds, and then nobody', () => {
    const limiter = factory({ limit: 0, windowMs: 1000, burst: 1 });
    const decisions = [0, 0, 10 ** 9].map((atMs) => limiter.take(atMs).allowed);
    const expected = isBucket(id) ? [true, false, false] : [false, false, false];
    expect(decisions).toEqual(expected);
    expect(limiter.take(0)).toEqual({ allowed: false, retryAfterMs: Infinity });
  });

  test('whoever is admitted at a limit of zero does not wait for ever', () => {
    const limiter = factory({ limit: 0, windowMs: 1000, burst: 3 });
    for (const atMs of [0, 0, 0, 10 ** 9]) {
      const decision = limiter.take(atMs);
      if (decision.allowed) expect(decision.waitMs).toBe(0);
      else expect(decision.retryAfterMs).toBe(Infinity);
    }
  });
});

describe('a clock set back by less than a window', () => {
  test.each([
    { id: 'fixed-window', factory: fixedWindow },
    { id: 'sliding-counter', factory: slidingCounter },
    { id: 'sliding-log', factory: slidingLog },
  ])('opens no window of $id that was used up', ({ factory }) => {
    const limiter = factory({ limit: 3, windowMs: 1000, burst: 1 });
    for (let i = 0; i < 3; i++) expect(limiter.take(1010).allowed).toBe(true);
    for (const atMs of [990, 1010, 985, 1005]) expect(limiter.take(atMs).allowed).toBe(false);
  });
});

test('idle time that is saved up can be spent, and nothing is free before there was any', () => {
  const bug = simulation.plantedBugs['idle-time-saved-up'];
  if (!bug) throw new Error('The bug is planted.');
  const files = sourcesIn(join(import.meta.dirname, 'models'));
  files.gcra = files.gcra?.replace(bug.find, bug.replace) ?? '';
  const patched = linked('gcra', modulesOf(files, 'gcra'), interfaceOf(files, 'gcra'));
  const limiter = (patched.gcra as typeof gcra)({ limit: 10, windowMs: 1000, burst: 5 });
  const admittedAt = (atMs: number) =>
    Array.from({ length: 1000 }, () => limiter.take(atMs).allowed).filter(Boolean).length;
  expect(admittedAt(0)).toBe(5);
  expect(admittedAt(20_000)).toBe(200);
});

describe('theory', () => {
  test('[RL14] with room for one, the loss is that of Erlang: load / (1 + load)', () => {
    for (const load of [0.1, 0.5, 1, 2, 5]) {
      expect(bucketLoss({ burst: 1, load })).toBeCloseTo(load / (1 + load), 14);
    }
  });

  test('[RL14] the closed form is the solution of the chain embedded at departures', () => {
    for (const burst of [2, 3, 5, 8, 12]) {
      for (const load of [0.3, 0.7, 1, 1.5, 3]) {
        expect(bucketLoss({ burst, load })).toBeCloseTo(lossByChain(burst, load), 9);
      }
    }
  });

  test('[RL15] the cut-off mean has its known ends', () => {
    for (const offered of [0.5, 3, 10]) {
      expect(admittedPerWindow({ limit: 1, offered }).mean).toBeCloseTo(1 - Math.exp(-offered), 14);
      const { mean, variance } = admittedPerWindow({ limit: 200, offered });
      expect(mean).toBeCloseTo(offered, 10);
      expect(variance).toBeCloseTo(offered, 8);
    }
  });
});

/**
 * Loss of M/D/1 with room for `room`, from the distribution that departures leave behind: k remain
 * with probability π_k, where π = πP and a service sees Poisson(load) arrivals. An arrival is lost
 * with probability 1 − 1 / (π_0 + load).
 */
function lossByChain(room: number, load: number): number {
  const arrivals = [Math.exp(-load)];
  for (let k = 1; k < room; k++) arrivals.push(((arrivals[k - 1] ?? 0) * load) / k);
  // Balance of state k, solved upwards: π_{k+1} a_0 = π_k − π_0 a_k − Σ_{1 ≤ j ≤ k} π_j a_{k−j+1}.
  const left = [1];
  for (let k = 0; k < room - 1; k++) {
    let rest = (left[k] ?? 0) - (left[0] ?? 0) * (arrivals[k] ?? 0);
    for (let j = 1; j <= k; j++) rest -= (left[j] ?? 0) * (arrivals[k - j + 1] ?? 0);
    left.push(rest / (arrivals[0] ?? 1));
  }
  const empty = 1 / left.reduce((sum, weight) => sum + weight, 0);
  return 1 - 1 / (empty + load);
}

const defaults = defaultsOf(parameters);

function arrivalTimes(overrides: Partial<Values<typeof parameters>>, seed = 1): Float64Array {
  const streams = createStreams(seed);
  return drawArrivals({
    parameters: { ...defaults, ...overrides },
    random: (name) => streams.stream(name),
    untilMs: 10_000,
  }).atMs;
}

describe('arrivals', () => {
  test('steady ones are evenly spaced', () => {
    const times = arrivalTimes({ pattern: 'steady', offeredPerSecond: 10 });
    expect([...times]).toEqual(Array.from({ length: 100 }, (_, i) => i * 100));
  });

  test('on and off ones come only while on', () => {
    const times = arrivalTimes({ pattern: 'on-off', onMs: 500, offMs: 1500, offeredPerSecond: 20 });
    expect(times).toHaveLength(50);
    for (const atMs of times) expect(atMs % 2000).toBeLessThan(500);
  });

  test('both volleys of an attack reach the limiter on their side of every second boundary', () => {
    const times = [
      ...arrivalTimes({ pattern: 'boundary', volley: 7, beforeMs: 400, afterMs: 300 }),
    ].map((atMs) => atMs + defaults.latencyMs);
    for (const boundaryMs of [1000, 3000, 5000, 7000, 9000]) {
      const near = times.filter((atMs) => Math.abs(atMs - boundaryMs) <= 400);
      expect(near.filter((atMs) => atMs < boundaryMs)).toHaveLength(7);
      expect(near.filter((atMs) => atMs >= boundaryMs && atMs < boundaryMs + 300)).toHaveLength(7);
    }
    expect(times).toHaveLength(70);
  });

  test('requests of a run are those of a longer one up to its end', () => {
    const streams = createStreams(1);
    const timesUntil = (untilMs: number, windowMs: number): number[] => [
      ...drawArrivals({
        parameters: { ...defaults, pattern: 'boundary', volley: 30, beforeMs: 1000, windowMs },
        random: (name) => streams.stream(name),
        untilMs,
      }).atMs,
    ];
    for (const windowMs of [500, 900, 1000, 4000])
      expect(timesUntil(60 * windowMs, windowMs), `${windowMs}`).toEqual(
        timesUntil(90 * windowMs, windowMs).filter((atMs) => atMs < 60 * windowMs),
      );
  });

  test('on a clock of whole ms all times are whole, and otherwise they are not', () => {
    expect(arrivalTimes({ pattern: 'poisson' }).every(Number.isInteger)).toBe(true);
    expect(arrivalTimes({ pattern: 'poisson', clock: 'fractional' }).some(Number.isInteger)).toBe(
      false,
    );
  });

  test('a second client does not move the requests of the first', () => {
    const streams = createStreams(3);
    const workload = drawArrivals({
      parameters: { ...defaults, quietPerSecond: 5 },
      random: (name) => streams.stream(name),
      untilMs: 10_000,
    });
    const first = workload.atMs.filter((_, row) => workload.key[row] === 0);
    expect(first).toEqual(arrivalTimes({}, 3));
    expect(workload.length).toBeGreaterThan(first.length);
  });
});

const entry = {
  id: 'rate-limiter-race',
  category: 'traffic-control',
  // The contract forgets the type arguments of a definition, as all code does that treats every one alike.
  definition: simulation as unknown as AnyDefinition,
};
const raceOf = (
  scenario: keyof typeof simulation.scenarios,
  interventions: InterventionEvent[] = [],
) => reader(runRace(entry, scenarioRequest(entry.definition, scenario, { interventions })));

const messagesOf = ({ messages, strings }: Recording) =>
  Array.from({ length: messages.length }, (_, i) => ({
    from: strings[messages.from[i] ?? 0],
    to: strings[messages.to[i] ?? 0],
    kind: strings[messages.kind[i] ?? 0],
    sentAt: messages.sentAt[i] ?? Number.NaN,
    arrivesAt: messages.arrivesAt[i] ?? Number.NaN,
  }));

describe('run', () => {
  test('every algorithm meets the same requests, and answers each of them once', () => {
    const { race } = raceOf('race');
    const sentTo = (recording: Recording) =>
      messagesOf(recording).filter(({ kind }) => kind === 'sent');
    const [first] = race.runs;
    if (!first) throw new Error('The race has runs.');
    for (const { recording } of race.runs) {
      const sent = sentTo(recording);
      expect(sent).toEqual(sentTo(first.recording));
      const reached = sent.filter(({ arrivesAt }) => arrivesAt <= recording.shownMs).length;
      const answered = messagesOf(recording).filter(
        ({ from, kind }) => from === 'limiter' && kind !== 'sent',
      ).length;
      expect(answered).toBe(reached);
    }
  });

  test('[RL9] what leaves the queue leaves it in turn, after it was queued', () => {
    const { recording } = raceOf('burst').run('leaky-bucket-queue');
    const passed = messagesOf(recording).filter(({ to }) => to === 'service');
    expect(passed.length).toBeGreaterThan(20);
    passed.slice(1).forEach(({ sentAt }, i) => {
      expect(sentAt - (passed[i]?.sentAt ?? 0)).toBeGreaterThanOrEqual(100 - 1e-6);
    });
    const queued = messagesOf(recording).filter(({ kind }) => kind === 'queued');
    const released = messagesOf(recording).filter(({ from }) => from === 'queue');
    released.forEach(({ sentAt }, i) => {
      expect(sentAt).toBeGreaterThan(queued[i]?.sentAt ?? Number.NaN);
    });
  });

  test('a restart lets through what the limiter would have refused', () => {
    const volley: InterventionEvent = { at: 1250, kind: 'act', id: 'send-volley' };
    const attacked = raceOf('boundary-attack', [volley]);
    const both = raceOf('boundary-attack', [volley, { at: 1400, kind: 'act', id: 'lose-state' }]);
    expect(attacked.value('fixed-window', 'worstWindow')).toBe(20);
    expect(both.value('fixed-window', 'worstWindow')).toBeGreaterThan(20);
  });

  test('a clock set back opens a fixed window once more', () => {
    const volley: InterventionEvent = { at: 1250, kind: 'act', id: 'send-volley' };
    const back: InterventionEvent = { at: 1400, kind: 'act', id: 'set-clock-back' };
    expect(
      raceOf('boundary-attack', [volley, back]).value('fixed-window', 'worstWindow'),
    ).toBeGreaterThan(20);
  });

  test('a second client that is not quiet is not said to be far below the limit', () => {
    const notesOf = (quietPerSecond: number) => {
      const { notes, strings } = reader(
        runRace(
          entry,
          scenarioRequest(entry.definition, 'fairness', { parameters: { quietPerSecond } }),
        ),
      ).run('token-bucket').recording;
      return [...notes.text].map((text) => strings[text]);
    };
    expect(notesOf(2)).toContain(
      'The quiet client is refused, though far below the limit by itself.',
    );
    expect(notesOf(20)).toContain('The quiet client is refused for the first time.');
  });

  test('clients of a log are told by their names, also by those that the scenarios use', () => {
    const request = scenarioRequest(entry.definition, 'fairness', {
      traffic: {
        atMs: Float64Array.from({ length: 100 }, (_, i) => i),
        key: Uint32Array.from({ length: 100 }, (_, i) => i % 3),
        keys: ['quiet', 'client', 'other'],
        spanMs: 1000,
      },
    });
    const { recording, results } = reader(runRace(entry, request)).run('token-bucket');
    expect(results.find(({ id }) => id === 'quietAccepted')?.value).toBeNull();
    const said = [...recording.notes.text].map((text) => recording.strings[text]);
    expect(said.join()).not.toContain('quiet client');
    const labels = [...recording.messages.label].map((label) => recording.strings[label]);
    expect(new Set(labels)).toEqual(new Set(['quiet', 'client', 'other']));
    expect(new Set(messagesOf(recording).map(({ from }) => from))).not.toContain('quiet');
  });

  test('a limiter per client gives the quiet one what is its own', () => {
    const shared = raceOf('fairness');
    const own = reader(
      runRace(
        entry,
        scenarioRequest(entry.definition, 'fairness', { parameters: { keying: 'per-client' } }),
      ),
    );
    for (const variant of ['fixed-window', 'token-bucket']) {
      expect(own.value(variant, 'quietAccepted')).toBeGreaterThan(
        shared.value(variant, 'quietAccepted') + 50,
      );
      expect(own.value(variant, 'stateSize')).toBe(4);
    }
  });
});

function isBucket(id: VariantId): boolean {
  return (BUCKETS as readonly VariantId[]).includes(id);
}
