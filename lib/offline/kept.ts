/**
 * Pages kept for reading without a network. A page is kept whole or not at all: its files first, then
 * itself. So whatever is kept can be shown, with the files of its own build, whatever the host serves
 * by then.
 */
import type { LabDescription } from '../engines/description';
import { buildListPath, buildOf, isHashed, namedIn, OFFLINE_PATH, titleOf } from './needs';

const PREFIX = 'steady-state:';

/** The name of a cache of ours. Raise the number when what is kept is no longer understood. */
export function cacheName(what: 'pages' | 'assets' | 'search'): string {
  return `${PREFIX}${what}:1`;
}

const PAGES = cacheName('pages');
/** Files by address, of all builds together: a hash in the name keeps them apart. */
const ASSETS = cacheName('assets');

/** Pages beyond this are dropped, those seen longest ago first. */
const PAGES_MAX = 100;

/** Kept with the page as headers, so that no page has to be read to know what it needs. */
const BUILD_HEADER = 'x-build';
const NAMED_HEADER = 'x-simulations';
const TITLE_HEADER = 'x-title';
const KEPT_AT_HEADER = 'x-kept-at';

export interface KeptPage {
  /** From the root of the host, base path included. */
  readonly path: string;
  readonly title: string;
  /** ms since 1970. */
  readonly keptAtMs: number;
}

interface KeptPagesOptions {
  readonly caches: CacheStorage;
  readonly fetch: (address: string) => Promise<Response>;
  /** '' or '/handbook'. */
  readonly basePath: string;
  readonly now: () => number;
}

export interface KeptPages {
  /** A kept page, without asking the network; undefined if it is not kept, or storage fails. */
  readonly page: (path: string) => Promise<Response | undefined>;
  /** A kept file, without asking the network; undefined as above. */
  readonly asset: (address: string) => Promise<Response | undefined>;
  /**
   * Keeps a page with all that it needs.
   *
   * @throws Error if the response is an error, or a file that the page needs cannot be had; nothing of
   *   the page is kept then
   */
  readonly keep: (path: string, response: Response) => Promise<void>;
  /** Keeps a file that a page has used and is not kept with it. */
  readonly keepFile: (address: string, response: Response) => Promise<void>;
  readonly drop: (path: string) => Promise<void>;
  /** Removes files that no kept page needs. To be called only while no other page is open. */
  readonly prune: () => Promise<void>;
  /** Newest first; the offline page itself is not listed. */
  readonly list: () => Promise<KeptPage[]>;
}

