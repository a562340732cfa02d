import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { trafficMisfit } from '@/lib/simulation/traffic';
import { cutOut, hasWholeSeconds, spreadOverSeconds, stretchOf } from './stretch';

const logOf = (atMs: readonly number[], key: readonly number[] = atMs.map(() => 0)) => ({
  atMs: Float64Array.from(atMs),
  leadMs: null,
  key: Uint32Array.from(key),
  keys: ['anna', 'bert', 'cleo', 'never'],
});

describe('which stretch is run', () => {
  const log = logOf([0, 10, 1000, 1001, 1002, 1003, 5000, 9000]);

  test('all of it, if it fits', () => {
    expect(stretchOf(log, { kind: 'all' }, 8)).toEqual({ first: 0, end: 8 });
  });

  test('the busiest rows, if it does not', () => {
    expect(stretchOf(log, { kind: 'all' }, 4)).toEqual({ first: 2, end: 6 });
  });

  test('the busiest stretch of a length', () => {
    expect(stretchOf(log, { kind: 'busiest', lengthMs: 3 }, 100)).toEqual({ first: 2, end: 5 });
    expect(stretchOf(log, { kind: 'busiest', lengthMs: 1003 }, 100)).toEqual({ first: 0, end: 5 });
  });

  test('between two moments, the second not included', () => {
    expect(stretchOf(log, { kind: 'between', fromMs: 10, toMs: 1002 }, 100)).toEqual({
      first: 1,
      end: 4,
    });
    expect(stretchOf(log, { kind: 'between', fromMs: 6000, toMs: 7000 }, 100)).toEqual({
      first: 7,
      end: 7,
    });
  });

  test('no other stretch of as many rows is shorter, none as short has more', () => {
    const times = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 60 }), (unsorted, size) => {
        const atMs = Float64Array.from(unsorted.sort((a, b) => a - b));
        const span = (first: number, end: number): number =>
          (atMs[end - 1] ?? 0) - (atMs[first] ?? 0);
        const { first, end } = stretchOf({ atMs }, { kind: 'all' }, size);
        expect(end - first).toBe(Math.min(size, atMs.length));
        for (let at = 0; at + (end - first) <= atMs.length; at++)
          expect(span(first, end)).toBeLessThanOrEqual(span(at, at + end - first));
        const full = stretchOf({ atMs }, { kind: 'busiest', lengthMs: size }, atMs.length);
        expect(span(full.first, full.end)).toBeLessThan(size);
        for (const from of atMs) {
          const inside = atMs.filter((at) => at >= from && at < from + size).length;
          expect(full.end - full.first).toBeGreaterThanOrEqual(inside);
        }
      }),
    );
  });
});

describe('what becomes of it', () => {
  test('time begins with its first row, and the most frequent key comes first', () => {
    const log = logOf([500, 1500, 1500, 4000], [2, 1, 1, 0]);
    const { traffic, startMs } = cutOut(
      log,
      { first: 0, end: 4 },
      { times: 'kept', spread: false },
    );
    expect(startMs).toBe(500);
    expect([...traffic.atMs]).toEqual([0, 1000, 1000, 3500]);
    expect(traffic.keys).toEqual(['bert', 'anna', 'cleo']);
    expect([...traffic.key]).toEqual([2, 0, 0, 1]);
    expect(traffic.spanMs).toBe(4000);
  });

  test('a log of whole seconds lasts to the end of its last one, spread or not', () => {
    const seconds = Array.from({ length: 100 }, (_, row) => Math.floor(row / 10) * 1000);
    const log = logOf(
      seconds,
      seconds.map(() => 0),
    );
    for (const spread of [true, false]) {
      const { traffic } = cutOut(log, { first: 0, end: 100 }, { times: 'kept', spread });
      expect(traffic.spanMs).toBe(10_000);
    }
  });

  test('where only the order counts, rows come evenly', () => {
    const { traffic } = cutOut(
      logOf([0, 1, 2], [1, 0, 1]),
      { first: 1, end: 3 },
      { times: { everyMs: 5 }, spread: true },
    );
    expect([...traffic.atMs]).toEqual([0, 5]);
    expect(traffic.spanMs).toBe(10);
  });

  test('rows of a whole second are spread over it, in their order', () => {
    const atMs = Float64Array.of(1000, 1000, 1000, 1000, 2000, 4000, 4000);
    expect(hasWholeSeconds({ atMs })).toBe(true);
    expect([...spreadOverSeconds(atMs)]).toEqual([1000, 1250, 1500, 1750, 2000, 4000, 4500]);
    expect(hasWholeSeconds({ atMs: Float64Array.of(1000, 1001) })).toBe(false);
  });

  test('a request logged at its end came earlier, and maybe before one logged earlier', () => {
    const log = { ...logOf([1000, 1000, 2000], [0, 1, 2]), leadMs: Float32Array.of(0, 100, 1900) };
    const cut = cutOut(log, { first: 0, end: 3 }, { times: 'kept', spread: true });
    expect(cut.startMs).toBe(100);
    expect([...cut.traffic.atMs]).toEqual([0, 900, 1300]);
    expect([...cut.traffic.key].map((id) => cut.traffic.keys[id])).toEqual([
      'cleo',
      'anna',
      'bert',
    ]);
  });

  test('any stretch of any log is traffic that a run takes, with all its rows', () => {
    const row = fc.record({ at: fc.integer({ min: 0, max: 20_000 }), key: fc.nat(3) });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1 }),
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 1, max: 100 }),
        (rows, spread, isKept, rowsMax) => {
          // Rows are spread only where a log has whole seconds.
          const sorted = rows
            .map(({ at, key }) => ({ at: spread ? Math.floor(at / 1000) * 1000 : at, key }))
            .sort((a, b) => a.at - b.at);
          const log = logOf(
            sorted.map(({ at }) => at),
            sorted.map(({ key }) => key),
          );
          const stretch = stretchOf(log, { kind: 'all' }, rowsMax);
          const times = isKept ? 'kept' : { everyMs: 2 };
          const { traffic } = cutOut(log, stretch, { times, spread });
          expect(trafficMisfit(traffic, rowsMax)).toBeNull();
          expect([...traffic.key].map((id) => traffic.keys[id])).toEqual(
            [...log.key.subarray(stretch.first, stretch.end)].map((id) => log.keys[id]),
          );
        },
      ),
    );
  });
});
