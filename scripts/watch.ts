/** Repeats a pass whenever a source changes. */
import { existsSync, watch } from 'node:fs';

export interface Watch {
  /** Fulfilled when the first pass has ended. */
  readonly ready: Promise<void>;
  readonly close: () => void;
}

/**
 * Makes a pass now, and another after each change in these folders; never two at a time. Changes during
 * a pass lead to one more.
 *
 * @param settleMs editors write a file in several steps: what comes within this time is one change
 */
export function passOnChange({
  folders,
  settleMs,
  pass,
}: {
  readonly folders: readonly string[];
  readonly settleMs: number;
  readonly pass: () => Promise<unknown>;
}): Watch {
  let isStale = false;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  const passUntilFresh = async (): Promise<void> => {
    do {
      isStale = false;
      await pass();
    } while (isStale);
    running = null;
  };
  const changed = (): void => {
    isStale = true;
    running ??= passUntilFresh();
  };
  const watchers = folders.filter(existsSync).map((folder) =>
    watch(folder, { recursive: true }, (_event, name) => {
      if (name !== null && /\.test\.tsx?$|[~#]$|\.swp$/.test(name)) return;
      clearTimeout(timer);
      timer = setTimeout(changed, settleMs);
    }),
  );
  running = passUntilFresh();
  return {
    ready: running,
    close: () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
