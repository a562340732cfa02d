import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bernoulli,
  binomial,
  binomialSampler,
  boundedPareto,
  boundedParetoQuantile,
  discreteSampler,
  empiricalQuantile,
  empiricalSampler,
  erlang,
  exponential,
  exponentialQuantile,
  gamma,
  geometric,
  lognormal,
  lognormalQuantile,
  lognormalSampler,
  normal,
  normalQuantile,
  pareto,
  paretoQuantile,
  poisson,
  poissonSampler,
  type Sampler,
  uniform,
  weibull,
  weibullQuantile,
  zipfSampler,
} from './distributions';
import { createStreams, RandomStream } from './random';

const N = 60_000;

function streamOf(name: string, seed = 1): RandomStream {
  return createStreams(seed).stream(name);
}

// --- Theory, computed apart from the code under test ---------------------------------------------

/** log Γ(x) for x > 0: Stirling's series after moving x above 20. */
function logGamma(x: number): number {
  let shift = 0;
  let y = x;
  for (; y < 20; y++) shift += Math.log(y);
  const series = 1 / (12 * y) - 1 / (360 * y ** 3) + 1 / (1260 * y ** 5) - 1 / (1680 * y ** 7);
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/** The regularised lower incomplete gamma function P(a, x), by its series. */
function gammaCdf(a: number, x: number): number {
  if (x <= 0) return 0;
  let term = 1;
  let sum = 1;
  for (let n = 1; term > sum * 1e-16; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return Math.min(1, sum * Math.exp(a * Math.log(x) - x - logGamma(a + 1)));
}

function normalCdf(z: number): number {
  return 0.5 * (1 + Math.sign(z) * gammaCdf(0.5, (z * z) / 2));
}

/** The upper tail of the standard normal distribution for z ≥ 1, by Laplace's continued fraction. */
function normalTail(z: number): number {
  let fraction = z;
  for (let k = 400; k >= 1; k--) fraction = z + k / fraction;
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) / fraction;
}

function gammaOf(x: number): number {
  return Math.exp(logGamma(x));
}

function poissonPmf(mean: number) {
  return (k: number) =>
    mean === 0 ? Number(k === 0) : Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
}

function binomialPmf(n: number, p: number) {
  return (k: number) =>
    k > n
      ? 0
      : Math.exp(
          logGamma(n + 1) -
            logGamma(k + 1) -
            logGamma(n - k + 1) +
            k * Math.log(p) +
            (n - k) * Math.log1p(-p),
        );
}

function zipfPmf(n: number, s: number): (k: number) => number {
  let total = 0;
  for (let k = n; k >= 1; k--) total += k ** -s;
  return (k) => (k >= 1 && k <= n ? k ** -s / total : 0);
}

// --- Comparisons ---------------------------------------------------------------------------------

interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
  /** The standard error of the sample variance, from the fourth central moment of the sample. */
  readonly varianceError: number;
}

function moments(values: readonly number[]): Moments {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  let second = 0;
  let fourth = 0;
  for (const value of values) {
    const square = (value - mean) ** 2;
    second += square;
    fourth += square * square;
  }
  const variance = second / (n - 1);
  return { n, mean, variance, varianceError: Math.sqrt((fourth / n - variance ** 2) / n) };
}

/** Mean and variance within 4.5 standard errors of theory. */
function expectMoments(values: readonly number[], theory: { mean: number; variance: number }) {
  const { n, mean, variance, varianceError } = moments(values);
  expect(Math.abs(mean - theory.mean) / Math.sqrt(theory.variance / n)).toBeLessThan(4.5);
  expect(Math.abs(variance - theory.variance) / varianceError).toBeLessThan(4.5);
}

/** The Kolmogorov–Smirnov distance times √n; above 2.2 with a probability below 1.3·10⁻⁴. */
function expectCdf(values: readonly number[], cdf: (x: number) => number) {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  let distance = 0;
  sorted.forEach((value, i) => {
    const share = cdf(value);
    distance = Math.max(distance, share - i / n, (i + 1) / n - share);
  });
  expect(distance * Math.sqrt(n)).toBeLessThan(2.2);
}

