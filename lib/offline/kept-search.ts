/**
 * What the search has read, kept so that it answers without a network: the names, which every deploy
 * may change, and the texts that those names lead to. It is kept from one deploy alone, since texts of
 * another would be found at places that do not exist.
 */
import { cacheName } from './kept';

const SEARCH = cacheName('search');

/** Keeps the worker alive until it is done; nobody waits for it. */
type Later = (work: Promise<void>) => void;

interface KeptSearch {
  /** The names: as the host has them, or as it had them. */
  readonly names: (request: Request, later: Later) => Promise<Response>;
  /** A file of texts, whose name holds a hash of its content. */
  readonly texts: (request: Request, later: Later) => Promise<Response>;
}

export function keptSearch(
  caches: CacheStorage,
  fetch: (request: Request) => Promise<Response>,
): KeptSearch {
  /** Storage that fails has kept nothing. */
  const lookUp = async (url: string): Promise<Response | undefined> => {
    try {
      return await (await caches.open(SEARCH)).match(url);
    } catch {
      return undefined;
    }
  };

  /** One after the other: the texts that new names lead to come after the old ones have gone. */
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (act: () => Promise<void>): Promise<void> => {
    // Where storage is full or fails, it is fetched again next time.
    turn = turn.then(act).catch(() => undefined);
    return turn;
  };

  const keep = async (url: string, response: Response): Promise<void> =>
    (await caches.open(SEARCH)).put(url, response);

  const keepNames = async (url: string, names: Response): Promise<void> => {
    const kept = await lookUp(url);
    if ((await kept?.text()) === (await names.clone().text())) return;
    await caches.delete(SEARCH);
    await keep(url, names);
  };

  return {
    names: async (request, later) => {
      let response: Response;
      try {
        response = await fetch(request);
      } catch (error) {
        const kept = await lookUp(request.url);
        if (kept) return kept;
        throw error;
      }
      if (response.ok) {
        const copy = response.clone();
        later(inTurn(() => keepNames(request.url, copy)));
      }
      return response;
    },
    texts: async (request, later) => {
      const kept = await lookUp(request.url);
      if (kept) return kept;
      const response = await fetch(request);
      if (response.ok) {
        const copy = response.clone();
        later(inTurn(() => keep(request.url, copy)));
      }
      return response;
    },
  };
}
