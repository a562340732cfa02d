/** A figure in a page of another origin, from the code that the tool hands out. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { expectLive, violations, watch } from './support';

const GALLERY = '/gallery/queue/';
const FIGURE = '#queue-disciplines';

/** A page of somebody else's: another port is another origin. */
async function openPage(body: string): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><html lang="en"><title>A design document</title><body style="color-scheme: light dark"><h1>Why two queues</h1>${body}`,
    );
  });
  await new Promise<void>((done) => {
    server.listen(0, 'localhost', () => done());
  });
  return { url: `http://localhost:${(server.address() as AddressInfo).port}/`, server };
}

test('pasted code shows the figure at its moment, as tall as it is, in the theme of its host', async ({
  page,
}) => {
  const seen = watch(page);
  await page.goto(`${GALLERY}?queue-disciplines=1.3;seed:5;t:4000${FIGURE}`);
  const figure = page.locator(FIGURE);
  await expectLive(figure);
  await figure.getByRole('button', { name: 'Share', exact: true }).click();
  const code = await figure.getByRole('textbox', { name: 'Code to paste' }).inputValue();

  const { url, server } = await openPage(code);
  try {
    await page.goto(url);
    const element = page.locator('iframe');
    const frame = page.frameLocator('iframe');
    await element.scrollIntoViewIfNeeded();
    await expect(frame.getByRole('slider', { name: 'Time', exact: true })).toHaveValue('4000');
    await expect(frame.getByRole('textbox', { name: 'Seed' })).toHaveValue('5');
    await expect(frame.getByRole('group', { name: 'Tools' })).toBeHidden();

    // Its own height, however it changes: nothing to scroll and nothing left over.
    const spare = (): Promise<number> =>
      frame
        .locator('html')
        .evaluate(
          (root) => innerHeight - (root.querySelector('main')?.getBoundingClientRect().height ?? 0),
        );
    await expect.poll(spare).toBeGreaterThanOrEqual(0);
    await expect.poll(spare).toBeLessThan(2);
    const before = (await element.boundingBox())?.height ?? 0;
    await frame.getByText('Data tables').click();
    await expect
      .poll(async () => (await element.boundingBox())?.height ?? 0)
      .toBeGreaterThan(before + 50);
    await expect.poll(spare).toBeGreaterThanOrEqual(0);

    const paper = frame.locator('html');
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect(paper).toHaveCSS('background-color', 'rgb(22, 21, 19)');
    const say = (theme: string): Promise<void> =>
      page.evaluate((chosen) => {
        frames[0]?.postMessage({ steadyState: 'theme', theme: chosen }, '*');
      }, theme);
    await say('light');
    await expect(paper).toHaveCSS('background-color', 'rgb(251, 249, 244)');
    await say('system');
    await expect(paper).toHaveCSS('background-color', 'rgb(22, 21, 19)');

    const [home] = await Promise.all([
      page.context().waitForEvent('page'),
      frame.getByRole('link', { name: 'Open in Steady State' }).click(),
    ]);
    await expect(home).toHaveURL(
      /\/gallery\/queue\/\?queue-disciplines=1\.\d+;seed:5;t:4000#queue-disciplines$/,
    );
    await home.close();
    expect(seen).toEqual([]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });

  for (const theme of ['light', 'dark']) {
    test(`an embed has no accessibility violation in the ${theme} theme of its address`, async ({
      page,
    }) => {
      await page.goto(`/embed/queue/disciplines/?views=gone,scene&theme=${theme}`);
      await expectLive(page);
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      expect(await violations(page)).toEqual([]);
      const excess = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(excess).toBeLessThanOrEqual(0);
    });
  }
});

test('an embed shows its still without JavaScript, and stands in no list of pages', async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/embed/queue/rush/');
  await expect(page.locator('.fig-stage svg').first()).toBeVisible();
  await expect(page.getByRole('banner')).toHaveCount(0);
  await expect(page.locator('meta[name="robots"]')).toHaveAttribute('content', /noindex/);
  expect(await (await page.request.get('/sitemap.xml')).text()).not.toContain('/embed/');
  await context.close();
});
