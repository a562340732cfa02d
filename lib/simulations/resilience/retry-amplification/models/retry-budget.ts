import { type CreateRetrier, THOUSANDTHS } from './retrier';

/** Each request pays for a part of a retry; an empty bucket grants none. */
export const retryBudget: CreateRetrier = ({ attemptsMax, ratio, tokensMax }) => {
  const full = tokensMax * THOUSANDTHS;
  const perRequest = Math.round(ratio * THOUSANDTHS);
  let tokens = full;
  return {
    // #region budget
    begin: () => {
      tokens = Math.min(full, tokens + perRequest); // (1)
    },
    shouldRetry: ({ attempts }) => {
      if (attempts >= attemptsMax || tokens < THOUSANDTHS) return false;
      tokens -= THOUSANDTHS; // (2)
      return true;
    },
    // #endregion
    succeeded: () => {},
    failed: () => {},
  };
};
