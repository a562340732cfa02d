/**
 * A page shows what its reader went to, and keeps it there: although figures that nobody has seen are not
 * laid out, and stills become live figures, nothing pushes away what is read.
 */
import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import type { LabIndex } from '../lib/content/build-content';
import { expectLive, painted } from './support';

/** Has figures, predictions, labs and tasks: of all kinds of heights. */
const GUIDE = '/api-design/api-pagination/';
/** Behind all of them but the tasks. */
const FIGURE = 'race';

const VIEWPORTS = [
  ['a desktop', { width: 1280, height: 800 }],
  ['a phone', { width: 390, height: 844 }],
] as const;

/** Distance of an element from the upper edge of the window, px. */
const top = (page: Page, id: string): Promise<number> =>
  page.evaluate((it) => document.getElementById(it)?.getBoundingClientRect().top ?? Number.NaN, id);

/** Where a browser puts it: below what the page keeps free above it. */
const wantedTop = (page: Page, id: string): Promise<number> =>
  page.evaluate((it) => {
    const element = document.getElementById(it);
    if (!element) return Number.NaN;
    const kept = getComputedStyle(document.documentElement).scrollPaddingTop;
    return (
      Number.parseFloat(getComputedStyle(element).scrollMarginTop) + (Number.parseFloat(kept) || 0)
    );
  }, id);

for (const [name, viewport] of VIEWPORTS) {
  test(`on ${name} a link to a figure shows it, and it stays while those above come to life`, async ({
    page,
  }) => {
    await page.setViewportSize(viewport);
    await page.goto(`${GUIDE}#${FIGURE}`);
    const wanted = await wantedTop(page, FIGURE);
    await expectLive(page.locator(`#${FIGURE}`));
    await frames(page, 12);
    expect(Math.abs((await top(page, FIGURE)) - wanted)).toBeLessThan(1);
    // And where the reader has left the page, he finds it.
    await page.mouse.wheel(0, -300);
    await expect.poll(() => top(page, FIGURE)).toBeGreaterThan(wanted + 290);
    const left = await top(page, FIGURE);
    await page.reload();
    await expectLive(page.locator(`#${FIGURE}`));
    await frames(page, 12);
    expect(Math.abs((await top(page, FIGURE)) - left)).toBeLessThan(2);
  });
}

test('the buttons of code come without moving what stands below', async ({ page, browser }) => {
  const heights = (of: Page): Promise<number[]> =>
    of
      .locator('.code-head')
      .evaluateAll((all) => all.map((head) => head.getBoundingClientRect().height));
  const silent = await browser.newPage({ javaScriptEnabled: false });
  await silent.goto(GUIDE);
  const before = await heights(silent);
  await silent.close();
  expect(before.length).toBeGreaterThan(0);
  await page.goto(GUIDE);
  await expect(page.locator('.code-head button').first()).toBeVisible();
  expect(await heights(page)).toEqual(before);
});

test('every link of the contents leads to its section, however soon it is followed', async ({
  page,
}) => {
  await page.setViewportSize(VIEWPORTS[0][1]);
  await page.goto(GUIDE);
  const links = page.getByRole('navigation', { name: 'On this page' }).getByRole('link');
  const ids = await links.evaluateAll((all) =>
    all.map((link) => decodeURIComponent((link as HTMLAnchorElement).hash.slice(1))),
  );
  expect(ids.length).toBeGreaterThan(5);
  // Some of them, since each takes a page of its own: with figures, labs and predictions before them.
  for (const [i, id] of ids.entries()) {
    if (i % 3 !== 1) continue;
    await page.goto('about:blank');
    await page.goto(GUIDE, { waitUntil: i % 2 === 0 ? 'domcontentloaded' : 'load' });
    await links.nth(i).click();
    const wanted = await wantedTop(page, id);
    // The last sections of a page cannot stand at its top.
    const isEnd = (): Promise<boolean> =>
      page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 1);
    await expect
      .poll(async () => (await isEnd()) || Math.abs((await top(page, id)) - wanted) < 1, {
        message: `#${id} at ${wanted} px`,
      })
      .toBe(true);
    // Some frames later, in which what came near is laid out, it still stands there.
    await frames(page, 12);
    expect(
      (await isEnd()) || Math.abs((await top(page, id)) - wanted) < 1,
      `#${id} at ${await top(page, id)} px, wanted at ${wanted}`,
    ).toBe(true);
  }
});

for (const [name, viewport] of VIEWPORTS) {
  test(`on ${name} nothing jumps while one reads backwards from the end`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await page.goto(GUIDE);
    await painted(page);
    await page.keyboard.press('End');
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(viewport.height);
    await frames(page, 12);
    const jumps = await page.evaluate(async () => {
      const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
      const found: string[] = [];
      const STEP = 200;
      while (scrollY > STEP) {
        // What is read: the first line of text that is whole in sight, or else whatever is.
        const read = [...document.querySelectorAll('.prose > :is(p, h2, h3, ul)')].find(
          (element) => {
            const { top, bottom } = element.getBoundingClientRect();
            return top > 0 && bottom > top && bottom < innerHeight - STEP;
          },
        );
        const before = read?.getBoundingClientRect().top ?? 0;
        scrollBy({ top: -STEP, behavior: 'instant' });
        for (let i = 0; i < 4; i++) await frame();
        if (!read?.isConnected) continue;
        const movedPx = read.getBoundingClientRect().top - before - STEP;
        if (Math.abs(movedPx) > 2)
          found.push(`${read.textContent?.slice(0, 40)} by ${Math.round(movedPx)} px`);
      }
      return found;
    });
    expect(jumps).toEqual([]);
  });
}

const labs = Object.values(JSON.parse(readFileSync('.generated/labs.json', 'utf8')) as LabIndex);

for (const { id } of labs)
  test(`${id}: a lab comes to life in the height of its still`, async ({ page }) => {
    for (const [, viewport] of VIEWPORTS) {
      await page.setViewportSize(viewport);
      // The programs are held back until the still has been measured in its typefaces.
      let isMeasured = (): void => {};
      const measured = new Promise<void>((resolve) => {
        isMeasured = resolve;
      });
      await page.route('**/*.js', async (route) => {
        await measured;
        await route.continue();
      });
      await page.goto(`/labs/${id}/`, { waitUntil: 'domcontentloaded' });
      const height = (): Promise<number> =>
        page
          .locator('.lab')
          .first()
          .evaluate(async (lab) => {
            await document.fonts.ready;
            return lab.getBoundingClientRect().height;
          });
      const before = await height();
      isMeasured();
      await expect(page.getByRole('button', { name: 'Run all steps' })).toBeVisible();
      expect(await height(), `${viewport.width} px wide`).toBe(before);
      await page.unroute('**/*.js');
    }
  });

/** Lets this many frames pass, in which the page does what it has to. */
async function frames(page: Page, count: number): Promise<void> {
  await page.evaluate(async (left) => {
    for (let i = 0; i < left; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
  }, count);
}
