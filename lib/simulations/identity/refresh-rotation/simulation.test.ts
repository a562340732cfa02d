/** What holds beyond the declared checks RR1 to RR13, which the contract test runs. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tested } from '../../../simulation/test-races';
import { graced } from './models/graced';
import { neverRotated } from './models/never-rotated';
import { reuseDetected } from './models/reuse-detected';
import { rotated } from './models/rotated';
import type { TokenStoreFactory } from './models/token-store';
import { simulation } from './simulation';

const { raceOf } = tested('identity', 'refresh-rotation', simulation);

const MINUTE_MS = 60_000;

/** Notes of a run with their seconds. */
const notesOf = (race: ReturnType<typeof raceOf>, variant: string): string[] => {
  const { notes, strings } = race.run(variant).recording;
  return Array.from({ length: notes.length }, (_, row) => strings[notes.text[row] ?? 0] ?? '');
};

/** Who refreshes with which of the tokens that a family has had, and how long after the one before. */
const history = fc.array(
  fc.record({
    family: fc.integer({ min: 0, max: 2 }),
    back: fc.integer({ min: 0, max: 3 }),
    afterMs: fc.integer({ min: 0, max: 20 }),
  }),
  { maxLength: 25 },
);

describe.each([
  ['never-rotated', neverRotated, { rotates: false, detects: false, graceMs: 0 }],
  ['rotated', rotated, { rotates: true, detects: false, graceMs: 0 }],
  ['reuse-detected', reuseDetected, { rotates: true, detects: true, graceMs: 0 }],
  ['graced', graced, { rotates: true, detects: true, graceMs: 10 }],
] as const)('the store %s', (_, factory: TokenStoreFactory, { rotates, detects, graceMs }) => {
  test('gives what the rules of its kind give, whatever is sent in whatever order', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let given = 0;
        const store = factory({ newToken: () => `t${++given}`, graceMs: () => graceMs });
        // The rules, said again over the whole past of each family.
        const past = [0, 1, 2].map((id) => ({
          id: `f${id}`,
          tokens: [store.open(`f${id}`)],
          replacedAtMs: Number.NEGATIVE_INFINITY,
          isEnded: false,
        }));
        let nowMs = 0;
        for (const { family, back, afterMs } of steps) {
          nowMs += afterMs;
          const known = past[family];
          if (!known) continue;
          const index = Math.max(0, known.tokens.length - 1 - back);
          const age = known.tokens.length - 1 - index;
          const inGrace = age === 1 && nowMs - known.replacedAtMs < graceMs;
          const reply = store.refresh(known.tokens[index] ?? '', nowMs);
          const isPresent = age === 0 || inGrace;
          if (known.isEnded || (!isPresent && !detects)) {
            expect(reply).toEqual({ kind: 'refused', ended: null });
          } else if (!isPresent) {
            expect(reply).toEqual({ kind: 'refused', ended: known.id });
            known.isEnded = true;
          } else if (!rotates || age === 1) {
            expect(reply).toEqual({
              kind: 'granted',
              family: known.id,
              token: known.tokens.at(-1),
            });
          } else {
            expect(reply).toEqual({ kind: 'granted', family: known.id, token: `t${given}` });
            known.tokens.push(`t${given}`);
            known.replacedAtMs = nowMs;
          }
        }
      }),
    );
  });

  test('refuses what it has never given out', () => {
    const store = factory({ newToken: () => 'given', graceMs: () => graceMs });
    store.open('a');
    expect(store.refresh('guessed', 0)).toEqual({ kind: 'refused', ended: null });
  });
});

