/**
 * Logarithms, exponentials and powers that give the same bits in every JavaScript engine.
 *
 * ECMAScript leaves the last bits of `Math.log`, `Math.exp` and `Math.pow` to the engine, so a run
 * that used them could differ between two browsers. The functions here are made of addition,
 * subtraction, multiplication, division and rounding to integers alone, which IEEE 754 defines to the
 * last bit, and follow ECMAScript on NaN, infinities, signed zeros and subnormal numbers.
 *
 * Method. All polynomials are Taylor series whose coefficients are plain rational numbers; the
 * reductions keep their arguments so small that the first term left out is below 2⁻⁵⁸ of the result.
 *
 * - Logarithm: x = 2ᵏ·m with m in [√½, √2) and f = m − 1. With s = f / (2 + f), log m = 2·atanh s.
 *   Writing 2s as f − s·f keeps the leading term exact, and k·ln 2 is added in two parts.
 * - Exponential: x = k·ln 2 + r with |r| ≤ ½·ln 2. The function r·coth(r/2) is even, and with
 *   P(r²) = r·coth(r/2) − 2 (its series has the Bernoulli numbers), eʳ = 1 + r + r·(r − P) / (2 + P − r).
 * - Power: log x as an unevaluated sum of two doubles (relative error below 2⁻⁶⁶, so that even
 *   y·log x = 700 is known to 2⁻⁵⁶), multiplied by y without rounding, then the exponential.
 *
 * Error bounds, held by the tests against a reference with 192 fractional bits: log, log1p and expm1 below 1 unit in
 * the last place (ulp), exp and pow below 0.7 ulp for normal results and below 1 ulp of a subnormal
 * one. A power whose exact value is a double, such as 10², is exact.
 */

/** ln 2, rounded to a multiple of 2⁻⁴²: k times it is exact for every exponent k of a double. */
const LN2_HIGH = 0.6931471805598903;
/** ln 2 − LN2_HIGH, to 53 bits. */
const LN2_LOW = 5.497923018708371e-14;
/** ⅓ and ⅕ minus their nearest doubles. */
const THIRD_LOW = 1.850371707708594e-17;
const FIFTH_LOW = -1.1102230246251566e-17;
/** 2²⁷ + 1: multiplying by it splits a double into two halves of at most 26 bits (Veltkamp). */
const SPLITTER = 134_217_729;

/** The high word of √½. Subtracting it from a high word leaves the exponent k of the reduction on top. */
const HIGH_WORD_OF_SQRT_HALF = 0x3fe6a09e;
const HIGH_WORD_OF_SMALLEST_NORMAL = 0x00100000;
const HIGH_WORD_OF_INFINITY = 0x7ff00000;
const SMALLEST_NORMAL = 2.2250738585072014e-308;
const TWO_TO_54 = 18_014_398_509_481_984;

/** The exponents k of the table of 2ᵏ. Its first two entries are subnormal and still exact. */
const POWER_MIN = -1024;
const POWER_MAX = 1023;
const POWERS_OF_TWO = powersOfTwo();

/** One double and its two words, for reading exponents. */
const float64 = new Float64Array(1);
const words = new Int32Array(float64.buffer);
const HIGH_WORD = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(POWER_MAX - POWER_MIN + 1);
  powers[-POWER_MIN] = 1;
  for (let i = 1 - POWER_MIN; i < powers.length; i++) powers[i] = (powers[i - 1] as number) * 2;
  for (let i = -1 - POWER_MIN; i >= 0; i--) powers[i] = (powers[i + 1] as number) / 2;
  return powers;
}

function powerOfTwo(k: number): number {
  return POWERS_OF_TWO[k - POWER_MIN] as number;
}

/** value · 2ᵏ for a value near 1 and any k that exp can produce, rounded once. */
function scale(value: number, k: number): number {
  if (k > POWER_MAX) return value * powerOfTwo(POWER_MAX) * powerOfTwo(k - POWER_MAX);
  if (k >= -1022) return value * powerOfTwo(k);
  return value * powerOfTwo(k + 128) * powerOfTwo(-128);
}

/** The natural logarithm of x. NaN below 0, −∞ at 0. */
export const log = makeLog();

/**
 * Makes `log` a function with its constants in a scope of its own. V8 compiles such constants into the
 * code; those of a module it loads and checks at each call where a bundler has made them `var`.
 */
function makeLog(): (x: number) => number {
  const cell = float64;
  const cellWords = words;
  const highWord = HIGH_WORD;
  const powers = POWERS_OF_TWO;
  const powerOfZero = -POWER_MIN;
  const smallestNormal = HIGH_WORD_OF_SMALLEST_NORMAL;
  const infinity = HIGH_WORD_OF_INFINITY;
  const sqrtHalf = HIGH_WORD_OF_SQRT_HALF;
  const ln2High = LN2_HIGH;
  const ln2Low = LN2_LOW;
  return (x) => {
    cell[0] = x;
    const high = cellWords[highWord] as number;
    if (high < smallestNormal || high >= infinity) return logOfSpecial(x);
    const k = (high - sqrtHalf) >> 20;
    // As in `logOfParts`, written out for a correction of 0.
    const f = x * (powers[powerOfZero - k] as number) - 1;
    const s = f / (2 + f);
    const z = s * s;
    const w = z * z;
    const odd = z * (2 / 3 + w * (2 / 7 + w * (2 / 11 + w * (2 / 15 + w * (2 / 19)))));
    const even = w * (2 / 5 + w * (2 / 9 + w * (2 / 13 + w * (2 / 17 + w * (2 / 21)))));
    const halfSquare = 0.5 * f * f;
    return k * ln2High - (halfSquare - (s * (halfSquare + (odd + even)) + k * ln2Low) - f);
  };
}

