/**
 * Distributions: how a random stream becomes service times, payload sizes, keys and counts.
 *
 * Three forms, one for each way in which a model needs chance:
 * - `exponential(stream, mean)` draws once from a stream.
 * - `zipfSampler(n, s)` prepares what is costly and returns `(stream) => draw`.
 * - `exponentialQuantile(u, mean)` turns a uniform draw that travels with a row of the workload into
 *   a value, so that every variant in a race gives the same request the same service time.
 *
 * A draw has the unit of its parameters: a mean in milliseconds gives milliseconds. All functions
 * throw a RangeError for parameters outside their stated ranges, and all use the kernel's own
 * transcendental functions, so the draws are the same bits in every engine.
 */

import { exp, expm1, log, log1p, pow } from './math';
import type { RandomStream } from './random';

/** A prepared distribution: draws one value from the stream. */
export type Sampler = (stream: RandomStream) => number;

/** States what should hold, what came and what to do. */
function invalid(subject: string, should: string, came: unknown, remedy: string): RangeError {
  return new RangeError(`${subject} should be ${should}, but ${String(came)} was given. ${remedy}`);
}

function isPositive(value: number): boolean {
  return value > 0 && value < Infinity;
}

function isNonNegative(value: number): boolean {
  return value >= 0 && value < Infinity;
}

function assertMean(subject: string, mean: number): void {
  if (!isNonNegative(mean)) {
    throw invalid(
      subject,
      'a finite number of at least 0',
      mean,
      'Give it in the unit of the draw.',
    );
  }
}

function assertShape(subject: string, shape: number): void {
  if (!isPositive(shape)) {
    throw invalid(subject, 'a finite number above 0', shape, 'Smaller shapes give heavier tails.');
  }
}

function assertMinimum(subject: string, minimum: number): void {
  if (!isPositive(minimum)) {
    throw invalid(subject, 'a finite number above 0', minimum, 'It is the smallest possible draw.');
  }
}

function assertProbability(subject: string, probability: number): void {
  if (!(probability >= 0 && probability <= 1)) {
    throw invalid(subject, 'a number from 0 to 1', probability, 'Divide a percentage by 100.');
  }
}

function assertUniformDraw(u: number): void {
  if (!(u >= 0 && u < 1)) {
    throw invalid(
      'The uniform draw u of a quantile function',
      'a number of at least 0 and below 1',
      u,
      'Take it from RandomStream.next() or keyedUniform().',
    );
  }
}

// --- Uniform, Bernoulli, exponential -------------------------------------------------------------

/** Uniform on [low, high), two finite numbers with low ≤ high. Mean (low + high) / 2. */
export function uniform(stream: RandomStream, low: number, high: number): number {
  if (!(low <= high && high - low < Infinity)) {
    throw invalid(
      'The range of a uniform distribution',
      'two finite numbers with low ≤ high',
      `low ${low}, high ${high}`,
      'Swap or correct the two ends.',
    );
  }
  const draw = low + (high - low) * stream.next();
  // Rounding can reach the upper end, which the interval excludes.
  return draw < high ? draw : low;
}

/** True with the given probability, from 0 (never) to 1 (always). */
export function bernoulli(stream: RandomStream, probability: number): boolean {
  assertProbability('The probability of a Bernoulli draw', probability);
  return stream.next() < probability;
}

/**
 * Exponential with the given mean (≥ 0), the gaps of a Poisson process. Standard deviation = mean.
 * Inversion: one uniform draw a call.
 */
export function exponential(stream: RandomStream, mean: number): number {
  if (!isNonNegative(mean)) assertMean('The mean of an exponential distribution', mean);
  return mean * stream.nextExponential();
}

/** The exponential value at u in [0, 1): −mean·log(1 − u), what `exponential` draws from that u. */
export function exponentialQuantile(u: number, mean: number): number {
  assertUniformDraw(u);
  assertMean('The mean of an exponential distribution', mean);
  return 0 - mean * log(1 - u);
}

