/**
 * What the contract test cannot know: the run over independent seeds, what losses do, and that no
 * request gets lost. The declared checks CP1 to CP9 run there.
 */
import { describe, expect, test } from 'vitest';
import { exp } from '../../../kernel/math';
import type { Recording } from '../../../kernel/recording';
import { Mean } from '../../../kernel/statistics';
import { tested } from '../../../simulation/test-races';
import { delayProbability, meanWait, waitsBeyond } from './models/erlang';
import { simulation } from './simulation';

const { raceOf } = tested('traffic-control', 'capacity-planner', simulation);

describe('the formula', () => {
  test('a station that is full makes everybody wait, and for ever', () => {
    for (const offered of [4, 7]) {
      expect(delayProbability({ servers: 4, offered })).toBe(1);
      expect(meanWait({ servers: 4, offered })).toBe(Number.POSITIVE_INFINITY);
      expect(waitsBeyond({ servers: 4, offered }, 100, { exp })).toBe(1);
    }
  });

  test('a load of nothing waits for nothing', () => {
    expect(delayProbability({ servers: 3, offered: 0 })).toBe(0);
    expect(meanWait({ servers: 3, offered: 0 })).toBe(0);
  });

  test('it does not overflow where there are thousands of servers', () => {
    // Factorials and powers would; the recursion stays between 0 and 1.
    expect(delayProbability({ servers: 10_200, offered: 10_000 })).toBeGreaterThan(0.02);
    expect(delayProbability({ servers: 10_200, offered: 10_000 })).toBeLessThan(0.03);
  });
});

/** The values of a series, in the order of time. */
function valuesOf({ samples, strings }: Recording, series: string): number[] {
  return [...samples.value].filter((_, i) => strings[samples.series[i] ?? 0] === series);
}
const lastOf = (recording: Recording, series: string) =>
  valuesOf(recording, series).at(-1) ?? Number.NaN;

test('[CP3] over independent seeds the mean wait is that of Erlang C, within 4 standard errors', () => {
  const waitsMs = new Mean();
  for (let seed = 101; seed <= 116; seed++) {
    waitsMs.add(raceOf('formula', { seed }).value('by-hand', 'wait.mean'));
  }
  const expectedMs = 100 * meanWait({ servers: 12, offered: 10 });
  expect(Math.abs(waitsMs.mean - expectedMs)).toBeLessThanOrEqual(4 * waitsMs.standardError);
  expect(waitsMs.standardError).toBeLessThan(0.05 * expectedMs);
});

