/** Views that are operated: a cell of a grid is chosen by keys and by touch. */
import { expect, type Page, test } from '@playwright/test';
import { expectLive, violations } from './support';

/** The first figure with a grid in the gallery, standing still at its end. */
async function gridFigure(page: Page) {
  await page.goto('/gallery/btree/');
  const figure = page.locator('article.fig').first();
  await expectLive(figure);
  const stage = figure.locator('.fig-stage');
  await stage.focus();
  await page.keyboard.press('End');
  const grid = figure.getByRole('listbox', { name: 'Pages in memory' });
  return { figure, stage, grid, said: figure.locator('.v-grid-said') };
}

test('a cell is chosen by keys, and time keeps its own', async ({ page }) => {
  const { figure, stage, grid, said } = await gridFigure(page);
  await expect(said).toContainText('At 30.00');

  await stage.press('Tab');
  await expect(grid).toBeFocused();
  await expect(said).toContainText('Frame 0: page');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(said).toContainText('Frame 2: page');
  await expect(grid.getByRole('option', { selected: true })).toHaveCount(1);
  await page.keyboard.press('End');
  await expect(said).toContainText('Frame 9: page');
  await expect(figure.getByRole('slider', { name: 'Time', exact: true })).toHaveAttribute(
    'aria-valuetext',
    /30\.00/,
  );

  expect(await violations(page, 'article.fig')).toEqual([]);

  await page.keyboard.press('Escape');
  await expect(said).toContainText('At 30.00');
  // Space is the player's wherever nothing is typed.
  await page.keyboard.press('Space');
  await expect(figure.getByRole('button', { name: 'Pause' })).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a cell is chosen by touch and let go by another', async ({ page }) => {
    const { grid, said } = await gridFigure(page);
    await grid.getByRole('option').nth(4).tap();
    await expect(said).toContainText('Frame 4: page');
    await grid.getByRole('option').nth(4).tap();
    await expect(said).toContainText('At 30.00');
  });
});
