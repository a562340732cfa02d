import { batchInterval, NO_INTERVAL, ROUNDING } from './batch-interval';

/** At this number of complete batches, neighbours are joined in pairs. */
const BATCHES_MAX = 40;
/** Fewer batches give no interval. */
const BATCHES_MIN = 20;

/** What `BatchMeans.estimate` returns. */
export interface BatchMeansEstimate {
  /** The mean of all observations after the warm-up; NaN without any. */
  readonly mean: number;
  /** Half of the 95 % confidence interval; NaN below 20 observations, or where `batchInterval` gives none. */
  readonly halfWidth: number;
  /** Of the mean, with the correlation of the batches in it; NaN as above. */
  readonly standardError: number;
  /** The observations after the warm-up. */
  readonly n: number;
  /** The complete batches behind the interval, from 20 to 39, and how many observations each has. */
  readonly batches: number;
  readonly batchSize: number;
}

/**
 * A confidence interval for the mean of a correlated series, such as the waiting times of successive
 * customers, in constant memory. Observations are averaged in batches, and `batchInterval` takes the
 * correlation that is left between them into account. Whenever 40 batches are complete, pairs are
 * joined to 20 of double size, so the batches grow with the run and nobody has to choose their size.
 * More than about 30 batches would gain next to nothing (Schmeiser, "Batch size effects in the analysis
 * of simulation output", Operations Research 30, 1982).
 *
 * The first `warmUp` observations (an integer of at least 0; 0 unless given) are dropped: a system
 * that starts empty is not yet in its steady state.
 */
export class BatchMeans {
  private readonly warmUp: number;
  private readonly means = new Float64Array(BATCHES_MAX);
  private dropped = 0;
  private n = 0;
  private total = 0;
  private complete = 0;
  private size = 1;
  private partSum = 0;
  private partCount = 0;

  constructor({ warmUp = 0 }: { readonly warmUp?: number } = {}) {
    if (!(Number.isSafeInteger(warmUp) && warmUp >= 0)) {
      throw new RangeError(
        `The warm-up of batch means should be an integer number of observations of at least 0, but ${warmUp} was given. Call reset() to end a warm-up that is given in time.`,
      );
    }
    this.warmUp = warmUp;
  }

  /** Adds one observation, a finite number; anything else is a RangeError. */
  add(value: number): void {
    if (!(Math.abs(value) < Infinity)) {
      throw new RangeError(
        `An observation of batch means should be a finite number, but ${value} was given. Count an event without a value elsewhere.`,
      );
    }
    if (this.dropped < this.warmUp) {
      this.dropped += 1;
      return;
    }
    this.n += 1;
    this.total += value;
    this.partSum += value;
    this.partCount += 1;
    if (this.partCount < this.size) return;
    this.means[this.complete] = this.partSum / this.size;
    this.complete += 1;
    this.partSum = 0;
    this.partCount = 0;
    if (this.complete === BATCHES_MAX) this.joinPairs();
  }

  /** Forgets all observations and counts the warm-up as done, where it ends by time. */
  reset(): void {
    this.dropped = this.warmUp;
    this.n = 0;
    this.total = 0;
    this.complete = 0;
    this.size = 1;
    this.partSum = 0;
    this.partCount = 0;
  }

  /** The observations after the warm-up. */
  get count(): number {
    return this.n;
  }

  /** The mean of all observations after the warm-up; NaN without any. */
  get mean(): number {
    return this.n === 0 ? Number.NaN : this.total / this.n;
  }

  /** Half of the 95 % confidence interval of the mean; NaN below 20 observations. */
  get halfWidth(): number {
    return this.estimate().halfWidth;
  }

  /** The mean with its interval and what is needed to judge it. */
  estimate(): BatchMeansEstimate {
    const batches = this.complete;
    const summary = { mean: this.mean, n: this.n, batches, batchSize: this.size };
    if (batches < BATCHES_MIN) return { ...summary, ...NO_INTERVAL };
    const interval = batchInterval(this.means.subarray(0, batches));
    // Batches that are all alike say nothing if what came after the last of them is not.
    const inPart = this.partSum - this.partCount * (this.means[0] as number);
    const isUnequal =
      interval.standardError === 0 && Math.abs(inPart) > ROUNDING * Math.abs(this.total);
    return { ...summary, ...(isUnequal ? NO_INTERVAL : interval) };
  }

  private joinPairs(): void {
    for (let i = 0; i < BATCHES_MAX / 2; i++) {
      this.means[i] = ((this.means[2 * i] as number) + (this.means[2 * i + 1] as number)) / 2;
    }
    this.complete = BATCHES_MAX / 2;
    this.size *= 2;
  }
}