describe('a theft', () => {
  test('of which the victim is first to refresh gives the thief nothing', () => {
    const race = raceOf('first', { parameters: { thiefDelayMs: 10 * MINUTE_MS } });
    expect(race.value('reuse-detected', 'stay.mean')).toBe(0);
    expect(race.value('reuse-detected', 'noticed')).toBe(100);
    // Without detection the user never learns of it.
    expect(race.value('rotated', 'stay.mean')).toBe(0);
    expect(race.value('rotated', 'loggedOut')).toBe(0);
  });

  test('lasts less long, the shorter access tokens live', () => {
    const windows = [1, 2, 5, 10].map((minutes) =>
      raceOf('outlives', { parameters: { accessLifetimeMs: minutes * MINUTE_MS } }).value(
        'reuse-detected',
        'stay.mean',
      ),
    );
    expect(windows).toEqual([...windows].sort((a, b) => a - b));
  });

  test('goes unnoticed for as long as the victim is away, and no longer', () => {
    const race = raceOf('away', { parameters: { awayMs: 20 * MINUTE_MS } });
    expect(race.value('reuse-detected', 'noticed')).toBe(100);
    expect(race.value('reuse-detected', 'stay.mean')).toBeGreaterThan(20 * MINUTE_MS);
    expect(race.value('reuse-detected', 'stay.mean')).toBeLessThan(35 * MINUTE_MS);
  });

  test('of a session that had ended already brings no access, and is not what ended it', () => {
    const accessLifetimeMs = 5 * MINUTE_MS;
    const parameters = { tabs: 2, sessions: 40, stolen: 40, lossShare: 0, accessLifetimeMs };
    const race = raceOf('innocent', { parameters });
    expect(race.value('reuse-detected', 'noticed')).toBeLessThan(100);
    expect(race.value('reuse-detected', 'afterEnd')).toBeLessThanOrEqual(accessLifetimeMs);
  });

  test('is noticed later where there is grace: thief and victim get one token, until one is two ahead', () => {
    const together = { thiefDelayMs: 0, graceMs: 5 * MINUTE_MS, accessLifetimeMs: MINUTE_MS };
    const parameters = { ...together, sessions: 20, stolen: 20, lossShare: 0 };
    const race = raceOf('innocent', { parameters });
    const windowOf = (variant: string): number => race.value(variant, 'stay.mean');
    expect(race.value('reuse-detected', 'noticed')).toBe(100);
    expect(windowOf('graced')).toBeGreaterThan(1.5 * windowOf('reuse-detected'));
  });
});

describe('what is done to a run', () => {
  test('a theft at any moment is one more theft', () => {
    const race = raceOf('innocent', {
      interventions: [{ at: 20 * MINUTE_MS, kind: 'act', id: 'steal' }],
    });
    expect(race.value('reuse-detected', 'noticed')).toBe(100);
    expect(race.value('reuse-detected', 'afterEnd')).toBeGreaterThan(0);
  });

  test('a theft by hand is one whose victim goes away as that of any other', () => {
    const interventions = [{ at: 20 * MINUTE_MS, kind: 'act', id: 'steal' } as const];
    const noticed = (awayMs: number): number =>
      raceOf('reuse', { parameters: { stolen: 0, awayMs }, interventions }).value(
        'reuse-detected',
        'noticed',
      );
    expect([noticed(0), noticed(60 * MINUTE_MS)]).toEqual([100, 0]);
  });

  test('logging out everywhere ends the session too that a thief has taken over', () => {
    const race = raceOf('first', {
      interventions: [{ at: 30 * MINUTE_MS, kind: 'act', id: 'log-out' }],
    });
    // The user was logged out before, and had a new session.
    expect(race.value('rotated', 'loggedOut')).toBe(1);
    expect(race.value('rotated', 'noticed')).toBe(100);
    expect(race.value('rotated', 'stay.mean')).toBeGreaterThan(20 * MINUTE_MS);
    expect(race.value('rotated', 'stay.mean')).toBeLessThanOrEqual(27 * MINUTE_MS);
  });

  test('logging out everywhere ends a session that was stolen, and is no false alarm', () => {
    const race = raceOf('copied', {
      interventions: [{ at: 20 * MINUTE_MS, kind: 'act', id: 'log-out' }],
    });
    const windowMs = race.value('never-rotated', 'stay.mean');
    expect(windowMs).toBeGreaterThan(12 * MINUTE_MS - 10_000);
    expect(windowMs).toBeLessThanOrEqual(17 * MINUTE_MS);
    expect(race.value('never-rotated', 'falseAlarms')).toBe(0);
    expect(notesOf(race, 'never-rotated')).toEqual([
      'A thief copies R1 from the client.',
      'The user ends all sessions, and logs in again.',
      'The thief is out.',
    ]);
  });
});
