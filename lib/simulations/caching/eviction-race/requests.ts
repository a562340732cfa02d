/** The requests of a run: who asks for what and when, drawn before any cache has seen one. */
import type { RandomStream } from '../../../kernel/random';
import type { Values } from '../../../simulation/parameters';
import { cumulative, indexAt, zipfWeights } from '../../../simulation/popularity';
import {
  evenTimes,
  poissonTimes,
  type Row,
  type Workload,
  workloadOf,
} from '../../../simulation/workload';
import type { parameters } from './parameters';

type Settings = Values<typeof parameters>;

/** L. A. Belady, R. A. Nelson and G. S. Shedler, Communications of the ACM 12 (6), 1969. */
export const BELADY = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];

/** How fast a scan reads: as fast as a job does that nobody holds back. */
export const SCAN_ROWS_PER_SECOND = 500;

/** The `size` of a row: 1 for a request of a user, 0 for one of a job, for which nobody waits. */
const USER = 1;
const JOB = 0;
export const isJob = ({ size }: Workload, row: number): boolean => size[row] === JOB;

/** The name of a row that scans read, by its number from 0. */
const scanned = (row: number): string => `row ${row + 1}`;

interface Requests {
  readonly workload: Workload;
  readonly isOutside: boolean;
  readonly parameters: Pick<Settings, 'keys' | 'pattern'>;
}

/** Whether requests were drawn by popularity: then there are scans, changes and keys asked for once. */
export const isByPopularity = ({
  isOutside,
  parameters,
}: Pick<Requests, 'isOutside' | 'parameters'>): boolean =>
  !isOutside && parameters.pattern === 'popularity';

/** How many keys users share; they come first. In an order or a log, those are all. */
export const sharedKeys = (requests: Requests): number =>
  isByPopularity(requests) ? requests.parameters.keys : requests.workload.keys.length;

interface Drawing {
  readonly parameters: Settings;
  readonly random: (stream: string) => RandomStream;
  readonly untilMs: number;
}

/**
 * The workload. A row's `draw` decides whether it is a write, so that a change of their part leaves
 * the requests as they are.
 */
export function drawRequests(drawing: Drawing): Workload {
  const { pattern } = drawing.parameters;
  switch (pattern) {
    case 'popularity':
      return byPopularity(drawing);
    case 'loop':
      return inOrder(
        drawing,
        Array.from({ length: drawing.parameters.keys }, (_, key) => key + 1),
      );
    case 'belady':
      return inOrder(drawing, BELADY);
    default:
      return pattern satisfies never;
  }
}

/** One key after the other, evenly spaced, from the first again after the last. */
function inOrder({ parameters, random, untilMs }: Drawing, order: readonly number[]): Workload {
  const draws = random('writes');
  const rows = evenTimes({ ratePerSecond: parameters.requestsPerSecond, untilMs }).map(
    (atMs, i): Row => ({
      atMs,
      key: (order[i % order.length] ?? 1) - 1,
      size: USER,
      draw: draws.next(),
    }),
  );
  const keys = Array.from({ length: Math.max(...order) }, (_, key) => `${key + 1}`);
  return workloadOf(rows, keys);
}

function byPopularity({ parameters, random, untilMs }: Drawing): Workload {
  const { keys, skew, oncePercent, scanEveryMs, scanRows, shiftEveryMs } = parameters;
  const times = poissonTimes(random('arrivals'), {
    ratePerSecond: parameters.requestsPerSecond,
    untilMs,
  });
  const draws = {
    rank: random('ranks'),
    once: random('once'),
    write: random('writes'),
    shift: random('shifts'),
  };
  const sums = cumulative(zipfWeights(keys, skew));
  const keyOfRank = Uint32Array.from({ length: keys }, (_, rank) => rank);
  const names = Array.from({ length: keys }, (_, key) => `${key + 1}`);
  for (let row = 0; row < scanRows; row++) names.push(scanned(row));

  let shifts = 0;
  const rows = times.map((atMs, i): Row => {
    for (; shiftEveryMs > 0 && atMs >= (shifts + 1) * shiftEveryMs; shifts++)
      shuffle(keyOfRank, draws.shift);
    const popular = keyOfRank[indexAt(sums, draws.rank.next())] ?? 0;
    const isOnce = draws.once.next() * 100 < oncePercent;
    // The number of its request makes it a key of its own, whatever is drawn anew later.
    names.push(`once ${i + 1}`);
    return {
      atMs,
      key: isOnce ? keys + scanRows + i : popular,
      size: USER,
      draw: draws.write.next(),
    };
  });
  for (let startMs = scanEveryMs; startMs > 0 && startMs < untilMs; startMs += scanEveryMs) {
    for (let row = 0; row < scanRows; row++) {
      const atMs = startMs + (row * 1000) / SCAN_ROWS_PER_SECOND;
      if (atMs < untilMs) rows.push({ atMs, key: keys + row, size: JOB, draw: 1 });
    }
  }
  return workloadOf(rows, names);
}

/** R. A. Fisher and F. Yates, as D. E. Knuth's algorithm 3.4.2 P. */
function shuffle(values: Uint32Array, stream: RandomStream): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = stream.nextInteger(last + 1);
    const value = values[last] ?? 0;
    values[last] = values[other] ?? 0;
    values[other] = value;
  }
}
