/** A race of made-up limiters for the tests of the comparison: seven variants, one of them refused a result. */
import { numbers } from '@/components/views/fixtures';
import { Recorder } from '@/lib/kernel/recorder';
import type { Description, Race } from '@/lib/simulation/definition';
import type { Result } from '@/lib/simulation/measures';
import type { ComparisonOptions } from './comparison-data';

const TITLES = {
  'fixed-window': 'Fixed window',
  'sliding-log': 'Sliding log',
  'sliding-counter': 'Sliding counter',
  'token-bucket': 'Token bucket',
  'leaky-meter': 'Leaky bucket as a meter',
  'leaky-queue': 'Leaky bucket as a queue',
  gcra: 'GCRA',
} as const;

export const fakeOptions: ComparisonOptions = {
  scenario: 'race',
  variants: Object.keys(TITLES),
  measures: ['admitted', 'wait.p99'],
};

export const fakeDescription: Description = {
  id: 'limiters',
  category: 'test',
  title: 'Limiters',
  describe: 'Seven limiters on the same requests.',
  version: 1,
  linkVersion: 1,
  parameters: {},
  variants: Object.fromEntries(
    Object.entries(TITLES).map(([id, title]) => [id, { title, describe: title }]),
  ),
  measures: {},
  views: {},
  interventions: {},
  scenarios: {
    race: {
      title: 'All seven on the same bursts',
      question: 'Which admits most?',
      story: 'Bursts.',
      watch: 'The dots.',
      parameters: {},
      variants: Object.keys(TITLES),
      views: [],
      controls: [],
      measures: fakeOptions.measures,
      seed: 1,
      speed: 1,
    },
  },
  tasks: {},
  predictions: {},
  omissions: [],
};

export function fakeRace(): Race {
  const next = numbers(5);
  return {
    simulation: 'limiters',
    version: 1,
    parameters: {},
    seed: 1,
    arrivals: 1234,
    measuredMs: 60_000,
    warmUpMs: 0,
    runs: Object.keys(TITLES).map((variant, i) => {
      const waits = Float64Array.from({ length: 200 }, () => next() * (40 + 25 * i)).sort();
      const admitted: Result = {
        id: 'admitted',
        label: 'Admitted',
        unit: '%',
        better: 'higher',
        value: 35 + ((i * 5) % 7) * 4,
        n: 1234,
        halfWidth: 1.5 + i / 4,
      };
      const wait: Result = {
        id: 'wait.p99',
        label: 'Wait, p99',
        unit: 'ms',
        better: 'lower',
        value: i === 0 ? null : (waits[197] ?? 0),
        n: i === 0 ? 12 : 1000,
        halfWidth: i === 3 ? null : 6,
        ...(i === 0 ? { refused: 'n < 1,000' } : {}),
      };
      return {
        variant,
        recording: new Recorder({ shownMs: 0 }).finish(),
        results: [admitted, wait],
        distributions: [
          {
            id: 'wait',
            label: 'Wait',
            unit: 'ms',
            n: i === 0 ? 0 : 200,
            p: Float64Array.from(waits, (_, k) => (k + 1) / waits.length),
            value: waits,
            percentiles: [
              { p: 0.5, value: waits[99] ?? 0, low: waits[80] ?? 0, high: waits[118] ?? 0 },
            ],
          },
        ],
        tables: [],
        eventsProcessed: 10,
      };
    }),
  };
}
