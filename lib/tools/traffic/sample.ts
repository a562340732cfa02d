/** An access log to try the tool on: ten minutes of a small shop, as nginx would have logged them. */

import { createStreams, type RandomStream } from '@/lib/kernel/random';
import { poissonTimes } from '@/lib/simulation/workload';

export const SAMPLE_NAME = 'sample-access.log';

const START_MS = Date.UTC(2026, 2, 14, 9, 0, 0);
const LENGTH_MS = 600_000;
const VISITORS = 60;
const PAGES = 80;

interface Line {
  readonly atMs: number;
  readonly text: string;
}

/**
 * Most clients are visitors who come at random. One is a scraper that goes through the catalogue in
 * the fifth minute, one a partner whose job asks for prices twenty times at once at each full minute;
 * those two are what a limiter is for. Two lines are none of the format, as in any log.
 */
export function sampleLog(): string {
  const streams = createStreams(14);
  const visits = poissonTimes(streams.stream('visits'), { ratePerSecond: 3, untilMs: LENGTH_MS });
  const draw = streams.stream('requests');
  const lines: Line[] = [
    ...visits.map((atMs) => {
      const visitor = 10 + skewed(draw, VISITORS);
      return logged(atMs, `198.51.100.${visitor}`, `/products/${1 + skewed(draw, PAGES)}`, draw);
    }),
    ...Array.from({ length: 400 }, (_, i) =>
      logged(245_000 + i * 70, '203.0.113.66', `/products/${1 + (i % PAGES)}`, draw),
    ),
    ...Array.from({ length: 10 * 20 }, (_, i) =>
      logged(Math.floor(i / 20) * 60_000 + (i % 20) * 8, '203.0.113.7', '/api/prices', draw),
    ),
    { atMs: 180_000, text: 'nginx: reopening logs' },
    { atMs: 420_000, text: '198.51.100.23 - - [14/Mar/2026:09:07:00 +0000] "GET /products/4' },
  ];
  return lines
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ text }) => `${text}\n`)
    .join('');
}

/** A whole number below `count`, small ones more often: the product of two draws. */
function skewed(draw: RandomStream, count: number): number {
  return Math.floor(draw.next() * draw.next() * count);
}

function logged(atMs: number, client: string, path: string, draw: RandomStream): Line {
  const at = new Date(START_MS + atMs).toISOString();
  const seconds = (0.004 + 0.05 * draw.next()).toFixed(3);
  const bytes = 1000 + Math.floor(draw.next() * 9000);
  return {
    atMs,
    text: `${client} - - [${at.slice(8, 10)}/Mar/2026:${at.slice(11, 19)} +0000] "GET ${path} HTTP/1.1" 200 ${bytes} "-" "Mozilla/5.0" ${seconds}`,
  };
}