// --- Normal and lognormal ------------------------------------------------------------------------

/** A quotient of two polynomials, coefficients from the constant term up. */
interface RationalFunction {
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
}

// The three rational functions of AS 241 (PPND16), each coefficient as its nearest double.
const AS241_CENTRE: RationalFunction = {
  numerator: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946,
    45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  denominator: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597,
    39307.89580009271, 28729.085735721943, 5226.495278852854,
  ],
};
const AS241_TAIL: RationalFunction = {
  numerator: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045,
    1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  denominator: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008,
    0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9,
  ],
};
const AS241_FAR_TAIL: RationalFunction = {
  numerator: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
    0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  denominator: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
};

function evaluate({ numerator, denominator }: RationalFunction, x: number): number {
  let above = 0;
  let below = 0;
  for (let i = numerator.length - 1; i >= 0; i--) {
    above = above * x + (numerator[i] as number);
    below = below * x + (denominator[i] as number);
  }
  return above / below;
}

/**
 * The quantile function of the standard normal distribution at p in [0, 1]; −∞ and ∞ at the ends.
 * Rational approximations of Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988),
 * pp. 477–484: relative error about 10⁻¹⁶.
 */
export function normalQuantile(p: number): number {
  assertProbability('The probability p of the normal quantile', p);
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * evaluate(AS241_CENTRE, 0.180625 - q * q);
  const tail = q < 0 ? p : 1 - p;
  if (tail === 0) return q < 0 ? -Infinity : Infinity;
  const root = Math.sqrt(-log(tail));
  const magnitude =
    root <= 5 ? evaluate(AS241_TAIL, root - 1.6) : evaluate(AS241_FAR_TAIL, root - 5);
  return q < 0 ? -magnitude : magnitude;
}

interface NormalParameters {
  /** Any finite number. */
  readonly mean: number;
  /** At least 0. */
  readonly standardDeviation: number;
}

/** Normal with the given mean and standard deviation. Inversion: one uniform draw a call. */
export function normal(
  stream: RandomStream,
  { mean, standardDeviation }: NormalParameters,
): number {
  if (!(Math.abs(mean) < Infinity)) {
    throw invalid(
      'The mean of a normal distribution',
      'a finite number',
      mean,
      'Give it in the unit of the draw.',
    );
  }
  assertMean('The standard deviation of a normal distribution', standardDeviation);
  return mean + standardDeviation * normalQuantile(stream.nextOpen());
}

/** A lognormal distribution, by what one measures (mean and cv) or by its logarithm (mu and sigma). */
type LognormalParameters =
  | {
      /** The mean of the values themselves, above 0. */
      readonly mean: number;
      /** Standard deviation / mean of the values, at least 0. */
      readonly cv: number;
    }
  | {
      /** The mean of log(value): any finite number. e to the power mu is the median. */
      readonly mu: number;
      /** The standard deviation of log(value), at least 0. */
      readonly sigma: number;
    };

function muAndSigma(parameters: LognormalParameters): { mu: number; sigma: number } {
  if ('cv' in parameters) {
    const { mean, cv } = parameters;
    assertMinimum('The mean of a lognormal distribution', mean);
    assertMean('The coefficient of variation of a lognormal distribution', cv);
    // mean = exp(mu + sigma²/2) and cv² = exp(sigma²) − 1, solved for mu and sigma.
    const variance = log1p(cv * cv);
    return { mu: log(mean) - variance / 2, sigma: Math.sqrt(variance) };
  }
  const { mu, sigma } = parameters;
  if (!(Math.abs(mu) < Infinity)) {
    throw invalid(
      'The mu of a lognormal distribution',
      'a finite number',
      mu,
      'It is the logarithm of the median.',
    );
  }
  assertMean('The sigma of a lognormal distribution', sigma);
  return { mu, sigma };
}

