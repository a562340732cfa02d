/** What depends on a whole run and not on the moment: made once, and kept with the recording. */
import type { RecordingIndex } from '@/lib/simulation/recording-index';
import type { View } from '@/lib/simulation/views';

/** Makes a thing once for a view of a run, so that no frame makes it again. */
export function oncePerRun<V extends View, T>(
  make: (view: V, index: RecordingIndex) => T,
): (view: V, index: RecordingIndex) => T {
  const all = new WeakMap<RecordingIndex, WeakMap<V, T>>();
  return (view, index) => {
    const known = all.get(index) ?? new WeakMap<V, T>();
    all.set(index, known);
    const found = known.get(view) ?? make(view, index);
    known.set(view, found);
    return found;
  };
}
