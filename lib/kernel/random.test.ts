import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { log } from './math';
import { createStreams, KeyedDraws, keyedUniform, RandomStream } from './random';

function take(n: number, draw: () => number): number[] {
  return Array.from({ length: n }, draw);
}

/** Chi-square of counts against equal shares; its mean is cells − 1, its variance twice that. */
function chiSquare(values: readonly number[], cells: number): number {
  const counts = new Array<number>(cells).fill(0);
  for (const value of values) {
    const cell = Math.floor(value * cells);
    counts[cell] = (counts[cell] ?? Number.NaN) + 1;
  }
  const share = values.length / cells;
  return counts.reduce((sum, count) => sum + (count - share) ** 2 / share, 0);
}

/** Chi-square, moved and scaled so that its mean is 0 and its standard deviation 1. */
function chiSquareScore(values: readonly number[], cells: number): number {
  return (chiSquare(values, cells) - (cells - 1)) / Math.sqrt(2 * (cells - 1));
}

/** The correlation of two series of uniform draws; its standard error is 1 / √n. */
function correlation(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - 0.5) * ((b[i] as number) - 0.5);
  return (12 * sum) / a.length;
}

describe('xoshiro128**', () => {
  it('gives the published outputs for the state 1, 2, 3, 4', () => {
    // Made with the authors' C code (version 1.1); the test vector of rand_xoshiro.
    const stream = new RandomStream([1, 2, 3, 4]);
    expect(take(10, () => stream.nextUint32())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
      4258142804,
    ]);
  });

  it('agrees with the algorithm written in BigInt from any state', () => {
    const word = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), (words) => {
        fc.pre(words.some((w) => w !== 0));
        const stream = new RandomStream(words);
        const state = words.map(BigInt) as [bigint, bigint, bigint, bigint];
        for (let i = 0; i < 20; i++) expect(stream.nextUint32()).toBe(Number(bigStep(state)));
      }),
      { seed: 1 },
    );
  });

  it('refuses the state from which it would produce zeros for ever', () => {
    expect(() => new RandomStream([0, 0, 0, 0])).toThrow(/should have a word that is not zero/);
  });
});

/** The reference algorithm of Blackman and Vigna on unsigned 32-bit words held in BigInt. */
function bigStep(s: [bigint, bigint, bigint, bigint]): bigint {
  const mask = 0xffffffffn;
  const rotate = (x: bigint, k: bigint) => ((x << k) | (x >> (32n - k))) & mask;
  const result = (rotate((s[1] * 5n) & mask, 7n) * 9n) & mask;
  const t = (s[1] << 9n) & mask;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate(s[3], 11n);
  return result;
}

describe('uniform draws', () => {
  it('are multiples of 2⁻⁵³ in [0, 1), made of the top bits of two words', () => {
    const draws = new RandomStream([1, 2, 3, 4]);
    const words = new RandomStream([1, 2, 3, 4]);
    for (let i = 0; i < 1_000; i++) {
      const high = words.nextUint32() >>> 5;
      const low = words.nextUint32() >>> 6;
      const draw = draws.next();
      expect(draw * 2 ** 53).toBe(high * 2 ** 26 + low);
      expect(draw).toBeLessThan(1);
    }
  });

  it.each([1, 2, 3, 42, 0xffffffff])('fill 256 cells evenly, seed %i', (seed) => {
    const stream = createStreams(seed).stream('uniform');
    expect(
      Math.abs(
        chiSquareScore(
          take(100_000, () => stream.next()),
          256,
        ),
      ),
    ).toBeLessThan(4.5);
  });

  it('have uniform low bits too', () => {
    const stream = createStreams(3).stream('uniform');
    const low = take(100_000, () => (stream.next() * 2 ** 45) % 1);
    expect(Math.abs(chiSquareScore(low, 256))).toBeLessThan(4.5);
  });

  it('fill the cells of pairs of successive draws evenly', () => {
    const stream = createStreams(4).stream('uniform');
    const pairs = take(200_000, () => {
      const first = Math.floor(stream.next() * 16);
      return (first * 16 + Math.floor(stream.next() * 16)) / 256;
    });
    expect(Math.abs(chiSquareScore(pairs, 256))).toBeLessThan(4.5);
  });

  it('skip 0 in the open interval', () => {
    // An output is 0 where the second word of the state is: here that is so twice in a row.
    const closed = new RandomStream([1, 0, 1, 7]);
    expect(closed.next()).toBe(0);
    const following = closed.next();
    expect(following).toBeGreaterThan(0);
    expect(new RandomStream([1, 0, 1, 7]).nextOpen()).toBe(following);
  });
});

