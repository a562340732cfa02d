/** Traces of keys on which policies are held to published counts, and how misses are counted. */

import { cumulative, indexAt, zipfWeights } from '../../../simulation/popularity';
import { nextUses } from './future';
import type { CacheFactory } from './models/cache';

export interface Trace {
  /** The key of each request, a whole number below `keys`. */
  readonly requests: readonly number[];
  readonly keys: number;
}

/** A trace of any whole numbers; the first key that comes becomes 0, the next 1, and so on. */
export function traceOf(requests: readonly number[]): Trace {
  const ids = new Map<number, number>();
  const renamed = requests.map((key) => {
    const id = ids.get(key) ?? ids.size;
    ids.set(key, id);
    return id;
  });
  return { requests: renamed, keys: ids.size };
}

/** Runs a policy over a trace and counts what it misses. */
export function missesOf(model: CacheFactory, trace: Trace, capacity: number): number {
  const { requests, keys } = trace;
  const next = nextUses(requests, keys);
  let present = 0;
  const cache = model({ capacity, nextUse: () => next[present] ?? Number.POSITIVE_INFINITY });
  let misses = 0;
  for (const key of requests) {
    if (!cache.access(key).hit) misses++;
    present++;
  }
  return misses;
}

/** A. Silberschatz, P. B. Galvin and G. Gagne, "Operating System Concepts", page replacement. */
export const SILBERSCHATZ = traceOf([7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1]);

interface ZipfTrace {
  readonly keys: number;
  readonly skew: number;
  readonly length: number;
  readonly seed: number;
  /** After every so many requests come as many keys as `rows` that never came before. */
  readonly scan?: { readonly every: number; readonly rows: number };
}

/** Keys by Zipf's law from a generator that any language has in a line, to be compared across them. */
export function zipfTrace({ keys, skew, length, seed, scan }: ZipfTrace): Trace {
  const sums = cumulative(zipfWeights(keys, skew));
  const draw = mulberry32(seed);
  const requests: number[] = [];
  let scanned = keys;
  for (let i = 1; i <= length; i++) {
    requests.push(indexAt(sums, draw()));
    if (!scan || i % scan.every !== 0) continue;
    for (let row = 0; row < scan.rows; row++) requests.push(scanned++);
  }
  return { requests, keys: scanned };
}

/** T. Ettinger's generator mulberry32 (public domain): uniform draws in [0, 1). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296;
  };
}
