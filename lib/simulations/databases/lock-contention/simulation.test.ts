/** What holds of the run beyond the declared checks LC1 to LC13, which the contract test runs. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InterventionEvent } from '../../../simulation/definition';
import { defaultsOf } from '../../../simulation/parameters';
import { indexRecording } from '../../../simulation/recording-index';
import { tested } from '../../../simulation/test-races';
import { locking } from './models/locking';
import { parameters } from './parameters';
import { simulation } from './simulation';
import { accessesOf } from './transactions';

const { raceOf } = tested('databases', 'lock-contention', simulation);

describe('the rows of a transaction', () => {
  const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const drawn = fc.record({
    draws: fc.array(unit, { minLength: 1, maxLength: 40 }),
    statements: fc.integer({ min: 1, max: 24 }),
    hotRows: fc.integer({ min: 1, max: 50 }),
    hotPercent: fc.integer({ min: 0, max: 100 }),
    order: fc.constantFrom('as-it-comes', 'by-number', 'hot-last'),
  });
  const of = ({ draws, ...given }: typeof drawn extends fc.Arbitrary<infer T> ? T : never) =>
    accessesOf(
      { ...defaultsOf(parameters), ...given, rows: 100 },
      (stream, place) => draws[(stream.length + place) % draws.length] ?? 0,
    );

  test('are distinct, in the table, and as many as its statements, whatever is drawn', () => {
    fc.assert(
      fc.property(drawn, (given) => {
        const rows = of(given).map(({ row }) => row);
        expect(new Set(rows).size).toBe(given.statements);
        for (const row of rows) expect(row >= 0 && row < 100 && Number.isInteger(row)).toBe(true);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('stand in their order, hot ones at the end where they should', () => {
    fc.assert(
      fc.property(drawn, (given) => {
        const rows = of({ ...given, order: 'hot-last' }).map(({ row }) => row);
        const cold = rows.filter((row) => row >= given.hotRows);
        const hot = rows.filter((row) => row < given.hotRows);
        const sorted = (of: number[]) => of.toSorted((a, b) => a - b);
        expect(rows).toEqual([...sorted(cold), ...sorted(hot)]);
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});

test('after all have ended, the locks hold nothing: whoever comes next gets what it asks for', () => {
  const step = fc.record({
    transaction: fc.integer({ min: 0, max: 5 }),
    row: fc.integer({ min: 0, max: 3 }),
    isWrite: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const locks = locking();
      const asked = new Set<string>();
      const waiting = new Set<number>();
      const end = (transaction: number): void => {
        for (const row of [0, 1, 2, 3]) asked.delete(`${transaction} ${row}`);
        waiting.delete(transaction);
        for (const next of locks.end(transaction)) {
          expect(waiting.has(next), `${next} goes on and had waited`).toBe(true);
          waiting.delete(next);
        }
      };
      for (const { transaction, row, isWrite } of steps) {
        if (waiting.has(transaction) || asked.has(`${transaction} ${row}`)) continue;
        asked.add(`${transaction} ${row}`);
        if (locks.access(transaction, { row, isWrite }) === 'granted') continue;
        waiting.add(transaction);
        for (let victim = locks.victim(transaction); victim !== undefined; ) {
          end(victim);
          victim = waiting.has(transaction) ? locks.victim(transaction) : undefined;
        }
      }
      // Without a cycle somebody can always end, and in the end all do.
      for (let left = 6; left > 0; left--)
        for (let id = 0; id < 6; id++) if (!waiting.has(id)) end(id);
      expect([...waiting]).toEqual([]);
      for (const row of [0, 1, 2, 3])
        expect(locks.access(9, { row, isWrite: true }), `row ${row}`).toBe('granted');
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('a client that stalls with a hot row stops those who lock, and few of those who do not', () => {
  const at = 8000;
  const commitsAt = (variant: 'locking' | 'optimistic', ...events: InterventionEvent[]): number => {
    const race = raceOf('one-counter', {
      parameters: { order: 'by-number' },
      interventions: events,
    });
    return indexRecording(race.run(variant).recording).valueAt('commits', at + 2500) ?? Number.NaN;
  };
  const stall: InterventionEvent = { at, kind: 'act', id: 'stall' };
  expect(commitsAt('locking')).toBeGreaterThan(3);
  expect(commitsAt('locking', stall)).toBeLessThan(commitsAt('locking') / 2);
  expect(commitsAt('optimistic', stall)).toBeGreaterThan(commitsAt('optimistic') / 2);
});

test('optimism overtakes locks somewhere between eight cores and a core for everybody', () => {
  const lead = (cores: number): number => {
    const race = raceOf('few-cores', { parameters: { cores } });
    return race.value('optimistic', 'commits') / race.value('locking', 'commits');
  };
  expect(lead(4)).toBeLessThan(0.8);
  expect(lead(48)).toBeGreaterThan(1.5);
});
