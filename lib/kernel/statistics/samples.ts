import { grouped } from '../grouped';
import { type CdfPoints, LogHistogram, type LogHistogramOptions } from './log-histogram';
import { ExactQuantiles } from './quantiles';

/** A quantile with what a reader needs to judge it, or the reason why there is none. */
export type QuantileAnswer =
  | {
      readonly known: true;
      readonly value: number;
      /** The number of observations behind it. */
      readonly n: number;
      /** The largest relative error of the computation: 0 while all observations are kept. */
      readonly relativeError: number;
    }
  | {
      readonly known: false;
      /** A sentence for the reader. */
      readonly reason: string;
      readonly n: number;
      /** The number of observations from which the answer is given. */
      readonly needed: number;
    };

/**
 * How many observations a quantile needs before it may be shown (rule G6 of the guide standard): 100
 * from p95 on, 1,000 from p99 on, then 10 beyond the quantile (10,000 for p99.9). The same holds for
 * the lower tail; everything between, and the smallest and largest observation, need one.
 */
export function samplesNeeded(p: number): number {
  const tail = Math.min(p, 1 - p);
  // 1 − p is off by up to 10⁻¹⁶, which must not move 0.95 and 0.99 across their limits.
  const slack = 1e-9;
  if (tail === 0 || tail > 0.05 * (1 + slack)) return 1;
  if (tail > 0.01 * (1 + slack)) return 100;
  return Math.ceil((10 / tail) * (1 - slack));
}

interface SamplesOptions extends LogHistogramOptions {
  /** How many observations are kept exactly: an integer of at least 1; 10,000 unless given. */
  readonly exactMax?: number;
}

/**
 * Observations of a duration or size: exact up to a bound, then a histogram of known error, and never
 * a percentile that so few observations cannot carry.
 */
export class Samples {
  private readonly exactMax: number;
  private readonly sketch: LogHistogram;
  private exact: ExactQuantiles | null = new ExactQuantiles();

  constructor({ exactMax = 10_000, ...sketchOptions }: SamplesOptions = {}) {
    if (!(Number.isSafeInteger(exactMax) && exactMax >= 1)) {
      throw new RangeError(
        `The number of observations kept exactly should be an integer of at least 1, but ${exactMax} was given. Leave it out for 10,000.`,
      );
    }
    this.exactMax = exactMax;
    this.sketch = new LogHistogram(sketchOptions);
  }

  /** Adds one observation, a finite number of at least 0; anything else is a RangeError. */
  add(value: number): void {
    // The sketch takes every value from the start: passing the bound costs nothing then, and it
    // refuses what it could not hold later.
    this.sketch.add(value);
    if (this.exact === null) return;
    if (this.exact.count < this.exactMax) this.exact.add(value);
    else this.exact = null;
  }

  /** Adds all observations of another series of the same options. */
  merge(other: Samples): void {
    this.sketch.merge(other.sketch);
    if (this.exact === null) return;
    if (other.exact !== null && this.exact.count + other.exact.count <= this.exactMax) {
      this.exact.merge(other.exact);
    } else {
      this.exact = null;
    }
  }

  /** Forgets all observations, at the end of a warm-up. */
  reset(): void {
    this.sketch.reset();
    this.exact = new ExactQuantiles();
  }

  get count(): number {
    return this.sketch.count;
  }

  /** The exact arithmetic mean; NaN without observations. */
  get mean(): number {
    return this.sketch.mean;
  }

  /** The exact smallest observation; ∞ without observations. */
  get min(): number {
    return this.sketch.min;
  }

  /** The exact largest observation; −∞ without observations. */
  get max(): number {
    return this.sketch.max;
  }

  /** The quantile at p in [0, 1] (type 7), or why these observations are too few for it. */
  quantile(p: number): QuantileAnswer {
    const source = this.exact ?? this.sketch;
    const value = source.quantile(p);
    const n = this.count;
    const needed = samplesNeeded(p);
    if (n < needed) {
      const percentile = `p${Math.round(p * 1e7) / 1e5}`;
      return {
        known: false,
        reason: `${percentile} needs at least ${grouped(needed)} observation${needed === 1 ? '' : 's'}; n = ${grouped(n)}.`,
        n,
        needed,
      };
    }
    return { known: true, value, n, relativeError: this.exact ? 0 : this.sketch.relativeError };
  }

  /**
   * The value at p in [0, 1], however few observations there are: for the bounds of an interval, which
   * say themselves how little is known. NaN without observations.
   */
  valueAt(p: number): number {
    return this.count === 0 ? Number.NaN : (this.exact ?? this.sketch).quantile(p);
  }

  /** The points of the distribution function, with the resolution of the histogram. */
  cdf(): CdfPoints {
    return this.sketch.cdf();
  }
}
