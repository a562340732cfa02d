/** What a reader does with the search: opens it, types badly, chooses, goes; by keyboard, thumb or ear. */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';
import type { PageTexts, TitlesFile } from '../lib/search/documents';
import { createSearch } from '../lib/search/search';
import { closeSearch, heldBack, openSearch, painted, violations, watch } from './support';

const GUIDE = '/traffic-control/rate-limiting-algorithms/';

const field = (page: Page): Locator => page.getByRole('dialog').getByRole('combobox');
const options = (page: Page): Locator => page.getByRole('dialog').getByRole('option');
const status = (page: Page): Locator => page.getByRole('dialog').getByRole('status');

/** Types a query and waits until all texts have been searched for it. */
async function ask(page: Page, query: string): Promise<void> {
  await field(page).fill(query);
  await expect(status(page)).toContainText(/result|Nothing/);
  await expect(status(page)).not.toContainText('so far');
}

test.describe('opening it', () => {
  test('by both shortcuts and by the button; Escape and the shortcut close it', async ({
    page,
  }) => {
    const problems = watch(page);
    await page.goto('/');
    for (const shortcut of ['/', 'Control+k', 'Meta+k']) {
      await openSearch(page, shortcut);
      await closeSearch(page);
    }
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(field(page)).toBeFocused();
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByRole('button', { name: 'Search' })).toBeFocused();
    expect(problems).toEqual([]);
  });

  test('keys that come before the programs of the page are not lost', async ({ page }) => {
    for (const shortcut of ['Control+k', '/']) {
      const release = await heldBack(page, '**/_next/static/chunks/*.js');
      await page.goto(GUIDE, { waitUntil: 'commit' });
      await painted(page);
      await page.keyboard.press(shortcut);
      await page.keyboard.type('gcrx');
      await page.keyboard.press('Backspace');
      await page.keyboard.type('a');
      release();
      await expect(field(page)).toHaveValue('gcra');
      await expect(options(page).first()).toContainText('GCRA');
      await page.unroute('**/_next/static/chunks/*.js');
    }
  });

  test('before the programs of the page, too, single keys do nothing once they are switched off', async ({
    page,
  }) => {
    await page.addInitScript(() => {
      localStorage.setItem('steady-state:single-keys', '"off"');
      // Once all others have had their say.
      addEventListener('keydown', (event) =>
        setTimeout(() => Object.assign(globalThis, { wasPrevented: event.defaultPrevented })),
      );
    });
    const release = await heldBack(page, '**/_next/static/chunks/*.js');
    await page.goto(GUIDE, { waitUntil: 'commit' });
    await painted(page);
    const wasPrevented = () => page.evaluate('globalThis.wasPrevented');
    await page.keyboard.press('/');
    await expect.poll(wasPrevented).toBe(false);
    await page.keyboard.press('Control+k');
    await expect.poll(wasPrevented).toBe(true);
    release();
    await expect(field(page)).toHaveValue('');
  });

  test('a slash typed into a field is a slash', async ({ page }) => {
    await page.goto(GUIDE);
    const seed = page.getByRole('textbox', { name: 'Seed' }).first();
    await expect(seed).toBeEnabled();
    await seed.focus();
    await page.keyboard.press('/');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  test('what is selected on the page is the first query', async ({ page }) => {
    await page.goto(GUIDE);
    await page.getByRole('heading', { name: /token bucket bounds/ }).evaluate((heading) => {
      const range = document.createRange();
      const text = heading.querySelector('a')?.firstChild ?? heading.firstChild;
      range.selectNodeContents(text ?? heading);
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
    });
    await openSearch(page, 'Control+k');
    await expect(field(page)).toHaveValue(/^A token bucket bounds every interval/);
    // It is selected there, so that typing replaces it.
    await page.keyboard.type('gcra');
    await expect(field(page)).toHaveValue('gcra');
  });

  test('the address of the index with a query opens it, as a browser’s own search does', async ({
    page,
    request,
  }) => {
    const response = await request.get('/opensearch.xml');
    const template = /template="([^"]+)"/.exec(await response.text())?.[1] ?? '';
    const url = new URL(template.replace('{searchTerms}', encodeURIComponent('leaky bucket')));
    await page.goto(`${url.pathname}${url.search}`);
    await expect(field(page)).toHaveValue('leaky bucket');
    await expect(options(page).first()).toContainText(/leaky bucket/i);
    await expect(page.locator('link[rel="search"]')).toHaveAttribute('href', '/opensearch.xml');
  });
});

