/** A reader brings a log, looks at it, corrects how it is read, runs a figure on it and takes the answer along. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { sampleLog } from '../lib/tools/traffic/sample';
import { expectLive, violations, watch } from './support';

const GUIDE = '/traffic-control/rate-limiting-algorithms/';

/** The figure with all limiters, and the open tool in it. */
async function openTool(page: Page): Promise<{ figure: Locator; tool: Locator }> {
  const figure = page.locator('#race');
  await figure.scrollIntoViewIfNeeded();
  await expectLive(figure);
  await figure.getByRole('button', { name: 'Traffic', exact: true }).click();
  const tool = figure.getByRole('region', { name: 'Traffic' });
  await expect(tool.getByRole('button', { name: 'Try a sample' })).toBeVisible();
  return { figure, tool };
}

const run = (tool: Locator): Promise<void> =>
  tool.getByRole('button', { name: 'Run the figure on it' }).click();
const byClient = (tool: Locator): Locator => tool.getByRole('table', { name: /^By client/ });

test('the sample: what a limit would have rejected, for whom, and when', async ({ page }) => {
  const seen = watch(page);
  const scripts: string[] = [];
  page.on('response', async (response) => {
    if (response.url().endsWith('.js')) scripts.push(await response.text().catch(() => ''));
  });
  await page.goto(GUIDE);
  const figure = page.locator('#race');
  await figure.scrollIntoViewIfNeeded();
  await expectLive(figure);
  // Nothing of the tool is loaded before it is asked for.
  expect(scripts.some((code) => code.includes('tool-traffic'))).toBe(false);

  const { tool } = await openTool(page);
  await tool.getByRole('button', { name: 'Try a sample' }).click();
  await expect(tool.getByText('100 % of the first 200 lines can be read this way.')).toBeVisible();
  await expect(tool.getByText('2 of 2,391 lines could not be read')).toBeVisible();
  await run(tool);
  const scraper = byClient(tool).getByRole('row', { name: /^203\.0\.113\.66/ });
  await expect(scraper).toContainText('400');
  await expect(scraper).toContainText('2026-03-14 09:04:');
  await expect(figure.getByText('Over the whole run of 10 min')).toBeVisible();
  await expect(figure.getByText('Offered rate: as your traffic has it')).toBeVisible();

  // A limit that no generated traffic has refuses nobody here.
  const limit = tool.getByRole('textbox', { name: 'Limit' });
  await limit.fill('500');
  await limit.press('Enter');
  await expect(scraper.getByRole('cell').nth(2)).toHaveText('0');
  await limit.fill('5');
  await limit.press('Enter');
  await expect(scraper.getByRole('cell').nth(2)).not.toHaveText('0');

  await byClient(tool).getByRole('button', { name: 'Requests' }).click();
  await byClient(tool).getByRole('button', { name: 'Requests' }).click();
  await expect(byClient(tool).getByRole('columnheader', { name: 'Requests' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await expect(byClient(tool).getByRole('row').nth(1)).not.toContainText('203.0.113.66');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    tool.getByRole('button', { name: 'Download as CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('rate-limiter-race-clients.csv');
  const lines = readFileSync(await download.path(), 'utf8').split('\r\n');
  expect(lines[0]).toBe(
    '\ufeffVariant,Client,Requests,Accepted,Rejected,Rejected share (%),First rejection,Last rejection',
  );
  expect(lines.filter((line) => line.startsWith('GCRA,'))).toHaveLength(60);
  expect(lines.find((line) => line.startsWith('Token bucket,203.0.113.66,400,'))).toMatch(
    /,2026-03-14T09:04:\d\d\.\d{3}Z,2026-03-14T09:04:\d\d\.\d{3}Z$/,
  );

  // The panel may be closed and opened: what it did stays, and so does what it holds.
  await figure.getByRole('button', { name: 'Traffic', exact: true }).click();
  await expect(tool).toBeHidden();
  await openTool(page);
  await expect(scraper).toBeVisible();

  // A link says what it cannot carry.
  await expect.poll(() => new URL(page.url()).search).toContain('log:1');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.locator('#race').scrollIntoViewIfNeeded();
  await expect(other.getByText('which stays on their machine')).toBeVisible();
  await other.close();

  await tool.getByRole('button', { name: 'Back to generated requests' }).click();
  await expect(byClient(tool)).toBeHidden();
  await expect(figure.getByText('Over the whole run of 60 s')).toBeVisible();
  await expect(tool.getByText('2 of 2,391 lines could not be read')).toBeVisible();
  expect(seen).toEqual([]);
});

test('pasted lines: bad ones named, a wrong format corrected, nothing lost by a reload', async ({
  page,
}) => {
  await page.goto(GUIDE);
  const { tool } = await openTool(page);
  const lines = ['when;who', '1795255200;anna', 'tomorrow;bert', '1795255201;anna'];
  await tool.getByRole('textbox', { name: 'Or paste lines' }).fill(lines.join('\n'));
  await tool.getByRole('button', { name: 'Read what is pasted' }).click();
  await expect(tool.getByText('1 of 3 lines could not be read')).toBeVisible();
  await tool.getByText('1 of 3 lines could not be read').click();
  await expect(tool.getByText('Line 3: expected a number as time, got “tomorrow”.')).toBeVisible();

  await tool.getByRole('combobox', { name: 'Format' }).selectOption('lines');
  await expect(tool.getByRole('alert')).toContainText('no column looks like a time');
  await tool.getByRole('combobox', { name: 'Format' }).selectOption('csv');
  await expect(tool.getByRole('combobox', { name: 'Client' })).toHaveValue('who');
  await tool.getByRole('combobox', { name: 'Times are written as' }).selectOption('milliseconds');
  await expect(tool.getByText('from 1970-01-21')).toBeVisible();
  await run(tool);
  await expect(byClient(tool).getByRole('row', { name: /^anna/ })).toContainText('2');

  await page.reload();
  await openTool(page);
  await expect(tool.getByRole('textbox', { name: 'Or paste lines' })).toHaveValue(lines.join('\n'));
});

test('a packed file is read, one of another kind is refused, and what ran goes on', async ({
  page,
}) => {
  await page.goto(GUIDE);
  const { tool } = await openTool(page);
  const choose = (name: string, buffer: Buffer): Promise<void> =>
    tool
      .getByLabel('Log file')
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  // Packed in two parts, as nginx writes it and as files are put together.
  const log = sampleLog();
  const half = log.length / 2;
  await choose(
    'access.log.gz',
    Buffer.concat([gzipSync(log.slice(0, half)), gzipSync(log.slice(half))]),
  );
  await expect(tool.getByText('2,389 requests with 60 different values')).toBeVisible();
  await tool.getByRole('combobox', { name: 'Which part' }).selectOption('the busiest minute');
  await run(tool);
  await expect(tool.getByText(/The figure runs on access\.log\.gz: \d{3} requests/)).toBeVisible();
  await choose('logs.zip', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]));
  await expect(tool.getByRole('alert')).toContainText('got a zip archive. Unpack the file');
  await expect(byClient(tool)).toBeVisible();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`on a phone, ${scheme}: all of it by keyboard, and nothing for axe to say`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(GUIDE);
    const { tool } = await openTool(page);
    await tool.getByRole('button', { name: 'Try a sample' }).press('Enter');
    await tool.getByRole('button', { name: 'Run the figure on it' }).press('Enter');
    await expect(byClient(tool)).toBeVisible();
    await tool.getByRole('button', { name: /over its whole range/ }).press('Enter');
    await expect(tool.getByRole('table', { name: 'Accepted by limit' })).toBeVisible({
      timeout: 30_000,
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    );
    expect(await violations(page, '#race .tool-traffic')).toEqual([]);
  });
}
