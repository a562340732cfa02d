/**
 * The search as a worker runs it: titles are read and indexed first and answer most questions; texts
 * are fetched with the first question and answer it again. Indexing gives way to questions, so that a
 * keystroke never waits for a whole file.
 */
import { checkedTitles, type PageTexts, type TitlesFile } from './documents';
import type { FromSearchWorker, ToSearchWorker } from './protocol';
import { createSearch, type Search } from './search';

interface SearchHost {
  /** Rejects with what came in place of the file, to stand behind "got". */
  readonly read: (url: string) => Promise<unknown>;
  readonly post: (message: FromSearchWorker) => void;
  /** Lets waiting messages in. */
  readonly breathe: () => Promise<void>;
  /** Milliseconds of a clock that only differences are taken of. */
  readonly now: () => number;
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** So long is indexed in one go. */
const SLICE_MS = 8;

export function createSearchServer(host: SearchHost): (message: ToSearchWorker) => void {
  let search: Search | undefined;
  let last: { readonly id: number; readonly query: string } | undefined;
  let texts: { readonly urls: readonly string[]; isAsked: boolean } = { urls: [], isAsked: true };
  let open = 0;
  let missing = 0;
  let said = '';

  /** @param isRepeated the question was answered before: only news is worth a message */
  const answer = (isRepeated: boolean): void => {
    if (search === undefined || last === undefined) return;
    const message: FromSearchWorker = {
      kind: 'answer',
      ...last,
      answer: search.query(last.query),
      progress: { isComplete: texts.isAsked && open === 0, missing },
    };
    const text = JSON.stringify(message);
    if (isRepeated && text === said) return;
    said = text;
    host.post(message);
  };

  const index = async (url: string): Promise<void> => {
    try {
      const pages = (await host.read(url)) as readonly PageTexts[];
      let since = host.now();
      for (const page of pages) {
        search?.addTexts([page]);
        if (host.now() - since < SLICE_MS) continue;
        await host.breathe();
        since = host.now();
      }
    } catch {
      missing++;
    }
    open--;
    answer(true);
  };

  const openTitles = async (message: ToSearchWorker & { kind: 'open' }): Promise<void> => {
    try {
      const file = await host.read(message.titlesUrl).catch((error: unknown) => {
        throw new Error(`Expected the index of the search, got ${reasonOf(error)}.`);
      });
      const titles = checkedTitles(file as TitlesFile);
      search = createSearch({ ...titles, pages: [...titles.pages, ...message.commands] });
      texts = { urls: titles.texts.map((url) => `${message.basePath}${url}`), isAsked: false };
      ask();
    } catch (error) {
      host.post({ kind: 'failed', message: reasonOf(error) });
    }
  };

  const ask = (): void => {
    if (search === undefined || last === undefined) return;
    if (!texts.isAsked) {
      texts.isAsked = true;
      open = texts.urls.length;
      for (const url of texts.urls) void index(url);
    }
    answer(false);
  };

  return (message) => {
    switch (message.kind) {
      case 'open':
        void openTitles(message);
        break;
      case 'query':
        last = { id: message.id, query: message.query };
        ask();
        break;
      default:
        message satisfies never;
    }
  };
}
