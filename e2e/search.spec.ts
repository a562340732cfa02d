/** What a reader does with the search: opens it, types badly, chooses, goes. */
import { expect, test } from '@playwright/test';
import { closeSearch, openSearch, watch } from './support';

const GUIDE = '/traffic-control/rate-limiting-algorithms/';

test('search opens by both shortcuts, finds a misspelt word, and goes there by keyboard alone', async ({
  page,
}) => {
  const problems = watch(page);
  await page.goto('/');
  for (const shortcut of ['/', 'Control+k', 'Meta+k']) {
    await openSearch(page, shortcut);
    await closeSearch(page);
  }
  await openSearch(page);
  await page.keyboard.type('tokn bucket');
  const option = page.getByRole('option').first();
  await expect(option).toBeVisible();
  await expect(option.locator('mark').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/rate-limiting-algorithms/);
  expect(problems).toEqual([]);
});

test('each title of the topics that the guide serves finds it among the first three', async ({
  page,
}) => {
  await page.goto('/');
  for (const title of [
    'Rate Limiting and Throttling Patterns',
    'Rate limiting algorithms',
    'Rate Limiting & Throttling: API Protection & Trade-offs',
    'throttling',
    '429 too many requests',
  ]) {
    await openSearch(page);
    await page.getByRole('dialog').getByRole('combobox').fill(title);
    const options = page.getByRole('option');
    await expect(options.first()).toBeVisible();
    const first = await options.evaluateAll((all) =>
      all.slice(0, 3).map((each) => each.getAttribute('href')),
    );
    expect(first.join(' '), title).toContain('rate-limiting-algorithms');
    await closeSearch(page);
  }
});

test('a query without a hit says so and suggests', async ({ page }) => {
  await page.goto('/');
  await openSearch(page);
  await page.getByRole('dialog').getByRole('combobox').fill('zzqxv');
  await expect(page.getByRole('dialog')).toContainText(/no|nothing/i);
});

test('a slash typed into a field is a slash', async ({ page }) => {
  await page.goto(GUIDE);
  const seed = page.getByRole('textbox', { name: 'Seed' }).first();
  await expect(seed).toBeEnabled();
  await seed.focus();
  await page.keyboard.press('/');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