/** Lognormal; prepares the parameters once. One uniform draw a call. */
export function lognormalSampler(parameters: LognormalParameters): Sampler {
  const { mu, sigma } = muAndSigma(parameters);
  return (stream) => exp(mu + sigma * normalQuantile(stream.nextOpen()));
}

/** Lognormal: one draw. Where there are many, `lognormalSampler` is quicker. */
export function lognormal(stream: RandomStream, parameters: LognormalParameters): number {
  const { mu, sigma } = muAndSigma(parameters);
  return exp(mu + sigma * normalQuantile(stream.nextOpen()));
}

/** The lognormal value at u in [0, 1). At u = 0 it is 0, the lower end (or the median if sigma is 0). */
export function lognormalQuantile(u: number, parameters: LognormalParameters): number {
  assertUniformDraw(u);
  const { mu, sigma } = muAndSigma(parameters);
  // 0 times −∞ is NaN, but a distribution without spread has one value at every u.
  return sigma === 0 ? exp(mu) : exp(mu + sigma * normalQuantile(u));
}

// --- Pareto and Weibull --------------------------------------------------------------------------

interface ParetoParameters {
  /** The smallest value, above 0. */
  readonly minimum: number;
  /** The tail index, above 0: P(X > x) = (minimum / x)^shape. The mean is infinite up to 1. */
  readonly shape: number;
}

/** Pareto (type I). Mean shape·minimum / (shape − 1) for shape > 1. One uniform draw a call. */
export function pareto(stream: RandomStream, parameters: ParetoParameters): number {
  return paretoQuantile(stream.next(), parameters);
}

/** The Pareto value at u in [0, 1): minimum·(1 − u)^(−1/shape). */
export function paretoQuantile(u: number, { minimum, shape }: ParetoParameters): number {
  assertUniformDraw(u);
  assertMinimum('The minimum of a Pareto distribution', minimum);
  assertShape('The shape of a Pareto distribution', shape);
  return minimum * pow(1 - u, -1 / shape);
}

interface BoundedParetoParameters extends ParetoParameters {
  /** The largest value: finite and above the minimum. */
  readonly maximum: number;
}

/** Pareto cut off at a maximum, as payload sizes are. One uniform draw a call. */
export function boundedPareto(stream: RandomStream, parameters: BoundedParetoParameters): number {
  return boundedParetoQuantile(stream.next(), parameters);
}

/** The bounded Pareto value at u in [0, 1), from minimum to maximum. */
export function boundedParetoQuantile(
  u: number,
  { minimum, maximum, shape }: BoundedParetoParameters,
): number {
  assertUniformDraw(u);
  assertMinimum('The minimum of a bounded Pareto distribution', minimum);
  assertShape('The shape of a bounded Pareto distribution', shape);
  if (!(maximum > minimum && maximum < Infinity)) {
    throw invalid(
      'The maximum of a bounded Pareto distribution',
      `a finite number above the minimum ${minimum}`,
      maximum,
      'Raise the maximum, or use pareto() for a tail without an end.',
    );
  }
  // The cut leaves the probabilities 1 … (minimum/maximum)^shape of the unbounded tail.
  const cut = -expm1(shape * log(minimum / maximum));
  const value = minimum * pow(1 - u * cut, -1 / shape);
  return Math.min(Math.max(value, minimum), maximum);
}

interface WeibullParameters {
  /** Above 0: a share of 1 − 1/e of the values lies below it. */
  readonly scale: number;
  /** Above 0. Below 1 the failure rate falls with age, at 1 it is exponential, above 1 it rises. */
  readonly shape: number;
}

/** Weibull, the usual model of times to failure. One uniform draw a call. */
export function weibull(stream: RandomStream, parameters: WeibullParameters): number {
  return weibullQuantile(stream.next(), parameters);
}

