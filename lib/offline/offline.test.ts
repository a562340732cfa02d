import { describe, expect, test } from 'vitest';
import { headersOf, RULES } from '@/deploy/headers.mjs';
import { TEXTS_FOLDER, TITLES_URL } from '../search/documents';
import { forgetPages, keptPages } from './kept';
import {
  BUILD_META,
  buildListPath,
  buildOf,
  isEngine,
  isHashed,
  namedIn,
  withBuild,
} from './needs';
import {
  type ExtendableEventLike,
  type FetchEventLike,
  NETWORK_TIMEOUT_MS,
  retire,
  type ServiceWorkerScope,
  serveOffline,
} from './service-worker';

const ORIGIN = 'https://example.org';
const A = 'aaaaaaaaaaaa';
const B = 'bbbbbbbbbbbb';

/**
 * As much of the Cache interface as is used, over a map. What is in `failing` rejects, as `open` does
 * where storage is broken and `put` where it is full.
 */
function memoryCaches(failing: ReadonlySet<'open' | 'put'> = new Set()): CacheStorage {
  const stores = new Map<string, Map<string, Response>>();
  const keyOf = (request: RequestInfo | URL): string =>
    new URL(request instanceof Request ? request.url : String(request), ORIGIN).href;
  const open = async (name: string) => {
    if (failing.has('open')) throw new DOMException('Unexpected internal error.', 'UnknownError');
    const store = stores.get(name) ?? new Map<string, Response>();
    stores.set(name, store);
    return {
      match: async (request: RequestInfo | URL) => store.get(keyOf(request))?.clone(),
      put: async (request: RequestInfo | URL, response: Response) => {
        if (failing.has('put')) throw new DOMException('Quota exceeded.', 'QuotaExceededError');
        store.set(keyOf(request), response);
      },
      delete: async (request: RequestInfo | URL) => store.delete(keyOf(request)),
      keys: async () => [...store.keys()].map((url) => new Request(url)),
    };
  };
  return {
    open,
    has: async (name: string) => stores.has(name),
    keys: async () => [...stores.keys()],
    delete: async (name: string) => stores.delete(name),
  } as unknown as CacheStorage;
}

