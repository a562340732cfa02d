/** Incidents: played by keyboard to the debrief, in time that runs, on a phone, and without scripts. */
import { expect, test } from '@playwright/test';
import { violations, watch } from './support';

test('an incident is played by keyboard, step by step, to a debrief in which the whole run is open', async ({
  page,
}) => {
  const problems = watch(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'dark' });
  await page.goto('/incidents/retry-storm/?instance=2');
  const place = page.locator('#retry-storm');
  const begin = place.getByRole('button', { name: 'Take the pager' });
  await expect(begin).toBeEnabled();
  await begin.focus();
  await page.keyboard.press('Enter');

  // Time stands still until it is asked to pass, and the focus is where that is done.
  await expect(place.getByRole('button', { name: 'Run', exact: true })).toBeFocused();
  const clock = place.locator('.inc-clock');
  await expect(clock).toHaveText(/^0\.00/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(place.getByRole('button', { name: '+5' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(clock).toHaveText(/^5\.00/);
  // No line of a chart reaches beyond what is known by now.
  const values = place.locator('.inc-dashboards .fig-view').first();
  await expect(values).toContainText('asked');
  const drop = place.getByRole('button', { name: /^Drop the queue/ });
  await expect(drop).toHaveAttribute('aria-disabled', 'true');
  const alert = place.locator('.inc-alert');
  await expect(alert).toHaveText('Nobody has called you yet.');
  for (let i = 0; i < 5; i++) await page.keyboard.press('Enter');
  await expect(alert).toContainText('You are paged');
  expect(await violations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

  for (const action of ['Turn retries off', 'Drop the queue']) {
    await place.getByRole('button', { name: new RegExp(`^${action}`) }).focus();
    await page.keyboard.press('Enter');
    await expect(
      place.getByRole('button', { name: new RegExp(`^${action}.*Done at`) }),
    ).toBeVisible();
  }
  await place.getByRole('button', { name: '+5' }).focus();
  const over = place.getByRole('heading', { name: /^Mitigated .* after the alert$/ });
  for (let i = 0; i < 8 && !(await over.isVisible()); i++) await page.keyboard.press('Enter');
  await expect(over).toBeFocused();
  await expect(place.locator('.inc-grade')).toHaveText(/^(Swift|Steady|Slow)\. /);
  await expect(place.getByText('Restart all instances')).toBeVisible();

  const figure = place.locator('.fig-inner');
  await expect(figure.locator('.fig-sight')).toContainText('Fork 1: Turn retries off');
  await expect(figure.getByRole('slider', { name: /time|moment/i }).first()).toBeVisible();
  expect(await violations(page)).toEqual([]);

  const again = place.getByRole('button', { name: 'Another instance' });
  await again.focus();
  await page.keyboard.press('Enter');
  await expect(place.getByRole('button', { name: 'Take the pager' })).toBeFocused();
  await expect(place.getByText(/^Instance (?!2\.)\d+\./)).toBeVisible();
  expect(problems).toEqual([]);
});

test('a start that fails leaves the focus where it was, and can be tried again', async ({
  page,
}) => {
  await page.goto('/incidents/retry-storm/');
  const place = page.locator('#retry-storm');
  const begin = place.getByRole('button', { name: 'Take the pager' });
  await expect(begin).toBeEnabled();
  // The programs of its views are fetched by the start.
  await page.route('**/*.js', (route) => route.abort());
  await begin.focus();
  await page.keyboard.press('Enter');
  await expect(place.getByRole('alert')).toBeVisible();
  await expect(begin).toBeFocused();
  await place.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(begin).toBeFocused();
});

test('time runs by itself, can be stopped, and giving up says so', async ({ page }) => {
  await page.goto('/incidents/cache-stampede/');
  const place = page.locator('#cache-stampede');
  await place.getByRole('button', { name: 'Take the pager' }).click();
  await expect(place.locator('.inc-clock')).not.toHaveText(/^0\.00/);
  await place.getByRole('button', { name: 'Pause' }).click();
  await place.getByRole('button', { name: 'Give up, and see what happened' }).click();
  await expect(place.getByRole('heading', { name: 'Not mitigated' })).toBeFocused();
  await expect(place.locator('.inc-grade')).toHaveText(/^Not mitigated\. /);
  await expect(place.getByText('You did nothing. You stopped the clock once')).toBeVisible();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the briefing stands there, and all that happened behind a summary', async ({ page }) => {
    await page.goto('/incidents/cache-stampede/');
    const place = page.locator('#cache-stampede');
    await expect(place.getByText('You are on call for the catalogue')).toBeVisible();
    await expect(place.getByText('does not mitigate').first()).toBeHidden();
    await place.getByText('What happened, and what helps').click();
    await expect(place.getByText('does not mitigate').first()).toBeVisible();
    await expect(place.locator('.fig-view').first()).toBeVisible();
  });
});
