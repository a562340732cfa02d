/**
 * Properties of the breakers beyond the declared checks CB1 to CB15, which the contract test runs:
 * the windows on arbitrary results, the dependency by itself, and the run around them.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Simulator } from '../../../kernel/simulator';
import type { AnyDefinition, InterventionEvent } from '../../../simulation/definition';
import type { ParameterValue } from '../../../simulation/parameters';
import { reader, runRace, scenarioRequest } from '../../../simulation/run';
import { Instance } from './dependency';
import type { BreakerOptions, CallResult } from './models/breaker';
import { consecutiveFailures } from './models/consecutive-failures';
import { ratesOfLast } from './models/count-window';
import { noBreaker } from './models/no-breaker';
import { rollingCounts, timeWindow } from './models/time-window';
import { simulation } from './simulation';
import { binomialTail, callsPerRequest, limitedQueue, meanCallsToRun } from './theory';
import { ALL, BREAKERS, type VariantId } from './variants';
import { INSTANCES } from './views';

const OPTIONS: BreakerOptions = {
  consecutiveFailures: 6,
  windowCalls: 20,
  windowMs: 5000,
  minimumCalls: 5,
  failureRatePercent: 50,
  slowCallMs: 800,
  slowRatePercent: 100,
  openMs: 2000,
  probes: 3,
};

/** Runs a property on many inputs; the seed is fixed, so that a failure is not a matter of luck. */
function holds<T extends [unknown, ...unknown[]]>(
  ...[arbitraries, property]: [{ [K in keyof T]: fc.Arbitrary<T[K]> }, (...values: T) => void]
): void {
  fc.assert(fc.property(...arbitraries, property), { numRuns: 1000, seed: 1 });
}

interface TimedResult extends CallResult {
  readonly atMs: number;
}

/** Results in the order of time, many together and some after a pause. */
const results: fc.Arbitrary<TimedResult[]> = fc
  .array(
    fc.record({
      gapMs: fc.oneof(
        fc.constant(0),
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 9000 }),
      ),
      outcome: fc.constantFrom('success' as const, 'failure' as const),
      durationMs: fc.integer({ min: 0, max: 2000 }),
    }),
    { minLength: 1, maxLength: 80 },
  )
  .map((rows) => {
    let atMs = 0;
    return rows.map(({ gapMs, ...result }) => {
      atMs += gapMs;
      return { ...result, atMs };
    });
  });

const tallyOf = (kept: readonly CallResult[]) => ({
  calls: kept.length,
  failures: kept.filter(({ outcome }) => outcome === 'failure').length,
  slow: kept.filter(({ durationMs }) => durationMs > OPTIONS.slowCallMs).length,
});

describe('windows', () => {
  test('[CB3] a window of calls holds the last ones, and judges them by their rates', () => {
    holds([results, fc.integer({ min: 1, max: 30 })], (sequence, size) => {
      const judge = ratesOfLast(size, OPTIONS);
      sequence.forEach((result, i) => {
        const verdict = judge.hear(result, result.atMs);
        const tally = tallyOf(sequence.slice(Math.max(0, i + 1 - size), i + 1));
        expect(judge.tally(result.atMs)).toEqual(tally);
        const isSick =
          tally.failures / tally.calls >= OPTIONS.failureRatePercent / 100 ||
          tally.slow === tally.calls;
        const minimum = Math.min(OPTIONS.minimumCalls, size);
        expect(verdict).toBe(tally.calls < minimum ? 'undecided' : isSick ? 'sick' : 'well');
      });
    });
  });

  test('[CB2] a window of time holds the tenth that is under way and the nine before it', () => {
    const bucketMs = OPTIONS.windowMs / 10;
    holds([results, fc.integer({ min: 0, max: 6000 })], (sequence, laterMs) => {
      const counts = rollingCounts(OPTIONS);
      const within = (nowMs: number) =>
        tallyOf(
          sequence.filter(
            ({ atMs }) =>
              atMs <= nowMs && Math.floor(nowMs / bucketMs) - Math.floor(atMs / bucketMs) < 10,
          ),
        );
      for (const [i, result] of sequence.entries()) {
        const tally = counts.add(result, result.atMs);
        // Results at the same moment count one by one.
        if (sequence[i + 1]?.atMs !== result.atMs) expect(tally).toEqual(within(result.atMs));
      }
      const endMs = (sequence.at(-1)?.atMs ?? 0) + laterMs;
      expect(counts.at(endMs)).toEqual(within(endMs));
    });
  });

  test('what was counted before the clock was set back is forgotten', () => {
    const counts = rollingCounts(OPTIONS);
    for (let i = 0; i < 10; i++) counts.add({ outcome: 'failure', durationMs: 1 }, 3_600_000);
    expect(counts.at(0)).toEqual({ calls: 0, failures: 0, slow: 0 });
    expect(counts.add({ outcome: 'success', durationMs: 1 }, 0).calls).toBe(1);
  });

  test('[CB10] thresholds are compared without rounding, whatever their size', () => {
    for (let percent = 5; percent <= 100; percent += 5) {
      for (const calls of [20, 40, 60]) {
        const judge = ratesOfLast(calls, {
          ...OPTIONS,
          minimumCalls: calls,
          failureRatePercent: percent,
        });
        const failures = (calls * percent) / 100;
        const verdicts = Array.from({ length: calls }, (_, i) =>
          judge.hear({ outcome: i < failures ? 'failure' : 'success', durationMs: 1 }, 0),
        );
        expect(verdicts.at(-1)).toBe('sick');
      }
    }
  });
});

