/** The rules that the loaders and the run are held to, in the tests and on request in the page. */
import type { Check, RaceReader } from '../../../simulation/definition';
import type { LoaderContext, LoaderFactory, Row } from './models/loader';
import { MEASURED_MS, type parameters } from './parameters';
import { firstTook, keysOf, queriesOneByOne } from './theory';
import type { VariantId } from './variants';

type NPlusOneCheck = Check<typeof parameters, VariantId, LoaderFactory>;

const LOADERS = ['batched', 'timed'] as const;
const ALL = ['direct', 'batched', 'timed'] as const;

const SHAPES = [
  { listSize: 1, depth: 1, fanOut: 1 },
  { listSize: 20, depth: 1, fanOut: 1 },
  { listSize: 100, depth: 2, fanOut: 1 },
  { listSize: 5, depth: 4, fanOut: 3 },
] as const;

/** Few requests and a pool that none of them fills, so that each is by itself. */
const QUIET = { requestsPerSecond: 2, latencyMs: 1, rowMs: 0, poolSize: 50 } as const;

/** The number is the same for every request of a race. */
const queriesOf = (race: RaceReader, variant: VariantId): number =>
  race.value(variant, 'queries.mean');

/**
 * A loader with a database beside it that answers when told: what it was asked for, and what it said.
 */
function bench(factory: LoaderFactory, rowOf: (key: number) => Row | null) {
  const asked: (readonly number[])[] = [];
  const jobs: (() => void)[] = [];
  const answers: (() => void)[] = [];
  const context: LoaderContext = {
    query: (keys, done) => {
      asked.push(keys);
      const rows = keys.flatMap((key) => rowOf(key) ?? []).reverse();
      answers.push(() => done(rows));
    },
    afterTick: (job) => jobs.push(job),
    after: (_, job) => jobs.push(job),
    batchMax: 1000,
    windowMs: 1,
  };
  return {
    context,
    loader: factory(context),
    asked,
    /** Runs what is to run after this tick, then lets the database answer. */
    turn: () => {
      for (const job of jobs.splice(0)) job();
      for (const answer of answers.splice(0)) answer();
    },
  };
}

