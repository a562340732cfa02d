/**
 * Chance for the simulations: named streams of random numbers, all derived from one seed.
 *
 * A run is a pure function of its inputs, so nothing here reads a clock or a global generator. Each
 * source of chance (arrivals, service times, loss) owns a stream with a name. A model that starts to
 * draw more from one stream leaves the draws of every other stream as they were, and two variants of
 * a model that share a seed therefore meet the same traffic (common random numbers).
 *
 * Every operation is 32-bit integer arithmetic or an exact multiplication by a power of two, so all
 * JavaScript engines produce the same bits.
 */

import { log } from './math';

/** 2⁻⁵³, the distance between neighbouring values of a 53-bit uniform. */
const TWO_TO_MINUS_53 = 1 / 9_007_199_254_740_992;
const TWO_TO_26 = 67_108_864;
/** Words that a stream makes at once. Even, since a uniform draw takes two. */
const BATCH = 64;
const TWO_TO_32 = 4_294_967_296;

/**
 * Fractional bits of the square roots of 2, 3 and 5. They only have to differ, so that streams and
 * keyed draws of the same seed and name start in different places; that they are well-known numbers
 * shows that nobody searched for convenient ones.
 */
const STREAM_DOMAIN = 0x6a09e667;
const KEYED_DOMAIN = 0xbb67ae85;
const SECOND_HALF = 0x3c6ef372;

/**
 * The finaliser of MurmurHash3 (Austin Appleby, public domain): a bijection of 32-bit words in which
 * each input bit flips each output bit with a probability close to one half.
 */
function mix32(word: number): number {
  let h = word;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * A 64-bit hash state that absorbs words one after the other. The second half mixes in the first one
 * after each word, so two inputs collide only where both halves do: for each absorbed word the step
 * is a bijection of the 64-bit state.
 */
class HashState {
  private readonly halves = new Int32Array(2);

  constructor(domain: number) {
    this.halves[0] = domain;
    this.halves[1] = SECOND_HALF;
  }

  absorb(word: number): number {
    const first = mix32((this.halves[0] as number) ^ word);
    const second = mix32(((this.halves[1] as number) + first) | 0);
    this.halves[0] = first;
    this.halves[1] = second;
    return second;
  }

  get first(): number {
    return this.halves[0] as number;
  }

  get second(): number {
    return this.halves[1] as number;
  }
}

/** Hashes (domain, seed, name): the seed, then the name's UTF-16 units, then their number. */
function hashName(domain: number, seed: number, name: string): HashState {
  assertSeed(seed);
  if (name === '') {
    throw new RangeError(
      "The name of a random stream should be a non-empty string, but '' was given. Name the source of chance, for example 'arrivals'.",
    );
  }
  const state = new HashState(domain);
  state.absorb(seed);
  for (let i = 0; i < name.length; i++) state.absorb(name.charCodeAt(i));
  state.absorb(name.length);
  return state;
}

function assertSeed(seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed >= TWO_TO_32) {
    throw new RangeError(
      `A seed should be an integer from 0 to 4294967295, but ${seed} was given. Use 'seed >>> 0' to fold another integer into that range.`,
    );
  }
}

/**
 * The generator xoshiro128** 1.1 by David Blackman and Sebastiano Vigna (public domain,
 * https://prng.di.unimi.it/xoshiro128starstar.c): 128 bits of state, period 2¹²⁸ − 1.
 *
 * Words are made in batches, in a loop that keeps the state in registers, and the logarithms of a
 * batch one right after the other, so that the processor overlaps them: a draw is then little more
 * than a read. What is drawn does not depend on it. The state lives in a typed array because V8
 * would box a field whose value leaves the small-integer range.
 */
export class RandomStream {
  /** The state behind the last word of the batch. */
  private readonly state = new Int32Array(4);
  private readonly words = new Int32Array(BATCH);
  /** The next word to be drawn; the length of the batch when it is used up. */
  private index: number = BATCH;
  /** For each pair of words the standard exponential draw that it gives, if they have been made. */
  private readonly exponentials = new Float64Array(BATCH / 2);
  /** The words that have their exponential draws: all of the batch or none. */
  private exponentialsEnd = 0;

