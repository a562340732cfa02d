/** Binds the store of an incident to React. */
import { useSyncExternalStore } from 'react';
import type { Play, PlayState } from '@/lib/incident/play';

/** The selector must pick values, not make objects. */
export function usePlay<T>({ store }: Play, select: (state: PlayState) => T): T {
  const read = (): T => select(store.get());
  return useSyncExternalStore(store.subscribe, read, read);
}
