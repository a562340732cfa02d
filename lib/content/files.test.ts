import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyWhole, writeChanged, writeWhole } from './files';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What somebody reads to its end who had opened the file before it was replaced. */
function readThrough(file: string, replace: () => void): string {
  const descriptor = openSync(file, 'r');
  try {
    replace();
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

test('who reads a file while it is written gets all of the old text, who reads it later all of the new', () => {
  const file = join(folder, 'deeper/still.html');
  writeWhole(file, 'the old still');
  expect(readThrough(file, () => writeWhole(file, 'new'))).toBe('the old still');
  expect(readFileSync(file, 'utf8')).toBe('new');
  const source = join(folder, 'source');
  writeFileSync(source, 'copied');
  expect(readThrough(file, () => copyWhole(source, file))).toBe('new');
  expect(readFileSync(file, 'utf8')).toBe('copied');
  expect(readdirSync(join(folder, 'deeper'))).toEqual(['still.html']);
});

test('what does not differ is not written again', () => {
  const file = join(folder, 'stamp.json');
  writeChanged(file, 'same');
  const { ino } = statSync(file);
  writeChanged(file, 'same');
  expect(statSync(file).ino).toBe(ino);
  writeChanged(file, 'other');
  expect(readFileSync(file, 'utf8')).toBe('other');
});
