import { isChosen } from './randomness';
import { extract, inject } from './traceparent';
import type { Tracer } from './tracer';

/** Decides where a trace begins; the flag in the header tells all others. */
export const head: Tracer = {
  extract,
  inject,
  // #region decide
  sampler: (settings) => ({
    starts: ({ traceId }) => isChosen(traceId, settings.ratePercent / 100), // (1)
  }),
  // #endregion
};

// (1) Nothing is known yet but the id: a trace that will fail has the same chance as all others.
