/** The site as crawlers, feed readers, language models and travellers without a network meet it. */
import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import { readManifest } from '../lib/content/manifest';
import { finishReach } from '../scripts/finish-reach';
import { copyOfSite, makeSecondBuild, openHost, SECOND } from './hosts';
import { closeSearch, expectLive, openSearch } from './support';

const manifest = readManifest();
const guides = Object.values(manifest.guides);
const [guide] = guides;
if (guide === undefined) throw new Error('Expected a guide to test with, got none.');
const GUIDE = `/${guide.slug}/`;

/** Canonical addresses name the host of SITE_URL; the tests serve the site elsewhere. */
const pathOf = (url: string): string => new URL(url).pathname;

/** An XML document as lists of texts (or of an attribute) by local name; throws if it is not well-formed. */
async function parseXml(
  page: Page,
  text: string,
): Promise<{ name: string; text: string; attributes: Record<string, string>; parent: string }[]> {
  return page.evaluate((source) => {
    const document_ = new DOMParser().parseFromString(source, 'application/xml');
    const error = document_.querySelector('parsererror');
    if (error) throw new Error(error.textContent ?? 'not well-formed');
    return [...document_.querySelectorAll('*')].map((element) => ({
      name: element.localName,
      text: element.children.length === 0 ? (element.textContent ?? '') : '',
      attributes: Object.fromEntries(
        [...element.attributes].map(({ name, value }) => [name, value]),
      ),
      parent: element.parentElement?.localName ?? '',
    }));
  }, text);
}

async function sitemapPaths(request: APIRequestContext): Promise<string[]> {
  const text = await (await request.get('/sitemap.xml')).text();
  return [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, loc = '']) => pathOf(loc));
}