/** The logarithm of a number that is not positive, finite and normal. */
function logOfSpecial(x: number): number {
  if (x === 0) return -Infinity;
  if (!(x > 0)) return Number.NaN;
  if (x === Infinity) return x;
  const normal = x * TWO_TO_54;
  float64[0] = normal;
  const k = ((words[HIGH_WORD] as number) - HIGH_WORD_OF_SQRT_HALF) >> 20;
  return logOfParts(normal * powerOfTwo(-k) - 1, 0, k - 54);
}

/** The natural logarithm of 1 + x, accurate for small x too. NaN below −1, −∞ at −1. */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : Number.NaN;
  if (x === 0 || x === Infinity) return x;
  const u = 1 + x;
  float64[0] = u;
  const k = ((words[HIGH_WORD] as number) - HIGH_WORD_OF_SQRT_HALF) >> 20;
  if (k === 0) return logOfParts(x, 0, 0);
  // What rounding 1 + x lost, relative to u: log(u + lost) = log u + lost / u to first order.
  const lost = u >= 2 ? 1 - (u - x) : x - (u - 1);
  return logOfParts(u * powerOfTwo(-k) - 1, lost / u, k);
}

/** k·ln 2 + log(1 + f) + correction, for f in [√½ − 1, √2 − 1). */
function logOfParts(f: number, correction: number, k: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  // 2·atanh(s) / s − 2 = 2z/3 + 2z²/5 + …, its odd and even powers of z side by side because two
  // short chains of multiplications overlap in the processor.
  const odd = z * (2 / 3 + w * (2 / 7 + w * (2 / 11 + w * (2 / 15 + w * (2 / 19)))));
  const even = w * (2 / 5 + w * (2 / 9 + w * (2 / 13 + w * (2 / 17 + w * (2 / 21)))));
  const halfSquare = 0.5 * f * f;
  return (
    k * LN2_HIGH - (halfSquare - (s * (halfSquare + (odd + even)) + (k * LN2_LOW + correction)) - f)
  );
}

/** r·(r − P) / (2 + P − r), which is eʳ − 1 − r, for |r| ≤ ½·ln 2 and P(r²) = r·coth(r/2) − 2. */
function expMinusOneMinus(r: number): number {
  const z = r * r;
  const p =
    z *
    (1 / 6 +
      z *
        (-1 / 360 +
          z * (1 / 15120 + z * (-1 / 604800 + z * (1 / 23950080 + z * (-691 / 653837184000))))));
  return (r * (r - p)) / (2 + (p - r));
}

/** e to the power x. Overflows to ∞ above 709.78…, underflows to 0 below −745.13…. */
export function exp(x: number): number {
  return expOfSum(x, 0);
}

/** e to the power high + low, where |low| is far below |high|. */
function expOfSum(high: number, low: number): number {
  if (high > 710) return Infinity;
  if (high < -746) return 0;
  if (Number.isNaN(high)) return high;
  const k = Math.floor(high * Math.LOG2E + 0.5);
  // k·LN2_HIGH has at most 53 bits and lies near `high`: both operations are exact.
  const coarse = high - k * LN2_HIGH;
  const fine = k * LN2_LOW - low;
  const r = coarse - fine;
  const lost = coarse - r - fine;
  const rest = expMinusOneMinus(r);
  // 1 + r with its rounding error, so that only the small rest contributes errors before the last
  // rounding.
  const sum = 1 + r;
  const error = r - (sum - 1);
  return scale(sum + (error + (rest + lost * sum)), k);
}

/** e to the power x, minus 1, accurate for small x too. */
export function expm1(x: number): number {
  if (x === 0 || Number.isNaN(x)) return x;
  if (x < -40) return -1;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  // Beyond 2⁶⁰ the 1 lies far below the last place.
  if (k > 60) return exp(x);
  if (k === 0) return x + expMinusOneMinus(x);
  const coarse = x - k * LN2_HIGH;
  const fine = k * LN2_LOW;
  const r = coarse - fine;
  const lost = coarse - r - fine;
  const power = powerOfTwo(k);
  // 2ᵏ·eʳ − 1 = (2ᵏ − 1) + 2ᵏ·r + 2ᵏ·(eʳ − 1 − r): the first two sums keep their rounding errors.
  const a = power - 1;
  const errorOfA = k > 0 ? power - a - 1 : power - (a + 1);
  const b = power * r;
  const sum = a + b;
  const part = sum - a;
  const errorOfSum = a - (sum - part) + (b - part);
  return sum + (errorOfSum + (errorOfA + power * (expMinusOneMinus(r) + lost * (1 + r))));
}