/** Chi-square against exact probabilities from `first` on; cells below 10 expected draws are joined. */
function expectPmf(values: readonly number[], first: number, pmf: (k: number) => number) {
  const counts = new Map<number, number>();
  for (const value of values) {
    if (!Number.isInteger(value) || value < first) expect.fail(`${value} was drawn`);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const n = values.length;
  let chiSquare = 0;
  let cells = 0;
  let expected = 0;
  let observed = 0;
  let probabilityLeft = 1;
  let countLeft = n;
  for (let k = first; probabilityLeft * n > 20 && cells < 500; k++) {
    expected += pmf(k) * n;
    observed += counts.get(k) ?? 0;
    if (expected < 10) continue;
    chiSquare += (observed - expected) ** 2 / expected;
    cells += 1;
    probabilityLeft -= expected / n;
    countLeft -= observed;
    expected = 0;
    observed = 0;
  }
  // The last cell holds the tail. It may be too thin for a cell of its own, but not miss its mean.
  const tail = Math.max(probabilityLeft * n, 0);
  if (tail >= 10) {
    chiSquare += (countLeft - tail) ** 2 / tail;
    cells += 1;
  } else {
    expect(Math.abs(countLeft - tail)).toBeLessThan(4.5 * Math.sqrt(tail) + 5);
  }
  const freedom = Math.max(cells - 1, 1);
  // Wilson and Hilferty: the cube root of chi-square / freedom is close to normal.
  const spread = 2 / (9 * freedom);
  expect((Math.cbrt(chiSquare / freedom) - (1 - spread)) / Math.sqrt(spread)).toBeLessThan(4);
}

interface Continuous {
  readonly draw: Sampler;
  readonly mean: number;
  readonly variance: number;
  readonly cdf: (x: number) => number;
}

const CONTINUOUS: Record<string, Continuous> = {
  'uniform from 2 to 5': {
    draw: (stream) => uniform(stream, 2, 5),
    mean: 3.5,
    variance: 9 / 12,
    cdf: (x) => (x - 2) / 3,
  },
  'exponential, mean 3': {
    draw: (stream) => exponential(stream, 3),
    mean: 3,
    variance: 9,
    cdf: (x) => -Math.expm1(-x / 3),
  },
  'normal, mean −1, deviation 2': {
    draw: (stream) => normal(stream, { mean: -1, standardDeviation: 2 }),
    mean: -1,
    variance: 4,
    cdf: (x) => normalCdf((x + 1) / 2),
  },
  'lognormal, mean 20, cv 0.5': {
    draw: lognormalSampler({ mean: 20, cv: 0.5 }),
    mean: 20,
    variance: 100,
    cdf: (x) => {
      const variance = Math.log(1.25);
      return normalCdf((Math.log(x / 20) + variance / 2) / Math.sqrt(variance));
    },
  },
  'lognormal, mu 1, sigma 0.4': {
    draw: (stream) => lognormal(stream, { mu: 1, sigma: 0.4 }),
    mean: Math.exp(1.08),
    variance: Math.expm1(0.16) * Math.exp(2.16),
    cdf: (x) => normalCdf((Math.log(x) - 1) / 0.4),
  },
  'Pareto, minimum 2, shape 6': {
    draw: (stream) => pareto(stream, { minimum: 2, shape: 6 }),
    mean: 12 / 5,
    variance: (4 * 6) / (25 * 4),
    cdf: (x) => 1 - (2 / x) ** 6,
  },
  'bounded Pareto, 1 to 100, shape 1.5': {
    draw: (stream) => boundedPareto(stream, { minimum: 1, maximum: 100, shape: 1.5 }),
    // ∫ xʳ·1.5·x^(−2.5) dx from 1 to 100, over 1 − 100^(−1.5).
    mean: (3 * (1 - 100 ** -0.5)) / (1 - 100 ** -1.5),
    variance:
      (3 * (100 ** 0.5 - 1)) / (1 - 100 ** -1.5) -
      ((3 * (1 - 100 ** -0.5)) / (1 - 100 ** -1.5)) ** 2,
    cdf: (x) => (1 - x ** -1.5) / (1 - 100 ** -1.5),
  },
  'Weibull, scale 10, shape 0.8': {
    draw: (stream) => weibull(stream, { scale: 10, shape: 0.8 }),
    mean: 10 * gammaOf(1 + 1 / 0.8),
    variance: 100 * (gammaOf(1 + 2 / 0.8) - gammaOf(1 + 1 / 0.8) ** 2),
    cdf: (x) => -Math.expm1(-((x / 10) ** 0.8)),
  },
  'gamma, shape 0.3, mean 2': {
    draw: (stream) => gamma(stream, { shape: 0.3, mean: 2 }),
    mean: 2,
    variance: 4 / 0.3,
    cdf: (x) => gammaCdf(0.3, (x * 0.3) / 2),
  },
  'gamma, shape 1, mean 2': {
    draw: (stream) => gamma(stream, { shape: 1, mean: 2 }),
    mean: 2,
    variance: 4,
    cdf: (x) => -Math.expm1(-x / 2),
  },
  'gamma, shape 7.5, mean 3': {
    draw: (stream) => gamma(stream, { shape: 7.5, mean: 3 }),
    mean: 3,
    variance: 9 / 7.5,
    cdf: (x) => gammaCdf(7.5, x * 2.5),
  },
  'Erlang, 4 stages, mean 2': {
    draw: (stream) => erlang(stream, { stages: 4, mean: 2 }),
    mean: 2,
    variance: 1,
    cdf: (x) => gammaCdf(4, x * 2),
  },
  'Erlang, 16 stages, mean 2': {
    draw: (stream) => erlang(stream, { stages: 16, mean: 2 }),
    mean: 2,
    variance: 0.25,
    cdf: (x) => gammaCdf(16, x * 8),
  },
  'Erlang, 40 stages, mean 2': {
    draw: (stream) => erlang(stream, { stages: 40, mean: 2 }),
    mean: 2,
    variance: 0.1,
    cdf: (x) => gammaCdf(40, x * 20),
  },
};

describe('the theory of the tests', () => {
  it('knows published values of the gamma and normal distributions', () => {
    expect(gammaOf(5)).toBeCloseTo(24, 10);
    expect(gammaOf(0.5)).toBeCloseTo(Math.sqrt(Math.PI), 12);
    expect(normalCdf(1)).toBeCloseTo(0.8413447460685429, 13);
    expect(normalTail(3)).toBeCloseTo(0.0013498980316300933, 16);
    expect(gammaCdf(2, 3)).toBeCloseTo(1 - 4 * Math.exp(-3), 13);
  });

  it('would notice a mean that is 3 % off and a cdf that is', () => {
    const stream = streamOf('power of the tests');
    const values = Array.from({ length: N }, () => exponential(stream, 1.03));
    expect(() => expectMoments(values, { mean: 1, variance: 1 })).toThrow();
    expect(() => expectCdf(values, (x) => -Math.expm1(-x))).toThrow();
    const counts = values.map(() => poisson(stream, 2.06));
    expect(() => expectPmf(counts, 0, poissonPmf(2))).toThrow();
  });
});

describe('continuous distributions', () => {
  it.each(Object.entries(CONTINUOUS))('%s: mean, variance and cdf', (name, theory) => {
    const stream = streamOf(name);
    const values = Array.from({ length: N }, () => theory.draw(stream));
    expectMoments(values, theory);
    expectCdf(values, theory.cdf);
  });
});

describe('counts', () => {
  it.each([0.01, 0.7, 3, 9.99, 10, 12.5, 60, 1_000])('Poisson with mean %d', (mean) => {
    const stream = streamOf(`poisson ${mean}`);
    const sample = poissonSampler(mean);
    const values = Array.from({ length: N }, () => sample(stream));
    expectMoments(values, { mean, variance: mean });
    expectPmf(values, 0, poissonPmf(mean));
  });

  it.each([
    [1, 0.3],
    [20, 0.1],
    [20, 0.95],
    [40, 0.5],
    [33, 0.31],
    [100, 0.3],
    [5_000, 0.01],
    [1_000, 0.9],
  ])('binomial with %d trials of probability %d', (trials, probability) => {
    const stream = streamOf(`binomial ${trials} ${probability}`);
    const sample = binomialSampler({ trials, probability });
    const values = Array.from({ length: N }, () => sample(stream));
    const mean = trials * probability;
    expectMoments(values, { mean, variance: mean * (1 - probability) });
    expectPmf(values, 0, binomialPmf(trials, probability));
    expect(Math.max(...values.slice(0, 1_000))).toBeLessThanOrEqual(trials);
  });

  it.each([0.9, 0.5, 0.05])('geometric with probability %d', (p) => {
    const stream = streamOf(`geometric ${p}`);
    const values = Array.from({ length: N }, () => geometric(stream, p));
    expectMoments(values, { mean: 1 / p, variance: (1 - p) / (p * p) });
    expectPmf(values, 1, (k) => p * (1 - p) ** (k - 1));
  });

  it('Bernoulli is true with its probability', () => {
    const stream = streamOf('bernoulli');
    const values = Array.from({ length: N }, () => Number(bernoulli(stream, 0.3)));
    expectMoments(values, { mean: 0.3, variance: 0.21 });
  });

  it('large counts keep their mean and variance', () => {
    const stream = streamOf('large counts');
    const poissonOf = poissonSampler(1e9);
    const arrivals = Array.from({ length: 20_000 }, () => poissonOf(stream));
    expectMoments(arrivals, { mean: 1e9, variance: 1e9 });
    const binomialOf = binomialSampler({ trials: 1e9, probability: 0.25 });
    const successes = Array.from({ length: 20_000 }, () => binomialOf(stream));
    expectMoments(successes, { mean: 2.5e8, variance: 1.875e8 });
  });
});

describe('Zipf', () => {
  it.each([
    [1, 1],
    [2, 0],
    [10, 0],
    [10, 0.5],
    [100, 0.99],
    [100, 1],
    [100, 1.000000001],
    [1_000, 1.2],
    [1_000_000, 0.8],
    [1_000_000, 1],
    [1_000_000, 2],
    [50, 8],
    [1_000_000, 300],
  ])('with %d ranks and exponent %d has the exact probabilities', (n, s) => {
    const stream = streamOf(`zipf ${n} ${s}`);
    const sample = zipfSampler(n, s);
    const values = Array.from({ length: N }, () => sample(stream));
    expect(values.filter((value) => value > n)).toEqual([]);
    expectPmf(values, 1, zipfPmf(n, s));
  });

  it('needs fewer than 1.2 uniform draws a rank', () => {
    for (const s of [0, 0.5, 1, 1.5, 3]) {
      const stream = streamOf(`zipf rounds ${s}`);
      const counted = countingStream(stream);
      const sample = zipfSampler(10_000, s);
      for (let i = 0; i < 10_000; i++) sample(counted.stream);
      expect(counted.draws()).toBeLessThan(12_000);
    }
  });
});

/** A stream that counts its uniform draws. */
function countingStream(stream: RandomStream) {
  let draws = 0;
  const next = stream.next.bind(stream);
  stream.next = () => {
    draws += 1;
    return next();
  };
  return { stream, draws: () => draws };
}

describe('weights and observations', () => {
  it('draws indices in proportion to their weights, and never one of weight 0', () => {
    const weights = [1, 0, 2.5, 0, 0, 4, 1e-3, 7];
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const stream = streamOf('alias');
    const sample = discreteSampler(weights);
    const values = Array.from({ length: N }, () => sample(stream));
    expectPmf(values, 0, (k) => (weights[k] ?? 0) / total);
    expect(new Set(values)).toEqual(new Set([0, 2, 5, 6, 7]));
  });

  it('never draws an index of weight 0, whatever the weights', () => {
    const weight = fc.oneof(fc.constant(0), fc.double({ min: 1e-12, max: 1e12, noNaN: true }));
    fc.assert(
      fc.property(fc.array(weight, { minLength: 1, maxLength: 40 }), fc.nat(), (weights, seed) => {
        fc.pre(weights.some((w) => w > 0));
        const sample = discreteSampler(weights);
        const stream = streamOf('alias property', seed);
        for (let i = 0; i < 50; i++) expect(weights[sample(stream)]).toBeGreaterThan(0);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('draws each observation equally often, and nothing else', () => {
    const stream = streamOf('empirical');
    const sample = empiricalSampler([30, 10, 20, 20]);
    const values = Array.from({ length: N }, () => sample(stream));
    expectPmf(
      values.map((value) => value / 10),
      1,
      (k) => [0.25, 0.5, 0.25][k - 1] ?? 0,
    );
  });

  it('keeps its observations when the caller changes the list', () => {
    const observations = [1, 2, 3];
    const sample = empiricalSampler(observations);
    observations.fill(9);
    const stream = streamOf('empirical copy');
    for (let i = 0; i < 20; i++) expect(sample(stream)).toBeLessThanOrEqual(3);
  });

  it('inverts the empirical distribution function', () => {
    const sorted = [1, 5, 7, 9];
    expect([0, 0.2499, 0.25, 0.5, 0.75, 0.9999].map((u) => empiricalQuantile(u, sorted))).toEqual([
      1, 1, 5, 7, 9, 9,
    ]);
  });
});

describe('quantile functions', () => {
  it('invert the normal distribution to 13 digits, far into both tails', () => {
    for (const z of [1, 1.4, 1.5, 2, 3, 5, 6.9, 7.1, 8, 12, 20, 37]) {
      const tail = normalTail(z);
      expect(-normalQuantile(tail) / z).toBeCloseTo(1, 13);
    }
    for (let p = 0.01; p < 1; p += 0.01) {
      expect(Math.abs(normalCdf(normalQuantile(p)) - p)).toBeLessThan(1e-14);
    }
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
  });

  it('agree with each other where their three pieces meet', () => {
    for (const p of [0.075, 0.925, Math.exp(-25)]) {
      const step = normalQuantile(p * (1 + 1e-12)) - normalQuantile(p * (1 - 1e-12));
      expect(step).toBeGreaterThan(0);
      expect(step).toBeLessThan(1e-11 * Math.abs(normalQuantile(p)) + 1e-11);
    }
  });

  const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const quantiles: Record<string, { at: (u: number) => number; cdf: (x: number) => number }> = {
    exponential: { at: (u) => exponentialQuantile(u, 4), cdf: (x) => -Math.expm1(-x / 4) },
    lognormal: {
      at: (u) => lognormalQuantile(u, { mu: 0, sigma: 1 }),
      cdf: (x) => (x === 0 ? 0 : normalCdf(Math.log(x))),
    },
    Pareto: {
      at: (u) => paretoQuantile(u, { minimum: 3, shape: 1.1 }),
      cdf: (x) => 1 - (3 / x) ** 1.1,
    },
    'bounded Pareto': {
      at: (u) => boundedParetoQuantile(u, { minimum: 1, maximum: 50, shape: 1.1 }),
      cdf: (x) => (1 - x ** -1.1) / (1 - 50 ** -1.1),
    },
    Weibull: {
      at: (u) => weibullQuantile(u, { scale: 2, shape: 3 }),
      cdf: (x) => -Math.expm1(-((x / 2) ** 3)),
    },
  };

  it.each(Object.entries(quantiles))('of the %s distribution inverts its cdf and rises', (_, q) => {
    fc.assert(
      fc.property(unit, unit, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(q.at(low)).toBeLessThanOrEqual(q.at(high));
        expect(Math.abs(q.cdf(q.at(a)) - a)).toBeLessThan(1e-13);
      }),
      { seed: 1, numRuns: 500 },
    );
    expect(q.at(1 - 2 ** -53)).toBeLessThan(Infinity);
  });

  it('give what the sampler draws from the same uniform value', () => {
    const pairs: [Sampler, (u: number) => number][] = [
      [(s) => exponential(s, 4), (u) => exponentialQuantile(u, 4)],
      [lognormalSampler({ mean: 2, cv: 3 }), (u) => lognormalQuantile(u, { mean: 2, cv: 3 })],
      [
        (s) => pareto(s, { minimum: 1, shape: 2 }),
        (u) => paretoQuantile(u, { minimum: 1, shape: 2 }),
      ],
      [
        (s) => boundedPareto(s, { minimum: 1, maximum: 9, shape: 2 }),
        (u) => boundedParetoQuantile(u, { minimum: 1, maximum: 9, shape: 2 }),
      ],
      [
        (s) => weibull(s, { scale: 1, shape: 2 }),
        (u) => weibullQuantile(u, { scale: 1, shape: 2 }),
      ],
    ];
    pairs.forEach(([draw, quantile], index) => {
      const drawn = streamOf('pairs', index);
      const uniforms = streamOf('pairs', index);
      for (let i = 0; i < 100; i++) expect(draw(drawn)).toBe(quantile(uniforms.next()));
    });
  });

  it('start at the lower end of the distribution', () => {
    expect(exponentialQuantile(0, 5)).toBe(0);
    expect(lognormalQuantile(0, { mean: 2, cv: 1 })).toBe(0);
    expect(paretoQuantile(0, { minimum: 3, shape: 2 })).toBe(3);
    expect(boundedParetoQuantile(0, { minimum: 3, maximum: 4, shape: 2 })).toBe(3);
    expect(weibullQuantile(0, { scale: 3, shape: 2 })).toBe(0);
  });
});

describe('draws', () => {
  it('from a function are those of its prepared sampler', () => {
    const pairs: [Sampler, Sampler][] = [
      [(s) => lognormal(s, { mean: 3, cv: 1 }), lognormalSampler({ mean: 3, cv: 1 })],
      [(s) => poisson(s, 4), poissonSampler(4)],
      [(s) => poisson(s, 40), poissonSampler(40)],
      [
        (s) => binomial(s, { trials: 90, probability: 0.7 }),
        binomialSampler({ trials: 90, probability: 0.7 }),
      ],
    ];
    for (const [single, prepared] of pairs) {
      const a = streamOf('pairs');
      const b = streamOf('pairs');
      for (let i = 0; i < 200; i++) expect(single(a)).toBe(prepared(b));
    }
  });

  it('by inversion take one uniform draw each, so streams stay in step between variants', () => {
    const oneDraw: Sampler[] = [
      (s) => uniform(s, 0, 1),
      (s) => exponential(s, 1),
      (s) => normal(s, { mean: 0, standardDeviation: 1 }),
      lognormalSampler({ mean: 1, cv: 1 }),
      (s) => pareto(s, { minimum: 1, shape: 2 }),
      (s) => weibull(s, { scale: 1, shape: 2 }),
      (s) => geometric(s, 0.2),
      poissonSampler(5),
      binomialSampler({ trials: 10, probability: 0.4 }),
      discreteSampler([1, 2, 3]),
      empiricalSampler([1, 2, 3]),
    ];
    for (const draw of oneDraw) {
      const stream = streamOf('one draw');
      const twin = streamOf('one draw');
      for (let i = 0; i < 100; i++) {
        draw(stream);
        twin.next();
      }
      expect(stream.nextUint32()).toBe(twin.nextUint32());
    }
  });

  it('without spread are the mean', () => {
    const stream = streamOf('degenerate');
    expect(uniform(stream, 4, 4)).toBe(4);
    expect(exponential(stream, 0)).toBe(0);
    expect(normal(stream, { mean: 4, standardDeviation: 0 })).toBe(4);
    expect(lognormal(stream, { mean: 4, cv: 0 })).toBeCloseTo(4, 14);
    expect(lognormalQuantile(0, { mu: 0, sigma: 0 })).toBe(1);
    expect(gamma(stream, { shape: 2, mean: 0 })).toBe(0);
    expect(erlang(stream, { stages: 3, mean: 0 })).toBe(0);
    expect(poisson(stream, 0)).toBe(0);
    expect(binomial(stream, { trials: 0, probability: 0.5 })).toBe(0);
    expect(binomial(stream, { trials: 7, probability: 0 })).toBe(0);
    expect(binomial(stream, { trials: 7, probability: 1 })).toBe(7);
    expect(geometric(stream, 1)).toBe(1);
    expect(bernoulli(stream, 0)).toBe(false);
    expect(bernoulli(stream, 1)).toBe(true);
    expect(zipfSampler(1, 3)(stream)).toBe(1);
    expect(discreteSampler([5])(stream)).toBe(0);
    expect(empiricalSampler([5])(stream)).toBe(5);
  });

  it('are never −0', () => {
    const zero = { next: () => 0, nextOpen: () => 0.5 } as RandomStream;
    // From this state the first two words, and so the first uniform draw, are 0.
    expect(new RandomStream([1, 0, 1, 0]).next()).toBe(0);
    expect(exponential(new RandomStream([1, 0, 1, 0]), 3)).toBe(0);
    expect(erlang(zero, { stages: 2, mean: 3 })).toBe(0);
    expect(weibull(zero, { scale: 1, shape: 1 })).toBe(0);
    expect(exponentialQuantile(0, 3)).toBe(0);
  });

  it('of a uniform distribution stay below its upper end even if rounding reaches it', () => {
    const last = { next: () => 1 - 2 ** -53 } as RandomStream;
    const draw = uniform(last, 1e16, 1e16 + 2);
    expect(draw).toBeLessThan(1e16 + 2);
    expect(draw).toBeGreaterThanOrEqual(1e16);
  });
});

describe('errors', () => {
  const stream = streamOf('errors');
  const cases: [string, () => unknown, string][] = [
    ['uniform', () => uniform(stream, 2, 1), 'low ≤ high, but low 2, high 1 was given'],
    ['uniform', () => uniform(stream, 0, Infinity), 'two finite numbers'],
    [
      'bernoulli',
      () => bernoulli(stream, 30),
      'from 0 to 1, but 30 was given. Divide a percentage',
    ],
    ['exponential', () => exponential(stream, -1), 'at least 0, but -1 was given'],
    ['exponential', () => exponential(stream, Number.NaN), 'at least 0, but NaN was given'],
    ['exponentialQuantile', () => exponentialQuantile(1, 1), 'below 1, but 1 was given'],
    ['exponentialQuantile', () => exponentialQuantile(0.5, Infinity), 'finite number'],
    ['normalQuantile', () => normalQuantile(1.1), 'from 0 to 1, but 1.1 was given'],
    [
      'normal',
      () => normal(stream, { mean: Number.NaN, standardDeviation: 1 }),
      'mean of a normal',
    ],
    ['normal', () => normal(stream, { mean: 0, standardDeviation: -1 }), 'standard deviation'],
    ['lognormal', () => lognormalSampler({ mean: 0, cv: 1 }), 'mean of a lognormal'],
    ['lognormal', () => lognormalSampler({ mean: 1, cv: -1 }), 'coefficient of variation'],
    ['lognormal', () => lognormal(stream, { mu: Infinity, sigma: 1 }), 'mu of a lognormal'],
    ['lognormal', () => lognormalQuantile(0.5, { mu: 1, sigma: -1 }), 'sigma of a lognormal'],
    ['pareto', () => pareto(stream, { minimum: 0, shape: 1 }), 'minimum of a Pareto'],
    ['pareto', () => pareto(stream, { minimum: 1, shape: 0 }), 'shape of a Pareto'],
    [
      'boundedPareto',
      () => boundedPareto(stream, { minimum: 2, maximum: 2, shape: 1 }),
      'above the minimum 2, but 2 was given. Raise the maximum',
    ],
    ['weibull', () => weibull(stream, { scale: -1, shape: 1 }), 'scale of a Weibull'],
    ['weibull', () => weibullQuantile(-0.1, { scale: 1, shape: 1 }), 'but -0.1 was given'],
    ['gamma', () => gamma(stream, { shape: 0, mean: 1 }), 'shape of a gamma'],
    ['gamma', () => gamma(stream, { shape: 1, mean: -1 }), 'mean of a gamma'],
    ['erlang', () => erlang(stream, { stages: 1.5, mean: 1 }), 'Use gamma()'],
    ['erlang', () => erlang(stream, { stages: 0, mean: 1 }), 'integer of at least 1'],
    ['geometric', () => geometric(stream, 0), 'the first success would never come'],
    ['poisson', () => poissonSampler(1e10), 'Count over a shorter interval'],
    ['poisson', () => poisson(stream, -1), 'from 0 to 1000000000, but -1 was given'],
    ['binomial', () => binomialSampler({ trials: 1.5, probability: 0.5 }), 'number of trials'],
    ['binomial', () => binomial(stream, { trials: 5, probability: 1.5 }), 'from 0 to 1'],
    ['zipf', () => zipfSampler(0, 1), 'number of different keys'],
    ['zipf', () => zipfSampler(10, -1), 'at least 0, but -1 was given'],
    ['discrete', () => discreteSampler([]), 'finite and above 0, but 0 was given'],
    ['discrete', () => discreteSampler([0, 0]), 'Give at least one entry a weight'],
    ['discrete', () => discreteSampler([1, -1]), 'at least 0, but -1 was given'],
    ['empirical', () => empiricalSampler([]), 'an array with at least one number'],
    ['empirical', () => empiricalSampler([1, Number.NaN]), 'a finite number, but NaN was given'],
    ['empirical', () => empiricalSampler([-Infinity, 1]), 'but -Infinity was given'],
    ['empirical', () => empiricalQuantile(0.5, []), 'an array with at least one number'],
  ];

  it.each(cases)('%s says what should hold, what came and what to do (%#)', (_, call, message) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow(message);
  });
});
