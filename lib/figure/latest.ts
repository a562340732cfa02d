/**
 * Work of which only the newest request counts: one at a time is under way and at most one waits,
 * so that a slider that is dragged never builds up a queue.
 */
export interface Latest<I> {
  readonly request: (input: I) => void;
  /** Whether something is under way. */
  readonly busy: () => boolean;
  /** What is under way or waiting is no longer wanted; its outcome is dropped. */
  readonly drop: () => void;
}

/**
 * @param work may reject; the error goes to `failed` and what waits is tried all the same
 * @param done also told of outcomes that are no longer the newest: while the reader drags, each shows
 *   the way to the last one
 */
export function createLatest<I, O>(options: {
  readonly work: (input: I) => Promise<O>;
  readonly done: (output: O, input: I) => void;
  readonly failed: (error: unknown, input: I) => void;
}): Latest<I> {
  let running = false;
  let epoch = 0;
  let waiting: { readonly input: I } | undefined;

  const start = (input: I): void => {
    running = true;
    const begun = epoch;
    const finish = (tell: () => void): void => {
      running = false;
      const next = waiting;
      waiting = undefined;
      // The next run starts first: it works while the page draws this one.
      if (next) start(next.input);
      if (begun === epoch) tell();
    };
    options.work(input).then(
      (output) => finish(() => options.done(output, input)),
      (error: unknown) => finish(() => options.failed(error, input)),
    );
  };

  return {
    request: (input) => {
      if (running) waiting = { input };
      else start(input);
    },
    busy: () => running,
    drop: () => {
      epoch++;
      waiting = undefined;
    },
  };
}
