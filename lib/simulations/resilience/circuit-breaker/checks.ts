/** The rules that the breakers and the run are held to, in the tests and on request in the page. */
import { Mean } from '../../../kernel/statistics';
import type { Check, CheckContext, RaceReader } from '../../../simulation/definition';
import type {
  BreakerFactory,
  BreakerOptions,
  BreakerState,
  CallResult,
  CircuitBreaker,
  Permit,
} from './models/breaker';
import type { parameters } from './parameters';
import { STORM } from './scenarios';
import { binomialTail, callsPerRequest, limitedQueue, meanCallsToRun } from './theory';
import { ALL, BREAKERS, type VariantId } from './variants';
import { SERVICE, USERS } from './views';

type BreakerCheck = Check<typeof parameters, VariantId, BreakerFactory>;
type Context = CheckContext<typeof parameters, VariantId, BreakerFactory>;

/** Numbers that no rule is about, unless a check says otherwise. */
const OPTIONS: BreakerOptions = {
  consecutiveFailures: 3,
  windowCalls: 5,
  windowMs: 10_000,
  minimumCalls: 5,
  failureRatePercent: 50,
  slowCallMs: 60_000,
  slowRatePercent: 100,
  openMs: 1000,
  probes: 2,
};

export const checks = {
  CB1: {
    statement:
      'A breaker that counts failures in a row goes through the states of gobreaker, call by call.',
    against:
      'sony/gobreaker v2, TestDefaultCircuitBreaker: opens at the sixth failure in a row, half-open after 60 s, one probe decides.',
    variants: ['consecutive-failures'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const breaker = model('consecutive-failures')({
        ...OPTIONS,
        consecutiveFailures: 6,
        openMs: 60_000,
        probes: 1,
      });
      const story = follow(breaker, equal);
      story.fail(5, 'closed');
      story.succeed(1, 'closed');
      story.fail(1, 'closed');
      story.fail(4, 'closed');
      story.fail(1, 'open');
      story.isRefused('open');
      story.wait(59_999, 'open');
      // At exactly 60 s gobreaker is still open and ours is not; its own tests do not look there, nor does this.
      story.wait(2, 'half-open');
      story.fail(1, 'open');
      story.wait(60_001, 'half-open');
      story.succeed(1, 'closed');
    },
  },

  CB2: {
    statement:
      'A window of time counts, forgets and trips like gobreaker’s rolling window, and three probes close it.',
    against:
      'sony/gobreaker v2, TestRollingWindowCircuitBreaker: 30 s in ten buckets, trips at 60 % of at least 3 calls, counts compared at every step.',
    variants: ['time-window'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const breaker = model('time-window')({
        ...OPTIONS,
        windowMs: 30_000,
        minimumCalls: 3,
        failureRatePercent: 60,
        openMs: 90_000,
        probes: 3,
      });
      const story = follow(breaker, equal);
      const holds = (calls: number, failures: number) => {
        const tally = breaker.tally(story.nowMs());
        equal([tally.calls, tally.failures], [calls, failures], 'Calls and failures in the window');
      };
      for (let i = 0; i < 5; i++) {
        story.succeed(1, 'closed');
        story.fail(1, 'closed');
      }
      holds(10, 5);
      story.wait(3000, 'closed');
      story.succeed(1, 'closed');
      holds(11, 5);
      story.wait(2000, 'closed');
      story.succeed(1, 'closed');
      story.wait(2000, 'closed');
      story.succeed(1, 'closed');
      holds(13, 5);
      story.wait(2000, 'closed');
      story.fail(1, 'closed');
      holds(14, 6);
      for (let i = 0; i < 6; i++) {
        story.wait(3000, 'closed');
        story.succeed(1, 'closed');
        story.fail(1, 'closed');
        holds(16 + 2 * i, 7 + i);
      }
      // The first bucket, of ten calls, falls out.
      story.wait(3000, 'closed');
      story.fail(1, 'closed');
      holds(17, 8);
      story.fail(5, 'closed');
      holds(22, 13);
      story.fail(1, 'open');
      story.wait(90_000, 'half-open');
      story.succeed(2, 'half-open');
      const third = permitOf(breaker, story.nowMs());
      story.isRefused('half-open');
      breaker.report(third, success(100), story.nowMs());
      story.stays('closed');
      holds(0, 0);
    },
  },

  CB3: {
    statement:
      'Windows of calls and of time open at the failure rate or the slow-call rate, not before the minimum is reached.',
    against:
      'Resilience4j, CircuitBreakerStateMachineTest: of five calls three fail, or three are slow; the fifth, a success, opens it.',
    variants: ['count-window', 'time-window'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const options = { ...OPTIONS, windowMs: 5000, slowCallMs: 4000, slowRatePercent: 50 };
      for (const variant of ['count-window', 'time-window'] as const) {
        const failing = follow(model(variant)(options), equal, variant);
        failing.fail(3, 'closed');
        failing.succeed(1, 'closed');
        failing.succeed(1, 'open');
        failing.isRefused('open');

        const slow = follow(model(variant)(options), equal, variant);
        slow.fail(1, 'closed', 5000);
        slow.succeed(1, 'closed', 5000);
        slow.fail(1, 'closed', 100);
        slow.succeed(1, 'closed', 100);
        slow.succeed(1, 'open', 5000);
      }
    },
  },

  CB4: {
    statement:
      'Half-open, windows let a fixed number of probes through and decide by their rates; a probe that says nothing is given back.',
    against:
      'Resilience4j, CircuitBreakerStateMachineTest: four probes, the fifth refused, one more after a release; 75 % failures open it again, 25 % close it; open for 5 s.',
    variants: ['count-window', 'time-window'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const options = { ...OPTIONS, openMs: 5000, probes: 4 };
      for (const variant of ['count-window', 'time-window'] as const) {
        const halfOpen = () => {
          const breaker = model(variant)(options);
          const story = follow(breaker, equal, variant);
          story.fail(5, 'open');
          story.wait(3000, 'open');
          story.isRefused('open');
          story.wait(2000, 'half-open');
          return { breaker, story };
        };
        const { breaker, story } = halfOpen();
        const [first] = Array.from({ length: 4 }, () => permitOf(breaker, story.nowMs()));
        story.isRefused('half-open');
        story.isRefused('half-open');
        breaker.report(first ?? 0, { outcome: 'ignored', durationMs: 1 }, story.nowMs());
        equal(breaker.acquire(story.nowMs()).allowed, true, `${variant}: allowed after a release`);
        story.isRefused('half-open');

        const sick = halfOpen().story;
        sick.fail(2, 'half-open');
        sick.succeed(1, 'half-open');
        sick.fail(1, 'open');

        const well = halfOpen().story;
        well.fail(1, 'half-open');
        well.succeed(2, 'half-open');
        well.succeed(1, 'closed');
      }
    },
  },

  CB5: {
    statement:
      'An error percentage opens on a failure, above its threshold and not at it, and one probe decides.',
    against:
      'nodeshift/opossum 10.0.0, lib/circuit.js: errorRate > errorThresholdPercentage, volumeThreshold, one call in half-open, any failure there opens it.',
    variants: ['error-percentage'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const breaker = model('error-percentage')({ ...OPTIONS, minimumCalls: 4, probes: 5 });
      const story = follow(breaker, equal);
      story.fail(1, 'closed');
      story.succeed(2, 'closed');
      // Two of four are half of them, and half is not more than half.
      story.fail(1, 'closed');
      story.fail(1, 'open');
      story.wait(1000, 'half-open');
      const probe = permitOf(breaker, story.nowMs());
      story.isRefused('half-open');
      breaker.report(probe, failure(1), story.nowMs());
      story.stays('open');
      story.wait(1000, 'half-open');
      story.succeed(1, 'closed');

      // A rate far above the threshold does not open it by itself: a success never does.
      const late = follow(model('error-percentage')({ ...OPTIONS, minimumCalls: 4 }), equal);
      late.fail(3, 'closed');
      late.succeed(1, 'closed');
      late.fail(1, 'open');
    },
  },

  CB6: {
    statement: 'The same breaker goes through the states of cockatiel, too.',
    against:
      'cockatiel 4.0.0, executed: ConsecutiveBreaker(3), halfOpenAfter 100 ms; a failed probe opens it again, a successful one closes it.',
    variants: ['consecutive-failures'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const breaker = model('consecutive-failures')({ ...OPTIONS, openMs: 100, probes: 1 });
      const story = follow(breaker, equal);
      story.fail(2, 'closed');
      story.succeed(1, 'closed');
      story.fail(2, 'closed');
      story.fail(1, 'open');
      story.isRefused('open');
      story.wait(100, 'half-open');
      story.fail(1, 'open');
      story.isRefused('open');
      story.wait(100, 'half-open');
      story.succeed(1, 'closed');
    },
  },

  CB7: {
    statement: 'The result of a call sent before the state last changed changes nothing.',
    against:
      'sony/gobreaker v2, generation: reports of an older one are dropped; late failures and late successes in every state.',
    variants: BREAKERS,
    seeds: 20,
    verify: ({ model, random, equal }) => {
      for (const variant of BREAKERS) {
        const breaker = model(variant)(OPTIONS);
        const story = follow(breaker, equal, variant);
        const stream = random(variant);
        const late = Array.from({ length: 40 }, () => permitOf(breaker, 0));
        const reportLate = () => {
          for (const permit of late.splice(0, 10)) {
            breaker.report(permit, stream.next() < 0.5 ? success(1) : failure(1), story.nowMs());
          }
        };
        story.fail(20, 'open');
        reportLate();
        story.stays('open');
        story.wait(1000, 'half-open');
        reportLate();
        story.stays('half-open');
        story.succeed(variant === 'error-percentage' ? 1 : 2, 'closed');
        reportLate();
        equal(breaker.tally(story.nowMs()).calls, 0, `${variant}: results in the new window`);
      }
    },
  },

  CB8: {
    statement:
      'Closed, every call is let through; open, none, for exactly the cool-down; half-open, no more than the probes.',
    against:
      'Definition of the three states; 400 random calls with results in any order, for every kind.',
    variants: BREAKERS,
    seeds: 20,
    verify: (check) => {
      for (const variant of BREAKERS) walk(check, variant);
    },
  },

  CB9: {
    statement:
      'With independent failures it takes (1 − pᵏ) / ((1 − p) pᵏ) calls on average to see k failures in a row.',
    against:
      'W. Feller, "An Introduction to Probability Theory and Its Applications", volume 1, XIII.7; within 4 standard errors.',
    variants: ['consecutive-failures'],
    seeds: 5,
    verify: ({ model, random, within }) => {
      const stream = random('results');
      for (const { p, k } of [
        { p: 0.5, k: 4 },
        { p: 0.3, k: 3 },
      ]) {
        const calls = new Mean();
        for (let i = 0; i < 1000; i++) {
          const breaker = model('consecutive-failures')({ ...OPTIONS, consecutiveFailures: k });
          calls.add(callsToOpen(breaker, () => stream.next() < p));
        }
        const tolerance = 4 * calls.standardError;
        within(calls.mean, meanCallsToRun(p, k), tolerance, `Calls to open, p = ${p}, k = ${k}`);
      }
    },
  },

  CB10: {
    statement:
      'The chance that a fresh window opens as soon as it reaches its minimum is the tail of a binomial.',
    against: 'P(Bin(m, p) ≥ m × threshold); within 4 standard errors.',
    variants: ['count-window', 'time-window'],
    seeds: 5,
    verify: ({ model, random, within }) => {
      const trials = 2000;
      for (const variant of ['count-window', 'time-window'] as const) {
        const stream = random(variant);
        for (const { p, n } of [
          { p: 0.1, n: 2 },
          { p: 0.3, n: 10 },
        ]) {
          const options = { ...OPTIONS, minimumCalls: n, windowCalls: Math.max(5, n) };
          let opened = 0;
          for (let i = 0; i < trials; i++) {
            const breaker = model(variant)(options);
            const failures = Array.from({ length: n }, () => stream.next() < p);
            for (const isFailure of failures) send(breaker, 0, isFailure ? failure(1) : success(1));
            if (breaker.state(0) === 'open') opened++;
          }
          const expected = binomialTail({ n, atLeast: n / 2, p });
          const tolerance = 4 * Math.sqrt((expected * (1 - expected)) / trials);
          within(opened / trials, expected, tolerance, `${variant}: ${n} calls, p = ${p}`);
        }
      }
    },
  },

  CB11: {
    statement:
      'Without retries, timeouts and faults the dependency turns away and delays what M/M/c with a limited queue does.',
    against: 'Erlang 1917, the birth-death equations of M/M/c/K; within 4 standard errors.',
    variants: ['no-breaker'],
    seeds: 5,
    verify: ({ run, within }) => {
      const [workers, queueLimit] = [2, 5];
      const race = run({
        parameters: {
          requestsPerSecond: 45,
          capacityPerSecond: 50,
          workers,
          queueLimit,
          attempts: 1,
          timeoutMs: 10_000,
          networkMs: 0,
        },
        variants: ['no-breaker'],
      });
      const expected = limitedQueue({ workers, queueLimit, offered: (45 / 50) * workers });
      const near = (result: string, value: number, what: string) =>
        within(
          race.value('no-breaker', result),
          value,
          4 * race.standardError('no-breaker', result),
          what,
        );
      near('turnedAway', 100 * expected.loss, 'Turned away, %');
      near('waiting', expected.meanWaiting, 'Mean number waiting');
    },
  },

  CB12: {
    statement:
      'Every request is answered once or is still in hand, and every call is sent or ends its request with a refusal: none is lost or made up.',
    against: 'Conservation, counted from the measures and from the recording, for every breaker.',
    variants: ALL,
    seeds: 5,
    verify: ({ run, equal }) => {
      for (const nesting of ['retry-outside', 'breaker-outside'] as const) {
        const race = run({ parameters: { ...STORM, nesting }, variants: ALL });
        for (const variant of ALL) {
          const { requests, inHand, calls, spared, messages } = ledgerOf(race, variant);
          equal(messages.answers + inHand, requests, `${variant}: answered and in hand`);
          equal(messages.calls, calls, `${variant}: calls recorded`);
          // A request that is refused once is not tried again.
          equal(messages.refusals, spared, `${variant}: refusals and calls spared`);
        }
      }
    },
  },

  CB13: {
    statement:
      'Where calls fail independently, a request makes 1 + p + p² … calls; a budget of b allows b retries per request plus ten, and no more.',
    against: 'Geometric series; token bucket; within 4 standard errors.',
    variants: ['no-breaker'],
    seeds: 5,
    verify: ({ run, within, atMost, atLeast }) => {
      const parameters = {
        requestsPerSecond: 10,
        capacityPerSecond: 100,
        workers: 20,
        timeoutMs: 10_000,
        errorPercent: [{ atMs: 0, value: 50 }],
      };
      const free = run({ parameters, variants: ['no-breaker'] });
      const expected = callsPerRequest(0.5, 3);
      const requestsOf = (race: RaceReader) => race.value('no-breaker', 'requests');
      const tolerance = 4 * Math.sqrt(expected.variance / requestsOf(free));
      const perRequest = free.value('no-breaker', 'amplification.mean');
      within(perRequest, expected.mean, tolerance, 'Calls per request, three attempts');

      const held = run({
        parameters: { ...parameters, retryBudgetPercent: 20 },
        variants: ['no-breaker'],
      });
      const retries = held.value('no-breaker', 'calls') - requestsOf(held);
      atMost(retries, 0.2 * requestsOf(held) + 10, 'Retries with a budget of 20 %');
      // Three requests in four want a retry, so that the budget is always spent to its last token.
      atLeast(retries, 0.2 * requestsOf(held) - 1, 'Retries with a budget of 20 %');
    },
  },

  CB14: {
    statement:
      'After six slow seconds retries keep the dependency down for good; without retries, or with any breaker, it comes back.',
    against:
      'N. Bronson et al., "Metastable Failures in Distributed Systems", HotOS 2021: the outage outlives its trigger.',
    variants: ALL,
    seeds: 10,
    verify: ({ run, atMost, atLeast }) => {
      const race = run({ parameters: STORM, variants: ALL });
      atMost(race.value('no-breaker', 'aftermath'), 5, 'no-breaker: answered ten seconds on, %');
      for (const variant of BREAKERS)
        atLeast(race.value(variant, 'aftermath'), 95, `${variant}: answered ten seconds on, %`);
      const once = run({ parameters: { ...STORM, attempts: 1 }, variants: ['no-breaker'] });
      atLeast(once.value('no-breaker', 'aftermath'), 95, 'One attempt: answered ten seconds on, %');
    },
  },

  CB15: {
    statement:
      'Held open, it lets nothing pass; held closed, it lets everything pass and counts nothing; a clock set back keeps it open no longer than its cool-down.',
    against:
      'The interface; Resilience4j’s FORCED_OPEN and DISABLED; a clock that jumps back by an hour.',
    variants: BREAKERS,
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const variant of BREAKERS) {
        const breaker = model(variant)(OPTIONS);
        const story = follow(breaker, equal, variant);
        breaker.hold('open');
        story.isRefused('open');
        story.wait(1_000_000, 'open');
        breaker.hold('closed');
        story.fail(20, 'closed');
        breaker.reset();
        story.stays('closed');
        story.fail(20, 'open');
        breaker.reset();
        story.succeed(1, 'closed');

        story.fail(20, 'open');
        story.wait(-3_600_000, 'open');
        story.wait(999, 'open');
        story.wait(1, 'half-open');
      }
    },
  },
} as const satisfies Record<string, BreakerCheck>;