test.describe('finding', () => {
  test('a misspelt word, and going there by keyboard alone', async ({ page }) => {
    const problems = watch(page);
    await page.goto('/');
    await openSearch(page);
    await page.keyboard.type('tokn bucket');
    await expect(options(page).first().locator('mark').first()).toBeVisible();
    await expect(status(page)).toContainText('“tokn” taken for “token”');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/rate-limiting-algorithms/);
    expect(problems).toEqual([]);
  });

  test('Enter before the answer goes to the first result of what was typed', async ({ page }) => {
    const letTitles = await heldBack(page, '**/search/titles.json');
    await page.goto('/');
    await openSearch(page);
    await page.keyboard.type('rate limiting algorithms');
    await expect(status(page)).toContainText('Searching');
    await page.keyboard.press('Enter');
    letTitles();
    await page.waitForURL(`**${GUIDE}`);
  });

  test('guides, sections, simulations, terms, tags, categories, pages and commands', async ({
    page,
  }) => {
    await page.goto('/');
    await openSearch(page);
    for (const [query, kind, href] of [
      ['rate limiting algorithms', 'Guide', GUIDE],
      ['GCRA is a token bucket', 'Section', `${GUIDE}#gcra-is-a-token-bucket-in-one-timestamp`],
      ['rate limiter race', 'Simulation', '/simulations/rate-limiter-race/'],
      ['DLQ', 'Term', '/glossary/#dead-letter-queue'],
      ['traffic control', 'Category', '/traffic-control/'],
      ['glossary', 'Page', '/glossary/'],
      ['dark mode', 'Command', null],
    ] as const) {
      await ask(page, query);
      const first = options(page).first();
      await expect(first, query).toContainText(kind);
      if (href === null) expect(await first.getAttribute('href'), query).toBeNull();
      else await expect(first, query).toHaveAttribute('href', href);
    }
    await ask(page, 'api design');
    await expect(
      options(page)
        .filter({ hasText: /Tag$|Tag\d/ })
        .first(),
    ).toBeVisible();
  });

  test('a command runs from the list', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto('/');
    await openSearch(page);
    await ask(page, 'dark theme');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });

  test('each title of the topics that the guide serves finds it among the first three', async ({
    page,
  }) => {
    await page.goto('/');
    await openSearch(page);
    for (const title of [
      'Rate Limiting and Throttling Patterns',
      'Rate limiting algorithms',
      'Rate Limiting & Throttling: API Protection & Trade-offs',
      'throttling',
      '429 too many requests',
    ]) {
      await ask(page, title);
      const first = await options(page).evaluateAll((all) =>
        all.slice(0, 3).map((each) => each.getAttribute('href')),
      );
      expect(first.join(' '), title).toContain('rate-limiting-algorithms');
    }
  });

  test('a query without a hit says so and suggests', async ({ page }) => {
    await page.goto('/');
    await openSearch(page);
    await ask(page, 'zzjitterq');
    await expect(status(page)).toContainText('Nothing has “zzjitterq” in it');
    await status(page).getByRole('button').first().click();
    await expect(options(page).first()).toBeVisible();
    await expect(field(page)).toBeFocused();
  });
});

