import { describe, expect, it } from 'vitest';
import { exp, expm1, log, log1p, pow } from './math';
import {
  callByName,
  drawMathCall,
  fromBits,
  MATH_HASH,
  type MathFunction,
  mathHash,
  mathVectorFailures,
  mathVectors,
  toBits,
} from './math.vectors';
import { RandomStream } from './random';

// --- The reference: fixed-point numbers with 192 fractional bits, in BigInt ----------------------

const FRACTION_BITS = 192n;
const ONE = 1n << FRACTION_BITS;

/** significand · 2^exponent, exactly. */
interface Binary {
  readonly significand: bigint;
  readonly exponent: bigint;
}

function decompose(value: number): Binary {
  const raw = BigInt(`0x${toBits(value)}`);
  const biased = (raw >> 52n) & 0x7ffn;
  const fraction = raw & ((1n << 52n) - 1n);
  const magnitude = biased === 0n ? fraction : fraction | (1n << 52n);
  return {
    significand: raw >> 63n ? -magnitude : magnitude,
    exponent: (biased === 0n ? 1n : biased) - 1075n,
  };
}

function shift(value: bigint, left: bigint): bigint {
  return left >= 0n ? value << left : value >> -left;
}

function bitLength(value: bigint): bigint {
  return BigInt((value < 0n ? -value : value).toString(2).length);
}

/** 2·atanh(numerator / denominator) as a fixed-point number, for a quotient below ½. */
function twoAtanh(numerator: bigint, denominator: bigint): bigint {
  const s = (numerator << FRACTION_BITS) / denominator;
  const square = (s * s) >> FRACTION_BITS;
  let power = s;
  let sum = 0n;
  for (let odd = 1n; power !== 0n && power !== -1n; odd += 2n) {
    sum += power / odd;
    power = (power * square) >> FRACTION_BITS;
  }
  return 2n * sum;
}

const LN2 = twoAtanh(1n, 3n);

/** log of a positive binary number as a fixed-point number. */
function referenceLog({ significand, exponent }: Binary): bigint {
  const length = bitLength(significand);
  let k = length + exponent;
  // m = significand / 2^length lies in [½, 1); doubling the lower part keeps the quotient small.
  let denominator = 1n << length;
  if (significand * 10n < denominator * 7n) {
    denominator >>= 1n;
    k -= 1n;
  }
  return k * LN2 + twoAtanh(significand - denominator, significand + denominator);
}

/** e to the power of a fixed-point number, as a binary number. */
function referenceExp(fixed: bigint): Binary {
  const k = (fixed + LN2 / 2n) / LN2 - (fixed + LN2 / 2n < 0n ? 1n : 0n);
  // Eight halvings make the series short; eight squarings undo them.
  const r = (fixed - k * LN2) >> 8n;
  let term = ONE;
  let sum = ONE;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = ((term * r) >> FRACTION_BITS) / n;
    sum += term;
  }
  for (let i = 0; i < 8; i++) sum = (sum * sum) >> FRACTION_BITS;
  return { significand: sum, exponent: k - FRACTION_BITS };
}

/** x·(1 + c₁x + c₂x² + …) with the coefficients given as quotients, for |x| < 2⁻⁵⁰. */
function tinySeries(x: Binary, coefficients: readonly (readonly [bigint, bigint])[]): Binary {
  const fixed = shift(x.significand, x.exponent + FRACTION_BITS);
  let power = ONE;
  let sum = ONE;
  for (const [numerator, denominator] of coefficients) {
    power = (power * fixed) >> FRACTION_BITS;
    sum += (power * numerator) / denominator;
  }
  return { significand: x.significand * sum, exponent: x.exponent - FRACTION_BITS };
}

function add(a: Binary, b: Binary): Binary {
  const exponent = a.exponent < b.exponent ? a.exponent : b.exponent;
  return {
    significand:
      (a.significand << (a.exponent - exponent)) + (b.significand << (b.exponent - exponent)),
    exponent,
  };
}

const BINARY_ONE: Binary = { significand: 1n, exponent: 0n };
const MINUS_ONE: Binary = { significand: -1n, exponent: 0n };
const TINY = 2 ** -50;

