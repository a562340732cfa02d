/** What a figure shows at a moment, said for somebody who does not see it: the caption of a link or a picture. */
import type { Figure } from '@/lib/figure/figure';
import { forkName, forksOf } from '@/lib/figure/forks';
import { formatMoment, formatParameter } from '@/lib/simulation/format';

export interface Caption {
  /** "Rate limiter race: Twice the limit at the boundary". */
  readonly title: string;
  /** "1.250 s". */
  readonly moment: string;
  /** What differs from the scenario: "Limit: 20 requests/s", "Fork 1: Crash a server at 12.3 s". */
  readonly settings: readonly string[];
  readonly seed: number;
  /** What the first view shows, in sentences. */
  readonly words: string;
  /** What no link can carry, a sentence each. */
  readonly missing: readonly string[];
}

type Shared = Pick<Figure, 'description' | 'scenario' | 'store'>;

/**
 * @param words what the figure shows at its present moment, as the views tell it
 * @param t the moment, simulated ms
 */
export function captionOf(
  { description, scenario, store }: Shared,
  words: string,
  t: number,
): Caption {
  const { parameters, seed, extras, traffic, shown } = store.get();
  const changed = Object.entries(description.parameters).flatMap(([id, declared]) => {
    const value = parameters[id];
    return value === undefined || isSame(value, scenario.parameters[id])
      ? []
      : [`${declared.label}: ${formatParameter(declared, value)}`];
  });
  const forks = forksOf(extras).map(({ number, fork }) => `${forkName(number)}: ${fork.title}`);
  const isEdited = extras.some(({ extra }) => extra.kind === 'reader');
  return {
    title:
      description.title === scenario.title
        ? scenario.title
        : `${description.title}: ${scenario.title}`,
    moment: formatMoment(t, shown?.shownMs ?? t),
    settings: [...changed, ...forks],
    seed,
    words,
    missing: [
      ...(traffic ? ['It ran on a log that stays on the machine where it was read.'] : []),
      ...(isEdited ? ['An edited model ran beside it, which the link leaves out.'] : []),
    ],
  };
}

/** One line, for the text of a link. */
export const shortCaption = ({ title, moment }: Caption): string => `${title}, at ${moment}`;

/** All of it, as a paragraph. */
export const fullCaption = ({ title, settings, seed, words, missing }: Caption): string =>
  [`${title} (${[...settings, `seed ${seed}`].join('; ')}).`, words, ...missing]
    .filter((part) => part !== '')
    .join(' ');

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
