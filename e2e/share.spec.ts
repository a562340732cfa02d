/** A reader takes a figure along: as a link, in words, as a picture, as numbers, as a film. */
import { readFileSync } from 'node:fs';
import { type Download, expect, type Locator, type Page, test } from '@playwright/test';
import type { RunDocument } from '../lib/tools/share/document';
import { expectLive, violations, watch } from './support';

const PAGE = '/gallery/queue/';
const FIGURE = '#queue-disciplines';
const AT_MS = 4000;

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

async function openTool(page: Page): Promise<Locator> {
  const figure = page.locator(FIGURE);
  await figure.scrollIntoViewIfNeeded();
  await expectLive(figure);
  await figure.getByRole('button', { name: 'Share', exact: true }).click();
  const tool = figure.getByRole('region', { name: 'Share' });
  await expect(tool.getByRole('button', { name: 'Copy link', exact: true })).toBeVisible();
  return tool;
}

const clipboard = (page: Page): Promise<string> =>
  page.evaluate(() => navigator.clipboard.readText());

async function download(page: Page, tool: Locator, button: string): Promise<Download> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    tool.getByRole('button', { name: button, exact: true }).click(),
  ]);
  return file;
}

const bytesOf = async (file: Download): Promise<Buffer> => readFileSync(await file.path());

