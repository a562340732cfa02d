/** Closed forms for caches under independent requests of fixed popularity. */
import { exp } from '../../../kernel/math';

interface Independent {
  /** What each key is asked for, in proportion. */
  readonly weights: Float64Array;
  /** Keys that fit; fewer than there are. */
  readonly capacity: number;
}

/**
 * Share of hits of LRU, in (0, 1): H. Che, Y. Tung and Z. Wang, "Hierarchical Web Caching Systems:
 * Modeling, Design and Experimental Results", IEEE Journal on Selected Areas in Communications 20
 * (7), 2002. A key is there if it was asked for within the characteristic time, the time in which as
 * many different keys are asked for as fit.
 */
export function lruHits({ weights, capacity }: Independent): number {
  const rates = normalised(weights);
  const time = rootOf((t) => sumOf(rates, (rate) => 1 - exp(-rate * t)) - capacity);
  return sumOf(rates, (rate) => rate * (1 - exp(-rate * time)));
}

/**
 * Share of hits of FIFO, in (0, 1), by the same argument, in which a key stays for a time that no use
 * lengthens: C. Fricker, P. Robert and J. Roberts, "A versatile and accurate approximation for LRU
 * cache performance", ITC 24, 2012, section V. Random replacement has the same.
 */
export function fifoHits({ weights, capacity }: Independent): number {
  const rates = normalised(weights);
  const present = (rate: number, time: number) => (rate * time) / (1 + rate * time);
  const time = rootOf((t) => sumOf(rates, (rate) => present(rate, t)) - capacity);
  return sumOf(rates, (rate) => rate * present(rate, time));
}

/** Share of hits, in (0, 1), of a cache that always holds the most popular keys: none has more. */
export function bestStaticHits({ weights, capacity }: Independent): number {
  return sumOf(normalised(weights).sort().subarray(-capacity), (rate) => rate);
}

function normalised(weights: Float64Array): Float64Array {
  const total = sumOf(weights, (weight) => weight);
  return weights.map((weight) => weight / total);
}

function sumOf(values: Float64Array, term: (value: number) => number): number {
  let sum = 0;
  for (const value of values) sum += term(value);
  return sum;
}

/** The root of a rising function that is negative at 0, by bisection to the last bits. */
function rootOf(f: (x: number) => number): number {
  let high = 1;
  while (f(high) < 0) high *= 2;
  let low = 0;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
