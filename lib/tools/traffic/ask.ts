/** The page's side of the worker that reads logs: questions with answers, and an end at any time. */
import type { FromLogWorker, ToLogWorker } from './protocol';
import type { Progress } from './read-log';
import type { LogReader } from './session';

/** What is needed of a worker. */
export interface LogPort {
  readonly post: (message: ToLogWorker) => void;
  readonly terminate: () => void;
}

export interface LogPortEvents {
  readonly answered: (message: FromLogWorker) => void;
  readonly crashed: () => void;
}

interface Pending {
  readonly resolve: (answer: FromLogWorker) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: (progress: Progress) => void;
}

type Unnumbered<M> = M extends ToLogWorker ? Omit<M, 'requestId'> : never;

/** @param spawn starts a worker; called again after one was ended */
export function createLogReader(spawn: (events: LogPortEvents) => LogPort): LogReader {
  let port: LogPort | undefined;
  let nextId = 1;
  const pending = new Map<number, Pending>();

  const end = (): Pending[] => {
    port?.terminate();
    port = undefined;
    const left = [...pending.values()];
    pending.clear();
    return left;
  };

  const started = (): LogPort => {
    port ??= spawn({
      answered: (message) => {
        const request = pending.get(message.requestId);
        if (!request) return;
        if (message.type === 'progress') {
          request.onProgress(message.progress);
          return;
        }
        pending.delete(message.requestId);
        if (message.type === 'failed') request.reject(new Error(message.message));
        else request.resolve(message);
      },
      crashed: () => {
        const error = new Error(
          'The program that reads logs has stopped, perhaps for want of memory. Choose a smaller part of the file and try again.',
        );
        for (const { reject } of end()) reject(error);
      },
    });
    return port;
  };

  const ask = <T extends FromLogWorker['type']>(
    message: Unnumbered<ToLogWorker>,
    expected: T,
    onProgress: Pending['onProgress'] = () => undefined,
  ): Promise<Extract<FromLogWorker, { readonly type: T }>> =>
    new Promise((resolve, reject) => {
      const requestId = nextId++;
      const take = (answer: FromLogWorker): void => {
        if (answer.type === expected)
          resolve(answer as Extract<FromLogWorker, { readonly type: T }>);
        else reject(new Error(`Expected an answer “${expected}”, got “${answer.type}”.`));
      };
      pending.set(requestId, { resolve: take, reject, onProgress });
      started().post({ ...message, requestId });
    });

  return {
    look: async (file) => (await ask({ type: 'look', file }, 'looked')).lines,
    read: async (file, reading, onProgress) =>
      (await ask({ type: 'read', file, reading }, 'read', onProgress)).summary,
    cut: async (options) => (await ask({ type: 'cut', ...options }, 'cut')).cut,
    stop: () => {
      end();
    },
  };
}
