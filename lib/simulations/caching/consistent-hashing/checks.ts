/** The rules that this simulation is held to, in the tests and on request in the page. */
import type { RandomStream } from '../../../kernel/random';
import type { Check } from '../../../simulation/definition';
import { jumpHash } from './models/jump';
import type { Placement, PlacementFactory, PlacementOptions } from './models/placement';
import { slotOf } from './models/slots';
import { type parameters, SHOWN_MS } from './parameters';
import { spreadOf } from './spread';
import type { Scheme } from './variants';

type PlacementCheck = Check<typeof parameters, Scheme, PlacementFactory>;

const SCHEMES: readonly Scheme[] = [
  'modulo',
  'ring',
  'bounded-ring',
  'jump',
  'rendezvous',
  'slots',
];
/** Those that move nothing between caches that stay, as long as only the last to join leaves. */
const CONSISTENT: readonly Scheme[] = SCHEMES.filter((scheme) => scheme !== 'modulo');

/** A placement of which nobody asks anything but these keys: no node has any load. */
const idle = (positions: number): PlacementOptions => ({
  positions,
  loadFactor: 1.25,
  loadOf: () => 0,
});

/** Names that no other repetition uses, so that hashes are drawn anew. */
const namesOf = (kind: string, count: number, random: RandomStream): string[] => {
  const salt = random.nextInteger(1_000_000_000);
  return Array.from({ length: count }, (_, i) => `${kind}-${salt}-${i}`);
};

const joined = (placement: Placement, nodes: readonly string[]): Placement => {
  for (const node of nodes) placement.join(node);
  return placement;
};

/** The first choice for each key. */
const owners = ({ ownersOf }: Placement, keys: readonly string[]): (string | undefined)[] =>
  keys.map((key) => ownersOf(key, 1)[0]);

/** Root of the mean of the squares. */
const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

const countsOf = (placement: Placement, nodes: readonly string[], keys: readonly string[]) => {
  const counts = new Map(nodes.map((node) => [node, 0]));
  for (const owner of owners(placement, keys))
    if (owner !== undefined) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  return [...counts.values()];
};

/** No cache is so small, no server so slow, that a key which has its place is read twice. */
const AMPLE = {
  capacity: 1000,
  databasePerSecond: 1000,
  cachePerSecond: 2000,
  copies: 1,
  nearMs: 0,
} as const;