  /**
   * Starts from four 32-bit words, of which at least one must not be zero (from all zeros the
   * generator would produce zeros for ever). Simulations take their streams from `createStreams`.
   */
  constructor(words: readonly [number, number, number, number]) {
    this.state.set(words);
    if (this.state.every((word) => word === 0)) {
      throw new RangeError(
        'The state of a random stream should have a word that is not zero, but all four words are zero. Take the stream from createStreams(seed).stream(name).',
      );
    }
  }

  /** The next 32 bits, as an integer from 0 to 2³² − 1. */
  nextUint32(): number {
    return this.step() >>> 0;
  }

  /** A uniform draw from [0, 1): a multiple of 2⁻⁵³, made from two words. */
  next(): number {
    const { index, words } = this;
    if (index + 1 >= words.length) return uniformOf(this.step(), this.step());
    this.index = index + 2;
    return uniformOf(words[index] as number, words[index + 1] as number);
  }

  /**
   * A standard exponential draw (mean 1), −log(1 − u) for the u that `next` would have drawn: it takes
   * two words too. Models call `exponential` of the distributions.
   */
  nextExponential(): number {
    const { index } = this;
    if (index >= this.exponentialsEnd || (index & 1) !== 0) return this.nextExponentialAfresh();
    this.index = index + 2;
    return this.exponentials[index >>> 1] as number;
  }

  /** A uniform draw from the open interval (0, 1), for quantile functions that are infinite at 0. */
  nextOpen(): number {
    let u = this.next();
    while (u === 0) u = this.next();
    return u;
  }

  /**
   * A uniform integer from 0 to `bound` − 1, without bias. `bound` is an integer from 1 to 2³²;
   * anything else is a RangeError.
   */
  nextInteger(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > TWO_TO_32) {
      throw new RangeError(
        `The bound of a random integer should be an integer from 1 to 4294967296, but ${bound} was given. The draw is from 0 to bound − 1.`,
      );
    }
    // Words at or above the largest multiple of the bound would favour the small remainders.
    const limit = TWO_TO_32 - (TWO_TO_32 % bound);
    let word = this.nextUint32();
    while (word >= limit) word = this.nextUint32();
    return word % bound;
  }

  /** The same where the batch is used up, has no exponential draws, or stands between two pairs. */
  private nextExponentialAfresh(): number {
    if (this.index === BATCH) this.refill();
    const { index, words, exponentials } = this;
    // After an odd number of single words the pairs of the batch are not those to be drawn.
    if ((index & 1) !== 0) return exponentialOf(this.next());
    for (let i = index; i < BATCH; i += 2) {
      exponentials[i >>> 1] = exponentialOf(uniformOf(words[i] as number, words[i + 1] as number));
    }
    this.exponentialsEnd = BATCH;
    this.index = index + 2;
    return exponentials[index >>> 1] as number;
  }

  private step(): number {
    if (this.index === BATCH) this.refill();
    const index = this.index;
    this.index = index + 1;
    return this.words[index] as number;
  }

  private refill(): void {
    const { state, words } = this;
    let s0 = state[0] as number;
    let s1 = state[1] as number;
    let s2 = state[2] as number;
    let s3 = state[3] as number;
    for (let i = 0; i < words.length; i++) {
      const scrambled = Math.imul(s1, 5);
      words[i] = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
      const shifted = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= shifted;
      s3 = (s3 << 11) | (s3 >>> 21);
    }
    state[0] = s0;
    state[1] = s1;
    state[2] = s2;
    state[3] = s3;
    this.index = 0;
    this.exponentialsEnd = 0;
  }
}

/** The uniform draw that two words give. */
function uniformOf(first: number, second: number): number {
  return ((first >>> 5) * TWO_TO_26 + (second >>> 6)) * TWO_TO_MINUS_53;
}

/**
 * The standard exponential draw that a uniform one gives. 1 − u is exact and lies in (0, 1], so the
 * logarithm is finite. Subtracting from 0 avoids −0.
 */
