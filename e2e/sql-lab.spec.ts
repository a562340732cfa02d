/** PostgreSQL in the page: the steps of a lab, and what a reader can do to it. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { isEngine } from '../lib/offline/needs';
import { violations, watch } from './support';

/** Opens a lab and waits until it can be used. */
async function openLab(page: Page, id: string): Promise<Locator> {
  await page.goto(`/labs/${id}/`);
  const lab = page.locator(`#${id}`);
  await lab.scrollIntoViewIfNeeded();
  await expect(lab.getByRole('button', { name: 'Run all steps' })).toBeVisible();
  return lab;
}

/** PostgreSQL starts within this on a busy machine, ms. */
const START_MS = 60_000;

test('the steps run on PostgreSQL, which comes with the first run and not before', async ({
  page,
}) => {
  const seen = watch(page);
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  const lab = await openLab(page, 'row-versions');
  const ofEngine = (): string[] => fetched.filter(isEngine);
  expect(ofEngine()).toEqual([]);
  const steps = lab.getByRole('listitem').filter({ has: page.locator('.lab-step-title') });
  const fourth = steps.nth(3);
  await expect(fourth.getByRole('img', { name: /3 ended, 1 aborted/ })).toHaveCount(0);
  await expect(fourth.getByText('Recorded when this page was built.')).toBeVisible();

  // A step stands on those before it: they are run first.
  await fourth.getByRole('button', { name: /^Run/ }).click();
  await expect(lab.getByRole('progressbar')).toBeVisible();
  await expect(fourth.getByText('Ran here.')).toBeVisible({ timeout: START_MS });
  expect(ofEngine().length).toBe(5);
  for (const i of [0, 1, 2]) await expect(steps.nth(i).getByText('Ran here.')).toBeVisible();
  await expect(steps.nth(4).getByText('Recorded when this page was built.')).toBeVisible();

  // The page of the table by keyboard: the version that was updated HOT leads to its successor.
  const pointers = steps.nth(1).getByRole('listbox', { name: /Line pointers of page 0/ });
  await pointers.focus();
  await page.keyboard.press('Home');
  await expect(pointers.getByRole('option', { selected: true })).toHaveAccessibleName(
    /^line pointer 1: ended, .*updated HOT yes, .*leads to line pointer 4/,
  );
  // The answer from before is folded below the present one.
  await expect(steps.nth(1).locator('.v-grid-said').first()).toContainText('HEAP_HOT_UPDATED');

  expect(await violations(page, '#row-versions')).toEqual([]);
  expect(seen).toEqual([]);
});

test('bad SQL, a million rows and an endless query are answered, and nothing written is lost', async ({
  page,
}) => {
  const seen = watch(page);
  const lab = await openLab(page, 'row-versions');
  await lab.getByRole('button', { name: 'Ask something of your own' }).click();
  const own = page.locator('.lab-own');
  const editor = own.getByRole('textbox', { name: 'SQL' });
  const run = async (sql: string): Promise<void> => {
    await editor.fill(sql);
    await editor.press('ControlOrMeta+Enter');
  };
  await expect(editor).toBeFocused();
  await expect(own.locator('.cm-editor')).toBeVisible();

  await run('SELECT 1 AS one;\nSELECT balence FROM account;\nSELECT 3');
  const error = own.locator('.sql-error');
  await expect(error).toContainText('column "balence" does not exist', { timeout: START_MS });
  await expect(error.locator('mark')).toHaveText('balence');
  await expect(error).toContainText('Perhaps you meant to reference the column "account.balance".');
  await expect(error).toContainText('One statement after it was not run.');
  await expect(own.getByRole('columnheader', { name: 'one integer' })).toBeVisible();

  await run('SELECT n, NULL AS nothing FROM generate_series(1, 1000000) AS n');
  await expect(
    own.getByText('These are the first 200 rows: the lab asks for no more.'),
  ).toBeVisible();
  await expect(own.getByRole('row')).toHaveCount(201);

  const endless = 'DO $$ BEGIN LOOP END LOOP; END $$';
  await run(endless);
  await expect(own.getByRole('alert')).toContainText('Stopped after 10 seconds', {
    timeout: 30_000,
  });
  await expect(editor).toHaveText(endless);

  // It is kept over a visit as well, and PostgreSQL begins anew.
  await page.reload();
  await expect(editor).toHaveText(endless);
  await expect(editor).not.toBeFocused();
  await run('SELECT count(*) AS accounts FROM account');
  await expect(own.getByRole('cell', { name: '3', exact: true })).toBeVisible({
    timeout: START_MS,
  });
  expect(seen).toEqual([]);
});