test.describe('the list', () => {
  test('is a combobox: groups with names, one active option, arrows that come round', async ({
    page,
  }) => {
    await page.goto('/');
    await openSearch(page);
    await expect(field(page)).toHaveAttribute('aria-expanded', 'false');
    await ask(page, 'queue');
    await expect(field(page)).toHaveAttribute('aria-expanded', 'true');
    const list = page.getByRole('listbox', { name: 'Results' });
    expect(await list.getAttribute('id')).toBe(await field(page).getAttribute('aria-controls'));
    await expect(list.getByRole('group', { name: 'Rate limiting algorithms' })).toBeVisible();
    await expect(list.getByRole('group', { name: 'Glossary' })).toBeVisible();
    const count = await options(page).count();
    expect(count).toBeGreaterThan(3);
    await expect(status(page)).toContainText(`${count} results`);

    const active = async (): Promise<number> => {
      const selected = list.getByRole('option', { selected: true });
      await expect(selected).toHaveCount(1);
      const id = await selected.getAttribute('id');
      expect(await field(page).getAttribute('aria-activedescendant')).toBe(id);
      return options(page).evaluateAll((all, own) => all.findIndex((each) => each.id === own), id);
    };
    expect(await active()).toBe(0);
    await page.keyboard.press('ArrowUp');
    expect(await active()).toBe(count - 1);
    await expect(options(page).last()).toBeInViewport();
    await page.keyboard.press('ArrowDown');
    expect(await active()).toBe(0);
    await expect(list.getByRole('group').first().locator('p')).toBeInViewport();
    await page.keyboard.press('Control+End');
    expect(await active()).toBe(count - 1);
    await page.keyboard.press('Control+Home');
    expect(await active()).toBe(0);
    // Without a modifier the caret moves in the field.
    await page.keyboard.press('End');
    expect(await active()).toBe(0);
  });

  test('stays where it is once the reader has begun to choose, whatever else is found', async ({
    page,
  }) => {
    const letTexts = await heldBack(page, '**/search/texts/*');
    await page.goto('/');
    await openSearch(page);
    await field(page).fill('client');
    await field(page).fill('limiter');
    await expect(options(page).first()).toBeVisible();
    const urls = (): Promise<(string | null)[]> =>
      options(page).evaluateAll((all) => all.map((each) => each.getAttribute('href')));
    const boxes = (): Promise<number[]> =>
      options(page).evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
    await page.keyboard.press('ArrowDown');
    const before = { urls: await urls(), boxes: await boxes() };
    letTexts();
    // The texts have come: a description is shown that the titles do not hold.
    await expect(page.getByRole('dialog')).toContainText(
      /Several rate limiters|keeps only the promise/,
    );
    const count = before.urls.length;
    expect((await urls()).slice(0, count)).toEqual(before.urls);
    expect((await boxes()).slice(0, count)).toEqual(before.boxes);
  });

  test('asks once and draws once for each keystroke', async ({ page }) => {
    await page.addInitScript(() => {
      const counts = { asked: 0, answered: 0, drawn: 0, isComplete: false };
      Object.assign(globalThis, { counts });
      const { postMessage } = Worker.prototype;
      Worker.prototype.postMessage = function (this: Worker, ...args: unknown[]) {
        const [message] = args as [{ kind?: string }];
        if (message.kind === 'query') counts.asked++;
        if (message.kind === 'open')
          this.addEventListener('message', ({ data }) => {
            counts.answered++;
            counts.isComplete = data.progress?.isComplete === true;
          });
        return Reflect.apply(postMessage, this, args);
      };
    });
    await page.goto('/');
    await openSearch(page);
    await ask(page, 'queue');
    // While texts are on their way an answer is told again as each of them comes.
    await expect
      .poll(() =>
        page.evaluate(
          () => (globalThis as unknown as { counts: { isComplete: boolean } }).counts.isComplete,
        ),
      )
      .toBe(true);
    type Counts = Record<'asked' | 'answered' | 'drawn', number>;
    await page.evaluate(() => {
      const { counts } = globalThis as unknown as { counts: Counts };
      Object.assign(counts, { asked: 0, answered: 0, drawn: 0 });
      new MutationObserver(() => {
        counts.drawn++;
      }).observe(document.querySelector('[role=listbox]') as Element, {
        childList: true,
        subtree: true,
        characterData: true,
        attributes: true,
      });
    });
    const typed = 's token';
    for (const [index, key] of [...typed].entries()) {
      await page.keyboard.press(key === ' ' ? 'Space' : key);
      await expect
        .poll(() =>
          page.evaluate(() => (globalThis as unknown as { counts: Counts }).counts.answered),
        )
        .toBe(index + 1);
    }
    const counts = await page.evaluate(() => (globalThis as unknown as { counts: Counts }).counts);
    expect(counts.asked).toBe(typed.length);
    // One drawing for the answer, and one at most for the selection that goes back to the top.
    expect(counts.drawn).toBeLessThanOrEqual(2 * typed.length);
  });

  test('recent searches come back, are asked again, and can be cleared', async ({ page }) => {
    await page.goto('/');
    await openSearch(page);
    await ask(page, 'leaky');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#|algorithms/);
    await openSearch(page);
    const recent = page.getByRole('listbox', { name: 'Recent searches' });
    await expect(recent.getByRole('option')).toHaveText(['leaky']);
    await page.keyboard.press('Enter');
    await expect(field(page)).toHaveValue('leaky');
    await expect(options(page).first()).toContainText(/leaky/i);
    await field(page).fill('');
    await page.getByRole('button', { name: 'Clear recent searches' }).click();
    await expect(recent).toBeHidden();
    await expect(field(page)).toBeFocused();
    await page.reload();
    await openSearch(page);
    await expect(options(page)).toHaveCount(0);
  });

  test('titles are found, and it is said, when texts cannot be read', async ({ page }) => {
    await page.route('**/search/texts/*', (route) => route.fulfill({ status: 404 }));
    await page.goto('/');
    await openSearch(page);
    await ask(page, 'rate limiting algorithms');
    await expect(options(page).first()).toHaveAttribute('href', GUIDE);
    await expect(status(page)).toContainText('Some texts could not be read');
  });

  test('an index that cannot be read is said, with a way on, and is asked for again', async ({
    page,
  }) => {
    await page.route('**/search/titles.json', (route) => route.fulfill({ status: 404 }));
    await page.goto('/');
    await openSearch(page);
    await field(page).fill('token');
    await expect(status(page)).toContainText('got the answer 404');
    await expect(status(page).getByRole('link', { name: 'index' })).toHaveAttribute(
      'href',
      '/search/',
    );
    await page.unroute('**/search/titles.json');
    await ask(page, 'token bucket');
    await expect(options(page).first()).toBeVisible();
  });
});

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ colorScheme: theme, reducedMotion: 'reduce' });

    test('no state of it has an accessibility violation, nor has the index', async ({ page }) => {
      await page.goto('/search/');
      expect(await violations(page)).toEqual([]);
      await openSearch(page, 'Control+k');
      expect(await violations(page)).toEqual([]);
      await ask(page, 'tokn');
      expect(await violations(page)).toEqual([]);
      await ask(page, 'dark mode');
      expect(await violations(page)).toEqual([]);
      await ask(page, 'zzjitterq');
      expect(await violations(page)).toEqual([]);
    });
  });
}

