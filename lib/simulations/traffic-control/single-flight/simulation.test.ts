/** What holds of the run beyond the declared checks SF1 to SF11, which the contract test runs. */
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
});

test('with nothing to keep and nobody to ask, the service answers by itself', () => {
  const race = raceOf('deploy', { parameters: { workers: 100, originMs: 50, deployAtMs: 0 } });
  expect(race.value('every-miss', 'answered')).toBe(100);
  expect(race.value('every-miss', 'waitingMost')).toBeLessThan(5);
});
