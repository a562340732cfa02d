/** The reader's time in a browser. */
import type { Clock } from '@/lib/figure/clock';
import type { Timer } from '@/lib/figure/narration';
import { createPacer, type Pacer } from '@/lib/figure/pacer';

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

let pacer: Pacer | undefined;

/** Shares out the frames of this page; made on first use, since a build has no frames. */
export function pagePacer(): Pacer {
  if (pacer) return pacer;
  const { port1, port2 } = new MessageChannel();
  let painted: { readonly call: (frameMs: number) => void; readonly startedMs: number }[] = [];
  // A message that is sent while a frame is made is a task of its own, and so comes after the paint.
  port2.onmessage = () => {
    const calls = painted;
    painted = [];
    const nowMs = performance.now();
    for (const { call, startedMs } of calls) call(nowMs - startedMs);
  };
  const afterPaint = (call: (frameMs: number) => void): number =>
    requestAnimationFrame(() => {
      painted.push({ call, startedMs: performance.now() });
      port1.postMessage(null);
    });
  pacer = createPacer({
    // Between two frames: what is drawn, and the frame that lays it out and paints it, are two tasks.
    clock: {
      request: (call) => afterPaint(() => call(performance.now())),
      cancel: (id) => cancelAnimationFrame(id),
    },
    nowMs: () => performance.now(),
    afterPaint,
  });
  return pacer;
}
