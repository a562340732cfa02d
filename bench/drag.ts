/**
 * What the main thread does while a reader drags a slider, figure by figure, on every guide. Read from
 * Chromium's trace, in processor time of the thread: that other programs of the machine want the
 * processor, too, makes a task last longer for the clock and not for this.
 */
import type { Browser, CDPSession, Page } from '@playwright/test';
import { readManifest } from '../lib/content/manifest';
import { spread } from './lighthouse';

/** As a phone of the middle class stands to a desktop; what Lighthouse uses for mobile. */
const SLOW_DOWN = 4;
const REPETITIONS = 5;
/** Positions that a drag goes through, one per frame. */
const STEPS = 60;
/** Longer than this, a main-thread task is felt. */
const LONG_MS = 50;

interface Drag {
  readonly figure: string;
  /** Processor time of each task of the main thread, ms. */
  readonly tasksMs: readonly number[];
  /** How long the longest of them took by the clock. */
  readonly longestByClockMs: number;
  readonly framesPerSecond: number;
}

/** Prints a line for each figure that has a slider. */
export async function reportDrags(browser: Browser, origin: string): Promise<void> {
  console.log(
    `Dragging the first slider through ${STEPS} positions at ${SLOW_DOWN}× slow-down, n = ${REPETITIONS}; ` +
      'main-thread tasks in ms of processor time, median of the longest (lowest to highest):',
  );
  for (const slug of Object.keys(readManifest().guides)) {
    console.log(`  /${slug}/`);
    const drags: Drag[] = [];
    for (let repetition = 0; repetition < REPETITIONS; repetition++) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      // esbuild, which runs this file, marks the names of functions with a helper that a page lacks.
      await page.addInitScript('globalThis.__name = (target) => target');
      await page.goto(`${origin}/${slug}/`);
      const figures = page.locator(`article.fig[data-figure*='"kind":"simulation"']`);
      const ids = await figures.evaluateAll((all) => all.map(({ id }) => id));
      for (const figure of ids) {
        const measured = await drag(browser, page, figure);
        if (measured !== null) drags.push(measured);
      }
      await page.close();
    }
    for (const figure of new Set(drags.map((each) => each.figure)))
      console.log(`    ${line(drags.filter((each) => each.figure === figure))}`);
    if (drags.length === 0)
      throw new Error(`Expected figures with sliders on /${slug}/ to drag, found none.`);
  }
}

function line(drags: readonly Drag[]): string {
  const longest = drags.map(({ tasksMs }) => Math.max(0, ...tasksMs));
  const over = drags.flatMap(({ tasksMs }) => tasksMs).filter((ms) => ms > LONG_MS).length;
  return [
    (drags[0]?.figure ?? '').padEnd(20),
    `longest ${spread(longest, 0)}, by the clock ${spread(
      drags.map(({ longestByClockMs }) => longestByClockMs),
      0,
    )};`,
    `over ${LONG_MS} ms: ${over};`,
    `frames per second ${spread(
      drags.map(({ framesPerSecond }) => framesPerSecond),
      0,
    )}`,
  ].join(' ');
}

/** Drags the first slider of a figure from end to end, a position per frame; null if it has none. */
async function drag(browser: Browser, page: Page, figure: string): Promise<Drag | null> {
  const root = page.locator(`#${figure}`);
  await root.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  // A still has no sliders: they come with the live figure, as does the button that plays it.
  await root.locator('.fig-play').waitFor();
  const slider = root.locator('.fig-control input[type=range]').first();
  if ((await slider.count()) === 0) return null;
  const trace = await startTrace(browser);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN });
  const framesPerSecond = await slider.evaluate(async (input, steps) => {
    const range = input as HTMLInputElement;
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
    return (1000 * (steps + 1)) / (endedAt - startedAt);
  }, STEPS);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await session.detach();
  const tasks = await trace.end();
  return {
    figure,
    tasksMs: tasks.map(({ processorMs }) => processorMs),
    longestByClockMs: Math.max(0, ...tasks.map(({ clockMs }) => clockMs)),
    framesPerSecond,
  };
}

interface Task {
  readonly processorMs: number;
  readonly clockMs: number;
}

/** The fields of a trace event that are read here; times in µs. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Records the tasks of the busiest page from now on. */
async function startTrace(browser: Browser): Promise<{ readonly end: () => Promise<Task[]> }> {
  const session: CDPSession = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { recordMode: 'recordAsMuchAsPossible', includedCategories: ['toplevel'] },
  });
  return {
    end: async () => {
      const complete = new Promise<void>((resolve) => {
        session.once('Tracing.tracingComplete', () => resolve());
      });
      await session.send('Tracing.end');
      await complete;
      await session.detach();
      return tasksOfBusiestPage(events);
    },
  };
}

function tasksOfBusiestPage(events: readonly TraceEvent[]): Task[] {
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const mainThreads = new Map<string, Task[]>(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map((event) => [threadOf(event), []]),
  );
  for (const event of events) {
    const { name, ph, dur = 0, tdur = 0 } = event;
    if (ph === 'X' && /RunTask$/.test(name))
      mainThreads.get(threadOf(event))?.push({ processorMs: tdur / 1000, clockMs: dur / 1000 });
  }
  const total = (tasks: readonly Task[]): number =>
    tasks.reduce((sum, { processorMs }) => sum + processorMs, 0);
  const [busiest = []] = [...mainThreads.values()].sort((a, b) => total(b) - total(a));
  return busiest;
}
