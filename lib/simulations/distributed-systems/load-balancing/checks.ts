/** The rules that strategies and runs are held to, in the tests and on request in the page. */
import type { Check } from '../../../simulation/definition';
import { autoscaler, desiredInstances } from './models/autoscaler';
import { type Balancer, type BalancerFactory, type Instance, loadWith } from './models/balancer';
import type { parameters } from './parameters';
import {
  meanTimeMG1,
  meanTimeOfChoices,
  meanTimePooled,
  meanTimeRandom,
  meanTimeRoundRobin,
  meanTimeShorterOfTwo,
  throughputByLaw,
  throughputLocked,
} from './theory';
import { STRATEGIES, type Strategy } from './variants';

type BalancingCheck = Check<typeof parameters, Strategy, BalancerFactory>;

/** Standard errors by which a mean of a run may differ from theory. */
const STANDARD_ERRORS = 4;
/** Short, so that a run holds many: its batches are independent then. */
const SERVICE_MS = 20;

/** Long work, so that as many requests as a slider allows keep a hundred instances busy. */
export const A_HUNDRED = { instances: 100, serviceMs: 400 };

export const checks = {
  LB1: {
    statement:
      'At random each instance is a queue of its own: M/M/1 with mixed work, and what Pollaczek and Khinchine say with any other.',
    against:
      'M/M/1 and M/G/1 at a load of 0.5: a Poisson stream split at random gives Poisson streams.',
    variants: ['random'],
    seeds: 3,
    verify: ({ run, within }) => {
      for (const { work, expected } of [
        { work: 'exponential', expected: meanTimeRandom(0.5) },
        { work: 'constant', expected: meanTimeMG1(0.5, 0) },
        // e − 1, the squared coefficient of variation of a lognormal whose sigma is 1.
        { work: 'heavy', expected: meanTimeMG1(0.5, Math.E - 1) },
      ] as const) {
        const race = run({ parameters: { ...loaded(0.5, 5), work }, variants: ['random'] });
        within(
          race.value('random', 'latency.mean'),
          SERVICE_MS * expected,
          STANDARD_ERRORS * race.standardError('random', 'latency.mean'),
          `Mean latency of ${work} work, ms`,
        );
      }
    },
  },

  LB2: {
    statement: 'In turns each instance is E_n/M/1: every n-th request of a Poisson stream.',
    against: 'G/M/1 by its root, as in theory.ts, at a load of 0.8 on 2 and on 5 instances.',
    variants: ['round-robin'],
    seeds: 3,
    verify: ({ run, within }) => {
      for (const instances of [2, 5]) {
        const race = run({ parameters: loaded(0.8, instances), variants: ['round-robin'] });
        within(
          race.value('round-robin', 'latency.mean'),
          SERVICE_MS * meanTimeRoundRobin(0.8, instances),
          STANDARD_ERRORS * race.standardError('round-robin', 'latency.mean'),
          `Mean latency on ${instances}, ms`,
        );
      }
    },
  },

  LB3: {
    statement:
      'On a hundred instances the best of two or three has the mean latency of the supermarket model.',
    against:
      'The fixed point of Vvedenskaya et al. (1996) and Mitzenmacher (2001) for infinitely many instances, within four standard deviations of a run.',
    variants: ['power-of-choices'],
    seeds: 2,
    verify: ({ run, within }) => {
      // The deviations of a run's mean, in mean services, are those of eight seeds, rounded up.
      for (const { load, choices, deviation } of [
        { load: 0.5, choices: 2, deviation: 0.02 },
        { load: 0.7, choices: 2, deviation: 0.03 },
        { load: 0.9, choices: 2, deviation: 0.11 },
        { load: 0.9, choices: 3, deviation: 0.09 },
      ]) {
        const race = run({
          parameters: { ...A_HUNDRED, requestsPerSecond: 250 * load, choices },
          variants: ['power-of-choices'],
        });
        within(
          race.value('power-of-choices', 'latency.mean') / A_HUNDRED.serviceMs,
          meanTimeOfChoices(load, choices),
          4 * deviation,
          `Mean latency of the best of ${choices} at ${load}, in mean services`,
        );
      }
    },
  },

  LB4: {
    statement:
      'Least connections with one balancer joins the shortest queue: exact for two instances, and for five between one common line and the best of two.',
    against: 'The chain of both lengths; M/M/5 by Erlang (1917) from below, LB3 from above.',
    variants: ['least-connections'],
    seeds: 3,
    verify: ({ run, within, atLeast, atMost }) => {
      const two = run({ parameters: loaded(0.5, 2), variants: ['least-connections'] });
      within(
        two.value('least-connections', 'latency.mean'),
        SERVICE_MS * meanTimeShorterOfTwo(0.5),
        STANDARD_ERRORS * two.standardError('least-connections', 'latency.mean'),
        'Mean latency on two instances, ms',
      );
      const five = run({ parameters: loaded(0.6, 5), variants: ['least-connections'] });
      const meanMs = five.value('least-connections', 'latency.mean');
      const marginMs = STANDARD_ERRORS * five.standardError('least-connections', 'latency.mean');
      atLeast(meanMs, SERVICE_MS * meanTimePooled(0.6, 5) - marginMs, 'Mean latency on five, ms');
      atMost(meanMs, SERVICE_MS * meanTimeOfChoices(0.6, 2), 'Mean latency on five, ms');
    },
  },

  LB5: {
    statement:
      'Weighted turns are spread evenly: 5, 1 and 1 give a a b a c a a, and 4, 2 and 1 give a b a c a b a.',
    against: 'The example of nginx’s smooth weighted round robin, and the rule by hand.',
    variants: ['weighted-round-robin'],
    seeds: 1,
    verify: ({ model, random, equal }) => {
      const stream = random('draws');
      for (const [weights, turns] of [
        [[5, 1, 1], 'aabacaa'],
        [[4, 2, 1], 'abacaba'],
        [[1, 1, 1], 'abc'],
      ] as const) {
        const balancer = model('weighted-round-robin')({ choices: 2, random: () => stream.next() });
        const instances = idle(3).map((instance, i) => ({ ...instance, weight: weights[i] ?? 1 }));
        // Two rounds: after the first all credit must be used up.
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const picks = Array.from({ length: 2 * total }, () => balancer.pick(instances).id).join('');
        equal(picks.slice(0, total), turns, `The first turns by ${weights.join(', ')}`);
        equal(
          picks.slice(total),
          picks.slice(0, total),
          `The second round by ${weights.join(', ')}`,
        );
      }
    },
  },

  LB6: {
    statement:
      'Instances that are alike and idle get equal shares: exactly so in turns, and within chance where chance decides.',
    against: 'Symmetry; 1,200 picks among twelve, four standard deviations of the binomial.',
    variants: STRATEGIES,
    seeds: 2,
    verify: ({ model, random, equal, within }) => {
      const stream = random('draws');
      for (const strategy of STRATEGIES) {
        const balancer = model(strategy)({ choices: 2, random: () => stream.next() });
        const instances = idle(12);
        const counts = instances.map(() => 0);
        for (let i = 0; i < 1200; i++) {
          const { id } = balancer.pick(instances);
          const place = instances.findIndex((instance) => instance.id === id);
          counts[place] = (counts[place] ?? 0) + 1;
        }
        const isByChance = strategy === 'random' || strategy === 'power-of-choices';
        if (isByChance) {
          const deviation = Math.sqrt((1200 * 11) / 144);
          for (const count of counts)
            within(count, 100, 4 * deviation, `Picks of one, ${strategy}`);
        } else equal(counts, Array(12).fill(100), `Picks of each, ${strategy}`);
      }
    },
  },

  LB7: {
    statement:
      'The best of two different instances of six is the r-th least loaded in (6 − r) of 15 cases, and the best of all is always the least loaded.',
    against: 'Counting pairs; 3,000 picks, four standard deviations of the binomial.',
    variants: ['power-of-choices'],
    seeds: 2,
    verify: ({ model, random, within, equal }) => {
      const stream = random('draws');
      // Loads of all sizes, none of them in the order of the list.
      const instances = idle(6).map((instance, i) => ({ ...instance, inFlight: (5 * i + 3) % 6 }));
      const picksOf = (choices: number): number[] => {
        const balancer = model('power-of-choices')({ choices, random: () => stream.next() });
        return Array.from({ length: 3000 }, () => balancer.pick(instances).inFlight);
      };
      const ranks = picksOf(2);
      for (let rank = 1; rank <= 6; rank++) {
        const share = (6 - rank) / 15;
        within(
          ranks.filter((load) => load === rank - 1).length,
          3000 * share,
          4 * Math.sqrt(3000 * share * (1 - share)),
          `Picks of number ${rank} by load`,
        );
      }
      equal(
        picksOf(6).every((load) => load === 0),
        true,
        'Whether the best of all six is always the least loaded',
      );
    },
  },

  LB8: {
    statement:
      'With loads that are ten mean services old, least connections is worse than chance, and the best of two is not.',
    against: 'M. Mitzenmacher, "How Useful Is Old Information?", IEEE TPDS 11(1), 2000.',
    variants: ['random', 'power-of-choices', 'least-connections'],
    seeds: 3,
    verify: ({ run, atLeast, atMost }) => {
      const race = run({
        parameters: { ...loaded(0.8, 5), knowledge: 'reported', reportMs: 10 * SERVICE_MS },
        variants: ['random', 'power-of-choices', 'least-connections'],
      });
      const random = race.value('random', 'latency.mean');
      atLeast(
        race.value('least-connections', 'latency.mean'),
        1.5 * random,
        'Mean latency of least connections, ms',
      );
      atMost(
        race.value('power-of-choices', 'latency.mean'),
        random,
        'Mean latency of the best of two, ms',
      );
    },
  },

  LB9: {
    statement:
      'Without sticky sessions, users of sessions in memory are strangers to (n − 1) of n instances; with them, or with a shared store, to none.',
    against: 'Two independent instances differ with probability 1 − 1/n; 5 instances at random.',
    variants: ['random', 'sticky-sessions'],
    seeds: 2,
    verify: ({ run, within, equal }) => {
      const parameters = { ...loaded(0.4, 5), users: 200, sessions: 'memory' } as const;
      const race = run({ parameters, variants: ['random', 'sticky-sessions'] });
      within(
        race.value('random', 'signedOut'),
        80,
        STANDARD_ERRORS * race.standardError('random', 'signedOut'),
        'Signed out at random, %',
      );
      equal(race.value('sticky-sessions', 'signedOut'), 0, 'Signed out with sticky sessions, %');
      const stored = run({
        parameters: { ...parameters, sessions: 'store' },
        variants: ['random'],
      });
      equal(stored.value('random', 'signedOut'), 0, 'Signed out with a shared store, %');
    },
  },

  LB10: {
    statement:
      'The autoscaler asks for ceil(ready × utilisation / target), for no change within a tenth of the target, and goes down only to the most that a recent look wanted.',
    against: 'Kubernetes, Horizontal Pod Autoscaling: algorithm details, tolerance, stabilisation.',
    variants: [],
    seeds: 1,
    verify: ({ equal }) => {
      const desired = (ready: number, utilisation: number, target: number): number =>
        desiredInstances({ ready, starting: 0, utilisation }, target);
      equal(
        [
          desired(1, 1, 0.5),
          desired(4, 0.3, 0.6),
          desired(10, 0.63, 0.6),
          desired(10, 0.654, 0.6),
          desired(10, 0.672, 0.6),
          desired(3, 0.9, 0.6),
          desired(5, 0.18, 0.6),
          desired(2, 0.75, 0.5),
          desired(50, 0.9, 0.75),
        ],
        [2, 2, 10, 10, 12, 5, 2, 3, 60],
        'Instances wanted',
      );
      const scale = autoscaler({ target: 0.5, least: 1, most: 9, stabiliseMs: 30_000 });
      const looks = [
        { ready: 4, utilisation: 1, atMs: 0 },
        { ready: 8, utilisation: 0.2, atMs: 10_000 },
        { ready: 8, utilisation: 0.3, atMs: 25_000 },
        { ready: 8, utilisation: 0.2, atMs: 40_000 },
        { ready: 5, utilisation: 0.2, atMs: 60_000 },
        { ready: 9, utilisation: 1, atMs: 70_000 },
      ].map(({ atMs, ...load }) => scale({ ...load, starting: 0 }, atMs));
      equal(looks, [8, 8, 8, 5, 4, 9], 'Instances after each of six looks');
    },
  },

  LB11: {
    statement:
      'Behind a shared lock, instances answer as many as the machine repairman, never fewer than the Universal Scalability Law, and with peers to tell, fewer on 24 than on 8.',
    against:
      'M/M/1//N, exactly; Gunther’s law as its worst case (arXiv:0808.1431), in which all come at once.',
    variants: ['least-connections'],
    seeds: 2,
    verify: ({ run, within, atLeast, atMost }) => {
      const [work, lock, tell] = [100, 5, 1];
      const answered = (instances: number): number => {
        const race = run({
          parameters: {
            requestsPerSecond: 250,
            queueLimit: 20,
            instances,
            serviceMs: work,
            lockMs: lock,
            tellMs: tell,
          },
          variants: ['least-connections'],
        });
        const value = race.value('least-connections', 'answered');
        const expected = 1000 * throughputLocked({ instances, work, lock, tell });
        // Services of one after the other are independent: a count of them varies less than a Poisson's.
        const count = (expected * race.race.measuredMs) / 1000;
        within(
          value,
          expected,
          (4 * expected) / Math.sqrt(count),
          `Answered by ${instances}, per s`,
        );
        return value;
      };
      answered(1);
      const eight = answered(8);
      const law = throughputByLaw({ instances: 8, work, lock, tell });
      atLeast(eight, 1000 * law, 'Answered by 8, per s');
      atMost(answered(24), 0.7 * eight, 'Answered by 24, per s');
    },
  },

  LB12: {
    statement:
      'An instance that fails costs each balancer no more than the errors that eject it, each time it is tried again.',
    against:
      'The rule of consecutive errors: five, every ten seconds for fifty seconds, and five more while what it had in hand still succeeds.',
    variants: STRATEGIES,
    seeds: 1,
    verify: ({ run, atMost, atLeast }) => {
      const race = run({
        parameters: {
          ...loaded(0.7, 6),
          trouble: 'failing',
          troubleFromMs: 10_000,
          ejectAfter: 5,
        },
        variants: STRATEGIES,
      });
      for (const strategy of STRATEGIES) {
        const failed = (race.value(strategy, 'failed') / 100) * race.race.arrivals;
        atLeast(failed, 4.5, `Failed, ${strategy}`);
        atMost(failed, 30.5, `Failed, ${strategy}`);
      }
    },
  },

  LB13: {
    statement: 'What is in the service is what is answered per second times how long it takes.',
    against: 'Little’s law (1961), for every strategy, to 2 %.',
    variants: STRATEGIES,
    seeds: 1,
    verify: ({ run, within }) => {
      const race = run({ parameters: loaded(0.7, 6), variants: STRATEGIES });
      for (const strategy of STRATEGIES) {
        const present = race.value(strategy, 'present');
        const flow =
          (race.value(strategy, 'answered') * race.value(strategy, 'latency.mean')) / 1000;
        within(present, flow, 0.02 * flow, `In the service, ${strategy}`);
      }
    },
  },

  LB14: {
    statement:
      'Least connections picks an instance that no other beats by (in flight + 1) / weight, and sticky sessions one that the cookie names, if it is there.',
    against: 'The rules themselves, on 200 random fleets.',
    variants: ['least-connections', 'sticky-sessions'],
    seeds: 1,
    verify: ({ model, random, equal }) => {
      const stream = random('fleets');
      const options = { choices: 2, random: () => stream.next() };
      const least: Balancer = model('least-connections')(options);
      const sticky: Balancer = model('sticky-sessions')(options);
      for (let i = 0; i < 200; i++) {
        const fleet = idle(1 + stream.nextInteger(8)).map(
          ({ id }): Instance => ({
            id,
            weight: 1 + stream.nextInteger(4),
            inFlight: stream.nextInteger(6),
          }),
        );
        const lowest = Math.min(...fleet.map(loadWith));
        equal(loadWith(least.pick(fleet)), lowest, 'Load of the instance that was picked');
        const home = fleet[stream.nextInteger(fleet.length)]?.id;
        equal(sticky.pick(fleet, home).id, home, 'Instance of a known client');
        equal(loadWith(sticky.pick(fleet, 'gone')), lowest, 'Load for a client whose home is gone');
      }
    },
  },
} as const satisfies Record<string, BalancingCheck>;

/** So many instances at this load, with nothing else set. */
const loaded = (load: number, instances: number) => ({
  requestsPerSecond: Math.round((1000 * load * instances) / SERVICE_MS),
  instances,
  serviceMs: SERVICE_MS,
});

/** Instances named a, b, c …, alike and with nothing to do. */
const idle = (count: number): Instance[] =>
  Array.from({ length: count }, (_, i) => ({
    id: String.fromCharCode(97 + i),
    weight: 1,
    inFlight: 0,
  }));
