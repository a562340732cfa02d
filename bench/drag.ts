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
/**
 * How often a slider is dragged in all, each time on a page that was loaded anew, if the median so far
 * is above this: the nearer to the limit, or beyond it, the more it takes to be sure.
 */
const STAGES = [
  { repetitions: 1, aboveMs: 0 },
  { repetitions: 3, aboveMs: 30 },
  { repetitions: 9, aboveMs: 40 },
] as const;
/** Positions that a drag goes through, one per frame. */
const STEPS = 60;
/** Longer than this, a main-thread task is felt (W3C, Long Tasks API). */
const LONG_MS = 50;
/**
 * What slows the thread down counts by the clock, so that on a machine that has other things to do
 * its tasks come out too long: below this share of the processor the times say little.
 */
const UNDISTURBED = 0.9;
/** From the moment in which a reader sees a figure to that in which he has its slider, at the least. */
const REST_MS = 500;
/** A busy machine takes its time to bring a figure to life. */
const PATIENCE_MS = 120_000;
/** Mark in the trace when which drag begins and ends, and by that which thread is meant. */
const BEGINS = 'drag-begins-';
const ENDS = 'drag-ends-';

interface Drag {
  readonly figure: string;
  /** Id of the slider's element. */
  readonly id: string;
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
 * @returns whether every figure was measured and passes
 */
export async function reportDrags(
  browser: Browser,
  origin: string,
  wanted: string,
): Promise<boolean> {
  console.log(
    `Every slider dragged through ${STEPS} positions at ${SLOW_DOWN}× slow-down, the more often the nearer to ` +
      `the limit (${STAGES.map(({ repetitions, aboveMs }) => `n = ${repetitions} above ${aboveMs} ms`).join(', ')}). ` +
      'The longest main-thread task of a drag in ms of processor time, median (lowest to highest): ' +
      `a figure passes if the median of none of its sliders is over ${LONG_MS} ms.`,
  );
  const guides = Object.keys(readManifest().guides).filter((slug) => slug.includes(wanted));
  if (guides.length === 0)
    throw new Error(`Expected a part of the address of a guide, got “${wanted}”, which fits none.`);
  const startedMs = performance.now();
  const figures: FigureResult[] = [];
  const unmeasured: string[] = [];
  for (const slug of guides) {
    console.log(`  /${slug}/`);
    try {
      const drags = await dragsOf(browser, `${origin}/${slug}/`);
      for (const figure of new Set(drags.map((each) => each.figure))) {
        const result = resultOf(drags.filter((each) => each.figure === figure));
        figures.push({ ...result, name: `/${slug}/#${figure}` });
        console.log(`    ${figure.padEnd(24)} ${line(result)}`);
      }
    } catch (error) {
      // One guide that cannot be measured does not cost what is known of the others.
      unmeasured.push(slug);
      console.log(`    FAIL ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const minutes = (performance.now() - startedMs) / 60_000;
  console.log(`  ${summary(figures, unmeasured)} Measured in ${minutes.toFixed(0)} min.`);
  return unmeasured.length === 0 && figures.every(passes);
}

/** Drags all sliders of a page as often as their verdicts need. */
async function dragsOf(browser: Browser, address: string): Promise<Drag[]> {
  const drags: Drag[] = [];
  let done = 0;
  for (const { repetitions, aboveMs } of STAGES) {
    // Settled before the stage: whoever stops at the first median that pleases deceives himself.
    const doubted = bySlider(drags).filter(({ longestMs }) => median(longestMs) > aboveMs);
    for (; done < repetitions; done++) {
      if (drags.length > 0 && doubted.length === 0) return drags;
      drags.push(...(await dragAll(browser, address, drags.length > 0 ? doubted : undefined)));
      if (drags.length === 0)
        throw new Error('Expected figures with sliders on the page to drag, found none.');
    }
  }
  return drags;
}

interface SliderResult {
  readonly figure: string;
  readonly id: string;
  readonly slider: string;
  /** The longest task of each drag, ms of processor time. */
  readonly longestMs: readonly number[];
  readonly framesPerSecond: readonly number[];
}

function bySlider(drags: readonly Drag[]): SliderResult[] {
  return [...new Set(drags.map(({ id }) => id))].map((id) => {
    const own = drags.filter((each) => each.id === id);
    return {
      figure: own[0]?.figure ?? '',
      id,
      slider: own[0]?.slider ?? id,
      longestMs: own.map(({ tasksMs }) => Math.max(0, ...tasksMs)),
      framesPerSecond: own.map((each) => each.framesPerSecond),
    };
  });
}

/** A figure is as slow as the slowest of its sliders, whose numbers these are. */
interface Result extends SliderResult {
  /** Drags with a task over the limit, of all sliders. */
  readonly over: number;
  readonly drags: number;
  /** Share of their time for which the tasks had the processor. */
  readonly share: number;
}

interface FigureResult extends Result {
  readonly name: string;
}

const passes = ({ longestMs }: Result): boolean => median(longestMs) <= LONG_MS;

function resultOf(drags: readonly Drag[]): Result {
  const sliders = bySlider(drags);
  const worst = sliders.reduce((a, b) => (median(b.longestMs) > median(a.longestMs) ? b : a));
  return {
    ...worst,
    over: sliders.flatMap(({ longestMs }) => longestMs).filter((ms) => ms > LONG_MS).length,
    drags: drags.length,
    share: sum(drags.flatMap(({ tasksMs }) => tasksMs)) / sum(drags.map((each) => each.clockMs)),
  };
}

function line(result: Result): string {
  const { slider, longestMs, over, drags, framesPerSecond, share } = result;
  return [
    `${passes(result) ? 'pass' : 'FAIL'} ${spread(longestMs, 0)} n = ${longestMs.length}`,
    `“${slider}”`,
    `over ${LONG_MS} ms in ${over} of ${drags} drags of all sliders`,
    `${spread(framesPerSecond, 0)} frames per second`,
    `processor ${(100 * share).toFixed(0)} %`,
  ].join('; ');
}

function summary(figures: readonly FigureResult[], unmeasured: readonly string[]): string {
  const failed = figures.filter((figure) => !passes(figure));
  const disturbed = figures.filter(({ share }) => share < UNDISTURBED);
  return [
    `${figures.length - failed.length} of ${figures.length} figures pass.`,
    ...(failed.length > 0 ? [`Failed: ${failed.map(({ name }) => name).join(', ')}.`] : []),
    ...(unmeasured.length > 0 ? [`Not measured: ${unmeasured.join(', ')}.`] : []),
    ...(disturbed.length > 0
      ? [
          `The machine had other things to do during ${disturbed.length} of them (processor below ${100 * UNDISTURBED} %), whose times are too long: measure again when it is idle.`,
        ]
      : []),
  ].join(' ');
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

/** Loads a page and drags these of its sliders, or all, figure by figure. */
async function dragAll(
  browser: Browser,
  address: string,
  wanted: readonly SliderResult[] | undefined,
): Promise<Drag[]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(PATIENCE_MS);
  // esbuild, which runs this file, marks the names of functions with a helper that a page lacks.
  await page.addInitScript('globalThis.__name = (target) => target');
  try {
    await page.goto(address);
    const figures = page.locator(`article.fig[data-figure*='"kind":"simulation"']`);
    const drags: Drag[] = [];
    for (const figure of await figures.evaluateAll((all) => all.map(({ id }) => id))) {
      const own = wanted?.filter((each) => each.figure === figure).map(({ id }) => id);
      if (own?.length !== 0) drags.push(...(await dragFigure(browser, page, figure, own)));
    }
    return drags;
  } finally {
    await page.close();
  }
}

async function dragFigure(
  browser: Browser,
  page: Page,
  figure: string,
  wanted: readonly string[] | undefined,
): Promise<Drag[]> {
  const root = page.locator(`#${figure}`);
  await root.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  // A still has no sliders: they come with the live figure, as does the button that plays it.
  await root.locator('.fig-play').waitFor();
  await atRest(page);
  const sliders = (
    await root.locator('.fig-control input[type=range]').evaluateAll((all) =>
      all.map((input) => ({
        id: input.id,
        slider: (input as HTMLInputElement).labels?.[0]?.textContent ?? input.id,
      })),
    )
  ).filter(({ id }) => wanted?.includes(id) ?? true);
  if (sliders.length === 0) return [];
  const trace = await startTrace(browser);
  const framesPerSecond: number[] = [];
  for (const { id } of sliders) {
    framesPerSecond.push(await drag(page, page.locator(`#${id}`)));
    // The next one is dragged in the figure as it opens, and not with all others at their ends.
    await root.getByRole('button', { name: 'Reset', exact: true }).click();
    await root.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  }
  const events = await trace.end();
  return sliders.map((slider, i) => {
    const tasks = tasksOfDrag(events, slider.id);
    return {
      figure,
      ...slider,
      tasksMs: tasks.map(({ processorMs }) => processorMs),
      clockMs: sum(tasks.map(({ clockMs }) => clockMs)),
      framesPerSecond: framesPerSecond[i] ?? Number.NaN,
    };
  });
}

/**
 * Resolves once nothing was fetched and no task was long for as long as a reader takes to reach for a
 * slider: what comes near with the figure is on its way until then, and that is no part of the drag.
 */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(
    (restMs) =>
      new Promise<void>((resolve) => {
        const over = (): void => {
          observer.disconnect();
          resolve();
        };
        let timer = setTimeout(over, restMs);
        const observer = new PerformanceObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(over, restMs);
        });
        observer.observe({ entryTypes: ['longtask', 'resource'] });
      }),
    REST_MS,
  );
}

/** Drags a slider from end to end, a position per frame; the result is in frames per second. */
async function drag(page: Page, slider: Locator): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN });
  const framesPerSecond = await slider.evaluate(
    async (input, { steps, begins, ends }) => {
      const range = input as HTMLInputElement;
      const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
      // React listens to the native setter's event, so the value is set as a drag sets it.
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
      const low = Number(range.min);
      const high = Number(range.max);
      performance.mark(begins + range.id);
      const startedAt = await frame();
      for (let step = 1; step <= steps; step++) {
        set?.call(range, String(low + ((high - low) * step) / steps));
        range.dispatchEvent(new Event('input', { bubbles: true }));
        await frame();
      }
      const endedAt = await frame();
      await frame();
      performance.mark(ends + range.id);
      return (1000 * (steps + 1)) / (endedAt - startedAt);
    },
    { steps: STEPS, begins: BEGINS, ends: ENDS },
  );
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await session.detach();
  return framesPerSecond;
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

