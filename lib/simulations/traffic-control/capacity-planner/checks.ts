/** The rules that formulas, plans and runs are held to, in the tests and on request in the page. */
import { exp } from '../../../kernel/math';
import type { Check } from '../../../simulation/definition';
import { delayProbability, lossProbability, meanWait, waitsBeyond } from './models/erlang';
import { erlangs, type Need, type SizingRule } from './models/sizing';
import type { parameters } from './parameters';
import { ALL, type VariantId } from './variants';

type PlannerCheck = Check<typeof parameters, VariantId, SizingRule>;

const MATHS = { exp };

/** Standard errors by which a mean of a run may differ from theory. */
const STANDARD_ERRORS = 4;

const NEED: Need = {
  demandPerSecond: 100,
  serviceMs: 100,
  targetMs: 50,
  percentile: 99,
  instances: 12,
  utilisationPercent: 70,
  safety: 1.5,
};

export const checks = {
  CP1: {
    statement: 'Erlang’s formulas give the shares that his tables print.',
    against:
      'Traffic tables of Erlang B at a loss of 1 %, and Erlang C of 1 to 10 servers, computed separately.',
    variants: ALL,
    seeds: 1,
    verify: ({ within }) => {
      for (const [servers, offered] of [
        [5, 1.361],
        [10, 4.461],
        [20, 12.03],
        [100, 84.06],
      ] as const)
        within(lossProbability({ servers, offered }), 0.01, 2e-5, `Loss of ${servers} servers`);
      for (const [servers, offered, waits, mean] of [
        [1, 0.8, 0.8, 4],
        [2, 1.8, 0.85263158, 4.2631579],
        [4, 3.2, 0.59643247, 0.74554059],
        [8, 7.2, 0.70153299, 0.87691624],
        [10, 9, 0.66873152, 0.66873152],
      ] as const) {
        within(delayProbability({ servers, offered }), waits, 1e-8, `${servers} servers: waits`);
        within(meanWait({ servers, offered }), mean, 1e-7, `${servers} servers: mean wait`);
      }
    },
  },

  CP2: {
    statement: 'One request in a hundred waits longer than the formula’s 99th percentile.',
    against: 'Percentiles of the wait of M/M/c, computed separately.',
    variants: ALL,
    seeds: 1,
    verify: ({ within }) => {
      for (const [servers, offered, p99] of [
        [1, 0.8, 21.910133],
        [2, 1.4, 6.757232],
        [5, 4.5, 8.668017],
        [8, 6.4, 2.3896928],
        [10, 9.5, 8.8270157],
      ] as const)
        within(waitsBeyond({ servers, offered }, p99, MATHS), 0.01, 1e-8, `${servers} servers`);
    },
  },

  CP3: {
    statement:
      'The mean wait of a run is Erlang’s, and so are the shares that wait and are in time.',
    against:
      'Erlang C at five sixths of the capacity of twelve instances, within four standard errors.',
    variants: ['by-hand'],
    seeds: 5,
    verify: ({ run, within }) => {
      const race = run({ variants: ['by-hand'] });
      const station = { servers: 12, offered: 10 };
      const value = (result: string): number => race.value('by-hand', result);
      const tolerance = (result: string): number =>
        STANDARD_ERRORS * race.standardError('by-hand', result);
      within(value('wait.mean'), 100 * meanWait(station), tolerance('wait.mean'), 'Mean wait, ms');
      within(
        value('waited'),
        100 * delayProbability(station),
        tolerance('waited'),
        'Had to wait, %',
      );
      within(
        value('within'),
        100 * (1 - waitsBeyond(station, 0.5, MATHS)),
        tolerance('within'),
        'Within 50 ms, %',
      );
      within(value('utilisation'), 100 * (10 / 12), tolerance('utilisation'), 'Utilisation, %');
    },
  },

  CP4: {
    statement: 'Erlang C asks for the fewest instances that meet the target, whatever the need.',
    against: 'The formula itself at one instance fewer, for random needs.',
    variants: ['erlang-c'],
    seeds: 20,
    verify: ({ model, random, atMost, atLeast }) => {
      const stream = random('needs');
      const need: Need = {
        ...NEED,
        demandPerSecond: 1 + 300 * stream.next(),
        serviceMs: 1 + 200 * stream.next(),
        targetMs: 500 * stream.next(),
        percentile: 50 + 49.5 * stream.next(),
      };
      const offered = erlangs(need);
      const servers = model('erlang-c')(need, MATHS);
      const beyond = (count: number): number =>
        waitsBeyond({ servers: count, offered }, need.targetMs / need.serviceMs, MATHS);
      const allowed = 1 - need.percentile / 100;
      atMost(beyond(servers), allowed, `${servers} instances: share beyond the target`);
      atLeast(beyond(servers - 1), allowed, `${servers - 1} instances: share beyond the target`);
    },
  },

  CP5: {
    statement:
      'With β square roots of the load in reserve, the share that waits hardly depends on the size.',
    against:
      'The limit of Erlang’s formula that Halfin and Whitt found in 1981, 1 / (1 + β Φ(β) / φ(β)), Φ and φ being those of the normal distribution: 0.223 at β = 1 and 0.027 at β = 2.',
    variants: ['square-root'],
    seeds: 1,
    verify: ({ model, within, atMost }) => {
      // One over Erlang's C is ρ + (1 − ρ) P(N ≤ c) / P(N = c), N a Poisson number with mean a. Where
      // c = a + β√a, ρ tends to 1, 1 − ρ to β / √a, P(N ≤ c) to Φ(β), and P(N = c) to φ(β) / √a.
      for (const [safety, limit] of [
        [1, 0.2234],
        [2, 0.0269],
      ] as const) {
        for (const demandPerSecond of [1000, 10_000]) {
          const need: Need = { ...NEED, safety, demandPerSecond };
          const offered = erlangs(need);
          const servers = model('square-root')(need, MATHS);
          atMost(
            Math.abs(servers - offered - safety * Math.sqrt(offered)),
            1,
            `β = ${safety} at ${offered} erlangs: instances beside the rule`,
          );
          // At a hundred erlangs the limit is still a quarter of its value away.
          const waits = delayProbability({ servers, offered });
          within(waits, limit, 0.25 * limit, `β = ${safety} at ${offered} erlangs: waits`);
        }
      }
    },
  },

  CP6: {
    statement:
      'The rule of thumb keeps the mean utilisation at or below its aim, and no lower than it must.',
    against: 'Utilisation is load over instances; in the run within four standard errors.',
    variants: ['utilisation'],
    seeds: 3,
    verify: ({ model, run, atMost, atLeast, within }) => {
      // In ms of work per second, whole numbers, since a load that its aim divides is met exactly.
      for (const utilisationPercent of [30, 35, 55, 70, 95]) {
        const busyMs = 10 * utilisationPercent;
        for (let demandPerSecond = 15; demandPerSecond <= 300; demandPerSecond += 15) {
          const need = { ...NEED, demandPerSecond, serviceMs: 70, utilisationPercent };
          const servers = model('utilisation')(need, MATHS);
          const what = `${demandPerSecond} a second at ${utilisationPercent} %`;
          atMost(70 * demandPerSecond, busyMs * servers, `${what}: ms of work for ${servers}`);
          atLeast(70 * demandPerSecond, busyMs * (servers - 1) + 1, `${what}: for one fewer`);
        }
      }
      const race = run({ variants: ['utilisation'] });
      within(
        race.value('utilisation', 'utilisation'),
        100 * (10 / 15),
        STANDARD_ERRORS * race.standardError('utilisation', 'utilisation'),
        'Utilisation of the run, %',
      );
    },
  },

  CP7: {
    statement: 'With one instance and constant service times, requests wait half as long.',
    against: 'Pollaczek–Khinchine: the wait of M/D/1 is half that of M/M/1.',
    variants: ['by-hand'],
    seeds: 5,
    verify: ({ run, within }) => {
      const offered = 0.8;
      for (const [variability, share] of [
        ['constant', 0.5],
        ['exponential', 1],
      ] as const) {
        const race = run({
          parameters: { demandPerSecond: 80, serviceMs: 10, instances: 1, variability },
          variants: ['by-hand'],
        });
        within(
          race.value('by-hand', 'wait.mean'),
          10 * share * meanWait({ servers: 1, offered }),
          STANDARD_ERRORS * race.standardError('by-hand', 'wait.mean'),
          `${variability}: mean wait, ms`,
        );
      }
    },
  },

  CP8: {
    statement: 'With a queue each, chosen at random, every instance is an M/M/1 queue of its own.',
    against: 'A Poisson process split at random stays one; M/M/1 at half of the capacity.',
    variants: ['by-hand'],
    seeds: 5,
    verify: ({ run, within }) => {
      const race = run({
        parameters: { instances: 20, queues: 'each' },
        variants: ['by-hand'],
      });
      within(
        race.value('by-hand', 'wait.mean'),
        100 * meanWait({ servers: 1, offered: 0.5 }),
        STANDARD_ERRORS * race.standardError('by-hand', 'wait.mean'),
        'Mean wait, ms',
      );
    },
  },

  CP9: {
    statement: 'Twice the demand needs fewer than twice the instances for the same target.',
    against: 'Economies of scale of Erlang C, for random demands.',
    variants: ['erlang-c'],
    seeds: 20,
    verify: ({ model, random, atMost }) => {
      const demandPerSecond = 5 + 295 * random('demand').next();
      const asked = (times: number): number =>
        model('erlang-c')({ ...NEED, demandPerSecond: times * demandPerSecond }, MATHS);
      atMost(asked(2), 2 * asked(1) - 1, `Instances for twice ${demandPerSecond} a second`);
    },
  },
} as const satisfies Record<string, PlannerCheck>;
