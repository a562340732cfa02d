/** What the browser tests share. */

import { expect, type JSHandle, type Locator, type Page } from '@playwright/test';
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
 * Waits until a figure, or the only one of a page, is live. By a selector that the browser itself looks
 * for: to ask for a role is to find out the role of all that stands in the figure, and each try of an
 * `expect` whose element is not there describes the whole page for the message of its failure.
 */
export async function expectLive(figure: Locator | Page): Promise<void> {
  await figure.locator('input[aria-label="Time"]:enabled').waitFor({ state: 'attached' });
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
 *
 * A theme is other colours alone. Where both are asked, the rules that look at colours run once more
 * before axe forgets where everything lies, which it takes most of its time to find out.
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
  const PAPER = { painted: '', isPlaced: false };
  const grounds = new Map([[null, PAPER]]);
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
  const forgetColours = () => {
    grounds.clear();
    grounds.set(null, PAPER);
    asked.clear();
    const left = [...axe._tree];
    while (left.length > 0) {
      const node = left.pop();
      delete node._stackingContext;
      for (const key of Object.keys(node._cache)) if (/color/i.test(key)) delete node._cache[key];
      left.push(...node.children);
    }
  };
  const audit = axe._audit;
  const { run, after } = audit;
  const IN_DARK = ' (dark)';
  axe.startInBothThemes = (selector, options, rules) => {
    const light = Promise.withResolvers();
    const dark = Promise.withResolvers();
    audit.run = (context, options, resolve, reject) => {
      const onceMore = async (found) => {
        light.resolve();
        await dark.promise;
        forgetColours();
        const runOnly = { type: 'rule', values: rules };
        run.call(audit, context, { ...options, runOnly }, (inDark) => {
          // Results of one name would be taken for those of two frames.
          for (const result of inDark) result.id += IN_DARK;
          resolve([...found, ...inDark]);
        }, reject);
      };
      run.call(audit, context, options, (found) => onceMore(found).catch(reject), reject);
    };
    audit.after = (results, options) =>
      results.map((result) => {
        const { id } = result;
        const [judged] = after.call(audit, [{ ...result, id: id.replace(IN_DARK, '') }], options);
        return { ...judged, id };
      });
    const found = axe.run(selector, options);
    return { light: Promise.race([light.promise, found]), turnDark: dark.resolve, found };
  };
}
axe`;

/** A run of axe that waits between the themes. */
interface RunInBothThemes {
  /** Settled when the page may be turned dark. */
  readonly light: Promise<unknown>;
  /** Says that the page is dark. */
  readonly turnDark: () => void;
  readonly found: Promise<axe.AxeResults>;
}

type Axe = typeof axe & {
  readonly startInBothThemes: (
    selector: string,
    options: axe.RunOptions,
    rules: readonly string[],
  ) => RunInBothThemes;
};

const OPTIONS: axe.RunOptions = { resultTypes: ['violations'], iframes: false };

/** The rules of axe that look at colours: all that can differ between the themes of one page. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** axe in this page, of which the selector should name something. */
async function axeIn(page: Page, within: string): Promise<JSHandle<Axe>> {
  expect(await page.locator(within).count(), `elements of ${within}`).toBeGreaterThan(0);
  return page.evaluateHandle<Axe>(AXE);
}

/** Each rule with its elements. */
const told = (found: readonly axe.Result[]): string[] =>
  found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);

/**
 * What axe finds wrong in a page, or in the parts of it that a selector names: each rule with its
 * elements. Run by the page itself, which sends back the violations alone: on a guide, axe's own
 * driver for Playwright spends three times as long on carrying over all that was in order.
 */
export async function violations(page: Page, within = ':root'): Promise<string[]> {
  const engine = await axeIn(page, within);
  return told(
    await engine.evaluate(
      async ({ run }, [selector, options]) => (await run(selector, options)).violations,
      [within, OPTIONS] as const,
    ),
  );
}

/**
 * What axe finds wrong in the light theme, by all of its rules, and then in the dark one, by those that
 * look at colours. The page is left dark.
 */
export async function violationsInBothThemes(page: Page, within = ':root'): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const engine = await axeIn(page, within);
  const run = await engine.evaluateHandle(
    ({ startInBothThemes }, [selector, options, rules]) =>
      startInBothThemes(selector, options, rules),
    [within, OPTIONS, COLOURS] as const,
  );
  await run.evaluate(({ light }) => light.then(() => undefined));
  await page.emulateMedia({ colorScheme: 'dark' });
  return told(
    await run.evaluate(async ({ turnDark, found }) => {
      turnDark();
      return (await found).violations;
    }),
  );
}

/** Keeps requests waiting until the function that it gives back is called. */
export async function heldBack(page: Page, url: string): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(url, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** Waits for the first paint: Chromium drops keys that come before, when there is nothing to see. */
export async function painted(page: Page): Promise<void> {
  await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint').length > 0,
  );
}
