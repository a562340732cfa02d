/** The rules that this simulation is held to, in the tests and on request in the page. */
import { exp, log } from '../../../kernel/math';
import type { RandomStream } from '../../../kernel/random';
import type { Check } from '../../../simulation/definition';
import type { Protocol } from './models/protocol';
import { parameters } from './parameters';

type Talk = 'push' | 'pull' | 'push-pull' | 'mongering' | 'backed-up';
type GossipCheck = Check<typeof parameters, Talk, Protocol>;

const TALKS: readonly Talk[] = ['push', 'pull', 'push-pull', 'mongering', 'backed-up'];

/** What nodes know, and how often each has told it. */
interface Nodes {
  readonly known: readonly number[];
  readonly told: readonly number[];
  readonly round: number;
}

const startOf = (known: readonly number[]): Nodes => ({
  known,
  told: known.map(() => 0),
  round: 0,
});

const oneOf = (nodes: number): Nodes =>
  startOf(Array.from({ length: nodes }, (_, i) => (i === 0 ? 1 : 0)));

/**
 * One round in which all talk at once, each to peers chosen by chance: what each knows afterwards
 * follows from what all knew before. A message is lost with probability `loss`.
 */
function round(
  { open, answer, learn }: Protocol,
  before: Nodes,
  random: RandomStream,
  { fanout = 1, tellings = 1, loss = 0 } = {},
): Nodes {
  const { known } = before;
  const after = [...known];
  const told = [...before.told];
  for (const [node, mine] of known.entries()) {
    for (let i = 0; i < fanout; i++) {
      const chosen = random.nextInteger(known.length - 1);
      const peer = chosen < node ? chosen : chosen + 1;
      const occasion = { told: told[node] ?? 0, tellings, round: before.round + node };
      const said = open(mine, occasion);
      if (!said) continue;
      if (said.version > 0) told[node] = (told[node] ?? 0) + 1;
      if (loss > 0 && random.next() < loss) continue;
      after[peer] = learn(after[peer] ?? 0, said);
      const reply = answer(known[peer] ?? 0, said);
      if (reply) after[node] = learn(after[node] ?? 0, reply);
    }
  }
  return { known: after, told, round: before.round + 1 };
}

const unaware = ({ known }: Nodes): number =>
  known.filter((version) => version === 0).length / known.length;

/** Mean number of rounds until all of `nodes` know, over `rumours` of them. */
function roundsToAll(
  protocol: Protocol,
  draws: RandomStream,
  { nodes, rumours, ...how }: { nodes: number; rumours: number; fanout?: number; loss?: number },
): number {
  let rounds = 0;
  for (let rumour = 0; rumour < rumours; rumour++) {
    let state = oneOf(nodes);
    while (unaware(state) > 0 && state.round < 1000) state = round(protocol, state, draws, how);
    rounds += state.round;
  }
  return rounds / rumours;
}

/** The share that never hears if each who does tells `k` others: the root of s = e^−k(1 − s) below 1. */
function residue(k: number): number {
  let share = 0;
  for (let i = 0; i < 200; i++) share = exp(-k * (1 - share));
  return share;
}