/** The Weibull value at u in [0, 1): scale·(−log(1 − u))^(1/shape). */
export function weibullQuantile(u: number, { scale, shape }: WeibullParameters): number {
  assertUniformDraw(u);
  assertMinimum('The scale of a Weibull distribution', scale);
  assertShape('The shape of a Weibull distribution', shape);
  return scale * pow(0 - log(1 - u), 1 / shape);
}

// --- Gamma and Erlang ----------------------------------------------------------------------------

interface GammaParameters {
  /** Above 0. The coefficient of variation is 1 / √shape. */
  readonly shape: number;
  /** At least 0: shape times the scale parameter. */
  readonly mean: number;
}

/**
 * Gamma, by the rejection method of Marsaglia and Tsang, "A simple method for generating gamma
 * variables", ACM TOMS 26 (2000): about 1.05 rounds of two uniform draws.
 */
export function gamma(stream: RandomStream, { shape, mean }: GammaParameters): number {
  assertShape('The shape of a gamma distribution', shape);
  assertMean('The mean of a gamma distribution', mean);
  return (mean / shape) * standardGamma(stream, shape);
}

function standardGamma(stream: RandomStream, shape: number): number {
  if (shape < 1) {
    // If G has shape + 1 and U is uniform, then G·U^(1/shape) has the shape (same paper, section 6).
    return standardGamma(stream, shape + 1) * pow(stream.nextOpen(), 1 / shape);
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = normalQuantile(stream.nextOpen());
    const root = 1 + c * z;
    const u = stream.nextOpen();
    if (root <= 0) continue;
    const v = root * root * root;
    if (log(u) < 0.5 * z * z + d * (1 - v + log(v))) return d * v;
  }
}

interface ErlangParameters {
  /** The number of exponential stages in a row, an integer of at least 1. */
  readonly stages: number;
  /** The mean of their sum, at least 0. */
  readonly mean: number;
}

/** Up to this many stages, one logarithm of a product is quicker than the rejection method. */
const ERLANG_PRODUCT_STAGES = 16;

/** Erlang: the sum of `stages` equal exponential stages. Coefficient of variation 1 / √stages. */
export function erlang(stream: RandomStream, { stages, mean }: ErlangParameters): number {
  if (!(Number.isSafeInteger(stages) && stages >= 1)) {
    throw invalid(
      'The number of stages of an Erlang distribution',
      'an integer of at least 1',
      stages,
      'Use gamma() for a shape that is not an integer.',
    );
  }
  assertMean('The mean of an Erlang distribution', mean);
  if (stages > ERLANG_PRODUCT_STAGES) return (mean / stages) * standardGamma(stream, stages);
  // Each factor is at least 2⁻⁵³, so the product of 16 stays a normal number.
  let product = 1;
  for (let i = 0; i < stages; i++) product *= 1 - stream.next();
  return 0 - (mean / stages) * log(product);
}

// --- Counts: geometric, Poisson, binomial --------------------------------------------------------

/**
 * Geometric: the number of trials up to and including the first success, 1, 2, 3, …, for a
 * probability of success above 0 and up to 1. Mean 1 / probability. One uniform draw a call.
 */
export function geometric(stream: RandomStream, probability: number): number {
  if (!(probability > 0 && probability <= 1)) {
    throw invalid(
      'The probability of success of a geometric distribution',
      'above 0 and at most 1',
      probability,
      'With 0 the first success would never come.',
    );
  }
  if (probability === 1) return 1;
  return 1 + Math.floor(log(1 - stream.next()) / log1p(-probability));
}

/** log(k!) for k = 0 … 15, where the factorial itself is an exact double. */
const LOG_FACTORIALS = smallLogFactorials();

function smallLogFactorials(): Float64Array {
  const logs = new Float64Array(16);
  let factorial = 1;
  for (let k = 1; k < logs.length; k++) {
    factorial *= k;
    logs[k] = log(factorial);
  }
  return logs;
}

const HALF_LOG_2PI = 0.9189385332046727;

