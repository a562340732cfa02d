/** What the workers of a simulation have in common: they answer one request after the other. */
import type { Models } from './models';
import type { FromWorker, ToWorker } from './protocol';

/** What a worker needs of the global scope it runs in. */
export interface WorkerScope<M extends ToWorker> {
  onmessage: ((event: { readonly data: M }) => void) | null;
  readonly postMessage: (message: FromWorker, transfer: ArrayBuffer[]) => void;
  /**
   * Models in the place of the simulation's own, there before its script is read: set where the
   * reader's code runs (lib/tools/code), and nowhere else.
   */
  readonly models?: Models;
}

/** Answers until the worker is ended; an error is the answer to the request that made it. */
export function listen<M extends ToWorker>(
  scope: WorkerScope<M>,
  answer: (message: M) => readonly [answer: FromWorker, transfer?: ArrayBuffer[]],
): void {
  scope.onmessage = ({ data }) => {
    try {
      const [message, transfer = []] = answer(data);
      scope.postMessage(message, transfer);
    } catch (error) {
      scope.postMessage({ type: 'failed', requestId: data.requestId, ...told(error) }, []);
    }
  };
}

/** What can be said of whatever was thrown. */
function told(error: unknown): { readonly message: string; readonly stack?: string } {
  if (!(error instanceof Error)) return { message: String(error) };
  return { message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) };
}
