/**
 * The service worker: pages from the network as long as it answers in time, and as they were kept
 * when it does not; files with a hash in their name as they were kept, since they cannot change.
 *
 * It belongs to no build. Its script changes only when this file does; which build a page is of is
 * written in the page, and what it needs is kept with it (`kept.ts`).
 */
import { TEXTS_FOLDER, TITLES_URL } from '../search/documents';
import { forgetPages, type KeptPages, keptPages } from './kept';
import { keptSearch } from './kept-search';
import { isEngine, isHashed, OFFLINE_PATH } from './needs';

/** How long the network may take over a page that is kept. */
export const NETWORK_TIMEOUT_MS = 3000;

/** What of a service worker's global scope is used: the library of types for pages does not know it. */
export interface ServiceWorkerScope {
  readonly caches: CacheStorage;
  readonly fetch: typeof fetch;
  readonly location: { readonly origin: string };
  readonly clients: {
    readonly claim: () => Promise<void>;
    readonly matchAll: (options: {
      readonly type: 'window';
      readonly includeUncontrolled: boolean;
    }) => Promise<readonly { readonly url: string }[]>;
  };
  readonly registration: {
    readonly navigationPreload?: { readonly enable: () => Promise<void> };
    readonly unregister: () => Promise<boolean>;
  };
  readonly skipWaiting: () => Promise<void>;
  readonly setTimeout: (callback: () => void, delayMs: number) => unknown;
  readonly addEventListener: {
    (type: 'install' | 'activate', listener: (event: ExtendableEventLike) => void): void;
    (type: 'fetch', listener: (event: FetchEventLike) => void): void;
  };
}

export interface ExtendableEventLike {
  readonly waitUntil: (promise: Promise<unknown>) => void;
}

export interface FetchEventLike extends ExtendableEventLike {
  readonly request: Request;
  /** The page as the browser has asked for it while this worker was starting; undefined without. */
  readonly preloadResponse?: Promise<Response | undefined>;
  readonly respondWith: (response: Promise<Response>) => void;
}

export function serveOffline(scope: ServiceWorkerScope, basePath: string): void {
  const kept = keptPages({
    caches: scope.caches,
    // Asks the host whether a page is still as the browser has it; a hashed file never is not.
    fetch: (address) =>
      scope.fetch(address, {
        cache: isHashed(address.slice(basePath.length)) ? 'default' : 'no-cache',
        credentials: 'same-origin',
      }),
    basePath,
    now: () => Date.now(),
  });

  const search = keptSearch(scope.caches, (request) => scope.fetch(request));

  scope.addEventListener('install', (event) => {
    event.waitUntil(
      (async () => {
        const address = `${basePath}${OFFLINE_PATH}`;
        await kept.keep(address, await scope.fetch(address, { cache: 'no-cache' }));
        // The pages that were open before this worker was there: the first visit is kept as well. Now
        // and not in `activate`, until whose end every request of every page waits.
        for (const path of await openPaths(scope)) {
          if (await kept.page(path)) continue;
          await keepQuietly(kept, path, scope.fetch(path, { cache: 'no-cache' }));
        }
        // Nothing that is kept depends on which version of this script serves it.
        await scope.skipWaiting();
      })(),
    );
  });

  scope.addEventListener('activate', (event) => {
    event.waitUntil(
      (async () => {
        await scope.registration.navigationPreload?.enable();
        await scope.clients.claim();
      })(),
    );
  });

  scope.addEventListener('fetch', (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== 'GET' || origin !== scope.location.origin) return;
    if (!`${pathname}/`.startsWith(`${basePath}/`)) return;
    const path = pathname.slice(basePath.length);
    const later = (work: Promise<void>): void => event.waitUntil(work);
    if (request.mode === 'navigate') event.respondWith(pageFor(event, pathname));
    else if (path === TITLES_URL) event.respondWith(search.names(request, later));
    else if (path.startsWith(TEXTS_FOLDER)) event.respondWith(search.texts(request, later));
    else if (isHashed(path)) event.respondWith(fileFor(event, pathname));
  });

  /**
   * A response that does not know its address takes that of the request, fragment included: in it the
   * bundler tells a worker what to load.
   */
  async function fileFor(event: FetchEventLike, pathname: string): Promise<Response> {
    const keptFile = await kept.asset(pathname);
    const response = keptFile ?? (await scope.fetch(event.request));
    if (!response.ok) return response;
    if (!keptFile && isEngine(pathname.slice(basePath.length))) {
      // Where storage is full the engine is fetched again next time.
      const copy = response.clone();
      event.waitUntil(kept.keepFile(pathname, copy).catch(() => undefined));
    }
    return new Response(response.body, response);
  }

  async function pageFor(event: FetchEventLike, pathname: string): Promise<Response> {
    // A host answers /guide with a redirect to /guide/: without it, both are the same page.
    const path = /\/[^/.]+$/.test(pathname) ? `${pathname}/` : pathname;
    const network = fromNetwork(event);
    let isShown = false;
    event.waitUntil(
      network
        .then((response) => remember(path, response?.clone(), () => isShown))
        // Storage fails, or has lost the list of a build: the page is shown all the same.
        .catch(() => undefined),
    );
    const keptPage = await kept.page(path);
    const inTime = await (keptPage ? Promise.race([network, after(NETWORK_TIMEOUT_MS)]) : network);
    if (inTime && inTime.status < 500) {
      isShown = true;
      return inTime;
    }
    return (
      keptPage ??
      inTime ??
      (await kept.page(`${basePath}${OFFLINE_PATH}`)) ??
      // Nothing was ever kept, or all of it was cleared: the browser's own page says it best.
      Response.error()
    );
  }

  /** Undefined where there is no network. */
  async function fromNetwork({ preloadResponse, request }: FetchEventLike) {
    try {
      return (await preloadResponse) ?? (await scope.fetch(request));
    } catch {
      return undefined;
    }
  }

  function after(delayMs: number): Promise<undefined> {
    return new Promise((resolve) => {
      scope.setTimeout(() => resolve(undefined), delayMs);
    });
  }

  /** @param isShown whether the reader got this response, and not the page that was kept */
  async function remember(
    path: string,
    response: Response | undefined,
    isShown: () => boolean,
  ): Promise<void> {
    if (response?.status === 404 || response?.status === 410) await kept.drop(path);
    if (!response?.ok || response.redirected) return;
    if (!response.headers.get('content-type')?.startsWith('text/html')) return;
    await keepQuietly(kept, path, Promise.resolve(response));
    // Files of earlier builds may be needed by a page that is still open, so only while there is none.
    if (isShown() && (await openPaths(scope)).length <= 1) await kept.prune();
  }
}

/** A page that cannot be kept can still be read: storage is full, or a newer build is being put up. */
async function keepQuietly(
  kept: KeptPages,
  path: string,
  response: Promise<Response>,
): Promise<void> {
  try {
    const page = await response;
    await kept.keep(path, page);
  } catch {
    // Kept at the next visit.
  }
}

async function openPaths({ clients }: ServiceWorkerScope): Promise<string[]> {
  const open = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  return open.map(({ url }) => new URL(url).pathname);
}

/** In place of the above: takes back all that it has done (docs/hosting.md). */
export function retire(scope: ServiceWorkerScope): void {
  scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()));
  scope.addEventListener('activate', (event) => {
    event.waitUntil(
      (async () => {
        await forgetPages(scope.caches);
        await scope.registration.unregister();
      })(),
    );
  });
}
