/** The reader's time in a browser. */
import type { Clock } from '@/lib/figure/clock';
import type { Timer } from '@/lib/figure/narration';

export const frameClock: Clock = {
  request: (frame) => requestAnimationFrame(frame),
  cancel: (id) => cancelAnimationFrame(id),
};

export const pageTimer: Timer = {
  nowMs: () => performance.now(),
  after: (ms, call) => {
    const id = setTimeout(call, ms);
    return () => clearTimeout(id);
  },
};
