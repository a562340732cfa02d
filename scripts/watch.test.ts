import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { passOnChange, type Watch } from './watch';

let folder = '';
let watching: Watch | undefined;
/** Each pass that has begun, and how to end it. */
let passes: (() => void)[] = [];
let onBegun: () => void = () => {};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steady-state-watch-'));
  passes = [];
});

afterEach(() => {
  watching?.close();
  rmSync(folder, { recursive: true });
});

function pass(): Promise<void> {
  return new Promise((end) => {
    passes.push(end);
    onBegun();
  });
}

/** Fulfilled when so many passes have begun. */
function begun(count: number): Promise<void> {
  return new Promise((resolve) => {
    onBegun = () => {
      if (passes.length >= count) resolve();
    };
    onBegun();
  });
}

const change = (name: string) => writeFileSync(join(folder, name), 'changed');

test('makes one pass at the start, and one after a change', async () => {
  watching = passOnChange({ folders: [folder, join(folder, 'none')], settleMs: 5, pass });
  await begun(1);
  passes[0]?.();
  await watching.ready;
  expect(passes).toHaveLength(1);
  change('guide.mdx');
  await begun(2);
  expect(passes).toHaveLength(2);
});

test('changes during a pass lead to one more when it has ended', async () => {
  watching = passOnChange({ folders: [folder], settleMs: 5, pass });
  passes[0]?.();
  await watching.ready;
  change('a.mdx');
  await begun(2);
  change('b.test.ts');
  change('b.mdx');
  // It begins only when the second has ended, whenever the change is noticed.
  expect(passes).toHaveLength(2);
  passes[1]?.();
  await begun(3);
  expect(passes).toHaveLength(3);
});
