/** What holds beyond the declared checks JQ1 to JQ16, which the contract test runs. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InterventionEvent } from '../../../simulation/definition';
import { indexRecording } from '../../../simulation/recording-index';
import { tested } from '../../../simulation/test-races';
import { CALM, jobOf } from './harness';
import { fair } from './models/fair';
import { firstCome } from './models/first-come';
import { heap } from './models/heap';
import { simulation } from './simulation';
import { cobham, erlangC, exponentialClass, phipps } from './theory';
import { QUEUE } from './views';

const { raceOf } = tested('messaging', 'job-queue', simulation);

describe('closed forms', () => {
  test.each([
    // Erlang 1917, as computed for published tables; means in units of the mean work.
    { workers: 2, load: 0.8, waits: 0.71111111, mean: 1.7777778 },
    { workers: 1, load: 0.8, waits: 0.8, mean: 4 },
  ])('with one class $workers workers are M/M/c', ({ workers, load, waits, mean }) => {
    expect(erlangC(workers, load * workers)).toBeCloseTo(waits, 7);
    expect(cobham([exponentialClass(load * workers, 1)], workers)[0]).toBeCloseTo(mean, 6);
  });

  test.each([
    // Pollaczek–Khinchine at load 0.5: constant work, and exponential.
    { meanSquareMs2: 1, mean: 0.5 },
    { meanSquareMs2: 2, mean: 1 },
  ])('with one class and one worker it is M/G/1: $mean', ({ meanSquareMs2, mean }) => {
    expect(cobham([{ ratePerMs: 0.5, meanMs: 1, meanSquareMs2 }])[0]).toBeCloseTo(mean, 12);
  });

  test('priorities hand the wait on: the sum of load times wait stays', () => {
    const classes = [
      exponentialClass(0.2, 1),
      exponentialClass(0.05, 4),
      exponentialClass(0.3, 1.2),
    ];
    const without = cobham([
      {
        ratePerMs: 0.55,
        meanMs: 0.76 / 0.55,
        meanSquareMs2: (0.2 * 2 + 0.05 * 32 + 0.3 * 2.88) / 0.55,
      },
    ])[0];
    const sum = cobham(classes).reduce((total, waitMs, i) => {
      const { ratePerMs = 0, meanMs = 0 } = classes[i] ?? {};
      return total + ratePerMs * meanMs * waitMs;
    }, 0);
    expect(sum).toBeCloseTo(0.76 * (without ?? Number.NaN), 12);
  });

  test('who is below a full load waits for ever', () => {
    expect(cobham([exponentialClass(0.7, 1), exponentialClass(0.4, 1)])[1]).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  test('shortest first gains nothing where nobody waits, and most of the wait under load', () => {
    expect(phipps(0.001) / 0.001).toBeCloseTo(1, 2);
    expect(phipps(0.9) / 9).toBeLessThan(0.4);
  });
});

test('a heap gives back what it was given, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 })), (numbers) => {
      const items = heap<number>((a, b) => a < b);
      const taken: (number | undefined)[] = [];
      // Some are taken while others are still to come.
      numbers.forEach((number, i) => {
        items.push(number);
        if (i % 3 === 2) {
          expect(items.peek()).toBeLessThanOrEqual(number);
          taken.push(items.pop());
        }
      });
      const rest = Array.from({ length: items.size() }, () => items.pop() ?? Number.NaN);
      expect(rest).toEqual(rest.toSorted((a, b) => a - b));
      expect([...taken, ...rest].toSorted()).toEqual(numbers.toSorted());
      expect(items.pop()).toBeUndefined();
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('a priority without a weight is refused in words', () => {
  const queue = fair({ ...CALM, weights: [1, 1] });
  expect(() => queue.enqueue(jobOf(1, { priority: 2 }), 0)).toThrow(
    'Expected a priority from 0 to 1, got 2. Give it a weight.',
  );
});

test('at any moment of any run, each job that came is ready, claimed, in a pause, done or dead', () => {
  for (let seed = 1; seed <= 6; seed++) {
    const race = raceOf('batch', {
      seed,
      variants: ['first-come', 'fair'],
      parameters: {
        batch: 40,
        crashesPerMinute: 30,
        failurePercent: 40,
        attemptsMax: 3,
        leaseMs: 700,
        heartbeats: seed % 2 === 0,
      },
    });
    for (const { recording } of race.race.runs) {
      const index = indexRecording(recording);
      for (const t of [5000, 20_000, 59_900]) {
        // Counts are as of the last quarter of a second; jobs are told by the class that each has.
        const at = t - (t % 250);
        const counts = ['ready', 'claimed', 'pausing', 'done', 'dead'].map((field) =>
          Number(index.stateAt(QUEUE, field, at)),
        );
        let came = 0;
        while (index.stateAt(`#${came + 1}`, 'class', at) !== undefined) came++;
        expect(Math.min(...counts)).toBeGreaterThanOrEqual(0);
        expect(
          counts.reduce((a, b) => a + b, 0),
          `seed ${seed} at ${at}`,
        ).toBe(came);
      }
    }
  }
});

describe('a worker that stalls for longer than its lease', () => {
  const stall: InterventionEvent = { at: 20_000, kind: 'act', id: 'stall' };
  const told = (heartbeats: boolean, ...interventions: InterventionEvent[]): string[] => {
    const { recording } = raceOf('crashes', {
      parameters: { crashesPerMinute: 0, heartbeats, bulkWorkMs: 600 },
      interventions,
    }).run('first-come');
    return Array.from(
      { length: recording.notes.length },
      (_, i) => recording.strings[recording.notes.text[i] ?? 0] ?? '',
    );
  };

  test('stops when its heartbeat is refused', () => {
    const notes = told(true, stall);
    expect(notes.filter((note) => note.includes('has run out'))).toHaveLength(1);
    expect(notes.filter((note) => note.includes('has lost its lease'))).toHaveLength(1);
    expect(notes.some((note) => note.includes('too late'))).toBe(false);
  });

  test('and without heartbeats does all of it, too late', () => {
    const notes = told(false, stall);
    expect(notes.filter((note) => note.includes('too late')).length).toBeGreaterThan(
      told(false).filter((note) => note.includes('too late')).length,
    );
  });
});

test('a worker that is stalled once more while it stalls stands still for both times', () => {
  const { notes, strings } = raceOf('crashes', {
    parameters: { crashesPerMinute: 0, heartbeats: true, bulkWorkMs: 600 },
    interventions: [20_000, 24_000].map((at) => ({ at, kind: 'act', id: 'stall' })),
  }).run('first-come').recording;
  const of = (words: string): number[] =>
    [...notes.at].filter((_, i) => strings[notes.text[i] ?? 0]?.includes(words));
  expect(of('Worker 1 stalls')).toEqual([20_000, 24_000]);
  expect(of('Worker 1 has lost its lease')).toEqual([36_000]);
});

test('workers that are added take what is ready, though nobody comes', () => {
  const at = 12_000;
  const index = indexRecording(
    raceOf('batch', {
      variants: ['first-come'],
      parameters: { jobsPerSecond: 1, workers: 1, batch: 100, bulkWorkMs: 3000 },
      interventions: [{ at, kind: 'set', parameter: 'workers', value: 8 }],
    }).run('first-come').recording,
  );
  expect(index.stateAt(QUEUE, 'claimed', at - 1)).toBe(1);
  expect(index.stateAt(QUEUE, 'claimed', at + 500)).toBe(8);
});

test('a job that is tried again at once is so however often', () => {
  const queue = firstCome({ ...CALM, attemptsMax: 100, backoffMs: 0 });
  queue.enqueue(jobOf(1), 0);
  for (let attempt = 1; attempt < 100; attempt++) {
    const lease = queue.claim(attempt);
    expect(lease?.attempt).toBe(attempt);
    if (lease) expect(queue.fail(lease, attempt)).toBe('retried');
    expect(queue.advance(attempt).map(({ what }) => what)).toEqual(['retried']);
  }
});

test('the job of a crashed worker begins again when its lease has run out, and not before', () => {
  const at = 20_000;
  const { recording } = raceOf('crashes', {
    parameters: { crashesPerMinute: 0, leaseMs: 5000, jobsPerSecond: 8 },
    interventions: [{ at, kind: 'act', id: 'crash' }],
  }).run('first-come');
  const index = indexRecording(recording);
  const second: number[] = [];
  for (let row = 0; row < recording.spans.length; row++) {
    const { label, start } = index.span(row);
    if (label.endsWith('attempt 2')) second.push(start);
  }
  expect(second).toHaveLength(1);
  // Its last heartbeat was a third of a lease before the crash at the earliest.
  expect(second[0]).toBeGreaterThan(at + (5000 * 2) / 3 - 1);
  expect(second[0]).toBeLessThan(at + 5000 + 2000);
});

test('more bulk jobs hurt the urgent ones first come, and hardly under strict priority', () => {
  const longestUrgent = (variant: 'first-come' | 'strict'): number => {
    const race = raceOf('policies', {
      variants: [variant],
      interventions: [{ at: 20_000, kind: 'act', id: 'burst' }],
    });
    const index = indexRecording(race.run(variant).recording);
    return Math.max(
      ...Array.from(
        { length: 40 },
        (_, i) => index.valueAt('oldest-urgent', 20_000 + i * 500) ?? 0,
      ),
    );
  };
  expect(longestUrgent('first-come')).toBeGreaterThan(10_000);
  expect(longestUrgent('strict')).toBeLessThan(3000);
});