function reference(name: MathFunction, x: number, y: number): Binary {
  const binary = decompose(x);
  const fixed = () => shift(binary.significand, binary.exponent + FRACTION_BITS);
  switch (name) {
    case 'log':
      return { significand: referenceLog(binary), exponent: -FRACTION_BITS };
    case 'log1p':
      if (Math.abs(x) < TINY) {
        return tinySeries(binary, [
          [-1n, 2n],
          [1n, 3n],
          [-1n, 4n],
        ]);
      }
      return { significand: referenceLog(add(binary, BINARY_ONE)), exponent: -FRACTION_BITS };
    case 'exp':
      return referenceExp(fixed());
    case 'expm1':
      if (Math.abs(x) < TINY) {
        return tinySeries(binary, [
          [1n, 2n],
          [1n, 6n],
          [1n, 24n],
        ]);
      }
      // Far below 0 the result differs from −1 by less than the reference resolves.
      return x < -200 ? MINUS_ONE : add(referenceExp(fixed()), MINUS_ONE);
    case 'pow': {
      const { significand, exponent } = decompose(y);
      const logarithm = referenceLog(decompose(Math.abs(x)));
      const power = referenceExp(shift(logarithm * significand, exponent));
      const isNegative = x < 0 && Math.abs(y % 2) === 1;
      return isNegative ? { ...power, significand: -power.significand } : power;
    }
    default:
      return name satisfies never;
  }
}

/** |value − exact| in units of the last place of a double of that size. */
function errorInUlps(value: number, exact: Binary): number {
  const difference = add(decompose(value), {
    significand: -exact.significand,
    exponent: exact.exponent,
  });
  const magnitude = bitLength(exact.significand) + exact.exponent;
  const ulpExponent = magnitude - 53n > -1074n ? magnitude - 53n : -1074n;
  // 40 more bits than the unit, so that the quotient is exact to 2⁻⁴⁰.
  const scaled = shift(difference.significand, difference.exponent - ulpExponent + 40n);
  return Math.abs(Number(scaled)) / 2 ** 40;
}

const LARGEST = Number.MAX_VALUE;
const SMALLEST_NORMAL = 2 ** -1022;

function isOrdinary(value: number): boolean {
  return Number.isFinite(value) && value !== 0;
}

/** The kinds of calls that have a bound of their own. */
function kindOf(name: MathFunction, x: number, value: number): string {
  if (Math.abs(value) < SMALLEST_NORMAL) return `${name}, subnormal`;
  // Where 1 is about as large as a unit in the last place of eˣ.
  if (name === 'expm1' && Math.abs(x) > 30) return 'expm1, far from 0';
  return name;
}

/** The largest error over drawn calls of one function, and where it occurred. */
function worstOver(
  draws: Iterable<{ name: MathFunction; x: number; y: number }>,
): Map<string, { ulps: number; at: string; n: number }> {
  const worst = new Map<string, { ulps: number; at: string; n: number }>();
  for (const { name, x, y } of draws) {
    const value = callByName(name, x, y);
    if (!isOrdinary(value) || !Number.isFinite(x)) continue;
    const kind = kindOf(name, x, value);
    const entry = worst.get(kind) ?? { ulps: 0, at: '', n: 0 };
    entry.n += 1;
    const ulps = errorInUlps(value, reference(name, x, y));
    if (ulps > entry.ulps) {
      entry.ulps = ulps;
      entry.at = `${name}(${x}, ${y})`;
    }
    worst.set(kind, entry);
  }
  return worst;
}

function* drawCalls(count: number, seed: number) {
  const stream = new RandomStream([seed, 2, 3, 4]);
  for (let i = 0; i < count; i++) yield drawMathCall(stream);
}

