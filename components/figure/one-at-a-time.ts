/** Figures of several scenarios that take turns in one place of the page. */
import type { Figure } from '@/lib/figure/figure';

export interface OneAtATime<First extends Figure | null = Figure> {
  /** The figure that stands there at first; null if the place is empty until one is opened. */
  readonly first: First;
  /**
   * Starts the figure of another scenario and closes the one before it; null if yet another was asked
   * for meanwhile.
   *
   * @throws Error if its first run fails; the present figure then stays
   */
  readonly open: (scenario: string) => Promise<Figure | null>;
  readonly close: () => void;
}

export function oneAtATime<First extends Figure | null>(
  first: First,
  start: (scenario: string) => Promise<Figure>,
): OneAtATime<First> {
  let current: Figure | null = first;
  let asked = 0;
  return {
    first,
    open: async (scenario) => {
      const mine = ++asked;
      const next = await start(scenario);
      if (mine !== asked) {
        next.close();
        return null;
      }
      current?.close();
      current = next;
      return next;
    },
    close: () => {
      asked++;
      current?.close();
    },
  };
}
