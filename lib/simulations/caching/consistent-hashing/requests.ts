/** The requests of a run: which key is asked for when, drawn before any scheme has placed one. */
import type { RandomStream } from '../../../kernel/random';
import type { Values } from '../../../simulation/parameters';
import { cumulative, indexAt, zipfWeights } from '../../../simulation/popularity';
import { poissonTimes, type Row, type Workload, workloadOf } from '../../../simulation/workload';
import type { parameters } from './parameters';

interface Drawing {
  readonly parameters: Values<typeof parameters>;
  readonly random: (stream: string) => RandomStream;
  readonly untilMs: number;
}

/**
 * Keys stand in the order of their popularity, and bear names that no other seed has. A row's `draw`
 * decides whether it turns to the hot key once there is one, so that this shifts no other request.
 */
export function drawRequests({ parameters, random, untilMs }: Drawing): Workload {
  const { keys, skew, requestsPerSecond } = parameters;
  const names = random('names');
  const ranks = random('ranks');
  const hot = random('hot');
  const sums = cumulative(zipfWeights(keys, skew));
  const times = poissonTimes(random('arrivals'), { ratePerSecond: requestsPerSecond, untilMs });
  return workloadOf(
    times.map((atMs): Row => ({ atMs, key: indexAt(sums, ranks.next()), draw: hot.next() })),
    Array.from({ length: keys }, () => `key-${names.nextInteger(1_000_000_000)}`),
  );
}
