/**
 * Shares out the frames of a page among what is to be drawn anew: at each frame as many as it has
 * time for, in turn, and one at least. A fast machine draws all of them at once; on a slow one each
 * frame stays short, so that a slider follows the hand, and each drawing comes some frames later.
 */
import type { Clock } from './clock';

/**
 * How much of it changes: all that it shows, as with a new run, or what moves with time. They cost
 * so differently that one says nothing of the other.
 */
export type Extent = 'all' | 'moment';

export interface Pacer {
  /** Draws this in one of the next frames; once, however often it is asked for until then. */
  readonly want: (draw: () => void, extent: Extent) => void;
  /** Takes back what has not been drawn yet. */
  readonly forget: (draw: () => void) => void;
  /** Draws all that waits, now: for paper, which knows no next frame. */
  readonly flush: () => void;
}

/**
 * Real ms for drawing and for the frame in which the page lays out and paints what was drawn. The
 * reader's hand alone takes some 20 ms of a frame on a slow processor, and one drawing in many takes
 * longer than was expected of it: what is left below the 50 ms from which on a task is felt (W3C, Long
 * Tasks API) is for those.
 */
export const BUDGET_MS = 12;

/**
 * How much of the way down an estimate goes with a drawing that was cheaper; up it goes at once. Most
 * moments change little and some change all: those are not forgotten from one to the next.
 */
const EASING = 1 / 16;

/**
 * What a drawing will take is what it took before; one of which that is not known has a frame to
 * itself.
 */
export function createPacer(options: {
  readonly clock: Clock;
  /** Real ms. */
  readonly nowMs: () => number;
  /** Calls back once the page has painted its next frame, with the real ms that the frame took. */
  readonly afterPaint: (call: (frameMs: number) => void) => void;
}): Pacer {
  const { clock, nowMs, afterPaint } = options;
  const waiting = new Map<() => void, Extent>();
  /** Real ms that each takes, with its share of the frame that shows it. */
  const costs: Readonly<Record<Extent, WeakMap<() => void, number>>> = {
    all: new WeakMap(),
    moment: new WeakMap(),
  };
  let isRequested = false;

  const learn = (extent: Extent, draw: () => void, costMs: number): void => {
    const before = costs[extent].get(draw) ?? 0;
    costs[extent].set(draw, costMs > before ? costMs : before + (costMs - before) * EASING);
  };
  const request = (): void => {
    if (isRequested || waiting.size === 0) return;
    isRequested = true;
    clock.request(frame);
  };
  const frame = (): void => {
    isRequested = false;
    const drawn: { readonly draw: () => void; readonly extent: Extent; readonly ms: number }[] = [];
    afterPaint((frameMs) => {
      const drawingMs = drawn.reduce((sum, { ms }) => sum + ms, 0);
      for (const { draw, extent, ms } of drawn) {
        const share = drawingMs > 0 ? ms / drawingMs : 1 / drawn.length;
        learn(extent, draw, ms + share * frameMs);
      }
    });
    let leftMs = BUDGET_MS;
    try {
      // A drawing may make others wait: parts of it, which then come in the same frame if they fit.
      for (const [draw, extent] of waiting) {
        const expectedMs = costs[extent].get(draw) ?? BUDGET_MS;
        if (drawn.length > 0 && expectedMs > leftMs) break;
        waiting.delete(draw);
        const startedMs = nowMs();
        try {
          draw();
        } finally {
          const ms = nowMs() - startedMs;
          drawn.push({ draw, extent, ms });
          leftMs -= Math.max(ms, expectedMs);
        }
      }
    } finally {
      // One that fails does not hold up the others.
      request();
    }
  };

  return {
    want: (draw, extent) => {
      if (extent === 'all' || !waiting.has(draw)) waiting.set(draw, extent);
      request();
    },
    forget: (draw) => {
      waiting.delete(draw);
    },
    flush: () => {
      // Parts that are made to wait by what is drawn here come, too.
      for (const draw of waiting.keys()) {
        waiting.delete(draw);
        draw();
      }
    },
  };
}
