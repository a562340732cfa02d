/** The rules that this simulation is held to, in the tests and on request in the page. */
import type { RandomStream } from '../../../kernel/random';
import type { Check, RaceReader } from '../../../simulation/definition';
import type { Tracer } from './models/tracer';
import { MEASURED_MS, type parameters } from './parameters';
import { CHECKOUT } from './routes';
import { durationOf, toleranceOf } from './theory';
import { SPECIFIED, TRACEPARENTS } from './traceparent-vectors';
import type { Policy } from './variants';

type TraceCheck = Check<typeof parameters, Policy, Tracer>;

/** How many requests a share is of. */
const countOf = ({ run }: RaceReader, policy: Policy, result: string): number =>
  run(policy).results.find(({ id }) => id === result)?.n ?? 0;

const traceIdOf = (draws: RandomStream): string =>
  Array.from({ length: 32 }, () => draws.nextInteger(16).toString(16)).join('');

const POLICIES: readonly Policy[] = ['head', 'tail', 'adaptive'];
const MEASURED_S = MEASURED_MS / 1000;

/** Only checkouts, of which none is slow: each trace is like each other. */
const PLAIN = { exportPercent: 0, slowService: 'none', slowerThanMs: 2000 } as const;

export const checks = {
  TW1: {
    statement:
      'A service goes on with the trace of a valid header traceparent, and begins its own on any other.',
    against: 'W3C Trace Context, test suite (test/test.py at acab820): 23 sets of headers.',
    variants: POLICIES,
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const policy of POLICIES)
        for (const { headers, goesOn } of TRACEPARENTS)
          equal(model(policy).extract(headers) !== undefined, goesOn, headers.join(' and '));
    },
  },

  TW2: {
    statement:
      'The ids of a header are those that are passed on, in small letters alone, and its sampled flag is the last bit alone.',
    against:
      'W3C Trace Context, section 3.2 (traceparent): its two examples, its flags 09 beside 08, and HEXDIGLC.',
    variants: POLICIES,
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const policy of POLICIES) {
        const { extract, inject } = model(policy);
        for (const { header, ...expected } of SPECIFIED) {
          equal(extract([header]), expected, header);
          equal(inject(expected), header, `${header}, written again`);
          equal(extract([header.toUpperCase()]), undefined, header.toUpperCase());
        }
        for (const [flags, sampled] of [
          ['08', false],
          ['09', true],
        ] as const) {
          const header = SPECIFIED[0].header.replace(/01$/, flags);
          equal(extract([header])?.sampled, sampled, `sampled by the flags ${flags}`);
        }
      }
    },
  },

  TW3: {
    statement: 'Head sampling keeps the rate of all requests, and none or all at the ends.',
    against: 'Kept share = rate; binomial, within 4 standard errors.',
    variants: ['head'],
    seeds: 3,
    verify: ({ run, within }) => {
      for (const ratePercent of [0, 5, 30, 100]) {
        const race = run({ variants: ['head'], parameters: { ratePercent } });
        within(
          race.value('head', 'kept'),
          ratePercent,
          toleranceOf(ratePercent / 100, countOf(race, 'head', 'kept')),
          `% kept at a rate of ${ratePercent} %`,
        );
      }
    },
  },

  TW4: {
    statement: 'A trace that is kept at some rate is kept at every higher rate, by every service.',
    against:
      'Consistent probability sampling, as OpenTelemetry defines it; 500 ids, rates in steps.',
    variants: ['head'],
    seeds: 3,
    verify: ({ model, random, equal }) => {
      const draws = random('ids');
      const settings = { ratePercent: 0, slowerThanMs: 1000, targetPerSecond: 1 };
      const one = model('head').sampler(settings);
      const other = model('head').sampler(settings);
      for (let i = 0; i < 500; i++) {
        const traceId = traceIdOf(draws);
        let wasKept = false;
        for (let ratePercent = 0; ratePercent <= 100; ratePercent += 5) {
          settings.ratePercent = ratePercent;
          const isKept = one.starts({ traceId, operation: 'a', atMs: i });
          equal(isKept || !wasKept, true, `${traceId} at ${ratePercent} %, after a lower rate`);
          equal(
            other.starts({ traceId, operation: 'b', atMs: 0 }),
            isKept,
            `${traceId} at ${ratePercent} %, asked elsewhere`,
          );
          wasKept = isKept;
        }
      }
    },
  },

  TW5: {
    statement:
      'Tail sampling explains every failure and, with a share e of failures and a rate p, keeps the share e + (1 − e) p.',
    against: 'Kept share = arithmetic of the policy; binomial, within 4 standard errors.',
    variants: ['tail'],
    seeds: 3,
    verify: ({ run, equal, within }) => {
      for (const [errorPercent, ratePercent] of [
        [10, 0],
        [10, 20],
        [2, 5],
      ] as const) {
        const race = run({
          variants: ['tail'],
          parameters: { ...PLAIN, errorPercent, ratePercent },
        });
        equal(race.value('tail', 'explained'), 100, '% of the failures explained');
        const e = errorPercent / 100;
        const expected = e + (1 - e) * (ratePercent / 100);
        within(
          race.value('tail', 'kept'),
          100 * expected,
          toleranceOf(expected, countOf(race, 'tail', 'kept')),
          `% kept with ${errorPercent} % failures at a rate of ${ratePercent} %`,
        );
      }
    },
  },

  TW6: {
    statement:
      'To head sampling a failure is like any other request: the share it explains is its rate.',
    against: 'Independence of the id and the outcome; binomial, within 4 standard errors.',
    variants: ['head'],
    seeds: 3,
    verify: ({ run, within }) => {
      const race = run({
        variants: ['head'],
        parameters: { ...PLAIN, errorPercent: 20, ratePercent: 20 },
      });
      const failures = countOf(race, 'head', 'explained');
      within(race.value('head', 'explained'), 20, toleranceOf(0.2, failures), '% explained');
    },
  },

  TW7: {
    statement: 'Tail sampling that waits long enough keeps every slow request whole.',
    against: 'The definition of the policy: all that take longer than the limit.',
    variants: ['tail'],
    seeds: 3,
    verify: ({ run, equal }) => {
      const race = run({
        variants: ['tail'],
        parameters: { slowService: 'stock', slowMs: 600, slowerThanMs: 500, ratePercent: 0 },
      });
      equal(race.value('tail', 'slowKept'), 100, '% of the slow requests stored whole');
    },
  },

  TW8: {
    statement:
      'Tail sampling that decides before a slow request has ended keeps no more of the slow ones than chance does.',
    against: 'What has not arrived cannot be judged; binomial, within 4 standard errors.',
    variants: ['tail'],
    seeds: 3,
    verify: ({ run, within }) => {
      const race = run({
        variants: ['tail'],
        parameters: {
          slowService: 'stock',
          slowMs: 1500,
          slowPercent: 20,
          slowerThanMs: 500,
          decisionWaitMs: 500,
          ratePercent: 10,
          errorPercent: 0,
          exportPercent: 0,
        },
      });
      const slow = countOf(race, 'tail', 'slowKept');
      within(race.value('tail', 'slowKept'), 10, toleranceOf(0.1, slow), '% of the slow ones kept');
    },
  },

  TW9: {
    statement: 'As many traces wait in the collector as arrive during the wait.',
    against: 'Little’s law, L = λ W (Little 1961), within 5 % and the start without a wait.',
    variants: ['tail'],
    seeds: 3,
    verify: ({ run, within, equal }) => {
      for (const decisionWaitMs of [500, 2000]) {
        const race = run({ variants: ['tail'], parameters: { decisionWaitMs } });
        const expected = (race.race.arrivals / MEASURED_S) * (decisionWaitMs / 1000);
        // It is empty at first: half a wait is missing in the mean over the whole time.
        const atStart = expected * (decisionWaitMs / 1000 / MEASURED_S);
        within(
          race.value('tail', 'held'),
          expected,
          0.05 * expected + atStart,
          `traces that wait ${decisionWaitMs} ms`,
        );
        equal(race.value('tail', 'evicted'), 0, 'traces pushed out');
      }
    },
  },

  TW10: {
    statement:
      'Adaptive sampling stores its quota of a frequent operation, and all of one that no second brings more often than that.',
    against:
      'Kept per second = the quota, within a fifth of it and 4 standard errors; below it, all, exactly.',
    variants: ['adaptive'],
    seeds: 3,
    verify: ({ run, model, random, within, equal }) => {
      for (const targetPerSecond of [1, 5]) {
        const race = run({
          variants: ['adaptive'],
          parameters: { ...PLAIN, targetPerSecond, requestsPerSecond: 100 },
        });
        within(
          ((race.value('adaptive', 'kept') / 100) * race.race.arrivals) / MEASURED_S,
          targetPerSecond,
          0.2 * targetPerSecond + 4 * Math.sqrt(targetPerSecond / MEASURED_S),
          `traces per second at a quota of ${targetPerSecond}`,
        );
      }
      const rare = run({
        variants: ['adaptive'],
        parameters: { requestsPerSecond: 2, exportPercent: 20, targetPerSecond: 20 },
      });
      equal(rare.value('adaptive', 'kept'), 100, '% kept below the quota');
      const sampler = model('adaptive').sampler({
        ratePercent: 0,
        slowerThanMs: 1000,
        targetPerSecond: 2,
      });
      const draws = random('ids');
      for (let i = 0; i < 40; i++)
        equal(
          sampler.starts({ traceId: traceIdOf(draws), operation: 'rare', atMs: i * 500 }),
          true,
          `kept at ${i * 500} ms, as often as the quota`,
        );
    },
  },

  TW11: {
    statement:
      'Where work does not vary, a checkout takes its own work and its calls: in a row their sum, at once the longest.',
    against: 'Sum along the critical path of the service graph, exactly.',
    variants: ['head'],
    seeds: 1,
    verify: ({ run, within }) => {
      for (const calls of ['sequential', 'parallel'] as const)
        for (const networkMs of [0, 5]) {
          const race = run({
            variants: ['head'],
            parameters: { ...PLAIN, errorPercent: 0, spreadPercent: 0, calls, networkMs },
          });
          const isParallel = calls === 'parallel';
          const expected = durationOf(CHECKOUT, { networkMs, isParallel });
          for (const result of ['latency.mean', 'latency.p95'])
            within(race.value('head', result), expected, 1e-6, `${calls}, ${result}, ms`);
        }
    },
  },

  TW12: {
    statement:
      'A service that loses the context cuts every trace in two, and no stored one explains a failure behind it.',
    against: 'W3C Trace Context: without a valid header the callee begins a trace of its own.',
    variants: POLICIES,
    seeds: 2,
    verify: ({ run, equal, within }) => {
      const race = run({
        variants: POLICIES,
        parameters: {
          ...PLAIN,
          lossyService: 'payments',
          ratePercent: 100,
          targetPerSecond: 20,
          requestsPerSecond: 10,
          errorPercent: 10,
        },
      });
      for (const policy of POLICIES) {
        equal(race.value(policy, 'whole'), 0, `${policy}: % of the traces whole`);
        equal(race.value(policy, 'explained'), 0, `${policy}: % of the failures explained`);
        // A request near the end may have begun one of its two.
        within(
          race.value(policy, 'begun') * MEASURED_S,
          2 * race.race.arrivals,
          20,
          `${policy}: traces begun`,
        );
      }
    },
  },

  TW13: {
    statement:
      'A span seems to begin before its cause if the clock of its caller is ahead by more than what passes between the two.',
    against:
      'Half the work of the caller and the call’s time on the way; exactly, where work does not vary.',
    variants: ['head'],
    seeds: 1,
    verify: ({ run, equal, within }) => {
      const tooEarly = (clockService: 'payments' | 'gateway' | 'bank', clockMs: number) =>
        run({
          variants: ['head'],
          parameters: {
            ...PLAIN,
            requestsPerSecond: 5,
            errorPercent: 0,
            spreadPercent: 0,
            networkMs: 2,
            clockService,
            clockMs,
          },
        }).value('head', 'tooEarly');
      // Payments works 8 ms before it calls the bank, the gateway 4 ms before it calls auth.
      equal(tooEarly('payments', 10), 0, '% too early, payments ahead by 10 ms');
      equal(tooEarly('gateway', 6), 0, '% too early, gateway ahead by 6 ms');
      // One call of six, save that a request at the end may have made some of its calls only.
      within(tooEarly('payments', 11), 100 / 6, 1, '% too early, payments ahead by 11 ms');
      within(tooEarly('gateway', 7), 100 / 6, 1, '% too early, gateway ahead by 7 ms');
      equal(tooEarly('bank', 500), 0, '% too early, the bank ahead, which calls nobody');
    },
  },

  TW14: {
    statement:
      'A clock that is ahead lengthens every trace by what sticks out, and tail sampling by duration keeps them all once that passes its limit.',
    against: 'Duration is the latest end less the earliest start, on whatever clocks (TW11).',
    variants: ['tail'],
    seeds: 1,
    verify: ({ run, equal }) => {
      const kept = (clockMs: number) =>
        run({
          variants: ['tail'],
          parameters: {
            ...PLAIN,
            requestsPerSecond: 5,
            errorPercent: 0,
            spreadPercent: 0,
            networkMs: 2,
            ratePercent: 0,
            slowerThanMs: 400,
            clockService: 'payments',
            clockMs,
          },
        }).value('tail', 'kept');
      // Payments ends 18 ms before the gateway, which ends after 188 ms.
      equal(kept(229), 0, '% kept, payments ahead by 229 ms');
      equal(kept(231), 100, '% kept, payments ahead by 231 ms');
    },
  },

  TW15: {
    statement:
      'A trace is kept from the threshold of rejection on, none at a rate of 0, each at 1.',
    against:
      'OpenTelemetry, TraceState: Probability Sampling: keep if R ≥ T, where T = (1 − p) 2⁵⁶ and R is the last 56 bits of the id.',
    variants: ['head'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const isKept = (ratePercent: number, randomness: string) =>
        model('head')
          .sampler({ ratePercent, slowerThanMs: 1000, targetPerSecond: 1 })
          .starts({ traceId: `4bf92f3577b34da6a3${randomness}`, operation: 'a', atMs: 0 });
      for (const [ratePercent, below, threshold] of [
        [25, 'bfffffffffffff', 'c0000000000000'],
        [50, '7fffffffffffff', '80000000000000'],
        [75, '3fffffffffffff', '40000000000000'],
      ] as const) {
        equal(isKept(ratePercent, below), false, `${below} at ${ratePercent} %`);
        equal(isKept(ratePercent, threshold), true, `${threshold} at ${ratePercent} %`);
      }
      equal(isKept(0, 'ffffffffffffff'), false, 'the greatest id at 0 %');
      equal(isKept(100, '00000000000000'), true, 'the least id at 100 %');
    },
  },
} satisfies Readonly<Record<string, TraceCheck>>;
