/** How the browser tests and measurements start Chromium. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * What only a window of the desktop needs. The popups of the address bar are two pages of the browser's
 * own, which it opens for every window, so for every test: half of what a short test cost. A renderer
 * that is kept ready is one more process for each.
 */
const FOR_DESKTOPS = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'SpareRendererForSitePerProcess',
];

/**
 * What Playwright switches off in Chromium by `--disable-features`. Chromium reads the last such list
 * alone, which is ours, so that ours has to hold the other; Playwright does not export it.
 *
 * @throws Error if it is not to be found: then Playwright is another one
 */
function switchedOffByPlaywright() {
  const manifest = createRequire(import.meta.url).resolve('playwright-core/package.json');
  const file = join(dirname(manifest), 'lib', 'coreBundle.js');
  const [, list] = /\bdisabledFeatures = \[([^\]]+)\]/.exec(readFileSync(file, 'utf8')) ?? [];
  const features = [...(list ?? '').matchAll(/^\s*"(\w+)",?$/gm)].map(([, name]) => name);
  if (features.length === 0) {
    throw new Error(
      `Expected the features that Playwright switches off in ${file}, as "disabledFeatures = […]", ` +
        'got none. See where this version keeps them, or leave out --disable-features.',
    );
  }
  return features;
}

/** Arguments beside those that Playwright gives. */
export function chromiumArguments() {
  return [
    `--disable-features=${[...switchedOffByPlaywright(), ...FOR_DESKTOPS].join(',')}`,
    // The shell without windows rounds the widths of letters to whole pixels unless told otherwise;
    // windows do not.
    '--font-render-hinting=none',
    // A sandbox needs user namespaces, which containers that run CI as root rarely have.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}
