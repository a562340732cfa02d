/**
 * What the reader has written, file by file, for all figures of a simulation alike. Each change is kept
 * at once; a file that is ours again is no longer kept.
 */
import type { Memory } from '@/lib/figure/memory';
import { createStore, type Store } from '@/lib/figure/store';
import type { Files } from './program';

export interface Drafts {
  readonly store: Store<{ readonly files: Files }>;
  /** @param ours the text as we have it */
  readonly write: (file: string, text: string, ours: string) => void;
}

export function createDrafts(simulation: string, memory: Memory): Drafts {
  const name = `code:${simulation}`;
  const kept = (): Files => memory.read(name, isFiles) ?? {};
  const store = createStore<{ readonly files: Files }>({ files: kept() });
  return {
    store,
    write: (file, text, ours) => {
      const changed = (before: Files): Files => {
        const { [file]: _old, ...others } = before;
        return text === ours ? others : { ...others, [file]: text };
      };
      store.set({ files: changed(store.get().files) });
      // What another tab has written meanwhile stays.
      const files = changed(kept());
      if (Object.keys(files).length === 0) memory.forget(name);
      else memory.write(name, files);
    },
  };
}

function isFiles(value: unknown): value is Files {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((text) => typeof text === 'string')
  );
}
