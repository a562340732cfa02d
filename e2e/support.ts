/** What the browser tests share. */

import { expect, type Locator, type Page } from '@playwright/test';
import axe from 'axe-core';

/** Console errors, failed requests and requests to other hosts while a test runs. */
export function watch(page: Page): string[] {
  const seen: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') seen.push(message.text());
  });
  page.on('pageerror', (error) => seen.push(error.message));
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (/^https?:$/.test(protocol) && hostname !== 'localhost')
      seen.push(`foreign: ${request.url()}`);
  });
  return seen;
}

/**
 * Waits until a figure, or the only one of a page, is live. First for its slider to be there at all: each
 * try of an `expect` whose element is not there describes the whole page, for the message of a failure
 * that mostly does not come, and costs a long page more than its figure does.
 */
export async function expectLive(figure: Locator | Page): Promise<void> {
  const time = figure.getByRole('slider', { name: 'Time', exact: true });
  await time.waitFor({ state: 'attached' });
  await expect(time).toBeEnabled();
}

/**
 * Opens the search by a shortcut. A key pressed before the page's program has started goes nowhere, so
 * it is pressed again until the dialog is there, as a reader would.
 */
export async function openSearch(page: Page, shortcut = '/'): Promise<void> {
  await expect(async () => {
    if (!(await page.getByRole('dialog').isVisible())) await page.keyboard.press(shortcut);
    await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused({ timeout: 2000 });
  }).toPass();
}

export async function closeSearch(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
}

/**
 * axe with its private fields kept in the objects themselves. It is compiled for engines that have no
 * such fields and keeps them in WeakMaps, of every colour that it looks at: half of its time on a guide.
 * It also reads each colour anew, of every element: a third of what is left, and a page has few colours.
 *
 * Of what has the same colours and font, on the same ground, the contrast is the same: of thousands of
 * cells and words two of each such look are asked, where they lie in the flow of the page. What is placed
 * freely, and so may lie over anything, is asked one by one, as is everything by all other rules.
 */
const AXE = `((WeakMap, WeakSet) => { ${axe.source} })(
  class {
    name = Symbol();
    has(key) { return this.name in key; }
    get(key) { return key[this.name]; }
    set(key, value) { key[this.name] = value; return this; }
    delete(key) { return this.has(key) && delete key[this.name]; }
  },
  class {
    name = Symbol();
    has(key) { return this.name in key; }
    add(key) { key[this.name] = true; return this; }
    delete(key) { return this.has(key) && delete key[this.name]; }
  },
);
{
  const { prototype } = axe.commons.color.Color;
  const { parseString } = prototype;
  const known = new Map();
  prototype.parseString = function (text) {
    if (!known.has(text)) {
      const { r, g, b, alpha } = parseString.call(this, text);
      known.set(text, { r, g, b, alpha });
    }
    return Object.assign(this, known.get(text));
  };
}
{
  const contrast = axe._audit.rules.find(({ id }) => id === 'color-contrast');
  const { matches } = contrast;
  // Element → what is painted under its text, outermost first, and whether any of it is placed freely.
  const grounds = new Map([[null, { painted: '', isPlaced: false }]]);
  const groundOf = (element) => {
    if (!grounds.has(element)) {
      let { painted, isPlaced } = groundOf(element.parentElement);
      const { backgroundColor, backgroundImage, opacity, position, zIndex } = getComputedStyle(element);
      const paint = [backgroundColor, backgroundImage, opacity].join();
      if (paint !== 'rgba(0, 0, 0, 0),none,1') painted += paint + ';';
      isPlaced ||= /absolute|fixed|sticky/.test(position) || zIndex !== 'auto';
      isPlaced ||= element instanceof SVGElement;
      grounds.set(element, { painted, isPlaced });
    }
    return grounds.get(element);
  };
  const asked = new Map();
  contrast.matches = function (element, ...others) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!hasText && !/^(input|select|textarea)$/.test(element.localName)) return false;
    const { painted, isPlaced } = groundOf(element);
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const look = [painted, color, fontSize, fontWeight, textShadow].join('|');
    const times = asked.get(look) ?? 0;
    if ((times === 2 && !isPlaced) || !matches.call(this, element, ...others)) return false;
    if (!isPlaced) asked.set(look, times + 1);
    return true;
  };
}
axe`;

/**
 * What axe finds wrong in a page, or in the parts of it that a selector names: each rule with its
 * elements. Run by the page itself, which sends back the violations alone: on a guide, axe's own
 * driver for Playwright spends three times as long on carrying over all that was in order.
 *
 * @param rules those that are asked; all that axe has by default
 */
export async function violations(
  page: Page,
  within = ':root',
  rules?: readonly string[],
): Promise<string[]> {
  expect(await page.locator(within).count(), `elements of ${within}`).toBeGreaterThan(0);
  const engine = await page.evaluateHandle<typeof axe>(AXE);
  return engine.evaluate(
    async ({ run }, [selector, only]) => {
      const found = await run(selector, {
        resultTypes: ['violations'],
        iframes: false,
        ...(only ? { runOnly: { type: 'rule', values: [...only] } } : {}),
      });
      return found.violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
      );
    },
    [within, rules] as const,
  );
}

/** The rules of axe that look at colours: all that can differ between the themes of one page. */
export const COLOURS = ['color-contrast', 'link-in-text-block'];