const success = (durationMs: number): CallResult => ({ outcome: 'success', durationMs });
const failure = (durationMs: number): CallResult => ({ outcome: 'failure', durationMs });

/** Asks for one call, and reports its result at once if it was let through. */
function send(breaker: CircuitBreaker, nowMs: number, result: CallResult): boolean {
  const admission = breaker.acquire(nowMs);
  if (admission.allowed) breaker.report(admission.permit, result, nowMs);
  return admission.allowed;
}

/** A permit that must be given. */
function permitOf(breaker: CircuitBreaker, nowMs: number): Permit {
  const admission = breaker.acquire(nowMs);
  if (!admission.allowed) throw new Error(`Expected a call to be let through at ${nowMs} ms.`);
  return admission.permit;
}

/** Drives a breaker step by step on a virtual clock; the state after every step is compared. */
function follow(breaker: CircuitBreaker, equal: Context['equal'], title = 'Breaker') {
  let nowMs = 0;
  let step = 0;
  const stays = (state: BreakerState): void => {
    step++;
    equal(breaker.state(nowMs), state, `${title}, step ${step}: state`);
  };
  const calls = (times: number, state: BreakerState, result: CallResult): void => {
    for (let i = 0; i < times; i++) send(breaker, nowMs, result);
    stays(state);
  };
  return {
    nowMs: () => nowMs,
    stays,
    fail: (times: number, state: BreakerState, durationMs = 1) =>
      calls(times, state, failure(durationMs)),
    succeed: (times: number, state: BreakerState, durationMs = 1) =>
      calls(times, state, success(durationMs)),
    isRefused: (state: BreakerState) => {
      equal(breaker.acquire(nowMs).allowed, false, `${title}, step ${step + 1}: allowed`);
      stays(state);
    },
    wait: (ms: number, state: BreakerState) => {
      nowMs += ms;
      stays(state);
    },
  };
}

