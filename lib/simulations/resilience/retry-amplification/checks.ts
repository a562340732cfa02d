/** The rules that this simulation is held to, in the tests and on request in the page. */
import type { Check, CheckContext } from '../../../simulation/definition';
import type { CreateRetrier, Failure, Retrier } from './models/retrier';
import { parameters } from './parameters';
import { allLayers, budgetBound, type Expected, oneLayer } from './theory';
import { RULES, type Rule } from './variants';
import { SERVICES } from './views';

type AmplificationCheck = Check<typeof parameters, Rule, CreateRetrier>;
type Context = CheckContext<typeof parameters, Rule, CreateRetrier>;

const ALWAYS = { outage: 'always', failPercent: 100, hopMs: 1, waitMs: 0 } as const;
const RATIO = parameters.budgetPercent.default / 100;
const TOKENS = parameters.tokensMax.default;

/** How one request went on, its failures without a word from below. */
function attemptsOf(retrier: Retrier, { gaveUp = false } = {}): number {
  retrier.begin();
  for (let attempts = 1; ; attempts++) if (!fails(retrier, { attempts, gaveUp })) return attempts;
}

/** Tells of a failed attempt. @returns whether another is made */
function fails(retrier: Retrier, failure: Failure): boolean {
  retrier.failed();
  return retrier.shouldRetry(failure);
}

/** Holds calls per request and the share answered to theory, within 5 standard errors. */
function heldTo(
  { run, within }: Context,
  rule: Rule,
  cases: readonly {
    readonly failPercent: number;
    readonly attempts: number;
    readonly layers: number;
    readonly expected: Expected;
  }[],
): void {
  for (const { failPercent, attempts, layers, expected } of cases) {
    const race = run({
      parameters: { ...ALWAYS, failPercent, attempts, layers },
      variants: [rule],
    });
    const n = race.run(rule).results.find(({ id }) => id === 'answered')?.n ?? 0;
    const name = `${failPercent} % fail, ${attempts} attempts, ${layers} layers`;
    within(
      race.value(rule, 'amplification.mean'),
      expected.calls,
      5 * Math.sqrt(expected.variance / n),
      `Calls per request where ${name}`,
    );
    within(
      race.value(rule, 'answered') / 100,
      expected.answered,
      5 * Math.sqrt((expected.answered * (1 - expected.answered)) / n),
      `Share answered where ${name}`,
    );
  }
}

const PARTIAL = [
  { failPercent: 10, attempts: 3, layers: 3 },
  { failPercent: 50, attempts: 2, layers: 2 },
  { failPercent: 70, attempts: 3, layers: 1 },
  { failPercent: 90, attempts: 3, layers: 3 },
] as const;

