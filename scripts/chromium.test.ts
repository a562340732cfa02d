import { expect, test } from 'vitest';
import { chromiumArguments } from './chromium.mjs';

test('what Playwright switches off stays so beside what we switch off', () => {
  const [features = ''] = chromiumArguments();
  const names = features.replace(/^--disable-features=/, '').split(',');
  expect(names).toEqual(expect.arrayContaining(['HttpsUpgrades', 'ThirdPartyStoragePartitioning']));
  expect(names).toContain('WebUIOmniboxPopup');
  expect(new Set(names).size).toBe(names.length);
});