export const checks = {
  NP1: {
    statement:
      'One by one, a request takes a query for the list and one for each object above the last level.',
    against: '1 + N (1 + f + f² + …), exactly.',
    variants: ['direct'],
    seeds: 1,
    verify: ({ run, equal }) => {
      for (const shape of SHAPES)
        equal(
          queriesOf(run({ variants: ['direct'], parameters: { ...QUIET, ...shape } }), 'direct'),
          queriesOneByOne(shape),
          `queries of ${shape.listSize} orders, ${shape.depth} levels`,
        );
    },
  },

  NP2: {
    statement:
      'Batched, a request takes a query for the list and one for each level, however many objects.',
    against: 'DataLoader, README, “Batching”: loads of one tick are one batch. 1 + depth, exactly.',
    variants: LOADERS,
    seeds: 1,
    verify: ({ run, equal }) => {
      for (const shape of SHAPES) {
        const race = run({ variants: LOADERS, parameters: { ...QUIET, ...shape } });
        for (const variant of LOADERS)
          equal(
            queriesOf(race, variant),
            1 + shape.depth,
            `${variant}: queries of ${shape.listSize} orders, ${shape.depth} levels`,
          );
      }
    },
  },

  NP3: {
    statement:
      'A bound on the keys of a query splits a batch, and what the parts bring is asked for part by part.',
    against:
      'One query per loader, level and tick: 1 + depth × ⌈N / bound⌉ where each leads to one.',
    variants: ['batched'],
    seeds: 1,
    verify: ({ run, equal }) => {
      for (const [listSize, batchMax] of [
        [20, 20],
        [20, 19],
        [50, 7],
      ] as const)
        for (const depth of [1, 3])
          equal(
            queriesOf(
              run({
                variants: ['batched'],
                parameters: { ...QUIET, listSize, batchMax, depth },
              }),
              'batched',
            ),
            1 + depth * Math.ceil(listSize / batchMax),
            `queries of ${listSize} orders, ${depth} levels, at most ${batchMax} keys`,
          );
    },
  },

  NP4: {
    statement:
      'One by one, a request lasts one latency for the list and as many more as the pool needs rounds.',
    against: 'L (1 + ⌈N / P⌉) where nothing else is under way, exactly.',
    variants: ['direct'],
    seeds: 1,
    verify: ({ run, within }) => {
      for (const [listSize, poolSize] of [
        [1, 1],
        [20, 4],
        [21, 4],
        [100, 1],
        [100, 50],
      ] as const) {
        const race = run({
          variants: ['direct'],
          parameters: { ...QUIET, requestsPerSecond: 1, listSize, poolSize },
        });
        within(
          firstTook(race.run('direct').recording),
          1 + Math.ceil(listSize / poolSize),
          1e-9,
          `ms with ${listSize} orders and ${poolSize} connections`,
        );
      }
    },
  },

  NP5: {
    statement:
      'Batched, a request lasts a latency for each level and the list, and the time of its rows.',
    against: 'Σ (L + r × rows) over the levels, exactly.',
    variants: ['batched'],
    seeds: 1,
    verify: ({ run, within }) => {
      for (const shape of SHAPES) {
        const [latencyMs, rowMs] = [3, 0.02] as const;
        const race = run({
          variants: ['batched'],
          parameters: { ...QUIET, ...shape, requestsPerSecond: 1, latencyMs, rowMs, poolSize: 1 },
        });
        const rows = keysOf({ ...shape, sameKey: 1 }).map((keys) => keys * shape.fanOut);
        within(
          firstTook(race.run('batched').recording),
          [shape.listSize, ...rows].reduce((sum, n) => sum + latencyMs + rowMs * n, 0),
          1e-6,
          `ms with ${shape.listSize} orders, ${shape.depth} levels`,
        );
      }
    },
  },

  NP6: {
    statement: 'A loader asks for a key once a request, one by one for each object.',
    against:
      'DataLoader, README, “Caching”: memoised for a single request. Different keys, exactly.',
    variants: ALL,
    seeds: 1,
    verify: ({ run, equal }) => {
      for (const sameKey of [1, 3, 20]) {
        const shape = { listSize: 50, depth: 2, fanOut: 1, sameKey };
        const race = run({ variants: ALL, parameters: { ...QUIET, ...shape } });
        const different = keysOf(shape).reduce((sum, keys) => sum + keys, 0);
        for (const variant of ALL)
          equal(
            race.value(variant, 'rows.mean'),
            50 + (variant === 'direct' ? 100 : different),
            `${variant}: rows, ${sameKey} objects to a row`,
          );
      }
    },
  },

  NP7: {
    statement: 'Every object is given its own row, in whatever order the database returns them.',
    against: 'DataLoader, README: each index of the values corresponds to that of the keys.',
    variants: ALL,
    seeds: 1,
    verify: ({ run, equal }) => {
      for (const awaitMs of [0, 4]) {
        const shape = { listSize: 30, depth: 3, sameKey: 2 };
        const race = run({ variants: ALL, parameters: { ...QUIET, ...shape, awaitMs } });
        for (const variant of ALL) equal(race.value(variant, 'mixedUp'), 0, `${variant}: mixed up`);
      }
    },
  },

  NP8: {
    statement: 'A key without a row gets null, and the keys beside it their rows.',
    against: 'DataLoader, README: a missing value stands in its place.',
    variants: ALL,
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const variant of ALL) {
        const { loader, turn } = bench(model(variant), (key) =>
          key === 2 ? null : { key, value: key * 10 },
        );
        const got = new Map<number, number | null>();
        for (const key of [3, 2, 1]) loader.load(key, (row) => got.set(key, row?.value ?? null));
        turn();
        equal([got.get(1), got.get(2), got.get(3)], [10, null, 30], `${variant}: values`);
      }
    },
  },

  NP9: {
    statement: 'What one request has loaded is not served to another.',
    against: 'DataLoader, README: create a new instance for each request.',
    variants: ALL,
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const variant of ALL) {
        let value = 1;
        const factory = model(variant);
        const { context, loader, turn } = bench(factory, (key) => ({ key, value }));
        let [first, second] = [0, 0];
        loader.load(7, (row) => {
          first = row?.value ?? 0;
        });
        turn();
        value = 2;
        factory(context).load(7, (row) => {
          second = row?.value ?? 0;
        });
        turn();
        equal([first, second], [1, 2], `${variant}: what two requests see`);
      }
    },
  },

  NP10: {
    statement: 'A key that was loaded is not asked for again by the same request.',
    against: 'DataLoader, README, “Caching”.',
    variants: LOADERS,
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const variant of LOADERS) {
        const { loader, asked, turn } = bench(model(variant), (key) => ({ key, value: key }));
        let times = 0;
        const count = () => {
          times++;
        };
        loader.load(1, count);
        loader.load(2, count);
        loader.load(1, count);
        turn();
        loader.load(2, count);
        turn();
        equal(asked, [[1, 2]], `${variant}: queries`);
        equal(times, 4, `${variant}: loads answered`);
      }
    },
  },

  NP11: {
    statement:
      'Loads that come in ticks of their own are queries of their own; a window as long as the spread joins them.',
    against: 'One query per tick: 1 + N; within one window: 2. Exactly.',
    variants: LOADERS,
    seeds: 3,
    verify: ({ run, equal }) => {
      const race = run({
        variants: LOADERS,
        parameters: { ...QUIET, listSize: 40, awaitMs: 10, windowMs: 10 },
      });
      equal(queriesOf(race, 'batched'), 41, 'queries by ticks');
      equal(queriesOf(race, 'timed'), 2, 'queries with a window');
    },
  },

  NP12: {
    statement: 'Connections in use are queries per second times how long each takes.',
    against: 'J. D. C. Little, “A Proof for the Queuing Formula: L = λW”, 1961; within 2 %.',
    variants: ALL,
    seeds: 2,
    verify: ({ run, within }) => {
      const race = run({
        variants: ALL,
        parameters: { requestsPerSecond: 40, listSize: 20, poolSize: 10, rowMs: 0 },
      });
      for (const variant of ALL) {
        const expected = (race.value(variant, 'done') * 5) / 1000;
        within(race.value(variant, 'busy'), expected, 0.02 * expected, `${variant}: in use`);
      }
    },
  },

  NP13: {
    statement:
      'Beyond what the pool can do, answers come as fast as its connections allow and no faster.',
    against:
      'The utilisation law: P / ((1 + N) L) requests a second; within 5 %, less the backlog’s share.',
    variants: ['direct'],
    seeds: 2,
    verify: ({ run, atMost, equal }) => {
      const [poolSize, listSize] = [10, 100] as const;
      const race = run({
        variants: ['direct'],
        parameters: { requestsPerSecond: 80, listSize, poolSize, rowMs: 0 },
      });
      const most = (1000 * poolSize) / ((1 + listSize) * 5);
      atMost(race.value('direct', 'answered'), most, 'answered per second');
      const full = (poolSize * MEASURED_MS) / 5 / (MEASURED_MS / 1000);
      equal(
        Math.abs(race.value('direct', 'done') - full) < 0.05 * full,
        true,
        `queries per second near ${full}`,
      );
    },
  },

  NP14: {
    statement:
      'A batch leaves a window after its first key; a full one is followed by another with a window of its own.',
    against:
      'DataLoader 2.2.3, getCurrentBatch: whatever a full or dispatched batch does not take is scheduled by itself.',
    variants: ['timed'],
    seeds: 1,
    verify: ({ model, equal }) => {
      // Keys 1 to 5 come at 0 to 4 ms, key 6 when all have left.
      for (const [batchMax, expected] of [
        [
          6,
          [
            [5, [1, 2, 3, 4, 5]],
            [25, [6]],
          ],
        ],
        [
          2,
          [
            [5, [1, 2]],
            [7, [3, 4]],
            [9, [5]],
            [25, [6]],
          ],
        ],
      ] as const) {
        const timers: { readonly atMs: number; readonly job: () => void }[] = [];
        const asked: (readonly [number, readonly number[]])[] = [];
        let nowMs = 0;
        const loader = model('timed')({
          query: (keys) => asked.push([nowMs, keys]),
          afterTick: (job) => job(),
          after: (delayMs, job) => timers.push({ atMs: nowMs + delayMs, job }),
          batchMax,
          windowMs: 5,
        });
        for (; nowMs < 30; nowMs++) {
          for (const { atMs, job } of [...timers]) if (atMs === nowMs) job();
          if (nowMs < 5 || nowMs === 20) loader.load(Math.min(nowMs, 5) + 1, () => undefined);
        }
        equal(asked, expected, `queries by the ms, at most ${batchMax} keys`);
      }
    },
  },

  NP15: {
    statement: 'A request that is answered exactly at its deadline is in time.',
    against: 'Latencies that add up to the deadline: as many requests are in time as answered.',
    variants: ['batched'],
    seeds: 3,
    verify: ({ run, equal }) => {
      for (const [latencyMs, inTime] of [
        [25, 100],
        [26, 0],
      ] as const) {
        const race = run({
          variants: ['batched'],
          parameters: { ...QUIET, latencyMs, deadlineMs: 50 },
        });
        equal(race.value('batched', 'inTime'), inTime, `% in 50 ms, twice ${latencyMs} ms`);
      }
    },
  },
} as const satisfies Readonly<Record<string, NPlusOneCheck>>;