describe('states', () => {
  test('without a breaker every call is let through, and nobody can hold it open', () => {
    const breaker = noBreaker();
    breaker.hold('open');
    expect(breaker.acquire(0)).toEqual({ allowed: true, permit: 0 });
    expect(breaker.state(0)).toBe('closed');
  });

  test('a refusal tells how long the breaker stays open, to the millisecond', () => {
    const breaker = consecutiveFailures({ ...OPTIONS, consecutiveFailures: 1 });
    const first = breaker.acquire(100);
    expect(first.allowed).toBe(true);
    if (first.allowed) breaker.report(first.permit, { outcome: 'failure', durationMs: 1 }, 150);
    expect(breaker.acquire(150)).toEqual({ allowed: false, retryAfterMs: 2000 });
    expect(breaker.acquire(2149)).toEqual({ allowed: false, retryAfterMs: 1 });
    expect(breaker.acquire(2150).allowed).toBe(true);
  });

  test('slow probes open it again, although they succeed', () => {
    const breaker = timeWindow({ ...OPTIONS, minimumCalls: 1, probes: 2 });
    const send = (nowMs: number, result: CallResult) => {
      const admission = breaker.acquire(nowMs);
      if (admission.allowed) breaker.report(admission.permit, result, nowMs);
    };
    send(0, { outcome: 'failure', durationMs: 1 });
    expect(breaker.state(2000)).toBe('half-open');
    send(2000, { outcome: 'success', durationMs: 900 });
    send(2000, { outcome: 'success', durationMs: 900 });
    expect(breaker.state(2000)).toBe('open');
  });
});

