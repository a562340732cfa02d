/** A figure that has run, for the tests of what is shared of one. */
import type { Clock } from '@/lib/figure/clock';
import type { Shown } from '@/lib/figure/extras';
import { createFigure, type Figure } from '@/lib/figure/figure';
import { FIXTURE, fixtureOutcome } from '@/lib/figure/fixture';
import { completeSpec } from '@/lib/figure/spec';

/** A frame comes as soon as it is asked for, and a second passes between any two. */
function quickClock(): Clock {
  let nowMs = 0;
  return {
    request: (frame) => {
      nowMs += 1000;
      queueMicrotask(() => frame(nowMs));
      return 0;
    },
    cancel: () => undefined,
  };
}

export async function ranFigure(scenario = 'calm'): Promise<Figure> {
  const figure = createFigure({
    description: FIXTURE,
    spec: completeSpec(FIXTURE, scenario),
    clock: quickClock(),
    run: (request) => Promise.resolve(fixtureOutcome(request)),
  });
  figure.open(null);
  await settled(figure);
  return figure;
}

/** When all that was asked of the figure has been run. */
export function settled(figure: Figure): Promise<Shown> {
  return new Promise((resolve) => {
    const look = (): void => {
      const { shown, status, extras } = figure.store.get();
      if (!shown || status !== 'ready' || extras.some((extra) => extra.status === 'running'))
        return;
      unsubscribe();
      resolve(shown);
    };
    const unsubscribe = figure.store.subscribe(look);
    look();
  });
}
