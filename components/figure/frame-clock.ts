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

/** What waits for a task of its own, in order. */
const tasks: (() => void)[] = [];
let port: MessagePort | undefined;
/** Real ms that such tasks have taken. */
let ownTasksMs = 0;

/**
 * Calls back soon, in a task of its own: what is asked for while a frame is made comes after its
 * paint, and so does not make that frame longer.
 */
export function inOwnTask(call: () => void): void {
  if (!port) {
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = () => {
      const startedMs = performance.now();
      try {
        tasks.shift()?.();
      } finally {
        ownTasksMs += performance.now() - startedMs;
      }
    };
    port = port1;
  }
  tasks.push(call);
  port.postMessage(null);
}

let pacer: Pacer | undefined;

/** Shares out the frames of this page; made on first use, since a build has no frames. */
export function pagePacer(): Pacer {
  if (pacer) return pacer;
  const afterPaint = (call: (frameMs: number) => void): number =>
    requestAnimationFrame(() => {
      const startedMs = performance.now() - ownTasksMs;
      inOwnTask(() => call(performance.now() - ownTasksMs - startedMs));
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
