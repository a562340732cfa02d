/** Keys at random: nothing that is typed into a figure breaks it or holds the reader in it. */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';
import type { SimulationIndex } from '../lib/content/build-content';
import { pressAll } from './keyboard';
import { expectLive, watch } from './support';

// A figure that plays by itself would only keep the machine busy: keys are what is asked of it here.
test.use({ reducedMotion: 'reduce' });

const simulations = JSON.parse(
  readFileSync('.generated/simulations.json', 'utf8'),
) as SimulationIndex;

/** What a figure and its parts listen to, and what they do not; Enter would follow a link. */
const KEYS = [
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Shift+ArrowLeft',
  'Shift+ArrowRight',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'Space',
  '+',
  '-',
  'r',
  'x',
  '0',
  '7',
  '.',
  'Backspace',
  'Escape',
];

/**
 * Squares modulo a prime: an order that looks random and is always the same.
 *
 * @param from place of the first in that order
 */
const randomKeys = (count: number, keys: readonly string[] = KEYS, from = 0): string[] =>
  Array.from({ length: count }, (_, place) => {
    const i = from + place;
    return keys[((i * i * 7 + i) % 1009) % keys.length] ?? '';
  });

/** Each figure of a gallery gets others: what one kind of view or control does, its own test asks of it. */
const KEYS_OF_A_FIGURE = 15;

/** Waits until the figure is live, where something is drawn and nothing is said to have failed. */
async function expectWhole(figure: Locator): Promise<void> {
  await expectLive(figure);
  // All in one question, which the browser itself answers.
  const { id, drawings, alerts, cut } = await figure.evaluate((article) => ({
    id: article.id,
    drawings: article.querySelectorAll('.fig-stage :is(svg, table, [role="listbox"])').length,
    alerts: [...article.querySelectorAll('[role="alert"]')].map(({ textContent }) => textContent),
    // Columns are as narrow as on a phone wherever a row has room for one more.
    cut: [...article.querySelectorAll('.fig-numbers > div')]
      .filter((place) => {
        const value = document.createRange();
        value.selectNodeContents(place.querySelector('b') ?? place);
        const { right } = place.getBoundingClientRect();
        return value.getBoundingClientRect().right > right + 0.5;
      })
      .map(({ textContent }) => textContent),
  }));
  expect(drawings, id).toBeGreaterThan(0);
  expect(alerts, id).toEqual([]);
  expect(cut, `${id}: numbers wider than their column`).toEqual([]);
}

for (const [id, { figures }] of Object.entries(simulations)) {
  test(`the gallery shows every scenario of ${id}, running, and keys break none`, async ({
    page,
  }) => {
    const problems = watch(page);
    await page.goto(`/gallery/${id}/`);
    const ids = await page.evaluate(() =>
      [...document.querySelectorAll('article.fig:has(.fig-stage)')].map((figure) => figure.id),
    );
    expect(ids).toHaveLength(figures.length);
    for (const [place, figureId] of ids.entries()) {
      // By its id, or each question to it would look for figures in all of the page first.
      const figure = page.locator(`#${figureId}`);
      await figure.scrollIntoViewIfNeeded();
      await expectWhole(figure);
      const stage = figure.locator('.fig-stage');
      await stage.focus();
      // Tab goes on to buttons and controls, which get the keys after it.
      const keys = [...KEYS, 'Tab', '?', 'Tab'];
      await pressAll(page, randomKeys(KEYS_OF_A_FIGURE, keys, place * KEYS_OF_A_FIGURE));
      // Whatever was opened is closed, and the figure still obeys.
      await page.keyboard.press('Escape');
      await stage.focus();
      await page.keyboard.press('End');
      await expectWhole(figure);
    }
    expect(problems).toEqual([]);
  });
}

interface Place {
  readonly simulation: string;
  readonly scenario: string;
}