test('link, words, pictures and numbers of one moment', async ({ page }) => {
  const seen = watch(page);
  const scripts: string[] = [];
  page.on('response', async (response) => {
    if (response.url().endsWith('.js')) scripts.push(await response.text().catch(() => ''));
  });
  await page.goto(`${PAGE}?queue-disciplines=1.3;seed:5;t:${AT_MS}${FIGURE}`);
  const figure = page.locator(FIGURE);
  await expectLive(figure);
  // Nothing of the tool is loaded before it is asked for.
  expect(scripts.some((code) => code.includes('tool-share'))).toBe(false);
  const tool = await openTool(page);
  await expect(tool.getByText('(seed 5).')).toBeVisible();

  await tool.getByRole('button', { name: 'Copy link with caption' }).click();
  await expect(tool.getByText('Copied', { exact: true })).toBeVisible();
  const [caption = '', address = ''] = (await clipboard(page)).split('\n');
  expect(caption).toMatch(/^Queue with servers that crash: .*, at 4\.00\d?\u202fs\./);
  await tool.getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect.poll(() => clipboard(page)).toContain('| Run |');
  expect(await clipboard(page)).toContain(`seed 5. <${address}>`);

  for (const [theme, paper] of [
    ['light', '#fbf9f4'],
    ['dark', '#161513'],
  ] as const) {
    await tool.getByRole('combobox', { name: 'Theme', exact: true }).selectOption(theme);
    const svg = await download(page, tool, 'Download SVG');
    expect(svg.suggestedFilename()).toBe(`queue-disciplines-${AT_MS}ms.svg`);
    const text = (await bytesOf(svg)).toString();
    // By itself: in another page, without our styles, it looks the same.
    expect(text).not.toMatch(/class=|var\(|foreignObject|url\((?!data:|#)/);
    expect(text).toContain(`height="100%" fill="${paper}"`);
    const drawn = await page.evaluate(
      (markup) => {
        const parsed = new DOMParser().parseFromString(markup, 'image/svg+xml');
        return {
          failed: parsed.querySelector('parsererror')?.textContent ?? null,
          texts: [...parsed.querySelectorAll('text')].map(({ textContent }) => textContent),
          outside: [...parsed.querySelectorAll('text')].filter(
            (each) =>
              !each.hasAttribute('transform') &&
              !(Number(each.getAttribute('x')) >= 0 && Number(each.getAttribute('x')) < 880),
          ).length,
        };
        // The page's policy holds for what it parses, too; a file of its own has none.
      },
      text.replace(/<style>.*?<\/style>/, ''),
    );
    expect(drawn.failed).toBeNull();
    expect(drawn.outside).toBe(0);
    for (const title of await figure.locator('.fig-view-title').allTextContents())
      expect(drawn.texts).toContain(title);
  }
  const png = await bytesOf(await download(page, tool, 'Download PNG'));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16)).toBe(2 * 880);
  await tool.getByRole('button', { name: 'Copy PNG' }).click();
  await expect
    .poll(() =>
      page.evaluate(async () => (await navigator.clipboard.read()).flatMap(({ types }) => types)),
    )
    .toEqual(['image/png']);

  const csv = (await bytesOf(await download(page, tool, 'Download CSV'))).toString();
  expect(csv.split('\r\n')[0]).toBe(
    '\ufeffRun,Measure,Value,Unit,Half-width of the 95 % interval,n,Refused because',
  );
  const run = JSON.parse(
    (await bytesOf(await download(page, tool, 'Download recording'))).toString(),
  ) as RunDocument;
  expect(run).toMatchObject({ format: 'steady-state-run', seed: 5, source: { address } });
  expect(run.runs.map(({ recording }) => recording.messages.length > 0)).toEqual([true, true]);

  // The link opens what was shared, and stands still there.
  await page.goto(address);
  const time = page.locator(FIGURE).getByRole('slider', { name: 'Time', exact: true });
  await expect(time).toHaveValue(String(AT_MS));
  expect(seen).toEqual([]);
});

test('ten seconds of film, and one that is cancelled', async ({ page }) => {
  await page.goto(`${PAGE}${FIGURE}`);
  const tool = await openTool(page);
  const record = tool.getByRole('button', { name: 'Record ten seconds' });
  await record.click();
  await tool.getByRole('button', { name: 'Cancel' }).click();
  await expect(tool.getByText('Cancelled.')).toBeVisible();
  await expect(record).toBeEnabled();

  const film = await download(page, tool, 'Record ten seconds');
  expect(film.suggestedFilename()).toMatch(/^queue-disciplines-\d+ms\.webm$/);
  const bytes = await bytesOf(film);
  // How a WebM begins (RFC 8794, EBML header).
  expect(bytes.subarray(0, 4).toString('hex')).toBe('1a45dfa3');
  expect(bytes.length).toBeGreaterThan(50_000);
  await expect(tool.getByText(/^Downloaded: ten seconds, from /)).toBeVisible();
  await expect(page.locator('.tool-share-studio')).toHaveCount(0);
});

for (const theme of ['light', 'dark'] as const) {
  test.describe(`on a phone in the ${theme} theme`, () => {
    test.use({
      colorScheme: theme,
      reducedMotion: 'reduce',
      viewport: { width: 390, height: 844 },
    });

    test('the tool fits and has no accessibility violation', async ({ page }) => {
      await page.goto(`${PAGE}${FIGURE}`);
      const tool = await openTool(page);
      await expect(tool.getByRole('combobox', { name: 'Theme', exact: true })).toHaveValue(theme);
      expect(await violations(page, `${FIGURE} .tool-share`)).toEqual([]);
      // A figure cuts off what stands out of it, so that the page would not tell.
      const excess = await tool.evaluate(
        ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
      );
      expect(excess).toBeLessThanOrEqual(0);
    });
  });
}

test('a browser that refuses is told so, and nothing else is lost', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator.clipboard, 'writeText', {
      value: () => Promise.reject(new Error('refused')),
    });
    Reflect.deleteProperty(globalThis, 'MediaRecorder');
  });
  await page.goto(`${PAGE}${FIGURE}`);
  const tool = await openTool(page);
  await expect(tool.getByText('This browser cannot record WebM from a page.')).toBeVisible();
  await tool.getByRole('button', { name: 'Copy link', exact: true }).click();
  await expect(tool.getByRole('alert')).toContainText('did not let the page copy');
  await expect(tool.getByRole('textbox', { name: 'Address of this moment' })).toHaveValue(
    /#queue-disciplines$/,
  );
  await download(page, tool, 'Download CSV');
  await expect(tool.getByRole('alert')).toBeEmpty();
});
