import { expect, test } from 'vitest';
import { exponential } from '../kernel/distributions';
import { createStreams } from '../kernel/random';
import { Simulator } from '../kernel/simulator';
import { collectorOf } from './collect';
import { distribution, level, share } from './measures';

const busy = level({ label: 'Busy', describe: 'b', unit: '%', better: 'neither' });

const MEASURES = {
  wait: distribution({ label: 'Wait', describe: 'w', unit: 'ms', quantiles: [], better: 'lower' }),
  present: level({ label: 'Present', describe: 'p', unit: 'customers', better: 'neither' }),
};

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
  const result = levelOf((i) => 100 + 1e-6 * ((i * i) % 17));
  expect(result?.halfWidth).toBeGreaterThan(0);
});

/** Measures of an M/M/1 queue, a customer a second, over so many customers. */
function queueOf(seed: number, utilisation: number, customers: number) {
  const simulator = new Simulator();
  const streams = createStreams(seed);
  const [arrivals, services] = [streams.stream('arrivals'), streams.stream('services')];
  const measuredMs = 1000 * customers;
  const { sinks, finish } = collectorOf(MEASURES, { simulator, warmUpMs: 0, measuredMs });
  const waiting: number[] = [];
  let present = 0;
  const serve = (): void => {
    const since = waiting.shift();
    if (since === undefined) return;
    sinks.wait.add(simulator.now - since);
    simulator.after(exponential(services, 1000 * utilisation), () => {
      sinks.present.set(--present);
      serve();
    });
  };
  const arrive = (): void => {
    simulator.after(exponential(arrivals, 1000), arrive);
    waiting.push(simulator.now);
    sinks.present.set(++present);
    if (present === 1) serve();
  };
  arrive();
  simulator.runUntil(measuredMs);
  return finish([]).results;
}

test.each([
  // Long against its memory; then shorter and shorter, where no method on one run holds 95.
  { utilisation: 0.5, customers: 2000, least: 0.9, givenLeast: 0.95 },
  { utilisation: 0.8, customers: 2000, least: 0.8, givenLeast: 0.85 },
  { utilisation: 0.9, customers: 2000, least: 0.6, givenLeast: 0.5 },
])(
  'of $customers customers at a utilisation of $utilisation, $givenLeast of the runs have intervals, $least of which hold the truth',
  ({ utilisation, customers, least, givenLeast }) => {
    const truth = new Map([
      ['wait.mean', (1000 * utilisation ** 2) / (1 - utilisation)],
      ['present', utilisation / (1 - utilisation)],
    ]);
    const results = Array.from({ length: 100 }, (_, i) => queueOf(i + 1, utilisation, customers));
    for (const [id, expected] of truth) {
      const given = results
        .flat()
        .filter((result) => result.id === id && result.halfWidth !== null);
      const holding = given.filter(
        ({ value, halfWidth }) => Math.abs((value ?? Number.NaN) - expected) <= (halfWidth ?? 0),
      );
      expect(given.length / results.length).toBeGreaterThanOrEqual(givenLeast);
      expect(holding.length / given.length).toBeGreaterThanOrEqual(least);
    }
  },
);

test('a share of all or of none has no interval: the run has not seen the other', () => {
  const simulator = new Simulator();
  const passed = share({ label: 'Passed', describe: 'p', better: 'higher' });
  const { sinks, finish } = collectorOf({ passed }, { simulator, warmUpMs: 0, measuredMs: 1000 });
  for (let i = 0; i < 40; i++) sinks.passed.add(true);
  expect(finish([]).results[0]).toMatchObject({ value: 100, n: 40, halfWidth: null });
  // A refusal that no batch holds yet leaves them all alike.
  sinks.passed.add(false);
  expect(finish([]).results[0]?.halfWidth).toBeNull();
  for (let i = 0; i < 400; i++) sinks.passed.add((i * i) % 11 > 3);
  expect(finish([]).results[0]?.halfWidth).toBeGreaterThan(0);
});
