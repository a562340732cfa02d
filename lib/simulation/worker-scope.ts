/** What the workers of a simulation have in common: they answer one request after the other. */
import type { FromWorker, ToWorker } from './protocol';

/** What a worker needs of the global scope it runs in. */
export interface WorkerScope<M extends ToWorker> {
  onmessage: ((event: { readonly data: M }) => void) | null;
  readonly postMessage: (message: FromWorker, transfer: ArrayBuffer[]) => void;
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
      const message = error instanceof Error ? error.message : String(error);
      scope.postMessage({ type: 'failed', requestId: data.requestId, message }, []);
    }
  };
}
