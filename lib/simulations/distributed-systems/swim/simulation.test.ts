/**
 * What the contract test cannot know: published vectors of memberlist, and what a recording shows.
 * The declared checks SW1 to SW9 run there.
 */
import { describe, expect, test } from 'vitest';
import type { AnyDefinition, InterventionEvent } from '../../../simulation/definition';
import type { ParameterValue } from '../../../simulation/parameters';
import { indexRecording } from '../../../simulation/recording-index';
import { reader, runRace, scenarioRequest } from '../../../simulation/run';
import { patienceMs, suspicionMs } from './models/suspicions';
import { log10 } from './run';
import { simulation } from './simulation';

const entry = {
  id: 'swim',
  category: 'distributed-systems',
  definition: simulation as unknown as AnyDefinition,
};

function raceOf(
  scenario: string,
  options: {
    readonly parameters?: Readonly<Record<string, ParameterValue>>;
    readonly interventions?: readonly InterventionEvent[];
    readonly variants?: readonly string[];
  } = {},
) {
  const race = runRace(entry, scenarioRequest(entry.definition, scenario, options));
  const [first] = race.runs;
  if (!first) throw new Error('A scenario has at least one variant.');
  return { read: reader(race), index: indexRecording(first.recording), first: first.variant };
}

describe('the vectors of memberlist (commit 1b4c746)', () => {
  test.each([
    // util_test.go, TestSuspicionTimeout: timeout of multiplier 3 and one second, divided by 3.
    [5, 1000],
    [10, 1000],
    [50, 1698],
    [100, 2000],
    [500, 2698],
    [1000, 3000],
  ])('a suspect among %i members has %i ms a multiple', (members, expectedMs) => {
    const ms = suspicionMs({ suspicionMult: 3, members, periodMs: 1000, log10 }) / 3;
    expect(Math.floor(ms + 1e-9)).toBe(expectedMs);
  });

  test.each([
    // suspicion_test.go, TestSuspicion_remainingSuspicionTime, plus the time that has passed.
    [0, 30_000],
    [1, 16_000],
    [2, 7810],
    [3, 2000],
    [4, 2000],
    [5, 2000],
  ])(
    'with %i of 3 confirmations, between 2 and 30 s, it has %i ms',
    (confirmations, expectedMs) => {
      const ms = patienceMs(confirmations, { enough: 3, minMs: 2000, maxMs: 30_000 }, log10);
      expect(Math.floor(ms + 1e-9)).toBe(expectedMs);
    },
  );
});

test('who is down says nothing, and comes back with all forgotten', () => {
  const { index, read } = raceOf('crash', {
    parameters: { reconnectMs: 1000 },
    interventions: [{ at: 15_000, kind: 'act', id: 'restart' }],
  });
  for (const row of index.messages({ from: 'member-7' })) {
    const { sentAt } = index.message(row);
    expect(sentAt <= 3000 || sentAt >= 15_000).toBe(true);
  }
  expect(index.stateAt('member-7', 'standing', 14_900)).toBe('gone');
  expect(index.stateAt('member-7', 'standing', 24_000)).toBe('trusted');
  expect(read.value('swim', 'falseDeaths')).toBe(0);
});

test('what crosses a cut is lost, and nothing else where nothing else is lost', () => {
  const { index } = raceOf('partition');
  const isFar = (member: string): boolean => Number(member.slice('member-'.length)) > 16;
  const lost = [...index.lostUntil(24_000)].map((row) => index.message(row));
  expect(lost.length).toBeGreaterThan(50);
  for (const { from, to } of lost) expect(isFar(from)).not.toBe(isFar(to));
});

test('a slow member is found out by nobody but itself in time: healthy ones are accused', () => {
  const { index } = raceOf('slow', { variants: ['swim'] });
  const accused = new Set(
    Array.from({ length: 24 }, (_, i) => `member-${i + 1}`).filter((member) =>
      Array.from({ length: 120 }, (_, i) => index.stateAt(member, 'standing', i * 200)).some(
        (standing) => standing !== 'trusted',
      ),
    ),
  );
  expect(accused.size).toBeGreaterThan(12);
});

test('who comes back by heartbeats takes nobody for dead whom it has had no time to hear', () => {
  const { read } = raceOf('cost', {
    variants: ['heartbeats'],
    interventions: [{ at: 15_000, kind: 'act', id: 'restart' }],
  });
  expect(read.value('heartbeats', 'falseDeaths')).toBe(0);
});
