/**
 * What the contract test cannot know: the run over independent seeds, what losses do, and that no
 * request gets lost. The declared checks CP1 to CP9 run there.
 */
import { describe, expect, test } from 'vitest';
import { exp } from '../../../kernel/math';
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

  test('nothing is served while everything is down', () => {
    const parameters = { lostPercent: [{ atMs: 0, value: 100 }] };
    const race = raceOf('formula', { parameters });
    expect(served(race)).toBe(0);
    expect(race.value('by-hand', 'instances')).toBe(0);
  });

  test('a zone is a third, and two more instances are two more', () => {
    const upAfter = (id: string) => {
      const { recording } = raceOf('formula', {
        interventions: [{ at: 30_000, kind: 'act', id }],
      }).run('by-hand');
      const { samples, strings } = recording;
      let up = Number.NaN;
      for (let i = 0; i < samples.length; i++)
        if (strings[samples.series[i] ?? 0] === 'up') up = samples.value[i] ?? Number.NaN;
      return up;
    };
    expect(upAfter('lose-zone')).toBe(8);
    expect(upAfter('lose-instance')).toBe(11);
    expect(upAfter('add-instances')).toBe(14);
  });
});

test('every rule meets the same requests, of the same service times', () => {
  const { race } = raceOf('workbench');
  const requests = race.runs.map(
    ({ results }) => results.find(({ id }) => id === 'requests')?.value,
  );
  expect(new Set(requests).size).toBe(1);
});
