import { isChosen } from './randomness';
import { extract, inject } from './traceparent';
import type { Tracer } from './tracer';

/** Every service sends everything; the collector waits, looks at the whole, and decides. */
export const tail: Tracer = {
  extract,
  inject,
  // #region decide
  sampler: (settings) => ({
    starts: () => true, // (1)
    keeps: ({ traceId, failed, durationMs }) =>
      failed ||
      durationMs > settings.slowerThanMs || // (2)
      isChosen(traceId, settings.ratePercent / 100), // (3)
  }),
  // #endregion
};

// (1) What is not sent cannot be kept later.
// (2) By the spans that have arrived. A span that is still open has not.
// (3) Some of the ordinary ones too, or there is nothing to compare the bad ones with.
