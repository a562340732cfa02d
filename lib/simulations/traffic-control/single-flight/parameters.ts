import type { RaceReader } from '../../../simulation/definition';
import { choice, count, duration, quantity, toggle } from '../../../simulation/parameters';

/** Simulated time that a figure shows and measures, ms. */
export const SHOWN_MS = 60_000;

/** What the reader may change, and what a figure lists as held fixed. */
export const parameters = {
  requestsPerSecond: quantity({
    label: 'Requests',
    describe: 'Requests of users per second on average; each asks for one key.',
    unit: 'requests/s',
    min: 10,
    max: 400,
    step: 10,
    default: 200,
    live: true,
  }),
  keys: count({
    label: 'Keys',
    describe: 'How many different things are asked for.',
    unit: 'keys',
    min: 1,
    max: 200,
    step: 1,
    default: 40,
  }),
  skew: quantity({
    label: 'Skew',
    describe: 'Exponent of Zipf’s law: how much more often popular keys are asked for; 0 is equal.',
    unit: '',
    min: 0,
    max: 2,
    step: 0.1,
    default: 1,
  }),
  instances: count({
    label: 'Instances',
    describe: 'Instances of the service, which take requests in turn; they share one cache.',
    unit: 'instances',
    min: 1,
    max: 16,
    step: 1,
    default: 4,
  }),
  warm: choice({
    label: 'At the start',
    describe: 'What the cache holds when the figure begins.',
    options: {
      spread: { label: 'all keys, stored at different times' },
      together: { label: 'all keys, stored at once' },
      nothing: { label: 'nothing' },
    },
    default: 'spread',
  }),
  ttlMs: duration({
    label: 'Time to live',
    describe: 'How long an entry counts as fresh after it has been stored.',
    min: 1000,
    max: 60_000,
    step: 1000,
    default: 10_000,
  }),
  jitterPercent: quantity({
    label: 'Jitter',
    describe: 'The part of the time to live, drawn anew for each entry, by which it is shorter.',
    unit: '%',
    min: 0,
    max: 90,
    step: 10,
    default: 0,
  }),
  deployAtMs: duration({
    label: 'Deploy',
    describe:
      'When a release goes live that names its keys differently, so the cache is empty for it; 0 is never.',
    min: 0,
    zero: 'never',
    max: SHOWN_MS,
    step: 1000,
    default: 0,
  }),
  originMs: duration({
    label: 'Fetch',
    describe: 'How long the origin works on one fetch on average.',
    min: 50,
    max: 2000,
    step: 50,
    default: 400,
  }),
  spreadPercent: quantity({
    label: 'Spread of fetches',
    describe:
      'The part of that time that is exponentially distributed; the rest is the same each time.',
    unit: '%',
    min: 0,
    max: 100,
    step: 10,
    default: 50,
  }),
  workers: count({
    label: 'Workers',
    describe: 'Fetches that the origin works on at a time.',
    unit: 'workers',
    min: 1,
    max: 100,
    step: 1,
    default: 16,
  }),
  queueLimit: count({
    label: 'Queue at the origin',
    describe: 'Fetches that may wait at the origin; those that find no room are refused at once.',
    unit: 'requests',
    min: 0,
    max: 1000,
    step: 10,
    default: 160,
  }),
  timeoutMs: duration({
    label: 'Timeout',
    describe: 'Time after which the service gives up a request that waits, or a fetch.',
    min: 200,
    max: 10_000,
    step: 100,
    default: 1000,
    live: true,
  }),
  keepsLate: toggle({
    label: 'Keep late answers',
    describe: 'Whether an answer that comes after its fetch was given up is stored all the same.',
    default: false,
    live: true,
  }),
  beta: quantity({
    label: 'Eagerness (β)',
    describe: 'How far ahead early expiry goes, as a multiple of how long the last fetch took.',
    unit: '',
    min: 0,
    max: 5,
    step: 0.5,
    default: 1,
  }),
  staleMs: duration({
    label: 'Stale for',
    describe: 'How long stale-while-revalidate serves an entry that has expired.',
    min: 0,
    max: 60_000,
    step: 1000,
    default: 5000,
  }),
  leaseMs: duration({
    label: 'Lease',
    describe: 'Time after which a lease ends by itself.',
    min: 500,
    max: 10_000,
    step: 500,
    default: 2000,
  }),
};

/** Fetches per second that the origin can answer. */
export function capacityPerSecond({
  workers,
  originMs,
}: {
  readonly workers: number;
  readonly originMs: number;
}): number {
  return (1000 * workers) / originMs;
}

/** The same of the parameters of a race. */
export function capacityOf(race: RaceReader): number {
  return capacityPerSecond({
    workers: Number(race.parameter('workers')),
    originMs: Number(race.parameter('originMs')),
  });
}
