/** The token lab in a browser: forged by its reader, broken, mended, and nothing lost on the way. */
import { expect, type Locator, test } from '@playwright/test';
import { violations, watch } from './support';

/** What was answered last; the answers before it are folded away below. */
const answer = (step: Locator): Locator => step.locator('.lab-answer');
const verdicts = (step: Locator): Locator => answer(step).locator('.tok-verdicts tfoot td');

test('a reader forges a token, breaks the form, comes back, and finds what was typed', async ({
  page,
}) => {
  const problems = watch(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/labs/forged-tokens/');
  const lab = page.locator('#forged-tokens');
  await expect(lab.getByText('jose 6.')).toBeVisible();
  const step = lab.locator('.lab-step').filter({ hasText: 'Make the public key a secret' });
  await expect(verdicts(step)).toHaveText(['accepts', 'refuses']);

  // A strict verifier that is told to expect HMACs still has no key for one.
  await step.getByRole('button', { name: 'Edit' }).click();
  const key = step.getByLabel('Key', { exact: true });
  await expect(key).toBeFocused();
  await key.selectOption('ed-2026');
  const algorithms = step.getByLabel('Algorithms');
  await algorithms.fill('EdDSA HS256');
  await algorithms.press('Control+Enter');
  await expect(step.getByText('Ran here.')).toBeVisible();
  await expect(verdicts(step)).toHaveText(['accepts', 'refuses']);
  await expect(answer(step).locator('.tok-verdicts [data-result="failed"]')).toHaveText(
    /Unsupported "alg" value for a JSON Web Key Set/,
  );
  // The steps before it were run as well, on this browser's WebCrypto, and nothing else was fetched.
  await expect(lab.getByText('Ran here.')).toHaveCount(4);
  expect(await violations(page, '#forged-tokens')).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

  const claims = step.getByLabel('Claims that arrive');
  const broken = '{"sub": "<b>root</b>",';
  await claims.fill(broken);
  await step.getByRole('button', { name: 'Run' }).click();
  await expect(answer(step).locator('.tok-refused')).toHaveText(
    /^Changed claims: this should be JSON\./,
  );
  await claims.fill(`{"sub": "${'x'.repeat(17_000)}"}`);
  await step.getByRole('button', { name: 'Run' }).click();
  await expect(answer(step).locator('.tok-refused')).toHaveText(
    /at most 16,384 characters, not 17,011/,
  );
  await claims.fill(broken);

  await page.reload();
  await expect(step.getByRole('button', { name: 'Put back' })).toBeVisible();
  await step.getByRole('button', { name: 'Edit' }).click();
  await expect(step.getByLabel('Claims that arrive')).toHaveValue(broken);
  await expect(step.getByLabel('Algorithms')).toHaveValue('EdDSA HS256');
  await step.getByRole('button', { name: 'Put back' }).click();
  await step.getByRole('button', { name: 'Run' }).click();
  await expect(step.getByText('Ran here.')).toBeVisible();
  await expect(verdicts(step)).toHaveText(['accepts', 'refuses']);
  expect(problems).toEqual([]);
});

test('a token from elsewhere is judged by both verifiers in the reader’s own cell, whatever it is', async ({
  page,
}) => {
  const problems = watch(page);
  await page.goto('/labs/forged-tokens/');
  const lab = page.locator('#forged-tokens');
  await lab.getByRole('button', { name: 'Ask something of your own' }).click();
  const own = lab.locator('.lab-own');
  await own.getByLabel('What happens').selectOption('Another token');
  // RFC 7519, 6.1, a day before it ends.
  await own
    .getByLabel('Token', { exact: true })
    .fill(
      'eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.',
    );
  await own.getByLabel('Its clock').fill('2011-03-21T18:43:00Z');
  await own.getByRole('button', { name: 'Run' }).click();
  await expect(verdicts(own)).toHaveText(['accepts', 'refuses']);
  await expect(answer(own).locator('.tok-members')).toHaveCount(2);
  await own.getByLabel('Token', { exact: true }).fill('this is no token');
  await own.getByRole('button', { name: 'Run' }).click();
  await expect(verdicts(own)).toHaveText(['refuses', 'refuses']);
  await expect(own.getByText('The question has changed since.')).toHaveCount(0);
  expect(problems).toEqual([]);
});

test('a form for each sort of secret, and what was typed into one is there when one comes back to it', async ({
  page,
}) => {
  const problems = watch(page);
  await page.goto('/labs/shared-secrets/');
  const lab = page.locator('#shared-secrets');
  const step = lab.locator('.lab-step').filter({ hasText: 'Verify a webhook' });
  await step.getByRole('button', { name: 'Edit' }).click();
  await step.getByLabel('Body that arrives').fill('{"total": 1295.00}');
  await step.getByLabel('Question').selectOption('One-time code (TOTP)');
  // RFC 6238, appendix B: the last code of its table for SHA-1.
  await step.getByLabel('Digits').fill('8');
  await step.getByLabel('Device clock').fill('2603-10-11T11:33:20Z');
  await step.getByLabel('Its clock').fill('2603-10-11T11:33:59Z');
  await step.getByRole('button', { name: 'Run' }).click();
  await expect(answer(step).locator('.tok-pairs').getByText('65353130')).toBeVisible();
  await expect(verdicts(step)).toHaveText('accepts');
  expect(await violations(page, '#shared-secrets')).toEqual([]);

  await step.getByLabel('Question').selectOption('Webhook signature');
  await expect(step.getByLabel('Body that arrives')).toHaveValue('{"total": 1295.00}');
  await step.getByRole('button', { name: 'Run' }).click();
  await expect(verdicts(step)).toHaveText(['refuses', 'refuses']);
  expect(problems).toEqual([]);
});

test('what was written for a sort of question is there again after another, and after the editor', async ({
  page,
}) => {
  await page.goto('/labs/shared-secrets/');
  await page.getByRole('button', { name: 'Ask something of your own' }).click();
  const own = page.locator('.lab-own');
  const sort = own.getByLabel('Question');
  await sort.selectOption('Webhook signature');
  await own.getByLabel('Message id').fill('mine');
  await sort.selectOption('One-time code (TOTP)');
  await own.getByRole('button', { name: /^Done/ }).click();
  await own.getByRole('button', { name: /^Edit/ }).click();
  await sort.selectOption('Webhook signature');
  await expect(own.getByLabel('Message id')).toHaveValue('mine');
});
