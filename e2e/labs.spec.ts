/** Every lab, whatever its kind: readable without scripts, run in the browser, left and found again. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { LabIndex } from '../lib/content/build-content';
import { isEngine } from '../lib/offline/needs';
import { heldBack, violationsInBothThemes, watch } from './support';

const labs = Object.values(JSON.parse(readFileSync('.generated/labs.json', 'utf8')) as LabIndex);

/** To open an engine takes as long as the machine lets it. */
const OPENING = { timeout: 60_000 };

/** Runs all steps of the lab on the page, and waits for the last. */
async function runAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Run all steps|Restart and run all)/ }).click();
  const steps = page.locator('.lab-steps > .lab-step');
  await expect(steps.getByText('Ran here.')).toHaveCount(await steps.count(), OPENING);
}

/** What stands in the engine of each kind whatever makes it smaller: words of errors of its libraries. */
const WORDS: Readonly<Record<string, string>> = {
  codecs: 'CBOR decode error',
  graphql: 'The loader.load() function must be called',
  http: 'Can not add a route since the matcher is already built',
  sql: 'PGlite is closed',
  tokens: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
};

test('engines are in files of their own, and in none that a page is made of', () => {
  const scriptsIn = (folder: string): string[] =>
    readdirSync(join('out', folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.js'))
      .map((name) => join('out', folder, name));
  expect(Object.keys(WORDS)).toEqual([...new Set(labs.map(({ kind }) => kind))].sort());
  for (const [kind, words] of Object.entries(WORDS))
    for (const engine of scriptsIn(`engines/${kind}`))
      expect(readFileSync(engine, 'utf8').includes(words), engine).toBe(true);
  for (const script of ['_next', 'sim'].flatMap(scriptsIn)) {
    const text = readFileSync(script, 'utf8');
    expect(
      Object.values(WORDS).filter((words) => text.includes(words)),
      script,
    ).toEqual([]);
  }
});

test('there are labs, and the list leads to each', async ({ page }) => {
  expect(labs.length).toBeGreaterThan(0);
  await page.goto('/labs/');
  for (const { id, title } of labs)
    await expect(page.getByRole('main').getByRole('link', { name: title })).toHaveAttribute(
      'href',
      `/labs/${id}/`,
    );
});

for (const { id, kind, version } of labs) {
  test(`${id}: all steps run in the browser, within the policy, accessible in both themes`, async ({
    page,
  }) => {
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
    const problems = watch(page);
    const engines: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (isEngine(pathname)) engines.push(pathname);
    });
    await page.goto(`/labs/${id}/`);
    await expect(page.getByRole('button', { name: 'Run all steps' })).toBeVisible();
    await expect(page.locator('.lab-engine').first()).toContainText(version);
    // The engine is not fetched before somebody wants it.
    expect(engines).toEqual([]);
    await runAll(page);
    await expect(page.locator('.lab').getByRole('alert')).toHaveCount(0);
    const worker = page.workers().find((each) => each.url().includes(`/engines/${kind}/`));
    expect(worker, 'an engine runs in a worker of its own').toBeDefined();
    // Each editor is drawn as well.
    const edit = page.getByRole('button', { name: /^Edit/ });
    for (let left = await edit.count(); left > 0; left--) await edit.first().click();
    await page.getByRole('button', { name: 'Ask something of your own' }).click();
    await expect(page.getByRole('button', { name: /^Done/ }).last()).toBeVisible();
    expect(await violationsInBothThemes(page, 'main')).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth),
      'nothing is wider than a phone',
    ).toBeLessThanOrEqual(390);
    expect(problems).toEqual([]);
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('each lab can be read, on paper as well, with what its engine answered in the build', async ({
    page,
  }) => {
    // What a sheet of A4 has between its margins.
    await page.setViewportSize({ width: 680, height: 960 });
    await page.emulateMedia({ media: 'print' });
    for (const { id, version } of labs) {
      await page.goto(`/labs/${id}/`);
      const steps = page.locator('.lab-steps > .lab-step');
      expect(await steps.count(), id).toBeGreaterThan(0);
      for (const step of await steps.all())
        expect((await step.locator('.lab-answer').innerText()).trim().length).toBeGreaterThan(0);
      await expect(page.locator('.lab-status')).toContainText(version);
      const cut = await page.locator('.lab').evaluate((lab) =>
        [...lab.querySelectorAll(':not(.sr-only)')]
          .filter((each) => getComputedStyle(each).overflow !== 'visible')
          .filter(
            ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
              scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1,
          )
          .map((each) => each.outerHTML.slice(0, 80)),
      );
      expect(cut, `${id}: nothing would have to be scrolled on paper`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        680,
      );
    }
  });
});

test('a run is cancelled, the page goes on, and a lab that cannot be had says so in its place', async ({
  page,
}) => {
  const { id, kind } = labs.find((lab) => lab.kind === 'sql') ?? labs[0] ?? { id: '', kind: '' };
  let isHeld = true;
  await page.route(`**/engines/${kind}/*.js`, async (route) => {
    if (isHeld) await route.abort();
    else await route.continue();
  });
  await page.goto(`/labs/${id}/`);
  await page.getByRole('button', { name: 'Run all steps' }).click();
  const first = page.locator('.lab-steps > .lab-step').first();
  await expect(first.getByRole('alert')).toContainText('check the connection');
  // What was recorded still stands there.
  await expect(first.getByText('Recorded when this page was built.')).toBeVisible();
  isHeld = false;
  await page.getByRole('button', { name: 'Run all steps' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('.lab').getByRole('alert').first()).toContainText('Cancelled.');
  await runAll(page);
});

test('what is pressed in a lab keeps the focus, and one press too many cancels nothing', async ({
  page,
}) => {
  const { id } = labs.find((lab) => lab.kind === 'http') ?? { id: '' };
  const release = await heldBack(page, '**/engines/http/*.js');
  await page.goto(`/labs/${id}/`);
  const steps = page.locator('.lab-steps > .lab-step');
  const first = steps.first();
  const run = first.getByRole('button', { name: /^Run/ });
  await run.focus();
  await page.keyboard.press('Enter');
  await expect(run).toHaveAttribute('aria-disabled', 'true');
  await expect(run).toBeFocused();
  release();
  await expect(first.getByText('Ran here.')).toBeVisible(OPENING);
  await expect(run).toBeFocused();

  await first.getByRole('button', { name: /^Edit/ }).click();
  await first.getByLabel('Target').fill('/nowhere');
  await first.getByRole('button', { name: /^Put back/ }).press('Enter');
  await expect(run).toBeFocused();

  // A second press that was meant for nothing: it meets what the first has made of the button.
  const all = page.locator('.lab-all').getByRole('button');
  const alert = page.locator('.lab').getByRole('alert');
  await all.dblclick();
  const ran = steps.getByText('Ran here.', { exact: true });
  await expect(ran).toHaveCount(await steps.count(), OPENING);
  await expect(alert).toHaveCount(0);
  await all.focus();
  await page.keyboard.down('Enter');
  await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await expect(page.getByRole('button', { name: 'Restart and run all' })).toBeFocused(OPENING);
  await expect(ran).toHaveCount(await steps.count(), OPENING);
  await expect(alert).toHaveCount(0);
});