test('in colours of the system the active option and the marks are told apart', async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('/');
  await openSearch(page);
  await ask(page, 'token');
  const active = page.getByRole('option', { selected: true });
  await expect(active).toHaveCSS('outline-style', 'solid');
  await expect(options(page).nth(1)).toHaveCSS('outline-style', 'none');
  const [mark, around] = await active
    .locator('mark')
    .first()
    .evaluate((element) => [
      getComputedStyle(element).backgroundColor,
      getComputedStyle(element.closest('dialog') as Element).backgroundColor,
    ]);
  expect(mark).not.toBe(around);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('it is the whole screen, and a tap goes there', async ({ page }) => {
    await page.goto('/');
    // Before the page's program has started the tap follows the link to the index.
    await page.waitForLoadState('networkidle');
    await page.getByRole('button', { name: 'Search' }).tap();
    await expect(field(page)).toBeFocused();
    await ask(page, 'leaky bucket');
    expect(await page.getByRole('dialog').boundingBox()).toEqual({
      x: 0,
      y: 0,
      width: 390,
      height: 844,
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect((await options(page).first().boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await options(page).first().tap();
    await page.waitForURL(/#a-leaky-bucket/);
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the header leads to an index of everything, whose links lead there', async ({ page }) => {
    await page.goto(GUIDE);
    await page.getByRole('banner').getByRole('link', { name: 'Search' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Index');
    const main = page.getByRole('main');
    const hrefs = await main
      .getByRole('link')
      .evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''));
    const { pages } = JSON.parse(readFileSync('out/search/titles.json', 'utf8')) as TitlesFile;
    const missing = pages.filter(({ u }) => !hrefs.includes(u)).map(({ u }) => u);
    expect(missing).toEqual([]);
    await main.getByRole('link', { name: 'A leaky bucket refuses' }).click();
    await expect(page).toHaveURL(/#a-leaky-bucket-refuses/);
  });
});

test('every guide is found by its title first, and by each other name among the first three; every tag is found', () => {
  const read = <T>(url: string): T => JSON.parse(readFileSync(`out${url}`, 'utf8')) as T;
  const titles = read<TitlesFile>('/search/titles.json');
  const texts = titles.texts.map((url) => read<PageTexts[]>(url));
  const search = createSearch(titles);
  for (const each of texts) search.addTexts(each);
  const later = new Map(texts.flat().map((page) => [page.u, page.a ?? []]));
  const guides = titles.pages.filter(({ k }) => k === 'guide');
  expect(guides.length).toBeGreaterThan(0);
  // Many guides share a tag: what it finds is where they are listed, its own page or the category's.
  const tags = new Set(titles.pages.flatMap(({ k, t }) => (k === 'tag' ? [t] : [])));
  expect(tags.size).toBeGreaterThan(0);
  const listsOf = (tag: string): string[] =>
    titles.pages.flatMap(({ k, t, u }) =>
      (k === 'tag' || k === 'category') && t.toLowerCase() === tag.toLowerCase() ? [u] : [],
    );
  const addressesFor = (query: string, groups = 3): string[] =>
    search
      .query(query)
      .groups.slice(0, groups)
      .flatMap(({ hits }) => hits.map(({ url }) => url.replace(/#.*/, '')));
  const lost = [
    ...guides.flatMap(({ u, t, a = [] }) => [
      ...(search.query(t).groups[0]?.hits[0]?.url === u ? [] : [t]),
      ...[...a, ...(later.get(u) ?? [])].filter(
        (name) => !tags.has(name) && !addressesFor(name).includes(u),
      ),
    ]),
    // The guides themselves may come before the list of them.
    ...[...tags].filter((tag) => {
      const found = addressesFor(tag, Number.POSITIVE_INFINITY);
      return !listsOf(tag).some((list) => found.includes(list));
    }),
  ];
  expect(lost, addressesFor(lost[0] ?? '').join(' ')).toEqual([]);
});