describe('the dependency', () => {
  test('work takes as long as the slowness over its time says, wherever that changes', () => {
    const phases = fc.array(
      fc.record({
        atMs: fc.integer({ min: 0, max: 5000 }),
        factor: fc.integer({ min: 1, max: 20 }),
      }),
      { maxLength: 6 },
    );
    holds([phases, fc.integer({ min: 1, max: 1000 })], (changes, workMs) => {
      const simulator = new Simulator();
      const instance = new Instance(simulator, { workers: 1, queueLimit: 0 });
      let endMs = Number.NaN;
      instance.offer({
        workMs,
        onServed: () => {
          endMs = simulator.now;
        },
      });
      const sorted = [...changes].sort((a, b) => a.atMs - b.atMs);
      for (const { atMs, factor } of sorted) simulator.at(atMs, () => instance.slowBy(factor));
      simulator.run();

      let left = workMs;
      let nowMs = 0;
      let slowness = 1;
      for (const { atMs, factor } of [...sorted, { atMs: Infinity, factor: 1 }]) {
        if (nowMs + left * slowness <= atMs) break;
        left -= (atMs - nowMs) / slowness;
        nowMs = atMs;
        slowness = factor;
      }
      expect(endMs).toBeCloseTo(nowMs + left * slowness, 6);
    });
  });

  test('calls are served in the order of arrival by as many workers as there are, and no more wait than may', () => {
    const simulator = new Simulator();
    const instance = new Instance(simulator, { workers: 2, queueLimit: 2 });
    const served: number[] = [];
    const taken = [30, 10, 10, 10, 10].map((workMs, i) =>
      instance.offer({ workMs, onServed: () => served.push(i) }),
    );
    expect(taken).toEqual([true, true, true, true, false]);
    expect([instance.busy, instance.waiting]).toEqual([2, 2]);
    simulator.run();
    expect(served).toEqual([1, 2, 0, 3]);
    expect(simulator.now).toBe(30);
  });

  test('a restart forgets all work and serves what comes after it', () => {
    const simulator = new Simulator();
    const instance = new Instance(simulator, { workers: 1, queueLimit: 5 });
    const served: string[] = [];
    for (const name of ['a', 'b', 'c'])
      instance.offer({ workMs: 10, onServed: () => served.push(name) });
    simulator.runUntil(5);
    instance.restart();
    instance.offer({ workMs: 10, onServed: () => served.push('d') });
    simulator.run();
    expect(served).toEqual(['d']);
  });
});

