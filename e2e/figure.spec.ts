/** What a reader does with a figure: sees it run, moves time, changes it, shares it. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { expectLive, heldBack } from './support';

const GUIDE = '/traffic-control/rate-limiting-algorithms/';

/** The first figure of the guide, once it runs. */
async function firstFigure(page: Page, address = GUIDE): Promise<Locator> {
  await page.goto(address);
  const figure = page.locator('article.fig').first();
  await expectLive(figure);
  return figure;
}

const time = (figure: Locator): Locator =>
  figure.getByRole('slider', { name: 'Time', exact: true });
const now = async (figure: Locator): Promise<number> => Number(await time(figure).inputValue());

/** Ends the autoplay, so that only the test moves time. */
async function pause(figure: Locator): Promise<void> {
  await figure.getByRole('button', { name: 'Pause' }).click();
  await expect(figure.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
}

for (const [name, viewport] of [
  ['a desktop', { width: 1280, height: 800 }],
  ['a phone', { width: 390, height: 844 }],
] as const) {
  test(`the first figure is in the first viewport of ${name} and moves untouched`, async ({
    page,
  }) => {
    await page.setViewportSize(viewport);
    const figure = await firstFigure(page);
    const box = await figure.locator('.fig-stage').boundingBox();
    expect(box?.y ?? Number.POSITIVE_INFINITY).toBeLessThan(viewport.height);
    await expect(figure.getByRole('button', { name: 'Pause' })).toBeVisible();
    const before = await now(figure);
    await expect.poll(() => now(figure), { timeout: 2000 }).toBeGreaterThan(before);
  });
}

for (const [name, viewport] of [
  ['a desktop', { width: 1280, height: 800 }],
  ['a phone', { width: 390, height: 844 }],
] as const) {
  test(`nothing shifts on ${name} when the figure comes to life, nor when the typefaces do`, async ({
    page,
  }) => {
    await page.setViewportSize(viewport);
    // Held back until the page has been drawn in what stands in for them.
    const faces: string[] = [];
    let isDrawn = (): void => {};
    const drawn = new Promise<void>((resolve) => {
      isDrawn = resolve;
    });
    await page.route('**/*.woff2', async (route) => {
      await drawn;
      faces.push(route.request().url());
      await route.continue();
    });
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          shifts.push((entry as unknown as { value: number }).value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(GUIDE, { waitUntil: 'commit' });
    const paints = () => page.evaluate(() => performance.getEntriesByType('paint').length);
    await expect.poll(paints).toBeGreaterThan(0);
    isDrawn();
    const figure = page.locator('article.fig').first();
    await expect(time(figure)).toBeEnabled();
    await page.evaluate(() => document.fonts.ready);
    const before = await now(figure);
    await expect.poll(() => now(figure)).not.toBe(before);
    expect(faces.join(' '), 'the interface is set in its own face').toContain('inter');
    const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
    expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.001);
  });
}

test('keys play, pause, step, jump, reset and explain themselves', async ({ page }) => {
  const figure = await firstFigure(page);
  await pause(figure);
  await time(figure).focus();
  await page.keyboard.press('Home');
  expect(await now(figure)).toBe(0);
  await page.keyboard.press('ArrowRight');
  const first = await now(figure);
  expect(first).toBeGreaterThan(0);
  await page.keyboard.press('ArrowRight');
  expect(await now(figure)).toBeGreaterThan(first);
  await page.keyboard.press('ArrowLeft');
  expect(await now(figure)).toBe(first);
  await page.keyboard.press('End');
  expect(await now(figure)).toBe(Number(await time(figure).getAttribute('max')));
  await page.keyboard.press('r');
  expect(await now(figure)).toBe(0);
  await page.keyboard.press('Space');
  await expect(figure.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.keyboard.press('Space');
  await expect(figure.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys of the figure' });
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('keys outside a figure do nothing to it', async ({ page }) => {
  const figure = await firstFigure(page);
  await pause(figure);
  await figure.getByRole('button', { name: 'To the start' }).click();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowRight');
  expect(await now(figure)).toBe(0);
});

test('dragging a control runs again, keeps the moment, and changes what the text says', async ({
  page,
}) => {
  const figure = await firstFigure(page);
  await pause(figure);
  await time(figure).fill('1200');
  const worst = figure
    .locator('.fig-numbers')
    .getByText('Worst window', { exact: true })
    .locator('..');
  await expect(worst).toContainText('20 requests');
  await figure.getByRole('slider', { name: 'Volley' }).fill('4');
  await expect(worst).toContainText('8 requests');
  expect(await now(figure)).toBe(1200);
  // Past the limit, twice the limit is where it ends.
  await figure.getByRole('slider', { name: 'Volley' }).fill('40');
  await expect(worst).toContainText('20 requests');
});

test('as time passes, only what moves is touched', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(GUIDE);
  const figure = page.locator('#race');
  await figure.scrollIntoViewIfNeeded();
  await expectLive(figure);
  await time(figure).focus();
  await page.keyboard.press('Home');
  const chart = figure.locator('.fig-view[data-kind=chart]').first();
  const picture = chart.getByRole('img').first();
  await chart.scrollIntoViewIfNeeded();
  await expect(picture).toHaveAccessibleName(/, at 0\.00/);
  // Runs are drawn in turn: what the way to the start still draws is no part of the step from there.
  const places = (): Promise<(string | null)[]> =>
    chart
      .locator('.v-head-line')
      .evaluateAll((lines) => [...new Set(lines.map((line) => line.getAttribute('x1')))]);
  await expect.poll(places).toEqual(['0%']);
  await chart.evaluate((view) => {
    const touched: string[] = [];
    Object.assign(window, { touched });
    new MutationObserver((records) => {
      for (const { target, type, attributeName } of records)
        touched.push(`${target.nodeName} ${attributeName ?? type}`);
    }).observe(view, { subtree: true, attributes: true, childList: true, characterData: true });
  });
  await time(figure).focus();
  await page.keyboard.press('PageUp');
  const touched = (): Promise<readonly string[]> =>
    page.evaluate(() => (window as unknown as { touched: readonly string[] }).touched);
  const heads = async (): Promise<number> =>
    (await touched()).filter((each) => each === 'line x1').length;
  // For each of seven runs the head moves, which is drawn in two parts.
  await expect.poll(heads).toBe(7 * 2);
  // With it an edge, a dot and a few numbers; the outlines of the runs stand.
  expect((await touched()).length).toBeLessThan(7 * 16);
  expect((await touched()).filter((each) => each === 'path d')).toEqual([]);
});

test('as time passes, the figure is laid out and not the page', async ({ browser, page }) => {
  const figure = await firstFigure(page);
  const before = await now(figure);
  await browser.startTracing(page, { categories: ['devtools.timeline'] });
  await expect.poll(() => now(figure), { timeout: 10_000 }).toBeGreaterThan(before + 500);
  const trace = JSON.parse((await browser.stopTracing()).toString()) as {
    readonly traceEvents: readonly {
      readonly name: string;
      readonly args: { readonly endData?: { readonly layoutRoots: readonly { depth: number }[] } };
    }[];
  };
  const depths = trace.traceEvents.flatMap(({ name, args }) =>
    name === 'Layout' && args.endData
      ? [Math.min(...args.endData.layoutRoots.map(({ depth }) => depth))]
      : [],
  );
  expect(depths.length).toBeGreaterThan(10);
  // A count beside a chart that reaches another number moves what is around it.
  const ofPage = depths.filter((depth) => depth <= 1);
  expect(ofPage.length).toBeLessThan(depths.length / 2);
});

test('a link opens the figure at its moment with its parameters, paused', async ({ page }) => {
  const figure = await firstFigure(page);
  await pause(figure);
  await figure.getByRole('slider', { name: 'Volley' }).fill('6');
  await time(figure).fill('1300');
  await expect.poll(() => page.url()).toContain('volley:6');
  await expect.poll(() => page.url()).toContain('t:1300');
  const opened = await firstFigure(page, page.url());
  expect(await now(opened)).toBe(1300);
  await expect(opened.getByRole('slider', { name: 'Volley' })).toHaveValue('6');
  await expect(opened.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
});

test('a bad link opens with the defaults and says what was dropped', async ({ page }) => {
  const figure = await firstFigure(
    page,
    `${GUIDE}?boundary=1.1;volley:999;colour:red;seed:-1;t:1250`,
  );
  const notice = figure.locator('.fig-notice');
  await expect(notice).toContainText('Volley');
  await expect(notice).toContainText('colour');
  await expect(notice).toContainText('Seed');
  await expect(figure.getByRole('slider', { name: 'Volley' })).toHaveValue('10');
  expect(await now(figure)).toBe(1250);
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  await expect(notice).toBeHidden();
});

test('Back leaves the page, however much was played with', async ({ page }) => {
  await page.goto('/');
  const figure = await firstFigure(page);
  await pause(figure);
  for (const value of ['3', '5', '9'])
    await figure.getByRole('slider', { name: 'Volley' }).fill(value);
  await expect.poll(() => page.url()).toContain('volley:9');
  await page.goBack();
  expect(new URL(page.url()).pathname).toBe('/');
});

test('one figure plays by itself at a time, and none under reduced motion', async ({ page }) => {
  const first = await firstFigure(page);
  await expect(first.getByRole('button', { name: 'Pause' })).toBeVisible();
  const second = page.locator('article.fig').nth(1);
  await second.locator('.fig-stage').evaluate((stage) => stage.scrollIntoView({ block: 'center' }));
  await expect(second.getByRole('button', { name: 'Pause' })).toBeVisible();
  const held = await now(first);
  const before = await now(second);
  await expect.poll(() => now(second)).toBeGreaterThan(before);
  expect(await now(first)).toBe(held);

  await page.emulateMedia({ reducedMotion: 'reduce' });
  const still = await firstFigure(page);
  await expect(still.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Pause' })).toHaveCount(0);
});

test('a figure that plays by itself is printed at its still', async ({ page }) => {
  const drawnAt = (): Promise<string | null | undefined> =>
    page.evaluate(() =>
      document.querySelector('article.fig .fig-view .v-head-line')?.getAttribute('x1'),
    );
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await firstFigure(page);
  const still = await drawnAt();
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  const figure = await firstFigure(page);
  await expect(figure.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect.poll(drawnAt).not.toBe(still);
  // What is printed is what stands there when the event is over.
  const printed = await page.evaluate(() => {
    dispatchEvent(new Event('beforeprint'));
    return document.querySelector('article.fig .fig-view .v-head-line')?.getAttribute('x1');
  });
  expect(printed).toBe(still);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(figure.getByRole('button', { name: 'Pause' })).toBeVisible();
});

test('the seed is shown, can be typed, and gives the same run again', async ({ page }) => {
  await page.goto(`${GUIDE}#race`);
  const figure = page.locator('#race');
  const seed = figure.getByRole('textbox', { name: 'Seed' });
  await expect(seed).toBeEnabled();
  const results = figure.locator('.fig-race');
  const before = await results.innerText();
  await seed.fill('99999999999');
  await seed.press('Enter');
  const refusal = figure.locator('.fig-refusal');
  await expect(refusal).toHaveText('A whole number from 0 to 4,294,967,295');
  // Nothing lies over it: neither the bar that stays at hand, nor the controls below.
  const isOnTop = await refusal.evaluate((box) => {
    box.scrollIntoView({ block: 'center' });
    const { left, top, width, height } = box.getBoundingClientRect();
    return [0.05, 0.5, 0.95].every((share) =>
      box.contains(document.elementFromPoint(left + share * width, top + height / 2)),
    );
  });
  expect(isOnTop).toBe(true);
  await expect(seed).not.toHaveValue('99999999999');
  await seed.fill('4711');
  await expect(refusal).toBeHidden();
  await seed.press('Enter');
  await expect(figure.locator('.fig-measures-title')).toContainText('seed 4711');
  const after = await results.innerText();
  expect(after).not.toBe(before);
  await figure.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => results.innerText()).toBe(before);
});

test('a prediction is made before the run, scored after it, and remembered', async ({ page }) => {
  await page.goto(GUIDE);
  const prediction = page.locator('#counter-worst-prediction');
  await prediction.scrollIntoViewIfNeeded();
  const option = prediction.getByRole('radio', { name: 'To almost twice the limit' });
  await expect(option).toBeEnabled();
  await option.check();
  await prediction.getByRole('button').filter({ hasText: /run/i }).first().click();
  await prediction.getByRole('button', { name: 'To the end' }).click();
  await expect(prediction).toContainText('A whole volley at the end of the previous window');
  await page.reload();
  await prediction.scrollIntoViewIfNeeded();
  await expect(prediction.getByRole('radio', { name: 'To almost twice the limit' })).toBeChecked();
});

test('what a prediction is scored on is the scenario, whatever was tried after it', async ({
  page,
}) => {
  await page.goto(GUIDE);
  const prediction = page.locator('#counter-worst-prediction');
  await prediction.scrollIntoViewIfNeeded();
  const options = prediction.getByRole('radio');
  await expect(options.first()).toBeEnabled();
  await options.first().focus();
  await page.keyboard.press('Space');
  const commit = prediction.getByRole('button', { name: 'Commit, then run' });
  await commit.focus();
  await page.keyboard.press('Enter');
  const slider = prediction.getByRole('slider', { name: 'Volley' });
  const declared = await slider.inputValue();
  await slider.focus();
  await page.keyboard.press('End');
  await expect(page).toHaveURL(/counter-worst-prediction-run=[^&]*volley/);
  const ask = prediction.getByRole('button', { name: 'Show the result now' });
  await ask.focus();
  await page.keyboard.press('Enter');
  // The button has gone; the keyboard has not lost its place.
  await expect(prediction.locator('.fig-panel')).toBeFocused();
  await prediction.getByRole('button', { name: 'Predict again' }).click();
  await options.first().check();
  await commit.click();
  await expect(slider).toHaveValue(declared);
  expect(page.url()).not.toContain('volley');
});

test('what is wider than its place scrolls by arrows, and the run stands still', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/distributed-systems/saga-pattern/#race');
  await expectLive(page.locator('#race'));
  const table = page.locator('#race .fig-measures .v-scroll');
  const time = page.locator('#race .fig-clock-now');
  const before = await time.textContent();
  await table.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => table.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0);
  expect(await time.textContent()).toBe(before);
});

test('who is in a still by keyboard goes on there when the figure comes to life', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const release = await heldBack(page, '**/sim/*.js');
  await page.goto('/distributed-systems/saga-pattern/#race');
  const figure = page.locator('#race');
  const table = figure.locator('.fig-measures .v-scroll');
  const leftPx = () => table.evaluate(({ scrollLeft }) => scrollLeft);
  await table.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(leftPx).toBeGreaterThan(0);
  await expect(figure.locator('input:enabled')).toHaveCount(0);
  release();
  await expectLive(figure);
  await expect(table).toBeFocused();
  expect(await leftPx()).toBeGreaterThan(0);
});

test('the checks run in the page and hold', async ({ page }) => {
  const scripts: string[] = [];
  page.on('worker', (worker) => scripts.push(worker.url()));
  await page.goto(GUIDE);
  const checks = page.locator('#rate-limiter-race-checks');
  await checks.scrollIntoViewIfNeeded();
  const run = checks.getByRole('button', { name: 'Run the checks' });
  await expect(run).toBeEnabled();
  // Their script is loaded for those who ask for it.
  expect(scripts.filter((url) => url.includes('.checks.'))).toEqual([]);
  await run.click();
  const total = await checks.locator('.fig-check').count();
  expect(total).toBeGreaterThan(7);
  await expect(checks.getByRole('status')).toHaveText(`${total} of ${total} hold`, {
    timeout: 30_000,
  });
});

test('a task is ticked by the engine and stays ticked after a reload', async ({ page }) => {
  await page.goto(GUIDE);
  const tasks = page.locator('#rate-limiter-race-tasks');
  await tasks.scrollIntoViewIfNeeded();
  const goal = tasks.locator('.fig-task').filter({ hasText: 'Protect the quiet client' });
  await goal.getByRole('button', { name: /^Open/ }).click();
  await tasks.getByRole('radio', { name: 'Client' }).check();
  await expect(goal.getByRole('img', { name: 'Reached', exact: true })).toBeVisible();
  await page.reload();
  await tasks.scrollIntoViewIfNeeded();
  await expect(goal.getByRole('img', { name: 'Reached', exact: true })).toBeVisible();
});

test('a figure whose program cannot be loaded says so, and the rest of the page is alive', async ({
  page,
}) => {
  await page.route('**/sim/*.js', (route) => route.abort());
  await page.goto(GUIDE);
  const figure = page.locator('article.fig').first();
  await expect(figure.getByRole('alert')).toBeVisible();
  await expect(figure.locator('svg').first()).toBeVisible();
  await page.getByRole('banner').getByText('Search', { exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('a phone shows every figure without horizontal scroll', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(GUIDE);
  const figures = page.locator('article.fig');
  for (let i = 0; i < (await figures.count()); i++) {
    await figures.nth(i).scrollIntoViewIfNeeded();
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test('a table that a phone cuts off shows it by a shadow at that edge', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/distributed-systems/saga-pattern/');
  const table = page.locator('#race .fig-measures .v-scroll');
  await table.scrollIntoViewIfNeeded();
  expect(
    await table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
  ).toBeGreaterThan(0);
  // Paper that scrolls along lies on the shadow, which stays: at the ends it covers it.
  await expect(table).toHaveCSS('background-attachment', 'local, scroll');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('each figure has its still, its caption and its data', async ({ page }) => {
    await page.goto(GUIDE);
    const figures = page.locator('article.fig:has(.fig-stage)');
    const count = await figures.count();
    expect(count).toBeGreaterThan(6);
    for (let i = 0; i < count; i++) {
      const figure = figures.nth(i);
      // The answer to a question is folded away, but there.
      const folded = figure.locator('details:has(.fig-stage) > summary');
      if ((await folded.count()) > 0) await folded.click();
      expect(await figure.locator('.fig-stage svg, .fig-stage table').count()).toBeGreaterThan(0);
      await expect(figure.locator('.fig-stage')).toBeVisible();
      await expect(figure.locator('details[data-section="data"] table').first()).toBeAttached();
    }
    await expect(page.locator('figcaption').first()).toContainText(
      'Each volley fits into a window',
    );
  });
});

test('what is held fixed and where tasks lead is read in full on a phone', async ({ browser }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  // The longest: a schedule of five steps, and titles of scenarios that are whole sentences.
  for (const guide of [
    'traffic-control/surviving-production-traffic',
    'resilience/circuit-breakers',
  ]) {
    await page.goto(`/${guide}/`);
    const texts = page.locator('.fig-held dd, .fig-reading button');
    expect(await texts.count()).toBeGreaterThan(10);
    const cut = await texts.evaluateAll((all) =>
      all
        .filter((text) => {
          const figure = text.closest('article') as HTMLElement;
          return text.getBoundingClientRect().right > figure.getBoundingClientRect().right + 1;
        })
        .map((text) => text.textContent),
    );
    expect(cut).toEqual([]);
  }
  await context.close();
});
