/** Sweeps: under a figure, run by the reader; in a guide, ready-made. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { violations, watch } from './support';

const GUIDE = '/traffic-control/rate-limiting-algorithms/';

/** The sweep panel of the race, open. */
async function open(page: Page): Promise<{ readonly figure: Locator; readonly panel: Locator }> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(GUIDE);
  const figure = page.locator('#race');
  await figure.scrollIntoViewIfNeeded();
  await figure.getByRole('button', { name: 'Sweep', exact: true }).click();
  const panel = figure.getByRole('region', { name: 'Sweep' });
  await expect(panel.getByLabel('Measure')).toBeVisible();
  return { figure, panel };
}

const done = (panel: Locator): Promise<void> =>
  expect(panel.getByRole('status')).toHaveText(/^The sweep is done: \d+ runs\.$/, {
    timeout: 30_000,
  });

test('a sweep runs, is read by keys, sets the figure, and follows another choice', async ({
  page,
}) => {
  const problems = watch(page);
  const { figure, panel } = await open(page);
  await panel.getByLabel('Sweep', { exact: true }).selectOption({ label: 'Burst' });
  await panel.getByLabel('Seeds').selectOption('3');
  await done(panel);

  const reading = panel.getByRole('slider', { name: /^Burst: read the chart/ });
  await reading.focus();
  await page.keyboard.press('Home');
  await expect(reading).toHaveAttribute('aria-valuetext', /^1\u00a0request; .*Token bucket .*±/);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  const burst = figure.getByRole('slider', { name: 'Burst', exact: true });
  await expect(burst).toHaveValue('40');

  // What else changes in the figure makes the sweep one of before.
  await figure.getByRole('slider', { name: 'Limit', exact: true }).fill('20');
  await expect(panel.getByText(/figure has changed since \(limit\)/)).toBeVisible();
  await panel.getByRole('button', { name: 'Sweep again' }).click();
  await expect(panel.getByText(/has changed since/)).toBeHidden();
  await done(panel);

  await panel.getByText('Data table').click();
  await expect(panel.getByRole('table').getByRole('row')).not.toHaveCount(1);
  await expect(panel.getByRole('rowheader', { name: '40 requests' })).toBeVisible();
  expect(problems).toEqual([]);
});

test('a sweep that is cancelled keeps what it has, and none goes on when its panel is closed', async ({
  page,
}) => {
  const { figure, panel } = await open(page);
  await panel.getByLabel('Points').selectOption('fine');
  await panel.getByLabel('Seeds').selectOption('20');
  await panel.getByRole('button', { name: 'Cancel' }).click();
  await expect(panel.getByRole('status')).toHaveText(/^The sweep was cancelled after \d+ runs\.$/);
  await panel.getByRole('button', { name: 'Sweep again' }).click();
  await expect(panel.getByRole('button', { name: 'Cancel' })).toBeVisible();
  // One worker is the figure's own; those of the sweep start when the machine has time for them.
  await expect.poll(() => page.workers().length).toBeGreaterThan(1);
  const during = page.workers().length;
  await figure.getByRole('button', { name: 'Sweep', exact: true }).click();
  await expect(panel).toBeHidden();
  await expect.poll(() => page.workers().length).toBeLessThan(during);
  // The choices are still there.
  await figure.getByRole('button', { name: 'Sweep', exact: true }).click();
  await expect(panel.getByLabel('Seeds')).toHaveValue('20');
});

for (const [theme, width] of [
  ['light', 1280],
  ['dark', 390],
] as const) {
  test(`curve, heat map and front are accessible in the ${theme} theme at ${width} px`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height: 844 });
    const { figure, panel } = await open(page);
    await panel.getByLabel('Points').selectOption('coarse');
    await panel.getByLabel('Seeds').selectOption('3');
    await done(panel);
    await panel.getByRole('slider').focus();
    expect(await violations(page, '#race')).toEqual([]);

    await panel.getByLabel('Against').selectOption({ label: 'Limit' });
    await done(panel);
    expect(await violations(page, '#race')).toEqual([]);
    const here = panel
      .getByRole('gridcell')
      .getByRole('button', { name: /where the figure is now/ });
    await here.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const limit = figure.getByRole('slider', { name: 'Limit', exact: true });
    await expect(limit).not.toHaveValue('10');

    await panel.getByLabel('Against').selectOption({ label: 'Worst window' });
    await done(panel);
    await expect(panel.getByText(/^On the front/)).toBeVisible();
    expect(await violations(page, '#race')).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
}

test('a ready-made sweep stands there at once, and is read when the browser has run it', async ({
  page,
}) => {
  const problems = watch(page);
  await page.goto(GUIDE);
  const figure = page.locator('#race-burst');
  await expect(figure.locator('[data-chart] > svg')).toHaveCount(2);
  const said = await figure.locator('.v-sweep-words').textContent();
  expect(said).toMatch(/Accepted grows .*-fold between/);
  await figure.scrollIntoViewIfNeeded();
  const reading = figure.getByRole('slider', { name: 'Burst: read the chart' }).first();
  await expect(reading).toBeVisible({ timeout: 20_000 });
  // The same runs give the same numbers, here and in the build.
  await figure.getByText('Data table').click();
  const first = await figure.getByRole('row').nth(1).getByRole('cell').first().textContent();
  await reading.focus();
  await page.keyboard.press('Home');
  await expect(reading).toHaveAttribute('aria-valuetext', new RegExp(`Accepted ${first}`));
  await figure.scrollIntoViewIfNeeded();
  expect(await violations(page, '#race-burst')).toEqual([]);
  expect(problems).toEqual([]);
});
