/** Reads logs off the page's thread: lib/tools/traffic/server.ts with what a worker has. */
import type { FromLogWorker, ToLogWorker } from '@/lib/tools/traffic/protocol';
import { createLogServer } from '@/lib/tools/traffic/server';

// The project compiles against the page's types; in a worker `postMessage` takes no origin.
const worker = self as unknown as {
  readonly postMessage: (message: FromLogWorker, transfer: ArrayBuffer[]) => void;
};

const serve = createLogServer((message, transfer) => worker.postMessage(message, transfer));

addEventListener('message', ({ data }: MessageEvent<ToLogWorker>) => {
  // Failures are answers; a failure to answer reaches the page as an error of the worker.
  void serve(data);
});