describe('exponential draws', () => {
  it('are −log(1 − u) of the uniform draws in whose place they stand, whatever is drawn between them', () => {
    const kinds = fc.array(fc.constantFrom('word', 'uniform', 'exponential'), { maxLength: 400 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), kinds, (seed, order) => {
        const drawn = createStreams(seed).stream('mixed');
        const reference = createStreams(seed).stream('mixed');
        const uniformOfReference = () => {
          const high = reference.nextUint32() >>> 5;
          return (high * 2 ** 26 + (reference.nextUint32() >>> 6)) / 2 ** 53;
        };
        for (const kind of order) {
          if (kind === 'word') expect(drawn.nextUint32()).toBe(reference.nextUint32());
          else if (kind === 'uniform') expect(drawn.next()).toBe(uniformOfReference());
          else expect(drawn.nextExponential()).toBe(0 - log(1 - uniformOfReference()));
        }
      }),
    );
  });
});

describe('random integers', () => {
  it('stay below their bound', () => {
    const stream = createStreams(5).stream('integers');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 }), (bound) => {
        const draw = stream.nextInteger(bound);
        expect(Number.isInteger(draw)).toBe(true);
        expect(draw).toBeGreaterThanOrEqual(0);
        expect(draw).toBeLessThan(bound);
      }),
      { seed: 1 },
    );
  });

  it('have no bias where the bound does not divide 2³²', () => {
    // Without rejection the lower half of this range would be twice as likely as the upper one.
    const bound = 3 * 2 ** 30;
    const stream = createStreams(6).stream('integers');
    const draws = take(60_000, () => stream.nextInteger(bound) / bound);
    expect(Math.abs(chiSquareScore(draws, 3))).toBeLessThan(4.5);
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 32 + 1])('refuse the bound %d', (bound) => {
    const stream = createStreams(7).stream('integers');
    expect(() => stream.nextInteger(bound)).toThrow(
      /bound of a random integer should be an integer from 1 to 4294967296/,
    );
  });
});

describe('named streams', () => {
  it('are the same object for the same name, and start the same for the same seed', () => {
    const streams = createStreams(11);
    expect(streams.stream('arrivals')).toBe(streams.stream('arrivals'));
    expect(streams.keyed('jitter')).toBe(streams.keyed('jitter'));
    const again = createStreams(11).stream('arrivals');
    expect(take(10, () => streams.stream('arrivals').next())).toEqual(take(10, () => again.next()));
    expect(streams.seed).toBe(11);
  });

  it('keep their draws bit for bit when another stream is used more, less or not at all', () => {
    const name = fc.string({ minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0xffffffff }),
        name,
        name,
        fc.array(fc.nat({ max: 5 }), { minLength: 5, maxLength: 20 }),
        (seed, own, other, interleaving) => {
          fc.pre(own !== other);
          const alone = createStreams(seed).stream(own);
          const shared = createStreams(seed);
          for (const times of interleaving) {
            for (let i = 0; i < times; i++) shared.stream(other).next();
            expect(shared.stream(own).next()).toBe(alone.next());
          }
        },
      ),
      { seed: 1 },
    );
  });

  it('differ in every pair of seeds and names that are close to each other', () => {
    const starts = new Set<string>();
    const names = ['a', 'b', 'aa', 'ab', 'ba', 'arrivals', 'arrival', 'Arrivals', 'service', 'ä'];
    const seeds = [0, 1, 2, 3, 255, 256, 65_536, 0x80000000, 0xfffffffe, 0xffffffff];
    for (const seed of seeds) {
      for (const name of names) {
        const stream = createStreams(seed).stream(name);
        starts.add(take(2, () => stream.nextUint32()).join());
      }
    }
    expect(starts.size).toBe(names.length * seeds.length);
  });

  it('are uncorrelated between names and between neighbouring seeds', () => {
    const n = 40_000;
    const draws = (seed: number, name: string) => {
      const stream = createStreams(seed).stream(name);
      return take(n, () => stream.next());
    };
    const base = draws(1, 'arrivals');
    const others = [
      draws(1, 'service'),
      draws(1, 'arrivalt'),
      draws(2, 'arrivals'),
      draws(0, 'arrivals'),
      draws(0x80000001, 'arrivals'),
    ];
    for (const other of others) {
      expect(Math.abs(correlation(base, other))).toBeLessThan(4.5 / Math.sqrt(n));
      // One draw apart as well, in case one stream merely ran ahead of the other.
      expect(Math.abs(correlation(base.slice(1), other.slice(0, -1)))).toBeLessThan(
        4.5 / Math.sqrt(n),
      );
    }
  });

  it('have uniform first draws over successive seeds', () => {
    // Readers compare seed 1, 2, 3, …: their first gaps must look independent.
    const firsts = Array.from({ length: 20_000 }, (_, seed) =>
      createStreams(seed).stream('arrivals').next(),
    );
    expect(Math.abs(chiSquareScore(firsts, 100))).toBeLessThan(4.5);
    expect(Math.abs(correlation(firsts.slice(1), firsts.slice(0, -1)))).toBeLessThan(
      4.5 / Math.sqrt(firsts.length),
    );
  });

  it.each([-1, 2 ** 32, 0.5, Number.NaN, Infinity])('refuse the seed %d', (seed) => {
    expect(() => createStreams(seed)).toThrow(
      `A seed should be an integer from 0 to 4294967295, but ${seed} was given.`,
    );
  });

  it('refuse a name without letters', () => {
    expect(() => createStreams(1).stream('')).toThrow(/should be a non-empty string/);
  });
});

