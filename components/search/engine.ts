/** The page's side of the search worker: one worker a page, and the last question wins. */
import { TITLES_URL } from '@/lib/search/documents';
import type { FromSearchWorker, ToSearchWorker } from '@/lib/search/protocol';
import { BASE_PATH, href } from '@/lib/site';
import { COMMAND_DOCUMENTS } from './commands';

export type Reply = Omit<Extract<FromSearchWorker, { kind: 'answer' }>, 'kind' | 'id'>;

interface SearchEngine {
  readonly ask: (query: string) => void;
  /** @returns a function that stops listening */
  readonly listen: (listener: {
    readonly onReply: (reply: Reply) => void;
    readonly onFailure: (message: string) => void;
  }) => () => void;
}

type Port = Pick<Worker, 'postMessage' | 'onmessage' | 'onerror' | 'terminate'>;
type Listener = Parameters<SearchEngine['listen']>[0];

/**
 * @param start starts a worker: at once, and at the next question after one has failed. The listeners
 *   remain: whoever was told of the failure is told of the answer.
 */
export function createEngine(start: () => Port): SearchEngine {
  const listeners = new Set<Listener>();
  let lastId = 0;

  const open = (): Port => {
    const port = start();
    const fail = (message: string): void => {
      if (port !== present) return;
      present = undefined;
      port.terminate();
      for (const { onFailure } of listeners) onFailure(message);
    };
    port.onmessage = ({ data }: MessageEvent<FromSearchWorker>) => {
      if (data.kind === 'failed') {
        fail(data.message);
        return;
      }
      // The reader has typed on since: an old answer must not replace a newer one.
      if (data.id !== lastId) return;
      const { query, answer, progress } = data;
      for (const { onReply } of listeners) onReply({ query, answer, progress });
    };
    port.onerror = ({ message }) => fail(message || 'The search could not be started.');
    const message: ToSearchWorker = {
      kind: 'open',
      titlesUrl: href(TITLES_URL),
      basePath: BASE_PATH,
      commands: COMMAND_DOCUMENTS,
    };
    port.postMessage(message);
    return port;
  };

  let present: Port | undefined = open();
  return {
    ask: (query) => {
      lastId++;
      present ??= open();
      const message: ToSearchWorker = { kind: 'query', id: lastId, query };
      present.postMessage(message);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

let engine: SearchEngine | undefined;

/** Starts the worker at the first call. */
export function searchEngine(): SearchEngine {
  engine ??= createEngine(
    () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'search' }),
  );
  return engine;
}