/** Arguments at which reductions switch, results leave the normal range, or digits cancel. */
function* edgeCalls(): Generator<{ name: MathFunction; x: number; y: number }> {
  const around = (x: number) => [next(x, -2), next(x, -1), x, next(x, 1), next(x, 2)];
  for (const x of [1, 2, 0.5, Math.SQRT1_2, Math.SQRT2, Math.E, 10, SMALLEST_NORMAL, 2 ** 1023]) {
    for (const near of around(x)) yield { name: 'log', x: near, y: 0 };
  }
  for (const x of [Number.MIN_VALUE, 3 * Number.MIN_VALUE, LARGEST, 2 ** -1060]) {
    yield { name: 'log', x, y: 0 };
  }
  for (const x of [-0.5, Math.SQRT1_2 - 1, Math.SQRT2 - 1, 1, 2 ** 53, TINY, -TINY, 1e-300]) {
    for (const near of around(x)) yield { name: 'log1p', x: near, y: 0 };
  }
  yield { name: 'log1p', x: next(-1, -1), y: 0 };
  for (let k = -1074; k <= 1023; k++) {
    for (const half of [0, 0.5]) {
      const x = (k + half) * Math.LN2;
      yield { name: 'exp', x, y: 0 };
      if (k > -60) yield { name: 'expm1', x, y: 0 };
    }
  }
  for (const x of [709.782712893384, -745.1332191019411, -708.3964185322641, 1e-20, -1e-20]) {
    yield { name: 'exp', x, y: 0 };
    yield { name: 'expm1', x, y: 0 };
  }
  for (let x = 36; x < 42; x += 0.01) {
    yield { name: 'expm1', x, y: 0 };
    yield { name: 'expm1', x: -x, y: 0 };
  }
  for (const x of [next(1, 1), next(1, -1)]) {
    for (const y of [1, 2 ** 52, -(2 ** 52), 2 ** 60, -(2 ** 60), 1e18])
      yield { name: 'pow', x, y };
  }
  for (const x of [Number.MIN_VALUE, SMALLEST_NORMAL, LARGEST]) {
    for (const y of [1, -0.9, 0.5, 1 / 3, -1 / 3, 1e-300]) yield { name: 'pow', x, y };
  }
}

/** The double `steps` places above x (below it if negative), for finite x other than 0. */
function next(x: number, steps: number): number {
  const raw = BigInt(`0x${toBits(x)}`);
  return fromBits((raw + BigInt(x > 0 ? steps : -steps)).toString(16).padStart(16, '0'));
}

const ULPS_MAX: Record<string, number> = {
  log: 1,
  log1p: 1,
  exp: 0.7,
  expm1: 1,
  pow: 0.7,
  'expm1, far from 0': 0.7,
  'exp, subnormal': 1,
  'expm1, subnormal': 1,
  'log1p, subnormal': 1,
  'pow, subnormal': 1,
};

describe('the reference of the tests', () => {
  it('knows ln 2 and e to more digits than a double has', () => {
    const digits = (fixed: bigint) => (fixed * 10n ** 40n) >> FRACTION_BITS;
    expect(digits(LN2)).toBe(6931471805599453094172321214581765680755n);
    const e = referenceExp(ONE);
    expect(digits(shift(e.significand, e.exponent + FRACTION_BITS))).toBe(
      27182818284590452353602874713526624977572n,
    );
  });

  it('measures the distance of a neighbouring double as one unit', () => {
    const exact = decompose(1.5);
    expect(errorInUlps(next(1.5, 1), exact)).toBe(1);
    expect(errorInUlps(1.5, exact)).toBe(0);
    expect(errorInUlps(3 * Number.MIN_VALUE, decompose(Number.MIN_VALUE))).toBe(2);
  });
});

describe('accuracy', () => {
  it.each([
    ['100,000 drawn calls', () => drawCalls(100_000, 7), 9_000],
    ['the edges of every reduction', edgeCalls, 10],
  ] as const)('stays within the documented bounds over %s', (_, draws, enough) => {
    const worst = worstOver(draws());
    for (const name of ['log', 'log1p', 'exp', 'expm1', 'pow']) {
      expect(worst.get(name)?.n, `number of calls of ${name}`).toBeGreaterThan(enough);
    }
    for (const [kind, { ulps, at }] of worst) {
      expect(ulps, `error of ${at} in ulps`).toBeLessThan(ULPS_MAX[kind] as number);
    }
  });

  it('gives powers that are doubles exactly', () => {
    for (let base = 2; base <= 200; base++) {
      let power = BigInt(base);
      for (let exponent = 1; bitLength(power) <= 53n; exponent++) {
        expect(pow(base, exponent), `${base} to the power ${exponent}`).toBe(Number(power));
        expect(pow(Number(power), 1), `${power} to the power 1`).toBe(Number(power));
        power *= BigInt(base);
      }
    }
    for (let k = -1074; k <= 1023; k++) expect(pow(2, k)).toBe(2 ** k);
  });
});

