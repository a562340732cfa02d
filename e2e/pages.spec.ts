/** The pages around the guides: glossary, tags, simulations, about, settings. */
import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import type { SimulationIndex } from '../lib/content/build-content';
import type { Manifest } from '../lib/content/manifest';
import { expectLive, heldBack, violationsInBothThemes, watch } from './support';

const manifest = JSON.parse(readFileSync('.generated/content.json', 'utf8')) as Manifest;
const index = JSON.parse(readFileSync('.generated/simulations.json', 'utf8')) as SimulationIndex;

/** The first of a list that the build guarantees not to be empty. */
function first<T>(list: readonly T[]): T {
  const [one] = list;
  if (one === undefined) throw new Error('Expected content of each kind, got none.');
  return one;
}

const GUIDE = first(Object.values(manifest.guides));
const TAG = first(manifest.tags);
const LISTED = first(manifest.simulations);
const SIMULATION = `/simulations/${LISTED.id}/`;
const SCENARIOS = Object.entries(index[LISTED.id]?.description.scenarios ?? {});

const PAGES = {
  glossary: '/glossary/',
  tags: '/tags/',
  tag: `/tags/${TAG.slug}/`,
  simulations: '/simulations/',
  simulation: SIMULATION,
  about: '/about/',
  settings: '/settings/',
};

/** The figure on the page of a simulation, running. */
async function explorer(page: Page) {
  const figure = page.locator('article.fig').first();
  await expectLive(figure);
  return figure;
}

for (const [name, address] of Object.entries(PAGES)) {
  test(`the ${name} page has no accessibility violation in either theme`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
    await page.goto(address);
    await page.evaluate(() => document.fonts.ready);
    expect(await violationsInBothThemes(page)).toEqual([]);
  });

  test(`the ${name} page keeps to its policy, and to the width of a phone`, async ({ page }) => {
    const problems = watch(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(address, { waitUntil: 'networkidle' });
    expect(problems).toEqual([]);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    const excess = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    // Below zero where room is kept for a scrollbar.
    expect(excess).toBeLessThanOrEqual(0);
  });
}