/** A random walk through the states; what is let through is compared with what the state allows. */
function walk({ model, random, equal, atMost }: Context, variant: VariantId): void {
  const stream = random(`walk ${variant}`);
  const probes = variant === 'error-percentage' ? 1 : OPTIONS.probes;
  const breaker = model(variant)(OPTIONS);
  const out: Permit[] = [];
  let nowMs = 0;
  let openUntilMs = 0;
  let state = breaker.state(nowMs);
  let probing = 0;
  const look = (): void => {
    const before = state;
    state = breaker.state(nowMs);
    if (state === before) return;
    if (state === 'open') openUntilMs = nowMs + OPTIONS.openMs;
    if (state === 'half-open') probing = 0;
    if (before === 'open')
      equal(state, nowMs < openUntilMs ? 'open' : 'half-open', `${variant} after open`);
  };
  for (let i = 0; i < 400; i++) {
    nowMs += Math.floor(stream.next() * 120);
    look();
    if (stream.next() < 0.6 || out.length === 0) {
      const admission = breaker.acquire(nowMs);
      if (state === 'closed') equal(admission.allowed, true, `${variant}, closed: allowed`);
      if (state === 'half-open' && admission.allowed) probing++;
      if (state === 'open') {
        equal(
          admission,
          { allowed: false, retryAfterMs: openUntilMs - nowMs },
          `${variant}, open at ${nowMs} ms`,
        );
      }
      atMost(probing, probes, `${variant}: probes since half-open`);
      if (admission.allowed) out.push(admission.permit);
    } else {
      const [permit = 0] = out.splice(Math.floor(stream.next() * out.length), 1);
      breaker.report(permit, stream.next() < 0.6 ? failure(1) : success(1), nowMs);
    }
    look();
  }
}

