/**
 * Requests that come from outside, out of a file of the reader's, in place of those that a simulation
 * draws: what a simulation declares to take, and what it is handed.
 */
import { createStreams } from '../kernel/random';
import type { Parameters, ParameterValue, Values } from './parameters';
import { ROWS_MAX, type Workload } from './workload';

/** What can be read off a line of a log to tell the senders or things asked for apart. */
export type KeyField = 'client' | 'user' | 'path' | 'host' | 'method' | 'status' | 'agent' | 'key';

/** What a simulation takes from a file, and how it runs on it. */
export interface TrafficDeclaration<P extends Parameters = Parameters> {
  /** What a line of the file is to the simulation, plural: "requests", "look-ups". */
  readonly rows: string;
  /** What the reader learns from it; ends with a question mark. */
  readonly question: string;
  /**
   * `kept`: rows come when the file says. A number: only their order counts, and they come so many
   * simulated ms apart; files without times, such as traces of keys, are then enough.
   */
  readonly times: 'kept' | { readonly everyMs: number };
  /** What a key of a row is to the simulation, and where it is looked for, the likeliest first. */
  readonly key: { readonly label: string; readonly fields: readonly KeyField[] };
  /** The most rows of a run; a longer file is cut to its busiest stretch of so many. */
  readonly rowsMax: number;
  /** How much of the run is shown, simulated ms; all of it is measured. */
  readonly shownMs: (parameters: Values<P>) => number;
  /** Parameters whose ranges are wider for traffic from outside than for that of the simulation. */
  readonly ranges?: Partial<P>;
  /** Values that a figure turns to when the traffic comes. */
  readonly settings?: Partial<Values<P>>;
  /** Parameters with a control beside the answer, in this order. */
  readonly controls: readonly (keyof P & string)[];
  /** Parameters that only shape the traffic which is replaced, and so have no effect; tested. */
  readonly replaces: readonly (keyof P & string)[];
  /** A result by the values of a parameter, for each variant: "what hit ratio by size". */
  readonly across?: { readonly parameter: keyof P & string; readonly result: string };
}

/** Rows out of a file, in columns; part of the inputs of a run. */
export interface OutsideTraffic {
  /** Arrival, simulated ms from the beginning of the stretch, rising (ties allowed). */
  readonly atMs: Float64Array;
  /** Index into `keys`. */
  readonly key: Uint32Array;
  readonly keys: readonly string[];
  /** Length of the stretch, simulated ms: what is measured; at or after the last arrival. */
  readonly spanMs: number;
}

/** Why these rows are not what `OutsideTraffic` says, as "expected …, got …"; null if they are. */
export function trafficMisfit(
  { atMs, key, keys, spanMs }: OutsideTraffic,
  rowsMax: number,
): string | null {
  const most = Math.min(rowsMax, ROWS_MAX);
  if (atMs.length === 0 || atMs.length > most)
    return `expected 1 to ${most} rows, got ${atMs.length}`;
  if (key.length !== atMs.length)
    return `expected a key for each of ${atMs.length} rows, got ${key.length}`;
  let beforeMs = 0;
  for (let row = 0; row < atMs.length; row++) {
    const at = atMs[row] ?? Number.NaN;
    if (!(at >= beforeMs)) return `expected rising times from 0 ms, got ${at} after ${beforeMs}`;
    if ((key[row] ?? 0) >= keys.length)
      return `expected keys below ${keys.length}, got ${key[row]} in row ${row}`;
    beforeMs = at;
  }
  if (!(Number.isFinite(spanMs) && spanMs > 0 && spanMs >= beforeMs))
    return `expected a span up to the last row at ${beforeMs} ms, got ${spanMs}`;
  return null;
}

/** The workload of a run on these rows. The draws that go with them depend on the seed alone. */
export function workloadFromOutside({ atMs, key, keys }: OutsideTraffic, seed: number): Workload {
  const draws = createStreams(seed).stream('workload/outside');
  return {
    length: atMs.length,
    atMs,
    key,
    keys,
    size: new Float64Array(atMs.length).fill(1),
    draw: Float64Array.from(atMs, () => draws.next()),
  };
}

/** How long a run on traffic from outside is; none of it is dropped as warm-up. */
export function timingOnOutside(
  declaration: TrafficDeclaration,
  { spanMs }: OutsideTraffic,
  parameters: Readonly<Record<string, ParameterValue>>,
): { readonly shownMs: number; readonly measuredMs: number; readonly warmUpMs: number } {
  const shownMs = Math.min(spanMs, declaration.shownMs(parameters as Values<Parameters>));
  return { shownMs, measuredMs: spanMs, warmUpMs: 0 };
}
