/**
 * `npm run bench:page`: what a reader feels, measured in a browser on the built site. Times depend on
 * the machine, so they are reported with n and spread and no test holds them; bytes and counts are
 * what the tests hold (scripts/finish-export.ts). It ends with status 1 if dragging a slider makes a
 * task that is too long. Needs a build: npm run build.
 *
 * `npm run bench:page -- caching` drags the sliders of the guides with "caching" in their address alone.
 */
import { chromium } from '@playwright/test';
import { ensureBrowser } from '../scripts/browser.mjs';
import { createSiteServer } from '../scripts/serve.mjs';
import { reportDrags } from './drag';
import { reportLighthouse } from './lighthouse';

const server = createSiteServer();
await new Promise<void>((resolve) => server.listen(0, resolve));
const address = server.address();
if (address === null || typeof address === 'string')
  throw new Error('Expected a port to serve on.');
const origin = `http://localhost:${address.port}`;
const browser = await chromium.launch({
  executablePath: ensureBrowser(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});

try {
  const [wanted] = process.argv.slice(2);
  if (!(await reportDrags(browser, origin, wanted ?? ''))) process.exitCode = 1;
  if (wanted === undefined) await reportLighthouse(origin);
} finally {
  await browser.close();
  server.close();
}
