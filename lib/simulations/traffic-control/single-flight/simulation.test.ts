/** What holds of the run beyond the declared checks SF1 to SF12, which the contract test runs. */
import { describe, expect, test } from 'vitest';
import type { InterventionEvent } from '../../../simulation/definition';
import { indexRecording } from '../../../simulation/recording-index';
import { tested } from '../../../simulation/test-races';
import { SHOWN_MS } from './parameters';
import { DEPLOY_MS } from './scenarios';
import { simulation } from './simulation';
import { ALL } from './variants';

const { raceOf } = tested('traffic-control', 'single-flight', simulation);

const act = (id: keyof typeof simulation.interventions, at: number): InterventionEvent => ({
  at,
  kind: 'act',
  id,
});

test('a lease is not taken twice while it runs, so that the fleet fetches least', () => {
  const race = raceOf('everyday');
  const fetches = ALL.map((variant) => race.value(variant, 'fetches'));
  expect(Math.min(...fetches)).toBe(race.value('lease', 'fetches'));
});

test('the origin never answers more than its capacity', () => {
  const race = raceOf('deploy');
  const index = indexRecording(race.run('every-miss').recording);
  const answered =
    index.messages({ from: 'origin', kind: 'accepted' }).length +
    index.messages({ from: 'origin', kind: 'expired' }).length;
  // Forty a second; the time of a fetch is drawn, hence the margin.
  expect(answered).toBeLessThan(40 * 1.05 * (SHOWN_MS / 1000));
  expect(answered).toBeGreaterThan(1000);
});

describe('after a deploy without a guard', () => {
  const at = DEPLOY_MS + 8000;
  const answered = (...ids: (keyof typeof simulation.interventions)[]): number =>
    raceOf('deploy', { interventions: ids.map((id) => act(id, at)) }).value(
      'every-miss',
      'aftermath',
    );

  test('what waits at the origin must go before anything helps', () => {
    expect(answered()).toBeLessThan(30);
    expect(answered('coalesce')).toBeLessThan(30);
    expect(answered('add-instances')).toBeLessThan(30);
    expect(answered('empty-cache')).toBeLessThan(30);
    expect(answered('kill-queries')).toBeGreaterThan(95);
    expect(answered('kill-queries', 'coalesce')).toBeGreaterThan(95);
  });

  test('a release that is taken back finds what it had stored, as far as it is still fresh', () => {
    const hits = (interventions: readonly InterventionEvent[]): number => {
      const race = raceOf('deploy', {
        interventions,
        parameters: { ttlMs: 60_000, workers: 100, queueLimit: 0, requestsPerSecond: 400 },
      });
      const index = indexRecording(race.run('every-miss').recording);
      return index.valueAt('from-cache', DEPLOY_MS + 5750) ?? Number.NaN;
    };
    // Taken back at once: five seconds later it is as if nothing had been.
    expect(hits([act('roll-back', DEPLOY_MS + 1)])).toBeGreaterThan(85);
  });

  test('an emptied cache has nothing for the release before either', () => {
    const hits = (...interventions: InterventionEvent[]): number => {
      const race = raceOf('deploy', {
        variants: ['single-flight'],
        parameters: { ttlMs: 60_000, workers: 100, queueLimit: 0, requestsPerSecond: 400 },
        interventions,
      });
      const index = indexRecording(race.run('single-flight').recording);
      return index.valueAt('from-cache', DEPLOY_MS + 7250) ?? Number.NaN;
    };
    const back = act('roll-back', DEPLOY_MS + 2001);
    expect(hits(back)).toBeGreaterThan(90);
    expect(hits(act('empty-cache', DEPLOY_MS + 2000), back)).toBeLessThan(80);
  });

  test('the release before the last is the one that comes back', () => {
    const race = raceOf('deploy', {
      variants: ['single-flight'],
      // What the first release has stored has expired by then; what the second has, not yet.
      parameters: {
        warm: 'nothing',
        deployAtMs: 5000,
        ttlMs: 16_000,
        workers: 100,
        requestsPerSecond: 400,
      },
      interventions: [act('deploy', 12_000), act('roll-back', 12_001)],
    });
    const index = indexRecording(race.run('single-flight').recording);
    expect(index.valueAt('from-cache', 18_000)).toBeGreaterThan(90);
  });
});

test.each(['single-flight', 'lease', 'stale-while-revalidate'] as const)(
  'a release that names its keys otherwise waits for no fetch of the one before: %s',
  (variant) => {
    const underWay = (...interventions: InterventionEvent[]): number => {
      const race = raceOf('expiry', {
        variants: [variant],
        parameters: {
          warm: 'nothing',
          requestsPerSecond: 400,
          originMs: 800,
          spreadPercent: 0,
          timeoutMs: 2000,
        },
        interventions,
      });
      // Before the first of them is answered.
      return indexRecording(race.run(variant).recording).stateAt('origin', 'busy', 500) as number;
    };
    expect(underWay(act('deploy', 300))).toBe(2 * underWay());
  },
);

test('with nothing to keep and nobody to ask, the service answers by itself', () => {
  const race = raceOf('deploy', { parameters: { workers: 100, originMs: 50, deployAtMs: 0 } });
  expect(race.value('every-miss', 'answered')).toBe(100);
  expect(race.value('every-miss', 'waitingMost')).toBeLessThan(5);
});