export function keptPages({ caches, fetch, basePath, now }: KeptPagesOptions): KeptPages {
  const offline = `${basePath}${OFFLINE_PATH}`;

  const fileOf = async (address: string): Promise<Response> => {
    const assets = await caches.open(ASSETS);
    const kept = await assets.match(address);
    if (kept) return kept;
    const response = await fetch(address);
    if (!response.ok) {
      throw new Error(
        `Expected ${address} to be there, got status ${response.status}: a newer build may have taken its place.`,
      );
    }
    await assets.put(address, response.clone());
    return response;
  };

  const shellOf = async (build: string): Promise<string[]> => {
    const address = `${basePath}${buildListPath(build)}`;
    const files = (await (await fileOf(address)).json()) as string[];
    return [address, ...files];
  };

  /** What the lab of a kept description has fetched, if its engine was used. */
  const engineOf = async (assets: Cache, address: string): Promise<string[]> => {
    if (!/\/engines\/.*\.json$/.test(address)) return [];
    const lab = (await (await assets.match(address))?.json()) as LabDescription | undefined;
    return [
      address.replace(/\.json$/, '.js'),
      ...Object.values(lab?.assets ?? {}).map((asset) => `${basePath}${asset}`),
    ];
  };

  /** Storage that fails has kept nothing: the network answers as it would without us. */
  const lookUp = async (cache: string, address: string): Promise<Response | undefined> => {
    try {
      return await (await caches.open(cache)).match(address);
    } catch {
      return undefined;
    }
  };

  const page: KeptPages['page'] = (path) => lookUp(PAGES, path);

  /**
   * One after the other: the files of a page that is being kept are needed by no kept page yet, and
   * would be pruned.
   */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (act: () => Promise<void>): Promise<void> => {
    const done = turn.then(act);
    turn = done.catch(() => undefined);
    return done;
  };

  const keepNow: KeptPages['keep'] = async (path, response) => {
    if (!response.ok)
      throw new Error(`Expected ${path} to be there, got status ${response.status}.`);
    const html = await response.text();
    const build = buildOf(html);
    if (build === null) return;
    const named = namedIn(html, basePath);
    await Promise.all([...(await shellOf(build)), ...named].map(fileOf));
    const headers = new Headers(response.headers);
    headers.set(BUILD_HEADER, build);
    headers.set(NAMED_HEADER, named.join(' '));
    // Headers hold Latin-1 only.
    headers.set(TITLE_HEADER, encodeURIComponent(titleOf(html)));
    headers.set(KEPT_AT_HEADER, String(now()));
    await (await caches.open(PAGES)).put(path, new Response(html, { headers }));
    if (path === offline) return;
    // What stands in for pages that are not kept belongs to the newest build that was met.
    if ((await page(offline))?.headers.get(BUILD_HEADER) !== build)
      await keepNow(offline, await fetch(offline));
    await dropOldest();
  };

  const drop: KeptPages['drop'] = async (path) => {
    await (await caches.open(PAGES)).delete(path);
  };

  const list: KeptPages['list'] = async () => {
    // To open a cache is to make one, and where all was cleared there is none.
    if (!(await caches.has(PAGES))) return [];
    const pages = await caches.open(PAGES);
    const kept = await Promise.all(
      (await pages.keys()).map(async ({ url }): Promise<KeptPage | undefined> => {
        const response = await pages.match(url);
        const path = new URL(url).pathname;
        if (!response || path === offline) return undefined;
        return {
          path,
          title: decodeURIComponent(response.headers.get(TITLE_HEADER) ?? path),
          keptAtMs: Number(response.headers.get(KEPT_AT_HEADER)),
        };
      }),
    );
    return kept
      .filter((each) => each !== undefined)
      .sort((a, b) => b.keptAtMs - a.keptAtMs || (a.path < b.path ? -1 : 1));
  };

  const dropOldest = async (): Promise<void> => {
    for (const { path } of (await list()).slice(PAGES_MAX)) await drop(path);
  };

  const pruneNow = async (): Promise<void> => {
    const pages = await caches.open(PAGES);
    const assets = await caches.open(ASSETS);
    const responses = (
      await Promise.all((await pages.keys()).map((key) => pages.match(key)))
    ).filter((response) => response !== undefined);
    const builds = new Set(responses.map(({ headers }) => headers.get(BUILD_HEADER) ?? ''));
    const named = responses.flatMap(({ headers }) => (headers.get(NAMED_HEADER) ?? '').split(' '));
    const needed = new Set([
      ...(await Promise.all([...builds].map(shellOf))).flat(),
      ...named,
      ...(await Promise.all(named.map((address) => engineOf(assets, address)))).flat(),
    ]);
    for (const key of await assets.keys()) {
      if (!needed.has(new URL(key.url).pathname)) await assets.delete(key);
    }
  };

  return {
    page,
    asset: async (address) =>
      isHashed(address.slice(basePath.length)) ? lookUp(ASSETS, address) : undefined,
    keepFile: async (address, response) => (await caches.open(ASSETS)).put(address, response),
    keep: (path, response) => inTurn(() => keepNow(path, response)),
    drop,
    prune: () => inTurn(pruneNow),
    list,
  };
}

/** Removes all that was ever kept, by this version or another. */
export async function forgetPages(caches: CacheStorage): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
}
