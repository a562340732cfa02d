/** What holds beyond the declared checks NP1 to NP15, which the contract test runs. */
import DataLoader from 'dataloader';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InterventionEvent } from '../../../simulation/definition';
import { indexRecording } from '../../../simulation/recording-index';
import { tested } from '../../../simulation/test-races';
import { tracesOf } from '../../../simulation/trace';
import { batched } from './models/batched';
import { direct } from './models/direct';
import type { LoaderFactory } from './models/loader';
import { timed } from './models/timed';
import { simulation } from './simulation';

const { raceOf } = tested('service-communication', 'n-plus-one', simulation);

/** Keys asked for together, tick after tick. */
const ticks = fc.array(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 10 }), {
  maxLength: 6,
});

describe.each([
  ['direct', direct],
  ['batched', batched],
  ['timed', timed],
] as const)('the loader %s', (name, factory: LoaderFactory) => {
  test('answers each load once and with its row, whatever is asked for together', () => {
    fc.assert(
      fc.property(ticks, fc.integer({ min: 1, max: 5 }), (plan, batchMax) => {
        const jobs: (() => void)[] = [];
        const answers: (() => void)[] = [];
        const asked: number[] = [];
        const loader = factory({
          query: (keys, done) => {
            expect(keys.length).toBeGreaterThan(0);
            expect(keys.length).toBeLessThanOrEqual(batchMax);
            asked.push(...keys);
            // Keys above 9 are of no row.
            const rows = keys.filter((key) => key <= 9).map((key) => ({ key, value: -key }));
            answers.push(() => done(rows.reverse()));
          },
          afterTick: (job) => jobs.push(job),
          after: (_, job) => jobs.push(job),
          batchMax,
          windowMs: 1,
        });
        const got: (readonly [number, number | null])[] = [];
        for (const keys of plan) {
          for (const key of keys) loader.load(key, (row) => got.push([key, row?.value ?? null]));
          for (const job of jobs.splice(0)) job();
          // The last answer comes first.
          for (const answer of answers.splice(0).reverse()) answer();
        }
        const all = plan.flat();
        expect(got.length).toBe(all.length);
        for (const [key, value] of got) expect(value).toBe(key <= 9 ? -key : null);
        expect(asked.length).toBe(name === 'direct' ? all.length : new Set(all).size);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

describe('DataLoader itself', () => {
  /** When which keys are asked for, if the keys 0, 1, 2 … come at these moments. */
  function batchesOf(
    arrivals: readonly number[],
    make: (
      query: (keys: readonly number[]) => void,
      schedule: (job: () => void) => void,
    ) => (key: number) => void,
    windowMs: number,
  ): readonly (readonly [number, readonly number[]])[] {
    const timers: { readonly atMs: number; readonly job: () => void }[] = [];
    const asked: (readonly [number, readonly number[]])[] = [];
    let nowMs = 0;
    const load = make(
      (keys) => asked.push([nowMs, [...keys]]),
      (job) => timers.push({ atMs: nowMs + windowMs, job }),
    );
    const endMs = Math.max(0, ...arrivals) + windowMs;
    for (; nowMs <= endMs; nowMs++) {
      for (const { atMs, job } of [...timers]) if (atMs === nowMs) job();
      arrivals.forEach((atMs, key) => {
        if (atMs === nowMs) load(key);
      });
    }
    return asked;
  }

  test('asks for the same keys at the same moments, by ticks and by windows', () => {
    const arrivals = fc.array(fc.nat(20), { maxLength: 12 });
    const bounds = fc.record({
      batchMax: fc.integer({ min: 1, max: 5 }),
      windowMs: fc.integer({ min: 1, max: 8 }),
    });
    fc.assert(
      fc.property(arrivals, bounds, (atMs, { batchMax, windowMs }) => {
        const theirs = batchesOf(
          atMs,
          (query, schedule) => {
            const loader = new DataLoader<number, number>(
              (keys) => {
                query(keys);
                return new Promise(() => undefined);
              },
              { maxBatchSize: batchMax, batchScheduleFn: schedule },
            );
            return (key) => void loader.load(key);
          },
          windowMs,
        );
        for (const factory of [batched, timed]) {
          const ours = batchesOf(
            atMs,
            (query, schedule) => {
              const loader = factory({
                query,
                afterTick: schedule,
                after: (_, job) => schedule(job),
                batchMax,
                windowMs,
              });
              return (key) => loader.load(key, () => undefined);
            },
            windowMs,
          );
          expect(ours).toEqual(theirs);
        }
      }),
      { seed: 2, numRuns: 200 },
    );
  });
});

describe('the waterfall of a request', () => {
  const traceOf = (variant: 'direct' | 'batched', poolSize: number) => {
    const race = raceOf('race', { parameters: { poolSize } });
    const index = indexRecording(race.run(variant).recording);
    const traces = tracesOf(index);
    const [root = -1] = traces.roots;
    return traces.partsOf(root).map((row) => index.span(row));
  };

  test('has a row for each query, and one for each wait for a connection', () => {
    const kinds = (variant: 'direct' | 'batched', poolSize: number): Record<string, number> => {
      const parts = traceOf(variant, poolSize);
      return {
        statement: parts.filter(({ kind }) => kind === 'statement').length,
        wait: parts.filter(({ kind }) => kind === 'wait').length,
      };
    };
    expect(kinds('direct', 8)).toEqual({ statement: 9, wait: 0 });
    expect(kinds('direct', 4)).toEqual({ statement: 9, wait: 4 });
    expect(kinds('batched', 1)).toEqual({ statement: 2, wait: 0 });
  });

  test('never has two queries on one connection at a time', () => {
    const statements = traceOf('direct', 4).filter(({ kind }) => kind === 'statement');
    for (const a of statements)
      for (const b of statements)
        if (a.row < b.row && a.lane === b.lane) expect(b.start).toBeGreaterThanOrEqual(a.end);
    expect(new Set(statements.map(({ lane }) => lane)).size).toBe(4);
  });
});

describe('a busy afternoon', () => {
  const at = 5000;
  const waitingAtEnd = (...interventions: InterventionEvent[]): number => {
    const race = raceOf('load', { interventions });
    const index = indexRecording(race.run('direct').recording);
    return index.valueAt('waiting', index.shownMs) ?? Number.NaN;
  };

  test('recovers with more connections, and not without', () => {
    const more: InterventionEvent = { at, kind: 'set', parameter: 'poolSize', value: 30 };
    expect(waitingAtEnd()).toBeGreaterThan(1000);
    expect(waitingAtEnd(more)).toBeLessThan(60);
  });

  test('recovers with a shorter list as far as what came before allows', () => {
    const shorter: InterventionEvent = { at, kind: 'set', parameter: 'listSize', value: 10 };
    expect(waitingAtEnd(shorter)).toBeLessThan(60);
  });
});
