/** What a reader does with the site: finds, reads, switches, gets lost. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { type APIResponse, expect, type Page, test } from '@playwright/test';
import { fromHtml } from 'hast-util-from-html';
import { visit } from 'unist-util-visit';
import type { SimulationIndex } from '../lib/content/build-content';
import {
  closeSearch,
  expectLive,
  openSearch,
  violations,
  violationsInBothThemes,
  watch,
} from './support';

const GUIDE = '/traffic-control/rate-limiting-algorithms/';
const { guides } = JSON.parse(readFileSync('.generated/content.json', 'utf8')) as {
  readonly guides: Readonly<Record<string, unknown>>;
};
const index = JSON.parse(readFileSync('.generated/simulations.json', 'utf8')) as SimulationIndex;
const PAGES = {
  home: '/',
  category: '/traffic-control/',
  ...Object.fromEntries(Object.keys(guides).map((slug) => [slug, `/${slug}/`])),
  gallery: '/gallery/queue/',
  lost: '/no-such-page/',
};

/** Addresses of all scripts that the page loads from now on, those of workers included. */
function watchScripts(page: Page): ReadonlySet<string> {
  const addresses = new Set<string>();
  page.on('response', async (response) => {
    if (/javascript/.test((await response.headerValue('content-type')) ?? ''))
      addresses.add(response.url());
  });
  page.on('worker', (worker) => addresses.add(worker.url()));
  return addresses;
}

test('a fault of accessibility that is put into a page is found', async ({ page }) => {
  await page.goto('/no-such-page/');
  // What is put into a page before React has come to life in it is taken for a damage, and mended.
  await openSearch(page);
  await closeSearch(page);
  await page.locator('main').evaluate((main) => {
    const faint = document.createElement('p');
    faint.style.color = 'color-mix(in srgb, currentColor 20%, transparent)';
    faint.textContent = 'Hardly to be read.';
    // Looks like text that is in order, and lies elsewhere.
    const covered = document.createElement('div');
    covered.innerHTML = `<p>One.</p><p>Two.</p>
      <div style="position: relative">
        <div style="position: absolute; inset: 0; background: color-mix(in srgb, currentColor 90%, transparent)"></div>
        <p style="position: relative; z-index: 1">On its own ground.</p>
      </div>`;
    // In order in one of the themes: by its ground, and by its letters.
    const byDay = document.createElement('p');
    byDay.style.cssText = 'color: #222; background: light-dark(#eee, #444)';
    byDay.textContent = 'For the day.';
    const byNight = document.createElement('p');
    byNight.style.cssText = 'color: light-dark(#444, #eee); background: #222';
    byNight.textContent = 'For the night.';
    main.append(faint, covered, byDay, byNight, document.createElement('img'));
  });
  const inLight = [
    expect.stringMatching(
      /^color-contrast: .*Hardly.* \| .*On its own ground[^|]* \| [^|]*For the night[^|]*$/,
    ),
    expect.stringMatching(/^image-alt: /),
  ];
  expect(await violations(page)).toEqual(inLight);
  expect(await violations(page, 'header')).toEqual([]);
  expect(await violationsInBothThemes(page, 'main')).toEqual([
    ...inLight,
    expect.stringMatching(
      /^color-contrast \(dark\): .*Hardly.* \| .*On its own ground[^|]* \| [^|]*For the day[^|]*$/,
    ),
  ]);
});

/** Address of a script → its bytes after gzip, asked once: guides share most of theirs. */
const compressedBytes = new Map<string, Promise<number>>();

function compressed(page: Page, script: string): Promise<number> {
  const bytes =
    compressedBytes.get(script) ??
    page.request
      .get(script)
      .then((response) => response.body())
      .then((body) => gzipSync(body, { level: 9 }).length);
  compressedBytes.set(script, bytes);
  return bytes;
}

/** Bytes of JavaScript (gzip) that a guide may cost with its first figure running. */
const RUNNING_MAX_GZ = 195_000;

// One visit a page: what is asked of each costs little beside the opening of it.
for (const [name, address] of Object.entries(PAGES)) {
  test(`the ${name} page keeps to its policy and its bytes, and is accessible in both themes`, async ({
    page,
  }) => {
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
    const problems = watch(page);
    const scripts = watchScripts(page);
    const response = await page.goto(address);
    expect(response?.headers()['x-content-type-options']).toBe('nosniff');
    const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
    await expect(policy).toHaveCount(1);
    expect(await policy.getAttribute('content')).not.toMatch(/script-src[^;]*unsafe/);
    if (Object.hasOwn(guides, name)) {
      const figure = page.locator('article.fig').first();
      await expectLive(figure);
    }
    await page.waitForLoadState('networkidle');
    if (Object.hasOwn(guides, name)) {
      const sizes = await Promise.all(
        [...scripts].map(async (script) => ({
          path: new URL(script).pathname,
          bytes: await compressed(page, script),
        })),
      );
      expect(sizes.some(({ path }) => path.startsWith('/sim/'))).toBe(true);
      expect(
        sizes.reduce((sum, { bytes }) => sum + bytes, 0),
        sizes.map(({ path, bytes }) => `${path} ${bytes}`).join('\n'),
      ).toBeLessThanOrEqual(RUNNING_MAX_GZ);
    }
    expect(await violationsInBothThemes(page)).toEqual([]);
    expect(problems.filter((text) => !(name === 'lost' && /404/.test(text)))).toEqual([]);
  });
}

