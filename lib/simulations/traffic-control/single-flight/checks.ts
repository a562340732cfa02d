/** The rules that the guards and the run are held to, in the tests and on request in the page. */
import { exp, log } from '../../../kernel/math';
import type { Check } from '../../../simulation/definition';
import type { Guard, GuardFactory, GuardOptions, Leases } from './models/guard';
import { capacityOf, type parameters, SHOWN_MS } from './parameters';
import { DEPLOY_MS } from './scenarios';
import { ALL, type VariantId } from './variants';

type StampedeCheck = Check<typeof parameters, VariantId, GuardFactory>;

const LEASE_MS = 2000;
const STALE_MS = 5000;

/** Locks in one process, as a cache would keep them. */
function newLeases(): Leases {
  const taken = new Map<number, { readonly untilMs: number; readonly token: number }>();
  return {
    take(key, nowMs, untilMs, token) {
      if ((taken.get(key)?.untilMs ?? -1) > nowMs) return false;
      taken.set(key, { untilMs, token });
      return true;
    },
    release(key, token) {
      if (taken.get(key)?.token === token) taken.delete(key);
    },
  };
}

const optionsWith = (options: Partial<GuardOptions> = {}): GuardOptions => ({
  beta: 1,
  staleMs: STALE_MS,
  leaseMs: LEASE_MS,
  leases: newLeases(),
  log,
  ...options,
});

/** A key that always takes this long, asked for by everybody, at an origin that is never full. */
const RATE = 100;
const FETCH_MS = 400;
const TTL_MS = 4000;
const ONE_KEY = {
  keys: 1,
  warm: 'nothing',
  requestsPerSecond: RATE,
  ttlMs: TTL_MS,
  originMs: FETCH_MS,
  spreadPercent: 0,
  workers: 100,
  instances: 1,
} as const;

const expired = { expiresMs: 1000, fetchMs: FETCH_MS };
/** Asks for a key of which the cache holds this entry; null if it holds none. */
const ask = (guard: Guard, nowMs: number, entry: typeof expired | null = expired, draw = 1) =>
  guard.look({ key: 7, nowMs, entry: entry ?? undefined, draw });

/** Independent trials of which a share is counted: their standard error at most. */
const TRIALS = 4000;
const errorOf = (share: number): number => Math.sqrt((share * (1 - share)) / TRIALS);

