import { describe, expect, test } from 'vitest';
import { createFakeClock } from '@/lib/figure/clock';
import type { AnyDefinition, Race } from '@/lib/simulation/definition';
import { describe as describeEntry } from '@/lib/simulation/describe';
import type { RunRequest } from '@/lib/simulation/protocol';
import { runRace } from '@/lib/simulation/run';
import { simulation } from '@/lib/simulations/traffic-control/overload/simulation';
import { instanceOf } from './instance';
import { ACTIONS_MAX, interventionsOf, startPlay } from './play';

const entry = {
  id: 'overload',
  category: 'traffic-control',
  definition: simulation as unknown as AnyDefinition,
};
const incident = simulation.incidents?.['retry-storm'];
if (!incident) throw new Error('Expected the retry storm to be declared, got none.');

async function playing({ plays = true, fails = false } = {}) {
  const clock = createFakeClock();
  const requests: RunRequest[] = [];
  const run = async (request: RunRequest): Promise<Race> => {
    requests.push(request);
    if (fails && request.interventions.length > 0) throw new Error('The engine is gone.');
    return runRace(entry, request);
  };
  const base = instanceOf(describeEntry(entry), incident as NonNullable<typeof incident>, 1);
  const play = await startPlay({
    incident: incident as NonNullable<typeof incident>,
    base,
    run,
    clock,
    plays,
  });
  return { play, clock, requests };
}

describe('time', () => {
  test('passes by itself at its speed, and stands while it is stopped', async () => {
    const { play, clock } = await playing();
    clock.advance(2000);
    // The first frame only says what time it is.
    expect(play.store.get().t).toBeGreaterThan(1900);
    expect(play.store.get().t).toBeLessThanOrEqual(2000);
    play.toggle();
    const { t } = play.store.get();
    clock.advance(3000);
    expect(play.store.get()).toMatchObject({ t, pauses: 1, isPlaying: false });
    expect(clock.pending()).toBe(0);
    play.close();
  });

  test('stands still where it only passes when asked to, and never jumps over the alert', async () => {
    const { play, clock } = await playing({ plays: false });
    clock.advance(5000);
    expect(play.store.get().t).toBe(0);
    play.advance(5000);
    expect(play.store.get().t).toBe(5000);
    play.advance(100_000);
    expect(play.store.get()).toMatchObject({ t: play.alertMs, phase: 'running', pauses: 0 });
  });
});

describe('an action', () => {
  test('is refused before the alert', async () => {
    const { play, requests } = await playing({ plays: false });
    await play.act('drop-queue');
    expect(play.store.get().taken).toEqual([]);
    expect(requests).toHaveLength(1);
  });

  test('leaves the past as it was, and the right one ends the incident once it holds', async () => {
    const { play } = await playing({ plays: false });
    play.advance(play.alertMs);
    play.advance(1000);
    const before = play.store.get();
    await play.act('restart');
    const after = play.store.get();
    expect(after.taken).toEqual([{ action: 'restart', at: before.t }]);
    for (const t of [1000, 9000, before.t])
      expect(after.run.index.valueAt('good', t)).toBe(before.run.index.valueAt('good', t));
    expect(before.run.mitigatedMs).toBeNull();
    expect(after.run.mitigatedMs).toBeGreaterThan(before.t);
    play.advance(60_000);
    expect(play.store.get()).toMatchObject({
      phase: 'over',
      t: (after.run.mitigatedMs ?? 0) + play.incident.objective.holdMs,
    });
    await play.act('drop-queue');
    expect(play.store.get().taken).toHaveLength(1);
  });

  test('that fails to run is not taken, and says why', async () => {
    const { play } = await playing({ plays: false, fails: true });
    play.advance(play.alertMs);
    await play.act('restart');
    expect(play.store.get()).toMatchObject({
      taken: [],
      isRunning: false,
      error: 'The engine is gone.',
    });
  });

  test.each([false, true])(
    'that was still being run when it was given up (it fails: %s) was not taken',
    async (fails) => {
      const { play } = await playing({ plays: false, fails });
      play.advance(play.alertMs);
      const acted = play.act('drop-queue');
      play.giveUp();
      const given = play.store.get();
      expect(given).toMatchObject({ phase: 'over', t: play.endMs, isRunning: false });
      await acted;
      expect(play.store.get()).toBe(given);
    },
  );

  test('can be taken only so often as a link can hold', async () => {
    const { play } = await playing({ plays: false });
    play.advance(play.alertMs);
    for (let i = 0; i < ACTIONS_MAX + 2; i++) await play.act('add-instances');
    expect(play.store.get().taken).toHaveLength(ACTIONS_MAX);
    expect(interventionsOf(play.incident, play.store.get().taken)).toHaveLength(ACTIONS_MAX);
  });
});

test('doing nothing ends with the run, and giving up ends it at once with the same', async () => {
  const patient = await playing({ plays: false });
  patient.play.advance(patient.play.alertMs);
  patient.play.advance(100_000);
  expect(patient.play.store.get()).toMatchObject({ phase: 'over', t: patient.play.endMs });
  const tired = await playing({ plays: false });
  tired.play.giveUp();
  expect(tired.play.store.get()).toMatchObject({ phase: 'over', t: tired.play.endMs });
});