export const checks = {
  RA1: {
    statement:
      'Where every call fails and every layer retries, a request costs attempts to the power of layers.',
    against: 'Exact: each layer multiplies what it is asked by its attempts.',
    variants: ['every-layer'],
    seeds: 1,
    verify: ({ run, equal }) => {
      for (const attempts of [1, 2, 3, 5]) {
        for (let layers = 0; layers <= SERVICES.length; layers++) {
          const race = run({
            parameters: { ...ALWAYS, attempts, layers, requestsPerSecond: 1 },
            variants: ['every-layer'],
          });
          let power = 1;
          for (let layer = 0; layer < layers; layer++) power *= attempts;
          const name = `${attempts} attempts, ${layers} layers`;
          equal(race.value('every-layer', 'amplification.mean'), power, `Calls of ${name}`);
          equal(race.value('every-layer', 'answered'), 0, `Share answered of ${name}, %`);
        }
      }
    },
  },

  RA2: {
    statement:
      'Where a share p of the calls fails, each layer multiplies by (1 − pᵃ) / (1 − p), and hands on the pᵃ that it could not mend.',
    against: 'Geometric series cut off after a attempts, layer by layer; within 5 standard errors.',
    variants: ['every-layer'],
    seeds: 2,
    verify: (context) =>
      heldTo(
        context,
        'every-layer',
        PARTIAL.map((each) => ({
          ...each,
          expected: allLayers({ ...each, failShare: each.failPercent / 100 }),
        })),
      ),
  },

  RA3: {
    statement: 'Layers that retry do together what one layer does with all of their attempts.',
    against:
      'The product telescopes: (1 − pᴹ) / (1 − p) calls with M = attempts to the power of layers; exact.',
    variants: ['every-layer'],
    seeds: 1,
    verify: ({ within }) => {
      for (const { failPercent, attempts, layers } of PARTIAL) {
        const failShare = failPercent / 100;
        let attemptsInAll = 1;
        for (let layer = 0; layer < layers; layer++) attemptsInAll *= attempts;
        const several = allLayers({ failShare, attempts, layers });
        const one = oneLayer({ failShare, attempts: attemptsInAll });
        within(several.calls, one.calls, 1e-9, `Calls where ${failPercent} % fail`);
        within(several.answered, one.answered, 1e-9, `Share answered where ${failPercent} % fail`);
      }
    },
  },

  RA4: {
    statement:
      'Where those who give up say so, one layer retries and the number of layers does not matter.',
    against: '(1 − pᵃ) / (1 − p) calls, 1 − pᵃ answered; within 5 standard errors.',
    variants: ['stop-signal'],
    seeds: 2,
    verify: (context) =>
      heldTo(
        context,
        'stop-signal',
        [{ failPercent: 100, attempts: 3, layers: 3 } as const, ...PARTIAL].map((each) => ({
          ...each,
          expected: oneLayer({ failShare: each.failPercent / 100, attempts: each.attempts }),
        })),
      ),
  },

  RA5: {
    statement: 'Without retries a request costs one call, and fails as often as a call does.',
    against: 'Exact, and binomial: 1 − p answered, within 5 standard errors.',
    variants: ['never'],
    seeds: 2,
    verify: (context) =>
      heldTo(
        context,
        'never',
        PARTIAL.map((each) => ({
          ...each,
          expected: oneLayer({ failShare: each.failPercent / 100, attempts: 1 }),
        })),
      ),
  },

  RA6: {
    statement:
      'Budgets cap what reaches the database at (1 + ratio)^layers per request, plus what the buckets held; an outage uses all of it.',
    against:
      'Each layer adds at most the ratio of what it is asked and a bucket; the bound is met to within a retry for each layer and what is on its way.',
    variants: ['retry-budget'],
    seeds: 1,
    verify: ({ run, atMost, atLeast }) => {
      for (const budgetPercent of [0, 10, 50]) {
        for (const layers of [1, 2, 3]) {
          const race = run({
            parameters: { ...ALWAYS, budgetPercent, layers },
            variants: ['retry-budget'],
          });
          const bound = budgetBound({
            requests: race.value('retry-budget', 'requests'),
            ratio: budgetPercent / 100,
            tokensMax: TOKENS,
            layers,
          });
          const calls = race.value('retry-budget', 'databaseCalls');
          const name = `${budgetPercent} %, ${layers} layers`;
          atMost(calls, bound, `Calls at the database with ${name}`);
          atLeast(calls, 0.98 * bound - 10, `Calls at the database with ${name}`);
        }
      }
    },
  },

  RA7: {
    statement: 'A budget saves up no more than its bucket holds, and ten times a tenth is a retry.',
    against: 'Exact: 1,000 requests that need none, then a burst of failures.',
    variants: ['retry-budget'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const retrier = model('retry-budget')({
        attemptsMax: 1000,
        ratio: RATIO,
        tokensMax: TOKENS,
      });
      for (let i = 0; i < 1000; i++) retrier.begin();
      equal(attemptsOf(retrier) - 1, TOKENS, 'Retries of the first request of the burst');
      for (let i = 0; i < 9; i++) equal(attemptsOf(retrier), 1, `Attempts of request ${i + 2}`);
      equal(attemptsOf(retrier), 2, 'Attempts of the request that pays the tenth part');
    },
  },

  RA8: {
    statement:
      'gRPC’s throttle takes one for a failure, gives a tenth for a success, and lets nothing be retried at half or below.',
    against:
      'gRPC proposal A6 with maxTokens 10 and tokenRatio 0.1: four failures leave 6 and may be retried, the fifth leaves 5 and may not, a success makes it 5.1.',
    variants: ['retry-throttle'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const retrier = model('retry-throttle')({ attemptsMax: 9, ratio: 0.1, tokensMax: 10 });
      const isRetried = (): boolean => fails(retrier, { attempts: 1, gaveUp: false });
      equal(
        Array.from({ length: 5 }, isRetried),
        [true, true, true, true, false],
        'Whether failures 1 to 5 are retried',
      );
      for (let i = 0; i < 10; i++) retrier.succeeded();
      equal(
        isRetried(),
        false,
        'Whether it is retried from 6.0 tokens, which the failure makes 5.0',
      );
      for (let i = 0; i < 11; i++) retrier.succeeded();
      equal(
        isRetried(),
        true,
        'Whether it is retried from 6.1 tokens, which the failure makes 5.1',
      );
    },
  },

  RA9: {
    statement:
      'A throttle that has seen nothing but failures owes nothing: it is back after as many successes as fill half of it and pay for the failure.',
    against:
      'The bucket holds at least 0: 10 × (5 + 1) successes and one more, whatever came before.',
    variants: ['retry-throttle'],
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const [successes, isBack] of [
        [60, false],
        [61, true],
      ] as const) {
        const retrier = model('retry-throttle')({ attemptsMax: 9, ratio: 0.1, tokensMax: 10 });
        for (let i = 0; i < 1000; i++) retrier.failed();
        for (let i = 0; i < successes; i++) retrier.succeeded();
        const retries = fails(retrier, { attempts: 1, gaveUp: false });
        equal(retries, isBack, `Whether it retries after ${successes} successes`);
      }
    },
  },

  RA10: {
    statement:
      'In an outage a throttle lets through four retries for each layer, however long it lasts.',
    against:
      'Exact: 10 tokens, of which the fifth failure leaves half; each layer hands on what it gets and four more.',
    variants: ['retry-throttle'],
    seeds: 1,
    verify: ({ run, equal }) => {
      for (const layers of [1, 2, 3]) {
        const race = run({
          // The last request comes a second before the end, and nothing is left on its way.
          parameters: { ...ALWAYS, attempts: 5, layers, requestsPerSecond: 1 },
          variants: ['retry-throttle'],
        });
        equal(
          race.value('retry-throttle', 'databaseCalls') - race.value('retry-throttle', 'requests'),
          4 * layers,
          `Retries of ${layers} layers`,
        );
      }
    },
  },

  RA11: {
    statement: 'No rule retries what has not failed, or more often than it may.',
    against:
      'Exact, for every rule: one call per request while nothing fails; at most attempts^layers while all does.',
    variants: RULES,
    seeds: 1,
    verify: ({ run, equal, atMost }) => {
      const well = run({ parameters: { ...ALWAYS, failPercent: 0 }, variants: RULES });
      const ill = run({ parameters: { ...ALWAYS, attempts: 2, layers: 2 }, variants: RULES });
      for (const rule of RULES) {
        equal(well.value(rule, 'amplification.mean'), 1, `${rule}: calls per request, well`);
        equal(well.value(rule, 'answered'), 100, `${rule}: share answered, well, %`);
        atMost(ill.value(rule, 'amplification.mean'), 4, `${rule}: calls per request, ill`);
      }
    },
  },
} satisfies Readonly<Record<string, AmplificationCheck>>;
