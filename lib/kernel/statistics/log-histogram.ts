import { log, pow } from '../math';

/** The empirical distribution function of a histogram, ready to be drawn as a step curve. */
export interface CdfPoints {
  /** The upper edges of the buckets that hold observations, ascending. */
  readonly value: Float64Array;
  /** The share of observations up to that edge, ascending, the last one 1. */
  readonly p: Float64Array;
}

export interface LogHistogramOptions {
  /** The largest relative error of a quantile: above 0 and at most 0.1; 0.01 unless given. */
  readonly relativeError?: number;
  /** Values below this one count as 0; above 0; 10⁻⁹ unless given (a picosecond, in ms). */
  readonly smallest?: number;
}

const INITIAL_BUCKETS = 256;

/**
 * A histogram with buckets of equal relative width: quantiles of any number of observations, in
 * memory that depends on their range alone (about 115 buckets for each power of ten at 1 %), with a
 * known relative error.
 *
 * Bucket i holds the values from γⁱ⁻¹ (excluded) to γⁱ, with γ = (1 + a) / (1 − a) for the relative
 * error a. The representative 2γⁱ / (γ + 1) is at most a away from every value of its bucket, as in
 * DDSketch (Masson, Rim and Lee, VLDB 2019). Two histograms of the same options can be merged without
 * further error.
 */
export class LogHistogram {
  readonly relativeError: number;
  readonly smallest: number;
  private readonly gamma: number;
  private readonly bucketsPerLog: number;
  private buckets = new Float64Array(INITIAL_BUCKETS);
  /** The bucket number i of buckets[0]; meaningful once the first value above 0 has come. */
  private firstBucket = 0;
  private isPlaced = false;
  private zeros = 0;
  private n = 0;
  private total = 0;
  private least = Infinity;
  private largest = -Infinity;

  constructor({ relativeError = 0.01, smallest = 1e-9 }: LogHistogramOptions = {}) {
    if (!(relativeError > 0 && relativeError <= 0.1)) {
      throw new RangeError(
        `The relative error of a histogram should be above 0 and at most 0.1, but ${relativeError} was given. Use 0.01 for 1 %.`,
      );
    }
    if (!(smallest > 0 && smallest < Infinity)) {
      throw new RangeError(
        `The smallest value that a histogram tells from 0 should be finite and above 0, but ${smallest} was given. Leave it out for 1e-9.`,
      );
    }
    this.relativeError = relativeError;
    this.smallest = smallest;
    this.gamma = (1 + relativeError) / (1 - relativeError);
    this.bucketsPerLog = 1 / log(this.gamma);
  }

  /**
   * Adds an observation `times` times. The value is a finite number of at least 0, `times` an integer
   * of at least 1; anything else is a RangeError.
   */
  add(value: number, times = 1): void {
    if (!(value >= 0 && value < Infinity)) {
      throw new RangeError(
        `An observation of a histogram should be a finite number of at least 0, but ${value} was given. Durations and sizes have no sign; count other outcomes elsewhere.`,
      );
    }
    if (!(Number.isSafeInteger(times) && times >= 1)) {
      throw new RangeError(
        `The number of times of an observation should be an integer of at least 1, but ${times} was given. Leave it out to add the value once.`,
      );
    }
    this.n += times;
    this.total += value * times;
    if (value < this.least) this.least = value;
    if (value > this.largest) this.largest = value;
    if (value < this.smallest) {
      this.zeros += times;
      return;
    }
    const slot = this.slot(Math.ceil(log(value) * this.bucketsPerLog));
    this.buckets[slot] = (this.buckets[slot] as number) + times;
  }

  /** Adds all observations of another histogram, which has the same options. */
  merge(other: LogHistogram): void {
    if (other.relativeError !== this.relativeError || other.smallest !== this.smallest) {
      throw new RangeError(
        `Histograms to be merged should have the same relativeError and smallest value, but ${this.relativeError} and ${this.smallest} met ${other.relativeError} and ${other.smallest}. Create both with the same options.`,
      );
    }
    for (let i = 0; i < other.buckets.length; i++) {
      const times = other.buckets[i] as number;
      if (times === 0) continue;
      const slot = this.slot(other.firstBucket + i);
      this.buckets[slot] = (this.buckets[slot] as number) + times;
    }
    this.zeros += other.zeros;
    this.n += other.n;
    this.total += other.total;
    this.least = Math.min(this.least, other.least);
    this.largest = Math.max(this.largest, other.largest);
  }

