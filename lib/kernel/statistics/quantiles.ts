import { assertQuantile } from './log-histogram';

const INITIAL_CAPACITY = 64;

/**
 * Exact quantiles: keeps every observation (8 bytes each) and sorts them when asked. For up to some
 * ten thousand observations; beyond that `LogHistogram` or `Samples` need less memory.
 */
export class ExactQuantiles {
  private values = new Float64Array(INITIAL_CAPACITY);
  private n = 0;
  private isSorted = true;

  /** Adds one observation, a finite number; anything else is a RangeError. */
  add(value: number): void {
    if (!(Math.abs(value) < Infinity)) {
      throw new RangeError(
        `An observation of a quantile should be a finite number, but ${value} was given. Count an event without a value elsewhere.`,
      );
    }
    if (this.n === this.values.length) {
      const grown = new Float64Array(this.n * 2);
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.n] = value;
    this.n += 1;
    this.isSorted = false;
  }

  /** Adds all observations of another series. */
  merge(other: ExactQuantiles): void {
    for (let i = 0, n = other.n; i < n; i++) this.add(other.values[i] as number);
  }

  /** Forgets all observations, at the end of a warm-up. */
  reset(): void {
    this.n = 0;
    this.isSorted = true;
  }

  get count(): number {
    return this.n;
  }

  /** The observations in ascending order, a copy. */
  sorted(): Float64Array {
    this.sort();
    return this.values.slice(0, this.n);
  }

  /**
   * The quantile at p in [0, 1] by linear interpolation between order statistics: with the sorted
   * observations x₀ … xₙ₋₁ and h = p·(n − 1), it is x at ⌊h⌋ plus the fraction of h times the way to
   * the next one. This is type 7 of Hyndman and Fan ("Sample quantiles in statistical packages", The
   * American Statistician 50, 1996), the default of R and NumPy. NaN without observations.
   */
  quantile(p: number): number {
    assertQuantile(p);
    if (this.n === 0) return Number.NaN;
    this.sort();
    const position = p * (this.n - 1);
    const lower = Math.floor(position);
    const fraction = position - lower;
    const below = this.values[lower] as number;
    if (fraction === 0) return below;
    return below + fraction * ((this.values[lower + 1] as number) - below);
  }

  /** The share of observations ≤ value, from 0 to 1. NaN without observations. */
  shareAtMost(value: number): number {
    if (this.n === 0) return Number.NaN;
    this.sort();
    let low = 0;
    let high = this.n;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.values[middle] as number) <= value) low = middle + 1;
      else high = middle;
    }
    return low / this.n;
  }

  private sort(): void {
    if (this.isSorted) return;
    this.values.subarray(0, this.n).sort();
    this.isSorted = true;
  }
}
