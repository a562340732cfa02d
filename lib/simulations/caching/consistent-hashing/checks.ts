/** The rules that this simulation is held to, in the tests and on request in the page. */
import type { RandomStream } from '../../../kernel/random';
import type { Check } from '../../../simulation/definition';
import { jumpHash } from './models/jump';
import type { Placement, PlacementFactory } from './models/placement';
import type { parameters } from './parameters';

export type Scheme = 'modulo' | 'ring' | 'jump' | 'rendezvous';
type PlacementCheck = Check<typeof parameters, Scheme, PlacementFactory>;

const SCHEMES: readonly Scheme[] = ['modulo', 'ring', 'jump', 'rendezvous'];

/** Names that no other repetition uses, so that hashes are drawn anew. */
export const namesOf = (kind: string, count: number, random: RandomStream): string[] => {
  const salt = random.nextInteger(1_000_000_000);
  return Array.from({ length: count }, (_, i) => `${kind}-${salt}-${i}`);
};

const joined = (placement: Placement, nodes: readonly string[]): Placement => {
  for (const node of nodes) placement.join(node);
  return placement;
};

const owners = ({ ownerOf }: Placement, keys: readonly string[]): (string | undefined)[] =>
  keys.map(ownerOf);

/** Standard deviation of the nodes' numbers of keys, as a share of their mean. */
export function spreadOf(counts: readonly number[]): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const square = counts.reduce((sum, count) => sum + (count - mean) * (count - mean), 0);
  return Math.sqrt(square / counts.length) / mean;
}

const countsOf = (placement: Placement, nodes: readonly string[], keys: readonly string[]) => {
  const counts = new Map(nodes.map((node) => [node, 0]));
  for (const owner of owners(placement, keys))
    if (owner !== undefined) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  return [...counts.values()];
};

export const checks = {
  CH1: {
    statement: 'Every key belongs to a member, to the same one whoever asks.',
    against: 'The definition of a placement, over joins and departures in random order.',
    variants: SCHEMES,
    seeds: 5,
    verify: ({ model, random, equal }) => {
      const draws = random('steps');
      const names = namesOf('node', 8, random('names'));
      const keys = namesOf('key', 200, random('keys'));
      for (const scheme of SCHEMES) {
        const [one, other] = [1, 2].map(() => model(scheme)({ positions: 5 }));
        const members = new Set<string>();
        for (let step = 0; step < 30; step++) {
          const node = names[draws.nextInteger(names.length)] ?? '';
          for (const placement of [one, other])
            if (members.has(node)) placement?.leave(node);
            else placement?.join(node);
          if (!members.delete(node)) members.add(node);
          const found = one ? owners(one, keys) : [];
          const strangers = found.filter((owner) =>
            members.size === 0 ? owner !== undefined : !members.has(owner ?? ''),
          );
          equal(strangers.length, 0, `${scheme}: keys at nodes that are no members`);
          equal(other && owners(other, keys), found, `${scheme}: owners, asked twice`);
        }
      }
    },
  },

  CH2: {
    statement:
      'Who joins takes keys from all and gives none to others; who leaves moves its own alone.',
    against:
      'Karger et al. 1997, monotonicity; for jump, Lamping and Veach 2014, where only the last may leave.',
    variants: ['ring', 'jump', 'rendezvous'],
    seeds: 5,
    verify: ({ model, random, equal }) => {
      const names = namesOf('node', 7, random('names'));
      const keys = namesOf('key', 1000, random('keys'));
      const last = names.at(-1) ?? '';
      for (const scheme of ['ring', 'jump', 'rendezvous'] as const) {
        const placement = joined(model(scheme)({ positions: 10 }), names.slice(0, -1));
        const before = owners(placement, keys);
        placement.join(last);
        const after = owners(placement, keys);
        const astray = after.filter((owner, i) => owner !== before[i] && owner !== last);
        equal(astray.length, 0, `${scheme}: keys that moved to another than the one that joined`);
        placement.leave(last);
        equal(owners(placement, keys), before, `${scheme}: owners after it has left again`);
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
            const keys = namesOf('key', 1000, draws);
            const placement = joined(model(scheme)({ positions: 20 }), names.slice(0, -1));
            const before = owners(placement, keys);
            placement.join(names.at(-1) ?? '');
            return owners(placement, keys).filter((owner, i) => owner !== before[i]).length / 1000;
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
    variants: ['ring'],
    seeds: 1,
    verify: ({ model, random, within }) => {
      const draws = random('names');
      for (const { nodes, positions } of [
        { nodes: 10, positions: 1 },
        { nodes: 10, positions: 10 },
        { nodes: 5, positions: 40 },
      ]) {
        const squares = Array.from({ length: 40 }, () => {
          const names = namesOf('node', nodes, draws);
          const keys = namesOf('key', 4000, draws);
          const placement = joined(model('ring')({ positions }), names);
          const spread = spreadOf(countsOf(placement, names, keys));
          return spread * spread;
        });
        const found = Math.sqrt(squares.reduce((sum, each) => sum + each, 0) / squares.length);
        const expected = Math.sqrt((nodes - 1) / (nodes * positions + 1));
        within(found, expected, 0.15 * expected, `${nodes} nodes of ${positions}: spread of loads`);
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
} satisfies Readonly<Record<string, PlacementCheck>>;
