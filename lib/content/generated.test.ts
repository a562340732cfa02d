import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readGenerated } from './generated';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'generated-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (value: unknown, atSeconds: number): void => {
  writeFileSync(join(root, 'x.json'), JSON.stringify(value));
  utimesSync(join(root, 'x.json'), atSeconds, atSeconds);
};

test('a file is parsed once while it stays as it is', () => {
  write({ a: 1 }, 1000);
  expect(readGenerated('x.json', root)).toBe(readGenerated('x.json', root));
});

test('a file that has changed is read anew', () => {
  write({ a: 1 }, 1000);
  expect(readGenerated('x.json', root)).toEqual({ a: 1 });
  write({ a: 2 }, 2000);
  expect(readGenerated('x.json', root)).toEqual({ a: 2 });
});

test('a missing file is an error with the command that makes it', () => {
  expect(() => readGenerated('x.json', root)).toThrow('npm run generate');
});