describe('the run', () => {
  const definition: AnyDefinition = simulation as never;
  const entry = { id: 'circuit-breaker', category: 'resilience', definition };
  const race = (
    scenario: keyof typeof simulation.scenarios,
    options: {
      readonly variants?: readonly VariantId[];
      readonly parameters?: Readonly<Record<string, ParameterValue>>;
      readonly interventions?: readonly InterventionEvent[];
      readonly seed?: number;
    } = {},
  ) => reader(runRace(entry, scenarioRequest(definition, scenario, options)));
  const notesOf = (result: ReturnType<typeof race>, variant: VariantId) => {
    const { notes, strings } = result.run(variant).recording;
    return Array.from({ length: notes.length }, (_, i) => ({
      atMs: notes.at[i] ?? 0,
      text: strings[notes.text[i] ?? 0] ?? '',
    }));
  };

  test('[CB12] shares of answers add up, for every breaker in every scenario', () => {
    for (const scenario of Object.keys(
      simulation.scenarios,
    ) as (keyof typeof simulation.scenarios)[]) {
      const result = race(scenario, { variants: ALL });
      for (const variant of ALL) {
        const shares = ['answered', 'refused', 'failed'].map((id) => result.value(variant, id));
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 9);
        if (variant === 'no-breaker') expect(result.value(variant, 'spared')).toBe(0);
      }
    }
  });

  test('a request is never answered later than its attempts, pauses and timeouts allow', () => {
    const result = race('storm', { variants: ['no-breaker'] });
    const { distributions } = result.run('no-breaker');
    const latency = distributions.find(({ id }) => id === 'latency');
    // Three timeouts of 1 s, and pauses of up to 200 and 400 ms.
    expect(Math.max(...(latency?.value ?? []))).toBeLessThanOrEqual(3600 + 1e-6);
  });

  test('[CB14] an operator ends the storm by a restart, by fewer users or by switching retries off', () => {
    const at = 20_000;
    const remedies: Readonly<Record<string, { event: InterventionEvent; atLeast: number }>> = {
      restart: { event: { at, kind: 'act', id: 'restart' }, atLeast: 20 },
      'no retries': {
        event: { at, kind: 'set', parameter: 'attempts', value: 1 },
        atLeast: 20,
      },
      'few users': {
        event: { at, kind: 'set', parameter: 'requestsPerSecond', value: 10 },
        atLeast: 5,
      },
    };
    const lastAnswered = (interventions: readonly InterventionEvent[]): number => {
      const { samples, strings } = race('storm', { interventions }).run('no-breaker').recording;
      let answered = 0;
      for (let i = 0; i < samples.length; i++)
        if (strings[samples.series[i] ?? 0] === 'answered') answered = samples.value[i] ?? 0;
      return answered;
    };
    expect(lastAnswered([])).toBe(0);
    for (const [name, { event, atLeast }] of Object.entries(remedies))
      expect(lastAnswered([event]), name).toBeGreaterThanOrEqual(atLeast);
  });

  test('what is broken by hand is broken until it is set right, and recovery is told from there', () => {
    const result = race('storm', {
      variants: ['consecutive-failures'],
      parameters: { slowdown: [{ atMs: 0, value: 1 }], errorPercent: [{ atMs: 0, value: 0 }] },
      interventions: [
        { at: 10_000, kind: 'act', id: 'break' },
        { at: 20_000, kind: 'act', id: 'restore' },
      ],
    });
    expect(result.value('consecutive-failures', 'trips')).toBe(1);
    expect(result.value('consecutive-failures', 'recovery')).toBeLessThan(3000);
    const texts = notesOf(result, 'consecutive-failures').map(({ text }) => text);
    expect(texts).toContain('The dependency is in trouble: 100 % errors.');
    expect(texts).toContain('The dependency is well again: the cause is gone.');
  });

  test('a breaker held open by hand sends nothing, and is no trip', () => {
    const result = race('rescue', {
      variants: ['consecutive-failures'],
      parameters: { slowdown: [{ atMs: 0, value: 1 }] },
      interventions: [{ at: 0, kind: 'act', id: 'hold-open' }],
    });
    expect(result.value('consecutive-failures', 'calls')).toBe(0);
    expect(result.value('consecutive-failures', 'trips')).toBe(0);
    expect(result.value('consecutive-failures', 'refused')).toBe(100);
  });

  test('around the retries a breaker hears once per request, so that it opens later', () => {
    const openedAtMs = (nesting: string) =>
      notesOf(
        race('rescue', { variants: ['consecutive-failures'], parameters: { nesting } }),
        'consecutive-failures',
      ).find(({ text }) => text === 'The breaker opens.')?.atMs ?? Infinity;
    expect(openedAtMs('breaker-outside')).toBeGreaterThan(openedAtMs('retry-outside') + 1000);
  });

  test('breakers of instances are told apart: only that of the bad one opens', () => {
    const result = race('instances', { parameters: { scope: 'per-instance' } });
    const opened = notesOf(result, 'time-window')
      .map(({ text }) => text)
      .filter((text) => text.endsWith('opens.'));
    expect(new Set(opened)).toEqual(new Set(['The breaker of instance 1 opens.']));
    expect(result.value('time-window', 'answered')).toBeGreaterThan(90);
  });

  test('with too little capacity left, taking out the bad instance brings down the good ones', () => {
    const parameters = { scope: 'per-instance', requestsPerSecond: 40 };
    const result = race('instances', { parameters });
    expect(result.value('time-window', 'answered')).toBeLessThan(
      result.value('no-breaker', 'answered') - 10,
    );
  });

  test('a timeout longer than the wait in the queue wastes nothing and needs no breaker', () => {
    const result = race('storm', { parameters: { timeoutMs: 10_000 } });
    expect(result.value('no-breaker', 'answered')).toBeGreaterThan(99);
    expect(result.value('no-breaker', 'wasted')).toBe(0);
  });

  test('an answer that comes after the timeout is late, also if it set out before', () => {
    // Both ways take as long as the timeout, so that no answer is in time, whatever the work takes.
    const result = race('storm', {
      parameters: {
        slowdown: [{ atMs: 0, value: 1 }],
        requestsPerSecond: 10,
        attempts: 1,
        timeoutMs: 600,
        networkMs: 300,
        capacityPerSecond: 100,
        workers: 1,
      },
    });
    expect(result.value('no-breaker', 'answered')).toBe(0);
    expect(result.value('no-breaker', 'wasted')).toBeGreaterThan(
      0.99 * result.value('no-breaker', 'calls'),
    );
    const { messages, strings } = result.run('no-breaker').recording;
    const kinds = Array.from({ length: messages.length }, (_, i) =>
      strings[messages.from[i] ?? 0] === INSTANCES[0] ? strings[messages.kind[i] ?? 0] : undefined,
    );
    expect(new Set(kinds)).toEqual(new Set([undefined, 'expired']));
  });

  test.each([1, 2, 3, 4])(
    'without a budget all of %i attempts are made where every call fails',
    (attempts) => {
      const result = race('storm', {
        parameters: {
          attempts,
          slowdown: [{ atMs: 0, value: 1 }],
          errorPercent: [{ atMs: 0, value: 100 }],
        },
      });
      expect(result.value('no-breaker', 'amplification.mean')).toBe(attempts);
    },
  );

  test('other errors set during a fault do not end it', () => {
    const result = race('down', {
      variants: ['no-breaker'],
      interventions: [
        { at: 10_000, kind: 'set', parameter: 'errorPercent', value: [{ atMs: 0, value: 90 }] },
      ],
    });
    expect(notesOf(result, 'no-breaker').map(({ text }) => text)).not.toContain(
      'The dependency is well again: the cause is gone.',
    );
  });

  test('what is broken by hand is broken as a whole, also where trouble hits one instance', () => {
    const result = race('instances', {
      variants: ['no-breaker'],
      interventions: [{ at: 0, kind: 'act', id: 'break' }],
    });
    expect(result.value('no-breaker', 'answered')).toBe(0);
  });

  test('what came between two faults is not counted as what came after the last', () => {
    const { results } = race('storm', {
      parameters: {
        slowdown: [
          { atMs: 0, value: 1 },
          { atMs: 5000, value: 20 },
          { atMs: 7000, value: 1 },
          { atMs: 30_000, value: 2 },
          { atMs: 35_000, value: 1 },
        ],
      },
    }).run('no-breaker');
    // Nobody comes ten seconds after the second, which has ended five before the run does.
    expect(results.find(({ id }) => id === 'aftermath')?.value).toBeNull();
    expect(results.find(({ id }) => id === 'recovery')?.value).not.toBeNull();
  });

  test('without a fault there is nothing to recover from', () => {
    const results = race('low-volume').run('time-window').results;
    for (const id of ['recovery', 'aftermath']) {
      const result = results.find((each) => each.id === id);
      expect(result?.value).toBeNull();
      expect(result?.refused).toBeTruthy();
    }
  });

  test('a breaker per instance equals a shared one where there is one instance', () => {
    for (const variant of BREAKERS) {
      const values = ['shared', 'per-instance'].map((scope) =>
        race('race', { variants: [variant], parameters: { scope } }).value(variant, 'answered'),
      );
      expect(values[0]).toBe(values[1]);
    }
  });
});