/** log(k!) for an integer k ≥ 0: Stirling's series from 16 on, absolute error below 10⁻¹⁴·(1 + log k!). */
function logFactorial(k: number): number {
  if (k < LOG_FACTORIALS.length) return LOG_FACTORIALS[k] as number;
  const inverse = 1 / k;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  return (k + 0.5) * log(k) - k + HALF_LOG_2PI + series;
}

/** From this mean on, Hörmann's transformed rejection is valid and quicker than searching. */
const REJECTION_MEAN_MIN = 10;
/** Beyond this mean the acceptance test would lose digits that matter. */
const COUNT_MEAN_MAX = 1e9;

/**
 * Poisson with a mean from 0 to 10⁹: the number of arrivals in an interval. Below a mean of 10 by
 * inversion (one uniform draw), from there on by Hörmann's algorithm PTRS, "The transformed rejection
 * method for generating Poisson random variables", Insurance: Mathematics and Economics 12 (1993).
 */
export function poissonSampler(mean: number): Sampler {
  if (!(mean >= 0 && mean <= COUNT_MEAN_MAX)) {
    throw invalid(
      'The mean of a Poisson distribution',
      'a number from 0 to 1000000000',
      mean,
      'Count over a shorter interval.',
    );
  }
  return mean < REJECTION_MEAN_MIN ? poissonBySearch(mean) : poissonByRejection(mean);
}

/** Poisson: one draw. Where there are many with one mean, `poissonSampler` is quicker. */
export function poisson(stream: RandomStream, mean: number): number {
  return poissonSampler(mean)(stream);
}

function poissonBySearch(mean: number): Sampler {
  const ofZero = exp(-mean);
  return (stream) => {
    let left = stream.next();
    let probability = ofZero;
    let k = 0;
    // The second condition ends the search where rounding has left a rest beyond the last term.
    while (left >= probability && probability > 0) {
      left -= probability;
      k++;
      probability *= mean / k;
    }
    return k;
  };
}

function poissonByRejection(mean: number): Sampler {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  const logMean = log(mean);
  return (stream) => {
    for (;;) {
      const u = stream.next() - 0.5;
      const v = stream.next();
      const edge = 0.5 - Math.abs(u);
      if (edge === 0) continue;
      const k = Math.floor(((2 * a) / edge + b) * u + mean + 0.43);
      if (edge >= 0.07 && v <= squeeze) return k;
      if (k < 0 || (edge < 0.013 && v > edge)) continue;
      const logHat = log((v * inverseAlpha) / (a / (edge * edge) + b));
      if (logHat <= k * logMean - mean - logFactorial(k)) return k;
    }
  };
}

interface BinomialParameters {
  /** An integer from 0 to 10⁹. */
  readonly trials: number;
  /** From 0 to 1. */
  readonly probability: number;
}

/**
 * Binomial: the number of successes in independent trials. Below 10 expected successes (or failures)
 * by inversion (one uniform draw), from there on by the algorithm BTRS of Hörmann, "The generation of
 * binomial random variates", J. Statistical Computation and Simulation 46 (1993).
 */
export function binomialSampler({ trials, probability }: BinomialParameters): Sampler {
  if (!(Number.isInteger(trials) && trials >= 0 && trials <= COUNT_MEAN_MAX)) {
    throw invalid(
      'The number of trials of a binomial distribution',
      'an integer from 0 to 1000000000',
      trials,
      'Round it, or draw several smaller batches.',
    );
  }
  assertProbability('The probability of a binomial distribution', probability);
  if (probability > 0.5) {
    // Both algorithms assume a probability of at most one half: count the failures instead.
    const failures = binomialSampler({ trials, probability: 1 - probability });
    return (stream) => trials - failures(stream);
  }
  return trials * probability < REJECTION_MEAN_MIN
    ? binomialBySearch(trials, probability)
    : binomialByRejection(trials, probability);
}

