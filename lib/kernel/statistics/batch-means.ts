import { studentT975 } from './intervals';

/** At this number of complete batches, neighbours are joined in pairs. */
const BATCHES_MAX = 40;
/** Fewer batches give no interval. */
const BATCHES_MIN = 20;

/** What `BatchMeans.estimate` returns. */
export interface BatchMeansEstimate {
  /** The mean of all observations after the warm-up; NaN without any. */
  readonly mean: number;
  /** Half of the 95 % confidence interval; NaN below 20 observations. */
  readonly halfWidth: number;
  /** The observations after the warm-up. */
  readonly n: number;
  /** The complete batches behind the interval, from 20 to 39, and how many observations each has. */
  readonly batches: number;
  readonly batchSize: number;
  /**
   * The correlation between neighbouring batch means, from −1 to 1 (NaN without an interval). With so
   * few batches chance alone reaches about 0.4; above it the run is too short for its interval.
   */
  readonly batchCorrelation: number;
}

/**
 * A confidence interval for the mean of a correlated series, such as the waiting times of successive
 * customers, in constant memory. Observations are averaged in batches; once a batch is longer than
 * the memory of the process, the batch means are nearly independent and Student's t applies to them.
 * Whenever 40 batches are complete, pairs are joined to 20 of double size, so the batches grow with
 * the run and nobody has to choose their size. More than about 30 batches would gain next to nothing
 * (Schmeiser, "Batch size effects in the analysis of simulation output", Operations Research 30, 1982).
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
    if (batches < BATCHES_MIN) {
      return { ...summary, halfWidth: Number.NaN, batchCorrelation: Number.NaN };
    }
    let sum = 0;
    for (let i = 0; i < batches; i++) sum += this.means[i] as number;
    const centre = sum / batches;
    let squares = 0;
    let products = 0;
    let previous = 0;
    for (let i = 0; i < batches; i++) {
      const deviation = (this.means[i] as number) - centre;
      squares += deviation * deviation;
      products += deviation * previous;
      previous = deviation;
    }
    const standardError = Math.sqrt(squares / (batches - 1) / batches);
    return {
      ...summary,
      halfWidth: studentT975(batches - 1) * standardError,
      // Equal batches have nothing to be correlated.
      batchCorrelation: squares === 0 ? 0 : products / squares,
    };
  }

  private joinPairs(): void {
    for (let i = 0; i < BATCHES_MAX / 2; i++) {
      this.means[i] = ((this.means[2 * i] as number) + (this.means[2 * i + 1] as number)) / 2;
    }
    this.complete = BATCHES_MAX / 2;
    this.size *= 2;
  }
}
