/** The search, off the page's thread: lib/search/server.ts with what a worker has. */
import type { ToSearchWorker } from '@/lib/search/protocol';
import { readFile } from '@/lib/search/read-file';
import { createSearchServer } from '@/lib/search/server';

// The project compiles against the page's types; in a worker `postMessage` takes no origin.
const worker = self as unknown as { readonly postMessage: (message: unknown) => void };

const receive = createSearchServer({
  read: (url) => readFile(url, (address) => fetch(address)),
  post: (message) => worker.postMessage(message),
  breathe: () => new Promise((resolve) => setTimeout(resolve)),
  now: () => performance.now(),
});

addEventListener('message', ({ data }: MessageEvent<ToSearchWorker>) => receive(data));