/** Binomial: one draw. Where there are many with the same parameters, `binomialSampler` is quicker. */
export function binomial(stream: RandomStream, parameters: BinomialParameters): number {
  return binomialSampler(parameters)(stream);
}

function binomialBySearch(trials: number, probability: number): Sampler {
  const ofZero = exp(trials * log1p(-probability));
  const odds = probability / (1 - probability);
  return (stream) => {
    let left = stream.next();
    let ofK = ofZero;
    let k = 0;
    while (left >= ofK && k < trials) {
      left -= ofK;
      k++;
      ofK *= (odds * (trials - k + 1)) / k;
    }
    return k;
  };
}

function binomialByRejection(trials: number, probability: number): Sampler {
  const deviation = Math.sqrt(trials * probability * (1 - probability));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * probability;
  const centre = trials * probability + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * deviation;
  const logOdds = log(probability / (1 - probability));
  const mode = Math.floor((trials + 1) * probability);
  const atMode = logFactorial(mode) + logFactorial(trials - mode);
  return (stream) => {
    for (;;) {
      const u = stream.next() - 0.5;
      const v = stream.next();
      const edge = 0.5 - Math.abs(u);
      if (edge === 0) continue;
      const k = Math.floor(((2 * a) / edge + b) * u + centre);
      if (edge >= 0.07 && v <= squeeze) return k;
      if (k < 0 || k > trials) continue;
      const logHat = log((v * alpha) / (a / (edge * edge) + b));
      const logRatio = atMode - logFactorial(k) - logFactorial(trials - k) + (k - mode) * logOdds;
      if (logHat <= logRatio) return k;
    }
  };
}

// --- Zipf ----------------------------------------------------------------------------------------

/**
 * Zipf: a rank from 1 (the most popular) to n, P(rank) ∝ rank^(−s), for an integer n from 1 to 2³¹
 * and any s ≥ 0 (0 makes all ranks equally likely; keys of web caches have about 0.6 to 1.1).
 *
 * Rejection-inversion of Hörmann and Derflinger, "Rejection-inversion to generate variates from
 * monotone discrete distributions", ACM TOMACS 6 (1996): no table, constant time for any n, fewer
 * than 1.2 rounds of one uniform draw.
 */
export function zipfSampler(n: number, s: number): Sampler {
  if (!(Number.isInteger(n) && n >= 1 && n <= 2_147_483_648)) {
    throw invalid(
      'The number of ranks n of a Zipf distribution',
      'an integer from 1 to 2147483648',
      n,
      'It is the number of different keys.',
    );
  }
  if (!isNonNegative(s)) {
    throw invalid(
      'The exponent s of a Zipf distribution',
      'a finite number of at least 0',
      s,
      'Use 0 for keys of equal popularity and about 1 for a typical skew.',
    );
  }
  const density = (x: number) => exp(-s * log(x));
  const lowest = zipfIntegral(1.5, s) - 1;
  const highest = zipfIntegral(n + 0.5, s);
  // A draw this close below its rank lies under the bar of that rank, so it needs no further test.
  const sureDistance = 2 - zipfIntegralInverse(zipfIntegral(2.5, s) - density(2), s);
  return (stream) => {
    for (;;) {
      const area = highest + stream.next() * (lowest - highest);
      const x = zipfIntegralInverse(area, s);
      const rank = Math.min(Math.max(Math.floor(x + 0.5), 1), n);
      if (rank - x <= sureDistance || area >= zipfIntegral(rank + 0.5, s) - density(rank)) {
        return rank;
      }
    }
  };
}

/** ∫₁ˣ t^(−s) dt = (x^(1−s) − 1) / (1 − s), and log x at s = 1. */
function zipfIntegral(x: number, s: number): number {
  const logX = log(x);
  const y = (1 - s) * logX;
  // Near s = 1 the quotient is 0 / 0; expm1(y) / y tends to 1 + y/2.
  return Math.abs(y) < 1e-8 ? logX * (1 + y / 2) : expm1(y) / (1 - s);
}

