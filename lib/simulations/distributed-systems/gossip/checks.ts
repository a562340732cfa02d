/** The rules that this simulation is held to, in the tests and on request in the page. */
import { exp, log } from '../../../kernel/math';
import type { RandomStream } from '../../../kernel/random';
import type { Check } from '../../../simulation/definition';
import type { Protocol } from './models/protocol';
import type { parameters } from './parameters';

export type Talk = 'push' | 'pull' | 'push-pull';
type GossipCheck = Check<typeof parameters, Talk, Protocol>;

const TALKS: readonly Talk[] = ['push', 'pull', 'push-pull'];

/**
 * One round in which all talk at once, each to a peer chosen by chance: what each knows afterwards
 * follows from what all knew before.
 */
export function round(
  { open, answer, learn }: Protocol,
  known: readonly number[],
  random: RandomStream,
): number[] {
  const after = [...known];
  for (const [node, mine] of known.entries()) {
    const chosen = random.nextInteger(known.length - 1);
    const peer = chosen < node ? chosen : chosen + 1;
    const said = open(mine);
    if (!said) continue;
    const theirs = known[peer] ?? 0;
    after[peer] = learn(after[peer] ?? 0, said);
    const reply = answer(theirs, said);
    if (reply) after[node] = learn(after[node] ?? 0, reply);
  }
  return after;
}

const unaware = (known: readonly number[]): number =>
  known.filter((version) => version === 0).length / known.length;

export const checks = {
  GO1: {
    statement: 'By push alone, n nodes know after log₂ n + ln n rounds, give or take a few.',
    against:
      'Pittel 1987, “On spreading a rumor”: log₂ n + ln n + O(1); mean of 20 rumours, within 2.',
    variants: ['push'],
    seeds: 1,
    verify: ({ model, random, within }) => {
      const draws = random('peers');
      for (const nodes of [100, 1000]) {
        let rounds = 0;
        for (let rumour = 0; rumour < 20; rumour++) {
          let known: number[] = Array.from({ length: nodes }, (_, i) => (i === 0 ? 1 : 0));
          while (unaware(known) > 0 && rounds < 20_000) {
            known = round(model('push'), known, draws);
            rounds++;
          }
        }
        const expected = log(nodes) / log(2) + log(nodes);
        within(rounds / 20, expected, 2, `${nodes} nodes: rounds until all know`);
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
      const start = Array.from({ length: 5000 }, (_, i) => (i % 10 === 0 ? 0 : 1));
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
    against: 'The definition of a rumour, over 30 rounds with three versions.',
    variants: TALKS,
    seeds: 3,
    verify: ({ model, random, equal, atMost }) => {
      for (const talk of TALKS) {
        const draws = random(`peers of ${talk}`);
        let known = Array.from({ length: 50 }, (_, i) => (i < 3 ? i + 1 : 0));
        for (let i = 0; i < 30; i++) {
          const after = round(model(talk), known, draws);
          equal(
            after.filter((version, node) => version < (known[node] ?? 0)),
            [],
            `${talk}: versions that were forgotten`,
          );
          atMost(Math.max(...after), 3, `${talk}: newest version known`);
          known = after;
        }
        equal(new Set(known).size, 1, `${talk}: different versions known after 30 rounds`);
      }
    },
  },
} satisfies Readonly<Record<string, GossipCheck>>;
