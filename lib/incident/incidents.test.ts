/**
 * What every declared incident is held to, without a line of its own: it is calm, it goes wrong by
 * itself, it does not go right by itself, and what helps is not what everything does. Incidents are
 * found with their simulations.
 */
import { existsSync } from 'node:fs';
import { expect, describe as group, test } from 'vitest';
import type { Race } from '@/lib/simulation/definition';
import { describe } from '@/lib/simulation/describe';
import { loadEntries } from '@/lib/simulation/entries.node';
import { interventionMisfit } from '@/lib/simulation/interventions';
import type { RunRequest } from '@/lib/simulation/protocol';
import { runRace } from '@/lib/simulation/run';
import { gradeOf, indexOf, type Standard, standardOf, toMitigate } from './grade';
import { actionInWords, instanceOf } from './instance';
import { alertAt, standingAt, trackOf } from './objective';

const SEEDS = [1, 2, 3];
/** The least time in which all is well before the alert, so that one sees what that looks like. */
const CALM_MS = 5000;

const entries = await loadEntries();
const declared = entries.flatMap((entry) =>
  Object.entries(entry.definition.incidents ?? {}).map(([id, incident]) => ({
    id,
    incident,
    entry,
    description: describe(entry),
  })),
);

test('there are incidents, each with an id of its own', () => {
  expect(declared.length).toBeGreaterThan(1);
  expect(new Set(declared.map(({ id }) => id)).size).toBe(declared.length);
});

for (const { id, incident, entry, description } of declared) {
  const races = new Map<string, Race>();
  const run = async (request: RunRequest): Promise<Race> => {
    const key = JSON.stringify(request);
    const race = races.get(key) ?? runRace(entry, request);
    races.set(key, race);
    return race;
  };
  const baseOf = (seed: number) => instanceOf(description, incident, seed);
  const standards = new Map<number, Promise<Standard>>();
  const standard = (seed: number): Promise<Standard> => {
    const known = standards.get(seed) ?? standardOf(incident, baseOf(seed), run);
    standards.set(seed, known);
    return known;
  };

  group(`incident ${id}`, () => {
    test('names what there is, and has words for all of it', () => {
      for (const view of incident.dashboards)
        expect(description.views[view]?.kind, `dashboard ${view}`).toBe('chart');
      expect(description.views[incident.log]?.kind).toBe('events');
      expect(description.variants).toHaveProperty([incident.variant]);
      for (const [action, declaredAction] of Object.entries(incident.actions)) {
        const event = { ...declaredAction.deed, at: 0 };
        expect(interventionMisfit(description, event), action).toBeNull();
        const { label, describe: what } = actionInWords(description, declaredAction);
        expect(label, action).not.toBe('');
        expect(what, action).toMatch(/\.$/);
        expect(declaredAction.debrief, action).toMatch(/\.$/);
      }
      for (const text of [...incident.briefing, ...incident.cause, incident.describe])
        expect(text).toMatch(/\.$/);
      expect(incident.guides.length).toBeGreaterThan(0);
      for (const guide of incident.guides)
        expect(existsSync(`content/${guide}.mdx`), guide).toBe(true);
    });

    test('is calm at first, then breaks its promise and wakes somebody in good time', async () => {
      for (const seed of SEEDS) {
        const { shownMs, ...index } = indexOf(await run(baseOf(seed)));
        const track = trackOf({ shownMs, ...index }, incident.objective);
        const alertMs = alertAt(track, incident.objective);
        expect(alertMs, `alert with seed ${seed}`).not.toBeNull();
        const brokenMs = standingAt(track, incident.objective, alertMs ?? 0).sinceMs;
        expect(brokenMs).toBeGreaterThanOrEqual(CALM_MS);
        for (let t = 0; t < brokenMs; t += 250)
          expect(standingAt(track, incident.objective, t).isKept, `${t} ms`).toBe(true);
        // Half of the time and more is left to find out what helps.
        expect(alertMs ?? 0).toBeLessThan(shownMs / 2);
      }
    });

    test('does not mend itself', async () => {
      for (const seed of SEEDS) {
        const { alertMs, swiftMs, steadyMs } = await standard(seed);
        const index = indexOf(await run(baseOf(seed)));
        const ms = toMitigate(index, incident, alertMs);
        expect(gradeOf(ms, { swiftMs, steadyMs }), `seed ${seed}`).toBe('unmitigated');
      }
    });

    test('has an action that mitigates, and two that seem to and do not', async () => {
      for (const seed of SEEDS) {
        const { alone, best, limitMs } = await standard(seed);
        const times = Object.values(alone);
        expect(times.filter((ms) => ms === null).length).toBeGreaterThanOrEqual(2);
        const bestMs = alone[best] ?? Number.NaN;
        expect(bestMs).toBeLessThan(limitMs);
        for (const ms of times) if (ms !== null) expect(ms).toBeGreaterThanOrEqual(bestMs);
      }
    });

    test('is mitigated after what mitigates it, and its best action alone is swift', async () => {
      for (const seed of SEEDS) {
        const of = await standard(seed);
        for (const ms of Object.values(of.alone))
          if (ms !== null) expect(ms).toBeGreaterThanOrEqual(incident.reactionMs);
        expect(gradeOf(of.alone[of.best] ?? null, of)).toBe('swift');
      }
    });

    test('begins at another time with another seed', () => {
      const begins = Array.from({ length: 12 }, (_, i) =>
        JSON.stringify(baseOf(i + 1).parameters[incident.trigger.parameter]),
      );
      expect(new Set(begins).size).toBeGreaterThan(2);
      expect(baseOf(5)).toEqual(baseOf(5));
    });
  });
}
