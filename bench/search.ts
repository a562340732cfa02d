/**
 * `npm run bench:search`: the search in handbooks of 100, 400 and 1,600 guides, and from keystroke to
 * painted results on the built site. Times depend on the machine: medians with their spread, and what
 * a larger handbook costs as a ratio to the smallest. They decide nothing; bytes are held by
 * scripts/search-budget.ts, the order of results by lib/search/search.test.ts.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { type SearchedGuide, type Site, searchDocuments } from '@/lib/content/search-documents';
import { createStreams, type RandomStream } from '@/lib/kernel/random';
import type { PageTexts, TitlesFile } from '@/lib/search/documents';
import { texts as fixtureTexts, titles as fixtureTitles, SYNONYMS } from '@/lib/search/fixture';
import { RELEVANCE } from '@/lib/search/relevance';
import { createSearch, type Search } from '@/lib/search/search';
import { ensureBrowser } from '../scripts/browser.mjs';
import { measureSearch, type SearchSize } from '../scripts/search-budget';
import { createSiteServer } from '../scripts/serve.mjs';
import { ROOT } from '../scripts/steps.mjs';

/** Other sizes may be given as arguments. */
const SIZES = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [100, 400, 1_600];
const REPETITIONS = 3;
/** From one letter's results to the next letter: quicker than 120 words a minute, at which letters come every 100 ms. */
const PAUSE_MS = 75;

/** Shape of a made-up guide: that of the real ones. */
const SECTIONS = 14;
const SENTENCES_PER_SECTION = 9;
const NAMES = 10;

interface Handbook {
  /** Of the made-up guides alone, which have the size of real ones. */
  readonly size: SearchSize;
  readonly titles: TitlesFile;
  readonly texts: readonly (readonly PageTexts[])[];
}

/** The guides of the fixture, and so many made up that there are `count` of them. */
function handbook(count: number): Handbook {
  const write = writer();
  const own = fixtureTitles.pages.filter(({ k }) => k === 'guide').length;
  const sections: Site['sections'] extends ReadonlyMap<string, infer T> ? Map<string, T> : never =
    new Map();
  const guides: Record<string, SearchedGuide> = {};
  for (let index = 0; index < count - own; index++) {
    const draws = createStreams(index + 1).stream('guide');
    const slug = `made-up-${Math.floor(index / 8)}/guide-${index}`;
    const headings = Array.from({ length: SECTIONS }, (_, section) => ({
      depth: section % 4 === 3 ? 3 : 2,
      id: `section-${section}`,
      text: write.words(draws, 7),
    }));
    guides[slug] = {
      slug,
      title: write.words(draws, 3),
      description: write.sentence(draws),
      summary: [write.sentence(draws), write.sentence(draws), write.sentence(draws)],
      aliases: Array.from({ length: NAMES }, () => write.words(draws, 2)),
      tags: [write.words(draws, 1)],
      headings,
    };
    sections.set(slug, [
      { id: '', title: '', text: write.sentences(draws, 5) },
      ...headings.map(({ id, text }) => ({
        id,
        title: text,
        text: write.sentences(draws, SENTENCES_PER_SECTION),
      })),
    ]);
  }
  const manifest = { categories: [], guides, tags: [], glossary: [], simulations: [] };
  const made = searchDocuments(
    { manifest, sections, simulation: () => undefined, incidents: [], labs: [] },
    SYNONYMS,
  );
  const parts = new Map(made.texts.map(({ name, pages }) => [name, pages]));
  return {
    size: measureSearch(
      { ...made.titles, texts: [...parts.keys()] },
      (name) => parts.get(name) ?? [],
    ),
    titles: {
      ...made.titles,
      texts: [],
      pages: [...fixtureTitles.pages, ...made.titles.pages.filter(({ k }) => k === 'guide')],
    },
    texts: [fixtureTexts, ...made.texts.map(({ pages }) => pages)],
  };
}

/**
 * Writes text that has the statistics of the fixture's: each word follows one that it follows there.
 * Every tenth is a word that nobody else has, since the words of a handbook grow with it.
 */
function writer() {
  const source = fixtureTexts.map(({ d, x = [] }) => [d, ...x].join(' ')).join(' ');
  const words = source.split(/\s+/);
  const followers = new Map<string, string[]>();
  for (const [index, word] of words.entries()) {
    followers.set(word, [...(followers.get(word) ?? []), words[index + 1] ?? words[0] ?? '']);
  }
  const pick = (draws: RandomStream, list: readonly string[]): string =>
    list[draws.nextInteger(list.length)] ?? '';
  const rare = (draws: RandomStream): string =>
    Array.from({ length: 3 }, () =>
      pick(draws, [
        'ba',
        'cor',
        'den',
        'flu',
        'gra',
        'hex',
        'jin',
        'kol',
        'mer',
        'nov',
        'pra',
        'sti',
        'tum',
        'vel',
        'wra',
        'zon',
      ]),
    ).join('');
  const chain = (draws: RandomStream, length: number): string => {
    let word = pick(draws, words);
    const text: string[] = [];
    for (let at = 0; at < length; at++) {
      text.push(draws.nextInteger(10) === 0 ? rare(draws) : word);
      word = pick(draws, followers.get(word) ?? words);
    }
    return text.join(' ').replace(/[.;:,]/g, '');
  };
  const sentence = (draws: RandomStream): string => `${chain(draws, 8 + draws.nextInteger(12))}.`;
  return {
    words: chain,
    sentence,
    sentences: (draws: RandomStream, count: number): string =>
      Array.from({ length: count }, () => sentence(draws)).join(' '),
  };
}

