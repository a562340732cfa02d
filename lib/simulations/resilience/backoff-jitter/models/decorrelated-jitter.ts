import type { CreateBackoff } from './backoff';

/** Anything from the base to three times the last wait: it grows by chance and not by count. */
export const decorrelatedJitter: CreateBackoff = ({ baseMs, capMs, random }) => {
  let lastMs = baseMs; // (1)
  return {
    // #region wait
    waitMs: () => {
      lastMs = Math.min(capMs, baseMs + random() * (3 * lastMs - baseMs)); // (2)
      return lastMs;
    },
    // #endregion
  };
};
