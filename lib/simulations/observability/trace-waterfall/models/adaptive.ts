import { isChosen } from './randomness';
import { extract, inject } from './traceparent';
import type { Tracer } from './tracer';

const WINDOW_MS = 1000;

/**
 * Decides where a trace begins, at a rate of its own for each operation, so that each keeps its quota.
 * What it remembers grows with the number of names, so they have to tell classes and not cases.
 */
export const adaptive: Tracer = {
  extract,
  inject,
  // #region decide
  sampler: (settings) => {
    const seen = new Map<string, { window: number; now: number; before: number }>();
    return {
      starts: ({ traceId, operation, atMs }) => {
        const window = Math.floor(atMs / WINDOW_MS);
        const last = seen.get(operation) ?? { window, now: 0, before: 0 };
        const passed = window - last.window;
        const before = passed === 0 ? last.before : passed === 1 ? last.now : 0; // (1)
        const now = (passed === 0 ? last.now : 0) + 1; // (2)
        seen.set(operation, { window, now, before });
        return isChosen(traceId, Math.min(1, settings.targetPerSecond / Math.max(before, now))); // (3)
      },
    };
  },
  // #endregion
};

// (1) What came in the second before this one: the expectation for this one.
// (2) All that come are counted, kept or not; to count the kept alone would raise the rate without end.
// (3) A burst is noticed within its own second. What never comes more often in one second than its
//     quota is kept whole.
