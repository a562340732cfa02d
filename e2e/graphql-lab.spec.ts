/** The GraphQL lab in a browser: run, completed, broken, refused, and nothing lost on the way. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { violations, watch } from './support';

/** The present answer: those before it stand folded below. */
const answerOf = (cell: Locator): Locator => cell.locator('.lab-answer');

/** The value beside a name among the numbers of the answer. */
const fact = (cell: Locator, name: string): Locator =>
  answerOf(cell)
    .locator('.gql-facts > div', { has: cell.page().getByText(name, { exact: true }) })
    .locator('dd');

/** Puts a text in the place of the query, as a paste does: what is typed has its brackets closed. */
async function write(page: Page, cell: Locator, query: string): Promise<void> {
  // A key that comes while the field becomes the editor would be lost.
  await expect(cell.locator('.cm-editor')).toBeVisible();
  const editor = cell.getByRole('textbox', { name: 'Query', exact: true });
  await editor.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(query);
}

test('graphql-js answers in the page what the build recorded, and counts what the reader asks', async ({
  page,
}) => {
  const seen = watch(page);
  await page.goto('/labs/orders-graph/');
  const facts = page.locator('.lab-answer .gql-facts');
  const recorded = await facts.allTextContents();
  await page.getByRole('button', { name: 'Run all steps' }).click();
  await expect(page.getByText('Ran here.')).toHaveCount(recorded.length);
  expect(await facts.allTextContents()).toEqual(recorded);

  const cell = page.locator('.lab-step').filter({ hasText: 'The same through DataLoader' });
  await expect(fact(cell, 'Queries')).toHaveText('2');
  await cell.getByRole('button', { name: /^Edit/ }).click();
  const editor = cell.getByRole('textbox', { name: 'Query', exact: true });
  await expect(cell.locator('.cm-editor')).toBeVisible();
  await expect(editor).toBeFocused();
  await cell.getByLabel('Variables, a JSON object').fill('{ "first": 12 }');
  await cell.getByLabel('Through DataLoader').uncheck();
  await editor.press('ControlOrMeta+Enter');
  await expect(fact(cell, 'Queries')).toHaveText('13');
  await cell.getByLabel('Through DataLoader').check();
  await cell.getByRole('button', { name: /^Run/ }).click();
  await expect(fact(cell, 'Queries')).toHaveText('2');
  await answerOf(cell).getByText('Resolvers and queries as a table').click();
  await expect(
    answerOf(cell).getByRole('rowheader', { name: 'orders[].customer × 12' }),
  ).toBeVisible();
  expect(await violations(page, '.lab')).toEqual([]);
  expect(seen).toEqual([]);
});

test('a query of one’s own is completed by the schema, refused with the reason, and kept', async ({
  page,
}) => {
  const seen = watch(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/labs/orders-graph/');
  await page.getByRole('button', { name: 'Ask something of your own' }).click();
  const own = page.locator('[data-own]');
  await write(page, own, '{\n  pro');
  await page.keyboard.press('Control+Space');
  const options = own.getByRole('listbox', { name: 'Completions' });
  // A list that has just opened takes no Enter yet, so that nothing is chosen by accident.
  await options.getByRole('option', { name: /^product/ }).click();
  await expect(own.getByRole('textbox', { name: 'Query', exact: true })).toContainText('product');

  const run = own.getByRole('button', { name: /^Run/ });
  const verdict = answerOf(own).locator('.gql-verdict');
  await run.click();
  await expect(verdict).toHaveText('Not read: this is not GraphQL.');
  await write(page, own, '{ product(id: 4) { name stok } }');
  await expect(own.locator('.cm-lintRange-error').first()).toBeVisible();
  await run.click();
  await expect(verdict).toHaveText('Refused before execution, with 1 error.');
  await expect(answerOf(own).getByRole('group', { name: 'Response' })).toContainText(
    'Did you mean \\"stock\\"?',
  );
  expect(await violations(page, '[data-own]')).toEqual([]);

  const limit = own.getByLabel('Maximum cost');
  await limit.fill('3');
  await write(page, own, '{ orders(first: 9) { customer { name } } }');
  await run.click();
  await expect(verdict).toHaveText('Refused before execution by a limit, with 1 error.');
  await expect(fact(own, 'Cost')).toHaveText('10 of 3');
  await write(page, own, `{ orders { id } } # ${'long '.repeat(5000)}`);
  await run.click();
  await expect(answerOf(own).getByRole('group', { name: 'Response' })).toContainText(
    'A query may have 20,000 characters here',
  );

  const last = '{ product(id: 1) { name deliveryDays } }';
  await write(page, own, last);
  await page.reload();
  await expect(own.getByRole('textbox', { name: 'Query', exact: true })).toHaveText(last);
  // Who comes back is where he was, and not taken to what he once wrote.
  await expect(own.locator('.cm-editor')).toBeVisible();
  await expect(own.getByRole('textbox', { name: 'Query', exact: true })).not.toBeFocused();
  await expect(limit).toHaveValue('3');
  await run.click();
  await expect(verdict).toHaveText('Executed.');
  await expect(answerOf(own).locator('.gql-facts')).toContainText('Queries2');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(seen).toEqual([]);
});
