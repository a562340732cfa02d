import { expect, test } from 'vitest';
import { Simulator } from '../kernel/simulator';
import { collectorOf } from './collect';
import { level } from './measures';

const busy = level({ label: 'Busy', describe: 'b', unit: '%', better: 'neither' });

/** The level over 1,000 ms that is set to `valueAt(i)` at 300 odd moments. */
function levelOf(valueAt: (i: number) => number) {
  const simulator = new Simulator();
  const { sinks, finish } = collectorOf({ busy }, { simulator, warmUpMs: 0, measuredMs: 1000 });
  sinks.busy.set(valueAt(0));
  for (let i = 1; i <= 300; i++) simulator.at((1000 * i) / 301, () => sinks.busy.set(valueAt(i)));
  simulator.runUntil(1000);
  return finish([]).results[0];
}

test('a level that never changes has no interval, whatever its sums are rounded to', () => {
  const result = levelOf(() => 100 / 3);
  expect(result?.value).toBeCloseTo(100 / 3, 9);
  expect(result?.halfWidth).toBe(0);
});

test('a level that changes a little keeps its interval', () => {
  const result = levelOf((i) => 100 + 1e-6 * Math.floor(i / 100));
  expect(result?.halfWidth).toBeGreaterThan(0);
});
