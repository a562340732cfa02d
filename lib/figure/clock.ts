/** The reader's time, in frames of the screen. An argument, so that tests hold it in their hand. */
export interface Clock {
  /** Calls back before the next frame is drawn, with its time in ms. */
  readonly request: (frame: (nowMs: number) => void) => number;
  readonly cancel: (id: number) => void;
}

/** A clock whose frames come when the test says so. */
export interface FakeClock extends Clock {
  /** Lets this much time pass, in frames of at most `frameMs`. */
  readonly advance: (durationMs: number, frameMs?: number) => void;
  /** How many callbacks wait for a frame. */
  readonly pending: () => number;
}

export function createFakeClock(): FakeClock {
  let nowMs = 0;
  let nextId = 1;
  let waiting = new Map<number, (nowMs: number) => void>();
  return {
    request: (frame) => {
      waiting.set(nextId, frame);
      return nextId++;
    },
    cancel: (id) => {
      waiting.delete(id);
    },
    advance: (durationMs, frameMs = 16) => {
      const endMs = nowMs + durationMs;
      while (nowMs < endMs) {
        nowMs = Math.min(endMs, nowMs + frameMs);
        const due = waiting;
        waiting = new Map();
        for (const frame of due.values()) frame(nowMs);
      }
    },
    pending: () => waiting.size,
  };
}
