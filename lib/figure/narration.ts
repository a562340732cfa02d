/**
 * Says in words what a figure shows, at most every two seconds: a reader who listens gets the latest
 * state, not every one.
 */

/** Least distance of two utterances, real ms. */
export const GAP_MS = 2000;

export interface Timer {
  readonly nowMs: () => number;
  /** Calls back once, after this many ms; returns what calls it off. */
  readonly after: (ms: number, call: () => void) => () => void;
}

export interface Narrator {
  /** Something may have changed: says it now or, if the last word is too fresh, when its time has come. */
  readonly changed: () => void;
  readonly stop: () => void;
}

/**
 * @param read the present state in words; called only when something will be said
 * @param say takes the words; not called twice in a row with the same
 */
export function createNarrator(options: {
  readonly timer: Timer;
  readonly read: () => string;
  readonly say: (text: string) => void;
}): Narrator {
  const { timer, read, say } = options;
  let lastAt = Number.NEGATIVE_INFINITY;
  let lastText = '';
  let cancel: (() => void) | undefined;

  const speak = (): void => {
    cancel = undefined;
    const text = read();
    if (text === lastText) return;
    lastAt = timer.nowMs();
    lastText = text;
    say(text);
  };

  return {
    changed: () => {
      if (cancel) return;
      const waitMs = lastAt + GAP_MS - timer.nowMs();
      if (waitMs <= 0) speak();
      else cancel = timer.after(waitMs, speak);
    },
    stop: () => {
      cancel?.();
      cancel = undefined;
    },
  };
}