interface Measured {
  readonly guides: number;
  readonly titlesBytes: number;
  readonly allBytes: number;
  readonly titlesMs: readonly number[];
  readonly textsMs: readonly number[];
  readonly queryMs: readonly number[];
  readonly first: number;
}

const QUERIES = Object.values(RELEVANCE).flat();

function measure(count: number): Measured {
  const { titles, texts, size } = handbook(count);
  const titlesMs: number[] = [];
  const textsMs: number[] = [];
  const queryMs: number[] = [];
  let search: Search | undefined;
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const own = timed(titlesMs, () => createSearch(titles));
    timed(textsMs, () => {
      for (const pages of texts) own.addTexts(pages);
    });
    search = own;
  }
  let first = 0;
  for (const { query, first: expected } of QUERIES) {
    // As it is typed: every beginning is a query.
    for (let length = 1; length < query.length; length++) {
      timed(queryMs, () => search?.query(query.slice(0, length)));
    }
    const url = timed(queryMs, () => search?.query(query))?.groups[0]?.hits[0]?.url ?? '';
    if (url === expected || url.startsWith(`${expected}#`)) first++;
  }
  return {
    guides: count,
    titlesBytes: size.titles / size.guides,
    allBytes: (size.titles + size.texts) / size.guides,
    titlesMs,
    textsMs,
    queryMs,
    first,
  };
}

/** Notes the processor's time, which a busy machine does not stretch as it does that of the clock. */
function timed<T>(into: number[], work: () => T): T {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  into.push((user + system) / 1_000);
  return result;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

function report(): void {
  console.log(
    `${QUERIES.length} queries and all their beginnings; n = ${REPETITIONS} for indexing. Bytes are brotli, for each guide; times are the processor's.`,
  );
  console.log(
    'guides  titles B  all B   titles ms   texts ms    query ms: median  99 %   max    first  (ratio to the smallest)',
  );
  let smallest: Measured | undefined;
  for (const size of SIZES) {
    const each = measure(size);
    smallest ??= each;
    const { titlesMs, textsMs, queryMs } = each;
    const ratio = quantile(queryMs, 0.5) / quantile(smallest.queryMs, 0.5);
    console.log(
      [
        String(each.guides).padStart(6),
        each.titlesBytes.toFixed(0).padStart(9),
        each.allBytes.toFixed(0).padStart(6),
        spread(titlesMs).padStart(11),
        spread(textsMs).padStart(12),
        quantile(queryMs, 0.5).toFixed(2).padStart(17),
        quantile(queryMs, 0.99).toFixed(1).padStart(6),
        quantile(queryMs, 1).toFixed(1).padStart(6),
        `${each.first}/${QUERIES.length}`.padStart(9),
        `  guides × ${each.guides / smallest.guides}, query × ${ratio.toFixed(1)}`,
      ].join(' '),
    );
  }
}

function spread(values: readonly number[]): string {
  const [low, middle, high] = [0, 0.5, 1].map((q) => quantile(values, q).toFixed(0));
  return `${middle} (${low}–${high})`;
}

/** Milliseconds from each keystroke to the frame in which its results stand, once all is loaded. */
async function keystrokes(page: Page, text: string): Promise<number[]> {
  return page.evaluate(
    async ({ typed, pauseMs }) => {
      const input = document.querySelector<HTMLInputElement>('dialog [role=combobox]');
      if (input === null) throw new Error('Expected the search to be open.');
      const { answers } = globalThis as unknown as { answers: EventTarget };
      // React listens to the native setter's event.
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
      const times: number[] = [];
      for (let length = 1; length <= typed.length; length++) {
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
        const answered = new Promise((resolve) =>
          answers.addEventListener('answer', resolve, { once: true }),
        );
        const startedAt = performance.now();
        set?.call(input, typed.slice(0, length));
        input.dispatchEvent(new Event('input', { bubbles: true }));
        await answered;
        // A task after the next frame: what the answer has changed is painted then.
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        times.push(performance.now() - startedAt);
      }
      return times;
    },
    { typed: text, pauseMs: PAUSE_MS },
  );
}

/** Tells of each answer of the search's worker, after the page has taken it. */
function tellAnswers(): void {
  const answers = new EventTarget();
  Object.assign(globalThis, { answers });
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (this: Worker, ...args: unknown[]): void {
    const [message] = args as [{ readonly kind?: string } | undefined];
    if (message?.kind === 'open') {
      this.addEventListener('message', () => answers.dispatchEvent(new Event('answer')));
    }
    Reflect.apply(postMessage, this, args);
  };
}

async function reportInBrowser(): Promise<void> {
  const server = createSiteServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected a port.');
  const browser = await chromium.launch({
    executablePath: ensureBrowser(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    for (const slowDown of [1, 4]) {
      const page = await browser.newPage();
      await page.addInitScript('globalThis.__name = (target) => target');
      await page.addInitScript(tellAnswers);
      await page.goto(`http://localhost:${address.port}/`, { waitUntil: 'networkidle' });
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('q');
      await page.getByRole('option').first().waitFor();
      await page.waitForLoadState('networkidle');
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
      const times: number[] = [];
      for (let repetition = 0; repetition < REPETITIONS; repetition++) {
        times.push(...(await keystrokes(page, 'token bucket')));
      }
      console.log(
        `keystroke to painted results at ${slowDown}× slow-down, n = ${times.length}: median ${quantile(times, 0.5).toFixed(0)} ms, 95 % ${quantile(times, 0.95).toFixed(0)}, max ${quantile(times, 1).toFixed(0)}`,
      );
      await page.close();
    }
  } finally {
    await browser.close();
    server.close();
  }
}

report();
if (existsSync(join(ROOT, 'out', 'index.html'))) await reportInBrowser();
else console.log('No built site in out/: type npm run build for the times in a browser.');
