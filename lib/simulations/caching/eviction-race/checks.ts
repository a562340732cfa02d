/** The rules that the policies are held to, in the tests and on request in the page. */
import type { RandomStream } from '../../../kernel/random';
import type { Check, CheckContext } from '../../../simulation/definition';
import { cumulative, indexAt, zipfWeights } from '../../../simulation/popularity';
import type { CacheFactory, Key } from './models/cache';
import { frequencySketch } from './models/frequency-sketch';
import type { parameters } from './parameters';
import { BELADY } from './requests';
import { bestStaticHits, fifoHits, lruHits } from './theory';
import { missesOf, SILBERSCHATZ, type Trace, traceOf, zipfTrace } from './traces';
import { ALL, ONLINE, type VariantId } from './variants';

type CacheCheck = Check<typeof parameters, VariantId, CacheFactory>;
type Context = CheckContext<typeof parameters, VariantId, CacheFactory>;

const LIBCACHESIM =
  'libCacheSim, commit aa0fc40, built and run on the same traces with objects of one size (2,000 keys, mulberry32; 40,000 requests of exponent 0.9, and of 0.8 with 500 new keys after every 5,000).';

export const checks = {
  EV1: {
    statement:
      'On the string 1 2 3 4 1 2 5 1 2 3 4 5, FIFO misses 9 times with three places and 10 times with four.',
    against:
      'L. A. Belady, R. A. Nelson and G. S. Shedler, "An anomaly in space-time characteristics of certain programs running in a paging machine", CACM 12 (6), 1969; LRU and OPT as every textbook counts them.',
    variants: ['fifo', 'lru', 'opt'],
    seeds: 1,
    verify: (check) => {
      const trace = traceOf(BELADY);
      faults(check, trace, { fifo: [12, 12, 9, 10, 5], lru: [12, 12, 10, 8, 5] });
      faults(check, trace, { opt: [12, 9, 7, 6, 5] });
    },
  },

  EV2: {
    statement:
      'On the reference string of the textbook, FIFO misses 15 times with three places, LRU 12, OPT 9.',
    against:
      'Silberschatz, Galvin and Gagne, "Operating System Concepts", chapter on virtual memory.',
    variants: ['fifo', 'lru', 'opt'],
    seeds: 1,
    verify: (check) => {
      faults(check, SILBERSCHATZ, { fifo: [20, 15, 15, 10, 9], lru: [20, 17, 12, 8, 7] });
      faults(check, SILBERSCHATZ, { opt: [20, 13, 9, 8, 7] });
    },
  },

  EV3: {
    statement:
      'FIFO, CLOCK, LRU, LFU, ARC, S3-FIFO, SIEVE and OPT miss exactly as often as in libCacheSim.',
    against: LIBCACHESIM,
    variants: ['fifo', 'clock', 'lru', 'lfu', 'arc', 's3-fifo', 'sieve', 'opt'],
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const { name, trace, counts } of PUBLISHED) {
        for (const [variant, [small, large]] of Object.entries(counts)) {
          const policy = model(variant as VariantId);
          equal(missesOf(policy, trace(), 100), small, `Misses of ${variant}, ${name}, 100 keys`);
          equal(missesOf(policy, trace(), 400), large, `Misses of ${variant}, ${name}, 400 keys`);
        }
      }
    },
  },

  EV4: {
    statement: 'W-TinyLFU misses as often as in libCacheSim to within 1.5 %.',
    against: `${LIBCACHESIM} Its sketch uses other hashes and is halved at another time.`,
    variants: ['w-tiny-lfu'],
    seeds: 1,
    verify: ({ model, within }) => {
      const policy = model('w-tiny-lfu');
      const cases = [
        [plain(), 100, 20_044],
        [plain(), 400, 12_076],
        [scanned(), 100, 28_069],
        [scanned(), 400, 19_487],
      ] as const;
      for (const [trace, capacity, misses] of cases)
        within(
          missesOf(policy, trace, capacity),
          misses,
          0.015 * misses,
          `Misses, ${capacity} keys`,
        );
    },
  },

  EV5: {
    statement: 'OPT misses as rarely as any sequence of decisions could.',
    against: 'Search through all decisions on short random traces.',
    variants: ['opt'],
    seeds: 40,
    verify: ({ model, random, equal }) => {
      const stream = random('trace');
      const trace = traceOf(Array.from({ length: 14 }, () => stream.nextInteger(6)));
      for (const capacity of [1, 2, 3, 4])
        equal(
          missesOf(model('opt'), trace, capacity),
          fewestMisses(trace.requests, capacity),
          `Misses with ${capacity} places`,
        );
    },
  },

  EV6: {
    statement: 'No policy misses less than OPT.',
    against:
      'L. A. Belady, IBM Systems Journal 5 (2), 1966; R. L. Mattson et al., IBM Systems Journal 9 (2), 1970.',
    variants: ALL,
    seeds: 10,
    verify: ({ model, random, atLeast }) => {
      const trace = mixedTrace(random('trace'), 3000);
      for (const capacity of [3, 20, 90]) {
        const fewest = missesOf(model('opt'), trace, capacity);
        for (const variant of ONLINE)
          atLeast(missesOf(model(variant), trace, capacity), fewest, `Misses of ${variant}`);
      }
    },
  },

  EV7: {
    statement: 'LRU and OPT never miss more with more room.',
    against:
      'The inclusion property of stack algorithms: R. L. Mattson et al., IBM Systems Journal 9 (2), 1970.',
    variants: ['lru', 'opt'],
    seeds: 10,
    verify: ({ model, random, atMost }) => {
      const trace = mixedTrace(random('trace'), 600);
      for (const variant of ['lru', 'opt'] as const) {
        let before = Number.POSITIVE_INFINITY;
        for (let capacity = 1; capacity <= 40; capacity++) {
          const misses = missesOf(model(variant), trace, capacity);
          atMost(misses, before, `Misses of ${variant} with ${capacity} places`);
          before = misses;
        }
      }
    },
  },

  EV8: {
    statement: 'LRU hits as often as Che’s approximation says, to within one percentage point.',
    against:
      'H. Che, Y. Tung and Z. Wang, IEEE JSAC 20 (7), 2002, under independent requests by Zipf’s law.',
    variants: ['lru'],
    seeds: 3,
    verify: (check) => nearTheory(check, 'lru', lruHits),
  },

  EV9: {
    statement: 'FIFO hits as often as its approximation says, to within one percentage point.',
    against: 'C. Fricker, P. Robert and J. Roberts, ITC 24, 2012, section V.',
    variants: ['fifo'],
    seeds: 3,
    verify: (check) => nearTheory(check, 'fifo', fifoHits),
  },

  EV10: {
    statement:
      'Under requests of fixed popularity, no policy but OPT hits more often than a cache that always holds the most popular keys, and W-TinyLFU comes within four percentage points of it.',
    against:
      'The independent reference model: the most popular keys are the best that a policy blind to the future can keep.',
    variants: ONLINE,
    seeds: 2,
    verify: ({ model, random, atMost, atLeast }) => {
      const weights = zipfWeights(1000, 0.9);
      const best = 100 * bestStaticHits({ weights, capacity: 100 });
      const trace = independent(random('trace'), weights, 40_000);
      for (const variant of ONLINE) {
        const hits = hitPercent(model(variant), trace, 100);
        atMost(hits, best + 1, `Hits of ${variant}, %`);
        if (variant === 'w-tiny-lfu') atLeast(hits, best - 4, `Hits of ${variant}, %`);
      }
    },
  },

  EV11: {
    statement:
      'In a loop one key longer than the cache, FIFO, CLOCK and LRU never hit, and OPT misses once in as many requests as fit.',
    against:
      'Derived: what goes is what comes next. OPT keeps all but one, and a kept key fails each time round the places.',
    variants: ['fifo', 'clock', 'lru', 'opt'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const capacity = 50;
      const rounds = 40;
      const requests = Array.from(
        { length: (capacity + 1) * rounds },
        (_, i) => i % (capacity + 1),
      );
      const trace = traceOf(requests);
      for (const variant of ['fifo', 'clock', 'lru'] as const)
        equal(missesOf(model(variant), trace, capacity), requests.length, `Misses of ${variant}`);
      // After the first round one miss for every `capacity` requests.
      const later = requests.length - (capacity + 1);
      equal(
        missesOf(model('opt'), trace, capacity),
        capacity + 1 + Math.floor(later / capacity),
        'Misses of opt',
      );
    },
  },

  EV12: {
    statement:
      'A scan of new keys takes nothing from what S3-FIFO, W-TinyLFU and LFU have found to be used often, nor from ARC, which has not learnt here to favour what is new.',
    against:
      'Their papers: such keys have to be asked for again before they may take a place from one that was.',
    variants: ['s3-fifo', 'arc', 'w-tiny-lfu', 'lfu'],
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const variant of ['s3-fifo', 'arc', 'w-tiny-lfu', 'lfu'] as const) {
        const cache = model(variant)({ capacity: 100, nextUse: () => Number.POSITIVE_INFINITY });
        const popular = Array.from({ length: 50 }, (_, i) => `popular ${i}`);
        for (let round = 0; round < 4; round++) for (const key of popular) cache.access(key);
        // Fills the cache, so that what must go has gone before the scan.
        for (let i = 0; i < 200; i++) cache.access(`filler ${i}`);
        for (const key of popular) cache.access(key);
        for (let i = 0; i < 1000; i++) cache.access(`row ${i}`);
        const kept = new Set(cache.entries().map(({ key }) => key));
        equal(popular.filter((key) => kept.has(key)).length, 50, `Popular keys left by ${variant}`);
      }
    },
  },

  EV13: {
    statement:
      'The sketch never estimates less than the uses it was told of, up to 15, and halves them on time.',
    against:
      'G. Cormode and S. Muthukrishnan, "An improved data stream summary: the count-min sketch", 2005; TinyLFU, section 3.3.',
    variants: ['w-tiny-lfu'],
    seeds: 10,
    verify: ({ random, atLeast, within }) => {
      const stream = random('keys');
      const sketch = frequencySketch(400);
      const uses = new Map<number, number>();
      for (let i = 0; i < 3999; i++) {
        const key = Math.floor(stream.next() * stream.next() * 500);
        sketch.add(key);
        uses.set(key, (uses.get(key) ?? 0) + 1);
      }
      for (const [key, count] of uses)
        atLeast(sketch.estimate(key), Math.min(15, count), `Estimate of ${key}`);
      const often = [...uses].find(([, count]) => count >= 15)?.[0] ?? 0;
      sketch.add(often);
      within(sketch.estimate(often), 7, 0.5, 'Estimate of 15 uses after it was halved');
    },
  },

  EV14: {
    statement:
      'Every policy keeps as many keys as it was given room for, names each that goes, and knows no key it was told to forget.',
    against: 'The contract of the interface, against a set kept from what the policy says.',
    variants: ALL,
    seeds: 10,
    verify: ({ model, random, equal, atMost }) => {
      const stream = random('steps');
      for (const variant of ALL) {
        const capacity = 1 + stream.nextInteger(30);
        const cache = model(variant)({ capacity, nextUse: () => stream.nextInteger(1000) });
        const kept = new Set<Key>();
        for (let step = 0; step < 1500; step++) {
          const key = stream.nextInteger(60);
          if (stream.nextInteger(10) === 0) {
            cache.remove(key);
            kept.delete(key);
            continue;
          }
          const { hit, evicted } = cache.access(key);
          equal(hit, kept.has(key), `${variant}, a hit in step ${step}`);
          kept.add(key);
          if (evicted !== undefined) kept.delete(evicted);
          atMost(kept.size, capacity, `Keys of ${variant}`);
        }
        const listed = cache.entries().map(({ key }) => Number(key));
        equal(
          listed.sort(ascending),
          [...kept].map(Number).sort(ascending),
          `Entries of ${variant}`,
        );
      }
    },
  },

  EV15: {
    statement:
      'Mean latency is the look into the cache plus the share of misses times the time of the database.',
    against: 'Definition; recomputed from the measures of a run.',
    variants: ['lru'],
    seeds: 3,
    verify: ({ run, within }) => {
      const race = run({ variants: ['lru'], parameters: { lookupMs: 2, databaseMs: 30 } });
      const expected = 2 + (30 * race.value('lru', 'missShare')) / 100;
      within(race.value('lru', 'latency.mean'), expected, 1e-6, 'Mean latency, ms');
    },
  },

  EV16: {
    statement:
      'Nothing stale is read where writes delete or update the key, and without writes nothing is stale at all.',
    against:
      'Definition: reads and writes take no time here, so that none can come between the other’s steps.',
    variants: ['lru', 'sieve'],
    seeds: 2,
    verify: ({ run, equal, atLeast }) => {
      const variants = ['lru', 'sieve'] as const;
      for (const variant of variants) {
        for (const onWrite of ['delete', 'update'] as const) {
          const race = run({ variants, parameters: { writePercent: 20, onWrite } });
          equal(race.value(variant, 'staleShare'), 0, `Stale reads, ${onWrite}, %`);
        }
        const ignored = run({ variants, parameters: { writePercent: 20, onWrite: 'nothing' } });
        atLeast(
          ignored.value(variant, 'staleShare'),
          10,
          'Stale reads if writes change nothing, %',
        );
      }
    },
  },
} satisfies Record<string, CacheCheck>;