describe('special values', () => {
  const values = [
    Number.NaN,
    0,
    -0,
    1,
    -1,
    Infinity,
    -Infinity,
    0.5,
    -0.5,
    2,
    -2,
    3,
    -3,
    2 ** 53,
    -(2 ** 53),
    2 ** 53 - 1,
    1e300,
    -1e300,
    1e-300,
    LARGEST,
    -LARGEST,
  ];
  // ECMAScript fixes the results of Math at these arguments, and leaves the others to the engine.
  const isFixed = (value: number) =>
    Number.isNaN(value) || value === 0 || Math.abs(value) === 1 || !Number.isFinite(value);

  it.each([
    ['log', log, Math.log],
    ['log1p', log1p, Math.log1p],
    ['exp', exp, Math.exp],
    ['expm1', expm1, Math.expm1],
  ] as const)('%s has the special values of ECMAScript', (name, ours, standard) => {
    for (const value of values) {
      const expected = standard(value);
      if (isFixed(expected)) expect(ours(value), `${name}(${value})`).toBe(expected);
    }
  });

  it('pow has the special values of ECMAScript', () => {
    let compared = 0;
    for (const base of values) {
      for (const exponent of values) {
        const expected = base ** exponent;
        if (!isFixed(expected)) continue;
        compared += 1;
        expect(pow(base, exponent), `pow(${base}, ${exponent})`).toBe(expected);
      }
    }
    expect(compared).toBeGreaterThan(250);
  });

  it('gives a negative base its sign with odd exponents only', () => {
    expect(pow(-2, 3)).toBe(-8);
    expect(pow(-2, 4)).toBe(16);
    expect(pow(-2, -1)).toBe(-0.5);
    expect(pow(-2, 0.5)).toBeNaN();
    expect(pow(-10, 2 ** 53)).toBe(Infinity);
    expect(pow(-10, 2 ** 53 - 1)).toBe(-Infinity);
  });

  it('overflows and underflows where a double ends', () => {
    expect(exp(709.782712893384)).toBeLessThan(Infinity);
    expect(exp(709.7827128933841)).toBe(Infinity);
    expect(exp(-745.1332191019411)).toBe(Number.MIN_VALUE);
    expect(exp(-745.1332191019412)).toBe(0);
    expect(pow(2, 1024)).toBe(Infinity);
    expect(pow(2, -1074)).toBe(Number.MIN_VALUE);
    expect(pow(2, -1076)).toBe(0);
    expect(pow(-2, 1025)).toBe(-Infinity);
    expect(pow(-2, -1077)).toBe(-0);
  });
});

describe('order', () => {
  it.each([
    ['log', log, (u: number) => Math.exp(1400 * u - 700)],
    ['log', log, (u: number) => 0.5 + u],
    ['log1p', log1p, (u: number) => 4 * u - 0.999],
    ['exp', exp, (u: number) => 1400 * u - 700],
    ['exp', exp, (u: number) => 2 * u - 1],
    ['expm1', expm1, (u: number) => 8 * u - 4],
  ] as const)('%s never falls from one double to the next (%#)', (name, f, argument) => {
    const stream = new RandomStream([5, 6, 7, 8]);
    for (let i = 0; i < 20_000; i++) {
      const x = argument(stream.nextOpen());
      const above = next(x, 1);
      if (f(above) < f(x)) expect.fail(`${name}(${above}) < ${name}(${x})`);
    }
    // At the points where the reductions switch.
    for (let k = -20; k <= 20; k++) {
      for (const x of [2 ** k * Math.SQRT2, 2 ** k, (k + 0.5) * Math.LN2]) {
        for (let step = -5; step < 5; step++) {
          const low = next(x, step);
          const high = next(x, step + 1);
          const [first, second] = low < high ? [low, high] : [high, low];
          if (f(second) < f(first)) expect.fail(`${name}(${second}) < ${name}(${first})`);
        }
      }
    }
  });
});

describe('bits', () => {
  it('reproduces every stored vector', () => {
    expect(mathVectors().length).toBeGreaterThanOrEqual(300);
    expect(mathVectorFailures()).toEqual([]);
  });

  it('stores vectors that are themselves within the error bounds', () => {
    const ordinary = mathVectors().map(({ name, arguments: given }) => {
      const [x, y] = given.map(fromBits);
      return { name, x: x as number, y: y ?? 0 };
    });
    for (const [kind, { ulps, at }] of worstOver(ordinary)) {
      expect(ulps, `error of ${at} in ulps`).toBeLessThan(ULPS_MAX[kind] as number);
    }
  });

  it('reproduces the stored hash over 100,000 drawn calls', () => {
    expect(mathHash()).toBe(MATH_HASH);
  });

  it('has a hash that every further call changes', () => {
    const hashes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((calls) => mathHash(calls));
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
