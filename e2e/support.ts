/** What the browser tests share. */
import { expect, type Page } from '@playwright/test';

/** Console errors, failed requests and requests to other hosts while a test runs. */
export function watch(page: Page): string[] {
  const seen: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') seen.push(message.text());
  });
  page.on('pageerror', (error) => seen.push(error.message));
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (/^https?:$/.test(protocol) && hostname !== 'localhost')
      seen.push(`foreign: ${request.url()}`);
  });
  return seen;
}

/**
 * Opens the search by a shortcut. A key pressed before the page's program has started goes nowhere, so
 * it is pressed again until the dialog is there, as a reader would.
 */
export async function openSearch(page: Page, shortcut = '/'): Promise<void> {
  await expect(async () => {
    if (!(await page.getByRole('dialog').isVisible())) await page.keyboard.press(shortcut);
    await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused({ timeout: 2000 });
  }).toPass();
}

export async function closeSearch(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
}