const ascending = (a: number, b: number): number => a - b;

/** Faults with one place, two places, and so on. */
function faults(
  { model, equal }: Context,
  trace: Trace,
  expected: Partial<Record<VariantId, readonly number[]>>,
): void {
  for (const [variant, counts] of Object.entries(expected)) {
    const policy = model(variant as VariantId);
    for (const [index, count] of counts.entries())
      equal(
        missesOf(policy, trace, index + 1),
        count,
        `Misses of ${variant} with ${index + 1} places`,
      );
  }
}

const plain = () => zipfTrace({ keys: 2000, skew: 0.9, length: 40_000, seed: 1 });
const scanned = () =>
  zipfTrace({ keys: 2000, skew: 0.8, length: 40_000, seed: 2, scan: { every: 5000, rows: 500 } });

/** Misses with room for 100 keys and for 400. */
const PUBLISHED: readonly {
  readonly name: string;
  readonly trace: () => Trace;
  readonly counts: Partial<Record<VariantId, readonly [number, number]>>;
}[] = [
  {
    name: 'by popularity',
    trace: plain,
    counts: {
      fifo: [26_184, 16_720],
      clock: [23_701, 14_281],
      lru: [24_276, 14_754],
      lfu: [20_532, 12_326],
      arc: [20_699, 13_183],
      's3-fifo': [20_051, 12_546],
      sieve: [19_928, 12_262],
      opt: [15_497, 7857],
    },
  },
  {
    name: 'with scans',
    trace: scanned,
    counts: {
      fifo: [33_983, 24_883],
      clock: [32_012, 22_690],
      lru: [32_573, 23_175],
      lfu: [28_536, 20_083],
      arc: [28_601, 20_475],
      's3-fifo': [27_943, 19_771],
      sieve: [27_976, 19_858],
      opt: [22_647, 13_922],
    },
  },
];

