import { type CreateRetrier, THOUSANDTHS } from './retrier';

/** gRPC's retry throttling (proposal A6): failures cost, successes pay, and below half there is none. */
export const retryThrottle: CreateRetrier = ({ attemptsMax, ratio, tokensMax }) => {
  const full = tokensMax * THOUSANDTHS;
  const perSuccess = Math.round(ratio * THOUSANDTHS);
  let tokens = full;
  return {
    begin: () => {},
    // #region throttle
    succeeded: () => {
      tokens = Math.min(full, tokens + perSuccess); // (3)
    },
    failed: () => {
      tokens = Math.max(0, tokens - THOUSANDTHS); // (4)
    },
    shouldRetry: ({ attempts }) => attempts < attemptsMax && tokens > full / 2, // (5)
    // #endregion
  };
};
