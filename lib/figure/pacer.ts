/**
 * Shares out the frames of a page among what is to be drawn anew: at each frame as many as it has
 * time for, in turn, and one at least. A fast machine draws all of them at once; on a slow one each
 * frame stays short, so that a slider follows the hand, and each drawing comes some frames later.
 */
import type { Clock } from './clock';

export interface Pacer {
  /** Draws this in one of the next frames; once, however often it is asked for until then. */
  readonly want: (draw: () => void) => void;
  /** Takes back what has not been drawn yet. */
  readonly forget: (draw: () => void) => void;
  /** Draws all that waits, now: for paper, which knows no next frame. */
  readonly flush: () => void;
}

/**
 * Real ms for drawing and for the frame in which the page lays out and paints what was drawn. With as
 * much again for the reader's hand and the next run, a task stays below the 50 ms from which on it is
 * felt (W3C, Long Tasks API).
 */
export const BUDGET_MS = 20;

/**
 * How many are drawn in a frame is found as a sender finds the capacity of its path: one more after
 * each frame that was short, half as many after one that was long (Jacobson 1988).
 */
export function createPacer(options: {
  readonly clock: Clock;
  /** Real ms. */
  readonly nowMs: () => number;
  /** Calls back once the page has painted its next frame, with the real ms that the frame took. */
  readonly afterPaint: (call: (frameMs: number) => void) => void;
}): Pacer {
  const { clock, nowMs, afterPaint } = options;
  const waiting = new Set<() => void>();
  let isRequested = false;
  let atOnce = 1;

  const request = (): void => {
    if (isRequested || waiting.size === 0) return;
    isRequested = true;
    clock.request(frame);
  };
  const frame = (): void => {
    isRequested = false;
    const startedMs = nowMs();
    const limit = atOnce;
    let drawn = 0;
    let drawingMs = 0;
    afterPaint((frameMs) => {
      if (drawingMs + frameMs > BUDGET_MS) atOnce = Math.max(1, Math.floor(limit / 2));
      else if (drawn === limit && waiting.size > 0) atOnce = limit + 1;
    });
    try {
      // A drawing may make others wait: parts of it, which then come in the same frame if they fit.
      for (const draw of waiting) {
        if (drawn === limit) break;
        waiting.delete(draw);
        drawn++;
        draw();
      }
    } finally {
      drawingMs = nowMs() - startedMs;
      // One that fails does not hold up the others.
      request();
    }
  };

  return {
    want: (draw) => {
      waiting.add(draw);
      request();
    },
    forget: (draw) => {
      waiting.delete(draw);
    },
    flush: () => {
      const all = [...waiting];
      waiting.clear();
      for (const draw of all) draw();
    },
  };
}