export const checks = {
  CH1: {
    statement: 'Every key belongs to a member, and to the same one whoever asks.',
    against: 'The definition of a placement, over joins and departures in random order.',
    variants: SCHEMES,
    seeds: 3,
    verify: ({ model, random, equal }) => {
      const draws = random('steps');
      const names = namesOf('node', 8, random('names'));
      const keys = namesOf('key', 100, random('keys'));
      for (const scheme of SCHEMES) {
        const [one, other] = [1, 2].map(() => model(scheme)(idle(5)));
        const members = new Set<string>();
        for (let step = 0; step < 20; step++) {
          const node = names[draws.nextInteger(names.length)] ?? '';
          for (const placement of [one, other])
            if (members.has(node)) placement?.leave(node);
            else placement?.join(node);
          if (!members.delete(node)) members.add(node);
          const found = one ? owners(one, keys) : [];
          const strangers = found.filter((owner) =>
            members.size === 0 ? owner !== undefined : !members.has(owner ?? ''),
          );
          equal(strangers.length, 0, `${scheme}: keys at nodes that are not members`);
          equal(other && owners(other, keys), found, `${scheme}: owners, asked twice`);
        }
      }
    },
  },

  CH2: {
    statement:
      'A node that joins takes keys from others and gives none to any; one that leaves moves only its own.',
    against:
      'Karger et al. 1997, monotonicity; for jump, Lamping and Veach 2014, where only the last may leave.',
    variants: CONSISTENT,
    seeds: 3,
    verify: ({ model, random, equal }) => {
      const names = namesOf('node', 7, random('names'));
      const keys = namesOf('key', 1000, random('keys'));
      const last = names.at(-1) ?? '';
      for (const scheme of CONSISTENT) {
        const placement = joined(model(scheme)(idle(10)), names.slice(0, -1));
        const before = owners(placement, keys);
        placement.join(last);
        const between = owners(placement, keys);
        const astray = between.filter((owner, i) => owner !== before[i] && owner !== last);
        equal(astray.length, 0, `${scheme}: keys that moved to another than the one that joined`);
        placement.leave(last);
        const after = owners(placement, keys);
        const others = after.filter((owner, i) => owner !== between[i] && between[i] !== last);
        equal(others.length, 0, `${scheme}: keys of others that moved when it left again`);
      }
    },
  },

  CH3: {
    statement:
      'From n to n + 1 nodes, modulo moves n / (n + 1) of the keys and the others 1 / (n + 1), on average.',
    against:
      'Arithmetic for modulo; Karger et al. 1997 for the rest. Mean over 40 sets of names, within 4 standard errors.',
    variants: SCHEMES,
    seeds: 1,
    verify: ({ model, random, within }) => {
      const draws = random('names');
      for (const scheme of SCHEMES) {
        for (const nodes of [3, 7]) {
          const shares = Array.from({ length: 40 }, () => {
            const names = namesOf('node', nodes + 1, draws);
            const keys = namesOf('key', 500, draws);
            const placement = joined(model(scheme)(idle(20)), names.slice(0, -1));
            const before = owners(placement, keys);
            placement.join(names.at(-1) ?? '');
            return owners(placement, keys).filter((owner, i) => owner !== before[i]).length / 500;
          });
          const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
          const expected = scheme === 'modulo' ? nodes / (nodes + 1) : 1 / (nodes + 1);
          const tolerance = (4 * spreadOf(shares) * mean) / Math.sqrt(shares.length - 1);
          within(mean, expected, tolerance, `${scheme}, ${nodes} nodes: share of keys that move`);
        }
      }
    },
  },

  CH4: {
    statement: 'The shares of N nodes with v positions each spread by √((N − 1) / (N v + 1)).',
    against:
      'The gaps between N v random positions are Dirichlet(1, …, 1), so a share is Beta(v, N v − v); root mean square over 40 rings, within 15 %.',
    variants: ['ring', 'bounded-ring'],
    seeds: 1,
    verify: ({ model, random, within }) => {
      const draws = random('names');
      for (const scheme of ['ring', 'bounded-ring'] as const)
        for (const { nodes, positions } of [
          { nodes: 10, positions: 1 },
          { nodes: 10, positions: 10 },
          { nodes: 5, positions: 40 },
        ]) {
          const spreads = Array.from({ length: 40 }, () => {
            const names = namesOf('node', nodes, draws);
            const keys = namesOf('key', 3000, draws);
            const placement = joined(model(scheme)(idle(positions)), names);
            return spreadOf(countsOf(placement, names, keys));
          });
          const expected = Math.sqrt((nodes - 1) / (nodes * positions + 1));
          within(
            rootMeanSquare(spreads),
            expected,
            0.15 * expected,
            `${scheme}, ${nodes} nodes of ${positions}: spread of loads`,
          );
        }
    },
  },

  CH5: {
    statement: 'Jump hash gives the published buckets.',
    against:
      'Test vectors of go-jump, jumphash and ClickHouse (00580_consistent_hashing_functions).',
    variants: ['jump'],
    seeds: 1,
    verify: ({ equal }) => {
      for (const [key, buckets, bucket] of [
        [1n, 1, 0],
        [42n, 57, 43],
        [256n, 1024, 520],
        [0xdead10ccn, 1, 0],
        [0xdead10ccn, 666, 361],
      ] as const)
        equal(jumpHash(key, buckets), bucket, `key ${key} in ${buckets} buckets`);
    },
  },

  CH6: {
    statement:
      'The copies of a key lie on different nodes, as many as were asked for or there are, the first choice first.',
    against: 'What copies are for: DeCandia et al. 2007, section 4.3, on distinct physical nodes.',
    variants: SCHEMES,
    seeds: 3,
    verify: ({ model, random, equal }) => {
      const names = namesOf('node', 4, random('names'));
      const keys = namesOf('key', 100, random('keys'));
      for (const scheme of SCHEMES) {
        const placement = joined(model(scheme)(idle(10)), names);
        for (const copies of [1, 2, 3, 4, 5]) {
          const found = keys.map((key) => placement.ownersOf(key, copies));
          const different = found.map((nodes) => new Set(nodes).size);
          const expected = keys.map(() => Math.min(copies, names.length));
          equal(different, expected, `${scheme}: nodes that keep ${copies} copies`);
          equal(
            found.map(([first]) => first),
            owners(placement, keys),
            `${scheme}: first choices among ${copies}`,
          );
        }
      }
    },
  },

  CH7: {
    statement: 'A slot is that of Redis Cluster, hash tags and all.',
    against:
      'CLUSTER KEYSLOT in the command reference of Redis and the test of CRC-16/XMODEM, “123456789” → 31C3; an empty tag counts for nothing, and of several the first.',
    variants: ['slots'],
    seeds: 1,
    verify: ({ model, random, equal }) => {
      for (const [key, slot] of [
        ['somekey', 11_058],
        ['foo{hash_tag}', 2515],
        ['bar{hash_tag}', 2515],
        ['123456789', 0x31c3],
        ['{user1}.following', 8106],
      ] as const)
        equal(slotOf(key), slot, `slot of ${key}`);
      const placement = joined(model('slots')(idle(1)), namesOf('node', 5, random('names')));
      const tags = namesOf('tag', 50, random('tags'));
      equal(
        owners(
          placement,
          tags.map((tag) => `{${tag}}.orders`),
        ),
        owners(
          placement,
          tags.map((tag) => `basket{${tag}}{x}`),
        ),
        'owners of two keys each with the same tag',
      );
      const many = namesOf('key', 200, random('keys'));
      equal(
        owners(
          placement,
          many.map((key) => `{}${key}`),
        ).join() ===
          owners(
            placement,
            many.map(() => '{}'),
          ).join(),
        false,
        'keys behind an empty tag all lie together',
      );
    },
  },

  CH8: {
    statement:
      'On a bounded ring no node is given more than its factor times the mean load, rounded up.',
    against:
      'Mirrokni, Thorup and Zadimoghaddam 2018: a capacity of ⌈c m / n⌉ for m of load on n nodes; after every one of 300 requests, half of them for one key.',
    variants: ['bounded-ring'],
    seeds: 3,
    verify: ({ model, random, atMost }) => {
      const names = namesOf('node', 6, random('names'));
      const keys = namesOf('key', 60, random('keys'));
      const draws = random('requests');
      for (const loadFactor of [1.1, 1.25, 2]) {
        const loads = new Map(names.map((node) => [node, 0]));
        const loadOf = (node: string): number => loads.get(node) ?? 0;
        const placement = joined(
          model('bounded-ring')({ positions: 10, loadFactor, loadOf }),
          names,
        );
        for (let given = 1; given <= 300; given++) {
          const key = keys[draws.nextInteger(2) === 0 ? 0 : draws.nextInteger(keys.length)] ?? '';
          const [node = ''] = placement.ownersOf(key, 1);
          loads.set(node, loadOf(node) + 1);
          atMost(
            loadOf(node),
            Math.ceil((loadFactor * given) / names.length),
            `load of the node that was given request ${given}`,
          );
        }
      }
    },
  },

  CH9: {
    statement:
      'When a bucket in the middle of jump hash is lost, its keys and those of the last move, and no others.',
    against:
      'Lamping and Veach 2014: buckets are numbered one after the other, so the last must take its place.',
    variants: ['jump'],
    seeds: 5,
    verify: ({ model, random, equal }) => {
      const names = namesOf('node', 6, random('names'));
      const keys = namesOf('key', 500, random('keys'));
      const placement = joined(model('jump')(idle(1)), names);
      const before = owners(placement, keys);
      const [, lost = ''] = names;
      placement.leave(lost);
      const after = owners(placement, keys);
      const moved = new Set(before.filter((owner, i) => owner !== after[i]));
      equal([...moved].sort(), [lost, names.at(-1)].sort(), 'nodes whose keys moved');
    },
  },

  CH10: {
    statement:
      'Modulo, jump hash, rendezvous and slots share keys at least as evenly as if each were thrown at random.',
    against:
      'The multinomial distribution: K keys on N nodes spread by √((N − 1) / K); root mean square over 40 sets of names, at most 15 % more.',
    variants: ['modulo', 'jump', 'rendezvous', 'slots'],
    seeds: 1,
    verify: ({ model, random, atMost }) => {
      const draws = random('names');
      const [nodes, keys] = [5, 500];
      for (const scheme of ['modulo', 'jump', 'rendezvous', 'slots'] as const) {
        const spreads = Array.from({ length: 40 }, () => {
          const names = namesOf('node', nodes, draws);
          const placement = joined(model(scheme)(idle(1)), names);
          return spreadOf(countsOf(placement, names, namesOf('key', keys, draws)));
        });
        const expected = Math.sqrt((nodes - 1) / keys);
        atMost(rootMeanSquare(spreads), 1.15 * expected, `${scheme}: spread of keys`);
      }
    },
  },

  CH11: {
    statement:
      'With room for all keys, a change costs the database at most one read for each key that it moves.',
    against:
      'Arithmetic of cache-aside: whatever stays is still there, and whatever moved is read once. The caches are full at first.',
    variants: SCHEMES.filter((scheme) => scheme !== 'bounded-ring'),
    seeds: 1,
    verify: ({ run, seed, atMost, atLeast }) => {
      const variants = SCHEMES.filter((scheme) => scheme !== 'bounded-ring');
      const race = run({ variants, parameters: { ...AMPLE, happens: 'join' } });
      for (const variant of variants) {
        const reads = (race.value(variant, 'databasePerSecond') * SHOWN_MS) / 1000;
        const moved = (race.value(variant, 'moved') / 100) * Number(race.parameter('keys'));
        atMost(reads, moved + 1e-6, `${variant}: reads of the database`);
        atLeast(reads, moved / 2, `${variant}: reads of the database, seed ${seed}`);
      }
    },
  },

  CH12: {
    statement:
      'While nobody has noticed that a cache is lost, all that it is asked goes to the database; with a second copy, nothing does.',
    against: 'Arithmetic: the caches are full at first and have room for all keys.',
    variants: ['ring', 'rendezvous'],
    seeds: 1,
    verify: ({ run, equal, within }) => {
      for (const variant of ['ring', 'rendezvous'] as const) {
        const lost = { ...AMPLE, happens: 'nothing', noticeMs: 10_000, skew: 0 } as const;
        // It is noticed when the run ends.
        const interventions = [
          { at: SHOWN_MS - lost.noticeMs, kind: 'act', id: 'leave', target: 'cache-2' },
        ] as const;
        const [once, twice] = [1, 2].map((copies) =>
          run({ variants: [variant], parameters: { ...lost, copies }, interventions }),
        );
        equal(twice?.value(variant, 'databasePerSecond'), 0, `${variant}: reads with two copies`);
        // A quarter of the keys, for half of the time.
        within(once?.value(variant, 'hitShare') ?? 0, 87.5, 5, `${variant}: hits with one copy`);
      }
    },
  },

  CH13: {
    statement:
      'However hot a key is, each service asks for it once in the time that its near cache keeps it.',
    against: 'Arithmetic: services × (time ÷ time kept + 1) questions for each key at most.',
    variants: ['ring'],
    seeds: 1,
    verify: ({ run, atMost }) => {
      const [keys, services, nearMs] = [50, 2, 2000];
      const race = run({
        variants: ['ring'],
        parameters: { ...AMPLE, keys, services, nearMs, happens: 'hot', hotPercent: 80 },
      });
      const shared = 1 - race.value('ring', 'nearShare') / 100;
      atMost(
        shared * race.race.arrivals,
        keys * services * (SHOWN_MS / nearMs + 1),
        'requests that reached a shared cache',
      );
    },
  },
} satisfies Readonly<Record<string, PlacementCheck>>;
