/**
 * What the main thread does while a reader drags a slider: every slider of every figure of every
 * guide. Read from Chromium's trace, in processor time of the thread: that other programs of the
 * machine want the processor, too, makes a task last longer for the clock and less so for this.
 */
import type { Browser, CDPSession, Locator, Page } from '@playwright/test';
import { readManifest } from '../lib/content/manifest';
import { median, spread } from './lighthouse';

/** As a phone of the middle class stands to a desktop; what Lighthouse uses for mobile. */
const SLOW_DOWN = 4;
const REPETITIONS = 5;
/** Positions that a drag goes through, one per frame. */
const STEPS = 60;
/** Longer than this, a main-thread task is felt (W3C, Long Tasks API). */
const LONG_MS = 50;
/**
 * What slows the thread down counts by the clock, so that on a machine that has other things to do
 * its tasks come out too long: below this share of the processor the times say little.
 */
const UNDISTURBED = 0.9;
/** Marks in the trace which thread is meant: that of the page in which a drag has begun. */
const MARK = 'drag-begins';

interface Drag {
  readonly figure: string;
  /** What the slider sets. */
  readonly slider: string;
  /** Processor time of each task of the main thread, ms. */
  readonly tasksMs: readonly number[];
  /** The same tasks by the clock, in all, ms. */
  readonly clockMs: number;
  readonly framesPerSecond: number;
}

/**
 * Prints a line for each figure that has a slider: that of its sliders which makes the longest task.
 *
 * @param wanted only guides with this in their address
 */
export async function reportDrags(browser: Browser, origin: string, wanted: string): Promise<void> {
  console.log(
    `Every slider dragged through ${STEPS} positions at ${SLOW_DOWN}× slow-down, n = ${REPETITIONS}: the longest ` +
      `main-thread task in ms of processor time, median (lowest to highest); it passes up to ${LONG_MS} ms.`,
  );
  const guides = Object.keys(readManifest().guides).filter((slug) => slug.includes(wanted));
  if (guides.length === 0)
    throw new Error(`Expected a part of the address of a guide, got “${wanted}”, which fits none.`);
  const figures: FigureResult[] = [];
  for (const slug of guides) {
    const drags: Drag[] = [];
    for (let repetition = 0; repetition < REPETITIONS; repetition++)
      drags.push(...(await dragAll(browser, `${origin}/${slug}/`)));
    if (drags.length === 0)
      throw new Error(`Expected figures with sliders on /${slug}/ to drag, found none.`);
    console.log(`  /${slug}/`);
    for (const figure of new Set(drags.map((each) => each.figure))) {
      const result = resultOf(drags.filter((each) => each.figure === figure));
      figures.push({ ...result, name: `/${slug}/#${figure}` });
      console.log(`    ${figure.padEnd(24)} ${line(result)}`);
    }
  }
  console.log(`  ${summary(figures)}`);
}

interface Result {
  readonly slider: string;
  /** The longest task of each drag of that slider, ms of processor time. */
  readonly longestMs: readonly number[];
  /** Tasks over the limit in all drags of all sliders. */
  readonly over: number;
  readonly drags: number;
  readonly framesPerSecond: readonly number[];
  /** Share of their time for which the tasks had the processor. */
  readonly share: number;
}

interface FigureResult extends Result {
  readonly name: string;
}

const passes = ({ longestMs }: Result): boolean => median(longestMs) <= LONG_MS;

function resultOf(drags: readonly Drag[]): Result {
  const longestOf = ({ tasksMs }: Drag): number => Math.max(0, ...tasksMs);
  const bySlider = [...new Set(drags.map(({ slider }) => slider))].map((slider) => {
    const own = drags.filter((each) => each.slider === slider);
    return {
      slider,
      longestMs: own.map(longestOf),
      framesPerSecond: own.map((each) => each.framesPerSecond),
    };
  });
  const worst = bySlider.reduce((a, b) => (median(b.longestMs) > median(a.longestMs) ? b : a));
  const tasksMs = drags.flatMap((each) => each.tasksMs);
  return {
    ...worst,
    over: tasksMs.filter((ms) => ms > LONG_MS).length,
    drags: drags.length,
    share: sum(tasksMs) / sum(drags.map(({ clockMs }) => clockMs)),
  };
}

