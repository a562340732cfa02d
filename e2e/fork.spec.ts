/** Fork and compare: the reader does something to a run, and holds what becomes of it against the original. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { expectLive, violations, watch } from './support';

/** A single run (a queue whose servers can be crashed) and a race of two, each with interventions. */
const PAGE = '/gallery/queue/';

const time = (figure: Locator): Locator =>
  figure.getByRole('slider', { name: 'Time', exact: true });

/** A figure of the page, running, at a moment, with a tool of it open. */
async function open(
  page: Page,
  { id, tool, atMs }: { readonly id: string; readonly tool: string; readonly atMs: number },
): Promise<{ figure: Locator; panel: Locator }> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(PAGE);
  const figure = page.locator(`#${id}`);
  await figure.scrollIntoViewIfNeeded();
  await expectLive(figure);
  await time(figure).fill(String(atMs));
  await figure.getByRole('button', { name: tool, exact: true }).click();
  const panel = figure.getByRole('region', { name: tool, exact: true });
  await expect(panel).toBeVisible();
  return { figure, panel };
}

test('a fork leaves the original where something is done to it, and is in the link', async ({
  page,
}) => {
  const problems = watch(page);
  const { figure, panel } = await open(page, { id: 'queue-rush', tool: 'Fork', atMs: 12_300 });
  await expect(panel).toContainText('At 12.30');
  await panel.getByLabel('Crash a server: which').selectOption({ label: 'Server 2' });
  await panel.getByRole('button', { name: 'Crash a server: fork here' }).click();

  const first = panel.getByRole('listitem').filter({ hasText: 'Crash a server (Server 2)' }).last();
  await expect(first).toContainText('First difference at 12.30');
  await expect(first).toContainText('“Server 2 crashes”');
  const table = panel.getByRole('table');
  await expect(table.getByRole('columnheader')).toHaveText(['Measure', 'Original', 'Fork 1']);
  await expect(table.getByRole('row').filter({ hasText: 'Present' })).toContainText(/[+−][\d.]+/);
  await expect(table.getByRole('row').filter({ hasText: 'Turned away' })).toContainText(
    'no difference',
  );
  // Before that moment the same, after it not.
  const served = figure.locator('.fig-view[data-kind=states] tbody tr');
  const rowsOf = async (run: string): Promise<string[]> =>
    (await served.allInnerTexts())
      .filter((row) => row.startsWith(run))
      .map((row) => row.slice(run.length));
  await served.first().scrollIntoViewIfNeeded();
  await time(figure).fill('12000');
  await expect.poll(() => rowsOf('Original')).not.toEqual([]);
  // Each run is drawn in its turn, and not both in one frame.
  await expect
    .poll(async () => (await rowsOf('Fork 1')).join() === (await rowsOf('Original')).join())
    .toBe(true);
  await time(figure).fill('20000');
  await expect
    .poll(async () => (await rowsOf('Fork 1')).join())
    .not.toBe((await rowsOf('Original')).join());

  // A second fork goes on from the first; where it has nothing to do, that is said.
  await panel.getByLabel('Fork of').selectOption({ index: 1 });
  await panel.getByLabel('Repair a server: which').selectOption({ label: 'Server 1' });
  await panel.getByRole('button', { name: 'Repair a server: fork here' }).click();
  await expect(
    panel.getByRole('listitem').filter({ hasText: 'Repair a server (Server 1)' }).last(),
  ).toContainText('Crash a server (Server 2) at 12.3');
  await expect(table.getByRole('columnheader')).toHaveCount(4);

  // The link brings both back, at this moment.
  await expect.poll(() => decodeURIComponent(page.url())).toContain('act~crash~server-2*20000~act');
  await page.goto(page.url());
  await expectLive(figure);
  expect(await time(figure).inputValue()).toBe('20000');
  const legend = figure.locator('.fig-sight');
  await expect(legend).toContainText('Fork 1: Crash a server (Server 2) at 12.3');
  await expect(legend).toContainText('Fork 2: Crash a server (Server 2) at 12.3');

  // Removed, they are gone from scene, measures and link.
  await figure.getByRole('button', { name: 'Fork', exact: true }).click();
  await panel.getByRole('button', { name: /^Go to .* where Fork 1 begins$/ }).click();
  expect(await time(figure).inputValue()).toBe('12300');
  await panel.getByRole('button', { name: 'Remove Fork 2' }).click();
  await panel.getByRole('button', { name: 'Remove Fork 1' }).click();
  await expect(panel.getByText('No forks yet')).toBeVisible();
  await expect(legend).toBeHidden();
  await expect.poll(() => page.url()).not.toContain('fork:');
  expect(problems).toEqual([]);
});

test('of a race and its forks a line is seen, and the reader chooses which', async ({ page }) => {
  const { figure, panel } = await open(page, { id: 'queue-disciplines', tool: 'Fork', atMs: 9000 });
  await panel.getByRole('button', { name: 'Crash a server: fork here' }).click();
  const rows = figure.locator('.fig-race tbody th');
  await expect(rows).toHaveText(['Original', 'Fork 1']);
  const seen = figure.getByLabel('Seen');
  await expect(figure.locator('.fig-sight')).toContainText('2 of 4 runs not drawn');
  await seen.selectOption({ label: 'Fork 1: all variants' });
  await expect(rows).toHaveText(['First in, first out', 'Last in, first out']);
  await seen.selectOption({ label: 'Last in, first out: original and forks' });
  await expect(panel).toContainText('Of “Last in, first out”');
});