test('robots.txt leads to a sitemap whose every page exists and names itself by that address', async ({
  page,
  request,
}) => {
  const robots = await (await request.get('/robots.txt')).text();
  const address = /^Sitemap: (.+)$/m.exec(robots)?.[1] ?? '';
  const response = await request.get(pathOf(address));
  expect(response.status()).toBe(200);
  await page.goto('/');
  const elements = await parseXml(page, await response.text());
  expect(elements[0]).toMatchObject({
    name: 'urlset',
    attributes: { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' },
  });
  const locs = elements.filter(({ name }) => name === 'loc').map(({ text }) => text);
  expect(new Set(locs).size).toBe(locs.length);
  for (const { slug } of guides) expect(locs.map(pathOf)).toContain(`/${slug}/`);
  expect(locs.map(pathOf)).toContain('/');
  for (const loc of locs) {
    const answer = await request.get(pathOf(loc));
    expect(answer.status(), loc).toBe(200);
    expect(await answer.text(), loc).toContain(`<link rel="canonical" href="${loc}"`);
  }
  // Dates are those of the front matter, for guides alone.
  expect(elements.filter(({ name }) => name === 'lastmod').map(({ text }) => text)).toEqual(
    locs.flatMap((loc) => manifest.guides[pathOf(loc).slice(1, -1)]?.updated ?? []),
  );
});

test('each page of the sitemap has a title, a description and a card of its size', async ({
  request,
}) => {
  const seen = { titles: new Set<string>(), descriptions: new Set<string>() };
  const cards = new Set<string>();
  const paths = await sitemapPaths(request);
  for (const path of paths) {
    const html = await (await request.get(path)).text();
    const meta = (name: string): string =>
      new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`).exec(html)?.[1] ?? '';
    seen.titles.add(/<title>([^<]+)/.exec(html)?.[1] ?? '');
    seen.descriptions.add(meta('description'));
    expect(meta('og:title'), path).not.toBe('');
    expect(meta('og:description'), path).toBe(meta('description'));
    expect(meta('twitter:card'), path).toBe('summary_large_image');
    expect(meta('og:image:alt'), path).not.toBe('');
    cards.add(pathOf(meta('og:image')));
  }
  expect(seen.titles.size).toBe(paths.length);
  expect(seen.descriptions.size).toBe(paths.length);
  for (const { slug } of guides) expect(cards).toContain(`/cards/${slug}.png`);
  for (const card of cards) {
    const response = await request.get(card);
    expect(response.headers()['content-type'], card).toBe('image/png');
    const bytes = await response.body();
    expect(bytes.subarray(0, 8).toString('latin1'), card).toBe('\x89PNG\r\n\x1a\n');
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], card).toEqual([1200, 630]);
  }
});

test('structured data parses, and every page it names exists', async ({ request }) => {
  for (const path of await sitemapPaths(request)) {
    const html = await (await request.get(path)).text();
    const blocks = [
      ...html.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g),
    ].map(([, text = '']) => text);
    const nodes = blocks.flatMap(
      (block) => (JSON.parse(block) as { '@graph': Record<string, unknown>[] })['@graph'],
    );
    const canonical = /<link rel="canonical" href="([^"]*)"/.exec(html)?.[1];
    if (path !== '/') {
      const crumbs = nodes.filter((node) => node['@type'] === 'BreadcrumbList');
      expect(crumbs, path).toHaveLength(1);
      const items = crumbs[0]?.itemListElement as { item: string; position: number }[];
      expect(items.map(({ position }) => position)).toEqual(items.map((_, index) => index + 1));
      expect(items.at(-1)?.item, path).toBe(canonical);
      for (const { item } of items)
        expect((await request.get(pathOf(item))).status(), item).toBe(200);
    }
    const described = manifest.guides[path.slice(1, -1)];
    if (described !== undefined) {
      const article = nodes.find(({ headline }) => headline !== undefined);
      expect(article).toMatchObject({ mainEntityOfPage: canonical, headline: described.title });
    }
    if (path === '/glossary/') {
      const terms = nodes.find((node) => node['@type'] === 'DefinedTermSet')?.hasDefinedTerm as {
        url: string;
      }[];
      expect(terms).toHaveLength(manifest.glossary.length);
      for (const { url } of terms) expect(html).toContain(`id="${new URL(url).hash.slice(1)}"`);
    }
  }
});

test('the feed is an Atom feed of the guides, found from every page', async ({ page, request }) => {
  await page.goto(GUIDE);
  const link = page.locator('link[rel="alternate"][type="application/atom+xml"]');
  const response = await request.get(pathOf((await link.getAttribute('href')) ?? ''));
  expect(response.headers()['content-type']).toMatch(/^application\/atom\+xml/);
  const elements = await parseXml(page, await response.text());
  const of = (parent: string, name: string) =>
    elements.filter((each) => each.parent === parent && each.name === name);
  expect(elements[0]).toMatchObject({
    name: 'feed',
    attributes: { xmlns: 'http://www.w3.org/2005/Atom' },
  });
  // RFC 4287: what a feed and an entry must have, each once, and an author.
  for (const name of ['id', 'title', 'updated', 'author']) expect(of('feed', name)).toHaveLength(1);
  expect(of('feed', 'entry')).toHaveLength(guides.length);
  for (const name of ['id', 'title', 'updated', 'summary'])
    expect(of('entry', name)).toHaveLength(guides.length);
  for (const { text } of [...of('feed', 'updated'), ...of('entry', 'updated')])
    expect(text).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
  const self = of('feed', 'link').find(({ attributes }) => attributes.rel === 'self');
  expect(pathOf(self?.attributes.href ?? '')).toBe('/feed.atom');
  for (const { attributes } of of('entry', 'link'))
    expect((await request.get(pathOf(attributes.href ?? ''))).status()).toBe(200);
});

test('llms.txt leads to each guide as Markdown, which holds the numbers of the page', async ({
  page,
  browser,
  request,
  baseURL,
}) => {
  // What a page says needs no program.
  const reading = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const read = await reading.newPage();
  const index = await request.get('/llms.txt');
  expect(index.headers()['content-type']).toBe('text/plain; charset=utf-8');
  const links = [...(await index.text()).matchAll(/\]\((https?:[^)]+\.md)\)/g)].map(
    ([, url = '']) => pathOf(url),
  );
  expect(links.sort()).toEqual(guides.map(({ slug }) => `/${slug}.md`).sort());
  for (const { slug, title, sources } of guides) {
    const response = await request.get(`/${slug}.md`);
    expect(response.headers()['content-type']).toBe('text/markdown; charset=utf-8');
    const markdown = await response.text();
    expect(markdown).toContain(`# ${title}`);
    for (const { url } of sources) expect(markdown).toContain(url);

    await read.goto(`/${slug}/`);
    const alternate = read.locator('link[rel="alternate"][type="text/markdown"]');
    expect(pathOf((await alternate.getAttribute('href')) ?? '')).toBe(`/${slug}.md`);
    const findings = await read
      .locator('.prose [title*=", n = "]')
      .evaluateAll((all) => all.map(({ textContent }) => textContent ?? ''));
    expect(findings.length).toBeGreaterThan(0);
    // One after the other, as they stand on the page.
    const plain = (text: string): string => text.replace(/[\s\u00a0\u202f]+/g, ' ');
    let at = 0;
    for (const finding of findings) {
      const next = plain(markdown).indexOf(plain(finding), at);
      expect(next, `“${finding}” after character ${at} of ${slug}.md`).toBeGreaterThanOrEqual(0);
      at = next;
    }
    if (slug !== guide.slug) continue;
    // A figure's link opens it with the seed that the numbers are of.
    const figure = /\[Run this figure with seed (\d+)\]\(([^)]+)\)/.exec(markdown);
    const address = new URL(figure?.[2] ?? '');
    await page.goto(`${address.pathname}${address.search}${address.hash}`);
    const shown = page.locator(`[id="${address.hash.slice(1)}"]`);
    await expect(shown.getByRole('textbox', { name: 'Seed' })).toHaveValue(figure?.[1] ?? '');
    await expect(shown.getByRole('alert')).toHaveCount(0);
  }
  await reading.close();
});