describe('keyed draws', () => {
  it('depend on the key alone, not on the order of asking', () => {
    const key = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    const draws = new KeyedDraws(9, 'jitter');
    fc.assert(
      fc.property(key, key, key, (i, j, k) => {
        const first = draws.uniform(i, j);
        draws.uniform(k, i);
        expect(draws.uniform(i, j)).toBe(first);
        expect(keyedUniform(9, 'jitter', i, j)).toBe(first);
        expect(first * 2 ** 53).toBe(Math.floor(first * 2 ** 53));
        expect(first).toBeGreaterThanOrEqual(0);
        expect(first).toBeLessThan(1);
      }),
      { seed: 1 },
    );
  });

  it('differ for keys that differ in one bit, in the low and in the high words', () => {
    const draws = new KeyedDraws(9, 'jitter');
    const seen = new Set<number>();
    let keys = 0;
    for (let bit = 0; bit < 53; bit++) {
      seen.add(draws.uniform(2 ** bit, 0));
      seen.add(draws.uniform(0, 2 ** bit));
      keys += 2;
    }
    seen.add(draws.uniform(0, 0));
    expect(seen.size).toBe(keys + 1);
  });

  it.each([
    ['requests', (i: number) => keyedUniform(1, 'loss', i, 0)],
    ['attempts', (i: number) => keyedUniform(1, 'loss', 7, i)],
    ['seeds', (i: number) => keyedUniform(i, 'loss', 7, 0)],
    ['a grid of both', (i: number) => keyedUniform(1, 'loss', Math.floor(i / 5), i % 5)],
    ['large steps', (i: number) => keyedUniform(1, 'loss', i * 2 ** 33, 0)],
  ])('are equidistributed and uncorrelated over %s', (_, draw) => {
    const draws = Array.from({ length: 50_000 }, (_unused, i) => draw(i));
    expect(Math.abs(chiSquareScore(draws, 256))).toBeLessThan(4.5);
    const lowBits = draws.map((value) => (value * 2 ** 45) % 1);
    expect(Math.abs(chiSquareScore(lowBits, 256))).toBeLessThan(4.5);
    for (const lag of [1, 2, 5]) {
      expect(Math.abs(correlation(draws.slice(lag), draws.slice(0, -lag)))).toBeLessThan(
        4.5 / Math.sqrt(draws.length),
      );
    }
  });

  it('flip about half of their bits when one bit of the key flips', () => {
    const draws = new KeyedDraws(3, 'avalanche');
    let flipped = 0;
    let compared = 0;
    for (let i = 1; i <= 200; i++) {
      for (let bit = 0; bit < 16; bit++) {
        const a = BigInt(draws.uniform(i, 1) * 2 ** 53);
        const b = BigInt(draws.uniform(i ^ (1 << bit), 1) * 2 ** 53);
        flipped += (a ^ b).toString(2).replaceAll('0', '').length;
        compared += 53;
      }
    }
    // The standard error of the share is √(¼ / compared) for independent bits.
    expect(Math.abs(flipped / compared - 0.5)).toBeLessThan(4.5 * Math.sqrt(0.25 / compared));
  });

  it('share nothing with the stream of the same name', () => {
    const streams = createStreams(12);
    const stream = streams.stream('loss');
    const keyed = streams.keyed('loss');
    const a = take(20_000, () => stream.next());
    const b = a.map((_, i) => keyed.uniform(i));
    expect(Math.abs(correlation(a, b))).toBeLessThan(4.5 / Math.sqrt(a.length));
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('refuse the key %d', (key) => {
    expect(() => keyedUniform(1, 'loss', key, 0)).toThrow(/key of a draw should be an integer/);
    expect(() => keyedUniform(1, 'loss', 0, key)).toThrow(/key of a draw should be an integer/);
  });
});
