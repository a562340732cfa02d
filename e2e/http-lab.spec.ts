import { expect, type Locator, type Page, test } from '@playwright/test';
import { violations, watch } from './support';

/** The cell of a step, by its title. */
function cellOf(page: Page, title: string): Locator {
  return page.locator('.lab-step', { has: page.getByText(title, { exact: true }) });
}

async function write(cell: Locator, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, text] of Object.entries(fields)) await cell.getByLabel(label).fill(text);
}

test('a service answers in the page what the build recorded, and is broken and mended by hand', async ({
  page,
}) => {
  const seen = watch(page);
  await page.goto('/labs/conditional-requests/');
  const recorded = await page.getByRole('group', { name: 'Answer' }).allTextContents();
  await page.getByRole('button', { name: 'Run all steps' }).click();
  await expect(page.getByText('Ran here.')).toHaveCount(recorded.length);
  expect(await page.getByRole('group', { name: 'Answer' }).allTextContents()).toEqual(recorded);

  await page.getByRole('button', { name: 'Ask something of your own' }).click();
  const own = page.locator('[data-own]');
  // The present answer, beside which those before it are kept.
  const shown = own.locator('.lab-answer');
  const answer = shown.getByRole('group', { name: 'Answer' });
  const ask = async (fields: Readonly<Record<string, string>>, status: string): Promise<void> => {
    await write(own, fields);
    await own.getByLabel('Target').press('Control+Enter');
    await expect(answer).toContainText(status);
  };

  // A page may send neither of these itself; the service receives them.
  await ask({ Method: 'TRACE', Target: '/orders/17' }, 'HTTP/1.1 405 Method Not Allowed');
  await expect(answer).toContainText('Allow: GET, HEAD, PUT, PATCH, DELETE, OPTIONS');
  const headers = 'Headers, one a line';
  await ask({ Method: 'GET', [headers]: 'Accept-Encoding: gzip, *;q=0' }, 'HTTP/1.1 406');

  const long = 'x'.repeat(501);
  await ask({ Method: 'PUT', [headers]: 'Content-Type: application/json', Body: long }, '413');
  await shown.getByText('How it was decided').click();
  await expect(shown.locator('.http-decisions')).toContainText('501 bytes, of at most 500');
  await shown.getByText('As a command for curl').click();
  await expect(shown.getByRole('group', { name: 'Command for curl' })).toContainText(
    `curl --include --request PUT https://api.example/orders/17`,
  );
  expect(await violations(page, '.lab')).toEqual([]);

  // The service is as it was, and what was typed comes back with the page.
  await ask({ Method: 'GET', [headers]: '', Body: '' }, '"status": "paid"');
  await ask({ Method: 'GET', Target: '/orders/nobody' }, 'HTTP/1.1 404 Not Found');
  await page.reload();
  await expect(own.getByLabel('Target')).toHaveValue('/orders/nobody');
  expect(seen).toEqual([]);
});

test('the answer to a changed step is marked, and the recorded question can be put back', async ({
  page,
}) => {
  await page.goto('/labs/paged-list/');
  const cell = cellOf(page, 'Ask for the first page');
  await cell.getByRole('button', { name: /^Edit/ }).click();
  await write(cell, { 'Headers, one a line': 'Accept: text/csv, */*;q=0.1' });
  await cell.getByRole('button', { name: /^Run/ }).click();
  const shown = cell.locator('.lab-answer');
  const answer = shown.getByRole('group', { name: 'Answer' });
  await expect(answer).toContainText('Content-Type: text/csv');
  await shown.getByText('How it was decided').click();
  await expect(shown.locator('.http-decisions')).toContainText(
    'text/csv: q = 1, by “text/csv” (chosen)',
  );
  await expect(shown.locator('.http-decisions')).toContainText(
    'application/json: q = 0.1, by “*/*;q=0.1”',
  );
  await cell.getByRole('button', { name: /^Put back/ }).click();
  await expect(cell.getByText('The question has changed since.')).toBeVisible();
  await cell.getByRole('button', { name: /^Run/ }).click();
  await expect(answer).toContainText('Content-Type: application/json');
});
