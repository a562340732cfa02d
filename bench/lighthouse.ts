/** Lighthouse's simulated phone on the built site: scores and the times behind them, with their spread. */
import { type AuditingBrowser, openAuditingBrowser } from '../scripts/lighthouse';

const PATHS = ['/', '/traffic-control/rate-limiting-algorithms/'];
const REPETITIONS = 5;

/** Audits whose values are printed, with unit and decimals. */
const TIMES = [
  { id: 'first-contentful-paint', title: 'FCP', unit: 'ms', digits: 0 },
  { id: 'largest-contentful-paint', title: 'LCP', unit: 'ms', digits: 0 },
  { id: 'total-blocking-time', title: 'TBT', unit: 'ms', digits: 0 },
  { id: 'cumulative-layout-shift', title: 'CLS', unit: '', digits: 3 },
] as const;

/** Prints a line for each page of the site at this origin. */
export async function reportLighthouse(origin: string): Promise<void> {
  const browser = await openAuditingBrowser();
  try {
    console.log(`Lighthouse, mobile, n = ${REPETITIONS}; median (lowest to highest):`);
    for (const path of PATHS) console.log(`  ${path}: ${await line(browser, `${origin}${path}`)}`);
  } finally {
    await browser.close();
  }
}

async function line(browser: AuditingBrowser, url: string): Promise<string> {
  const scores: number[] = [];
  const times = new Map<string, number[]>(TIMES.map(({ id }) => [id, []]));
  /** How fast the machine was, by Lighthouse's own measure: half of it, and all that is done takes twice as long. */
  const machine: number[] = [];
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const result = await browser.audit(url, { categories: ['performance'], device: 'mobile' });
    scores.push((result.categories.performance?.score ?? Number.NaN) * 100);
    machine.push(result.environment.benchmarkIndex);
    for (const { id } of TIMES) times.get(id)?.push(result.audits[id]?.numericValue ?? Number.NaN);
  }
  return [
    `performance ${spread(scores, 0)}`,
    ...TIMES.map(
      ({ id, title, unit, digits }) => `${title} ${spread(times.get(id) ?? [], digits)} ${unit}`,
    ),
    `benchmark index of the machine ${spread(machine, 0)}`,
  ].join(', ');
}

/** Of an even number of values, the upper one of the two in the middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export function spread(values: readonly number[], digits: number): string {
  const show = (value: number): string => value.toFixed(digits);
  return `${show(median(values))} (${show(Math.min(...values))} to ${show(Math.max(...values))})`;
}