export const checks = {
  SF1: {
    statement:
      'Without a guard, an expiry costs one fetch, and one more per request that comes while it is under way.',
    against:
      'Renewal theory: 1 + λd fetches in each cycle of TTL + 2d, since the last of them stores last; the stampede of Vattani et al. (2015), section 1.',
    variants: ['every-miss'],
    seeds: 5,
    verify: ({ run, within }) => {
      const race = run({ parameters: ONE_KEY, variants: ['every-miss'] });
      const duringOne = (RATE * FETCH_MS) / 1000;
      const cycleMs = TTL_MS + 2 * FETCH_MS;
      const expected = ((1 + duringOne) * 1000) / cycleMs;
      // The number of requests in each of some twelve cycles is Poisson; one cycle may be cut off.
      const cycles = SHOWN_MS / cycleMs;
      const error = expected * (4 / Math.sqrt(duringOne * cycles) + 1 / cycles);
      within(race.value('every-miss', 'fetches'), expected, error, 'Fetches per second');
    },
  },

  SF2: {
    statement: 'With single flight, an expiry costs one fetch in each instance.',
    against: 'Renewal theory: one fetch in each cycle of TTL + d + 1/λ.',
    variants: ['single-flight'],
    seeds: 5,
    verify: ({ run, within, equal }) => {
      const race = run({ parameters: ONE_KEY, variants: ['single-flight'] });
      const cycleMs = TTL_MS + FETCH_MS + 1000 / RATE;
      const cycles = SHOWN_MS / cycleMs;
      within(
        race.value('single-flight', 'fetches'),
        1000 / cycleMs,
        1000 / cycleMs / cycles,
        'Fetches per second',
      );
      equal(race.value('single-flight', 'alikeMost'), 1, 'Fetches of the key at once');
    },
  },

  SF3: {
    statement:
      'At most one fetch of a key is at the origin for each instance with single flight, and one in all with a lease.',
    against: 'The guarantee of singleflight and of leases, while no fetch is given up.',
    variants: ['single-flight', 'stale-while-revalidate', 'lease'],
    seeds: 5,
    verify: ({ run, atMost }) => {
      const instances = 4;
      const race = run({
        parameters: { instances, workers: 100, timeoutMs: 10_000, leaseMs: 10_000 },
        variants: ['single-flight', 'stale-while-revalidate', 'lease'],
      });
      atMost(race.value('single-flight', 'alikeMost'), instances, 'Fetches of a key at once');
      atMost(
        race.value('stale-while-revalidate', 'alikeMost'),
        instances,
        'Fetches of a key at once, stale served',
      );
      atMost(race.value('lease', 'alikeMost'), 1, 'Fetches of a key at once, with a lease');
    },
  },

  SF4: {
    statement:
      'Early expiry fetches at a time u before the end with probability e^(−u / (β·d)), and always after it.',
    against: 'Vattani et al. (2015): fetch if now − d·β·log(rand) reaches the end.',
    variants: ['early-expiry'],
    seeds: 5,
    verify: ({ model, random, within, equal }) => {
      const stream = random('draws');
      for (const beta of [0.5, 1, 2]) {
        const guard = model('early-expiry')(optionsWith({ beta }));
        for (const beforeMs of [100, 400, 1200]) {
          let fetches = 0;
          for (let i = 0; i < TRIALS; i++)
            if (ask(guard, expired.expiresMs - beforeMs, expired, 1 - stream.next()).fetch)
              fetches++;
          const share = exp(-beforeMs / (beta * FETCH_MS));
          within(
            fetches / TRIALS,
            share,
            4 * errorOf(share) + 1e-9,
            `Share of fetches ${beforeMs} ms before the end, β ${beta}`,
          );
        }
        equal(ask(guard, expired.expiresMs, expired, 1).fetch, true, 'A fetch at the end');
      }
    },
  },

  SF5: {
    statement:
      'At λ requests a second, nobody has gone ahead of an expiry with probability e^(−λβd).',
    against: 'The integral of e^(−u / (βd)) over all times u before the end, Poisson arrivals.',
    variants: ['early-expiry'],
    seeds: 3,
    verify: ({ model, random, within }) => {
      const guard = model('early-expiry')(optionsWith());
      const stream = random('arrivals');
      const perMs = 1 / FETCH_MS;
      let unguarded = 0;
      for (let i = 0; i < TRIALS; i++) {
        let isAhead = false;
        // Beyond twenty fetch times ahead the chance is less than one in 10⁸.
        for (let nowMs = -20 * FETCH_MS; ; ) {
          nowMs += stream.nextExponential() / perMs;
          if (nowMs >= 0 || isAhead) break;
          isAhead = ask(guard, expired.expiresMs + nowMs, expired, 1 - stream.next()).fetch;
        }
        if (!isAhead) unguarded++;
      }
      const share = exp(-1);
      within(
        unguarded / TRIALS,
        share,
        4 * errorOf(share),
        'Share of expiries nobody was ahead of',
      );
    },
  },

  SF6: {
    statement:
      'No guard serves an entry beyond its time or, for stale-while-revalidate, beyond its grace.',
    against: 'RFC 5861, section 3: stale for so many seconds and no longer.',
    variants: ALL,
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const variant of ALL) {
        const isServed = (nowMs: number) =>
          ask(model(variant)(optionsWith()), nowMs).answer === 'cache';
        const graceMs = variant === 'stale-while-revalidate' ? STALE_MS : 0;
        equal(isServed(expired.expiresMs - 1), true, `${variant}: served just before its end`);
        equal(isServed(expired.expiresMs), graceMs > 0, `${variant}: served at its end`);
        equal(
          isServed(expired.expiresMs + graceMs),
          false,
          `${variant}: served after its end and its grace`,
        );
      }
    },
  },

  SF7: {
    statement: 'When a fetch has ended, with a value or without, the next to miss fetches again.',
    against: 'The contract of singleflight: a key that failed is not stuck.',
    variants: ALL,
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const variant of ALL) {
        const guard = model(variant)(optionsWith());
        const first = ask(guard, 9000, null);
        equal(first.fetch, true, `${variant}: the first miss fetches`);
        guard.ended(7, 9100, first.lease);
        equal(ask(guard, 9200, null).fetch, true, `${variant}: the next one after its end`);
      }
    },
  },

  SF8: {
    statement: 'A lease ends by itself: an instance that died with it no longer holds others up.',
    against: 'Nishtala et al. (2013), section 3.2.1; the PX of SET in Redis.',
    variants: ['lease'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const options = optionsWith();
      const dying = model('lease')(options);
      const other = model('lease')(options);
      equal(ask(dying, 0, null).fetch, true, 'The first takes the lease');
      equal(ask(other, LEASE_MS - 1, null).fetch, false, 'The other waits while it runs');
      equal(ask(other, LEASE_MS, null).fetch, true, 'The other takes it when it has run out');
    },
  },

  SF9: {
    statement: 'Every request ends once, answered or given up, within its timeout.',
    against: 'Conservation of requests.',
    variants: ALL,
    seeds: 2,
    verify: ({ run, atMost, atLeast }) => {
      const timeoutMs = 1000;
      const rate = 200;
      const race = run({
        parameters: { timeoutMs, requestsPerSecond: rate, deployAtMs: DEPLOY_MS },
        variants: ALL,
      });
      for (const variant of ALL) {
        const open = race.value(variant, 'requests') - race.value(variant, 'endings');
        atLeast(open, 0, `${variant}: requests still open at the end`);
        // As many as come within a timeout; Poisson, five standard deviations.
        const most = (rate * timeoutMs) / 1000;
        atMost(open, most + 5 * Math.sqrt(most), `${variant}: requests still open at the end`);
        atMost(race.value(variant, 'latency.p99'), timeoutMs + 10, `${variant}: p99, ms`);
      }
    },
  },

  SF10: {
    statement:
      'Fetches that nobody waits for any more keep an empty cache empty: without a guard the outage stays; with single flight or a lease it ends.',
    against:
      'The look-aside cache of Bronson et al., "Metastable Failures in Distributed Systems" (2021).',
    variants: ['every-miss', 'single-flight', 'lease'],
    seeds: 3,
    verify: ({ run, atMost, atLeast }) => {
      const race = run({
        parameters: { deployAtMs: DEPLOY_MS },
        variants: ['every-miss', 'single-flight', 'lease'],
      });
      atMost(race.value('every-miss', 'aftermath'), 30, 'Answered without a guard, %');
      atLeast(race.value('every-miss', 'fetches'), capacityOf(race), 'Fetches per second');
      atLeast(race.value('single-flight', 'aftermath'), 95, 'Answered with single flight, %');
      atLeast(race.value('lease', 'aftermath'), 95, 'Answered with a lease, %');
    },
  },

  SF11: {
    statement: 'Jitter spreads out entries that were stored at once: fewer fetches wait.',
    against: 'The same users and keys with and without jitter.',
    variants: ['single-flight'],
    seeds: 3,
    verify: ({ run, atMost }) => {
      const waiting = (jitterPercent: number): number =>
        run({
          parameters: {
            warm: 'together',
            keys: 80,
            skew: 0.6,
            jitterPercent,
          },
          variants: ['single-flight'],
        }).value('single-flight', 'waitingMost');
      atMost(waiting(50), waiting(0) / 2, 'Most waiting with a jitter of half the time to live');
    },
  },

  SF12: {
    statement: 'Whoever has lost a lease does not give back that of the next.',
    against:
      'Redis, “Distributed Locks with Redis”: a lock is deleted only if it still holds the value under which it was taken.',
    variants: ['lease'],
    seeds: 2,
    verify: ({ model, run, equal, atMost }) => {
      const options = optionsWith();
      const slow = model('lease')(options);
      const next = model('lease')(options);
      const lost = ask(slow, 0, null, 0.25);
      const held = ask(next, LEASE_MS, null, 0.5);
      slow.ended(7, LEASE_MS + 1, lost.lease);
      equal(ask(slow, LEASE_MS + 2, null, 0.75).fetch, false, 'A fetch while the next holds it');
      next.ended(7, LEASE_MS + 3, held.lease);
      equal(ask(slow, LEASE_MS + 4, null, 1).fetch, true, 'A fetch when the next is done');

      // An origin that answers nobody in time: as many fetches as leases, each of a second.
      const race = run({
        parameters: {
          ...ONE_KEY,
          instances: 4,
          originMs: 2000,
          timeoutMs: 1500,
          leaseMs: 1000,
        },
        variants: ['lease'],
      });
      atMost(race.value('lease', 'fetches'), 1.02, 'Fetches per second under leases of a second');
    },
  },
} as const satisfies Record<string, StampedeCheck>;