test('the line at the top leads everywhere; on a phone from a menu that needs no program', async ({
  browser,
  page,
}) => {
  await page.goto('/about/');
  for (const name of ['Simulations', 'Glossary']) {
    await page.getByRole('banner').getByRole('link', { name }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  }
  await page.getByRole('banner').getByRole('link', { name: 'Guides' }).click();
  await expect(page).toHaveURL(/\/#guides$/);

  const phone = await browser.newContext({
    viewport: { width: 390, height: 844 },
    javaScriptEnabled: false,
  });
  const narrow = await phone.newPage();
  await narrow.goto('/about/');
  await narrow.getByRole('button', { name: 'Menu' }).click();
  await narrow.getByRole('navigation', { name: 'Menu' }).getByText('Settings').click();
  await expect(narrow.getByRole('heading', { level: 1 })).toHaveText('Settings');
  await expect(narrow.getByText('Without JavaScript the site')).toBeVisible();
  await phone.close();
});

test('a term is found at its own address, and leads to the guides about it', async ({ page }) => {
  const term = first(manifest.glossary.filter(({ guides }) => guides.length > 0));
  await page.goto(`/glossary/#${term.slug}`);
  const entry = page.locator(`#${term.slug}`);
  await expect(entry).toBeInViewport();
  await expect(entry).toContainText(term.text.slice(0, 60));
  for (const alias of term.aliases) await expect(entry).toContainText(alias);
  const guide = manifest.guides[term.guides[0] ?? ''];
  await entry.getByRole('link', { name: guide?.title ?? '', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(guide?.title ?? '');
});

test('every term stands in the glossary once, with a source', async ({ page }) => {
  await page.goto('/glossary/');
  await expect(page.locator('.term')).toHaveCount(manifest.glossary.length);
  for (const { slug, title } of manifest.glossary) {
    const entry = page.locator(`#${slug}`);
    await expect(entry.getByRole('heading', { level: 2 })).toHaveText(title);
    expect(await entry.locator('a[href^="https://"]').count()).toBeGreaterThan(0);
  }
});

test('from the end of a guide its tags and terms lead on', async ({ page }) => {
  await page.goto(`/${GUIDE.slug}/`);
  const end = page.getByRole('contentinfo').or(page.locator('article > div > footer')).first();
  const tag = first(GUIDE.tags);
  await end.getByRole('link', { name: tag, exact: true }).click();
  await expect(page).toHaveURL(/\/tags\//);
  await expect(
    page.getByRole('main').getByRole('link', { name: GUIDE.title }).first(),
  ).toBeVisible();
});

test('the catalogue lists what the guides use, and never the template', async ({ page }) => {
  await page.goto('/simulations/');
  const titles = page.getByRole('main').getByRole('heading', { level: 3 });
  await expect(titles).toHaveText(
    manifest.simulations.map(({ id }) => index[id]?.description.title ?? ''),
  );
  const template = Object.values(index).filter(({ category }) => category === 'template');
  expect(template.length).toBeGreaterThan(0);
  for (const { description } of template) {
    expect((await page.request.get(`/simulations/${description.id}/`)).status()).toBe(404);
  }
});

test('a scenario is chosen by keys, named by the address, and still there after a reload', async ({
  page,
}) => {
  const [, [secondId, second] = ['', { title: '', question: '' }]] = SCENARIOS;
  const problems = watch(page);
  await page.goto(SIMULATION);
  const figure = await explorer(page);
  const choices = figure.getByRole('group', { name: 'Scenario' }).getByRole('radio');
  await expect(choices).toHaveCount(SCENARIOS.length);
  await choices.first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(choices.nth(1)).toBeChecked();
  await expect(figure.locator('.fig-question').first()).toHaveText(second.question);
  await expect(page).toHaveURL(new RegExp(`#${secondId}$`));
  await page.reload();
  await expect((await explorer(page)).locator('.fig-question').first()).toHaveText(second.question);
  await page.goBack();
  expect(page.url()).toBe('about:blank');
  expect(problems).toEqual([]);
});

test('the catalogue leads to a scenario, and a link to a moment opens there', async ({ page }) => {
  const [, [secondId, second] = ['', { title: '', question: '' }]] = SCENARIOS;
  await page.goto('/simulations/');
  await page.getByRole('link', { name: second.title, exact: true }).click();
  await expect((await explorer(page)).locator('.fig-question').first()).toHaveText(second.question);

  const { linkVersion, version } = index[LISTED.id]?.description ?? {};
  await page.goto(`${SIMULATION}?${secondId}=${linkVersion}.${version};seed:4711;t:250`);
  const figure = await explorer(page);
  await expect(figure.locator('.fig-question').first()).toHaveText(second.question);
  await expect(figure.getByRole('textbox', { name: 'Seed' })).toHaveValue('4711');
  await expect(figure.getByRole('slider', { name: 'Time', exact: true })).toHaveValue('250');
});

test('the page of a simulation has its tasks, its checks, what it leaves out, and its guides', async ({
  page,
}) => {
  await page.goto(SIMULATION);
  const main = page.getByRole('main');
  const { tasks, omissions } = index[LISTED.id]?.description ?? {};
  const checks = index[LISTED.id]?.checks;
  for (const { title } of Object.values(tasks ?? {})) await expect(main).toContainText(title);
  for (const { statement } of Object.values(checks ?? {}))
    await expect(main).toContainText(statement);
  for (const { what } of omissions ?? []) await expect(main).toContainText(what);
  for (const slug of LISTED.guides) {
    await expect(
      main.getByRole('link', { name: manifest.guides[slug]?.title ?? '' }).last(),
    ).toBeVisible();
  }
});

test('without JavaScript a simulation shows its first scenario and everything that is said of it', async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(SIMULATION);
  await expect(page.locator('.fig-stage .fig-view').first()).toContainText(/\S/);
  await expect(page.locator('.fig-stage .fig-view').first()).toBeVisible();
  for (const [, { title }] of SCENARIOS)
    await expect(page.locator('.fig-scenarios')).toContainText(title);
  await context.close();
});

test('a choice is not offered before there is a program that takes it', async ({ page }) => {
  const release = await heldBack(page, '**/_next/static/chunks/*.js');
  await page.goto('/settings/', { waitUntil: 'commit' });
  const choices = [
    page.getByRole('checkbox', { name: 'Single keys act' }),
    page.getByRole('radio', { name: 'Dark' }),
  ];
  for (const choice of choices) await expect(choice).toBeDisabled();
  release();
  for (const choice of choices) await expect(choice).toBeEnabled();
});

test('single keys can be switched off, for the search and for figures', async ({ page }) => {
  // Nothing plays by itself, so that only a key could move time.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/settings/');
  const keys = page.getByRole('checkbox', { name: 'Single keys act' });
  await expect(keys).toBeChecked();
  await keys.uncheck();
  await page.goto(SIMULATION);
  const figure = await explorer(page);
  const time = figure.getByRole('slider', { name: 'Time', exact: true });
  const before = await time.inputValue();
  await figure.locator('.fig-stage').first().focus();
  await page.keyboard.press('End');
  await page.keyboard.press('/');
  // A chord still opens the search: once it is there, the keys before it have had their time.
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Search' })).toHaveCount(1);
  await expect(page.getByRole('combobox')).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(time).toHaveValue(before);

  await page.goto('/settings/');
  await page.getByRole('checkbox', { name: 'Single keys act' }).check();
  await page.goto(SIMULATION);
  await explorer(page);
  await page.keyboard.press('/');
  await expect(page.getByRole('dialog', { name: 'Search' })).toBeVisible();
});

test('all that is kept can be seen, cleared one by one or all at once, and put back', async ({
  page,
}) => {
  await page.goto('/settings/');
  await page.evaluate((simulation) => {
    localStorage.setItem('steady-state:searches', '["token bucket","dlq"]');
    localStorage.setItem(`steady-state:tasks:${simulation}`, '["one"]');
    localStorage.setItem('steady-state:of-old', '1');
    localStorage.setItem('another-site', 'stays');
  }, LISTED.id);
  await page.reload();
  const kept = page.getByRole('region', { name: 'Kept on this machine' });
  await page.getByRole('group', { name: 'Theme' }).last().getByLabel('Dark').check();
  await expect(kept.getByRole('listitem')).toHaveText([
    /steady-state:of-old from another version/,
    /Recent searches 2 searches/,
    /Theme Dark/,
    new RegExp(`${index[LISTED.id]?.description.title} 1 task reached`),
  ]);

  await kept.getByRole('button', { name: 'Clear Theme' }).click();
  await expect(page.locator('html')).not.toHaveAttribute('data-theme');
  const undo = kept.getByRole('button', { name: 'Put it back' });
  // The button that was pressed has gone: the focus is where one goes on.
  await expect(undo).toBeFocused();
  await undo.click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(kept.getByRole('heading')).toBeFocused();

  await kept.getByRole('button', { name: 'Clear all of it' }).click();
  await expect(kept.getByRole('listitem')).toHaveCount(0);
  await expect(undo).toBeFocused();
  const left = await page.evaluate(() => Object.keys(localStorage));
  expect(left).toEqual(['another-site']);
});

test.describe('with pages kept for reading without a network', () => {
  test.use({ serviceWorkers: 'allow' });

  test('they are told and cleared as well, and are not said to come back', async ({ page }) => {
    const isKept = (path: string): Promise<boolean> =>
      page.evaluate(async (address) => (await caches.match(address)) !== undefined, path);
    await page.goto('/about/');
    // Kept in the background, with some hundred files.
    await expect.poll(() => isKept('/about/'), { timeout: 30_000 }).toBe(true);
    await page.goto('/settings/');
    const kept = page.getByRole('region', { name: 'Kept on this machine' });
    const row = kept.getByRole('listitem').filter({ hasText: 'without a network' });
    await expect(row).toHaveText(/\d+ pages?/);
    await page.getByRole('group', { name: 'Theme' }).last().getByLabel('Dark').check();
    await kept.getByRole('button', { name: 'Clear all of it' }).click();
    await expect(kept.getByRole('listitem')).toHaveCount(0);
    expect(await isKept('/about/')).toBe(false);

    await kept.getByRole('button', { name: 'Put back all but the pages' }).click();
    await expect(kept.getByRole('listitem')).toHaveText([/Theme Dark/]);
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });
});
