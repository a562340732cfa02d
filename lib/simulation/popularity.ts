/** Zipf's law by its distribution function, so that one draw stands for one rank at any skew. */
import { exp, log } from '../kernel/math';

/**
 * What each rank is asked for, in proportion, from the first on: rank^−skew, not normalised.
 *
 * @param keys number of ranks, a whole number of at least 1
 * @param skew at least 0, where all are asked for alike
 */
export function zipfWeights(keys: number, skew: number): Float64Array {
  return Float64Array.from({ length: keys }, (_, index) => exp(-skew * log(index + 1)));
}

/** Running sums of weights; the last is their total. */
export function cumulative(weights: Float64Array): Float64Array {
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum;
  });
}

/** The index that a uniform draw in [0, 1) falls on, by running sums that end above 0. */
export function indexAt(sums: Float64Array, draw: number): number {
  const target = draw * (sums[sums.length - 1] ?? 0);
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sums[middle] ?? 0) < target) low = middle + 1;
    else high = middle;
  }
  return low;
}
