import { expect, test } from 'vitest';
import { installedBrowser, installedFirefox } from './browser.mjs';

test('a browser that is named is the one that is used', () => {
  // Any file will do: only its being there is looked at.
  const path = process.execPath;
  expect(installedBrowser({ CHROMIUM_PATH: path })).toBe(path);
  expect(installedFirefox({ FIREFOX_PATH: path })).toBe(path);
});

test('a browser that is named and is not there is an error with a remedy, not another browser', () => {
  expect(() => installedBrowser({ CHROMIUM_PATH: '/no/chromium' })).toThrow(
    'CHROMIUM_PATH must name a Chromium or Chrome, got "/no/chromium", where there is no file. Correct it, or unset it',
  );
  expect(() => installedFirefox({ FIREFOX_PATH: '/no/firefox' })).toThrow(
    'FIREFOX_PATH must name a Firefox, got "/no/firefox", where there is no file. Correct it, or unset it',
  );
});
