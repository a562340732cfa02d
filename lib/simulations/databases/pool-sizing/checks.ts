/** The rules that the pools and the run are held to, in the tests and on request in the page. */
import type { Check } from '../../../simulation/definition';
import { meanWait } from '../../traffic-control/overload/theory';
import type { PoolFactory, PoolOptions } from './models/pool';
import type { parameters } from './parameters';
import { SLOW_AT_MS } from './scenarios';
import type { VariantId } from './variants';

type PoolCheck = Check<typeof parameters, VariantId, PoolFactory>;

const BOTH = ['fifo', 'bounded'] as const;
const OPTIONS: PoolOptions = { size: 2, waitersMax: 2 };
/** Standard errors by which a mean of a run may differ from theory. */
const STANDARD_ERRORS = 4;

/** Nobody gives up, nothing is slow, and queries do not get into each other's way. */
const TEXTBOOK = {
  reportPercent: 0,
  contentionPercent: 0,
  timeoutMs: 10_000,
  queryMs: 20,
} as const;

export const checks = {
  PS1: {
    statement: 'While each query has a core, the mean wait for a connection is Erlang’s.',
    against: 'Erlang C (1917): a pool of 5 connections at 80 %, within four standard errors.',
    variants: ['fifo'],
    seeds: 3,
    verify: ({ run, within }) => {
      const poolSize = 5;
      const race = run({
        parameters: { ...TEXTBOOK, poolSize, cores: 32, requestsPerSecond: 200 },
        variants: ['fifo'],
      });
      const expectedMs = TEXTBOOK.queryMs * meanWait({ workers: poolSize, offered: 4 });
      within(
        race.value('fifo', 'wait.mean'),
        expectedMs,
        STANDARD_ERRORS * race.standardError('fifo', 'wait.mean'),
        'Mean wait, ms',
      );
    },
  },

  PS2: {
    statement: 'On one core that all share, a query takes s / (1 − ρ) on average.',
    against:
      'Processor sharing, M/G/1-PS: on average ρ / (1 − ρ) are present, as in M/M/1 and whatever the work; Little’s law gives the time.',
    variants: ['fifo'],
    seeds: 3,
    verify: ({ run, within }) => {
      const race = run({
        parameters: { ...TEXTBOOK, poolSize: 200, cores: 1, requestsPerSecond: 30 },
        variants: ['fifo'],
      });
      const expectedMs = TEXTBOOK.queryMs / (1 - 0.6);
      within(
        race.value('fifo', 'hold.mean'),
        expectedMs,
        STANDARD_ERRORS * race.standardError('fifo', 'hold.mean'),
        'Mean time of a query, ms',
      );
    },
  },

  PS3: {
    statement: 'Connections in use are queries done per second times how long each holds one.',
    against: 'J. D. C. Little, “A Proof for the Queuing Formula: L = λW”, 1961; within 2 %.',
    variants: BOTH,
    seeds: 3,
    verify: ({ run, within }) => {
      const race = run({ parameters: { ...TEXTBOOK, requestsPerSecond: 250 }, variants: BOTH });
      for (const variant of BOTH) {
        const inUse = (race.value(variant, 'queries') * race.value(variant, 'hold.mean')) / 1000;
        within(race.value(variant, 'inUse'), inUse, 0.02 * inUse, `${variant}: in use`);
      }
    },
  },

  PS4: {
    statement: 'A connection that is given back goes to whoever has waited longest.',
    against: 'The contract of the pool, one by one.',
    variants: BOTH,
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const variant of BOTH) {
        const pool = model(variant)(OPTIONS);
        const asked = [1, 2, 3, 4].map((id) => pool.acquire(id));
        equal(asked, ['granted', 'granted', 'queued', 'queued'], `${variant}: four ask for two`);
        equal([pool.release(), pool.release()], [3, 4], `${variant}: given back twice`);
        equal([pool.release(), pool.release()], [undefined, undefined], `${variant}: and twice`);
        equal(pool.inUse(), 0, `${variant}: in use when all are given back`);
      }
    },
  },

  PS5: {
    statement: 'Whoever gave up waiting never gets a connection.',
    against: 'A connection that nobody uses is lost to all.',
    variants: BOTH,
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const variant of BOTH) {
        const pool = model(variant)(OPTIONS);
        for (const id of [1, 2, 3, 4]) pool.acquire(id);
        pool.giveUp(3);
        equal(pool.release(), 4, `${variant}: the next who still waits`);
        equal(pool.waiting(), 0, `${variant}: waiting`);
      }
    },
  },

  PS6: {
    statement:
      'As many may wait as the bound says and not one more; without a bound everybody may.',
    against: 'The limit, one by one.',
    variants: BOTH,
    seeds: 1,
    verify: ({ model, equal }) => {
      const fifth = (variant: VariantId): string => {
        const pool = model(variant)(OPTIONS);
        for (const id of [1, 2, 3, 4]) pool.acquire(id);
        return pool.acquire(5);
      };
      equal(fifth('bounded'), 'refused', 'The third who would wait');
      equal(fifth('fifo'), 'queued', 'The same without a bound');
      equal(model('bounded')({ size: 1, waitersMax: 0 }).acquire(1), 'granted', 'A free one');
    },
  },

  PS7: {
    statement: 'A pool that grows serves those who wait; one that shrinks takes back what it gets.',
    against: 'The size, one by one.',
    variants: BOTH,
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const variant of BOTH) {
        const options = { size: 2, waitersMax: 5 };
        const pool = model(variant)(options);
        for (const id of [1, 2, 3, 4, 5]) pool.acquire(id);
        options.size = 4;
        equal([...pool.grown()], [3, 4], `${variant}: served by two more`);
        options.size = 3;
        equal(pool.release(), undefined, `${variant}: the one too many is taken back`);
        equal(pool.release(), 5, `${variant}: the next goes to whoever waits`);
        equal(pool.inUse(), 3, `${variant}: in use`);
      }
    },
  },

  PS8: {
    statement:
      'Given more than the database can do, a pool as large as its cores gets more done than one of a quarter of that, or of many times that.',
    against: 'Queries beyond the cores only get into each other’s way; 2 % for each here.',
    variants: ['bounded'],
    seeds: 2,
    verify: ({ run, atLeast }) => {
      const done = (poolSize: number): number =>
        run({
          parameters: { requestsPerSecond: 600, reportPercent: 0, poolSize },
          variants: ['bounded'],
        }).value('bounded', 'queries');
      const atCores = done(8);
      atLeast(atCores, 2 * done(2), 'Queries per second with 8 connections, and twice those of 2');
      atLeast(atCores, 1.5 * done(60), 'The same, and 1.5 times those of 60');
    },
  },

  PS9: {
    statement: 'Every request ends once.',
    against: 'Conservation of requests.',
    variants: BOTH,
    seeds: 2,
    verify: ({ run, atLeast, atMost }) => {
      const race = run({ parameters: { slowAtMs: SLOW_AT_MS }, variants: BOTH });
      for (const variant of BOTH) {
        const open = race.value(variant, 'requests') - race.value(variant, 'endings');
        atLeast(open, 0, `${variant}: open at the end`);
        // Those who hold a connection, and those who came within a timeout; with a margin for chance.
        atMost(open, 20 + 150 * 1.5, `${variant}: open at the end`);
      }
    },
  },

  PS10: {
    statement: 'A slow query on one route fails the others too, until it is ended in time.',
    against: 'The same users with and without a statement timeout.',
    variants: ['fifo'],
    seeds: 2,
    verify: ({ run, atLeast, atMost }) => {
      const answered = (statementTimeoutMs: number): number =>
        run({
          parameters: { slowAtMs: SLOW_AT_MS, statementTimeoutMs },
          variants: ['fifo'],
        }).value('fifo', 'answered');
      atMost(answered(0), 50, 'Answered without a statement timeout, %');
      atLeast(answered(500), 90, 'Answered with one of half a second, %');
    },
  },
} as const satisfies Record<string, PoolCheck>;
