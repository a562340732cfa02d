/**
 * The workload: requests as rows of (time, key, size, draw), drawn before the race or read from a
 * file, so that every variant meets the same requests with the same service times.
 */
import { log } from '../kernel/math';
import type { RandomStream } from '../kernel/random';
import { type Schedule, scheduledAt } from './parameters';

export interface Workload {
  readonly length: number;
  /** Arrival, simulated ms, rising (ties allowed). */
  readonly atMs: Float64Array;
  /** Who asks: index into `keys`. */
  readonly key: Uint32Array;
  readonly keys: readonly string[];
  /** Cost or size, in the unit of the simulation. */
  readonly size: Float64Array;
  /** One uniform draw in [0, 1) per request, from which a run derives its service time by a quantile function. */
  readonly draw: Float64Array;
}

export interface Row {
  readonly atMs: number;
  readonly key?: number;
  readonly size?: number;
  readonly draw?: number;
}

/** Bound on the rows of one workload: beyond it a run is neither quick nor readable. */
export const ROWS_MAX = 2_000_000;

/** Rows into columns, sorted by time; rows at the same time keep their order. */
export function workloadOf(rows: readonly Row[], keys: readonly string[] = ['']): Workload {
  if (rows.length > ROWS_MAX) {
    throw new Error(
      `A workload holds at most ${ROWS_MAX} requests, got ${rows.length}. Lower the rate or shorten the run.`,
    );
  }
  const inOrder = isRising(rows) ? rows : [...rows].sort((a, b) => a.atMs - b.atMs);
  const { length } = inOrder;
  const workload = {
    length,
    atMs: new Float64Array(length),
    key: new Uint32Array(length),
    keys,
    size: new Float64Array(length),
    draw: new Float64Array(length),
  };
  // One pass of plain assignments: a workload is drawn for every run, and `from` takes ten times as long.
  for (const [row, { atMs, key = 0, size = 1, draw = 0 }] of inOrder.entries()) {
    workload.atMs[row] = atMs;
    workload.key[row] = key;
    workload.size[row] = size;
    workload.draw[row] = draw;
  }
  return workload;
}

/** Most workloads are drawn in the order of time. */
function isRising(rows: readonly Row[]): boolean {
  let latestMs = Number.NEGATIVE_INFINITY;
  for (const { atMs } of rows) {
    if (!(atMs >= latestMs)) return false;
    latestMs = atMs;
  }
  return true;
}

/** Times of a Poisson process of constant rate in [0, untilMs), simulated ms. */
export function poissonTimes(
  stream: RandomStream,
  options: { readonly ratePerSecond: number; readonly untilMs: number },
): number[] {
  return scheduledPoissonTimes(stream, {
    schedule: [{ atMs: 0, value: options.ratePerSecond }],
    untilMs: options.untilMs,
  });
}

/**
 * Times of a Poisson process whose rate (per second) follows a schedule.
 *
 * The draws are those of a process of rate 1, stretched by the integral of the rate: the k-th
 * arrival keeps its draw when the rate changes, which is what makes two settings comparable.
 */
export function scheduledPoissonTimes(
  stream: RandomStream,
  { schedule, untilMs }: { readonly schedule: Schedule; readonly untilMs: number },
): number[] {
  const times: number[] = [];
  let step = 0;
  let atMs = 0;
  for (;;) {
    let need = -log(1 - stream.next());
    for (;;) {
      const ratePerMs = scheduledAt(schedule, atMs) / 1000;
      const endMs = Math.min(schedule[step + 1]?.atMs ?? Number.POSITIVE_INFINITY, untilMs);
      const available = (endMs - atMs) * ratePerMs;
      if (need < available) {
        atMs += need / ratePerMs;
        break;
      }
      if (endMs >= untilMs) return times;
      need -= available;
      atMs = endMs;
      step++;
    }
    if (times.length === ROWS_MAX) {
      throw new Error(
        `A workload holds at most ${ROWS_MAX} requests; lower the rate or shorten the run.`,
      );
    }
    times.push(atMs);
  }
}

/** Evenly spaced times: at startMs, startMs + 1/rate, … before untilMs. */
export function evenTimes(options: {
  readonly ratePerSecond: number;
  readonly startMs?: number;
  readonly untilMs: number;
}): number[] {
  const { ratePerSecond, startMs = 0, untilMs } = options;
  if (ratePerSecond <= 0) return [];
  const times: number[] = [];
  // Multiplied, not accumulated, so that the thousandth time carries one rounding and not a thousand.
  for (let i = 0; ; i++) {
    const atMs = startMs + (i * 1000) / ratePerSecond;
    if (atMs >= untilMs || times.length === ROWS_MAX) return times;
    times.push(atMs);
  }
}

/**
 * The workload of `before` up to and including `at`, and that of `after` from then on (simulated
 * ms): what a change of parameters at `at` leaves to come.
 */
export function splice(before: Workload, after: Workload, at: number): Workload {
  const kept = countUntil(before.atMs, at);
  const skipped = countUntil(after.atMs, at);
  const joined = <T extends Float64Array | Uint32Array>(head: T, tail: T): T => {
    const column = new (head.constructor as new (length: number) => T)(
      kept + tail.length - skipped,
    );
    column.set(head.subarray(0, kept));
    column.set(tail.subarray(skipped), kept);
    return column;
  };
  return {
    length: kept + after.length - skipped,
    atMs: joined(before.atMs, after.atMs),
    key: joined(before.key, after.key),
    keys: after.keys,
    size: joined(before.size, after.size),
    draw: joined(before.draw, after.draw),
  };
}

/** How many values of a rising column are ≤ `at`. */
export function countUntil(column: Float64Array, at: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((column[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