/** The first scenario that shows each kind of a thing. */
function firstOfEach(
  kindsOf: (simulation: SimulationIndex[string], scenario: string) => readonly string[],
): ReadonlyMap<string, Place> {
  const first = new Map<string, Place>();
  for (const [id, simulation] of Object.entries(simulations))
    for (const { scenario } of simulation.embeds)
      for (const kind of kindsOf(simulation, scenario))
        if (!first.has(kind)) first.set(kind, { simulation: id, scenario });
  return first;
}

const views = firstOfEach(({ description }, scenario) =>
  (description.scenarios[scenario]?.views ?? []).map((id) => description.views[id]?.kind ?? ''),
);

const controls = firstOfEach(({ description }, scenario) =>
  (description.scenarios[scenario]?.controls ?? []).map(
    (id) => description.parameters[id]?.kind ?? '',
  ),
);

/** The figure of a scenario by itself, on the page that others embed: it has all that a figure has. */
async function openAlone(page: Page, { simulation, scenario }: Place): Promise<Locator> {
  await page.goto(`/embed/${simulation}/${scenario}/`);
  const figure = page.locator('article.fig');
  await expectWhole(figure);
  return figure;
}

/** Whether Tab leads out of it, with a press for each stop inside and one more. */
async function expectNoTrap(page: Page, part: Locator): Promise<void> {
  const stops = await part.locator('a, button, input, select, summary, [tabindex="0"]').count();
  for (let press = 0; press <= stops + 1; press++) {
    await page.keyboard.press('Tab');
    if (await part.evaluate((element) => !element.contains(document.activeElement))) return;
  }
  throw new Error(`Expected ${stops + 2} presses of Tab to leave ${part}, got stuck.`);
}

for (const [kind, place] of views) {
  test(`a thousand keys leave a view of kind ${kind} whole`, async ({ page }) => {
    const problems = watch(page);
    const figure = await openAlone(page, place);
    const stage = figure.locator('.fig-stage');
    await stage.focus();
    await stage.evaluate(async (element, keys) => {
      const targets = [element, ...element.querySelectorAll('[tabindex], button, summary')];
      for (const [index, name] of keys.entries()) {
        targets[index % targets.length]?.dispatchEvent(
          new KeyboardEvent('keydown', {
            key: name.replace('Shift+', '').replace('Space', ' '),
            shiftKey: name.startsWith('Shift+'),
            bubbles: true,
            cancelable: true,
          }),
        );
        // What the keys have changed is drawn now and then, as it is between those of a reader.
        if (index % 10 === 9) await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    }, randomKeys(1000));
    const time = figure.getByRole('slider', { name: 'Time', exact: true });
    await page.keyboard.press('Home');
    const start = await time.getAttribute('aria-valuetext');
    await page.keyboard.press('End');
    await expect(time).not.toHaveAttribute('aria-valuetext', start ?? '');
    await expectNoTrap(page, stage);
    await expect(figure.getByRole('alert')).toHaveCount(0);
    expect(problems).toEqual([]);
  });
}

for (const [kind, place] of controls) {
  test(`a thousand keys leave a control of kind ${kind} whole`, async ({ page }) => {
    const problems = watch(page);
    const { description } = simulations[place.simulation] ?? {};
    const id = description?.scenarios[place.scenario]?.controls.find(
      (each) => description.parameters[each]?.kind === kind,
    );
    const label = description?.parameters[id ?? '']?.label ?? '';
    const figure = await openAlone(page, place);
    const control = figure.locator('.fig-control').filter({ hasText: label }).first();
    const field = control.locator('input, select, [tabindex="0"]').first();
    await field.focus();
    await pressAll(page, randomKeys(1000));
    await expect(field).toBeFocused();
    await expectNoTrap(page, control);
    await figure.getByRole('button', { name: 'Reset', exact: true }).click();
    await expectLive(figure);
    await expect(figure.getByRole('alert')).toHaveCount(0);
    expect(problems).toEqual([]);
  });
}
