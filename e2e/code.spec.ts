/** The tool "Code": reading, editing, racing, and what the checks say of it. */
import { expect, test } from '@playwright/test';
import { edited, FIFO, openCode, paste, race } from './code';
import { expectLive, violations, watch } from './support';

const PAGE = '/gallery/queue/';
const GUIDE = '/traffic-control/rate-limiting-algorithms/';

test('an edited model races ours on the same arrivals, is checked, kept, compared and reset', async ({
  page,
}) => {
  const problems = watch(page);
  await page.goto(PAGE);
  const panel = await openCode(page);
  const figure = page.locator('article.fig').first();
  await expect(panel.getByRole('textbox')).toContainText('First in, first out');

  // The same program under another text gives the same numbers, side by side.
  await paste(panel, FIFO);
  await race(panel);
  await expect(panel.getByText(/runs in the figure above/)).toBeVisible();
  await expect(figure.getByText('Yours: First in, first out').first()).toBeVisible();
  await panel.getByRole('button', { name: 'Run the checks' }).click();
  await expect(panel.getByText(/^(\d+) of \1 hold$/)).toBeVisible({ timeout: 45_000 });

  // A model that forgets everybody breaks promises, and the list says which.
  await paste(panel, edited('waiting.shift()', 'waiting.pop()'));
  await expect(panel.getByText('What runs beside ours is not this text')).toBeVisible();
  await panel.getByRole('button', { name: 'Run the checks' }).click();
  await expect(panel.getByText(/hold, [1-9]\d* fail/)).toBeVisible({ timeout: 45_000 });
  await expect(panel.getByRole('img', { name: 'Fails' }).first()).toBeVisible();

  await panel.getByRole('button', { name: 'Difference' }).click();
  await expect(panel.locator('.cm-deletedChunk').first()).toBeVisible();

  // It is there again after a reload, and does not run by itself.
  await page.reload();
  const again = await openCode(page);
  await expect(again.getByRole('textbox')).toContainText('waiting.pop()');
  await expect(page.locator('iframe')).toHaveCount(0);
  await expect(figure.getByText('Yours: First in, first out')).toHaveCount(0);
  await page.goto('/settings/');
  await expect(page.getByText(/Your code: .*1 file edited/)).toBeVisible();

  await page.goto(PAGE);
  const last = await openCode(page);
  await last.getByRole('button', { name: 'Reset' }).click();
  await expect(last.getByRole('textbox')).toContainText('First in, first out');
  await expect(last.getByRole('button', { name: 'Reset' })).toBeDisabled();
  expect(problems).toEqual([]);
});

test('a planted bug is shown as a difference, runs beside ours, and fails the checks that it names', async ({
  page,
}) => {
  await page.goto(PAGE);
  const panel = await openCode(page);
  const version = panel.getByLabel('Version');
  await version.selectOption({ index: 1 });
  await expect(panel.locator('.cm-deletedChunk').first()).toBeVisible();
  await race(panel);
  await expect(panel.getByText(/The one with the bug runs in the figure/)).toBeVisible();
  await panel.getByRole('button', { name: 'Run the checks' }).click();
  await expect(panel.getByText(/hold, [1-9]\d* fail/)).toBeVisible({ timeout: 45_000 });
  await panel.getByRole('button', { name: 'Take it out' }).click();
  await version.selectOption('');
  await expect(panel.getByRole('button', { name: 'Reset' })).toBeDisabled();
});

test('a source in the text is edited in the figure that runs it, and taken along as a file', async ({
  page,
}) => {
  await page.goto(GUIDE);
  await page.getByRole('button', { name: 'Edit token-bucket.ts in the figure' }).first().click();
  const panel = page.getByRole('region', { name: 'Code', exact: true });
  await expect(panel).toBeFocused();
  await expect(panel.getByLabel('Model')).toHaveValue('token-bucket');
  await expect(panel.getByRole('textbox')).toContainText('function tokenBucket');
  await expect(panel).toBeInViewport();
  const download = page.waitForEvent('download');
  await panel.getByRole('link', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe('token-bucket.ts');
});

test('the keyboard gets into the editor and out again', async ({ page }) => {
  await page.goto(PAGE);
  const panel = await openCode(page);
  await panel.getByRole('textbox').focus();
  await page.keyboard.press('Tab');
  // Space is a letter here, and no key of the player.
  await page.keyboard.press('Space');
  await expect(panel.getByRole('textbox')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+z');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(panel.getByRole('button', { name: 'Race yours against ours' })).toBeFocused();
});

for (const [theme, width] of [
  ['light', 390],
  ['dark', 1280],
] as const) {
  test(`it is accessible and fits, ${theme}, ${width} px wide`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    await page.goto(GUIDE);
    const panel = await openCode(page);
    await panel.getByLabel('Version').selectOption({ index: 1 });
    await race(panel);
    await expect(panel.getByText(/The one with the bug runs in the figure/)).toBeVisible();
    expect(await violations(page, 'article.fig:has(.code-tool)')).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      width,
    );
  });
}

test('nothing of it is fetched before it is opened', async ({ page }) => {
  const fetched: Promise<string>[] = [];
  page.on('response', (response) => {
    if (/\.js$/.test(new URL(response.url()).pathname))
      fetched.push(response.text().catch(() => ''));
    if (/\.code\.json$|\/sandbox\//.test(response.url()))
      fetched.push(Promise.resolve('cm-content'));
  });
  const editors = async (): Promise<number> =>
    (await Promise.all(fetched)).filter((text) => text.includes('cm-content')).length;
  await page.goto(GUIDE);
  const figure = page.locator('article.fig').first();
  await expectLive(figure);
  await page.waitForLoadState('networkidle');
  expect(await editors()).toBe(0);
  await openCode(page);
  expect(await editors()).toBeGreaterThan(0);
});
