/** Decides for one caller and one callee whether a failed call is tried again; waits and deadlines are not its business. */
export interface Retrier {
  /** A request has come; its first attempt is always made. */
  readonly begin: () => void;
  /** An attempt has succeeded. */
  readonly succeeded: () => void;
  /** An attempt has failed, whether or not another can follow. */
  readonly failed: () => void;
  /** Whether to make another attempt; asked after a failure, where there is time for one. */
  readonly shouldRetry: (failure: Failure) => boolean;
}

export interface Failure {
  /** Attempts made for this request so far, this one included. */
  readonly attempts: number;
  /** Whether the answer says that somebody below has already tried again, in vain. */
  readonly gaveUp: boolean;
}

export interface RetryOptions {
  /** Attempts for one request at most, the first included; 1 never retries. */
  readonly attemptsMax: number;
  /** Retries that a request (or a success) pays for; 0.1 is one for ten. Thousandths count, less does not. */
  readonly ratio: number;
  /** Retries that a full bucket pays for. */
  readonly tokensMax: number;
}

/** One for each caller and callee: its bucket is shared by all requests. */
export type CreateRetrier = (options: RetryOptions) => Retrier;

/** Tokens are counted in thousandths, as whole numbers: ten times 0.1 is less than 1. */
export const THOUSANDTHS = 1000;
