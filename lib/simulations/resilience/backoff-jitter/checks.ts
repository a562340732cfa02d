/** The rules that this simulation is held to, in the tests and on request in the page. */
import { Mean } from '../../../kernel/statistics';
import type { Check, CheckContext } from '../../../simulation/definition';
import type { CreateBackoff } from './models/backoff';
import { parameters } from './parameters';
import { lockstep, PUBLISHED } from './theory';
import { RULES, type Rule } from './variants';

type BackoffCheck = Check<typeof parameters, Rule, CreateBackoff>;
type Context = CheckContext<typeof parameters, Rule, CreateBackoff>;

const BASE_MS = parameters.baseMs.default;
const CAP_MS = parameters.capMs.default;
const DRAWS = 4000;

/** Chance that is always the same: the lowest draw, and the highest that a uniform of 53 bits has. */
const EXTREMES = [0, 1 - Number.EPSILON / 2] as const;

const publishedFor = (clients: number) => {
  const row = PUBLISHED.find((published) => published.clients === clients);
  if (!row) throw new Error(`Nothing is published for ${clients} clients.`);
  return row;
};

/** Holds means over so many rows to the published ones. */
function againstPublished(
  { run, within }: Context,
  { clients, rows }: { readonly clients: number; readonly rows: number },
): void {
  const published = publishedFor(clients);
  const race = run({ parameters: { clients, rows }, variants: RULES });
  for (const rule of RULES) {
    const calls = published.calls[rule];
    within(race.value(rule, 'calls.mean'), calls, 0.06 * calls, `${rule}: writes tried`);
    const finishMs = published.finishMs[rule];
    within(race.value(rule, 'finish.mean'), finishMs, 0.12 * finishMs, `${rule}: all done, ms`);
  }
}

/** Mean and variance of the wait after this many failures, over independent draws. */
function waits(create: CreateBackoff, random: () => number, failures: number): Mean {
  const mean = new Mean();
  for (let i = 0; i < DRAWS; i++)
    mean.add(create({ baseMs: BASE_MS, capMs: CAP_MS, random }).waitMs(failures));
  return mean;
}

/** Holds waits that are even between two bounds to their mean and variance, within 5 standard errors. */
function heldEven(
  { within, model, random }: Context,
  {
    rule,
    bounds,
  }: { readonly rule: Rule; readonly bounds: (ceilingMs: number) => [number, number] },
): void {
  const stream = random(rule);
  for (const { failures, ceilingMs } of [
    { failures: 1, ceilingMs: 2 * BASE_MS },
    { failures: 5, ceilingMs: 32 * BASE_MS },
    { failures: 20, ceilingMs: CAP_MS },
  ]) {
    const [lowMs, highMs] = bounds(ceilingMs);
    const found = waits(model(rule), () => stream.next(), failures);
    const width = highMs - lowMs;
    const variance = (width * width) / 12;
    const name = `after ${failures} failures`;
    within(found.mean, (lowMs + highMs) / 2, 5 * Math.sqrt(variance / DRAWS), `Mean wait ${name}`);
    // The fourth central moment of an even distribution is 9/5 of its variance squared.
    within(found.variance, variance, 5 * variance * Math.sqrt(0.8 / DRAWS), `Variance ${name}`);
  }
}