function nearTheory(
  { model, random, within }: Context,
  variant: 'lru' | 'fifo',
  theory: (options: { weights: Float64Array; capacity: number }) => number,
): void {
  for (const skew of [0.6, 1]) {
    const weights = zipfWeights(1000, skew);
    const trace = independent(random(`trace ${skew}`), weights, 60_000);
    for (const capacity of [50, 200])
      within(
        hitPercent(model(variant), trace, capacity),
        100 * theory({ weights, capacity }),
        1,
        `Hits of ${variant}, exponent ${skew}, ${capacity} keys, %`,
      );
  }
}

const hitPercent = (model: CacheFactory, trace: Trace, capacity: number): number =>
  100 * (1 - missesOf(model, trace, capacity) / trace.requests.length);

/** Independent requests of fixed popularity. */
function independent(stream: RandomStream, weights: Float64Array, length: number): Trace {
  const sums = cumulative(weights);
  return {
    requests: Array.from({ length }, () => indexAt(sums, stream.next())),
    keys: weights.length,
  };
}

/** Popular keys, keys asked for once, and loops, by turns: what no policy is made for alone. */
function mixedTrace(stream: RandomStream, length: number): Trace {
  const sums = cumulative(zipfWeights(100, 0.8));
  const requests: number[] = [];
  while (requests.length < length) {
    const kind = stream.nextInteger(3);
    const stretch = 5 + stream.nextInteger(40);
    for (let i = 0; i < stretch; i++) {
      if (kind === 0) requests.push(indexAt(sums, stream.next()));
      else if (kind === 1) requests.push(1000 + requests.length);
      else requests.push(200 + (i % 25));
    }
  }
  return traceOf(requests);
}

/** The fewest misses of any sequence of decisions, by trying all of them. */
function fewestMisses(requests: readonly number[], capacity: number): number {
  // What may be in the cache, as a set of bits, and the fewest misses that lead there.
  let reachable = new Map<number, number>([[0, 0]]);
  for (const key of requests) {
    const bit = 1 << key;
    const next = new Map<number, number>();
    const reach = (kept: number, misses: number): void => {
      next.set(kept, Math.min(misses, next.get(kept) ?? Number.POSITIVE_INFINITY));
    };
    for (const [kept, misses] of reachable) {
      if (kept & bit) {
        reach(kept, misses);
        continue;
      }
      if (bitsOf(kept).length < capacity) reach(kept | bit, misses + 1);
      else for (const gone of bitsOf(kept)) reach((kept & ~gone) | bit, misses + 1);
    }
    reachable = next;
  }
  return Math.min(...reachable.values());
}

function bitsOf(set: number): number[] {
  return Array.from({ length: 31 }, (_, i) => 1 << i).filter((bit) => (set & bit) !== 0);
}