describe('theory', () => {
  test('the mean of the first run of failures, against cases by hand', () => {
    expect(meanCallsToRun(0.5, 1)).toBeCloseTo(2, 12);
    expect(meanCallsToRun(0.5, 2)).toBeCloseTo(6, 12);
    expect(meanCallsToRun(0.5, 6)).toBeCloseTo(126, 9);
  });

  test('the binomial tail, against cases by hand', () => {
    expect(binomialTail({ n: 2, atLeast: 1, p: 0.1 })).toBeCloseTo(0.19, 12);
    expect(binomialTail({ n: 4, atLeast: 2, p: 0.5 })).toBeCloseTo(11 / 16, 12);
    expect(binomialTail({ n: 7, atLeast: 0, p: 0.3 })).toBe(1);
  });

  test('calls per request: (1 − pᵃ) / (1 − p), and all attempts where every call fails', () => {
    expect(callsPerRequest(0.5, 4).mean).toBeCloseTo(1.875, 12);
    expect(callsPerRequest(0.9, 4).mean).toBeCloseTo(3.439, 12);
    expect(callsPerRequest(1, 3)).toEqual({ mean: 3, variance: 0 });
    // 1, 2 or 3 calls with probabilities 1/2, 1/4 and 1/4.
    expect(callsPerRequest(0.5, 3).variance).toBeCloseTo(0.6875, 12);
  });

  test('M/M/1/K and Erlang B are cases of the limited queue', () => {
    // M/M/1/3 at load 1: all four states are equally likely.
    expect(limitedQueue({ workers: 1, queueLimit: 2, offered: 1 })).toEqual({
      loss: 0.25,
      meanWaiting: 0.75,
    });
    // Erlang B of two servers and one erlang.
    expect(limitedQueue({ workers: 2, queueLimit: 0, offered: 1 }).loss).toBeCloseTo(0.2, 12);
  });
});
