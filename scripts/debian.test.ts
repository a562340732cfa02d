import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { missingLibraries, unpackPackages } from './debian.mjs';

test('a package that nobody has is not unpacked, and leaves nothing behind', () => {
  const target = mkdtempSync(join(tmpdir(), 'unpacked-'));
  try {
    expect(unpackPackages(target, ['no-such-package-of-debian'])).toBe(false);
    expect(readdirSync(target)).toEqual([]);
    expect(missingLibraries(['no-such-package-of-debian'])).toEqual([]);
  } finally {
    rmSync(target, { recursive: true });
  }
});
