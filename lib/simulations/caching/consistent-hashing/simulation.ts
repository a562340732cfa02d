/** Keys are shared out among caches that come and go: how many move, and how even the shares are. */
import { defineSimulation } from '../../../simulation/definition';
import { level, share } from '../../../simulation/measures';
import { type Row, workloadOf } from '../../../simulation/workload';
import { checks, spreadOf } from './checks';
import { hash } from './models/hash';
import { jump } from './models/jump';
import { modulo } from './models/modulo';
import { rendezvous } from './models/rendezvous';
import { ring } from './models/ring';
import { NODES_MAX, parameters, SHOWN_MS } from './parameters';

const NODES = Array.from({ length: NODES_MAX }, (_, i) => ({
  id: `cache-${i + 1}`,
  label: `Cache ${i + 1}`,
}));
const TARGETS = Object.fromEntries(NODES.map(({ id, label }) => [id, label]));
/** Number of places on the circle of hashes: 2³². */
const CIRCLE = 4_294_967_296;

export const simulation = defineSimulation({
  title: 'Keys on caches that come and go',
  describe: 'A scheme decides which cache keeps a key; a cache joins, one leaves and comes back.',
  version: 1,
  link: { version: 1, migrations: {} },
  parameters,

  timing: () => ({ shownMs: SHOWN_MS, measuredMs: SHOWN_MS, warmUpMs: 0 }),

  // The keys are there from the beginning; each has a number of its own that no other seed has.
  workload: ({ parameters, random }) => {
    const draws = random('keys');
    return workloadOf(
      Array.from(
        { length: parameters.keys },
        (): Row => ({ atMs: 0, size: draws.nextInteger(1_000_000_000) }),
      ),
    );
  },

  variants: {
    modulo: {
      title: 'Modulo',
      describe: 'The rest of dividing the hash by the number of caches.',
      model: modulo,
    },
    ring: {
      title: 'Ring',
      describe: 'The first position of a cache at or after the hash, round a circle.',
      model: ring,
    },
    jump: {
      title: 'Jump hash',
      describe: 'Numbered buckets; a key jumps to a new one with just the chance that it needs.',
      model: jump,
    },
    rendezvous: {
      title: 'Rendezvous',
      describe: 'The cache whose hash together with the key is the greatest.',
      model: rendezvous,
    },
  },

  measures: {
    moved: share({
      label: 'Moved',
      describe: 'Keys that another cache keeps after a change, of all keys at all changes.',
      better: 'lower',
    }),
    needless: share({
      label: 'Moved needlessly',
      describe:
        'Keys that moved between two caches that neither came nor went, of all at all changes.',
      better: 'lower',
    }),
    spread: level({
      label: 'Spread of the loads',
      describe:
        'Standard deviation of the numbers of keys of the caches, of their mean; mean over time.',
      unit: '%',
      better: 'lower',
    }),
    most: level({
      label: 'The fullest cache',
      describe: 'Keys of the cache that has most, against the mean of all; mean over time.',
      unit: '×',
      better: 'lower',
    }),
  },

  views: {
    ring: {
      kind: 'ring',
      title: 'Which cache keeps which key',
      nodes: NODES,
      positions: 'positions',
      keys: { position: 'position', owner: 'owner', label: 'keys' },
    },
    moved: {
      kind: 'chart',
      title: 'Keys that the last change moved',
      y: { label: 'Keys moved', unit: '%', min: 0, max: 100 },
      marks: [{ type: 'step', series: 'moved', label: 'moved' }],
      race: 'overlaid',
    },
    events: { kind: 'events', title: 'What happened' },
  },

  interventions: {
    join: {
      label: 'Add a cache',
      describe: 'It becomes a member, empty, and is asked for its share from then on.',
      targets: TARGETS,
    },
    leave: {
      label: 'Take a cache away',
      describe: 'It is a member no longer, and others are asked for its keys. The last one stays.',
      targets: TARGETS,
    },
  },

  run: ({ simulator, parameters, workload, model, record, measure }) => {
    const placement = model({ positions: parameters.positions });
    const members = new Set<string>();
    const keys = Array.from(workload.size, (size) => `key-${size}`);
    const owners: (string | undefined)[] = [];

    const showPositions = (node: string): void =>
      record.state(
        node,
        'positions',
        members.has(node)
          ? placement
              .positionsOf(node)
              .map((at) => (at / CIRCLE).toFixed(5))
              .join(' ')
          : '',
      );

    /** Asks anew for the owner of every key; returns how many have moved. */
    const settle = (changed: string | undefined): number => {
      let moved = 0;
      for (const [i, key] of keys.entries()) {
        const owner = placement.ownerOf(key);
        const former = owners[i];
        if (changed !== undefined) {
          measure.moved.add(owner !== former);
          measure.needless.add(owner !== former && owner !== changed && former !== changed);
        }
        if (owner === former) continue;
        owners[i] = owner;
        record.state(key, 'owner', owner ?? '');
        if (former !== undefined) moved++;
      }
      const counts = [...members].map((node) => owners.filter((owner) => owner === node).length);
      measure.spread.set(100 * spreadOf(counts));
      measure.most.set((Math.max(...counts) * members.size) / keys.length);
      return moved;
    };

    const change = (node: string, does: 'join' | 'leave'): void => {
      const name = TARGETS[node] ?? node;
      const isMember = members.has(node);
      if (isMember === (does === 'join')) {
        record.note(`${name} is ${isMember ? 'a member already' : 'no member'}.`);
        return;
      }
      if (does === 'leave' && members.size === 1) {
        record.note(`${name} stays: it is the last one.`, 'warning');
        return;
      }
      if (does === 'join') members.add(node);
      else members.delete(node);
      placement[does](node);
      showPositions(node);
      const moved = settle(node);
      const percent = (100 * moved) / keys.length;
      record.sample('moved', percent);
      record.note(
        `${name} ${does === 'join' ? 'joins' : 'leaves'}: ${moved} of ${keys.length} keys move.`,
        percent > 50 ? 'bad' : 'plain',
      );
    };

    for (const [i, { id }] of NODES.entries()) {
      if (i < parameters.nodes) {
        members.add(id);
        placement.join(id);
      }
      showPositions(id);
    }
    for (const key of keys) record.state(key, 'position', hash(key) / CIRCLE);
    record.sample('moved', 0);
    settle(undefined);

    simulator.at(5000, () => change(NODES[parameters.nodes]?.id ?? '', 'join'));
    simulator.at(10_000, () => change('cache-2', 'leave'));
    simulator.at(15_000, () => change('cache-2', 'join'));

    const named = (does: 'join' | 'leave') => (target: string | undefined) => {
      if (target === undefined || !Object.hasOwn(TARGETS, target))
        throw new Error(
          `Expected one of ${Object.keys(TARGETS).join(', ')}, got "${target}". Name the cache.`,
        );
      change(target, does);
    };
    return { join: named('join'), leave: named('leave') };
  },

  scenarios: {
    grow: {
      title: 'One cache more',
      question: 'How many keys have to move when a cache joins?',
      story: 'A fifth cache joins four at the fifth second; later one leaves and comes back.',
      watch: 'What moves, and between whom: the long ticks inside the ring.',
      variants: ['modulo', 'ring'],
      views: ['ring', 'moved', 'events'],
      controls: ['positions', 'nodes', 'keys'],
      measures: ['moved', 'needless', 'spread', 'most'],
      seed: 1,
      stillAtMs: 7000,
      speed: 2,
    },
    even: {
      title: 'One position, or many',
      question: 'How many positions does a cache need for its fair share?',
      story: 'The same caches on a ring where each stands in one place, or in up to two hundred.',
      watch: 'The bars of the loads against their mean, as positions are added.',
      parameters: { positions: 1, nodes: 6, keys: 1000 },
      variants: ['ring'],
      views: ['ring', 'events'],
      controls: ['positions', 'nodes', 'keys'],
      measures: ['spread', 'most', 'moved'],
      seed: 1,
      speed: 2,
    },
    race: {
      title: 'Four schemes',
      question: 'Which scheme moves the fewest keys and shares them most evenly?',
      story: 'The same keys and the same changes under four schemes.',
      watch: 'Jump hash moves as little as can be until a cache in the middle leaves.',
      parameters: { positions: 50, keys: 500 },
      variants: ['modulo', 'ring', 'jump', 'rendezvous'],
      views: ['moved', 'ring'],
      controls: ['positions', 'nodes', 'keys'],
      measures: ['moved', 'needless', 'spread', 'most'],
      seed: 1,
      speed: 2,
    },
  },

  tasks: {
    'fair-shares': {
      title: 'Fair shares',
      goal: 'Bring the spread of the loads below 15 %, with six caches at first.',
      hint: 'Each position more makes the shares a sum of more gaps.',
      scenario: 'even',
      judge: (race) => {
        const spread = race.value('ring', 'spread');
        return {
          reached: spread < 15 && race.parameter('nodes') === 6,
          reading: `The loads spread by ${spread.toFixed(1)} % of their mean.`,
        };
      },
      solution: { positions: 151 },
    },
  },

  predictions: {
    'one-more': {
      question: 'Four caches share keys by modulo. A fifth joins. How many keys move?',
      scenario: 'grow',
      options: {
        fifth: 'About a fifth: what the new one takes',
        half: 'About half',
        most: 'About four fifths',
      },
      answer: (race) => {
        const moved = race.value('modulo', 'moved');
        return moved > 65 ? 'most' : moved > 35 ? 'half' : 'fifth';
      },
      explain:
        'A key stays only if its hash leaves the same rest when divided by four and by five, which one in five does. The new cache gets its fifth; the rest moves for nothing.',
    },
  },

  plantedBugs: {
    'no-way-round': {
      title: 'No way round',
      variant: 'ring',
      find: '(points[low] ?? points[0])?.node',
      replace: 'points[low]?.node',
      effect: 'Keys behind the last position belong to nobody, and every request for them fails.',
      caughtBy: ['CH1'],
    },
    'last-one-wins': {
      title: 'The last one wins',
      variant: 'rendezvous',
      find: 'weight > greatest ||',
      replace: 'weight >= 0 ||',
      effect: 'All keys go to the cache that joined last, and the others stand idle.',
      caughtBy: ['CH3'],
    },
  },

  omissions: [
    {
      what: 'All who ask hear of a change at the same moment.',
      effect:
        'Real clients learn of it one after another, and for a while ask two caches for one key.',
    },
    {
      what: 'All keys are asked for alike, and each is kept once.',
      effect: 'Real keys are skewed: one hot key outweighs an even share of all others.',
    },
  ],

  checks,

  claims: {
    'modulo-moves-most': {
      statement: 'Modulo moves more than three times as many keys as a ring.',
      scenario: 'grow',
      kind: 'holds',
      holds: (race) => race.value('modulo', 'moved') > 3 * race.value('ring', 'moved'),
    },
    'ring-never-needlessly': {
      statement: 'A ring moves no key between two caches that stay.',
      scenario: 'grow',
      kind: 'holds',
      holds: (race) => race.value('ring', 'needless') === 0,
    },
  },
});