function line(result: Result): string {
  const { slider, longestMs, over, drags, framesPerSecond, share } = result;
  return [
    `${passes(result) ? 'pass' : 'FAIL'} ${spread(longestMs, 0)} n = ${longestMs.length}`,
    `“${slider}”`,
    `${over} over ${LONG_MS} ms in ${drags} drags of all sliders`,
    `${spread(framesPerSecond, 0)} frames per second`,
    `processor ${(100 * share).toFixed(0)} %`,
  ].join('; ');
}

function summary(figures: readonly FigureResult[]): string {
  const failed = figures.filter((figure) => !passes(figure));
  const disturbed = figures.filter(({ share }) => share < UNDISTURBED);
  return [
    `${figures.length - failed.length} of ${figures.length} figures pass.`,
    ...(failed.length > 0 ? [`Failed: ${failed.map(({ name }) => name).join(', ')}.`] : []),
    ...(disturbed.length > 0
      ? [
          `The machine had other things to do during ${disturbed.length} of them (processor below ${100 * UNDISTURBED} %), whose times are too long: measure again when it is idle.`,
        ]
      : []),
  ].join(' ');
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

/** Drags every slider of every figure of a page. */
async function dragAll(browser: Browser, address: string): Promise<Drag[]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  // esbuild, which runs this file, marks the names of functions with a helper that a page lacks.
  await page.addInitScript('globalThis.__name = (target) => target');
  await page.goto(address);
  const figures = page.locator(`article.fig[data-figure*='"kind":"simulation"']`);
  const drags: Drag[] = [];
  for (const figure of await figures.evaluateAll((all) => all.map(({ id }) => id))) {
    const root = page.locator(`#${figure}`);
    await root.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    // A still has no sliders: they come with the live figure, as does the button that plays it.
    await root.locator('.fig-play').waitFor();
    for (const slider of await root.locator('.fig-control input[type=range]').all())
      drags.push({ figure, ...(await drag(browser, page, slider)) });
  }
  await page.close();
  return drags;
}

/** Drags a slider from end to end, a position per frame. */
async function drag(browser: Browser, page: Page, slider: Locator): Promise<Omit<Drag, 'figure'>> {
  const name = await slider.evaluate(
    (input) => (input as HTMLInputElement).labels?.[0]?.textContent ?? input.id,
  );
  const trace = await startTrace(browser);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN });
  const framesPerSecond = await slider.evaluate(
    async (input, { steps, mark }) => {
      const range = input as HTMLInputElement;
      const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
      // React listens to the native setter's event, so the value is set as a drag sets it.
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
      const low = Number(range.min);
      const high = Number(range.max);
      performance.mark(mark);
      const startedAt = await frame();
      for (let step = 1; step <= steps; step++) {
        set?.call(range, String(low + ((high - low) * step) / steps));
        range.dispatchEvent(new Event('input', { bubbles: true }));
        await frame();
      }
      const endedAt = await frame();
      await frame();
      return (1000 * (steps + 1)) / (endedAt - startedAt);
    },
    { steps: STEPS, mark: MARK },
  );
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await session.detach();
  const tasks = await trace.end();
  return {
    slider: name,
    tasksMs: tasks.map(({ processorMs }) => processorMs),
    clockMs: sum(tasks.map(({ clockMs }) => clockMs)),
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
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

/** Records the tasks of the main thread on which a drag begins from now on. */
async function startTrace(browser: Browser): Promise<{ readonly end: () => Promise<Task[]> }> {
  const session: CDPSession = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      recordMode: 'recordAsMuchAsPossible',
      includedCategories: ['toplevel', 'blink.user_timing'],
    },
  });
  return {
    end: async () => {
      const complete = new Promise<void>((resolve) => {
        session.once('Tracing.tracingComplete', () => resolve());
      });
      await session.send('Tracing.end');
      await complete;
      await session.detach();
      return tasksOfDrag(events);
    },
  };
}

function tasksOfDrag(events: readonly TraceEvent[]): Task[] {
  const begun = events.find(({ name }) => name === MARK);
  if (!begun)
    throw new Error(
      'Expected the beginning of the drag in the trace, which Chromium has lost. Measure again when the machine has less to do.',
    );
  return events.flatMap(({ name, ph, pid, tid, ts, dur = 0, tdur = 0 }) =>
    ph === 'X' &&
    /RunTask$/.test(name) &&
    pid === begun.pid &&
    tid === begun.tid &&
    ts + dur >= begun.ts
      ? [{ processorMs: tdur / 1000, clockMs: dur / 1000 }]
      : [],
  );
}