export const checks = {
  BJ1: {
    statement: 'Ten clients need as many writes, and as long, as in the published model.',
    against:
      'M. Brooker, “Exponential Backoff And Jitter”, AWS Architecture Blog 2015, its simulator executed: writes within 6 %, time within 12 %, means over 100 rows.',
    variants: RULES,
    seeds: 1,
    verify: (context) => againstPublished(context, { clients: 10, rows: 100 }),
  },

  BJ2: {
    statement: 'So do fifty clients.',
    against:
      'The same simulator, executed: writes within 6 %, time within 12 %, means over 40 rows.',
    variants: RULES,
    seeds: 1,
    verify: (context) => againstPublished(context, { clients: 50, rows: 40 }),
  },

  BJ3: {
    statement:
      'Full jitter saves a quarter of the writes of exponential backoff with ten clients, and more than half of them with a hundred.',
    against:
      'The same simulator, executed: 39.17 of 50.82 and 794.95 of 1,864.37; ratios within 0.05.',
    variants: ['exponential', 'full-jitter'],
    seeds: 1,
    verify: ({ run, within }) => {
      for (const { clients, rows } of [
        { clients: 10, rows: 100 },
        { clients: 100, rows: 20 },
      ]) {
        const race = run({
          parameters: { clients, rows },
          variants: ['exponential', 'full-jitter'],
        });
        const { calls } = publishedFor(clients);
        within(
          race.value('full-jitter', 'calls.mean') / race.value('exponential', 'calls.mean'),
          calls['full-jitter'] / calls.exponential,
          0.05,
          `${clients} clients: writes with full jitter per write without`,
        );
      }
    },
  },

  BJ4: {
    statement: 'Exponential waits double from twice the base to the cap, and stay there.',
    against: 'min(cap, base × 2ⁿ): 10, 20, 40 … 1,280, 2,000, 2,000 ms, up to 1,000 failures.',
    variants: ['exponential'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const backoff = model('exponential')({ baseMs: 5, capMs: 2000, random: () => 0.5 });
      const expected = [10, 20, 40, 80, 160, 320, 640, 1280, 2000, 2000];
      equal(
        expected.map((_, i) => backoff.waitMs(i + 1)),
        expected,
        'Waits after 1 to 10 failures, ms',
      );
      for (const failures of [31, 32, 64, 1000])
        equal(backoff.waitMs(failures), 2000, `Wait after ${failures} failures, ms`);
    },
  },

  BJ5: {
    statement: 'Full jitter is uniform from 0 to the ceiling.',
    against: 'Mean v/2 and variance v²/12 of 4,000 draws; within 5 standard errors.',
    variants: ['full-jitter'],
    seeds: 3,
    verify: (context) => heldEven(context, { rule: 'full-jitter', bounds: (v) => [0, v] }),
  },

  BJ6: {
    statement: 'Equal jitter is uniform from half of the ceiling to all of it.',
    against: 'Mean 3v/4 and variance v²/48 of 4,000 draws; within 5 standard errors.',
    variants: ['equal-jitter'],
    seeds: 3,
    verify: (context) => heldEven(context, { rule: 'equal-jitter', bounds: (v) => [v / 2, v] }),
  },

  BJ7: {
    statement:
      'Decorrelated jitter goes on from its last wait s: on average to (base + 3 s) / 2, far below the cap.',
    against: 'Mean of an even draw from [base, 3 s]; 4,000 steps, within 5 standard errors.',
    variants: ['decorrelated-jitter'],
    seeds: 3,
    verify: ({ model, random, within }) => {
      const stream = random('steps');
      const excess = new Mean();
      for (let i = 0; i < DRAWS; i++) {
        const backoff = model('decorrelated-jitter')({
          baseMs: BASE_MS,
          capMs: 1e9,
          random: () => stream.next(),
        });
        let lastMs = BASE_MS;
        for (let failures = 1; failures <= 4; failures++) {
          const waitMs = backoff.waitMs(failures);
          // In units of what is drawn from, so that steps of all sizes count alike.
          excess.add((waitMs - BASE_MS) / (3 * lastMs - BASE_MS));
          lastMs = waitMs;
        }
      }
      within(excess.mean, 0.5, 5 * excess.standardError, 'Place of a wait between base and 3 s');
    },
  },

  BJ8: {
    statement: 'No wait is negative or longer than the cap, after however many failures.',
    against: 'The definition of the cap; 200 failures, draws at both ends and between.',
    variants: RULES,
    seeds: 3,
    verify: ({ model, random, atLeast, atMost }) => {
      const stream = random('draws');
      for (const rule of RULES) {
        for (const draw of [...EXTREMES.map((u) => () => u), () => stream.next()]) {
          const backoff = model(rule)({ baseMs: BASE_MS, capMs: CAP_MS, random: draw });
          const all = Array.from({ length: 200 }, (_, i) => backoff.waitMs(i + 1));
          atLeast(Math.min(...all), 0, `${rule}: shortest wait, ms`);
          atMost(Math.max(...all), CAP_MS, `${rule}: longest wait, ms`);
        }
      }
    },
  },

  BJ9: {
    statement:
      'Where the network adds no chance, backoff without jitter separates nobody: n clients try n (n + 1) / 2 writes, with it or without.',
    against: 'Exact: each round lets one write; n rounds of four hops, and the waits between them.',
    variants: ['no-backoff', 'exponential'],
    seeds: 1,
    verify: ({ run, model, equal, within }) => {
      for (const clients of [1, 2, 10, 40]) {
        const race = run({
          parameters: { clients, hopSpreadMs: 0, rows: 1 },
          variants: ['no-backoff', 'exponential'],
        });
        for (const rule of ['no-backoff', 'exponential'] as const) {
          const { waitMs } = model(rule)({ baseMs: BASE_MS, capMs: CAP_MS, random: () => 0.5 });
          const exact = lockstep({ clients, hopMs: parameters.hopMs.default, waitMs });
          equal(race.value(rule, 'calls.mean'), exact.calls, `${rule}: writes of ${clients}`);
          const ms = race.value(rule, 'finish.mean');
          within(ms, exact.finishMs, 1e-6, `${rule}: all ${clients} done, ms`);
        }
      }
    },
  },

  BJ10: {
    statement: 'Every client writes exactly once, and every other try is refused.',
    against: 'Conservation, from the measures: clients = writes tried × share not refused.',
    variants: RULES,
    seeds: 5,
    verify: ({ run, equal, within }) => {
      const race = run({ parameters: { clients: 30, rows: 4, spreadMs: 500 }, variants: RULES });
      for (const rule of RULES) {
        const done = race.run(rule).results.find(({ id }) => id === 'latency.mean')?.n;
        equal(done, 30 * 4, `${rule}: clients that have written`);
        const tried = 4 * race.value(rule, 'calls.mean');
        const written = tried * (1 - race.value(rule, 'refused') / 100);
        within(written, 30 * 4, 1e-6, `${rule}: writes that succeeded`);
      }
    },
  },
} satisfies Readonly<Record<string, BackoffCheck>>;