/** Records what all threads of the browser do from now on. */
async function startTrace(
  browser: Browser,
): Promise<{ readonly end: () => Promise<readonly TraceEvent[]> }> {
  const session: CDPSession = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[])
      if (isTask(event) || event.name.startsWith(BEGINS) || event.name.startsWith(ENDS))
        events.push(event);
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
      const complete = new Promise<void>((resolve, reject) => {
        session.once('Tracing.tracingComplete', () => resolve());
        browser.once('disconnected', () =>
          reject(new Error('The browser should run until its trace is read, but it has ended.')),
        );
      });
      await session.send('Tracing.end');
      await complete;
      await session.detach();
      return events;
    },
  };
}

const isTask = ({ name, ph }: TraceEvent): boolean => ph === 'X' && /RunTask$/.test(name);

/** The tasks of the main thread during the drag of a slider, of which an edge may reach out of it. */
function tasksOfDrag(events: readonly TraceEvent[], slider: string): Task[] {
  const begun = events.find(({ name }) => name === BEGINS + slider);
  const ended = events.find(({ name }) => name === ENDS + slider);
  if (!begun || !ended)
    throw new Error(
      `Expected the drag of ${slider} in the trace, which Chromium has lost. Measure again when the machine has less to do.`,
    );
  return events
    .filter(
      (event) =>
        isTask(event) &&
        event.pid === begun.pid &&
        event.tid === begun.tid &&
        event.ts + (event.dur ?? 0) >= begun.ts &&
        event.ts <= ended.ts,
    )
    .map(({ dur = 0, tdur = 0 }) => ({ processorMs: tdur / 1000, clockMs: dur / 1000 }));
}
