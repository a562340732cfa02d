/** Binds a figure's store to React. */
import { useSyncExternalStore } from 'react';
import type { Figure, FigureState } from '@/lib/figure/figure';

/**
 * The part of the state that a component draws; it is drawn anew only when that part is another
 * value. The selector must therefore pick values, not make objects.
 */
export function useFigure<T>(figure: Figure, select: (state: FigureState) => T): T {
  const read = (): T => select(figure.store.get());
  return useSyncExternalStore(figure.store.subscribe, read, read);
}
