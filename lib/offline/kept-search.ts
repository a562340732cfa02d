/**
 * What the search has read, kept so that it answers without a network: the names, which every deploy
 * may change, and the texts that those names lead to. It is kept from one deploy alone, since texts of
 * another would be found at places that do not exist.
 */
import { cacheName } from './kept';

const SEARCH = cacheName('search');

interface KeptSearch {
  /** The names: as the host has them, or as it had them. */
  readonly names: (request: Request) => Promise<Response>;
  /** A file of texts, whose name holds a hash of its content. */
  readonly texts: (request: Request) => Promise<Response>;
}

export function keptSearch(
  caches: CacheStorage,
  fetch: (request: Request) => Promise<Response>,
): KeptSearch {
  return {
    names: async (request) => {
      let response: Response;
      try {
        response = await fetch(request);
      } catch (error) {
        const kept = await (await caches.open(SEARCH)).match(request.url);
        if (kept) return kept;
        throw error;
      }
      if (response.ok) {
        const copy = response.clone();
        const kept = await (await caches.open(SEARCH)).match(request.url);
        if ((await kept?.text()) !== (await copy.clone().text())) {
          await caches.delete(SEARCH);
          await (await caches.open(SEARCH)).put(request.url, copy);
        }
      }
      return response;
    },
    texts: async (request) => {
      const search = await caches.open(SEARCH);
      const kept = await search.match(request.url);
      if (kept) return kept;
      const response = await fetch(request);
      if (response.ok) await search.put(request.url, response.clone());
      return response;
    },
  };
}