  /** Forgets all observations, at the end of a warm-up. */
  reset(): void {
    this.buckets.fill(0);
    this.isPlaced = false;
    this.zeros = 0;
    this.n = 0;
    this.total = 0;
    this.least = Infinity;
    this.largest = -Infinity;
  }

  get count(): number {
    return this.n;
  }

  /** The exact arithmetic mean; NaN without observations. */
  get mean(): number {
    return this.n === 0 ? Number.NaN : this.total / this.n;
  }

  /** The exact smallest observation; ∞ without observations. */
  get min(): number {
    return this.least;
  }

  /** The exact largest observation; −∞ without observations. */
  get max(): number {
    return this.largest;
  }

  /**
   * The quantile at p in [0, 1], by the same definition as `ExactQuantiles` (type 7) and within
   * `relativeError` of it (or within `smallest`, near 0). NaN without observations.
   */
  quantile(p: number): number {
    assertQuantile(p);
    if (this.n === 0) return Number.NaN;
    const position = p * (this.n - 1);
    const lower = Math.floor(position);
    const fraction = position - lower;
    const below = this.orderStatistic(lower);
    if (fraction === 0) return below;
    return below + fraction * (this.orderStatistic(lower + 1) - below);
  }

  /** The estimated share of observations ≤ value, a number from 0 to 1. NaN without observations. */
  shareAtMost(value: number): number {
    if (this.n === 0) return Number.NaN;
    if (!(value >= this.least)) return 0;
    if (value >= this.largest) return 1;
    let count = this.zeros;
    if (value >= this.smallest) {
      const end = Math.ceil(log(value) * this.bucketsPerLog) - this.firstBucket;
      for (let i = 0; i <= end && i < this.buckets.length; i++) count += this.buckets[i] as number;
    }
    return count / this.n;
  }

  /** The points of the distribution function; empty without observations. */
  cdf(): CdfPoints {
    const values: number[] = [];
    const shares: number[] = [];
    let count = this.zeros;
    if (count > 0) {
      values.push(Math.min(this.smallest, this.largest));
      shares.push(count / this.n);
    }
    for (let i = 0; i < this.buckets.length; i++) {
      const times = this.buckets[i] as number;
      if (times === 0) continue;
      count += times;
      values.push(Math.min(pow(this.gamma, this.firstBucket + i), this.largest));
      shares.push(count / this.n);
    }
    return { value: Float64Array.from(values), p: Float64Array.from(shares) };
  }

  /** An estimate of the observation with this number in ascending order, from 0 to n − 1. */
  private orderStatistic(index: number): number {
    if (index <= 0) return this.least;
    if (index >= this.n - 1) return this.largest;
    let count = this.zeros;
    if (index < count) return this.least;
    for (let i = 0; i < this.buckets.length; i++) {
      count += this.buckets[i] as number;
      if (index < count) {
        const middle = (2 * pow(this.gamma, this.firstBucket + i)) / (this.gamma + 1);
        return Math.min(Math.max(middle, this.least), this.largest);
      }
    }
    return this.largest;
  }

  /** The index in `buckets` of a bucket number, after growing the array to hold it. */
  private slot(bucket: number): number {
    if (!this.isPlaced) {
      // The first value goes to the middle: later ones may be smaller or larger.
      this.firstBucket = bucket - (this.buckets.length >> 1);
      this.isPlaced = true;
    }
    const slot = bucket - this.firstBucket;
    if (slot >= 0 && slot < this.buckets.length) return slot;
    return this.grow(bucket);
  }

  private grow(bucket: number): number {
    const first = Math.min(bucket, this.firstBucket);
    const end = Math.max(bucket + 1, this.firstBucket + this.buckets.length);
    let length = this.buckets.length;
    while (length < end - first) length *= 2;
    // The spare room goes to the side that has just proved too short.
    const newFirst = bucket < this.firstBucket ? end - length : first;
    const grown = new Float64Array(length);
    grown.set(this.buckets, this.firstBucket - newFirst);
    this.buckets = grown;
    this.firstBucket = newFirst;
    return bucket - newFirst;
  }
}

/** A quantile's p is a number from 0 to 1; anything else is a RangeError. */
export function assertQuantile(p: number): void {
  if (!(p >= 0 && p <= 1)) {
    throw new RangeError(
      `A quantile should be asked for with a number from 0 to 1, but ${p} was given. The 99th percentile is 0.99.`,
    );
  }
}
