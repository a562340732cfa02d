/**
 * What the contract test cannot know: the closed forms against values worked out by hand, strategies
 * on fleets that change, and what befalls instances. The declared checks LB1 to LB14 run there.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Recording } from '../../../kernel/recording';
import { Mean } from '../../../kernel/statistics';
import type { InterventionEvent } from '../../../simulation/definition';
import { tested } from '../../../simulation/test-races';
import { A_HUNDRED } from './checks';
import { desiredInstances } from './models/autoscaler';
import type { Instance } from './models/balancer';
import { simulation } from './simulation';
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
import { STRATEGIES, variants } from './variants';

const { raceOf } = tested('distributed-systems', 'load-balancing', simulation);

const notesOf = ({ notes, strings }: Recording) => [...notes.text].map((text) => strings[text]);
const act = (at: number, id: string, target: string): InterventionEvent => ({
  at,
  kind: 'act',
  id,
  target,
});

describe('closed forms', () => {
  test('[LB3] the supermarket model is its sum, and one choice is chance', () => {
    // 1 + 1/4 + 1/64 + 1/16384 + 2⁻³⁰ + …: the exponents are 0, 2, 6, 14, 30.
    expect(meanTimeOfChoices(0.5, 2)).toBeCloseTo(1.265686036, 9);
    // Exponents 0, 3, 12, 39 with three choices.
    expect(meanTimeOfChoices(0.5, 3)).toBeCloseTo(1 + 1 / 8 + 1 / 4096 + 2 ** -39, 12);
    expect(meanTimeOfChoices(0.9, 1)).toBeCloseTo(10, 12);
    expect(meanTimeOfChoices(0.9, 2)).toBeCloseTo(2.6141, 4);
    expect(meanTimeOfChoices(0.99, 2)).toBeCloseTo(5.432, 3);
  });

  test.each([
    { load: 0.5, squaredCv: 0, mean: 1.5 },
    { load: 0.8, squaredCv: 1, mean: 5 },
    { load: 0.8, squaredCv: 4, mean: 11 },
    { load: 0.8, squaredCv: 1.7182818, mean: 6.4365636 },
  ])('[LB1] Pollaczek and Khinchine at $load, $squaredCv give $mean', (row) => {
    expect(meanTimeMG1(row.load, row.squaredCv)).toBeCloseTo(row.mean, 6);
  });

  test('[LB2] turns between one instance are M/M/1, and between many the mean falls', () => {
    expect(meanTimeRoundRobin(0.8, 1)).toBeCloseTo(meanTimeRandom(0.8), 8);
    // E2/M/1 at 0.5: with s = 1 − x, s = (1 / (1 + x))² has the root x = (√5 − 1) / 2.
    expect(meanTimeRoundRobin(0.5, 2)).toBeCloseTo(2 / (Math.sqrt(5) - 1), 8);
    const means = [1, 2, 4, 8, 100].map((instances) => meanTimeRoundRobin(0.8, instances));
    expect(means).toEqual([...means].sort((a, b) => b - a));
  });

  test.each([
    { instances: 1, mean: 5 },
    { instances: 2, mean: 2.7777778 },
    { instances: 8, mean: 1.2860281 },
  ])('[LB4] one line before $instances at 0.8 takes $mean', ({ instances, mean }) => {
    expect(meanTimePooled(0.8, instances)).toBeCloseTo(mean, 6);
  });

  test('[LB4] the shorter of two lies between one line and turns', () => {
    const mean = meanTimeShorterOfTwo(0.6);
    expect(mean).toBeGreaterThan(meanTimePooled(0.6, 2));
    expect(mean).toBeLessThan(meanTimeRoundRobin(0.6, 2));
  });

  test('[LB11] the law is the worst case of the repairman, and both have their peak', () => {
    const setting = { work: 100, lock: 5, tell: 1 };
    for (let instances = 1; instances <= 60; instances++) {
      const exact = throughputLocked({ ...setting, instances });
      const law = throughputByLaw({ ...setting, instances });
      expect(law).toBeLessThanOrEqual(exact * (1 + 1e-12));
    }
    // A single instance never waits for the lock.
    expect(throughputLocked({ ...setting, instances: 1 })).toBeCloseTo(1 / 105, 12);
    expect(throughputByLaw({ ...setting, instances: 1 })).toBeCloseTo(1 / 105, 12);
    // n* = √((1 − σ) / κ), here √100.
    const byLaw = Array.from({ length: 40 }, (_, i) =>
      throughputByLaw({ ...setting, instances: i + 1 }),
    );
    expect(byLaw.indexOf(Math.max(...byLaw)) + 1).toBe(10);
    // With σ = 0.05 and κ = 0.001 the relative capacity of 32 is 9.0344438.
    const gunther = { work: 0.95, lock: 0.05, tell: 0.001 };
    expect(throughputByLaw({ ...gunther, instances: 32 })).toBeCloseTo(9.0344438, 6);
  });

  test('[LB10] whoever is starting counts as there, and is not taken back for a busy fleet', () => {
    expect(desiredInstances({ ready: 4, starting: 6, utilisation: 1 }, 0.5)).toBe(10);
    expect(desiredInstances({ ready: 4, starting: 2, utilisation: 1 }, 0.5)).toBe(8);
  });
});

test('[LB3] over independent seeds the best of two meets the fixed point to 4 standard errors', () => {
  const times = new Mean();
  for (let seed = 11; seed <= 18; seed++) {
    const parameters = { ...A_HUNDRED, requestsPerSecond: 175 };
    const race = raceOf('choices', { seed, parameters });
    times.add(race.value('power-of-choices', 'latency.mean') / A_HUNDRED.serviceMs);
  }
  expect(times.standardError).toBeLessThan(0.02);
  expect(Math.abs(times.mean - meanTimeOfChoices(0.7, 2))).toBeLessThan(4 * times.standardError);
});

test.each(STRATEGIES)('%s picks one that is in rotation, whoever comes and goes', (strategy) => {
  const fleets = fc.array(
    fc.uniqueArray(
      fc.record({
        id: fc.constantFrom(...'abcdefgh'),
        weight: fc.integer({ min: 1, max: 5 }),
        inFlight: fc.integer({ min: 0, max: 9 }),
      }),
      { selector: ({ id }) => id, minLength: 1, maxLength: 8 },
    ),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(fleets, fc.integer({ min: 1, max: 12 }), (sequence, choices) => {
      let draw = 0;
      const random = () => {
        draw = (draw * 1.37 + 0.618) % 1;
        return draw;
      };
      const balancer = variants[strategy].model({ random, choices });
      for (const fleet of sequence) {
        const picked: Instance = balancer.pick(fleet, 'c');
        expect(fleet).toContain(picked);
      }
    }),
    { numRuns: 100, seed: 1 },
  );
});

test('no strategy can pick from nothing', () => {
  for (const strategy of STRATEGIES) {
    const balancer = variants[strategy].model({ random: () => 0, choices: 2 });
    expect(() => balancer.pick([]), strategy).toThrow('at least one instance in rotation');
  }
});

describe('what befalls instances', () => {
  test('a restart costs users of sessions in memory their session, and those of a store nothing', () => {
    const restart = [act(10_000, 'restart', 'instance-2')];
    const variant = 'sticky-sessions';
    const options = { variants: [variant], interventions: restart };
    const memory = raceOf('sticky', options);
    expect(memory.value(variant, 'signedOut')).toBe(0);
    // Means begin after the warm-up; what users saw at the moment is in the recording.
    const { states, samples, strings } = memory.run(variant).recording;
    const signedOut = [...samples.value].filter(
      (value, i) => strings[samples.series[i] ?? 0] === 'signed-out' && value > 0,
    );
    expect(signedOut.length).toBeGreaterThan(0);
    const healths = [...states.text].map((text) => strings[text]);
    expect(healths).toContain('starting');
    const stored = raceOf('sticky', { ...options, parameters: { sessions: 'store' } });
    const { samples: kept, strings: names } = stored.run(variant).recording;
    expect(
      [...kept.value].filter(
        (value, i) => names[kept.series[i] ?? 0] === 'signed-out' && value > 0,
      ),
    ).toEqual([]);
  });

  test('an instance that is not there cannot be slowed down, and says so', () => {
    const race = raceOf('signed-out', {
      parameters: { instances: 1 },
      interventions: [act(1000, 'slow', 'instance-2')],
    });
    expect(notesOf(race.run('round-robin').recording)).toEqual([
      'That instance is not in rotation.',
    ]);
  });

  test('requests that come of a change during the run are as much work as others', () => {
    // Twelve instances of 100 ms answer 120 per second at most.
    const race = raceOf('strategies', {
      variants: ['random'],
      interventions: [{ at: 5000, kind: 'set', parameter: 'requestsPerSecond', value: 150 }],
    });
    expect(race.value('random', 'answered')).toBeGreaterThan(115);
    expect(race.value('random', 'answered')).toBeLessThan(121);
  });

  test('an instance that is taken away while it starts, and ordered again, starts anew', () => {
    const set = (at: number, value: number): InterventionEvent => ({
      at,
      kind: 'set',
      parameter: 'instances',
      value,
    });
    const race = raceOf('strategies', {
      variants: ['least-connections'],
      parameters: { instances: 4, requestsPerSecond: 20, startMs: 4000 },
      interventions: [set(10_000, 5), set(11_000, 4), set(12_000, 5)],
    });
    const { samples, strings } = race.run('least-connections').recording;
    const upAt = Array.from(samples.at, (at, i) =>
      strings[samples.series[i] ?? 0] === 'up' && (samples.value[i] ?? 0) === 5 ? at : Infinity,
    );
    expect(Math.min(...upAt)).toBeGreaterThanOrEqual(16_000);
  });

  test('an instance that is restarted is paid for while it starts', () => {
    const race = raceOf('strategies', {
      variants: ['least-connections'],
      parameters: { requestsPerSecond: 60, startMs: 10_000 },
      interventions: [act(25_000, 'restart', 'instance-2')],
    });
    expect(race.value('least-connections', 'instances')).toBe(12);
  });

  test('no more instances are added than there may be', () => {
    const add = (at: number): InterventionEvent => ({ at, kind: 'act', id: 'add' });
    const { recording } = raceOf('strategies', {
      variants: ['least-connections'],
      parameters: { instances: 99, startMs: 0 },
      interventions: [add(1000), add(2000)],
    }).run('least-connections');
    const { samples, strings } = recording;
    const ordered = Array.from(samples.value, (value, i) =>
      strings[samples.series[i] ?? 0] === 'ordered' ? value : 0,
    );
    expect(Math.max(...ordered)).toBe(100);
    expect(notesOf(recording)).toEqual([
      'The service is to have 100 instances.',
      'There are 100 instances already, as many as there may be.',
    ]);
  });

  test('instances that are taken away finish what they have', () => {
    const race = raceOf('strategies', {
      variants: ['least-connections'],
      interventions: [{ at: 10_000, kind: 'set', parameter: 'instances', value: 10 }],
      parameters: { requestsPerSecond: 80 },
    });
    expect(race.value('least-connections', 'failed')).toBe(0);
    expect(race.value('least-connections', 'instances')).toBe(10);
  });

  test('several balancers that walk in turns do not walk in step', () => {
    const race = raceOf('strategies', {
      variants: ['round-robin', 'random'],
      parameters: { balancers: 8, requestsPerSecond: 60 },
    });
    expect(race.value('round-robin', 'latency.mean')).toBeLessThan(
      race.value('random', 'latency.mean'),
    );
  });
});