/** The x at which the integral has this value. */
function zipfIntegralInverse(area: number, s: number): number {
  const y = (1 - s) * area;
  // Rounding may leave y just below −1, the value that belongs to x = ∞.
  return exp(Math.abs(y) < 1e-8 ? area * (1 - y / 2) : log1p(Math.max(y, -1)) / (1 - s));
}

// --- Any weights, any observations ---------------------------------------------------------------

/**
 * An index from 0 to weights.length − 1 with probability proportional to its weight, by the alias
 * method of Walker in the form of Vose (IEEE Trans. Software Engineering 17, 1991): set-up in linear
 * time, then one uniform draw a call. Weights are finite and at least 0, one of them above 0.
 */
export function discreteSampler(weights: readonly number[]): Sampler {
  const n = weights.length;
  let total = 0;
  for (const weight of weights) {
    if (!isNonNegative(weight)) {
      throw invalid(
        'Each weight of a discrete distribution',
        'a finite number of at least 0',
        weight,
        'Leave out the entry, or give it the weight 0.',
      );
    }
    total += weight;
  }
  if (!isPositive(total)) {
    throw invalid(
      'The sum of the weights of a discrete distribution',
      'finite and above 0',
      total,
      'Give at least one entry a weight above 0.',
    );
  }
  // Each column of width 1 holds its own index up to `threshold` and its alias above it.
  const thresholds = Float64Array.from(weights, (weight) => (weight / total) * n);
  const aliases = new Uint32Array(n);
  const small: number[] = [];
  const large: number[] = [];
  for (let i = 0; i < n; i++) ((thresholds[i] as number) < 1 ? small : large).push(i);
  while (small.length > 0 && large.length > 0) {
    const short = small.pop() as number;
    const tall = large.pop() as number;
    aliases[short] = tall;
    const rest = (thresholds[tall] as number) - (1 - (thresholds[short] as number));
    thresholds[tall] = rest;
    (rest < 1 ? small : large).push(tall);
  }
  // What is left differs from a full column by rounding alone. A weight of 0 never gets here: it
  // would have to be the last one short of a column while no column has anything to give.
  for (const i of small) thresholds[i] = 1;
  for (const i of large) thresholds[i] = 1;
  return (stream) => {
    const position = stream.next() * n;
    const column = Math.floor(position);
    return position - column < (thresholds[column] as number)
      ? column
      : (aliases[column] as number);
  };
}

/** One of the given observations, each equally likely. One uniform draw a call. */
export function empiricalSampler(observations: readonly number[]): Sampler {
  const sorted = Float64Array.from(observations).sort();
  assertObservations(sorted);
  return (stream) => empiricalQuantile(stream.next(), sorted);
}

/**
 * The inverse of the empirical distribution function at u in [0, 1): an observation, never a value
 * between two of them. `sorted` holds the observations in ascending order, at least one; the caller
 * sorts them once, since checking the order at each draw would cost more than the draw.
 */
export function empiricalQuantile(u: number, sorted: ArrayLike<number>): number {
  assertUniformDraw(u);
  const observation = sorted[Math.floor(u * sorted.length)];
  if (observation === undefined) throw noObservations();
  return observation;
}

function assertObservations(sorted: Float64Array): void {
  if (sorted.length === 0) throw noObservations();
  // Sorting a Float64Array puts −∞ first, ∞ and then NaN last.
  for (const end of [sorted[0] as number, sorted[sorted.length - 1] as number]) {
    if (!(Math.abs(end) < Infinity)) {
      throw invalid(
        'Each observation of an empirical distribution',
        'a finite number',
        end,
        'Remove rows without a value first.',
      );
    }
  }
}

function noObservations(): RangeError {
  return invalid(
    'The list of observations of an empirical distribution',
    'an array with at least one number',
    'an empty list',
    'Check that the file or the filter left any rows.',
  );
}
