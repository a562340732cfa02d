import { describe, expect, test } from 'vitest';
import type { RaceResults } from '@/lib/simulation/measures';
import type { RunRequest } from '@/lib/simulation/protocol';
import type { SweepOutcome } from './estimate';
import { type SweepPlan, seedsFrom, sweepRuns } from './plan';
import { startSweep, workersFor } from './pool';

const plan = (points: number, seeds: number): SweepPlan => ({
  base: { parameters: {}, seed: 1, variants: ['one'], interventions: [] },
  x: { parameter: 'a', values: Array.from({ length: points }, (_, i) => i) },
  y: null,
  seeds: seedsFrom(1, seeds),
});

interface Asked {
  readonly request: RunRequest;
  readonly answer: (results?: RaceResults) => void;
  readonly crash: (message: string) => void;
}

/** A sweep whose workers answer when the test says so. */
function begin({ points, seeds, workers }: { points: number; seeds: number; workers: number }) {
  const asked: Asked[] = [];
  const outcomes: SweepOutcome[] = [];
  const ended: (string | null)[] = [];
  let closed = 0;
  let nowMs = 0;
  const sweep = startSweep({
    plan: plan(points, seeds),
    workers,
    spawn: () => ({
      measure: (request) =>
        new Promise((resolve, reject) => {
          asked.push({
            request,
            answer: (results = {}) => resolve(results),
            crash: (message) => reject(new Error(message)),
          });
        }),
      end: () => {
        closed++;
      },
    }),
    now: () => nowMs,
    onOutcome: (outcome) => outcomes.push(outcome),
    onEnd: (failure) => ended.push(failure),
  });
  /** Lets what has been answered go on. */
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 10; i++) await Promise.resolve();
  };
  return {
    sweep,
    asked,
    outcomes,
    ended,
    settle,
    closed: () => closed,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('a sweep in workers', () => {
  test('gives each worker one run at a time, in the order of the plan', async () => {
    const { asked, settle } = begin({ points: 5, seeds: 1, workers: 2 });
    expect(asked).toHaveLength(2);
    asked[1]?.answer();
    await settle();
    expect(asked).toHaveLength(3);
    const order = sweepRuns(plan(5, 1)).map(({ cell }) => cell);
    expect(asked.map(({ request }) => request.parameters.a)).toEqual(order.slice(0, 3));
  });

  test('tells each outcome as it comes, whatever the order, and ends its workers when all is done', async () => {
    const { asked, outcomes, ended, settle, closed } = begin({ points: 3, seeds: 2, workers: 2 });
    for (let i = 0; i < 6; i += 2) {
      asked[i + 1]?.answer();
      await settle();
      asked[i]?.answer();
      await settle();
    }
    expect(new Set(outcomes.map(({ cell, seed }) => `${cell}/${seed}`)).size).toBe(6);
    expect(outcomes).toHaveLength(6);
    expect(ended).toEqual([null]);
    expect(closed()).toBe(2);
  });

  test('takes a crash for the outcome of its point and goes on', async () => {
    const { asked, outcomes, ended, settle } = begin({ points: 3, seeds: 1, workers: 1 });
    asked[0]?.answer();
    await settle();
    asked[1]?.crash('out of memory');
    await settle();
    asked[2]?.answer();
    await settle();
    expect(outcomes[1]).toEqual({ cell: 2, seed: 1, error: 'out of memory' });
    expect(outcomes[2]).toMatchObject({ cell: 1, results: {} });
    expect(ended).toEqual([null]);
  });

  test('is given up when nothing but failures comes', async () => {
    const { asked, outcomes, ended, settle, closed } = begin({ points: 30, seeds: 1, workers: 3 });
    for (let i = 0; i < 12; i++) {
      asked[i]?.crash('The program could not be loaded');
      await settle();
    }
    expect(ended).toEqual(['The program could not be loaded']);
    expect(outcomes).toHaveLength(8);
    expect(closed()).toBe(3);
  });

  test('ends its workers when it is cancelled, and says nothing more', async () => {
    const { sweep, asked, outcomes, ended, settle, closed } = begin({
      points: 4,
      seeds: 1,
      workers: 2,
    });
    asked[0]?.answer();
    await settle();
    sweep.cancel();
    expect(closed()).toBe(2);
    const before = asked.length;
    for (const each of asked) each.crash('ended');
    await settle();
    expect(outcomes).toHaveLength(1);
    expect(ended).toEqual([]);
    expect(asked).toHaveLength(before);
  });

  test('tells how long the slowest run has been at it', async () => {
    const { sweep, asked, settle, pass } = begin({ points: 3, seeds: 1, workers: 2 });
    pass(400);
    expect(sweep.slowestMs()).toBe(400);
    asked[0]?.answer();
    asked[1]?.answer();
    await settle();
    pass(50);
    expect(sweep.slowestMs()).toBe(50);
    asked[2]?.answer();
    await settle();
    expect(sweep.slowestMs()).toBe(0);
  });

  test('has workers left over without harm', async () => {
    const { asked, ended, settle } = begin({ points: 2, seeds: 1, workers: 4 });
    expect(asked).toHaveLength(2);
    asked[0]?.answer();
    asked[1]?.answer();
    await settle();
    expect(ended).toEqual([null]);
  });

  test('leaves a core to the page, and takes no more than four', () => {
    expect([1, 2, 4, 16].map(workersFor)).toEqual([1, 1, 3, 4]);
  });
});