function callsToOpen(breaker: CircuitBreaker, fails: () => boolean): number {
  for (let calls = 1; ; calls++) {
    send(breaker, 0, fails() ? failure(1) : success(1));
    if (breaker.state(0) === 'open') return calls;
  }
}

/** What a run has counted in its measures, and what was seen of it in the recording. */
function ledgerOf(race: RaceReader, variant: VariantId) {
  const { recording } = race.run(variant);
  const { messages, samples, strings } = recording;
  const seen = { calls: 0, answers: 0, refusals: 0 };
  for (let i = 0; i < messages.length; i++) {
    if (strings[messages.from[i] ?? 0] !== SERVICE) continue;
    const kind = strings[messages.kind[i] ?? 0];
    if (strings[messages.to[i] ?? 0] !== USERS) seen.calls++;
    else {
      seen.answers++;
      if (kind === 'rejected') seen.refusals++;
    }
  }
  let inHand = 0;
  for (let i = 0; i < samples.length; i++) {
    if (strings[samples.series[i] ?? 0] === 'in-hand') inHand = samples.value[i] ?? 0;
  }
  return {
    requests: race.value(variant, 'requests'),
    calls: race.value(variant, 'calls'),
    spared: race.value(variant, 'spared'),
    inHand,
    messages: seen,
  };
}