export const checks = {
  GO1: {
    statement:
      'By push alone with fan-out f, n nodes know after log₍f+1₎ n + (ln n) / f rounds, give or take a few.',
    against:
      'While few know, each of them tells f others, so they grow (f + 1)-fold; once most do, one that does not is left out with probability e^−f. For f = 1 that is Pittel’s theorem of 1987, read in accounts of it. Mean of 15 rumours, within 2.',
    variants: ['push'],
    seeds: 1,
    verify: ({ model, random, within }) => {
      const draws = random('peers');
      for (const { nodes, fanout } of [
        { nodes: 100, fanout: 1 },
        { nodes: 1000, fanout: 1 },
        { nodes: 500, fanout: 2 },
        { nodes: 500, fanout: 4 },
      ]) {
        const rounds = roundsToAll(model('push'), draws, { nodes, fanout, rumours: 15 });
        const expected = log(nodes) / log(fanout + 1) + log(nodes) / fanout;
        within(rounds, expected, 2, `${nodes} nodes, fan-out ${fanout}: rounds until all know`);
      }
    },
  },

  GO2: {
    statement:
      'Once most know, a round of pull squares the share p that does not, and one of push multiplies it by e^−(1 − p).',
    against:
      'Demers et al. 1987, “Epidemic algorithms for replicated database maintenance”; 20 rounds of 5,000 nodes from p = 0.1, within 5 standard errors.',
    variants: ['push', 'pull'],
    seeds: 1,
    verify: ({ model, random, within }) => {
      const draws = random('peers');
      const start = startOf(Array.from({ length: 5000 }, (_, i) => (i % 10 === 0 ? 0 : 1)));
      for (const { talk, expected } of [
        { talk: 'pull', expected: 0.1 * 0.1 },
        { talk: 'push', expected: 0.1 * exp(-0.9) },
      ] as const) {
        let sum = 0;
        for (let i = 0; i < 20; i++) sum += unaware(round(model(talk), start, draws));
        const error = Math.sqrt(expected / (20 * 5000));
        within(sum / 20, expected, 5 * error, `${talk}: share that does not know after a round`);
      }
    },
  },

  GO3: {
    statement: 'Nobody ever knows less than before, nor more than somebody did.',
    against: 'The definition of a rumour, over 40 rounds with three versions.',
    variants: TALKS,
    seeds: 3,
    verify: ({ model, random, equal, atMost }) => {
      for (const talk of TALKS) {
        const draws = random(`peers of ${talk}`);
        let state = startOf(Array.from({ length: 50 }, (_, i) => (i < 3 ? i + 1 : 0)));
        for (let i = 0; i < 40; i++) {
          const { known } = state;
          state = round(model(talk), state, draws, { tellings: 3 });
          equal(
            state.known.filter((version, node) => version < (known[node] ?? 0)),
            [],
            `${talk}: versions that were forgotten`,
          );
          atMost(Math.max(...state.known), 3, `${talk}: newest version known`);
        }
        // Who tells a rumour three times leaves some out for good.
        if (talk !== 'mongering')
          equal(new Set(state.known).size, 1, `${talk}: different versions known at the end`);
      }
    },
  },

  GO4: {
    statement:
      'By push and pull together, a hundred times as many nodes take log₃ 100 ≈ 4.2 rounds more, give or take one.',
    against:
      'Karp, Schindelhauer, Shenker and Vöcking 2000, “Randomized rumor spreading”: log₃ n + O(ln ln n). Means of 12 rumours among 60 and among 6,000.',
    variants: ['push-pull'],
    seeds: 1,
    verify: ({ model, random, within }) => {
      const draws = random('peers');
      const [few, many] = [60, 6000].map((nodes) =>
        roundsToAll(model('push-pull'), draws, { nodes, rumours: nodes === 60 ? 100 : 12 }),
      );
      within((many ?? 0) - (few ?? 0), log(100) / log(3), 1, 'more rounds');
    },
  },

  GO5: {
    statement:
      'If each node that hears a rumour tells it k times, a share s never hears it, where s = e^−k(1 − s).',
    against:
      'The final size of an epidemic (Kermack and McKendrick 1927), which is the residue of a blind counter in Demers et al. 1987, §1.4; k = 2, 3 and 4 among 4,000, within 5 standard errors of binomial chance and 0.003.',
    variants: ['mongering'],
    seeds: 1,
    verify: ({ model, random, within }) => {
      const nodes = 4000;
      for (const tellings of [2, 3, 4]) {
        const draws = random(`peers ${tellings}`);
        // From ten, since a rumour of one may die out before it has begun.
        let state = startOf(Array.from({ length: nodes }, (_, i) => (i < 10 ? 1 : 0)));
        for (let i = 0; i < 40; i++) state = round(model('mongering'), state, draws, { tellings });
        const expected = residue(tellings);
        const error = 5 * Math.sqrt((expected * (1 - expected)) / nodes) + 0.003;
        within(unaware(state), expected, error, `${tellings} tellings: share left out`);
      }
    },
  },

  GO6: {
    statement: 'With anti-entropy behind it, a rumour that is told twice leaves nobody out.',
    against:
      'Demers et al. 1987, §1.5, backing up a complex epidemic with anti-entropy; 60 rounds of 500 nodes.',
    variants: ['backed-up'],
    seeds: 3,
    verify: ({ model, random, equal }) => {
      let state = oneOf(500);
      const draws = random('peers');
      for (let i = 0; i < 60; i++) state = round(model('backed-up'), state, draws, { tellings: 2 });
      equal(unaware(state), 0, 'share left out');
    },
  },

  GO7: {
    statement:
      'If half of the messages are lost, push takes log₍1.5₎ n + 2 ln n rounds: it slows down, and does not stop.',
    against:
      'As above, with messages that arrive with probability q: those who know grow (1 + q)-fold, and one that does not is left out with probability e^−q, hence log₍1+q₎ n + (ln n) / q. Mean of 20 rumours of 300 nodes, within 3.',
    variants: ['push'],
    seeds: 1,
    verify: ({ model, random, within }) => {
      const rounds = roundsToAll(model('push'), random('peers'), {
        nodes: 300,
        rumours: 20,
        loss: 0.5,
      });
      within(rounds, log(300) / log(1.5) + 2 * log(300), 3, 'rounds until all know');
    },
  },

  GO8: {
    statement:
      'A node that tells a rumour k times sends k messages; one that exchanges sends one each round for ever.',
    against: 'Counted in the run: 40 nodes, 12 s, loss-free.',
    variants: ['mongering', 'push-pull', 'pull'],
    seeds: 2,
    verify: ({ run, equal, within }) => {
      for (const tellings of [2, 5]) {
        const race = run({
          variants: ['mongering', 'push-pull', 'pull'],
          parameters: { nodes: 40, tellings },
        });
        const heard = 40 - race.value('mongering', 'unaware');
        equal(race.value('mongering', 'messages'), tellings * heard, `${tellings} tellings: sent`);
        const asked = 40 * 24;
        for (const talk of ['push-pull', 'pull'] as const) {
          // Answers come on top: few where only the newer side speaks, up to one a question in pull.
          const sent = race.value(talk, 'messages');
          const answers = talk === 'pull' ? asked : 40;
          within(sent, asked + answers / 2, answers / 2 + 1, `${talk}: messages`);
        }
      }
    },
  },

  GO9: {
    statement: 'Nothing crosses a cut: nobody on the other side knows until it is healed.',
    against: 'The definition of a partition, for as long as the run.',
    variants: TALKS,
    seeds: 2,
    verify: ({ run, equal, atMost }) => {
      const race = run({
        variants: TALKS,
        parameters: { nodes: 40, cutAtMs: 0, cutMs: parameters.cutMs.max },
      });
      for (const talk of TALKS) {
        atMost(race.value(talk, 'informed'), 50, `${talk}: mean share that knows, %`);
        equal(race.value(talk, 'unaware') >= 20, true, `${talk}: the other half is unaware`);
      }
    },
  },
} satisfies Readonly<Record<string, GossipCheck>>;
