/**
 * Finds a Chromium for the browser tests, or gets one: the variable CHROMIUM_PATH, Playwright's own,
 * the system's, then an installation. A missing Chromium is an error with the command to type, never
 * a reason to skip tests. A Firefox is only looked for.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const CHROMIUM_PATHS = {
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

const FIREFOX_PATHS = {
  linux: ['/usr/bin/firefox', '/usr/bin/firefox-esr', '/snap/bin/firefox'],
  darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  win32: ['C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
};

/** Why the tests in Firefox do not run where there is none: it is welcome, not required. */
export const NO_FIREFOX =
  'No Firefox was found. Install one (sudo apt-get install -y firefox-esr, brew install --cask firefox), or name it in FIREFOX_PATH.';

/**
 * The path in this variable, if it is set; an error if there is no file.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 */
function named(env, variable, what) {
  const path = env[variable];
  if (path && !existsSync(path)) {
    throw new Error(
      `${variable} must name a ${what}, got "${path}", where there is no file. ` +
        'Correct it, or unset it to let the tests look for one.',
    );
  }
  return path || undefined;
}

/**
 * Path of a Chromium or Chrome that is there already, or undefined.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export function installedBrowser(env = process.env) {
  const paths = [chromium.executablePath(), ...(CHROMIUM_PATHS[process.platform] ?? [])];
  return (
    named(env, 'CHROMIUM_PATH', 'Chromium or Chrome') ?? paths.find((path) => existsSync(path))
  );
}

/**
 * Path of a Firefox that is there already, or undefined. One that cannot tell its version does not count:
 * on some systems the command only explains how to install it.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export function installedFirefox(env = process.env) {
  const tellsVersion = (path) => {
    const { status, stdout } = spawnSync(path, ['--version'], {
      encoding: 'utf8',
      timeout: 30_000,
    });
    return status === 0 && /Firefox \d/.test(stdout);
  };
  const paths = FIREFOX_PATHS[process.platform] ?? [];
  return (
    named(env, 'FIREFOX_PATH', 'Firefox') ??
    paths.find((path) => existsSync(path) && tellsVersion(path))
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