function exponentialOf(u: number): number {
  return 0 - log(1 - u);
}

/** Draws that depend on a key alone: the same (i, j) gives the same value, in any order of asking. */
export class KeyedDraws {
  private readonly key = new Int32Array(2);

  constructor(seed: number, name: string) {
    const hash = hashName(KEYED_DOMAIN, seed, name);
    this.key[0] = hash.first;
    this.key[1] = hash.second;
  }

  /**
   * A uniform draw from [0, 1), a multiple of 2⁻⁵³, for the key (i, j): typically the number of a
   * request and of its attempt. Both are integers from 0 to 2⁵³ − 1; anything else is a RangeError.
   */
  uniform(i: number, j = 0): number {
    assertKey(i);
    assertKey(j);
    let first = this.key[0] as number;
    let second = this.key[1] as number;
    // The same step as HashState.absorb, unrolled over the low and the high words of i and j.
    first = mix32(first ^ i);
    second = mix32((second + first) | 0);
    first = mix32(first ^ j);
    second = mix32((second + first) | 0);
    first = mix32(first ^ (i / TWO_TO_32));
    second = mix32((second + first) | 0);
    first = mix32(first ^ (j / TWO_TO_32));
    second = mix32((second + first) | 0);
    // Without this last exchange the first half would not depend on the second half of the key.
    first = mix32((first + second) | 0);
    return ((second >>> 5) * TWO_TO_26 + (first >>> 6)) * TWO_TO_MINUS_53;
  }
}

function assertKey(value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(
      `The key of a draw should be an integer from 0 to 9007199254740991, but ${value} was given. Number the requests and the attempts from 0.`,
    );
  }
}

/**
 * One keyed draw: `keyedUniform(seed, name, i, j)` is `new KeyedDraws(seed, name).uniform(i, j)`.
 * It is for what a run decides itself and in an order that depends on the variant, such as the
 * jitter of attempt j of request i, so that both sides of a race draw the same jitter.
 * Where many draws share a seed and a name, keep a `KeyedDraws`, which hashes the name once.
 */
export function keyedUniform(seed: number, name: string, i: number, j = 0): number {
  return new KeyedDraws(seed, name).uniform(i, j);
}

/** The random streams of one run. */
interface Streams {
  /** The seed from which all streams are derived, an integer from 0 to 2³² − 1. */
  readonly seed: number;
  /** The stream of this name: always the same object, so its draws continue where they stopped. */
  readonly stream: (name: string) => RandomStream;
  /** The keyed draws of this name, which share nothing with the stream of the same name. */
  readonly keyed: (name: string) => KeyedDraws;
}

/**
 * Creates the named streams of a run from its seed, an integer from 0 to 2³² − 1 (anything else is a
 * RangeError). The state of a stream is a 64-bit hash of (seed, name) expanded to 128 bits, so even
 * neighbouring seeds and names that differ in one letter give unrelated streams.
 */
export function createStreams(seed: number): Streams {
  assertSeed(seed);
  const streams = new Map<string, RandomStream>();
  const keyed = new Map<string, KeyedDraws>();
  return {
    seed,
    stream: (name) => {
      let stream = streams.get(name);
      if (stream === undefined) {
        stream = deriveStream(seed, name);
        streams.set(name, stream);
      }
      return stream;
    },
    keyed: (name) => {
      let draws = keyed.get(name);
      if (draws === undefined) {
        draws = new KeyedDraws(seed, name);
        keyed.set(name, draws);
      }
      return draws;
    },
  };
}

function deriveStream(seed: number, name: string): RandomStream {
  const hash = hashName(STREAM_DOMAIN, seed, name);
  const words: [number, number, number, number] = [
    hash.absorb(1),
    hash.absorb(2),
    hash.absorb(3),
    hash.absorb(4),
  ];
  // All four words are zero for about one name in 2¹²⁸; the run must not fail even then.
  if (words.every((word) => word === 0)) words[0] = 1;
  return new RandomStream(words);
}