test('the running figures have no accessibility violation in either theme', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  await page.goto(GUIDE);
  for (const figure of await page.locator('article.fig').all())
    await figure.scrollIntoViewIfNeeded();
  await expectLive(page.locator('article.fig:has(.fig-stage)').last());
  expect(await violationsInBothThemes(page, 'main')).toEqual([]);
});

/** The ids and the links of a page as it is sent: what it says needs no program. */
async function read(response: APIResponse): Promise<{ ids: Set<string>; links: URL[] }> {
  const ids = new Set<string>();
  const links: URL[] = [];
  visit(fromHtml(await response.text()), 'element', ({ tagName, properties: { id, href } }) => {
    if (id !== undefined) ids.add(String(id));
    if (tagName === 'a' && href !== undefined) links.push(new URL(String(href), response.url()));
  });
  return { ids, links };
}

test('every link of every page leads somewhere, its anchor included', async ({ request }) => {
  const ids = new Map<string, Set<string>>();
  const queue = ['/'];
  const broken: string[] = [];
  /** Where each anchor is asked for: the page that it is on may be read after those that link to it. */
  const anchors = new Map<string, { readonly on: string; readonly from: string }>();
  while (queue.length > 0) {
    const path = queue.shift() ?? '/';
    if (ids.has(path)) continue;
    const response = await request.get(path);
    if (response.status() !== 200) broken.push(`${path}: ${response.status()}`);
    const { ids: idsOfPage, links } = await read(response);
    ids.set(path, idsOfPage);
    for (const url of links) {
      if (url.hostname !== 'localhost') continue;
      if (url.hash) anchors.set(`${url.pathname}${url.hash}`, { on: url.pathname, from: path });
      if (ids.has(url.pathname)) continue;
      if (/\.\w+$/.test(url.pathname)) {
        if ((await request.get(url.pathname)).status() !== 200) broken.push(url.pathname);
      } else queue.push(url.pathname);
    }
  }
  for (const [address, { on, from }] of anchors) {
    const id = decodeURIComponent(address.slice(on.length + 1));
    // Read by the explorer of that simulation, which opens the scenario.
    const [, simulation = ''] = /^\/simulations\/([\w-]+)\/$/.exec(on) ?? [];
    const { scenarios = {} } = index[simulation]?.description ?? {};
    if (!ids.get(on)?.has(id) && !Object.hasOwn(scenarios, id))
      broken.push(`${address}, linked from ${from}`);
  }
  expect(ids.size).toBeGreaterThan(2);
  expect(broken).toEqual([]);
});

test('an address where there is nothing answers 404 and offers near pages', async ({ page }) => {
  const response = await page.goto('/traffic-control/rate-limiting-algoritms/');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(
    page.getByRole('main').getByRole('link', { name: 'Rate limiting algorithms' }).first(),
  ).toBeVisible();
});

test('the theme follows the system, can be chosen, and is remembered without a flash', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/');
  const paper = (): Promise<string> =>
    page.evaluate(
      () =>
        getComputedStyle(document.documentElement).backgroundColor ||
        getComputedStyle(document.body).backgroundColor,
    );
  const dark = await paper();
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await paper();
  expect(dark).not.toBe(light);
  await page.evaluate(() => localStorage.clear());
  await page.getByRole('banner').getByRole('button', { name: /theme/i }).first().click();
  await page.getByRole('radio', { name: 'Dark' }).check();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  // The attribute stands before the first paint: an inline script sets it while the head is read.
  await page.goto(GUIDE, { waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('code can be copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(GUIDE);
  const block = page
    .locator('figure, div')
    .filter({ has: page.locator('pre') })
    .filter({ has: page.getByRole('button', { name: /copy/i }) })
    .last();
  await block.getByRole('button', { name: /copy/i }).first().click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.length).toBeGreaterThan(40);
});

test('a page whose program fails says so in the words of the site', async ({ page }) => {
  await page.addInitScript('window.IntersectionObserver = undefined');
  await page.goto(GUIDE);
  await expect(page.getByRole('heading', { name: 'This page could not be shown' })).toBeVisible();
  const again = page.waitForRequest((request) => request.isNavigationRequest());
  await page.getByRole('button', { name: 'Load it again' }).click();
  expect(new URL((await again).url()).pathname).toBe(GUIDE);
});