/** The rounding error of product = a·b, exactly: a·b − product (Dekker). */
function productError(a: number, b: number, product: number): number {
  const aSplit = a * SPLITTER;
  const aHigh = aSplit - (aSplit - a);
  const aLow = a - aHigh;
  const bSplit = b * SPLITTER;
  const bHigh = bSplit - (bSplit - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

/**
 * base to the power exponent, with the special cases of ECMAScript's `Math.pow`: x⁰ is 1 even for
 * NaN, (±1) to ±∞ is NaN, and a negative base takes integer exponents only.
 */
export function pow(base: number, exponent: number): number {
  if (exponent === 0) return 1;
  if (Number.isNaN(base) || Number.isNaN(exponent)) return Number.NaN;
  const magnitude = Math.abs(base);
  if (exponent === Infinity || exponent === -Infinity) {
    if (magnitude === 1) return Number.NaN;
    return magnitude > 1 === exponent > 0 ? Infinity : 0;
  }
  const odd = Math.abs(exponent % 2) === 1;
  if (magnitude === 0 || magnitude === Infinity) {
    const signed = odd ? base : magnitude;
    return exponent > 0 ? signed : 1 / signed;
  }
  if (base < 0 && Math.floor(exponent) !== exponent) return Number.NaN;
  const sign = base < 0 && odd ? -1 : 1;
  if (magnitude === 1) return sign;
  // |log x| is at least 2⁻⁵³ when x is not 1, so such an exponent leaves the range of doubles.
  if (Math.abs(exponent) > 1e20) return magnitude > 1 === exponent > 0 ? sign * Infinity : sign * 0;
  return sign * powOfPositive(magnitude, exponent);
}

/** pow for a finite x > 0 other than 1 and a finite y with |y| ≤ 10²⁰. */
function powOfPositive(x: number, y: number): number {
  let normal = x;
  let shift = 0;
  if (x < SMALLEST_NORMAL) {
    normal = x * TWO_TO_54;
    shift = 54;
  }
  float64[0] = normal;
  const exponent = ((words[HIGH_WORD] as number) - HIGH_WORD_OF_SQRT_HALF) >> 20;
  const f = normal * powerOfTwo(-exponent) - 1;
  const k = exponent - shift;

  // s = f / (2 + f) as sHigh + sLow: the remainder of the division is computed exactly.
  const d = 2 + f;
  const dLow = f - (d - 2);
  const sHigh = f / d;
  const sProduct = sHigh * d;
  const sLow = (f - sProduct - productError(sHigh, d, sProduct) - sHigh * dLow) / d;

  // z = s² as zHigh + zLow.
  const zHigh = sHigh * sHigh;
  const zLow = productError(sHigh, sHigh, zHigh) + 2 * sHigh * sLow;

  // log m = 2s + 2s·z·(⅓ + z·(⅕ + z·tail)): the tail in one double, what stands before it in two.
  const tail =
    1 / 7 +
    zHigh *
      (1 / 9 +
        zHigh *
          (1 / 11 +
            zHigh *
              (1 / 13 +
                zHigh *
                  (1 / 15 +
                    zHigh *
                      (1 / 17 +
                        zHigh * (1 / 19 + zHigh * (1 / 21 + zHigh * (1 / 23 + zHigh / 25))))))));
  const third = zHigh * tail;
  const uHigh = 1 / 5 + third;
  const uLow = 1 / 5 - uHigh + third + FIFTH_LOW;
  const second = zHigh * uHigh;
  const secondLow = productError(zHigh, uHigh, second) + (zHigh * uLow + zLow * uHigh);
  const wHigh = 1 / 3 + second;
  const wLow = 1 / 3 - wHigh + second + (secondLow + THIRD_LOW);
  const first = zHigh * wHigh;
  const firstLow = productError(zHigh, wHigh, first) + (zHigh * wLow + zLow * wHigh);
  const cubic = sHigh * first;
  const cubicLow = productError(sHigh, first, cubic) + (sHigh * firstLow + sLow * first);

  // log x = k·ln 2 + 2s + 2·cubic, added from the largest term down, each sum with its error.
  const base = k * LN2_HIGH;
  const sum1 = base + 2 * sHigh;
  const error1 = k === 0 ? 0 : 2 * sHigh - (sum1 - base);
  const sum2 = sum1 + 2 * cubic;
  const error2 = 2 * cubic - (sum2 - sum1);
  const small = error1 + error2 + (2 * (sLow + cubicLow) + k * LN2_LOW);
  const logHigh = sum2 + small;
  const logLow = small - (logHigh - sum2);

  const product = y * logHigh;
  // Outside this range the result is ∞ or 0, whatever the low part adds.
  if (product > 710 || product < -746) return product > 0 ? Infinity : 0;
  return expOfSum(product, productError(y, logHigh, product) + y * logLow);
}
