/**
 * The search, off the page's thread. Titles are read and indexed first and answer most questions;
 * the texts follow, and the last question is answered once more with them.
 */
import type { BodyDocument, TitleDocument } from '@/lib/search/documents';
import type { FromSearchWorker, ToSearchWorker } from '@/lib/search/protocol';
import { createSearch, type Search } from '@/lib/search/search';

// The project compiles against the page's types; in a worker `postMessage` takes no origin.
const post = (message: FromSearchWorker): void =>
  (self as unknown as { postMessage: (message: FromSearchWorker) => void }).postMessage(message);

let search: Search | undefined;
let isComplete = false;
let last: { readonly id: number; readonly query: string } | undefined;

function answer(): void {
  if (search === undefined || last === undefined) return;
  post({ kind: 'answer', ...last, answer: search.query(last.query), complete: isComplete });
}

async function read<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} was answered with ${response.status}.`);
  return (await response.json()) as T;
}

async function open(titlesUrl: string, bodiesUrl: string): Promise<void> {
  try {
    // Asked for together; the smaller file is there first and need not wait for the other.
    const bodies = read<BodyDocument[]>(bodiesUrl);
    bodies.catch(() => undefined);
    search = createSearch(await read<TitleDocument[]>(titlesUrl));
    answer();
    search.addBodies(await bodies);
    isComplete = true;
    answer();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    post({ kind: 'failed', message: `The search index could not be read: ${reason}` });
  }
}

addEventListener('message', ({ data }: MessageEvent<ToSearchWorker>) => {
  switch (data.kind) {
    case 'open':
      void open(data.titlesUrl, data.bodiesUrl);
      break;
    case 'query':
      last = { id: data.id, query: data.query };
      answer();
      break;
    default:
      data satisfies never;
  }
});