describe('losses', () => {
  const served = (race: ReturnType<typeof raceOf>) =>
    race.run('by-hand').results.find(({ id }) => id === 'wait.mean')?.n ?? 0;

  test.each(['shared', 'each'])('no request is lost with an instance (queues: %s)', (queues) => {
    // From the fortieth second on nobody comes any more, so that in the end all have been served.
    const parameters = {
      queues,
      instances: 14,
      growth: [
        { atMs: 0, value: 1 },
        { atMs: 40_000, value: 0 },
      ],
      lostPercent: [
        { atMs: 0, value: 0 },
        { atMs: 10_000, value: 100 },
        { atMs: 11_000, value: 0 },
      ],
    };
    const race = raceOf('formula', { parameters });
    expect(race.value('by-hand', 'requests')).toBeGreaterThan(3000);
    expect(served(race)).toBe(race.value('by-hand', 'requests'));
  });

  test('nothing is served while everything is down, and nobody is in time', () => {
    const parameters = { lostPercent: [{ atMs: 0, value: 100 }] };
    const race = raceOf('formula', { parameters });
    expect(served(race)).toBe(0);
    expect(race.value('by-hand', 'instances')).toBe(0);
    expect(race.value('by-hand', 'within')).toBe(0);
    expect(race.value('by-hand', 'waited')).toBe(100);
  });

  test('who still waits at the end of an outage has missed the target', () => {
    const lostPercent = [
      { atMs: 0, value: 0 },
      { atMs: 20_000, value: 100 },
    ];
    const race = raceOf('zone-down', { parameters: { lostPercent } });
    // A third of the time is before the outage.
    for (const rule of ['erlang-c', 'utilisation']) {
      expect(race.value(rule, 'within')).toBeGreaterThan(30);
      expect(race.value(rule, 'within')).toBeLessThan(35);
      expect(lastOf(race.run(rule).recording, 'wait')).toBeGreaterThan(10_000);
    }
  });

  test('of any plan as many are left as its share says', () => {
    // By a share as a fraction four of ten would be left: 10 × (1 − 0.7) is a little more than 3.
    const leftOf = (instances: number, lost: number) =>
      raceOf('climb', {
        parameters: {
          instances,
          lostPercent: [
            { atMs: 0, value: lost },
            { atMs: 60_000, value: lost },
          ],
        },
      }).value('by-hand', 'instances');
    for (const [instances, lost, left] of [
      [10, 70, 3],
      [20, 85, 3],
      [50, 44, 28],
      [12, 34, 8],
    ] as const)
      expect(leftOf(instances, lost), `${lost} % of ${instances}`).toBe(left);
  });

  test('with a queue each, an outage is over for those first who came first', () => {
    const parameters = {
      queues: 'each',
      instances: 14,
      lostPercent: [
        { atMs: 0, value: 0 },
        { atMs: 30_000, value: 100 },
        { atMs: 32_000, value: 0 },
      ],
    };
    const race = raceOf('formula', { parameters });
    // The outage and the 1.4 s of work that came meanwhile. Who is overtaken by those who come after
    // it waits for longer.
    expect(race.value('by-hand', 'wait.p99')).toBeLessThan(3000);
  });

  test('with a queue each, those whose instance goes down are spread over all that are left', () => {
    // Some 1800 wait when nobody comes any more and a third of twelve goes down: 23 s of work for
    // eight, and over a minute for the one that would get all of the four others.
    const parameters = {
      queues: 'each',
      growth: [
        { atMs: 0, value: 3 },
        { atMs: 10_000, value: 0 },
      ],
      lostPercent: [
        { atMs: 0, value: 0 },
        { atMs: 10_000, value: 34 },
      ],
    };
    const race = raceOf('formula', { parameters });
    expect(lastOf(race.run('by-hand').recording, 'present')).toBe(0);
    expect(served(race)).toBe(race.value('by-hand', 'requests'));
  });
});

describe('interventions', () => {
  const upAfter = (ids: readonly string[], parameters: Parameters<typeof raceOf>[1] = {}) => {
    const interventions = ids.map((id, i) => ({ at: 30_000 + 700 * i, kind: 'act' as const, id }));
    const { recording } = raceOf('formula', { ...parameters, interventions }).run('by-hand');
    return lastOf(recording, 'up');
  };

  test('a zone is a third, and two more instances are two more', () => {
    expect(upAfter(['lose-zone'])).toBe(8);
    expect(upAfter(['lose-instance'])).toBe(11);
    expect(upAfter(['add-instances'])).toBe(14);
  });

  test('they do so too where a share is lost already', () => {
    const lost = (value: number) => ({ parameters: { lostPercent: [{ atMs: 0, value }] } });
    expect(upAfter(['lose-zone'], lost(34))).toBe(5);
    expect(upAfter(['add-instances'], lost(34))).toBe(10);
    expect(upAfter(['add-instances'], lost(100))).toBe(2);
  });

  test('where none is up none goes down, and nothing is owed to it', () => {
    const two = { parameters: { instances: 2 } };
    const losses = Array.from({ length: 4 }, () => 'lose-instance');
    expect(upAfter(losses, two)).toBe(0);
    expect(upAfter([...losses, 'add-instances'], two)).toBe(2);
  });
});

test('the formula has no mean where more work comes than the instances can do, and says so', () => {
  const race = raceOf('formula', { parameters: { instances: 9, demandPerSecond: 100 } });
  const mean = race.run('by-hand').results.find(({ id }) => id === 'predictedMean');
  expect(mean).toMatchObject({ value: null, refused: expect.stringMatching(/more work/) });
  expect(race.value('by-hand', 'predictedWithin')).toBe(0);
});

test('every rule meets the same requests, of the same service times', () => {
  const { race } = raceOf('workbench');
  const requests = race.runs.map(
    ({ results }) => results.find(({ id }) => id === 'requests')?.value,
  );
  expect(new Set(requests).size).toBe(1);
});
