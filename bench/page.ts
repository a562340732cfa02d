/**
 * `npm run bench:page`: what a reader feels, measured in a browser on the built site. Times depend on
 * the machine, so they are reported with n and spread and decide nothing; bytes and counts are what
 * the tests hold (scripts/finish-export.ts). Needs a build: npm run build.
 */
import { chromium, type Page } from '@playwright/test';
import { ensureBrowser } from '../scripts/browser.mjs';
import { createSiteServer } from '../scripts/serve.mjs';
import { reportLighthouse, spread } from './lighthouse';

const GUIDE = '/traffic-control/rate-limiting-algorithms/';
/** As a phone of the middle class stands to a desktop; what Lighthouse uses for mobile. */
const SLOW_DOWN = 4;
const REPETITIONS = 5;
/** Positions that a drag goes through, one per frame. */
const STEPS = 60;
/** Longer than this, a main-thread task is felt. */
const LONG_MS = 50;

interface Drag {
  readonly figure: string;
  readonly longTasksMs: readonly number[];
  readonly framesPerSecond: number;
}

const server = createSiteServer();
await new Promise<void>((resolve) => server.listen(0, resolve));
const address = server.address();
if (address === null || typeof address === 'string')
  throw new Error('Expected a port to serve on.');
const browser = await chromium.launch({
  executablePath: ensureBrowser(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});

try {
  const drags: Drag[] = [];
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    // esbuild, which runs this file, marks the names of functions with a helper that a page lacks.
    await page.addInitScript('globalThis.__name = (target) => target');
    await page.goto(`http://localhost:${address.port}${GUIDE}`);
    for (const figure of ['boundary', 'sliding', 'race']) drags.push(await drag(page, figure));
    await page.close();
  }
  console.log(
    `Dragging the first slider through ${STEPS} positions at ${SLOW_DOWN}× slow-down, n = ${REPETITIONS}:`,
  );
  for (const figure of new Set(drags.map((each) => each.figure))) {
    const own = drags.filter((each) => each.figure === figure);
    const long = own.flatMap(({ longTasksMs }) => longTasksMs);
    console.log(
      `  ${figure.padEnd(10)} tasks over ${LONG_MS} ms: ${long.length} (longest ${Math.round(Math.max(0, ...long))} ms); ` +
        `frames per second ${spread(
          own.map(({ framesPerSecond }) => framesPerSecond),
          0,
        )}`,
    );
  }
  await reportLighthouse(`http://localhost:${address.port}`);
} finally {
  await browser.close();
  server.close();
}

/** Drags the first slider of a figure from end to end, a position per frame. */
async function drag(page: Page, figure: string): Promise<Drag> {
  const root = page.locator(`#${figure}`);
  await root.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const slider = root.locator('.fig-control input[type=range]').first();
  await slider.and(page.locator(':enabled')).waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN });
  const measured = await slider.evaluate(async (input, steps) => {
    const range = input as HTMLInputElement;
    const longTasksMs: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longTasksMs.push(entry.duration);
    });
    observer.observe({ type: 'longtask' });
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    // React listens to the native setter's event, so the value is set as a drag sets it.
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    const low = Number(range.min);
    const high = Number(range.max);
    const startedAt = await frame();
    for (let step = 1; step <= steps; step++) {
      set?.call(range, String(low + ((high - low) * step) / steps));
      range.dispatchEvent(new Event('input', { bubbles: true }));
      await frame();
    }
    const endedAt = await frame();
    await frame();
    longTasksMs.push(...observer.takeRecords().map(({ duration }) => duration));
    observer.disconnect();
    return { longTasksMs, framesPerSecond: (1000 * (steps + 1)) / (endedAt - startedAt) };
  }, STEPS);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await session.detach();
  return { figure, ...measured };
}