test('the web manifest names icons that exist in the size they say', async ({ page, request }) => {
  await page.goto('/');
  const address = await page.locator('link[rel="manifest"]').getAttribute('href');
  const response = await request.get(address ?? '');
  expect(response.headers()['content-type']).toMatch(/^application\/manifest\+json/);
  const { icons, start_url } = (await response.json()) as {
    icons: { src: string; sizes: string }[];
    start_url: string;
  };
  expect((await request.get(start_url)).status()).toBe(200);
  const apple = await page.locator('link[rel="apple-touch-icon"]').getAttribute('href');
  for (const { src, sizes } of [...icons, { src: apple ?? '', sizes: '180x180' }]) {
    const bytes = await (await request.get(src)).body();
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, src).toBe(sizes);
  }
  for (const scheme of ['light', 'dark'])
    await expect(page.locator(`meta[name="theme-color"][media*="${scheme}"]`)).toHaveCount(1);
});

test.describe('with a service worker', () => {
  test.use({ serviceWorkers: 'allow' });

  /** What differs between the two builds. */
  const HASHED = /\/(chunks|sim|engines)\//;

  /** Storing some hundred files takes as long as the disk of the machine lets it. */
  const STORING = { timeout: 60_000 };

  /** Waits until the browser keeps a page, whole, and the worker sees what the page asks for. */
  async function expectKept(page: Page, path: string, marker = ''): Promise<void> {
    await expect
      .poll(
        () =>
          page.evaluate(
            async ([address, text]) =>
              navigator.serviceWorker.controller !== null &&
              ((await (await caches.match(address ?? ''))?.text()) ?? '').includes(text ?? ''),
            [path, `<meta name="steady-state-build" content="${marker}`],
          ),
        STORING,
      )
      .toBe(true);
  }

  const buildOf = (page: Page): Promise<string> =>
    page.locator('meta[name="steady-state-build"]').getAttribute('content').then(String);

  async function expectRunning(page: Page, which: 'first' | 'last'): Promise<void> {
    const figure = page.locator('article.fig:has(.fig-stage)')[which]();
    await figure.scrollIntoViewIfNeeded();
    await expectLive(figure);
    await expect(figure.getByRole('alert')).toHaveCount(0);
  }

  /** That the search, opened as a reader does, has a page by this name first. */
  async function expectFound(page: Page, title: string): Promise<void> {
    await openSearch(page, 'Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill(title);
    await expect(page.getByRole('dialog').getByRole('option').first()).toContainText(title);
    await closeSearch(page);
  }

  test('a guide that was visited once is there without a host, its figures and the search running; another is said not to be', async ({
    page,
  }) => {
    const host = await openHost();
    try {
      await page.goto(`${host.url}${GUIDE}`);
      await expectKept(page, GUIDE);
      await expectFound(page, guide.title);
    } finally {
      await host.stop();
    }
    await page.reload();
    await expectRunning(page, 'first');
    // A figure that was never come near while there was a network.
    await expectRunning(page, 'last');
    await expectFound(page, guide.title);

    await page.goto(`${host.url}/traffic-control/never-read/`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no connection');
    await page.getByRole('main').getByRole('link', { name: guide.title }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(guide.title);
  });

  test('a lab whose engine was used runs without a host; one that was only looked at says what is missing', async ({
    page,
  }) => {
    const [used, seen] = ['/labs/forged-tokens/', '/labs/shared-secrets/'];
    const runAll = () => page.getByRole('button', { name: 'Run all steps' }).click();
    const host = await openHost();
    try {
      await page.goto(`${host.url}${seen}`);
      await expectKept(page, seen);
      await page.goto(`${host.url}${used}`);
      await expectKept(page, used);
      await runAll();
      await expect(page.getByText('Ran here.').first()).toBeVisible(STORING);
      // Kept beside the page once it has been fetched, which nobody waits for.
      await expect
        .poll(
          () =>
            page.evaluate(async () => {
              const address = document.querySelector<HTMLElement>('.lab')?.dataset.bundle ?? '';
              return (await caches.match(address)) !== undefined;
            }),
          STORING,
        )
        .toBe(true);
    } finally {
      await host.stop();
    }
    await page.reload();
    await runAll();
    await expect(page.getByText('Ran here.').first()).toBeVisible(STORING);
    await page.goto(`${host.url}${seen}`);
    await runAll();
    await expect(page.locator('.lab').getByRole('alert').first()).toContainText(
      'check the connection',
    );
  });

  test('after a deploy an open page goes on with its own files, and a new one has none but its own', async ({
    page,
    context,
  }) => {
    const second = copyOfSite();
    const host = await openHost();
    try {
      await makeSecondBuild(second.folder);
      await page.goto(`${host.url}${GUIDE}`);
      await expectKept(page, GUIDE);
      const first = await buildOf(page);
      await host.deploy(second.folder);

      const fresh = await context.newPage();
      const loaded: string[] = [];
      fresh.on('response', (response) => {
        if (HASHED.test(response.url())) loaded.push(`${response.status()} ${response.url()}`);
      });
      await fresh.goto(`${host.url}${GUIDE}`);
      await expectRunning(fresh, 'first');
      const build = await buildOf(fresh);
      expect(build).not.toBe(first);
      expect(loaded.length).toBeGreaterThan(5);
      expect(loaded.filter((each) => !each.startsWith('200 ') || !SECOND.test(each))).toEqual([]);
      await expectKept(fresh, GUIDE, build);

      // The page of the first build has not loaded the program of its figures yet.
      await expectRunning(page, 'last');
      expect(await buildOf(page)).toBe(first);
      await page.close();

      // Once it is closed, nothing needs the files of the first build.
      await fresh.goto(`${host.url}/`);
      await expect
        .poll(async () => {
          const urls = await fresh.evaluate(async () => {
            const names = await caches.keys();
            const requests = await Promise.all(
              names.map(async (name) => (await caches.open(name)).keys()),
            );
            return requests.flat().map(({ url }) => url);
          });
          return urls.filter((url) => HASHED.test(url) && !SECOND.test(url));
        }, STORING)
        .toEqual([]);
    } finally {
      await host.stop();
      second.remove();
    }
  });

  test('pages that are kept are counted in the settings, and cleared there', async ({ page }) => {
    const host = await openHost();
    try {
      await page.goto(`${host.url}/about/`);
      await expectKept(page, '/about/');
      await page.goto(`${host.url}/settings/`);
      await expectKept(page, '/settings/');
      await page.reload();
      const kept = page.getByRole('region', { name: 'Kept on this machine' });
      const row = kept.getByRole('listitem').filter({ hasText: 'without a network' });
      await expect(row).toContainText('2 pages');
      // There is nothing else: one button clears it, and none clears it a second time.
      await expect(kept.getByRole('button')).toHaveCount(1);
      await row.getByRole('button').click();
      await expect(row).toHaveCount(0);
      expect(await page.evaluate(() => caches.keys())).toEqual([]);
      await expect(kept.getByRole('heading')).toBeFocused();
      // They cannot be put back.
      await expect(kept.getByRole('status')).toHaveText(
        'Cleared. Pages are kept again when you read them.',
      );
      await expect(kept.getByRole('button')).toHaveCount(0);
    } finally {
      await host.stop();
    }
  });

  test('a build without a service worker takes back that of the build before', async ({ page }) => {
    const without = copyOfSite();
    const host = await openHost();
    try {
      await finishReach(without.folder, { serviceWorker: false });
      await page.goto(`${host.url}/`);
      await expectKept(page, '/');
      await host.deploy(without.folder);
      // After a navigation the browser looks for a newer worker when it has nothing better to do, which
      // takes one that has just started up to minutes, and all else waits in line behind that. So the
      // page stays, and the script is fetched under another address, which is done at once.
      await page.evaluate(() => navigator.serviceWorker.register('/sw.js?newer', { scope: '/' }));
      await expect
        .poll(
          () =>
            page.evaluate(async () => ({
              registrations: (await navigator.serviceWorker.getRegistrations()).length,
              caches: await caches.keys(),
            })),
          STORING,
        )
        .toEqual({ registrations: 0, caches: [] });
    } finally {
      await host.stop();
      without.remove();
    }
  });
});
