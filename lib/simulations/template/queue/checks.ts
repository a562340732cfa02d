/** The rules that this simulation is held to, in the tests and on request in the page. */
import type { Check } from '../../../simulation/definition';
import type { LineFactory } from './models/line';
import type { parameters } from './parameters';
import { erlangB, lossWithRoom, meanWait } from './theory';

type QueueCheck = Check<typeof parameters, 'fifo' | 'lifo', LineFactory>;

/** A rate of arrivals that does not change, as the parameter wants it. */
const constant = (customersPerSecond: number) => [{ atMs: 0, value: customersPerSecond }];

/** Short services, so that many fit into the measured time and errors are small. */
const MEAN_SERVICE_MS = 200;
const SERVICES_PER_SECOND = 1000 / MEAN_SERVICE_MS;

// Each rule is a sentence that can be false, held to a source, with a tolerance that has a reason.
export const checks = {
  QU1: {
    statement: 'The mean wait of M/M/c is what Erlang C says.',
    against:
      'Erlang 1917: C(c, a) / (c − a) mean service times; within 4 standard errors by batch means.',
    variants: ['fifo', 'lifo'],
    seeds: 5,
    verify: ({ run, within }) => {
      for (const { servers, offered } of [
        { servers: 1, offered: 0.5 },
        { servers: 2, offered: 1.4 },
        { servers: 4, offered: 2.8 },
      ]) {
        const race = run({
          parameters: {
            servers,
            arrivals: constant(offered * SERVICES_PER_SECOND),
            meanServiceMs: MEAN_SERVICE_MS,
          },
          variants: ['fifo', 'lifo'],
        });
        for (const variant of ['fifo', 'lifo']) {
          const expectedMs = MEAN_SERVICE_MS * meanWait({ servers, offered });
          const tolerance = 4 * race.standardError(variant, 'wait.mean');
          const what = `${variant}, ${servers} servers, ${offered} erlangs: mean wait in ms`;
          within(race.value(variant, 'wait.mean'), expectedMs, tolerance, what);
        }
      }
    },
  },

  QU2: {
    statement: 'On average, as many customers are present as arrive during one stay.',
    against:
      'Little’s law, L = λ T; within 1 %, since who is there at either end of the measured time counts in part.',
    variants: ['fifo', 'lifo'],
    seeds: 5,
    verify: ({ run, within }) => {
      const race = run({
        parameters: { servers: 3, arrivals: constant(12), meanServiceMs: MEAN_SERVICE_MS },
        variants: ['fifo', 'lifo'],
      });
      for (const variant of ['fifo', 'lifo']) {
        const staySeconds = race.value(variant, 'stay.mean') / 1000;
        const expected = race.value(variant, 'servedPerSecond') * staySeconds;
        within(race.value(variant, 'present'), expected, 0.01 * expected, `${variant}: present`);
      }
    },
  },

  QU3: {
    statement: 'Where nobody may wait, the share turned away is what Erlang B says.',
    against: 'Erlang 1917: B(c, a); within 4 standard errors by batch means.',
    variants: ['fifo', 'lifo'],
    seeds: 5,
    verify: ({ run, within }) => {
      for (const { servers, offered } of [
        { servers: 1, offered: 0.8 },
        { servers: 3, offered: 2.4 },
      ]) {
        const race = run({
          parameters: { servers, arrivals: constant(offered), room: 0 },
          variants: ['fifo', 'lifo'],
        });
        for (const variant of ['fifo', 'lifo']) {
          const expected = 100 * erlangB({ servers, offered });
          const tolerance = 4 * race.standardError(variant, 'turnedAway');
          const what = `${variant}, ${servers} servers, ${offered} erlangs: % turned away`;
          within(race.value(variant, 'turnedAway'), expected, tolerance, what);
        }
      }
    },
  },

  QU4: {
    statement: 'One server with room for four more turns away the share that M/M/1/5 says.',
    against: 'P = (1 − ρ) ρ⁵ / (1 − ρ⁶); within 4 standard errors by batch means.',
    variants: ['fifo', 'lifo'],
    seeds: 5,
    verify: ({ run, within }) => {
      const race = run({
        parameters: { servers: 1, arrivals: constant(0.9), room: 4 },
        variants: ['fifo', 'lifo'],
      });
      for (const variant of ['fifo', 'lifo']) {
        const expected = 100 * lossWithRoom({ offered: 0.9, room: 5 });
        const tolerance = 4 * race.standardError(variant, 'turnedAway');
        within(race.value(variant, 'turnedAway'), expected, tolerance, `${variant}: % turned away`);
      }
    },
  },

  QU5: {
    statement: 'First in, first out serves in the order of arrival; last in, first out the newest.',
    against: 'Definition, with a customer who comes back because a server crashed.',
    variants: ['fifo', 'lifo'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const orderOf = (variant: 'fifo' | 'lifo') => {
        const line = model(variant)({ room: 3 });
        const joined = [1, 2, 3, 4].map((customer) => line.join(customer));
        equal(joined, [true, true, true, false], `${variant}: who found room`);
        line.comeBack(0);
        equal(line.first(), 0, `${variant}: who is ahead of all who wait`);
        equal(line.join(5), false, `${variant}: whether one more finds room then`);
        return [line.next(), line.next(), line.next(), line.next(), line.next() ?? 'nobody'];
      };
      equal(orderOf('fifo'), [0, 1, 2, 3, 'nobody'], 'Order of service, first in, first out');
      equal(orderOf('lifo'), [0, 3, 2, 1, 'nobody'], 'Order of service, last in, first out');
      for (const [variant, order] of [
        ['fifo', [0, 1, 2]],
        ['lifo', [2, 0, 1]],
      ] as const) {
        const line = model(variant)({ room: 3 });
        line.join(1);
        line.comeBack(0);
        line.join(2);
        const served = [line.next(), line.next(), line.next()];
        equal(served, order, `${variant}: order with one who joins after the one who came back`);
      }
    },
  },
} as const satisfies Record<string, QueueCheck>;