async function addresses(caches: CacheStorage): Promise<string[]> {
  const all = await Promise.all(
    (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
  );
  return all
    .flat()
    .map(({ url }) => new URL(url).pathname)
    .sort();
}

interface Deploy {
  readonly build: string;
  /** Addresses that exist besides those of the shell. */
  readonly simulations?: readonly string[];
  readonly missing?: readonly string[];
}

/** A host with a shell of two files, and pages that each name one simulation. */
function host(deploy: Deploy) {
  const state = { deploy, isUp: true, asked: [] as string[] };
  const shell = (build: string): string[] => [
    `/_next/static/${build}.js`,
    '/_next/static/shared.css',
  ];
  const html = (text: string, headers?: HeadersInit): Response =>
    new Response(text, { headers: { 'content-type': 'text/html; charset=utf-8', ...headers } });
  const fetch = async (input: RequestInfo | URL): Promise<Response> => {
    const url = new URL(typeof input === 'string' ? input : (input as Request).url, ORIGIN);
    const path = url.pathname;
    const { build, missing = [] } = state.deploy;
    state.asked.push(path);
    if (!state.isUp) throw new TypeError('no network');
    if (missing.includes(path)) return new Response('none', { status: 404 });
    if (path === buildListPath(build)) return Response.json(shell(build));
    if (shell(build).includes(path) || path.startsWith(`/sim/queue.${build}.`))
      return new Response(`file ${path}`);
    if (path === TITLES_URL) return Response.json({ build });
    if (path === `${TEXTS_FOLDER}a.${build}.json`) return Response.json([build]);
    if (isHashed(path)) return new Response('none', { status: 404 });
    if (path === '/broken/') return new Response('broken', { status: 503 });
    if (path === '/gone/') return new Response('none', { status: 404 });
    return html(
      withBuild(
        `<head><title>${path} &amp; ü</title></head><p>of ${build}</p><i data-bundle="/sim/queue.${build}.js"></i>`,
        build,
      ),
    );
  };
  return { state, fetch, html };
}

describe('what a page needs', () => {
  test('is read off its markup', () => {
    const html = withBuild('<head><title>t</title></head>', A);
    expect(buildOf(html)).toBe(A);
    expect(buildOf(withBuild(html, B))).toBe(B);
    expect(withBuild(html, B).match(new RegExp(BUILD_META, 'g'))).toHaveLength(1);
    expect(withBuild(html, null)).toBe('<head><title>t</title></head>');
    expect(buildOf('<head></head>')).toBeNull();
    expect(
      namedIn('"/hb/sim/a.0f.js" x=/hb/sim/b-c.12.js "/hb/sim/a.0f.js" /sim/no.js', '/hb'),
    ).toEqual([
      '/hb/sim/a.0f.js',
      '/hb/sim/a.0f.json',
      '/hb/sim/a.0f.whole.js',
      '/hb/sim/b-c.12.js',
      '/hb/sim/b-c.12.json',
      '/hb/sim/b-c.12.whole.js',
    ]);
    // Of a lab what there is to know of it, and not the engine.
    expect(namedIn('"/engines/sql/rows.0f.js" "/engines/sql/assets/pg.0f.wasm"', '')).toEqual([
      '/engines/sql/rows.0f.json',
    ]);
    expect(['/engines/sql/rows.0f.js', '/engines/sql/assets/pg.0f.wasm'].map(isEngine)).toEqual([
      true,
      true,
    ]);
    expect(['/engines/sql/rows.0f.json', '/sim/a.0f.js'].map(isEngine)).toEqual([false, false]);
  });

  test('files that never change are those that hosts let be cached for ever, and no others', () => {
    for (const { path } of RULES) {
      const address = path.replace(/\*$/, 'x');
      const isForEver = headersOf(address)['Cache-Control']?.includes('immutable') ?? false;
      expect(isHashed(address), address).toBe(isForEver);
    }
  });
});

describe('keeping pages', () => {
  const setUp = (deploy: Deploy = { build: A }) => {
    const caches = memoryCaches();
    const { state, fetch } = host(deploy);
    let nowMs = 0;
    const kept = keptPages({ caches, fetch, basePath: '', now: () => ++nowMs });
    return { caches, state, fetch, kept };
  };

  test('a page is kept with its shell, its simulations, and the page for what is not kept', async () => {
    const { caches, fetch, kept } = setUp();
    await kept.keep('/guide/', await fetch('/guide/'));
    expect(await addresses(caches)).toEqual(
      [
        '/_next/static/aaaaaaaaaaaa.js',
        '/_next/static/shared.css',
        '/builds/aaaaaaaaaaaa.json',
        '/guide/',
        '/offline/',
        '/sim/queue.aaaaaaaaaaaa.js',
        '/sim/queue.aaaaaaaaaaaa.json',
        '/sim/queue.aaaaaaaaaaaa.whole.js',
      ].sort(),
    );
    expect(await kept.list()).toEqual([{ path: '/guide/', title: '/guide/ & ü', keptAtMs: 1 }]);
  });

  test('a page of which a file is missing is not kept at all', async () => {
    const { fetch, kept } = setUp({ build: A, missing: ['/_next/static/aaaaaaaaaaaa.js'] });
    await expect(kept.keep('/guide/', await fetch('/guide/'))).rejects.toThrow(
      'a newer build may have taken its place',
    );
    expect(await kept.page('/guide/')).toBeUndefined();
  });

  test('files that two builds share are fetched once', async () => {
    const { state, fetch, kept } = setUp();
    await kept.keep('/guide/', await fetch('/guide/'));
    state.deploy = { build: B };
    await kept.keep('/other/', await fetch('/other/'));
    expect(state.asked.filter((path) => path === '/_next/static/shared.css')).toHaveLength(1);
  });

  test('files of an old build go when the last page of that build has gone, and not before', async () => {
    const { caches, state, fetch, kept } = setUp();
    await kept.keep('/one/', await fetch('/one/'));
    await kept.keep('/two/', await fetch('/two/'));
    state.deploy = { build: B };
    await kept.keep('/one/', await fetch('/one/'));
    await kept.prune();
    expect(await addresses(caches)).toContain('/_next/static/aaaaaaaaaaaa.js');
    expect(await addresses(caches)).toContain('/sim/queue.aaaaaaaaaaaa.js');
    await kept.keep('/two/', await fetch('/two/'));
    await kept.prune();
    expect((await addresses(caches)).filter((path) => path.includes(A))).toEqual([]);
    expect(await addresses(caches)).toContain('/_next/static/shared.css');
  });

  test('at most a hundred pages are kept, the newest', async () => {
    const { fetch, kept } = setUp();
    for (let index = 0; index < 103; index++)
      await kept.keep(`/p${index}/`, await fetch(`/p${index}/`));
    const paths = (await kept.list()).map(({ path }) => path);
    expect(paths).toHaveLength(100);
    expect(paths[0]).toBe('/p102/');
    expect(paths).not.toContain('/p0/');
  });

  test('forgetting removes all that is ours and nothing else', async () => {
    const { caches, fetch, kept } = setUp();
    await kept.keep('/guide/', await fetch('/guide/'));
    await (await caches.open('of another program')).put('/x', new Response('x'));
    await forgetPages(caches);
    expect(await caches.keys()).toEqual(['of another program']);
  });
});

/** A service worker with its events in hand and no time of its own. */
function worker(deploy: Deploy = { build: A }) {
  const failing = new Set<'open' | 'put'>();
  const caches = memoryCaches(failing);
  const server = host(deploy);
  const listeners = new Map<string, (event: never) => void>();
  const timers: (() => void)[] = [];
  const open: { url: string }[] = [];
  const calls = { unregistered: 0, claimed: 0 };
  const scope: ServiceWorkerScope = {
    caches,
    fetch: server.fetch as typeof fetch,
    location: { origin: ORIGIN },
    clients: {
      claim: async () => {
        calls.claimed++;
      },
      matchAll: async () => open,
    },
    registration: {
      unregister: async () => {
        calls.unregistered++;
        return true;
      },
    },
    skipWaiting: async () => undefined,
    setTimeout: (callback, delayMs) => {
      expect(delayMs).toBe(NETWORK_TIMEOUT_MS);
      timers.push(callback);
      return 0;
    },
    addEventListener: (type: string, listener: (event: never) => void) => {
      listeners.set(type, listener);
    },
  };
  const fire = async (type: string): Promise<void> => {
    const pending: Promise<unknown>[] = [];
    const event: ExtendableEventLike = { waitUntil: (promise) => void pending.push(promise) };
    listeners.get(type)?.(event as never);
    await Promise.all(pending);
  };
  /** A request as the browser makes it; undefined where the worker leaves it to the browser. */
  const ask = (path: string, mode: 'navigate' | 'no-cors' = 'navigate', method = 'GET') => {
    const pending: Promise<unknown>[] = [];
    let response: Promise<Response> | undefined;
    const event: FetchEventLike = {
      // Node's Request knows no mode "navigate", which only a browser may set.
      request: { url: new URL(path, ORIGIN).href, mode, method } as Request,
      waitUntil: (promise) => void pending.push(promise),
      respondWith: (promise) => {
        response = promise;
      },
    };
    listeners.get('fetch')?.(event as never);
    return { response, settled: () => Promise.all(pending) };
  };
  const visit = async (path: string): Promise<string | undefined> => {
    const { response, settled } = ask(path);
    const text = await (await response)?.text();
    await settled();
    return text;
  };
  /** Holds back what the network answers, where `isHeld` says so, until it is let go. */
  const hold = (isHeld: (input: RequestInfo) => boolean): (() => void) => {
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const { fetch } = scope;
    Object.assign(scope, {
      fetch: async (input: RequestInfo) => {
        const response = await fetch(input);
        if (isHeld(input)) await held;
        return response;
      },
    });
    return letGo;
  };
  return { ...server, scope, caches, failing, timers, open, calls, fire, ask, visit, hold };
}

function offlineWorker(deploy?: Deploy) {
  const made = worker(deploy);
  serveOffline(made.scope, '');
  return made;
}

describe('the service worker', () => {
  test('keeps the pages that were open before it was there', async () => {
    const { state, fire, open, caches, calls } = offlineWorker();
    open.push({ url: `${ORIGIN}/guide/?x=1#y` });
    await fire('install');
    expect(await addresses(caches)).toContain('/guide/');
    // Until it is active, all that pages ask for waits.
    const before = state.asked.length;
    await fire('activate');
    expect(calls.claimed).toBe(1);
    expect(state.asked).toHaveLength(before);
  });

  test('an error is not kept as the page for what is not kept', async () => {
    const { fire, caches } = offlineWorker({ build: A, missing: ['/offline/'] });
    await expect(fire('install')).rejects.toThrow('Expected /offline/ to be there, got status 404');
    expect(await addresses(caches)).toEqual([]);
  });

  test('without a network, a page that was visited is there with its files', async () => {
    const { state, visit, ask } = offlineWorker();
    await visit('/guide/');
    state.isUp = false;
    expect(await visit('/guide/?queue=1.1;seed:7')).toContain(`of ${A}`);
    expect(await visit('/guide')).toContain(`of ${A}`);
    for (const file of [`/_next/static/${A}.js`, `/sim/queue.${A}.js`])
      expect(await (await ask(file, 'no-cors').response)?.text()).toBe(`file ${file}`);
  });

  test('without a network, a page that was not visited is replaced by the one that says so', async () => {
    const { state, fire, visit } = offlineWorker();
    await fire('install');
    state.isUp = false;
    expect(await visit('/never/')).toContain('<title>/offline/');
  });

  test('where nothing was ever kept, the browser says that there is no network', async () => {
    const { state, ask } = offlineWorker();
    state.isUp = false;
    expect((await ask('/never/').response)?.type).toBe('error');
  });

  test('a new build is shown at once, and kept in the place of the old', async () => {
    const { state, visit } = offlineWorker();
    await visit('/guide/');
    state.deploy = { build: B };
    expect(await visit('/guide/')).toContain(`of ${B}`);
    state.isUp = false;
    expect(await visit('/guide/')).toContain(`of ${B}`);
  });

  test('a page of the old build has its files although the host has them no more', async () => {
    const { state, visit, ask, open } = offlineWorker();
    await visit('/guide/');
    state.deploy = { build: B };
    // The old page stays open in one window while the new one is read in another.
    open.push({ url: `${ORIGIN}/guide/` }, { url: `${ORIGIN}/guide/` });
    await visit('/guide/');
    const file = `/_next/static/${A}.js`;
    expect((await ask(file, 'no-cors').response)?.status).toBe(200);
  });

  test('a slow network loses against a kept page, whose successor is kept all the same', async () => {
    const { state, ask, visit, timers, open, hold } = offlineWorker();
    await visit('/guide/');
    state.deploy = { build: B };
    open.push({ url: `${ORIGIN}/guide/` });
    const answer = hold((input) => typeof input !== 'string');
    const slow = ask('/guide/');
    while (timers.length === 0) await Promise.resolve();
    timers.splice(0).forEach((fire) => {
      fire();
    });
    expect(await (await slow.response)?.text()).toContain(`of ${A}`);
    answer();
    await slow.settled();
    state.isUp = false;
    // The only window shows the page of the old build, which the host may have no more.
    for (const file of [`/_next/static/${A}.js`, `/sim/queue.${A}.js`])
      expect((await ask(file, 'no-cors').response)?.status, file).toBe(200);
    expect(await visit('/guide/')).toContain(`of ${B}`);
  });

  test('the files of a page that is being kept outlast another page', async () => {
    const { state, ask, hold, open, caches } = offlineWorker();
    open.push({ url: `${ORIGIN}/one/` });
    let asked = 0;
    const answer = hold((input) => input === `/sim/queue.${A}.whole.js` && ++asked === 1);
    const one = ask('/one/');
    await one.response;
    while (asked === 0) await new Promise((resolve) => setTimeout(resolve));
    state.deploy = { build: B };
    const two = ask('/two/');
    await two.response;
    await new Promise((resolve) => setTimeout(resolve, 20));
    answer();
    await Promise.all([one.settled(), two.settled()]);
    expect(await addresses(caches)).toEqual(
      expect.arrayContaining(['/one/', '/two/', `/sim/queue.${A}.js`, `/sim/queue.${A}.json`]),
    );
  });

  test('where storage fails, pages, their files and the search come from the network', async () => {
    const { failing, ask, visit } = offlineWorker();
    const read = async (path: string): Promise<number | undefined> => {
      const { response, settled } = ask(path, 'no-cors');
      const { status } = (await response) ?? {};
      await settled();
      return status;
    };
    for (const what of ['open', 'put'] as const) {
      failing.clear();
      failing.add(what);
      expect(await visit('/guide/'), what).toContain(`of ${A}`);
      for (const path of [
        `/_next/static/${A}.js`,
        `/sim/queue.${A}.js`,
        TITLES_URL,
        `${TEXTS_FOLDER}a.${A}.json`,
      ])
        expect(await read(path), `${what}: ${path}`).toBe(200);
    }
  });

  test('a list of a build that is lost is no reason to fail', async () => {
    const { state, visit, caches } = offlineWorker();
    await visit('/one/');
    await visit('/two/');
    for (const name of await caches.keys())
      await (await caches.open(name)).delete(buildListPath(A));
    state.deploy = { build: B };
    expect(await visit('/one/')).toContain(`of ${B}`);
    expect(await visit('/three/')).toContain(`of ${B}`);
  });

  test('a host that fails is answered with the kept page, a page that is gone is dropped', async () => {
    const { state, visit, scope, caches } = offlineWorker();
    const { html } = host({ build: A });
    const kept = keptPages({
      caches,
      fetch: scope.fetch as (address: string) => Promise<Response>,
      basePath: '',
      now: () => 1,
    });
    const page = () => html(withBuild('<head></head><p>kept</p>', A));
    await kept.keep('/broken/', page());
    await kept.keep('/gone/', page());
    expect(await visit('/broken/')).toContain('kept');
    expect(await visit('/gone/')).toBe('none');
    state.isUp = false;
    expect(await visit('/gone/')).toContain('<title>/offline/');
  });

  test('the search answers without a network from what it has read, of one deploy alone', async () => {
    const { state, ask, caches } = offlineWorker();
    const read = async (path: string): Promise<unknown> => {
      const { response, settled } = ask(path, 'no-cors');
      const json: unknown = await (await response)?.json();
      await settled();
      return json;
    };
    await read(TITLES_URL);
    await read(`${TEXTS_FOLDER}a.${A}.json`);
    state.isUp = false;
    expect(await read(TITLES_URL)).toEqual({ build: A });
    expect(await read(`${TEXTS_FOLDER}a.${A}.json`)).toEqual([A]);
    state.isUp = true;
    state.deploy = { build: B };
    expect(await read(TITLES_URL)).toEqual({ build: B });
    expect(await addresses(caches)).toEqual([TITLES_URL]);
  });

  test('leaves to the browser what is not its own', () => {
    const { ask } = offlineWorker();
    expect(ask('https://elsewhere.example/x', 'no-cors').response).toBeUndefined();
    expect(ask('/guide/', 'navigate', 'POST').response).toBeUndefined();
    expect(ask('/feed.atom', 'no-cors').response).toBeUndefined();
  });

  test('below a base path, leaves other pages of the host alone', () => {
    const made = worker();
    serveOffline(made.scope, '/handbook');
    expect(made.ask('/other/').response).toBeUndefined();
    expect(made.ask('/handbooks/').response).toBeUndefined();
    expect(made.ask('/handbook/').response).toBeDefined();
  });

  test('a page that cannot be kept whole can be read', async () => {
    const { visit, caches } = offlineWorker({ build: A, missing: [`/sim/queue.${A}.js`] });
    expect(await visit('/guide/')).toContain(`of ${A}`);
    expect(await addresses(caches)).not.toContain('/guide/');
  });

  test('the one that takes itself back leaves nothing', async () => {
    const { scope, caches, fire, calls } = worker();
    await (await caches.open('steady-state:pages:0')).put('/x', new Response('x'));
    retire(scope);
    await fire('install');
    await fire('activate');
    expect(await caches.keys()).toEqual([]);
    expect(calls.unregistered).toBe(1);
  });
});