test('by keyboard alone: a parameter is changed from now on, forked, and the keys drive all runs', async ({
  page,
}) => {
  const { figure, panel } = await open(page, { id: 'queue-rush', tool: 'Fork', atMs: 6000 });
  const slider = panel.getByRole('slider', { name: 'Arrivals' });
  await slider.focus();
  await page.keyboard.press('End');
  const button = panel.getByRole('button', { name: 'Arrivals: fork here' });
  // From the slider to the button by the next key only.
  await page.keyboard.press('Tab');
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  const remove = panel.getByRole('button', { name: 'Remove Fork 1' });
  await expect(panel.getByRole('status')).toContainText('Fork 1 made: Arrivals: 16');
  await expect(remove).toBeVisible();
  expect(await time(figure).inputValue()).toBe('6000');
  await figure.locator('.fig-stage').focus();
  await page.keyboard.press('ArrowRight');
  const next = Number(await time(figure).inputValue());
  expect(next).toBeGreaterThan(6000);
  await page.keyboard.press('Home');
  expect(await time(figure).inputValue()).toBe('0');
  await remove.focus();
  await page.keyboard.press('Space');
  await expect(remove).toBeHidden();
  // The focus is not lost with the button that had it.
  await expect(panel.getByText('No forks yet')).toBeFocused();
  // At the end there is nothing left to fork, and that is said.
  await figure.locator('.fig-stage').focus();
  await page.keyboard.press('End');
  await expect(button).toBeDisabled();
  await expect(panel).toContainText('This is the end of the run');
});

test('a fork is made with the value that the slider was moved to in the same moment', async ({
  page,
}) => {
  const { panel } = await open(page, { id: 'queue-rush', tool: 'Fork', atMs: 6000 });
  // One task of the page: nothing that waits for its end has been done when the button is used.
  await panel
    .getByRole('button', { name: 'Arrivals: fork here' })
    .evaluate((button: HTMLButtonElement) => {
      const slider = button.closest('li')?.querySelector<HTMLInputElement>('input[type=range]');
      if (!slider) throw new Error('Expected a slider beside the button, found none.');
      slider.focus();
      slider.stepUp(100);
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      button.focus();
      button.click();
    });
  await expect(panel.getByRole('status')).toContainText('Fork 1 made: Arrivals: 16');
});

test('a link with forks that cannot be made says which, and makes the others', async ({ page }) => {
  await page.goto(
    `${PAGE}?queue-rush=1.1;t:5000;fork:4000~act~crash~server-9;fork:4000~act~crash~server-1;fork:x#queue-rush`,
  );
  const figure = page.locator('#queue-rush');
  const notice = figure.locator('.fig-notice');
  await expect(notice).toContainText('Fork 1: expected a target of “crash”');
  await expect(notice).toContainText('Fork 3: expected a moment and what is done then');
  await expect(figure.locator('.fig-sight')).toContainText('Fork 1: Crash a server (Server 1)');
});

test('the distribution of each run in sight is drawn, and said in numbers', async ({ page }) => {
  const problems = watch(page);
  const { panel } = await open(page, {
    id: 'queue-disciplines',
    tool: 'Distribution',
    atMs: 9000,
  });
  const chart = panel.getByRole('img', { name: /^Distribution of “Wait”/ });
  await expect(chart.locator('.recharts-line')).toHaveCount(2);
  const rows = panel.getByRole('row');
  await expect(rows.first().getByRole('columnheader')).toHaveText([
    'Run',
    'n',
    'p50',
    'p90',
    'p99',
    'p99.9',
  ]);
  await expect(rows.filter({ hasText: 'First in, first out' })).toContainText(/\d.* to \d/);
  // Fewer than ten thousand customers cannot carry it.
  await expect(rows.nth(1).getByRole('cell').last()).toContainText('needs at least 10,000');
  await panel.getByLabel('Measure').selectOption({ index: 1 });
  await expect(panel.getByRole('img', { name: /^Distribution of “Wait”/ })).toHaveCount(0);
  await panel.getByLabel('Logarithmic axis').check();
  await expect(panel.locator('.recharts-line')).toHaveCount(2);
  expect(problems).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`on a phone nothing overflows, and axe finds nothing, ${colorScheme}`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme });
    const { figure, panel } = await open(page, {
      id: 'queue-disciplines',
      tool: 'Fork',
      atMs: 9000,
    });
    await panel.getByRole('button', { name: 'Crash a server: fork here' }).click();
    await expect(panel.getByRole('table')).toBeVisible();
    const clean = async (): Promise<void> => {
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      expect(await violations(page, '#queue-disciplines')).toEqual([]);
    };
    await clean();
    await figure.getByRole('button', { name: 'Distribution', exact: true }).click();
    await expect(figure.locator('.recharts-line')).toHaveCount(2);
    await clean();
  });
}
