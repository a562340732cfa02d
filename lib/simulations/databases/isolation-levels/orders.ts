/** Whose turn it is: the interleavings of a script. */
import type { RandomStream } from '../../../kernel/random';
import { type Script, type Session, sessionsOf } from './scripts';

type Interleaving = 'written' | 'one-by-one' | 'shuffled';

/** The sessions in the order of their turns, each as often as it has steps. */
export function turnsOf(
  script: Script,
  interleaving: Interleaving,
  random: RandomStream,
): readonly Session[] {
  const sessions = sessionsOf(script);
  const turnsIn = (order: readonly Session[]): Session[] =>
    order.flatMap((session) => script.steps[session]?.map(() => session) ?? []);
  switch (interleaving) {
    case 'written':
      return [...script.order] as Session[];
    case 'one-by-one':
      return turnsIn(sessions);
    case 'shuffled': {
      // Fisher and Yates: every interleaving is as likely as any other.
      const turns = turnsIn(sessions);
      for (let last = turns.length - 1; last > 0; last--) {
        const other = Math.floor(random.next() * (last + 1));
        const [a, b] = [turns[last], turns[other]];
        if (a !== undefined && b !== undefined) [turns[last], turns[other]] = [b, a];
      }
      return turns;
    }
    default:
      return interleaving satisfies never;
  }
}
