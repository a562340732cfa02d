/**
 * Finds a Chromium for the browser tests, or gets one: the variable CHROMIUM_PATH, Playwright's own,
 * the system's, then an installation. A missing browser is an error with the command to type, never
 * a reason to skip tests.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const SYSTEM_PATHS = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
};

/** Path of a browser that is there already, or undefined. */
export function installedBrowser(env = process.env) {
  const named = env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(
      `CHROMIUM_PATH must name a Chromium or Chrome, got "${named}", where there is no file. ` +
        'Correct it, or unset it to let the tests look for one.',
    );
  }
  return [chromium.executablePath(), ...(SYSTEM_PATHS[process.platform] ?? [])].find((path) =>
    existsSync(path),
  );
}

const run = (command, args) => {
  console.log(`> ${command} ${args.join(' ')}`);
  return (
    spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0
  );
};

/** Path of a browser, installed if need be. Throws with the command to type if none can be had. */
export function ensureBrowser() {
  const present = installedBrowser();
  if (present) return present;

  console.log('No Chromium found; installing one for the browser tests.');
  run('npx', ['playwright', 'install', 'chromium']);
  const downloaded = installedBrowser();
  if (downloaded) return downloaded;

  const isDebian = existsSync('/etc/debian_version');
  if (isDebian && process.getuid?.() === 0) {
    // The lock of apt may be held by an unattended upgrade: wait for it rather than fail.
    const wait = ['-o', 'DPkg::Lock::Timeout=120', '-qq'];
    run('apt-get', [...wait, 'update']);
    run('apt-get', [
      ...wait,
      'install',
      '-y',
      '--no-install-recommends',
      'chromium',
      'fonts-liberation',
    ]);
    const packaged = installedBrowser();
    if (packaged) return packaged;
  }
  throw new Error(
    'The browser tests need Chromium or Chrome, and none could be found or installed. Type one of:\n' +
      '  npx playwright install --with-deps chromium\n' +
      '  sudo apt-get install -y chromium          (Debian, Ubuntu)\n' +
      '  brew install --cask google-chrome         (macOS)\n' +
      'or set CHROMIUM_PATH to the browser that you have, and run npm test again.',
  );
}
