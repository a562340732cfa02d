/** The reader's time in a browser. */
import type { Clock } from '@/lib/figure/clock';
import type { Timer } from '@/lib/figure/narration';

export const frameClock: Clock = {
  request: (frame) => requestAnimationFrame(frame),
  cancel: (id) => cancelAnimationFrame(id),
};

/** Longest that a change waits for the page to find time, real ms. */
const SETTLE_MAX_MS = 250;

/** When the page has drawn what it has; browsers without idle callbacks use the next frame. */
export const idleClock: Clock =
  'requestIdleCallback' in globalThis
    ? {
        request: (call) =>
          requestIdleCallback(() => call(performance.now()), { timeout: SETTLE_MAX_MS }),
        cancel: (id) => cancelIdleCallback(id),
      }
    : frameClock;

export const pageTimer: Timer = {
  nowMs: () => performance.now(),
  after: (ms, call) => {
    const id = setTimeout(call, ms);
    return () => clearTimeout(id);
  },
};
