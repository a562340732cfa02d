/** What holds of the run beyond the declared checks PS1 to PS10, which the contract test runs. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InterventionEvent } from '../../../simulation/definition';
import { withModels } from '../../../simulation/models';
import { indexRecording } from '../../../simulation/recording-index';
import { measureRace, scenarioRequest } from '../../../simulation/run';
import { tested } from '../../../simulation/test-races';
import { bounded } from './models/bounded';
import { fifo } from './models/fifo';
import type { PoolFactory } from './models/pool';
import { simulation } from './simulation';

const { entry, raceOf } = tested('databases', 'pool-sizing', simulation);

const step = fc.record({
  kind: fc.constantFrom('acquire', 'release', 'give-up', 'resize'),
  value: fc.integer({ min: 1, max: 6 }),
});

describe.each([
  ['fifo', fifo, Number.POSITIVE_INFINITY],
  ['bounded', bounded, 3],
] as const)('the pool %s', (_, factory: PoolFactory, bound) => {
  test('is a list of who waits and a set of who has a connection', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const options = { size: 3, waitersMax: 3 };
        const pool = factory(options);
        let held: number[] = [];
        let line: number[] = [];
        let ids = 0;
        const seat = (): number[] => {
          const seated = line.slice(0, Math.max(0, options.size - held.length));
          line = line.slice(seated.length);
          held = [...held, ...seated];
          return seated;
        };
        for (const { kind, value } of steps) {
          if (kind === 'acquire') {
            const id = ids++;
            const expected =
              held.length < options.size ? 'granted' : line.length < bound ? 'queued' : 'refused';
            expect(pool.acquire(id)).toBe(expected);
            if (expected === 'granted') held = [...held, id];
            if (expected === 'queued') line = [...line, id];
          } else if (kind === 'release' && held.length > 0) {
            held = held.slice(1);
            expect(pool.release()).toBe(seat()[0]);
          } else if (kind === 'give-up' && line.length > 0) {
            const id = line[value % line.length] ?? 0;
            pool.giveUp(id);
            line = line.filter((other) => other !== id);
          } else if (kind === 'resize') {
            options.size = value;
            expect(pool.grown()).toEqual(seat());
          }
          expect(pool.inUse()).toBe(held.length);
          expect(pool.waiting()).toBe(line.length);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('one slow query', () => {
  const at = 25_000;
  const goodAt = (t: number, ...events: InterventionEvent[]): number => {
    const race = raceOf('slow-query', { interventions: events });
    return indexRecording(race.run('fifo').recording).valueAt('good', t) ?? Number.NaN;
  };

  test('is helped by ending queries, for good only if no more of them begin', () => {
    const kill: InterventionEvent = { at, kind: 'act', id: 'kill-slow' };
    const shed: InterventionEvent = { at, kind: 'act', id: 'shed-reports' };
    expect(goodAt(at + 1500)).toBeLessThan(60);
    expect(goodAt(at + 1500, kill)).toBeGreaterThan(100);
    expect(goodAt(55_000, kill)).toBeLessThan(60);
    expect(goodAt(55_000, kill, shed)).toBeGreaterThan(100);
  });

  test('is not helped by a larger pool', () => {
    const grow: InterventionEvent = { at, kind: 'set', parameter: 'poolSize', value: 80 };
    expect(goodAt(55_000, grow)).toBeLessThan(60);
  });
});

test('connections that a pool is given go to those who wait, before any who come later', () => {
  let ahead = 0;
  let granted = 0;
  const watched: PoolFactory = (options) => {
    const pool = fifo(options);
    return {
      ...pool,
      acquire(id) {
        const isLine = pool.waiting() > 0;
        const admission = pool.acquire(id);
        if (admission === 'granted') granted++;
        if (admission === 'granted' && isLine) ahead++;
        return admission;
      },
    };
  };
  const overrides = {
    interventions: [{ at: 25_000, kind: 'set', parameter: 'poolSize', value: 80 }] as const,
  };
  measureRace(
    withModels(entry, { fifo: watched }),
    scenarioRequest(entry.definition, 'slow-query', overrides),
  );
  expect(granted).toBeGreaterThan(0);
  expect(ahead).toBe(0);
});

test('a longer timeout is for those who come from then on', () => {
  const at = 25_000;
  const goodAt = (t: number, ...interventions: InterventionEvent[]): number => {
    const { recording } = raceOf('waiting', { variants: ['fifo'], interventions }).run('fifo');
    return indexRecording(recording).valueAt('good', t) ?? Number.NaN;
  };
  // Who came before and is answered after a second has gone by then.
  const longer: InterventionEvent = { at, kind: 'set', parameter: 'timeoutMs', value: 10_000 };
  expect(goodAt(at + 1000, longer)).toBe(goodAt(at + 1000));
  expect(goodAt(at + 3000, longer)).toBeGreaterThan(200);
});

test('a statement timeout holds: no connection is held for longer', () => {
  const race = raceOf('slow-query', { parameters: { statementTimeoutMs: 300 } });
  expect(race.value('fifo', 'hold.p99')).toBeLessThanOrEqual(301);
});
