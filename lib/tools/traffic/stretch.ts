/** From a log to the traffic of a run: a stretch of it, its times from 0, its keys by frequency. */
import type { OutsideTraffic, TrafficDeclaration } from '@/lib/simulation/traffic';
import { type Log, orderOf } from './log';

/** Rows from `first` up to and without `end`. */
interface Stretch {
  readonly first: number;
  readonly end: number;
}

export type StretchChoice =
  /** All of it, or the busiest rows that a run takes. */
  | { readonly kind: 'all' }
  /** The stretch of this length in which most rows lie. */
  | { readonly kind: 'busiest'; readonly lengthMs: number }
  | { readonly kind: 'between'; readonly fromMs: number; readonly toMs: number };

/** The rows that are run; never more than `rowsMax`, of which the busiest stay. */
export function stretchOf(
  { atMs }: Pick<Log, 'atMs'>,
  choice: StretchChoice,
  rowsMax: number,
): Stretch {
  switch (choice.kind) {
    case 'all':
      return densest(atMs, { first: 0, end: atMs.length }, rowsMax);
    case 'busiest':
      return densest(atMs, fullest(atMs, choice.lengthMs), rowsMax);
    case 'between': {
      const first = lowerBound(atMs, choice.fromMs);
      const end = Math.max(first, lowerBound(atMs, choice.toMs));
      return densest(atMs, { first, end }, rowsMax);
    }
    default:
      return choice satisfies never;
  }
}

/** Of all runs of `rows` rows within a stretch the one that takes the least time; the first of equals. */
function densest(atMs: Float64Array, stretch: Stretch, rows: number): Stretch {
  if (stretch.end - stretch.first <= rows) return stretch;
  let best = stretch.first;
  const spanFrom = (first: number): number => (atMs[first + rows - 1] ?? 0) - (atMs[first] ?? 0);
  for (let first = stretch.first; first + rows <= stretch.end; first++)
    if (spanFrom(first) < spanFrom(best)) best = first;
  return { first: best, end: best + rows };
}

/** The stretch that begins with a row, is shorter than `lengthMs` and has the most rows. */
function fullest(atMs: Float64Array, lengthMs: number): Stretch {
  let best: Stretch = { first: 0, end: 0 };
  let end = 0;
  for (let first = 0; first < atMs.length; first++) {
    while (end < atMs.length && (atMs[end] ?? 0) < (atMs[first] ?? 0) + lengthMs) end++;
    if (end - first > best.end - best.first) best = { first, end };
  }
  return best;
}

/** The first row that is not before a moment. */
function lowerBound(atMs: Float64Array, at: number): number {
  let low = 0;
  let high = atMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((atMs[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether all times are whole seconds, so that what came within one is not told apart. */
export function hasWholeSeconds({ atMs }: Pick<Log, 'atMs'>): boolean {
  return atMs.length > 1 && atMs.every((at) => at % 1000 === 0);
}

interface Cut {
  readonly traffic: OutsideTraffic;
  /** Epoch ms of the simulated time 0. */
  readonly startMs: number;
}

/**
 * The traffic of a run. A span is whole seconds, at least one, so that rates are taken over the time
 * that the log speaks of.
 *
 * @param spread whether rows of the same second are spread evenly over it: a log of whole seconds
 *   would else let all requests of a second come at one moment, and a limiter refuse most of them
 */
export function cutOut(
  log: Pick<Log, 'atMs' | 'leadMs' | 'key' | 'keys'>,
  { first, end }: Stretch,
  options: { readonly times: TrafficDeclaration['times']; readonly spread: boolean },
): Cut {
  const rows = end - first;
  if (options.times !== 'kept') {
    const { everyMs } = options.times;
    const { keys, key } = byFrequency(log.keys, log.key.subarray(first, end));
    const atMs = Float64Array.from({ length: rows }, (_, row) => row * everyMs);
    return { traffic: { atMs, key, keys, spanMs: Math.max(1, rows * everyMs) }, startMs: 0 };
  }
  const logged = log.atMs.subarray(first, end);
  const at = options.spread ? spreadOverSeconds(logged) : logged.slice();
  // What was logged in order need not have come in order.
  const lead = log.leadMs?.subarray(first, end);
  if (lead) for (let row = 0; row < rows; row++) at[row] = (at[row] ?? 0) - (lead[row] ?? 0);
  const order = orderOf(at);
  const column = log.key.subarray(first, end);
  const { keys, key } = byFrequency(
    log.keys,
    Uint32Array.from(order, (row) => column[row] ?? 0),
  );
  const startMs = at[order[0] ?? 0] ?? 0;
  const lastMs = at[order[rows - 1] ?? 0] ?? startMs;
  return {
    traffic: {
      atMs: Float64Array.from(order, (row) => (at[row] ?? 0) - startMs),
      key,
      keys,
      // With the second in which the last one came: a log of whole seconds says no more of it.
      spanMs: (Math.floor((lastMs - startMs) / 1000) + 1) * 1000,
    },
    startMs,
  };
}

/** The k-th of n rows of the same second comes k/n of a second after its beginning. */
export function spreadOverSeconds(atMs: Float64Array): Float64Array {
  const spread = new Float64Array(atMs.length);
  for (let first = 0; first < atMs.length; ) {
    const second = atMs[first] ?? 0;
    let end = first + 1;
    while (end < atMs.length && atMs[end] === second) end++;
    for (let row = first; row < end; row++)
      spread[row] = second + ((row - first) * 1000) / (end - first);
    first = end;
  }
  return spread;
}

/** The keys that occur, the most frequent first, and the rows in their numbers. */
function byFrequency(
  keys: readonly string[],
  column: Uint32Array,
): { readonly keys: readonly string[]; readonly key: Uint32Array } {
  const counts = new Uint32Array(keys.length);
  for (const id of column) counts[id] = (counts[id] ?? 0) + 1;
  const order = [...keys.keys()]
    .filter((id) => (counts[id] ?? 0) > 0)
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const place = new Uint32Array(keys.length);
  for (const [index, id] of order.entries()) place[id] = index;
  return {
    keys: order.map((id) => keys[id] ?? ''),
    key: Uint32Array.from(column, (id) => place[id] ?? 0),
  };
}
