/** The labs of codecs: real libraries in a worker, edited, broken, mended, kept. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { violations, watch } from './support';

/** The step of the lab, with its editor open. */
async function edited(page: Page, title: string): Promise<Locator> {
  const step = page.locator('.lab-step', { hasText: title });
  await step.getByRole('button', { name: /^Edit/ }).click();
  await expect(step.locator('.lab-editor').locator('input, textarea').first()).toBeFocused();
  return step;
}

test('an object is encoded by four codecs, refused, mended, timed, and kept', async ({ page }) => {
  const problems = watch(page);
  await page.goto('/labs/one-object-four-codecs/');
  const step = await edited(page, '150 in three bytes');
  await expect(step.getByText('Recorded when this page was built.')).toBeVisible();

  const object = step.getByLabel('The object, as JSON');
  await object.fill('{ "a": ');
  await object.press('Control+Enter');
  await expect(step.getByText(/^The object was refused: .*JSON/)).toBeVisible({ timeout: 30_000 });

  await object.fill('{ "a": 300 }');
  await step.getByLabel(/^Its schema/).fill('syntax = "proto3";\nmessage M { sint32 a = 2; }');
  await step.getByLabel('Measure the speed too').check();
  await step.getByRole('button', { name: /^Run/ }).click();
  await expect(step.getByText('Ran here.')).toBeVisible({ timeout: 30_000 });
  // 300 is zigzag 600: field 2 of wire type 0, then 88 + 4 · 128.
  await expect(step.locator('.cd-hex', { hasText: '10 d8 04' })).toBeVisible();
  await expect(step.getByText('300, as zigzag 600')).toBeVisible();
  const speeds = step.getByRole('table', { name: /^Microseconds for this object/ });
  await expect(
    speeds.getByRole('row', { name: /^CBOR [\d.]+ \([\d.]+ to [\d.]+\)/ }),
  ).toBeVisible();

  await page.reload();
  const again = await edited(page, '150 in three bytes');
  await expect(again.getByLabel('The object, as JSON')).toHaveValue('{ "a": 300 }');
  await again.getByRole('button', { name: /^Put back/ }).click();
  await expect(again.getByLabel('The object, as JSON')).toHaveValue('{ "a": 150 }');

  expect(await violations(page, 'main')).toEqual([]);
  expect(problems).toEqual([]);
});

test('versions of a schema read each other, on a phone as well', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/labs/schema-evolution/');
  const step = await edited(page, 'Reserve what was removed');
  await expect(step.getByText(/^The schema of v3 was refused: .*reserved/)).toBeVisible();

  await step.getByRole('button', { name: 'Add a version' }).click();
  const versions = step.getByRole('group', { name: /^Version \d/ });
  await expect(versions).toHaveCount(2);
  for (const [at, name] of ['v1', 'v4'].entries())
    await versions.nth(at).getByLabel('Name').fill(name);
  await versions
    .first()
    .getByLabel(/^Schema/)
    .fill('syntax = "proto3"; message Order { string sku = 1; int32 discount_percent = 2; }');
  await versions
    .first()
    .getByLabel(/^What it writes/)
    .fill('{ "sku": "A", "discount_percent": 15 }');
  const schema = versions.nth(1).getByLabel(/^Schema/);
  await schema.fill((await schema.inputValue()).replace('priority = 2', 'priority = 3'));
  await step.getByRole('button', { name: /^Run/ }).click();

  const matrix = step.getByRole('table', { name: 'Rows wrote, columns read' });
  await expect(matrix.getByRole('row', { name: 'v1 same unseen' })).toBeVisible({
    timeout: 30_000,
  });
  await expect(matrix.getByRole('row', { name: 'v4 unseen same' })).toBeVisible();
  await step.getByText('v1 read by v4: unseen').click();
  await expect(step.getByText('Passed on by this reader, it reaches v1')).toBeVisible();

  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await violations(page, 'main')).toEqual([]);
});
