/** Binds a figure's store to React. */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import type { Figure, FigureState } from '@/lib/figure/figure';
import { pagePacer } from './frame-clock';

/**
 * The part of the state that a component draws; it is drawn anew only when that part is another
 * value. The selector must therefore pick values, not make objects.
 */
export function useFigure<T>(figure: Figure, select: (state: FigureState) => T): T {
  const read = (): T => select(figure.store.get());
  return useSyncExternalStore(figure.store.subscribe, read, read);
}

/**
 * The state that a heavy component draws: it gets its turn in one of the next frames, when there is
 * something else to draw and time to draw it (`lib/figure/pacer.ts`).
 *
 * @param differs whether the component would look otherwise; the same function at every call
 * @param isNear false holds it as it is until somebody can see it
 */
export function usePaced(
  figure: Figure,
  differs: (a: FigureState, b: FigureState) => boolean,
  isNear = true,
): FigureState {
  const [held, setHeld] = useState(() => ({ figure, state: figure.store.get() }));
  // What was held of another figure is of no use to this one.
  const state = held.figure === figure ? held.state : figure.store.get();
  const drawn = useRef(state);
  useEffect(() => {
    if (!isNear) return;
    const { store } = figure;
    const draw = (): void => {
      drawn.current = store.get();
      flushSync(() => setHeld({ figure, state: drawn.current }));
    };
    const look = (): void => {
      const next = store.get();
      if (differs(drawn.current, next))
        pagePacer().want(draw, runDiffers(drawn.current, next) ? 'all' : 'moment');
    };
    look();
    const unsubscribe = store.subscribe(look);
    return () => {
      unsubscribe();
      pagePacer().forget(draw);
    };
  }, [figure, differs, isNear]);
  return state;
}

/** For components that draw the run on screen and not the moment. */
export const runDiffers = (a: FigureState, b: FigureState): boolean => a.shown !== b.shown;
