/**
 * Count, mean and variance of a series in constant memory, by Welford's recurrence ("Note on a method
 * for calculating corrected sums of squares and products", Technometrics 4, 1962), which does not
 * cancel when the spread is small beside the mean.
 *
 * The standard error assumes independent observations. Waiting times of successive customers are not
 * independent; use `BatchMeans` for them.
 */
export class Mean {
  private n = 0;
  private runningMean = 0;
  /** The sum of squared deviations from the mean. */
  private squares = 0;
  private smallest = Infinity;
  private largest = -Infinity;

  /** Adds one observation, a finite number; anything else is a RangeError. */
  add(value: number): void {
    if (!(Math.abs(value) < Infinity)) {
      throw new RangeError(
        `An observation of a mean should be a finite number, but ${value} was given. Count an event without a value elsewhere.`,
      );
    }
    this.n += 1;
    const deviation = value - this.runningMean;
    this.runningMean += deviation / this.n;
    this.squares += deviation * (value - this.runningMean);
    if (value < this.smallest) this.smallest = value;
    if (value > this.largest) this.largest = value;
  }

  /** Adds all observations of another series, as if each had been added here. */
  merge(other: Mean): void {
    if (other.n === 0) return;
    const n = this.n + other.n;
    const difference = other.runningMean - this.runningMean;
    this.squares += other.squares + (difference * difference * this.n * other.n) / n;
    this.runningMean += (difference * other.n) / n;
    this.n = n;
    this.smallest = Math.min(this.smallest, other.smallest);
    this.largest = Math.max(this.largest, other.largest);
  }

  /** Forgets all observations, at the end of a warm-up. */
  reset(): void {
    this.n = 0;
    this.runningMean = 0;
    this.squares = 0;
    this.smallest = Infinity;
    this.largest = -Infinity;
  }

  get count(): number {
    return this.n;
  }

  /** The arithmetic mean; NaN without observations. */
  get mean(): number {
    return this.n === 0 ? Number.NaN : this.runningMean;
  }

  /** The sample variance, with n − 1; NaN below two observations. */
  get variance(): number {
    return this.n < 2 ? Number.NaN : this.squares / (this.n - 1);
  }

  /** The square root of the sample variance; NaN below two observations. */
  get standardDeviation(): number {
    return Math.sqrt(this.variance);
  }

  /** The standard error of the mean of independent observations; NaN below two of them. */
  get standardError(): number {
    return Math.sqrt(this.variance / this.n);
  }

  /** The smallest observation; ∞ without observations. */
  get min(): number {
    return this.smallest;
  }

  /** The largest observation; −∞ without observations. */
  get max(): number {
    return this.largest;
  }
}
